"""MS and ALS, side by side: the entry of the dashboard (``streamlit run app.py``)."""

import streamlit as st

from sidebyside import theme, view

page = st.navigation(
    [
        st.Page("pages/overview.py", title="Overview", url_path="overview", default=True),
        st.Page("pages/mechanism.py", title="Mechanism", url_path="mechanism"),
        st.Page("pages/course.py", title="Course", url_path="course"),
        st.Page("pages/evidence.py", title="Evidence", url_path="evidence"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} \N{MIDDLE DOT} {view.SITE}", page_icon=theme.icon())
page.run()
view.footer()
