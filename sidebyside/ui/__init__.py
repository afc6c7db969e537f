"""The Streamlit parts that pages share: page, section, card, lists, the reader's choice, footer."""

from sidebyside.data.disk import at_one_moment
from sidebyside.ui.common import FAULTS_SHOWN
from sidebyside.ui.page import run, show

__all__ = ["FAULTS_SHOWN", "at_one_moment", "run", "show"]
