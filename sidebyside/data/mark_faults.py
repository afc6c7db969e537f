"""Marks in texts that lead nowhere: no such figure, source or term, or one that was not reviewed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sidebyside.data import cache, facts, marks, package
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

DAMAGED = "what it leads to is damaged"
# Columns whose marks may name values of whoever shows them say so in the contract: ``"marks": "offered"``.
OFFERED = "offered"
FIGURES = {"facts": "fact_id", "symptoms": "symptom_id"}


def unknown_marks(text: str, offered: Container[str] = ()) -> list[tuple[str, str]]:
    """Marks of a text that lead nowhere: pairs of the mark and what is wrong with it.

    ``offered`` are the names of the values that whoever shows the text can fill in.

    Raises:
        DataError: one of the tables that marks refer to breaks the contract.
    """
    return [pair for pair in _judged_marks(text, offered) if pair[1]]


def _judged_marks(text: str, offered: Container[str]) -> Iterator[tuple[str, str]]:
    for token in marks.parse(text):
        match token:
            case marks.FactMark(fact_id, part, typed):
                yield typed, _fact_mark_fault(fact_id, part)
            case marks.ValueMark(name, typed):
                yield typed, "" if name in offered else f"no value {name} is offered here"
            case marks.Citation(source_ids, typed):
                yield typed, _citation_fault(source_ids)
            case marks.TermMark(term, _, typed):
                yield typed, _term_fault(term)
            case marks.Stray(typed):
                yield typed, "a mark is not closed or not known"


def _fact_mark_fault(fact_id: str, part: str) -> str:
    if part and part not in marks.FACT_PARTS:
        return f"a figure has no part {part}"
    fact = facts.figure_row(fact_id)
    if fact is None:
        damaged = any(row.cells.get(key) == fact_id for table, key in FIGURES.items() for row in package.lost(table))
        return DAMAGED if damaged else "neither facts.csv nor symptoms.csv has such a figure"
    # What is rounded for reading is the value.
    column = "value" if part == "rounded" else part
    if part and (fact[column] == "" or fact[column] != fact[column]):
        return f"the figure has no {part}"
    return "" if fact["reviewed"] else "the figure has not been reviewed"


def _citation_fault(source_ids: Iterable[str]) -> str:
    known = _keys("sources", "source_id")
    unknown = [source_id for source_id in source_ids if source_id not in known]
    if {row.cells.get("source_id") for row in package.lost("sources")} >= set(unknown) > set():
        return DAMAGED
    return f"sources.csv has no {', '.join(unknown)}" if unknown else ""


def _term_fault(term: str) -> str:
    """A term that is there but damaged is no fault of the text: the text can be read without its explanation."""
    with contextlib.suppress(DataError):
        known = _keys("glossary", "term")
        damaged = any(row.cells.get("term") == term for row in package.lost("glossary"))
        return "" if damaged or term in known else "glossary.csv has no such term"
    return ""


@cached(needs=cache.of_table, size=8)
def _keys(name: str, column: str) -> frozenset[str]:
    return frozenset(package.sound(name)[column])
