"""What people notice, at first and over the years."""

from sidebyside.charts.overview import symptoms
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "symptoms",
    (
        SectionBlock("what-people-notice"),
        ChartBlock(symptoms.SYMPTOMS),
        SectionBlock("over-the-years"),
        ChartBlock(symptoms.MS_OVER_YEARS),
    ),
)
