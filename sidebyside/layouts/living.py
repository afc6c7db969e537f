"""Living with it: work, mood, thinking, energy."""

from sidebyside.charts.course import living
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "living",
    (
        SectionBlock("living-with-it"),
        ChartBlock(living.LIVING),
        ChartBlock(living.KINDS_OF_CHANGE),
    ),
)
