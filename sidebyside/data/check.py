"""Every fault of the tables: contract, rules, and the marks and words in them.

``python -m sidebyside.data.check`` checks the whole data package.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from sidebyside.data import (
    cache,
    contract,
    contract_faults,
    disk,
    mark_faults,
    marks,
    package,
    spreadsheet,
    translations,
)
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.mark_faults import DAMAGED, OFFERED
from sidebyside.data.translations import Translations

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator


def check() -> tuple[Fault, ...]:
    """Every fault of the whole package, texts and figures included; frictionless reads every table."""
    found: list[Fault] = []
    for name in contract.names():
        faults = package.state(name).faults or _judged(name)
        found += [fault for fault in faults if fault not in found]
    for name in contract.names():
        if not package.state(name).whole:
            found += said_faults(name)
    found += translation_faults()
    return tuple(found)


def translation_faults() -> Iterator[Fault]:
    """What is wrong with words in other languages; rows whose English has changed are no fault (`stale`)."""
    for _, found in _translated():
        yield from found.faults


def stale() -> dict[str, int]:
    """How many rows of each language wait for somebody to look at them, since their English words have changed."""
    waiting = dict.fromkeys(disk.languages(), 0)
    for language, found in _translated():
        waiting[language] += found.stale
    return waiting


def _translated() -> Iterator[tuple[str, Translations]]:
    """What each file of words in another language says, with its language."""
    for language in disk.languages():
        for path in sorted((disk.folder() / disk.translation("", language)).glob("*.csv")):
            if path.stem in contract.names() and contract.translated(path.stem):
                yield language, translations.read(path.stem, package.state(path.stem).frame, language)
            else:
                file = disk.translation(path.name, language)
                fault = Fault(file, None, "", "is the translation of no table with words to translate", "")
                yield language, Translations({}, (fault,), 0)


def said_faults(name: str) -> Iterator[Fault]:
    """What is wrong with the words of a table that holds its contract."""
    yield from _mark_faults(name)
    yield from _stray_faults(name)
    yield from _circle_faults(name)
    yield from _misread_faults(name)


@cached(needs=cache.of_table, size=64)
def _judged(name: str) -> tuple[Fault, ...]:
    return tuple(contract_faults.frictionless_faults(disk.folder(), name, package.state(name).lines))


class _Anything:
    """Holds whatever it is asked for: which values a chart offers is known only where it is made (`check`)."""

    def __contains__(self, _name: object) -> bool:
        return True


def _mark_faults(name: str) -> Iterator[Fault]:
    for column, kind in ((field["name"], field["marks"]) for field in contract.fields(name) if field.get("marks")):
        offered: Container[str] = _Anything() if kind == OFFERED else ()
        for position, text in enumerate(package.sound(name)[column]):
            # Marks that a damaged table could explain are left alone: that table's faults are said.
            with contextlib.suppress(DataError):
                for mark, rule in mark_faults.unknown_marks(text, offered):
                    if rule != DAMAGED:
                        yield Fault(f"{name}.csv", package.line_of(name, position), column, rule, mark)


def _stray_faults(name: str) -> Iterator[Fault]:
    """Marks in columns where nobody fills them in: readers would see them as they are typed."""
    for column in (
        field["name"] for field in contract.fields(name) if field["type"] == "string" and not field.get("marks")
    ):
        for position, text in enumerate(package.sound(name)[column]):
            for token in marks.parse(text):
                if not isinstance(token, marks.Words):
                    yield Fault(
                        f"{name}.csv", package.line_of(name, position), column, "no mark is filled in here", token.typed
                    )


def _circle_faults(name: str) -> Iterator[Fault]:
    """Words that are explained by themselves, directly or through others: whoever looks one up learns nothing."""
    if name != "glossary":
        return
    rows = package.numbered_rows(name)
    leads = {
        row["term"]: {token.term for token in marks.parse(row["plain"]) if isinstance(token, marks.TermMark)}
        for row in rows
    }
    for row in rows:
        reached = set(leads[row["term"]])
        for _ in leads:
            reached |= {far for near in reached for far in leads.get(near, ())}
        if row["term"] in reached:
            yield Fault("glossary.csv", row["line"], "plain", "explains a word by itself, in a circle", row["term"])


def _misread_faults(name: str) -> Iterator[Fault]:
    """Words that a spreadsheet would not show as they stand: ``10-14`` becomes a day of October.

    Ids (``jun-2019``) are left alone: they are for programs, and never change.
    """
    frame = package.sound(name)
    words_of = [
        f["name"] for f in contract.fields(name) if f["type"] == "string" and not f["name"].endswith(("_id", "_ids"))
    ]
    for column in words_of:
        for position, words in enumerate(frame[column]):
            if spreadsheet.misread(words):
                rule = "a spreadsheet would make a formula, a date or a time of it: say it in words (10 to 14)"
                yield Fault(f"{name}.csv", package.line_of(name, position), column, rule, words)


def main(find: Callable[[], tuple[Fault, ...]] = check) -> int:
    """Check the whole package and print the result; the exit status is 1 where ``find`` gives a fault."""
    try:
        faults = find()
        rows = 0 if faults else sum(len(package.load(name)) for name in contract.names())
    except DataError as error:
        faults, rows = error.faults, 0
    if faults:
        print("\n".join(map(str, faults)))
        return 1
    print(f"{len(contract.names())} tables, {rows:,} rows: all hold")
    print(_counted())
    for language, waiting in stale().items():
        print(f"{language}: {waiting} rows are shown in English until somebody looks at what has changed there")
    return 0


def _counted() -> str:
    """How much there is, for whoever tells of it."""
    facts, sources = package.load("facts"), package.load("sources")
    twice = int((facts["reviewed"] != "").sum())
    return f"{len(facts):,} figures from {len(sources):,} sources, {twice:,} of them read twice"


if __name__ == "__main__":
    sys.exit(main())
