"""The bare app that budgets are measured against: a navigation and two pages with one bar chart each."""

import streamlit as st

st.navigation(
    [
        st.Page("pages/first.py", title="First", url_path="first", default=True),
        st.Page("pages/second.py", title="Second", url_path="second"),
    ],
    position="top",
).run()
