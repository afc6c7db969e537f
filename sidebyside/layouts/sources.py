"""All sources to look up."""

from sidebyside.layouts.blocks import ListBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "sources",
    (
        OnRequest(),
        SectionBlock("sources"),
        ListBlock("sources"),
    ),
)
