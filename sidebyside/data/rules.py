"""Rules that the contract can't say: of a figure and its ends, of rows that belong together, of whole tables."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from sidebyside.data import contract
from sidebyside.data.contract import ALWAYS, ANYONE, LIST_SEPARATOR
from sidebyside.data.faults import Fault
from sidebyside.data.reading import DTYPES, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from sidebyside.data.faults import Checked

SHARE_UNIT = "%"
AGE_BANDS = 19
SCORE_YEARS = 30
ROUNDING = 0.1
# More than anything here can be: people on Earth, many times over.
ABSURD = 1e12
COUNTED_OF = re.compile(r"(?:per|(?:people |pairs )?of) ([\d,]+)\b")
TELLS_OF_LOSS = re.compile(
    r"dementia|end of life|ending your life|suicid|low mood|depress|wheelchair|lived longer|lives are somewhat|died of",
    re.IGNORECASE,
)
TIMED = re.compile(r"\b(?:median|mean|typical)(?: [\w-]+)? (?:survival|time)\b|\balive\b|\bsurviving\b")
TIME_UNITS = ("days", "weeks", "months", "years")
LIVED = re.compile(r"^(?!.*\b(?:gain|lost|less|shorter|difference)\b).*surviv")

# ---------------------------------------------------------------- rules the contract can't say


def told(name: str, lines: tuple[int, ...], breaches: Iterable[tuple[int, str, str, object]]) -> list[Fault]:
    """Breaches of rules as faults: each position as the editor's line number."""
    return [
        Fault(f"{name}.csv", lines[position], column, rule, str(value)) for position, column, rule, value in breaches
    ]


def breaches(name: str, frame: pd.DataFrame, below: Mapping[str, Checked]) -> Iterator[tuple[int, str, str, object]]:
    """Where rows break a rule that the contract can't say: position, column, rule, value."""
    yield from _not_finite(name, frame)
    yield from _out_of_order(frame)
    yield from _bad_references(name, frame, below)
    linked = {table: checked.frame for table, checked in below.items()}
    for rule in _RULES.get(name, ()):
        yield from rule(frame, linked)


def breaches_of_all(
    name: str, frame: pd.DataFrame, below: Mapping[str, Checked]
) -> Iterator[tuple[int, str, str, object]]:
    """Where a table as a whole breaks a rule: position, column, rule, value."""
    linked = {table: checked.frame for table, checked in below.items()}
    for rule in _TABLE_RULES.get(name, ()):
        yield from rule(frame, linked)


def _not_finite(name: str, frame: pd.DataFrame) -> Iterator[tuple[int, str, str, object]]:
    for column in (f["name"] for f in contract.fields(name) if f["type"] in DTYPES):
        for position, number in enumerate(frame[column].astype("float64")):
            if math.isinf(number):
                yield position, column, "must be a finite number", number
            elif abs(number) >= ABSURD:
                yield position, column, f"must be below {ABSURD:g}", number


def _out_of_order(frame: pd.DataFrame) -> Iterator[tuple[int, str, str, object]]:
    middle = next((c for c in ("value", "percent") if c in frame), None)
    if middle is None or "low" not in frame:
        return
    for position, (low, value, high) in enumerate(zip(frame["low"], frame[middle], frame["high"], strict=True)):
        if low > high:
            yield position, "low", f"must not be above high ({high:g})", low
        elif low > value or value > high:
            yield position, middle, "must lie between low and high", value
        elif all(map(math.isnan, (low, value, high))):
            yield position, middle, "a figure needs a value, a low or a high end", ""


def _bad_references(
    name: str, frame: pd.DataFrame, below: Mapping[str, Checked]
) -> Iterator[tuple[int, str, str, object]]:
    for column, table, key in contract.references(name):
        # A row that is damaged is there: its own faults say what is wrong.
        known = {*below[table].frame[key], *(row.cells.get(key, "") for row in below[table].lost)}
        for position, cell in enumerate(frame[column]):
            for item in filter(None, cell.split(LIST_SEPARATOR)):
                if item not in known:
                    yield position, column, f"refers to a row of {table}.csv that does not exist", item


def _shares_in_range(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    for column in ("value", "low", "high"):
        outside = (frame["unit"] == SHARE_UNIT) & ((frame[column] < 0) | (frame[column] > 100))
        for position in outside.to_numpy().nonzero()[0]:
            yield int(position), column, "a percentage must lie between 0 and 100", frame[column].iloc[position]


def _counts_fit_their_unit(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """Of 100,000 people there are no more than 100,000; charts draw one mark for each."""
    for position, row in enumerate(records(frame[["unit", "value", "low", "high"]])):
        of = COUNTED_OF.match(row["unit"])
        most = float(of.group(1).replace(",", "")) if of else math.inf
        for column in ("value", "low", "high"):
            if abs(row[column]) > most:
                yield position, column, f"must not be above {most:,.0f}, by its unit", row[column]


def _interval_has_ends(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    bare = (frame["interval"] != "") & frame["low"].isna() & frame["high"].isna()
    for position in bare.to_numpy().nonzero()[0]:
        yield int(position), "interval", "needs a low or a high end", frame["interval"].iloc[position]


def _times_have_a_start(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A time that is shown without its start is read as if it began where the reader stands."""
    bare = frame["measure"].str.contains(TIMED) & (frame["reviewed"] != "") & (frame["counted_from"] == "")
    for position in bare.to_numpy().nonzero()[0]:
        rule = "a time, or a share after a time, needs what it counts from, be it only that the source does not name it"
        yield int(position), "counted_from", rule, frame["measure"].iloc[position]


def _lives_have_an_end(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """How long people lived means another thing to death than to a breathing tube: it is said which."""
    lives = frame["unit"].isin(TIME_UNITS) & frame["measure"].str.contains(LIVED) & (frame["reviewed"] != "")
    for position in (lives & (frame["counted_to"] == "")).to_numpy().nonzero()[0]:
        yield int(position), "counted_to", "a length of life needs what it counts to", frame["measure"].iloc[position]


def _plotted_are_reviewed(
    frame: pd.DataFrame, linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    facts = linked["facts"]
    waiting = set(facts.loc[facts["reviewed"] == "", "fact_id"])
    for position, fact_id in enumerate(frame["fact_id"]):
        if fact_id in waiting:
            yield position, "fact_id", "a figure in a chart must have been reviewed", fact_id


def _preferred_are_reviewed(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    preferred = frame["preferred"] == "yes"
    for column in ("reviewed", "method"):
        for position in (preferred & (frame[column] == "")).to_numpy().nonzero()[0]:
            yield int(position), column, "a row in a chart needs it", frame["symptom_id"].iloc[position]


def _every_age_once(frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]) -> Iterator[tuple[int, str, str, object]]:
    """A lost band would make the peak of a chart a wrong one."""
    for (condition, year, sex), part in frame.groupby(["condition", "year", "sex"], sort=False):
        if sorted(part["age_order"]) != list(range(AGE_BANDS)):
            rule = f"{condition}, {year}, {sex} must have the ages 0 to {AGE_BANDS - 1} once each"
            yield int(part.index[0]), "age_order", rule, len(part)


def _every_year_alike(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A lost year of a score table, or a lost step of one, would be drawn as if it were all."""
    for table, part in frame.groupby("table_id", sort=False):
        counts = part.groupby("years").size()
        if list(counts.index) != list(range(1, SCORE_YEARS + 1)) or counts.nunique() > 1:
            rule = f"{table} must have the years 1 to {SCORE_YEARS}, all alike"
            yield int(part.index[0]), "years", rule, len(part)


def _shares_are_all_people(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    for (table, year), part in frame.groupby(["table_id", "years"], sort=False):
        total = part["share_percent"].sum()
        if abs(total - 100) > ROUNDING:
            rule = f"{table}: the shares of year {year} must sum to 100"
            yield int(part.index[0]), "share_percent", rule, round(total, 2)


def _withdrawn_has_its_year(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """Without its year, a withdrawn medicine would be drawn as one that can still be had."""
    wrong = (frame["status"] == "withdrawn") != frame["withdrawn_year"].notna()
    for position in wrong.to_numpy().nonzero()[0]:
        rule = "a withdrawn medicine, and no other, needs the year"
        yield int(position), "withdrawn_year", rule, frame["status"].iloc[position]


def _every_loss_has_its_words(
    frame: pd.DataFrame, linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A section that tells of loss, without words of care beside it, would leave a reader alone with it."""
    known = set(zip(frame["page"], frame["section"], strict=True))
    sections = linked["explainers"]
    for page, section, choice, body in zip(
        sections["page"], sections["section"], sections["choice"], sections["body"], strict=True
    ):
        if (choice or TELLS_OF_LOSS.search(body)) and (page, section) not in known:
            yield 0, "section", f"{page}#{section} tells of loss, and has no words of care", section
    here = set(zip(sections["page"], sections["section"], strict=True))
    for position, row in enumerate(records(frame)):
        if bool(row["section"]) == bool(row["chart"]):
            yield position, "section", "needs either a section or a chart", row["section"]
        elif row["section"] and (row["page"], row["section"]) not in here:
            yield position, "section", f"{row['page']} has no such section", row["section"]


def _care_is_always_there(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    if ALWAYS not in set(frame["tells"]):
        yield 0, "tells", f"needs the row {ALWAYS}, which stands beside every place", ""


def _someone_listens(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    if not ((frame["condition"] == ANYONE) & (frame["phone"] != "")).any():
        yield 0, "condition", f"needs a line that listens to {ANYONE}, with its number", ""


_RULES: dict[str, tuple[Any, ...]] = {
    "facts": (
        _shares_in_range,
        _counts_fit_their_unit,
        _interval_has_ends,
        _times_have_a_start,
        _lives_have_an_end,
    ),
    "symptoms": (_interval_has_ends, _preferred_are_reviewed),
    "plots": (_plotted_are_reviewed,),
    "milestones": (_plotted_are_reviewed,),
    "countries": (_plotted_are_reviewed,),
    "relapse_rates": (_plotted_are_reviewed,),
    "pregnancy_relapses": (_plotted_are_reviewed,),
    "treatments": (_withdrawn_has_its_year,),
}
# What is wrong with a table as a whole is no fault of the row where it is told.
_TABLE_RULES: dict[str, tuple[Any, ...]] = {
    "care_words": (_care_is_always_there,),
    "care_places": (_every_loss_has_its_words,),
    "helplines": (_someone_listens,),
    "deaths_by_age": (_every_age_once,),
    "edss_quantiles": (_every_year_alike,),
    "edss_shares": (_every_year_alike, _shares_are_all_people),
}
