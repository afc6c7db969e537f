"""The history of both diseases: dated events on two lanes, decade by decade."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.gutter import HEADING_WIDTH
from sidebyside.content.chart_text import chart_text
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.formatting import REPORTED
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

    Event = dict[str, Any]

ALL = "all"
WHAT = "what"
DRUGS = "drugs"
CAUSES = "causes"
KINDS = ("account", "description", "rules", "cause", "test", "drug", "treatment", "withdrawal", "people")
# The kinds of event in each view.
VIEWS: Mapping[str, tuple[str, ...]] = {
    ALL: KINDS,
    WHAT: ("account", "description", "rules"),
    DRUGS: ("drug", "treatment", "withdrawal"),
    CAUSES: ("cause", "test"),
}
# The kinds of event whose first ones the title of a view names.
TITLED: Mapping[str, tuple[str, ...]] = {
    ALL: ("description",),
    WHAT: ("description",),
    DRUGS: ("drug",),
    CAUSES: ("cause",),
}
BOTH = "both"
WITHDRAWN = "withdrawal"
# The places for marks in each lane, so that the lanes stand still whatever is chosen.
LANE = 9


def history(events: pd.DataFrame, sources: Mapping[str, Source], *, view: str) -> Figure:
    """Dated events of both diseases in order of year, one mark an event, MS and ALS each on a lane.

    ``view`` is a key of `VIEWS`. Sources are those of the events.
    """
    shown = [event for event in records(events.sort_values("position")) if event["kind"] in VIEWS[view]]
    text = _text(shown, view)
    return Figure.of_text(
        text,
        build_spec=lambda: _lanes(shown, text["open-mark"]),
        table=_table(shown, sources, text),
        source_ids=tuple(dict.fromkeys(source for event in shown for source in _sources(event))),
        details=("Kind", "Sources", "Note"),
    )


def _text(shown: list[Event], view: str) -> ChartText:
    """The words of the chart for one view, with its landmarks and the first events that its title names."""
    firsts = {name: said for kind in TITLED[view] for name, said in _firsts(shown, kind).items()}
    landmarks = " ".join(_in_words(event) for event in shown if event["short"])
    return chart_text("history", view, landmarks=landmarks, **firsts)


def _firsts(shown: list[Event], kind: str) -> dict[str, str]:
    """The first event of a kind in each disease, the earlier disease first: disease and year as named values."""
    firsts = [
        min((e for e in shown if e["kind"] == kind and e["condition"] == condition.key), key=lambda e: int(e["year"]))
        for condition in theme.CONDITIONS
    ]
    firsts.sort(key=lambda e: int(e["year"]))
    values: dict[str, str] = {}
    for place, event in zip(("first", "second"), firsts, strict=True):
        values |= {f"{kind}_{place}": str(event["condition"]), f"{kind}_{place}_year": _year(event)}
    return values


def _year(event: Event) -> str:
    return f"{event['year']:.0f}" if pd.isna(event["year_end"]) else f"{event['year']:.0f} or {event['year_end']:.0f}"


def _in_words(event: Event) -> str:
    return f"{_year(event)}, {_disease(event)}: {event['event_plain']}."


def _disease(event: Event) -> str:
    return "MS and ALS" if event["condition"] == BOTH else str(event["condition"])


def _sources(event: Event) -> list[str]:
    return str(event["source_ids"]).split(LIST_SEPARATOR)


def _table(shown: list[Event], sources: Mapping[str, Source], text: ChartText) -> pd.DataFrame:
    kinds = {kind: text[f"kind-{kind}"] for kind in KINDS}
    heading = text.heading
    return pd.DataFrame(
        {
            heading: _year(event),
            "Disease": _disease(event),
            "What happened": event["event_plain"],
            "Kind": kinds[event["kind"]],
            "Sources": _sources_in_words(event, sources),
            "Note": event["note"],
            "year": event["year"],
            "year_end": event["year_end"],
        }
        for event in shown
    )


def _sources_in_words(event: Event, sources: Mapping[str, Source]) -> str:
    labels = "; ".join(sources[source_id].label for source_id in _sources(event))
    return f"{REPORTED} {labels}" if event["checked"] == "secondary" else labels


def _lanes(shown: list[Event], open_mark: str) -> dict[str, Any]:
    """The names of the lanes, then each decade: its heading and below it its marks; last what an open mark means."""
    drawn = [_words(0, "MS"), _words(0, "ALS", LANE)]
    row = 1
    for decade, events in itertools.groupby(shown, lambda event: int(event["year"]) // 10 * 10):
        part = list(events)
        for line in _heading(decade, part):
            drawn.append(_words(row, line))
            row += 1
        drawn += _marks(row, part)
        row += 1
    if any(event["kind"] == WITHDRAWN for event in shown):
        drawn.append(_words(row, open_mark))
        row += 1
    return theme.finished(_layers(pd.DataFrame(drawn)), row)


def _heading(decade: int, events: list[Event]) -> list[str]:
    landmarks = ", ".join(event["short"] for event in events if event["short"])
    return textwrap.wrap(f"{decade}s: {landmarks}" if landmarks else f"{decade}s", HEADING_WIDTH)


def _words(row: int, words: str, column: int = 0) -> dict[str, Any]:
    return {"row": row, "column": column, "heading": words, "condition": "", "event": "", "kind": ""}


def _marks(row: int, events: list[Event]) -> list[dict[str, Any]]:
    """One mark an event, from the left of its lane; what is of both diseases stands on both lanes."""
    return [
        {**_words(row, "", lane * LANE + place), "condition": condition.key, "event": said, "kind": event["kind"]}
        for lane, condition in enumerate(theme.CONDITIONS)
        for place, event in enumerate(e for e in events if e["condition"] in (condition.key, BOTH))
        for said in [f"{_year(event)}: {event['event_plain']}"]
    ]


def _layers(frame: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=[-0.5, LANE * 2 - 1.5], nice=False))
    base = alt.Chart().encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)), x=x)
    heads = theme.words(base.transform_filter("datum.heading != ''"), align="left", fontWeight="bold", dx=-8, dy=6)
    other = base.transform_filter(f"datum.condition != '' && datum.kind != '{WITHDRAWN}'")
    layers = [
        heads.encode(text=alt.Text("heading:N")),
        _shown(other.mark_point(filled=True, size=theme.MARK_SIZE, opacity=1)),
    ]
    if (frame["kind"] == WITHDRAWN).any():
        off = base.transform_filter(f"datum.kind == '{WITHDRAWN}'")
        layers.append(_shown(off.mark_point(filled=False, size=theme.MARK_SIZE, opacity=1, strokeWidth=2.5)))
    return alt.layer(*layers, data=frame)


def _shown(marks: alt.Chart) -> alt.Chart:
    said = alt.Tooltip("event:N", title=" ")
    shown: alt.Chart = marks.encode(color=theme.colour(), shape=theme.shape(), tooltip=said)
    return shown


HISTORY = ChartDefinition(
    "history",
    history,
    ("history", "sources"),
    Options("view", tuple(VIEWS)),
)
