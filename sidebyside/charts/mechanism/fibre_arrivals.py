"""When the impulse arrives at each node of a nerve fibre."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import scrubber
from sidebyside.charts.mechanism import fibre_runs
from sidebyside.charts.mechanism.fibre_runs import (
    COLOURS,
    DAMAGED,
    FIBRE_HEIGHT,
    HEALTHY,
    SOURCES,
    healthy_beside,
    ms,
    raw,
)
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import number, rounded
from sidebyside.models.nerve_fibre import simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.models.nerve_fibre import Damage, Impulse


def arrivals(damage: Damage) -> Figure:
    """When the impulse passes each node, in the damaged fibre and in a healthy one as warm."""
    impulse, healthy = simulate(damage), healthy_beside(damage)
    text = _arrivals_text(impulse, healthy)
    return Figure.of_text(
        text,
        build_spec=lambda: _arrivals_chart(damage, text),
        table=_arrivals_table(impulse, healthy, text),
        source_ids=SOURCES,
    )


def _arrivals_text(impulse: Impulse, healthy: Impulse) -> ChartText:
    ours, theirs = (rounded(run.arrival_ms[-1]) for run in (impulse, healthy))
    usual, passes = impulse.damage.healthy, impulse.conducts
    return chart_text(
        "fibre-arrivals",
        decide("falls_behind", healthy=usual, stops=not passes, keeps_pace=ours == theirs),
        whole=rounded(healthy.node_mm[-1]),
        ours=ours,
        theirs=theirs,
        far=rounded(impulse.last_mm),
        last=rounded(float(np.nanmax(impulse.arrival_ms))),
    )


def _arrivals_table(impulse: Impulse, healthy: Impulse, text: ChartText) -> pd.DataFrame:
    rows = {round(float(mm), 2): {HEALTHY: t} for mm, t in zip(healthy.node_mm, healthy.arrival_ms, strict=True)}
    if not impulse.damage.healthy:
        for mm, t in zip(impulse.node_mm, impulse.arrival_ms, strict=True):
            rows.setdefault(round(float(mm), 2), {})[DAMAGED] = t
    frame = pd.DataFrame.from_dict(rows, orient="index").sort_index()
    table, never = pd.DataFrame({text.heading: [number(mm) for mm in frame.index]}), text["never"]
    for name, words in ((HEALTHY, text["heading-healthy"]), (DAMAGED, text["heading-this"])):
        if name in frame:
            table[words] = [ms(t, never) for t in frame[name]]
            table[f"{name}_ms"] = [raw(t) for t in frame[name]]
    return table


def _arrivals_chart(damage: Damage, text: ChartText) -> dict[str, Any]:
    fibres, names = fibre_runs.fibres(damage), fibre_runs.names(text)
    passed = [row for name, run in fibres.items() for row in _passed(names[name], run, text)]
    far, late = (max(row[key] for row in passed) for key in ("mm", "ms"))
    # An empty word beyond the last mark keeps room for the words at the ends of the lines.
    room = {"mm": round(far * 1.02, 3), "ms": round(late * 1.25, 3), "words": ""}
    last = [*(_last(names[name], run, text) for name, run in fibres.items()), room]
    template = _arrivals_template(text.axis, text["vertical-axis"], tuple(names.values()))
    return scrubber.fill_template(template, {"passed": passed, "last": last, "stretch": _stretch_of(fibres)})


@functools.cache
def _arrivals_template(along: str, after: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The chart of arrivals before it has data, in the words of its axes and the names of its fibres."""
    x = fibre_runs.along(along)
    y = alt.Y("ms:Q", scale=alt.Scale(nice=False), axis=theme.axis(after))
    colour, shape = (
        alt.Scale(domain=list(names), range=list(look)) for look in (COLOURS.values(), ["diamond", "circle"])
    )
    base = alt.Chart(alt.NamedData("passed")).encode(x=x, y=y, color=alt.Color("fibre:N", scale=colour, legend=None))
    marks = base.mark_point(filled=True, size=45, opacity=1)
    last = alt.Chart(alt.NamedData("last")).encode(x=x, y=y, text=alt.Text("words:N"))
    band = alt.Chart(alt.NamedData("stretch")).mark_rect(aria=False, color=theme.MS.colour, opacity=0.15)
    layers = [
        band.encode(x=x, x2=alt.X2("to:Q")),
        base.mark_line(strokeWidth=1.5, opacity=0.6),
        marks.encode(shape=alt.Shape("fibre:N", scale=shape, legend=None), tooltip=alt.Tooltip("words:N", title=" ")),
        theme.words(last, align="right", dx=-6, dy=-8),
    ]
    return theme.finished(alt.layer(*layers), FIBRE_HEIGHT + 2)


def _passed(name: str, impulse: Impulse, text: ChartText) -> list[dict[str, Any]]:
    """Each node that the signal passed, with its words."""
    found = [(mm, ms) for mm, ms in zip(impulse.node_mm, impulse.arrival_ms, strict=True) if math.isfinite(ms)]
    words = text.each("node", [{"fibre": name, "mm": rounded(mm), "ms": rounded(ms)} for mm, ms in found])
    return [
        {"mm": round(float(mm), 3), "ms": round(float(ms), 3), "fibre": name, "words": said}
        for (mm, ms), said in zip(found, words, strict=True)
    ]


def _last(name: str, impulse: Impulse, text: ChartText) -> dict[str, Any]:
    """The words at the end of a line: whose it is, and whether it ended there."""
    at = int(np.flatnonzero(np.isfinite(impulse.arrival_ms))[-1])
    words = name if impulse.conducts else text.each("stops", [{"fibre": name}])[0]
    return {"mm": round(float(impulse.node_mm[at]), 3), "ms": round(float(impulse.arrival_ms[at]), 3), "words": words}


def _stretch_of(fibres: Mapping[str, Impulse]) -> list[dict[str, Any]]:
    """The damaged stretch as a band; none in a healthy fibre."""
    if DAMAGED not in fibres:
        return []
    start, end = fibres[DAMAGED].lesion_mm
    return [{"mm": round(start, 3), "to": round(end, 3)}]
