"""Rules for the words of the tables: no figure typed by hand, a source beside each bare one, and plain sentences.

Whether marks lead somewhere is a rule of the tables themselves (`check.check`).
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sidebyside.content.text import fill, plain
from sidebyside.data import facts, marks, package
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
    "pregnancy_relapses": ("period",),
    "treatments": ("short", "name", "for_whom", "how_it_works", "route", "note"),
    "ms_kinds": ("name", "meaning", "note"),
    "alsfrs_items": ("item", "best", "lowest"),
}
# Words are explained there in words that may be hard, beside plain ones.
UNGRADED: Final = "glossary"
# The study stands beside what is said of it, in a column of its own.
SOURCE_BESIDE: Final = "shared_studies"
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
# Both sides of a row stand in cells of a table in Markdown, which a line or a bar would end.
ONE_CELL: Final = {"glance": ("ms", "als"), "differences": ("ms", "als"), "diagnostic_tests": ("ms", "als")}
_DIGITS = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(1[89]|20)\d\d[.,]?")


class _Text(NamedTuple):
    """A cell of words: where it stands, what it says, and the source that its row names (or nothing)."""

    table: str
    line: int
    column: str
    words: str
    source_id: str

    def fault(self, rule: str, value: str) -> Fault:
        return Fault(f"{self.table}.csv", self.line, self.column, rule, value)


def faults() -> Iterator[Fault]:
    """What is worded against a rule, with file, row and column. What another table's damage hides is left alone."""
    for words in _texts():
        for rule in (_typed_figures, _bare_figures, _broken_cells, _hard_to_read):
            with contextlib.suppress(DataError):
                yield from rule(words)


def grading() -> bool:
    """Whether reading grades can be worked out: textstat is with the tools of development alone."""
    return _grade_of() is not None


def _texts() -> Iterator[_Text]:
    for name, columns in COLUMNS.items():
        with contextlib.suppress(DataError):
            for row in package.numbered_rows(name):
                source = row["source_id"] if name == SOURCE_BESIDE else ""
                yield from (_Text(name, row["line"], column, row[column], source) for column in columns)


def _typed_figures(text: _Text) -> Iterator[Fault]:
    """A digit between the marks; a year is none, nor is what belongs to a name."""
    words = text.words
    for name in NAMES_WITH_DIGITS:
        words = words.replace(name, "")
    for digits in _DIGITS.findall(marks.without_marks(words)):
        if not _YEAR.fullmatch(digits):
            yield text.fault("a figure is typed by hand: it needs a mark, which brings its source", digits)


def _bare_figures(text: _Text) -> Iterator[Fault]:
    """A part of a figure brings no source: it stands in the same paragraph, or is that of the row."""
    for paragraph in text.words.split("\n\n"):
        found = marks.fact_marks(paragraph)
        beside = {text.source_id} if text.source_id else _cited(paragraph) if found else set()
        for mark in found:
            known = facts.figure(mark.fact_id)
            if known.source.source_id not in beside:
                yield text.fault("the source of a bare figure is not cited beside it", mark.typed)
            if mark.part and known.checked == "secondary":
                yield text.fault(
                    "a figure at second hand must say as reported by whom, so it is never bare", mark.typed
                )


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
    if grade_of is None or text.table == UNGRADED:
        return
    spoken = _spoken(text.words)
    if len(spoken.split()) > SHORTEST_TEXT and (grade := grade_of(spoken)) > HARDEST_GRADE:
        yield text.fault(f"must read at grade {HARDEST_GRADE:g} or lower, not {grade:.1f}", text.words)


def _spoken(text: str) -> str:
    """The text as it is read aloud: a decimal is one number, a list item is a sentence."""
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", plain(text))
    return re.sub(r"[;:]?\n+(- )?", ". ", text).replace("..", ".").replace("?.", "?")


@functools.cache
def _grade_of() -> Callable[[str], float] | None:
    try:
        grade: Callable[[str], float] = importlib.import_module("textstat").flesch_kincaid_grade
    except ImportError:
        return None
    return grade
