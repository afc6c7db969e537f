"""Tiles: what matters most of both diseases, in a few words or a number each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import listing
from sidebyside.content.text import NEEDS
from sidebyside.data import package, translations
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from sidebyside.content.listing import Rows

TABLE = "tiles"


@dataclass(frozen=True)
class Tile:
    """One tile: what it is about, the words or number of each disease (Markdown), what to know, and its sources."""

    id: str
    label: str
    ms: str
    als: str
    note: str
    source_ids: tuple[str, ...]


@cached(TABLE, *NEEDS)
def tiles() -> Rows[Tile]:
    """The tiles, in the order of the table.

    Raises:
        DataError: ``tiles.csv`` breaks its contract.
    """
    return listing.make_rows((TABLE,), package.ordered(TABLE), _tile)


def _tile(row: dict[str, Any]) -> Tile:
    ms, als = (listing.filled(TABLE, row, side) for side in ("ms", "als"))
    cited = dict.fromkeys((*ms.source_ids, *als.source_ids, *listing.ids(row)))
    said = (translations.spoken(row[column], row) for column in ("label", "note"))
    label, note = said
    return Tile(row["tile_id"], label, ms.body, als.body, note, tuple(cited))
