"""A page of the static edition as it is written: its blocks, what it cites, its files, the pages below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sidebyside.layouts import page_list
from sidebyside.layouts.blocks import SURVIVAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.charts.figure import Figure
    from sidebyside.content.listing import Cited
    from sidebyside.data.sources import Source

# The pages of the dashboard and their files.
FILES: Final = {page: "index" if page == page_list.FIRST else page for page in page_list.PAGES}
STORIES: Final = {file: page for page, file in FILES.items()}
# All pages by file.
NAMES: Final = tuple(STORIES)
# Pages of the first edition, by their files, and where what they held stands now.
FORMER: Final[Mapping[str, str]] = {"survival": page_list.LENGTH_OF_LIFE, "glossary": "words"}


def title(name: str) -> str:
    """The title of a page, by its file."""
    return page_list.heading(STORIES[name])


def tab(name: str) -> str:
    """What a page is called in the navigation, by its file."""
    return page_list.short_title(STORIES[name])


@dataclass(frozen=True)
class ChartView:
    """One figure as the edition shows it; ``rows``, ``details`` and the second of each term are HTML.

    ``former_id`` is the id that it had in the first edition, or empty; addresses of that time still lead to it.
    ``level`` is the level of its heading.
    """

    id: str
    figure: Figure
    drawing: str
    slider_values: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    details: tuple[str, ...]
    sources: tuple[Source, ...]
    terms: tuple[tuple[str, str], ...]
    file: str
    download_name: str
    dashboard_address: str
    former_id: str
    level: int


@dataclass
class PageBuilder:
    """A page being written: its name, its blocks in order, what it cites, its files, and the pages that belong to it.

    ``of`` is the page that it belongs to, or empty, and ``at`` the place there.
    """

    name: str
    title: str
    app: str
    parent: str = ""
    parent_anchor: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    subpages: list[PageBuilder] = field(default_factory=list)

    def add(self, kind: str, **said: Any) -> None:
        """One more block."""
        self.blocks.append({"kind": kind, **said})

    @property
    def level(self) -> int:
        """The level of a chart's heading here: under a section, or under the title where no section has begun."""
        return 3 if any(block.get("heading") for block in self.blocks) else 2

    @property
    def heading(self) -> str:
        """The heading that stands over what comes next."""
        return next((str(block["heading"]) for block in reversed(self.blocks) if block.get("heading")), self.title)

    def cite(self, rows: Iterable[Cited]) -> None:
        """Remember what these rows cite."""
        self.cited += [source_id for row in rows for source_id in row.source_ids]

    def may_show(self, choice: str) -> bool:
        """Whether what waits for this choice may stand here."""
        return choice != SURVIVAL or page_list.LENGTH_OF_LIFE in (self.name, self.parent)

    def subpage(self, name: str, title: str, at: str) -> PageBuilder:
        """A new page that belongs to this one, to the place ``at``."""
        self.subpages.append(PageBuilder(name, title, self.app, self.name, at))
        return self.subpages[-1]
