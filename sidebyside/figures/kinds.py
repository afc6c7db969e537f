"""Kinds and beginnings: the lists of kinds of MS, how MS and ALS start, and worsening between relapses."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, figure_of, headed, plotted, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart
from sidebyside.tables import LIST_SEPARATOR, records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

    Kind = dict[str, Any]

LISTS: Mapping[str, str] = {"list_1996": "List of 1996", "list_2013": "List of 2013"}
ABSENT: Mapping[str, str] = {"list_1996": "not on the list yet", "list_2013": "no longer on the list"}
VIEW = "One sliding scale"
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six")
# Three columns in units of one column; a name in a box is broken so that it fits a phone.
COLUMN_GAP = 0.04
NAME_WIDTH = 12
ABSENT_WIDTH = 11
BOX_HEIGHT = 74
BOX_GAP = 4
HEADS = 0.6
SLIDES = 24
PALEST, DARKEST = 0.08, 0.5
LINE = 17

ALL_PEOPLE = 100
PROGRESSIVE, RELAPSES = "progressive", "relapses"
STARTS: Mapping[str, str] = {
    PROGRESSIVE: "Slowly worse from the start",
    RELAPSES: "Relapses at the start",
}
PLACE, FORMS = "place", "forms"
BEGINNINGS: Mapping[str, str] = {PLACE: "Where it begins", FORMS: "Rarer forms"}
LIMB = "arm or leg"
FLAIL_ARM = "Flail arm"
FORMS_TICKS = (0, 5, 10)


# ---------------------------------------------------------------- kinds of MS


def ms_kinds(kinds: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """The kinds of MS on the lists of 1996 and 2013, and the newer view of MS as one range.

    No quantities: each kind is a box in the column of each list that names it. Sources are those of the kinds.
    """
    shown = records(kinds.sort_values("position"))
    boxes = [kind for kind in shown if kind["role"] == "kind"]
    return Figure(
        id="ms-kinds",
        title=_kinds_title(boxes),
        draw=lambda: _columns(boxes),
        table=_kinds_table(shown, sources),
        alt=_kinds_said(boxes),
        how_to_read=(
            "Each box is a name that a list gives to a kind of MS. The same name stands in the same row. The long box "
            "on the right is the newer view: one range without steps, and no fixed kinds."
        ),
        caveats=(
            "The names tell how MS behaves for a time. One person's MS can move from one name to another.",
            "The newer view is that of a group of specialists. Doctors still use the names of 2013.",
        ),
        source_ids=tuple(dict.fromkeys(source for kind in shown for source in _source_ids(kind))),
        details=("What it means", "Note", "Sources"),
        terms=tuple((str(kind["name"]), f"{kind['meaning']}.") for kind in shown),
    )


def _kinds_title(boxes: list[Kind]) -> str:
    early, late = ({kind["kind_id"] for kind in boxes if kind[column] == "yes"} for column in LISTS)
    return (
        f"Of {IN_WORDS[len(early)]} kinds of MS on the list of 1996, {IN_WORDS[len(early & late)]} were still there in "
        "2013; a newer view has no fixed kinds"
    )


def _kinds_said(boxes: list[Kind]) -> str:
    said = [
        f"{head}: {', '.join(kind['name'] for kind in boxes if kind[column] == 'yes')}"
        for column, head in LISTS.items()
    ]
    return f"{'. '.join(said)}. A newer view has no kinds but one sliding scale."


def _source_ids(kind: Kind) -> list[str]:
    return str(kind["source_ids"]).split(LIST_SEPARATOR)


def _kinds_table(shown: list[Kind], sources: Mapping[str, Source]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Name": kind["name"],
            **{head: kind[column] for column, head in LISTS.items()},
            "What it means": kind["meaning"],
            "Note": kind["note"],
            "Sources": "; ".join(sources[source_id].label for source_id in _source_ids(kind)),
        }
        for kind in shown
    )


def _columns(boxes: list[Kind]) -> dict[str, Any]:
    """Two columns of boxes, one a list, and a third box as high as both, whose shade changes without a step."""
    cells = [_cell(column, place, row, kind) for place, column in enumerate(LISTS) for row, kind in enumerate(boxes)]
    heads = [{"left": float(place), "text": text} for place, text in enumerate([*LISTS.values(), "A newer view"])]
    drawn = theme.finished(_kinds_layers(pd.DataFrame(cells), pd.DataFrame(heads), len(boxes)), len(boxes) + 1, 1)
    return {**drawn, "height": (len(boxes) + HEADS) * BOX_HEIGHT}


def _cell(column: str, place: int, row: int, kind: Kind) -> dict[str, Any]:
    """One box: where it stands, and its name, or that the list does not have it."""
    listed = kind[column] == "yes"
    text, width = (kind["name"].removesuffix(" MS"), NAME_WIDTH) if listed else (ABSENT[column], ABSENT_WIDTH)
    return {
        "left": float(place),
        "right": place + 1 - COLUMN_GAP,
        "top": float(row),
        "bottom": row + 1 - BOX_GAP / BOX_HEIGHT,
        "text": "\n".join(textwrap.wrap(text, width)),
        "lines": len(textwrap.wrap(text, width)),
        "listed": listed,
    }


def _kinds_layers(cells: pd.DataFrame, heads: pd.DataFrame, rows: int) -> alt.LayerChart | alt.FacetChart:
    boxes = alt.Chart(cells).encode(x=_across("left"), x2="right", y=_down("top", rows), y2="bottom")
    named, absent = (f"{sign}datum.listed" for sign in ("", "!"))
    wide = (1 - COLUMN_GAP) / SLIDES
    slices = [
        {
            "left": 2 + n * wide,
            "right": 2 + (n + 1) * wide,
            "top": 0.0,
            "bottom": rows - BOX_GAP / BOX_HEIGHT,
            "part": n,
        }
        for n in range(SLIDES)
    ]
    shade = alt.Opacity("part:Q", scale=alt.Scale(domain=[0, SLIDES - 1], range=[PALEST, DARKEST]), legend=None)
    slide = alt.Chart(pd.DataFrame(slices)).mark_rect(color=theme.MS.colour, aria=False)
    title = theme.words(alt.Chart(heads), align="left", fontWeight="bold")
    return alt.layer(
        slide.encode(x=_across("left"), x2="right", y=_down("top", rows), y2="bottom", opacity=shade),
        boxes.transform_filter(named).mark_rect(
            fill=theme.MS.colour, fillOpacity=0.15, stroke=theme.MS.colour, strokeWidth=1.5, cornerRadius=4
        ),
        boxes.transform_filter(absent).mark_rect(
            fillOpacity=0, stroke=theme.NEUTRAL, strokeDash=[4, 4], cornerRadius=4
        ),
        *(_written(cells, lines, rows) for lines in sorted(set(cells["lines"]))),
        _view_words(rows),
        title.encode(x=_across("left"), y=alt.YDatum(-HEADS / 2), text="text:N"),
    )


def _written(cells: pd.DataFrame, lines: int, rows: int) -> alt.Chart:
    """The words of boxes with this many lines, in the middle of their height."""
    base = alt.Chart(cells).transform_filter(f"datum.lines == {lines}").encode(x=_across("left"), y=_down("top", rows))
    first = (BOX_HEIGHT - BOX_GAP - (lines - 1) * LINE) / 2
    return theme.words(base, align="left", dx=6, dy=first, lineBreak="\n", lineHeight=LINE).encode(text="text:N")


def _view_words(rows: int) -> alt.Chart:
    words = pd.DataFrame([{"left": 2.0, "top": rows / 2, "text": "\n".join(textwrap.wrap(VIEW, NAME_WIDTH))}])
    base = alt.Chart(words).encode(x=_across("left"), y=_down("top", rows), text="text:N")
    return theme.words(base, align="left", dx=6, fontWeight="bold", lineBreak="\n", lineHeight=LINE)


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 3], nice=False))


def _down(field: str, rows: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[rows, -HEADS], nice=False))


# ---------------------------------------------------------------- how MS starts


def ms_start(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Share of people whose MS is progressive from the start, or starts with relapses, by group studied, in %.

    ``start`` is a key of `STARTS`: each share stands as its source gives it, never as the rest of the other.
    """
    rows = plotted(plots, facts, "ms-start", start)
    return Figure(
        id="ms-start",
        title=_start_title([row.fact.value for row in rows], start),
        draw=lambda: chart(_by_group(rows), Axis(title="% of people with MS", ticks=PERCENT_TICKS)),
        table=facts_table(rows, "Group"),
        alt=f"{STARTS[start]}, % of people with MS: {_said(rows)}.",
        how_to_read=f"Each mark is one group of people with MS: the share that had {_what(start)}.",
        caveats=_start_caveats(start),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _start_title(shares: list[float], start: str) -> str:
    ends = _range(shares)
    if start == RELAPSES:
        return f"MS starts with relapses in {'most people' if min(shares) > ALL_PEOPLE / 2 else 'some people'}: {ends}"
    return f"MS that gets slowly worse from the start: {ends} of people, depending on the group studied"


def _what(start: str) -> str:
    return "relapses first" if start == RELAPSES else "MS that got worse slowly from its start, without relapses first"


def _start_caveats(start: str) -> tuple[str, ...]:
    common = (
        "No interval is drawn: the sources, as far as we could read them, give none.",
        "The groups were brought together in different ways, so they show no trend from one to the next.",
    )
    if start == RELAPSES:
        return common
    return (
        *common,
        "The two groups from British Columbia come from the same database and overlap: they are not two proofs.",
        "Ontario counted all MS that was progressive from its start, the others primary progressive MS.",
        "In Sweden the share fell. Its authors tie this to new treatments and to how doctors name MS now.",
    )


def _said(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}, {row.fact.figure}" for row in rows)


# ---------------------------------------------------------------- worsening between relapses


def between_relapses(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people with early MS who got worse between relapses, and of those who did with one, in %."""
    apart, beside = (plotted(plots, facts, "between-relapses", panel) for panel in ("apart", "with"))
    rows = [*apart, *beside]
    return Figure(
        id="between-relapses",
        title=_between_title(apart[0][1], beside[0][1]),
        draw=lambda: chart(headed(rows, figure_of), Axis(title="% of people with MS", ticks=PERCENT_TICKS)),
        table=facts_table(rows, "Where and when it came"),
        alt=f"People with early MS who got worse in a lasting way: {_said(rows)}.",
        how_to_read="Each mark is the share of people who got worse in a lasting way: between relapses, or with one.",
        caveats=(
            "Lasting means that it was still there six months later. It may have eased after that.",
            "One person can be in both groups, so please do not add the shares.",
            "One register in Italy, over many years: others may differ.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _between_title(apart: Fact, beside: Fact) -> str:
    many = "more" if apart.value > beside.value else "fewer" if apart.value < beside.value else "as many"
    than = "as" if many == "as many" else "than"
    return f"Early in MS, {many} people got worse between relapses ({apart.figure}) {than} with one ({beside.figure})"


# ---------------------------------------------------------------- where ALS begins


def als_start(plots: pd.DataFrame, facts: Mapping[str, Fact], *, part: str) -> Figure:
    """Share of people with ALS by the part of the body where it began, or by rarer form, by group studied, in %.

    ``part`` is a key of `BEGINNINGS`.
    """
    rows = plotted(plots, facts, "als-start", part)
    return Figure(
        id="als-start",
        title=_als_title(rows, part),
        draw=lambda: chart(_by_group(rows), Axis(title="% of people with ALS", ticks=_ticks(part))),
        table=facts_table(rows, "Group"),
        alt=f"% of people with ALS: {_said(rows)}.",
        how_to_read=_als_reading(part),
        caveats=_als_caveats(part),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _als_title(rows: list[PlottedFact], part: str) -> str:
    if part == FORMS:
        arm = [row.fact.value for row in rows if row.label.startswith(FLAIL_ARM)]
        clinics = IN_WORDS[len(arm)]
        return f"Rarer forms of ALS: flail arm was found in {_range(arm)} of people at {clinics} clinics"
    limb = [row for row in rows if row.label.endswith(LIMB)]
    others = [row.fact.value for row in rows if not row.label.endswith(LIMB)]
    often = "most often" if min(row.fact.value for row in limb) > max(others) else "often"
    said = ", ".join(f"{row.fact.figure} ({_lower(row.label.split(': ')[0])})" for row in limb)
    return f"ALS {often} begins in an arm or a leg: {said}"


def _lower(words: str) -> str:
    """Words with a small first letter, where they do not begin with letters that stand for words."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _range(shares: list[float]) -> str:
    return f"{number(min(shares))}% to {number(max(shares))}%"


def _ticks(part: str) -> tuple[float, ...]:
    return FORMS_TICKS if part == FORMS else PERCENT_TICKS


def _by_group(rows: list[PlottedFact]) -> list[Row]:
    """Each group or form as a heading, and below it its marks with the part of the body, or the clinic."""
    drawn: list[Row] = []
    for group, part in itertools.groupby(rows, lambda row: row.label.split(": ")[0]):
        drawn.append(Row(group))
        drawn += [Row(f"{row.fact.figure} {_after(row.label)}", row.fact.condition, row.fact.value) for row in part]
    return drawn


def _after(label: str) -> str:
    """What stands behind the heading: the part of the body, the clinic, the kind of start."""
    return label.split(": ")[1]


def _als_reading(part: str) -> str:
    if part == FORMS:
        return "Each mark is the share of people at one clinic whose ALS had this form."
    return (
        "Each mark is the share of people in one group whose ALS began in that part of the body. Mouth or throat means "
        "the bulbar form."
    )


def _als_caveats(part: str) -> tuple[str, ...]:
    common = "No interval is drawn: the sources, as far as we could read them, give none."
    if part == FORMS:
        return (
            common,
            "Both are single centres that people are sent to. They are not a picture of everyone with ALS.",
            "The borders between the forms are not sharp, and the two centres may have drawn them in other places.",
        )
    return (
        common,
        "The groups were not put together alike: volunteers in an online survey, one referral centre, people on one "
        "drug, or a register. Small differences between them mean little.",
        "The centre in Beijing counted flail arm and other rare forms apart, so its shares are not of the same whole.",
        "Lombardy is two studies. The first says spinal onset, which is usually in the limbs or the trunk.",
    )


MS_KINDS = Recipe("ms-kinds", ms_kinds, ("ms_kinds", "sources"))
MS_START = Recipe("ms-start", ms_start, ("plots", "facts"), Choice("start", tuple(STARTS)))
BETWEEN_RELAPSES = Recipe("between-relapses", between_relapses, ("plots", "facts"))
ALS_START = Recipe("als-start", als_start, ("plots", "facts"), Choice("part", tuple(BEGINNINGS)))
