"""A muscle in ALS: the simulation, breathing, more than movement."""

from sidebyside.charts.mechanism import muscle
from sidebyside.layouts.blocks import PageLayout, SectionBlock, SimulationBlock

PAGE = PageLayout(
    "muscle",
    (
        SimulationBlock(muscle.MUSCLE),
        SectionBlock("muscle"),
        SectionBlock("in-als"),
        SectionBlock("breathing"),
        SectionBlock("more-than-movement"),
        SectionBlock("immune"),
    ),
)
