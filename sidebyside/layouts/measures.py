"""What doctors can measure."""

from sidebyside.charts.mechanism import measures
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "measures",
    (
        SectionBlock("what-doctors-measure"),
        ChartBlock(measures.MEASURES),
    ),
)
