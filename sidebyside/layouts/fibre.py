"""A nerve fibre in MS: the simulation, heat, repair."""

from sidebyside.charts.mechanism import nerve_fibre, repair, risk_factors, temperature
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock, SimulationBlock

PAGE = PageLayout(
    "fibre",
    (
        SimulationBlock(nerve_fibre.FIBRE),
        SectionBlock("fibre"),
        SectionBlock("in-ms"),
        SectionBlock("heat"),
        ChartBlock(risk_factors.BLOCK_TEMPERATURE),
        ChartBlock(temperature.SPEED_BY_TEMPERATURE),
        SectionBlock("repair-and-scars"),
        ChartBlock(repair.REMYELINATION),
        ChartBlock(repair.CUT_AXONS),
    ),
)
