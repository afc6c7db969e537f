"""MS over the years: a wide spread, types, mild and severe."""

from sidebyside.charts.course import disability, first_years, hundred_people, progression, subtypes
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "course-ms",
    (
        SectionBlock("years-ms"),
        ChartBlock(disability.EDSS_FAN),
        ChartBlock(hundred_people.HUNDRED_PEOPLE),
        SectionBlock("path-of-ms"),
        ChartBlock(first_years.MS_START),
        SectionBlock("four-types"),
        ChartBlock(subtypes.MS_KINDS),
        SectionBlock("mild-and-severe"),
        ChartBlock(progression.MS_MILESTONES),
    ),
)
