"""The evidence page: how the article's claims stand, every figure and source to look up, the data to take away."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import ChartBlock, ListBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "evidence",
    (
        OnRequest(),
        SectionBlock("the-article"),
        ChartBlock(claims.VERDICTS),
        ListBlock("claims"),
        SectionBlock("every-figure"),
        ListBlock("figures"),
        SectionBlock("intervals"),
        SectionBlock("sources"),
        ListBlock("sources"),
        SectionBlock("glossary"),
        ListBlock("glossary"),
        SectionBlock("how-we-chose"),
        SectionBlock("plain-words"),
        SectionBlock("take-away"),
        ListBlock("take-the-data"),
        ListBlock("take-a-sheet"),
        SectionBlock("report"),
        ListBlock("changes"),
        SectionBlock("about"),
        SectionBlock("access"),
        SectionBlock("privacy"),
    ),
)
