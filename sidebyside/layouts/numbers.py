"""How many, when in life, women and men, and where good sources disagree."""

from sidebyside.charts.overview import age_and_sex, counts
from sidebyside.layouts.blocks import ChartBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "numbers",
    (
        SectionBlock("how-many"),
        ChartBlock(counts.OF_100000),
        ChartBlock(counts.NEW_LIVING_DEATHS),
        SectionBlock("where"),
        SectionBlock("when-in-life"),
        ChartBlock(age_and_sex.AGE_AT_START),
        SectionBlock("women-and-men"),
        ChartBlock(age_and_sex.SEX_RATIO),
        SectionBlock("sources-disagree"),
        ChartBlock(counts.DISAGREEMENTS),
    ),
)
