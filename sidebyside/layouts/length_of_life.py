"""Length of life with MS and with ALS, all of it on request."""

from sidebyside.charts.course import scales, survival_als, survival_als_changes, survival_als_shares, survival_ms
from sidebyside.charts.overview import age_and_sex, counts
from sidebyside.layouts.blocks import ChartBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "length-of-life",
    (
        OnRequest(
            (
                SectionBlock("als-steps"),
                ChartBlock(scales.DAILY_LIFE),
                SectionBlock("time"),
                SectionBlock("time-als"),
                ChartBlock(survival_als.ALS_BY_FORM),
                ChartBlock(survival_als.ALS_BY_PLACE),
                ChartBlock(survival_als_shares.HUNDRED_ALS),
                ChartBlock(survival_als_shares.ALS_ALIVE),
                ChartBlock(survival_als_shares.LONG_SURVIVORS),
                SectionBlock("als-stages"),
                ChartBlock(scales.ALS_STAGES),
                SectionBlock("time-ms"),
                ChartBlock(survival_ms.MS_LIFE),
                ChartBlock(survival_ms.MS_FROM_ONSET),
                ChartBlock(survival_ms.MS_GAP),
                ChartBlock(survival_ms.MS_ERAS),
                SectionBlock("causes-of-death"),
                ChartBlock(survival_ms.CAUSES_OF_DEATH),
                ChartBlock(counts.DEATHS_IN_A_YEAR),
                ChartBlock(age_and_sex.AGES_AT_DEATH),
                SectionBlock("what-changes-time"),
                ChartBlock(survival_als_changes.WHAT_CHANGES),
            ),
        ),
    ),
)
