"""The overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside.charts.mechanism import body_map
from sidebyside.charts.overview import age_and_sex, counts, diagnosis, geography, symptoms
from sidebyside.content import comparisons
from sidebyside.layouts.blocks import ChartBlock, ComparisonBlock, ListBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "overview",
    (
        ChartBlock(body_map.WHAT_IS_ATTACKED),
        SectionBlock("two-names"),
        SectionBlock("ms-in-short"),
        SectionBlock("als-in-short"),
        SectionBlock("how-many"),
        ChartBlock(counts.NEW_LIVING_DEATHS),
        ChartBlock(counts.OF_100000),
        SectionBlock("where"),
        ChartBlock(geography.BY_COUNTRY),
        SectionBlock("when-in-life"),
        ChartBlock(age_and_sex.AGE_AT_START),
        OnRequest(
            (ChartBlock(counts.DEATHS_IN_A_YEAR), ChartBlock(age_and_sex.AGES_AT_DEATH)),
        ),
        SectionBlock("women-and-men"),
        ChartBlock(age_and_sex.SEX_RATIO),
        SectionBlock("what-people-notice"),
        ChartBlock(symptoms.SYMPTOMS),
        SectionBlock("over-the-years"),
        ChartBlock(symptoms.MS_OVER_YEARS),
        SectionBlock("side-by-side"),
        ComparisonBlock("differences", comparisons.differences),
        SectionBlock("finding-out"),
        ChartBlock(diagnosis.TIME_TO_DIAGNOSIS),
        SectionBlock("two-errors"),
        SectionBlock("look-alikes"),
        SectionBlock("tests"),
        ComparisonBlock("tests", comparisons.tests),
        SectionBlock("causes"),
        SectionBlock("veins"),
        SectionBlock("one-and-the-other"),
        ListBlock("studies"),
        SectionBlock("sources-disagree"),
        ChartBlock(counts.DISAGREEMENTS),
        SectionBlock("ice-bucket"),
        SectionBlock("help"),
        ListBlock("help"),
    ),
    glance=True,
)
