"""MS and ALS, side by side: the entry of the dashboard (``streamlit run app.py``).

The server imports this file and takes ``app`` from it; each reader's visit runs it as a script.
"""

import streamlit as st
from starlette.middleware import Middleware

from sidebyside.layouts import page_list
from sidebyside.web import routes, security_headers, warm_up
from sidebyside.web import streamlit_patches as patches

patches.register_pages_by_navigation_alone()

if __name__ == "__main__":
    # Here, and not above: the server is up before the tables and charts are loaded.
    from sidebyside import ui
    from sidebyside.charts import theme

    page = st.navigation(
        [
            st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == page_list.FIRST)
            for name, title in page_list.PAGES.items()
        ],
        position="hidden" if st.context.is_embedded else "top",
    )
    with ui.at_one_moment():
        st.set_page_config(page_title=page_list.page_title(page.title), page_icon=theme.icon())
        ui.run(page)
else:
    shell = patches.SHELL.read_text(encoding="utf-8")
    head = patches.page_head({file.name: file.read_text(encoding="utf-8") for file in patches.HEAD.iterdir()})
    base = st.get_option("server.baseUrlPath") or ""
    middleware = [  # The first must be next to the socket.
        Middleware(patches.NoDelayMiddleware),
        Middleware(security_headers.SecurityHeaders, base),
        Middleware(patches.ReconnectMiddleware),
    ]
    app = st.App(__file__, routes=routes.routes(shell, head, base), middleware=middleware, lifespan=warm_up.lifespan)
