"""How one finds out: time, errors both ways, look-alikes, tests."""

from sidebyside.charts.overview import diagnosis
from sidebyside.content import comparisons
from sidebyside.layouts.blocks import ChartBlock, ComparisonBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "finding-out",
    (
        SectionBlock("finding-out"),
        ChartBlock(diagnosis.TIME_TO_DIAGNOSIS),
        SectionBlock("two-errors"),
        SectionBlock("look-alikes"),
        SectionBlock("tests"),
        ComparisonBlock("tests", comparisons.tests),
    ),
)
