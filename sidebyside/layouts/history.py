"""Two names that sound alike, and their history."""

from sidebyside.charts.course import history
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "history",
    (
        SectionBlock("history"),
        ChartBlock(history.HISTORY),
        SectionBlock("two-names"),
    ),
)
