"""Evidence: how figures were chosen, how the article's claims stand, and all sources."""

import streamlit as st

from sidebyside.figures.evidence import VERDICTS
from sidebyside.view import Page, searchable_sources

page = Page("evidence", "Check us")
page.section("how-we-chose")
page.section("intervals")
page.section("the-article")
page.card(VERDICTS)
st.header("All sources", anchor="sources")
searchable_sources()
page.close()
