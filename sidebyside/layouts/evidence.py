"""The evidence hub: how the article stands, how figures were chosen, the data to take away."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import ChartBlock, ColumnsBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "evidence",
    (
        ColumnsBlock((7, 5), ((ChartBlock(claims.VERDICTS, home=False),), (SectionBlock("the-article"),))),
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
