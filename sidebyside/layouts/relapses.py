"""Relapses in MS, around a pregnancy too, and worsening between them."""

from sidebyside.charts.course import relapses
from sidebyside.charts.shared import shared
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "relapses",
    (
        SectionBlock("relapses"),
        ChartBlock(relapses.RELAPSE_RATES),
        ChartBlock(relapses.PREGNANCY_RELAPSES),
        SectionBlock("between-relapses"),
        ChartBlock(shared("between-relapses")),
    ),
)
