"""The overview: the answer, who gets it, where, when, and where to go on."""

from sidebyside.charts.mechanism import body_map
from sidebyside.charts.overview import age_and_sex, counts, geography
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "overview",
    (
        ColumnsBlock(
            (6, 5),
            (
                (ChartBlock(body_map.WHAT_IS_ATTACKED, more="mechanism"),),
                (ChartBlock(counts.OF_100000, home=False), ListBlock("tiles")),
            ),
        ),
        SectionBlock("at-a-glance"),
        ListBlock("glance"),
        SectionBlock("when-to-ask"),
        SectionBlock("who-gets-it"),
        ColumnsBlock((3, 2), ((ChartBlock(geography.BY_COUNTRY),), (ChartBlock(geography.BY_DISTANCE),))),
        ColumnsBlock(
            (1, 1),
            ((ChartBlock(age_and_sex.AGE_AT_START, home=False),), (ChartBlock(age_and_sex.SEX_RATIO, home=False),)),
        ),
        ListBlock("explore"),
    ),
)
