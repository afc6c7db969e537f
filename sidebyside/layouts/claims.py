"""The article's claims, each with today's verdict."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import ChartBlock, ListBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "claims",
    (
        ChartBlock(claims.VERDICTS),
        OnRequest(),
        ListBlock("claims"),
        SectionBlock("ice-bucket"),
    ),
)
