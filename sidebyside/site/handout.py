"""The take-away sheet: both diseases side by side on paper, with the sections a reader chose, as plain HTML."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from sidebyside.charts import theme
from sidebyside.content import care, comparisons, help
from sidebyside.data import interface, sources
from sidebyside.site import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Template

    from sidebyside.content.comparisons import Comparison
    from sidebyside.content.help import Organisation

    Marks = Callable[[Iterable[str]], str]

PAPERS: Mapping[str, str] = {"A4": "A4", "Letter": "letter"}
# Sections that always can stand on it, by short names; the others are topics.
GLANCE, HELP, WHERE, QUESTIONS = "glance", "help", "where", "questions"
NAMED: Mapping[str, str] = interface.cases("sheet-part", "glance", "help", "where", "questions")
QUESTION_LINES = 4


class Row(NamedTuple):
    """One row of the table: what, MS, ALS, and the numbers of its sources."""

    heading: str
    ms: str
    als: str
    marks: str


class Line(NamedTuple):
    """One line of a list, with the numbers of its sources."""

    lead: str
    words: str
    marks: str


class HandoutSection(NamedTuple):
    """One section of the sheet: rows of the table, or lines."""

    heading: str
    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()


@functools.cache
def template(name: str) -> Template:
    """A template of ours: it escapes what it is given, and refuses to leave out what it was not given."""
    loader = PackageLoader("sidebyside.site")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["in_language"] = markup.in_language
    return made.get_template(name)


def default() -> tuple[str, ...]:
    """What stands on the sheet where nothing else was chosen."""
    return NAMED[GLANCE], NAMED[QUESTIONS]


def sections(*, life: bool) -> tuple[str, ...]:
    """What can stand on the sheet; ``life``: also what holds figures about length of life.

    Raises:
        DataError: a table breaks its contract.
    """
    topics = comparisons.topics(_differences(life=life))
    return (NAMED[GLANCE], *(_topic(topic) for topic in topics), NAMED[HELP], NAMED[WHERE], NAMED[QUESTIONS])


def handout(chosen: Sequence[str], paper: str, made: str, *, life: bool) -> str:
    """The sheet as one HTML page without script, for A4 or Letter.

    Args:
        chosen: some of `sections`; what is not among them is left out.
        paper: a key of `PAPERS`.
        made: a line that says what made it and when.
        life: whether figures about length of life may stand on it.

    Raises:
        DataError: a table breaks its contract.
    """
    cited: dict[str, int] = {}
    shown = [build(lambda ids: _marks(cited, ids)) for name, build in _builders(life=life).items() if name in chosen]
    return template("handout.html").render(
        title=interface.words("site"),
        paper=PAPERS[paper],
        made=f"{made} {_missing()}".strip(),
        ms=theme.MS,
        als=theme.ALS,
        care=care.care_on_paper(),
        sections=shown,
        questions=QUESTION_LINES if NAMED[QUESTIONS] in chosen else 0,
        sources=sources.citations(cited),
    )


# ---------------------------------------------------------------- sections


def _missing() -> str:
    """What a reader must know of a sheet whose lists have lost a row: on paper, nothing else would say so."""
    lists = (comparisons.glance(), comparisons.differences(), help.signs(), help.organisations())
    return interface.words("rows-missing") if any(rows.faults for rows in lists) else ""


def _marks(cited: dict[str, int], source_ids: Iterable[str]) -> str:
    """The numbers of these sources, given out in the order of first use."""
    return ", ".join(str(cited.setdefault(source_id, len(cited) + 1)) for source_id in dict.fromkeys(source_ids))


def _differences(*, life: bool) -> list[Comparison]:
    return [row for row in comparisons.differences() if life or not row.choice]


def _topic(topic: str) -> str:
    return interface.words("side-by-side-of", topic=topic)


def _builders(*, life: bool) -> dict[str, Callable[[Marks], HandoutSection]]:
    """Each section that can stand on the sheet, with what makes it, in the sheet's order."""
    known = _differences(life=life)

    def of(heading: str, listed: Sequence[Comparison]) -> Callable[[Marks], HandoutSection]:
        return lambda marks: HandoutSection(heading, rows=tuple(_row(row, marks) for row in listed))

    glance = [row for row in comparisons.glance() if life or not row.choice]
    topics = {
        _topic(topic): of(_topic(topic), [row for row in known if row.topic == topic])
        for topic in comparisons.topics(known)
    }
    named = NAMED[GLANCE]
    return {named: of(named, glance), **topics, NAMED[HELP]: _help, NAMED[WHERE]: _organisations}


def _row(row: Comparison, marks: Marks) -> Row:
    note = f" ({row.note})" if row.note else ""
    return Row(row.heading, row.said[0], row.said[1] + note, marks(row.source_ids))


def _help(marks: Marks) -> HandoutSection:
    lines = (
        Line(f"{_URGENT[sign.urgency]}. {sign.whom}{sign.sign}.", sign.why, marks(sign.source_ids))
        for sign in help.signs()
    )
    return HandoutSection(NAMED[HELP], lines=tuple(lines))


def _organisations(marks: Marks) -> HandoutSection:
    lines = (
        Line(f"{row.name} ({row.country}, {row.condition}).", _offer(row), marks(row.source_ids))
        for row in help.organisations()
    )
    return HandoutSection(NAMED[WHERE], lines=tuple(lines))


def _offer(row: Organisation) -> str:
    """What it offers, its numbers and hours, its address."""
    called = interface.words("telephone", called=row.reached) if row.reached else ""
    return " ".join(filter(None, (row.offers, called, row.texted, row.url)))


_URGENT = interface.cases("urgency-in-short", "emergency", "soon", "routine")
