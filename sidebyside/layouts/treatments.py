"""Treatments: what they can do, and when they came."""

from sidebyside.charts.course import approvals, treatment_effects
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "treatments",
    (
        SectionBlock("treatments"),
        ChartBlock(treatment_effects.TREATMENT_EFFECTS),
        ChartBlock(approvals.APPROVALS),
    ),
)
