"""The evidence hub: how the article stands, how figures were chosen, the data to take away."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "evidence",
    (
        ColumnsBlock((5, 7), ((SectionBlock("the-article"),), (ChartBlock(claims.VERDICTS, home=False),))),
        ColumnsBlock(
            (1, 1),
            (
                (SectionBlock("how-we-chose"),),
                (SectionBlock("take-away"), ListBlock("take-the-data"), ListBlock("take-a-sheet")),
            ),
        ),
        ListBlock("explore"),
    ),
)
