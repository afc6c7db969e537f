"""ALS over the months and years: pace, where it begins, flat stretches, how sure anyone can be."""

from sidebyside.charts.course import first_years, progression, scales, severity
from sidebyside.charts.shared import shared
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "course-als",
    (
        SectionBlock("path-of-als"),
        ChartBlock(progression.ALS_PACE),
        SectionBlock("where-als-begins"),
        ChartBlock(first_years.ALS_START),
        SectionBlock("flat-stretches"),
        ChartBlock(progression.ALS_PLATEAUS),
        SectionBlock("how-sure"),
        ChartBlock(severity.MILD_OR_SEVERE),
        ChartBlock(shared("still-mild")),
        SectionBlock("scales"),
        SectionBlock("alsfrs-questions"),
        ChartBlock(scales.ALSFRS_ITEMS),
    ),
)
