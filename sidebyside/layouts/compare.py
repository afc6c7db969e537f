"""All differences and what both share, to filter and search; both in one person."""

from sidebyside.content import comparisons
from sidebyside.layouts.blocks import ComparisonBlock, ListBlock, PageLayout, SectionBlock

PAGE = PageLayout(
    "compare",
    (
        SectionBlock("side-by-side"),
        ComparisonBlock("differences", comparisons.differences),
        SectionBlock("one-and-the-other"),
        ListBlock("studies"),
    ),
)
