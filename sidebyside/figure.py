"""A figure: one object with four readings (chart, table, alternative text, download)."""

from __future__ import annotations

import csv
import functools
import io
import json
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

SVG_WIDTH = 720
SVG_TITLE_WIDTH = 80
SVG_TITLE_ROOM = 50


def csv_text(lead: Iterable[str], columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV text under comment lines, each led by ``#``."""
    out = io.StringIO()
    out.write("".join(f"# {' '.join(line.split())}\n" for line in lead))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


@dataclass(frozen=True, eq=False)
class Figure:
    """What a card shows.

    Attributes:
        id: stable name, kebab-case; the card's address on its page.
        title: the finding, a sentence computed from the data.
        draw: gives the finished Vega-Lite specification; called once, when ``chart`` is first asked for.
        table: exactly what is drawn, with display names and units as columns.
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
        """The table as CSV text, led by comment lines: title, credit lines, caveats, sources."""
        lead = [self.title, *credit, *self.caveats, *(f"Source: {citation}" for citation in citations)]
        return csv_text(lead, self.table.columns, self.table.itertuples(index=False))

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
