"""The course hub: how MS and ALS run, what can help, and where to go on."""

from sidebyside.charts.course import approvals, disability, hundred_people, progression
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "course",
    (
        ColumnsBlock(
            (1, 1), ((ChartBlock(disability.EDSS_FAN, home=False),), (ChartBlock(progression.ALS_PACE, home=False),))
        ),
        SectionBlock("no-two-people"),
        ColumnsBlock(
            (7, 5),
            (
                (ChartBlock(hundred_people.HUNDRED_PEOPLE, home=False),),
                (ChartBlock(progression.MS_MILESTONES, home=False),),
            ),
        ),
        SectionBlock("what-can-help"),
        ChartBlock(approvals.APPROVALS, home=False),
        SectionBlock("life-door"),
        ListBlock("explore"),
    ),
)
