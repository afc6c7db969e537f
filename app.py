"""MS and ALS, side by side: the entry of the dashboard (``streamlit run app.py``).

The server imports this file and takes ``app`` from it; each reader's visit runs it as a script.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager

from sidebyside import hosting

if __name__ == "__main__":
    # Here, and not above: the server is up before the tables and charts are loaded.
    from sidebyside import theme, view

    page = st.navigation(
        [
            st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == hosting.FIRST)
            for name, title in hosting.PAGES.items()
        ],
        position="hidden" if st.context.is_embedded else "top",
    )
    st.set_page_config(page_title=hosting.headed(page.title), page_icon=theme.icon())
    view.run(page)
else:
    # Else Streamlit takes ``pages/`` for its old kind of app until a first run has ended: a page lost its footer.
    PagesManager.uses_pages_directory = False
    shell = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    base = st.get_option("server.baseUrlPath") or ""
    rejoined = Middleware(hosting.Rejoined, BackMsg.FromString, ForwardMsg.FromString)
    middleware = [Middleware(hosting.Guard, base), rejoined]
    front = hosting.head({file.name: file.read_text(encoding="utf-8") for file in hosting.HEAD.iterdir()})
    app = st.App(__file__, routes=hosting.routes(shell, front, base), middleware=middleware, lifespan=hosting.lifespan)
