"""The evidence hub: how the article stands, how figures were chosen, the data to take away."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import ChartBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "evidence",
    (
        SectionBlock("the-article"),
        ChartBlock(claims.VERDICTS, home=False),
        SectionBlock("how-we-chose"),
        SectionBlock("take-away"),
        ListBlock("take-the-data"),
        ListBlock("take-a-sheet"),
        ListBlock("explore"),
    ),
)
