"""Treatments: when they were approved, and what trials found, by what they were compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sidebyside import theme
from sidebyside.evidence import INTERVALS, REPORTED, number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, plotted, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart, open_marks, ratio_axis
from sidebyside.tables import LIST_SEPARATOR, records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

    Drug = dict[str, Any]

# ---------------------------------------------------------------- approvals


@dataclass(frozen=True)
class _Place:
    """Where medicines are approved: its name, and the columns with first year and last year."""

    name: str
    year: str
    end: str


PLACES: Mapping[str, _Place] = {
    "us": _Place("United States", "year_us", "withdrawn_year"),
    "eu": _Place("European Union", "year_eu", "eu_end_year"),
}
BOTH = "both"
WITHDRAWN = "withdrawn"
HEADINGS: Mapping[str, str] = {
    "MS": "MS: acts on the disease",
    "ALS": "ALS: acts on the disease",
    BOTH: "MS and ALS: for a symptom",
}
DECADES = (1990.0, 2000.0, 2010.0, 2020.0)
_TIME = Axis(title="year", stems=False, start=1988, ticks=DECADES, labels="format(datum.value, 'd')", step=20)


def approvals(treatments: pd.DataFrame, sources: Mapping[str, Source], *, place: str) -> Figure:
    """Years of first approval of each medicine in one place, and of its withdrawal, by disease.

    ``place`` is a key of `PLACES`. Sources are those of the medicines.
    """
    where = PLACES[place]
    shown = _approved(treatments, where)
    return Figure(
        id="approvals",
        title=_counted(shown, where),
        draw=lambda: _timeline(shown, where),
        table=_approvals_table(shown, sources, where),
        alt=f"First approved in the {where.name}. {' '.join(_told(shown, where, key) for key in HEADINGS)}".strip(),
        how_to_read=(
            "Each mark is one medicine, at the year of its first approval, oldest first. An open mark with a line is a "
            "medicine whose approval ended; the line runs to that year."
        ),
        caveats=(
            *_not_shown(treatments, where),
            "A year does not tell how well a medicine works, or for whom it is right.",
            "How a medicine works is what doctors think today. For some, its own licence says that this is not known.",
            "New forms and copies of a medicine are not listed, and the list may miss some.",
        ),
        source_ids=tuple(dict.fromkeys(source for drug in shown for source in _sources(drug))),
        details=("Disease", "For whom", "How it is thought to work", "How it is given", "Sources", "Note"),
    )


def _approved(treatments: pd.DataFrame, where: _Place) -> list[Drug]:
    """The medicines approved there: MS, ALS, then both, each by year."""
    groups = list(HEADINGS)
    rows = records(treatments[treatments[where.year].notna()])
    return sorted(rows, key=lambda row: (groups.index(row["condition"]), row[where.year], row["position"]))


def _counted(shown: list[Drug], where: _Place) -> str:
    ms, als = (sum(drug["condition"] == condition.key for drug in shown) for condition in theme.CONDITIONS)
    acting = [drug for drug in shown if drug["condition"] != BOTH]
    first = min(int(drug[where.year]) for drug in acting)
    ended = sum(_ended(drug, where) for drug in acting)
    lost = f"{ended or 'none'} {'was' if ended == 1 else 'were'} withdrawn"
    counted = f"{ms} medicines that act on MS and {als} on ALS"
    return f"In the {where.name}, at least {counted} were approved since {first}; {lost}"


def _ended(drug: Drug, where: _Place) -> bool:
    return not pd.isna(drug[where.end])


def _named(drug: Drug, where: _Place) -> str:
    """The name, and when the approval ended."""
    return f"{drug['short']}, {_how(drug)} {drug[where.end]}" if _ended(drug, where) else str(drug["short"])


def _how(drug: Drug) -> str:
    return "withdrawn" if drug["status"] == WITHDRAWN else "until"


def _told(shown: list[Drug], where: _Place, condition: str) -> str:
    drugs = [f"{drug[where.year]} {_named(drug, where)}" for drug in shown if drug["condition"] == condition]
    return f"{HEADINGS[condition].split(':')[0]}: {'; '.join(drugs)}." if drugs else ""


def _not_shown(treatments: pd.DataFrame, where: _Place) -> list[str]:
    """Medicines of the list without a year there, so that an absence is not taken for an oversight."""
    others = treatments[treatments[where.year].isna() & (treatments["status"] != "procedure")]
    names = ", ".join(others["short"])
    missing = f"Not in this chart, because not approved in the {where.name}, or without one clear year: {names}."
    return [missing] if names else []


def _sources(drug: Drug) -> list[str]:
    return str(drug["source_ids"]).split(LIST_SEPARATOR)


def _approvals_table(shown: list[Drug], sources: Mapping[str, Source], where: _Place) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Year": _span(drug, where) if _ended(drug, where) else str(drug[where.year]),
            "Disease": "MS and ALS" if drug["condition"] == BOTH else drug["condition"],
            "Medicine": f"{drug['name']} ({drug['brand']})",
            "For whom": drug["for_whom"],
            "How it is thought to work": drug["how_it_works"],
            "How it is given": drug["route"],
            "Sources": _said_by(drug, sources),
            "Note": drug["note"],
            "year": drug[where.year],
            "until": drug[where.end],
        }
        for drug in shown
    )


def _said_by(drug: Drug, sources: Mapping[str, Source]) -> str:
    labels = "; ".join(sources[source_id].label for source_id in _sources(drug))
    return f"{REPORTED} {labels}" if drug["checked"] == "secondary" else labels


def _timeline(shown: list[Drug], where: _Place) -> dict[str, Any]:
    """Each medicine as a heading and a mark below it; a line runs to the year in which an approval ended."""
    drawn = [row for drug in shown for row in (Row(_named(drug, where)), _mark(drug, where))]
    return open_marks(chart(drawn, _TIME), "isValid(datum.high)")


def _mark(drug: Drug, where: _Place) -> Row:
    disease = "MS and ALS" if drug["condition"] == BOTH else drug["condition"]
    year = int(drug[where.year])
    ends = (year, int(drug[where.end])) if _ended(drug, where) else ()
    return Row(f"{disease} {year}", drug["condition"], year, *ends)


def _span(drug: Drug, where: _Place) -> str:
    return f"{drug[where.year]}, {_how(drug)} {drug[where.end]}"


# ---------------------------------------------------------------- effects


@dataclass(frozen=True)
class _View:
    """One question to the trials: rows of one unit, each panel with one comparator.

    ``panels`` leads from a panel of ``plots.csv`` to the words for its comparator.
    """

    label: str
    panels: Mapping[str, str]
    axis: Axis
    what: str
    none: float
    less_is_better: bool
    how_to_read: str
    caveats: tuple[str, ...]

    def worked(self, fact: Fact) -> bool:
        """Whether the trial found a gain that its interval, if there is one, does not reach back from."""
        ends = [end for end in (fact.value, fact.low, fact.high) if not math.isnan(end)]
        return all(end < self.none if self.less_is_better else end > self.none for end in ends)


PLACEBO = "placebo"
BOTH_TRIALS = 2
USUAL = "95% CI"
NOT_MET = "Goal not met."
NO_RANK = (
    "These trials were done in different years, with different people. So lengths cannot be compared between rows, and "
    "the chart does not rank medicines."
)
NOT_ALL = "These are trials whose figures we could read twice, not all there are."
NOT_ONE_PERSON = (
    "The figures are about groups, and leave out side effects. What fits one person is for a doctor to say."
)
_MANY_OR_FEW = "A share says nothing of how many relapses there were. Where they are rare, a big share can mean little."
NO_GAIN = (
    "Other trials found fewer relapses, but no reliable gain in worsening: alemtuzumab as a first treatment, "
    "daclizumab, dimethyl fumarate in its second trial, ozanimod in one, ponesimod and ublituximab."
)
_LINES = "A thin line is the interval, where the source gives one. The oldest report comes first."
VIEWS: Mapping[str, _View] = {
    "placebo": _View(
        "MS: fewer relapses than with placebo",
        {"relapses-placebo": PLACEBO},
        Axis("% fewer relapses than with placebo", ticks=PERCENT_TICKS),
        "relapses were fewer",
        0,
        less_is_better=False,
        how_to_read=f"Each mark is one trial of one medicine against placebo. {_LINES}",
        caveats=(
            _MANY_OR_FEW,
            "For interferon beta-1a (Avonex), only people followed for two years are counted. With everybody in the "
            "trial, the gain was smaller: the note below the table says how much.",
            "Natalizumab raises the risk of a rare and serious brain infection (PML).",
        ),
    ),
    "interferon": _View(
        "MS: fewer relapses than with interferon",
        {"relapses-rebif": "interferon beta-1a (Rebif)", "relapses-avonex": "interferon beta-1a (Avonex)"},
        Axis("% fewer relapses than with interferon beta-1a", ticks=PERCENT_TICKS),
        "relapses were fewer",
        0,
        less_is_better=False,
        how_to_read=f"Each mark is one trial against an older medicine that works too. {_LINES}",
        caveats=(
            _MANY_OR_FEW,
            "Rebif and Avonex are two products with the same substance in different doses. They stand apart.",
            "Daclizumab is no longer sold: a few people had severe swelling in the brain.",
        ),
    ),
    "teriflunomide": _View(
        "MS: fewer relapses than with teriflunomide",
        {"relapses-teriflunomide": "teriflunomide"},
        Axis("% fewer relapses than with teriflunomide", ticks=PERCENT_TICKS),
        "relapses were fewer",
        0,
        less_is_better=False,
        how_to_read=f"Each mark is one trial against an older medicine that works too. {_LINES}",
        caveats=(
            _MANY_OR_FEW,
            "For ponesimod and ublituximab, the trials found no reliable difference in how disability grew.",
        ),
    ),
    "worsening": _View(
        "MS: risk of lasting worsening",
        {"worsening-placebo": PLACEBO, "worsening-rebif": "interferon beta-1a (Rebif)"},
        ratio_axis("hazard ratio (1 is no difference; log scale)", (0.5, 0.75, 1)),
        "lasting worsening was rarer",
        1,
        less_is_better=True,
        how_to_read=f"Left of the line at 1, people on the medicine were less likely to get worse. {_LINES}",
        caveats=(
            "Worsening had to last for months; how many differs by trial. The forms of MS differ too.",
            NO_GAIN,
            "Tolebrutinib is approved in the European Union, not in the United States. It can harm the liver.",
        ),
    ),
    "worsening-percent": _View(
        "MS: risk of lasting worsening, in %",
        {"percent-placebo": PLACEBO},
        Axis("% lower risk than with placebo", ticks=PERCENT_TICKS),
        "lasting worsening was rarer",
        0,
        less_is_better=False,
        how_to_read=f"Each mark is one trial against placebo whose source gives the gain in percent. {_LINES}",
        caveats=(
            "For siponimod we could not read the interval, so none is drawn. The forms of MS differ.",
            NO_GAIN,
            "Natalizumab raises the risk of a rare and serious brain infection (PML).",
        ),
    ),
    "als": _View(
        "ALS: slower loss of points",
        {"als-placebo": PLACEBO},
        Axis(
            "points of the ALSFRS-R less lost than with placebo",
            stems=False,
            reference=0,
            ticks=(-3, 0, 3, 6),
            start=-4,
        ),
        "fewer points were lost",
        0,
        less_is_better=False,
        how_to_read=(
            "Right of the line at 0, people on the medicine lost fewer points. An open mark is a trial that did not "
            f"meet its goal. {_LINES}"
        ),
        caveats=(
            "The trials ran for different lengths of time, so their points cannot be set side by side.",
            "Edaravone: an earlier trial with a wider group of people showed no gain.",
            "Tofersen was approved because a marker of nerve damage fell. Relyvrio was later taken off the market.",
            "Riluzole is not here: its figures are about length of life, and are shown only to those who ask.",
        ),
    ),
}


@dataclass(frozen=True, eq=False)
class _Mark(Row):
    """A row whose mark is a ring where the trial did not meet its goal."""

    ring: bool = False


def treatment_effects(plots: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """What randomised trials of medicines found against one comparator, in one unit, oldest report first.

    ``view`` is a key of `VIEWS`.
    """
    asked = VIEWS[view]
    panels = {
        words: _by_year(plotted(plots, facts, "treatment-effects", panel)) for panel, words in asked.panels.items()
    }
    rows = [row for panel in panels.values() for row in panel]
    return Figure(
        id="treatment-effects",
        title=_found(panels, asked),
        draw=lambda: open_marks(chart(_effect_marks(panels), asked.axis), "datum.ring"),
        table=_effects_table(panels),
        alt=f"{asked.label}. {' '.join(_panel_said(words, panel) for words, panel in panels.items())}",
        how_to_read=asked.how_to_read,
        caveats=(NO_RANK, *asked.caveats, *_other_lines(rows), NOT_ALL, NOT_ONE_PERSON),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _by_year(rows: list[PlottedFact]) -> list[PlottedFact]:
    return sorted(rows, key=lambda row: int(row.fact.source.year))


def _met(row: PlottedFact, asked: _View) -> bool:
    """Whether a trial reached its goal: by the word of its report, and by its figures."""
    return row.remark != NOT_MET and asked.worked(row.fact)


def _found(panels: Mapping[str, list[PlottedFact]], asked: _View) -> str:
    rows = [row for panel in panels.values() for row in panel]
    good = sum(_met(row, asked) for row in rows)
    others = " or ".join(dict.fromkeys(words.split(" (")[0] for words in panels))
    found = f"{asked.what} on the medicine than on {others}"
    disease = rows[0].fact.condition
    if good < len(rows):
        return f"{disease}: in {good or 'none'} of {len(rows)} trials shown it was clear that {found}"
    return f"{disease}: in {'both' if good == BOTH_TRIALS else f'all {good}'} trials shown, {found}"


def _beside(fact: Fact, remark: str) -> str:
    """The words beside a mark: its number, and what must be known with it."""
    shown = number(fact.value) + ("%" if fact.unit.startswith("%") else "")
    return f"{shown}, {remark[:1].lower()}{remark[1:].rstrip('.')}" if remark else shown


def _other_lines(rows: list[PlottedFact]) -> list[str]:
    """What lines mean that are not the usual interval."""
    others = [row for row in rows if row.fact.interval not in ("", USUAL)]
    return [f"{row.label}: its line is a {INTERVALS[row.fact.interval]}, wider than the usual one." for row in others]


def _heading(label: str, fact: Fact) -> str:
    return f"{label}, {fact.source.year}"


def _short(comparator: str) -> str:
    """A comparator as a phone has room for: the brand, where one is given."""
    return comparator.rstrip(")").rpartition("(")[2]


def _effect_marks(panels: Mapping[str, list[PlottedFact]]) -> list[Row]:
    drawn: list[Row] = []
    for words, rows in panels.items():
        drawn += [Row(f"Compared with {_short(words)}:")] if len(panels) > 1 else []
        for row in rows:
            fact, ring = row.fact, row.remark == NOT_MET
            drawn.append(Row(_heading(row.label, fact)))
            said = _beside(fact, row.remark)
            drawn.append(_Mark(said, fact.condition, fact.value, fact.low, fact.high, ring=ring))
    return drawn


def _panel_said(words: str, rows: list[PlottedFact]) -> str:
    said = "; ".join(f"{_heading(row.label, row.fact)}: {_beside(row.fact, row.remark)}" for row in rows)
    return f"Compared with {words}: {said}."


def _effects_table(panels: Mapping[str, list[PlottedFact]]) -> pd.DataFrame:
    """The figures as a table, each with its year of report and its comparator."""
    listed = [(words, row) for words, rows in panels.items() for row in rows]
    told = [row._replace(label=_heading(row.label, row.fact)) for _, row in listed]
    table = facts_table(told, "Medicine, report").drop(columns="Disease")
    table.insert(1, "Compared with", [words for words, _ in listed])
    return table


APPROVALS = Recipe(
    "approvals",
    approvals,
    ("treatments", "sources"),
    Choice("place", tuple(PLACES)),
)
TREATMENT_EFFECTS = Recipe(
    "treatment-effects",
    treatment_effects,
    ("plots", "facts"),
    Choice("view", tuple(VIEWS)),
)
