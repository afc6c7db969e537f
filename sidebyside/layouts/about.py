"""About this site: errors, changes, access, privacy."""

from sidebyside.layouts.blocks import ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "about",
    (
        SectionBlock("about"),
        SectionBlock("report"),
        ListBlock("changes"),
        SectionBlock("access"),
        SectionBlock("privacy"),
    ),
)
