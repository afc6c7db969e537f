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

    with ui.at_one_moment():
        page = st.navigation(
            [
                st.Page(
                    page_list.script(name),
                    title=page_list.short_title(name),
                    url_path=name,
                    default=name == page_list.FIRST,
                    # On a phone the menu would list them all, in markup that screen readers stumble over.
                    visibility="visible" if name in page_list.HUBS else "hidden",
                )
                for name in page_list.PAGES
            ],
            position="hidden" if st.context.is_embedded else "top",
        )
        title = page_list.page_title(page.title)
        st.set_page_config(page_title=title, page_icon=theme.icon(), layout="wide")
        st.logo(theme.logo())
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
