"""What the two models are, how they stand against published measurements, all their settings."""

from sidebyside.charts.mechanism import model_checks
from sidebyside.layouts.blocks import ChartBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "models",
    (
        SectionBlock("models"),
        ChartBlock(model_checks.MODEL_CHECKS),
        ListBlock("settings"),
    ),
)
