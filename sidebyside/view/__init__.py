"""The Streamlit parts that pages share: page, section, card, lists, the reader's choice, footer."""

from sidebyside.view.card import SOURCES_IN_LINE
from sidebyside.view.common import EDITED, FAULTS_SHOWN, SITE, SURVIVAL, readers_choice
from sidebyside.view.page import Page, footer

__all__ = [
    "EDITED",
    "FAULTS_SHOWN",
    "SITE",
    "SOURCES_IN_LINE",
    "SURVIVAL",
    "Page",
    "footer",
    "readers_choice",
]
