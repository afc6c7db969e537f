"""The evidence page: how the article's claims stand, every figure and source to look up, the data to take away."""

from sidebyside.charts.evidence import claims
from sidebyside.layouts.blocks import Asked, Card, Listing, Outline, Section

PAGE = Outline(
    "evidence",
    (
        Asked(),
        Section("the-article"),
        Card(claims.VERDICTS),
        Listing("claims"),
        Section("every-figure"),
        Listing("figures"),
        Section("intervals"),
        Section("sources"),
        Listing("sources"),
        Section("glossary"),
        Listing("glossary"),
        Section("how-we-chose"),
        Section("plain-words"),
        Section("take-away"),
        Listing("take-the-data"),
        Listing("take-a-sheet"),
        Section("report"),
        Listing("changes"),
        Section("about"),
        Section("access"),
        Section("privacy"),
    ),
)
