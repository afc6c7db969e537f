"""Rules for the words of the tables: no figure typed by hand, a source beside each bare one, and plain sentences.

Whether marks lead somewhere is a rule of the tables themselves (`check.check`).
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sidebyside.content import exemptions
from sidebyside.content.text import fill, plain
from sidebyside.data import contract, facts, marks, package
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# What readers read as words of ours, by table; the titles of sources and populations of studies are not ours.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "explainers": ("body",),
    "claims": ("evidence",),
    "differences": ("ms", "als", "note"),
    "glossary": ("plain", "technical"),
    "glance": ("question", "ms", "als"),
    "tiles": ("label", "ms", "als", "note"),
    "diagnostic_tests": ("test", "looks_for", "ms", "als", "note"),
    "shared_studies": ("people", "found", "caution"),
    "help_signs": ("sign", "why"),
    "care_words": ("words",),
    "helplines": ("offers",),
    "symptom_words": ("plain",),
    "model_checks": ("what", "note"),
    "history": ("short", "event_plain", "note"),
    "edss_scale": ("plain",),
    "nerve_parts": ("name", "what", "ms_words", "als_words"),
    "nerve_tags": ("words",),
    "pregnancy_relapses": ("period",),
    "treatments": ("short", "name", "for_whom", "how_it_works", "route", "note"),
    "ms_kinds": ("name", "meaning", "note"),
    "alsfrs_items": ("item", "best", "lowest"),
    "chart_texts": ("text",),
    "chart_options": ("label",),
    "interface": ("text",),
}
# Words are explained there in words that may be hard, beside plain ones; labels are no sentences.
UNGRADED: Final = ("glossary", "chart_options")
# The sources stand beside what is said, in a column of their own.
SOURCES_BESIDE: Final[Mapping[str, str]] = {"shared_studies": "source_id", "tiles": "source_ids"}
# The school grade (Flesch and Kincaid) that a text may ask for; shorter texts have none that means anything.
HARDEST_GRADE: Final = 8.0
SHORTEST_TEXT: Final = 12
# Digits that are part of a name or a fixed term, not a figure of ours.
NAMES_WITH_DIGITS: Final = (
    "C9orf72",
    "B12",
    "SOD1",
    "TDP-43",
    "Nav1.6",
    "1800s",
    "beta-1a",
    "beta-1b",
    "95% [[Confidence interval|confidence interval]]",
)
# Words of charts and of the interface: they say how something is counted or scaled, which is no figure.
NAMING: Final = ("chart_texts", "chart_options", "interface")
FIXED_TERMS: Final = re.compile(
    r"\b(?:EDSS|steps) \d(?:, \d)*(?: and \d)?(?! years)"  # steps of a scale
    r"|scored from 0(?: \(lowest\))? to 4(?: \(best\))?"
    r"|\b(?:of|per|every) 1(?:00,000|,000|00)\b"  # what a share is counted in
    r"|\b[139] in (?:4|10) (?:at or below|below|above)"  # quantiles
    r"|\b9[59]% (?:confidence|uncertainty) interval"
    r"|\b[01] (?:is (?:no difference|none)\b)|\bline at [01]\b|\bat 100%"  # what is read against
    r"|\bP100\b|\bCC BY 4\.0",  # names
    re.IGNORECASE,
)
# Rows that break a rule and are to be mended: this list may only shrink.
TO_MEND: Final = "words_to_mend.txt"
# Both sides of a row stand in cells of a table in Markdown, which a line or a bar would end.
ONE_CELL: Final = {"glance": ("ms", "als"), "differences": ("ms", "als"), "diagnostic_tests": ("ms", "als")}
_DIGITS = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(1[89]|20)\d\d[.,]?")


class _Text(NamedTuple):
    """A cell of words: where it stands, what it says, and the sources or the chart that its row names (or none)."""

    table: str
    key: str
    line: int
    column: str
    words: str
    beside: tuple[str, ...]
    chart: str

    def fault(self, rule: str, value: str) -> Fault:
        return Fault(f"{self.table}.csv", self.line, self.column, rule, value)


def faults() -> Iterator[Fault]:
    """What is worded against a rule, with file, row and column, but for rows that are to be mended (`TO_MEND`).

    What another table's damage hides is left alone. An entry of the list that no row needs is a fault too.
    """
    to_mend = exemptions.entries(TO_MEND)
    rules = _RULES if grading() else {name: rule for name, rule in _RULES.items() if rule is not _hard_to_read}
    needed: set[str] = set()
    for words in _texts():
        for name, rule in rules.items():
            entry = f"{name} {words.table} {words.key}"
            try:
                found = tuple(rule(words))
            except DataError:
                needed.add(entry)
                continue
            if found and entry in to_mend:
                needed.add(entry)
            else:
                yield from found
    damaged = {name for name in COLUMNS if not _whole(name)}
    yield from exemptions.stale(TO_MEND, lambda entry: entry in needed or _unseen(entry, rules, damaged))


def _unseen(entry: str, rules: Mapping[str, object], damaged: set[str]) -> bool:
    """Whether it can't be told that a row holds: its rule is not looked at, or its table is damaged."""
    name, _, rest = entry.partition(" ")
    return (name in _RULES and name not in rules) or rest.partition(" ")[0] in damaged


def _whole(name: str) -> bool:
    try:
        return bool(package.numbered_rows(name)) and not package.lost(name)
    except DataError:
        return False


def grading() -> bool:
    """Whether reading grades can be worked out: textstat is with the tools of development alone."""
    return _grade_of() is not None


def _texts() -> Iterator[_Text]:
    for name, columns in COLUMNS.items():
        with contextlib.suppress(DataError):
            for row in package.numbered_rows(name):
                key = "/".join(str(row[part]) for part in contract.resource(name)["schema"]["primaryKey"] if row[part])
                beside = tuple(row.get(SOURCES_BESIDE.get(name, ""), "").split(contract.LIST_SEPARATOR))
                chart = row.get("chart", "")
                yield from (_Text(name, key, row["line"], column, row[column], beside, chart) for column in columns)


def _typed_figures(text: _Text) -> Iterator[Fault]:
    """A digit between the marks; a year is none, nor is what belongs to a name or says how something is counted."""
    words = FIXED_TERMS.sub("", text.words) if text.table in NAMING else text.words
    for name in NAMES_WITH_DIGITS:
        words = words.replace(name, "")
    for digits in _DIGITS.findall(marks.without_marks(words)):
        if not _YEAR.fullmatch(digits):
            yield text.fault("a figure is typed by hand: it needs a mark, which brings its source", digits)


def _bare_figures(text: _Text) -> Iterator[Fault]:
    """A part of a figure brings no source: it stands in the same paragraph, or is that of the row or chart."""
    for paragraph in text.words.split("\n\n"):
        found = marks.fact_marks(paragraph)
        beside = _beside(text, paragraph) if found else set()
        for mark in found:
            known = facts.figure(mark.fact_id)
            if known.source.source_id not in beside:
                yield text.fault("the source of a bare figure is not cited beside it", mark.typed)
            if mark.part and known.checked == "secondary":
                yield text.fault(
                    "a figure at second hand must say as reported by whom, so it is never bare", mark.typed
                )


def _beside(text: _Text, paragraph: str) -> set[str]:
    """The sources that readers find beside a bare figure: the row's, those below the chart, or those cited."""
    if any(text.beside):
        return set(text.beside)
    below = {row["fact_id"] for row in package.numbered_rows("plots") if text.chart and row["chart"] == text.chart}
    return {facts.figure(fact_id).source.source_id for fact_id in below} | _cited(paragraph)


def _cited(paragraph: str) -> set[str]:
    """The sources that a paragraph cites, or tells with a whole figure."""
    tokens = marks.parse(paragraph)
    told = (t.text if isinstance(t, marks.Words) else t.typed for t in tokens if not getattr(t, "part", ""))
    return set(fill("".join(told)).source_ids)


def _broken_cells(text: _Text) -> Iterator[Fault]:
    if text.column in ONE_CELL.get(text.table, ()):
        words = marks.without_marks(text.words)
        for ends, said in (("\n", "a new line"), ("|", "|")):
            if ends in words:
                yield text.fault(f"must fit one cell of a table, which {said} ends", text.words)


def _hard_to_read(text: _Text) -> Iterator[Fault]:
    grade_of = _grade_of()
    if grade_of is None or text.table in UNGRADED:
        return
    spoken = _spoken(text.words)
    if len(spoken.split()) > SHORTEST_TEXT and (grade := grade_of(spoken)) > HARDEST_GRADE:
        yield text.fault(f"must read at grade {HARDEST_GRADE:g} or lower, not {grade:.1f}", text.words)


def _spoken(text: str) -> str:
    """The text as it is read aloud: a decimal is one number, a value to come is a word, a list item is a sentence."""
    for token in marks.parse(text):
        text = text.replace(token.typed, "one") if isinstance(token, marks.ValueMark) else text
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", plain(text))
    return re.sub(r"[;:]?\n+(- )?", ". ", text).replace("..", ".").replace("?.", "?")


@functools.cache
def _grade_of() -> Callable[[str], float] | None:
    try:
        grade: Callable[[str], float] = importlib.import_module("textstat").flesch_kincaid_grade
    except ImportError:
        return None
    return grade


_RULES: Final[Mapping[str, Callable[[_Text], Iterator[Fault]]]] = {
    "digits": _typed_figures,
    "source": _bare_figures,
    "cells": _broken_cells,
    "grade": _hard_to_read,
}
