"""What doctors can measure."""

from sidebyside.charts.mechanism import measures
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "measures",
    (
        SectionBlock("what-doctors-measure"),
        ChartBlock(measures.VISUAL_EVOKED),
        ChartBlock(measures.CENTRAL_CONDUCTION),
        ChartBlock(measures.NERVE_SPEED),
        ChartBlock(measures.NEUROFILAMENT),
        ChartBlock(measures.OLIGOCLONAL_BANDS),
    ),
)
