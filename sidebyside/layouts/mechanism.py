"""The mechanism hub: both simulations, both bodies, what raises the risk."""

from sidebyside.charts.mechanism import body_map, measures, muscle, nerve_fibre, risk_factors
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock, SimulationBlock

PAGE = PageLayout(
    "mechanism",
    (
        ColumnsBlock(
            (1, 1), ((SimulationBlock(nerve_fibre.FIBRE, home=False),), (SimulationBlock(muscle.MUSCLE, home=False),))
        ),
        ColumnsBlock(
            (5, 7),
            (
                (SectionBlock("how-a-message-travels"), SectionBlock("where-the-damage-is")),
                (ChartBlock(body_map.WHERE_THE_DAMAGE_IS),),
            ),
        ),
        ColumnsBlock(
            (1, 1),
            ((ChartBlock(measures.MEASURES, home=False),), (ChartBlock(risk_factors.RISK_FACTORS, home=False),)),
        ),
        ListBlock("explore"),
    ),
)
