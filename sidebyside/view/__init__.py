"""The Streamlit parts that pages share: page, section, card, lists, the reader's choice, footer."""

from sidebyside.view.card import SOURCES_IN_LINE
from sidebyside.view.common import FAULTS_SHOWN
from sidebyside.view.page import run, show

__all__ = ["FAULTS_SHOWN", "SOURCES_IN_LINE", "run", "show"]
