"""Living with it: work, mood, thinking, energy."""

from sidebyside.charts.course import living
from sidebyside.charts.shared import shared
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "living",
    (
        SectionBlock("living-with-it"),
        ChartBlock(living.WORK),
        ChartBlock(living.MOOD),
        ChartBlock(living.THINKING),
        ChartBlock(shared("fatigue")),
    ),
)
