"""A figure: one object with four readings (chart, table, alternative text, download)."""

from __future__ import annotations

import functools
import json
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sidebyside.charts.theme import HEIGHT
from sidebyside.data.downloads import csv_text
from sidebyside.data.formatting import SCOPE, scope_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from sidebyside.content.chart_text import ChartText

SVG_WIDTH = 720
SVG_TITLE_WIDTH = 80
SVG_TITLE_ROOM = 50
# Columns of a table that are for programs.
RAW = re.compile(r"[a-z][a-z0-9_]*")
SVG_SCOPE_LINE = 16


def _sentence(among: str, start: str, end: str) -> str:
    said = scope_words(among, start, end)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


@dataclass(frozen=True, eq=False)
class Figure:
    """What a card shows.

    For whom its numbers hold, and what they count from and to, stand in columns of the table (`SCOPE`). Title and
    alternative text say it from there, so that no figure can leave it out: `scope` what all rows share, ``alt`` all.

    Attributes:
        id: stable name, kebab-case; the card's address on its page.
        title: the finding, a sentence computed from the data; `scope` stands below it.
        build_spec: gives the finished Vega-Lite specification; called once, when ``chart`` is first asked for.
        table: exactly what is drawn, with display names and units as columns. Columns named in small letters
            (``value``, ``low``, ``high``, ``unit``) are numbers for programs: they are kept apart, in ``raw``.
        raw: the numbers of the table for programs, row by row; they stand in the file only.
        alt: the finding in words, with numbers of the table; whom and what they count is added.
        how_to_read: one or two sentences on reading the chart.
        caveats: what a reader must know before drawing conclusions.
        source_ids: every source drawn, in the order of the table.
        details: columns of the table that are long; on the page they stand below it, row by row.
        terms: words of the chart with their plain definitions, in the order of the chart.
        static_values: where a still picture has what can be moved in the chart, by the parameter's name.
    """

    id: str
    title: str
    build_spec: Callable[[], Mapping[str, Any]]
    table: pd.DataFrame
    alt: str
    how_to_read: str
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]
    details: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    static_values: Mapping[str, float] = field(default_factory=dict)
    raw: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        """Part what readers see from what programs read, and say in ``alt`` whom and what the numbers count."""
        raw = [column for column in self.table.columns if RAW.fullmatch(column)]
        object.__setattr__(self, "raw", self.table[raw])
        object.__setattr__(self, "table", self.table.drop(columns=raw))
        shared = _sentence(*(self._shared().get(name, "") for name in SCOPE))
        object.__setattr__(self, "alt", " ".join(filter(None, [self.alt, shared, *self._scope_of_rows()])))

    @classmethod
    def of_text(
        cls,
        text: ChartText,
        build_spec: Callable[[], Mapping[str, Any]],
        table: pd.DataFrame,
        source_ids: Iterable[str],
        details: tuple[str, ...] = (),
        *,
        terms: tuple[tuple[str, str], ...] = (),
        static_values: Mapping[str, float] | None = None,
    ) -> Figure:
        """A figure in the words of its chart; what its words cite follows the sources of what is drawn.

        Raises:
            DataError: a text is missing or damaged.
        """
        notes = (text.how_to_read, *text.caveats)
        cited = (source_id for words in notes for source_id in getattr(words, "source_ids", ()))
        return cls(
            id=text.chart,
            title=text.title,
            build_spec=build_spec,
            table=table,
            alt=text.alt,
            how_to_read=notes[0],
            caveats=notes[1:],
            source_ids=tuple(dict.fromkeys((*source_ids, *cited))),
            details=details,
            terms=terms,
            static_values=static_values or {},
        )

    @functools.cached_property
    def scope(self) -> str:
        """Whom all its numbers count, and from what to what, as a sentence to stand below the title; may be empty."""
        shared = self._shared()
        title = self.title.casefold()
        left = {name: "" if f" {words.casefold()}" in title else words for name, words in shared.items()}
        return _sentence(*(left.get(name, "") for name in SCOPE))

    @property
    def headline(self) -> str:
        """The title and the scope as one line, for where the title stands alone."""
        return f"{self.title}. {self.scope}".removesuffix(".") if self.scope else self.title

    def _shared(self) -> dict[str, str]:
        columns = {name: set(self.table[name]) for name in SCOPE if name in self.table}
        return {name: words.pop() for name, words in columns.items() if len(words) == 1}

    def _scope_of_rows(self) -> list[str]:
        """What differs from row to row, each in one sentence with the rows it holds for."""
        shared = self._shared()
        if all(name in shared or name not in self.table for name in SCOPE):
            return []
        none = [""] * len(self.table)
        columns = [none if name in shared else self.table.get(name, none) for name in SCOPE]
        held: dict[str, list[str]] = {}
        for label, *parts in zip(self._labels(), *columns, strict=True):
            held.setdefault(_sentence(*parts).removesuffix("."), []).append(label)
        return [f"{said}: {'; '.join(labels)}." for said, labels in held.items() if said]

    def _labels(self) -> list[str]:
        """The rows in as few of their first words as tell them apart."""
        names = [name for name in self.table.columns if name not in (*SCOPE, *self.details)]
        cells = [self.table[names[:count]].itertuples(index=False) for count in range(1, len(names) + 1)]
        tried = [[", ".join(map(str, row)) for row in rows] for rows in cells]
        return next((labels for labels in tried if len(set(labels)) == len(labels)), tried[-1])

    @functools.cached_property
    def chart(self) -> Mapping[str, Any]:
        """The finished Vega-Lite specification."""
        return self.build_spec()

    @functools.cached_property
    def arrow_spec(self) -> dict[str, Any]:
        """The chart with its data as Arrow tables, as they travel to a browser: made once, sent at every visit."""
        import pandas as pd
        import pyarrow as pa

        data = {name: pa.Table.from_pandas(pd.DataFrame(rows)) for name, rows in self.chart["datasets"].items()}
        return {**self.chart, "datasets": data}

    def csv(self, citations: Sequence[str], credit: Sequence[str]) -> str:
        """The table and its raw numbers as CSV text, led by comment lines: title, credit lines, caveats, sources."""
        sources = (f"Source: {citation}" for citation in citations)
        lead = filter(None, [self.title, self.scope, *credit, *self.caveats, *sources])
        rows = zip(self.table.itertuples(index=False), self.raw.itertuples(index=False), strict=True)
        return csv_text(lead, [*self.table.columns, *self.raw.columns], ((*said, *raw) for said, raw in rows))

    def static_spec(self) -> dict[str, Any]:
        """A specification of its own for a still picture: what can be moved stands where it says most."""
        spec: dict[str, Any] = json.loads(json.dumps(self.chart))
        # The room around a drawing in the dashboard; elsewhere who asks for it gives it its own.
        spec.pop("padding", None)
        for parameter in (each for each in spec.get("params", ()) if "expr" not in each):
            parameter["value"] = self.static_values.get(parameter["name"], parameter.get("value"))
        return spec

    def print_spec(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """A specification of its own under a Vega config, with the title and alt text in it."""
        spec = self.static_spec()
        view = {**spec["config"].get("view", {}), **config.get("view", {})}
        scope = textwrap.wrap(self.scope, SVG_TITLE_WIDTH)
        said = {"text": textwrap.wrap(self.title, SVG_TITLE_WIDTH), "anchor": "start"}
        more = SVG_TITLE_ROOM + SVG_SCOPE_LINE * len(scope)
        for parameter in (each for each in spec.get("params", ()) if each["name"] == HEIGHT):
            parameter["expr"] = f"({parameter['expr']}) + {more}"
        return {
            **spec,
            "width": SVG_WIDTH,
            "height": spec["height"] + more,
            "title": {**said, "subtitle": scope} if scope else said,
            "description": self.alt,
            "config": {**config, **spec["config"], "view": view},
        }

    def svg(self, config: Mapping[str, Any]) -> str:
        """The chart as an SVG picture under a Vega config, with the title and alt text in it."""
        import vl_convert

        return str(vl_convert.vegalite_to_svg(self.print_spec(config)))
