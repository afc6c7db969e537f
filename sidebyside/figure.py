"""A figure: one object with four readings (chart, table, alternative text, download)."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sidebyside import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

SVG_WIDTH = 720
SVG_TITLE_WIDTH = 80
SVG_TITLE_ROOM = 50
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# Columns of a table that are for programs.
RAW = re.compile(r"[a-z][a-z0-9_]*")


def csv_text(lead: Iterable[str], columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as the text of a CSV file, as everything that a reader takes away is written.

    It opens in a spreadsheet and by ``pandas.read_csv(path, comment="#")`` alike: it begins with the mark by which
    spreadsheets know UTF-8; the lines that lead it begin with ``#``, which stands nowhere else; and its cells are
    what `cells.written` makes of them.
    """
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    out.write("".join(f"# {cells.lead(line)}\n" for line in lead))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(cells.written, row) for row in rows)
    return out.getvalue()


@dataclass(frozen=True, eq=False)
class Figure:
    """What a card shows.

    Attributes:
        id: stable name, kebab-case; the card's address on its page.
        title: the finding, a sentence computed from the data.
        draw: gives the finished Vega-Lite specification; called once, when ``chart`` is first asked for.
        table: exactly what is drawn, with display names and units as columns. Columns named in small letters
            (``value``, ``low``, ``high``, ``unit``) are numbers for programs: they are kept apart, in ``raw``.
        raw: the numbers of the table for programs, row by row; they stand in the file only.
        alt: the finding in words, with numbers of the table.
        how_to_read: one or two sentences on reading the chart.
        caveats: what a reader must know before drawing conclusions.
        source_ids: every source drawn, in the order of the table.
        details: columns of the table that are long; on the page they stand below it, row by row.
        terms: words of the chart with their plain definitions, in the order of the chart.
        still: where a still picture has what can be moved in the chart, by the parameter's name.
    """

    id: str
    title: str
    draw: Callable[[], Mapping[str, Any]]
    table: pd.DataFrame
    alt: str
    how_to_read: str
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]
    details: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    still: Mapping[str, float] = field(default_factory=dict)
    raw: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        """Part what readers see from what programs read."""
        raw = [column for column in self.table.columns if RAW.fullmatch(column)]
        object.__setattr__(self, "raw", self.table[raw])
        object.__setattr__(self, "table", self.table.drop(columns=raw))

    @functools.cached_property
    def chart(self) -> Mapping[str, Any]:
        """The finished Vega-Lite specification."""
        return self.draw()

    @functools.cached_property
    def chart_to_send(self) -> dict[str, Any]:
        """The chart with its data as Arrow tables, as they travel to a browser: made once, sent at every visit."""
        import pandas as pd
        import pyarrow as pa

        data = {name: pa.Table.from_pandas(pd.DataFrame(rows)) for name, rows in self.chart["datasets"].items()}
        return {**self.chart, "datasets": data}

    def csv(self, citations: Sequence[str], credit: Sequence[str]) -> str:
        """The table and its raw numbers as CSV text, led by comment lines: title, credit lines, caveats, sources."""
        lead = [self.title, *credit, *self.caveats, *(f"Source: {citation}" for citation in citations)]
        rows = zip(self.table.itertuples(index=False), self.raw.itertuples(index=False), strict=True)
        return csv_text(lead, [*self.table.columns, *self.raw.columns], ((*said, *raw) for said, raw in rows))

    def at_rest(self) -> dict[str, Any]:
        """A specification of its own for a still picture: what can be moved stands where it says most."""
        spec: dict[str, Any] = json.loads(json.dumps(self.chart))
        for parameter in spec.get("params", ()):
            parameter["value"] = self.still.get(parameter["name"], parameter.get("value"))
        return spec

    def on_paper(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """A specification of its own under a Vega config, with the title and alt text in it."""
        spec = self.at_rest()
        view = {**spec["config"].get("view", {}), **config.get("view", {})}
        return {
            **spec,
            "width": SVG_WIDTH,
            "height": spec["height"] + SVG_TITLE_ROOM,
            "title": {"text": textwrap.wrap(self.title, SVG_TITLE_WIDTH), "anchor": "start"},
            "description": self.alt,
            "config": {**config, **spec["config"], "view": view},
        }

    def svg(self, config: Mapping[str, Any]) -> str:
        """The chart as an SVG picture under a Vega config, with the title and alt text in it."""
        import vl_convert

        return str(vl_convert.vegalite_to_svg(self.on_paper(config)))
