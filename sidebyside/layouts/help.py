"""When to ask for help, and whom."""

from sidebyside.layouts.blocks import ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "help",
    (
        SectionBlock("help"),
        ListBlock("signs"),
        SectionBlock("just-told"),
        SectionBlock("caring"),
        SectionBlock("organisations"),
        ListBlock("organisations"),
    ),
)
