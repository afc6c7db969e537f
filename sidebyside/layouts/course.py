"""The course hub: how MS and ALS run, what can help, and where to go on."""

from sidebyside.charts.course import approvals, disability, hundred_people, progression
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "course",
    (
        ColumnsBlock(
            (1, 1), ((ChartBlock(disability.EDSS_FAN, home=False),), (ChartBlock(progression.ALS_PACE, home=False),))
        ),
        ColumnsBlock((1, 1), ((SectionBlock("no-two-people"),), (SectionBlock("life-door"),))),
        ColumnsBlock(
            (7, 5),
            (
                (ChartBlock(hundred_people.HUNDRED_PEOPLE, home=False),),
                (ChartBlock(progression.MS_MILESTONES, home=False),),
            ),
        ),
        ColumnsBlock((5, 7), ((SectionBlock("what-can-help"),), (ChartBlock(approvals.APPROVALS, home=False),))),
        ListBlock("explore"),
    ),
)
