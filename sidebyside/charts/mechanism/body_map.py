"""Where MS and ALS do their damage: two bodies back to back, the one short, the other with all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import bodies
from sidebyside.charts.forms.bodies import DAMAGED, PARTLY, SPARED, Tag
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.charts.theme import Condition
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

STATES: Mapping[str, str] = {DAMAGED: "can be damaged", PARTLY: "partly affected", SPARED: "mostly spared"}
# Pixels from name to name: two lines on a phone; of a few names, and of all.
FEW_APART: Final = 36
ALL_APART: Final = 37


def what_is_attacked(
    shapes: pd.DataFrame, parts: pd.DataFrame, tags: pd.DataFrame, sources: Mapping[str, Source]
) -> Figure:
    """Both bodies with the few parts named that matter most (``nerve_tags``), each part in its state."""
    ms, als = (set(_in_state(parts, condition, DAMAGED)) for condition in theme.CONDITIONS)
    text = chart_text(
        "what-is-attacked",
        decide("alike", apart=2 * len(ms & als) < min(len(ms), len(als))),
        count=str(len(parts)),
        ms=_states(parts, theme.MS),
        als=_states(parts, theme.ALS),
    )
    states = _by_disease(parts)
    named = [
        Tag(row["condition"], states[row["condition"]][row["part_id"]], row["words"], "", row["x"], row["y"])
        for row in records(tags.sort_values(["condition", "position"]))
    ]
    return _figure(text, shapes, parts, sources, named, FEW_APART)


def where_the_damage_is(shapes: pd.DataFrame, parts: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """Both bodies with all parts named: what each disease can damage, partly affects, or mostly spares.

    The state of each part is shown by colour, by stroke and in words.
    """
    ms, als = (_spared(parts, condition) for condition in theme.CONDITIONS)
    text = chart_text(
        "where-the-damage-is",
        decide("none", both=bool(ms and als)),
        spared_ms=ms,
        spared_als=als,
        count=str(len(parts)),
        ms=_states(parts, theme.MS),
        als=_states(parts, theme.ALS),
    )
    named = [
        Tag(c.key, _of(row, c, "state"), row["name"], _of(row, c, "words"), row["anchor_x"], row["anchor_y"])
        for c in theme.CONDITIONS
        for row in records(parts.sort_values("position"))
    ]
    return _figure(text, shapes, parts, sources, named, ALL_APART)


def _figure(
    text: ChartText,
    shapes: pd.DataFrame,
    parts: pd.DataFrame,
    sources: Mapping[str, Source],
    named: Sequence[Tag],
    apart: int,
) -> Figure:
    return Figure.of_text(
        text,
        build_spec=lambda: bodies.chart(shapes, _by_disease(parts), named, apart),
        table=_table(parts, sources, text.heading),
        source_ids=_source_ids(parts),
        details=("What it is", "Sources"),
    )


def _of(row: Mapping[str, str], condition: Condition, column: str) -> str:
    """What a part's row says of one disease."""
    return row[f"{condition.key.lower()}_{column}"]


def _by_disease(parts: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The state of each part, by disease."""
    return {c.key: {row["part_id"]: _of(row, c, "state") for row in records(parts)} for c in theme.CONDITIONS}


def _in_state(parts: pd.DataFrame, condition: Condition, state: str) -> list[str]:
    """The parts that one disease leaves in a state, in the order of their names."""
    rows = records(parts.sort_values("position"))
    return [row["part_id"] for row in rows if _of(row, condition, "state") == state]


def _spared(parts: pd.DataFrame, condition: Condition) -> str:
    """What a disease mostly spares, by place or by task: whichever divides the parts more clearly."""
    state = f"{condition.key.lower()}_state"
    column = max(("place", "task"), key=lambda name: len(_clear(parts, name, state)))
    clear = _clear(parts, column, state).sort_values("position")
    return _joined(list(dict.fromkeys(clear.loc[clear[state] == SPARED, column])))


def _clear(parts: pd.DataFrame, column: str, state: str) -> pd.DataFrame:
    """The parts that stand in a group of one state: only of such a group can the title say something."""
    alike = parts.groupby(column)[state].transform("nunique") == 1
    return parts[alike & (parts[column] != "")]


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _states(parts: pd.DataFrame, condition: Condition) -> str:
    """All parts in words, by their state."""
    said = []
    ordered = records(parts.sort_values("position"))
    for state, words in STATES.items():
        rows = [row for row in ordered if _of(row, condition, "state") == state]
        named = [f"{row['name'].lower()} ({_of(row, condition, 'words')})" for row in rows]
        said += [f"{words} ({len(named)}): {', '.join(named)}"] if named else []
    return "; ".join(said)


def _table(parts: pd.DataFrame, sources: Mapping[str, Source], what: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            what: row["name"],
            "What it is": row["what"],
            **{f"In {c.key}": _in_words(row, c) for c in theme.CONDITIONS},
            "Sources": " ".join(f"{c.key}: {_cited(row, c, sources)}." for c in theme.CONDITIONS),
        }
        for row in records(parts.sort_values("position"))
    )


def _in_words(row: Mapping[str, str], condition: Condition) -> str:
    return f"{STATES[_of(row, condition, 'state')].capitalize()}: {_of(row, condition, 'words')}."


def _ids(row: Mapping[str, str], condition: Condition) -> list[str]:
    return _of(row, condition, "source_ids").split(LIST_SEPARATOR)


def _cited(row: Mapping[str, str], condition: Condition, sources: Mapping[str, Source]) -> str:
    return ", ".join(sources[source_id].label for source_id in _ids(row, condition))


def _source_ids(parts: pd.DataFrame) -> tuple[str, ...]:
    rows = records(parts.sort_values("position"))
    return tuple(dict.fromkeys(i for row in rows for c in theme.CONDITIONS for i in _ids(row, c)))


WHAT_IS_ATTACKED = ChartDefinition(
    "what-is-attacked", what_is_attacked, ("nerve_map", "nerve_parts", "nerve_tags", "sources")
)
WHERE_THE_DAMAGE_IS = ChartDefinition(
    "where-the-damage-is", where_the_damage_is, ("nerve_map", "nerve_parts", "sources")
)
