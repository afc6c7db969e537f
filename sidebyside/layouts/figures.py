"""Every figure to look up."""

from sidebyside.layouts.blocks import ListBlock, OnRequest, PageLayout, SectionBlock

PAGE = PageLayout(
    "figures",
    (
        OnRequest(),
        SectionBlock("every-figure"),
        ListBlock("figures"),
        SectionBlock("intervals"),
    ),
)
