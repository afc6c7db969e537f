"""Words explained."""

from sidebyside.layouts.blocks import ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "words",
    (
        SectionBlock("glossary"),
        ListBlock("glossary"),
        SectionBlock("plain-words"),
    ),
)
