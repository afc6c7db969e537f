"""The words of charts: titles, axes, how to read, caveats, alternative texts and options, from ``chart_texts``.

What a row holds for is its ``case``: words that Python decides, such as ``falls`` or the reader's option. A chart says
which cases hold now; of the rows of one part whose every case holds, the one with the most cases speaks. Named values
(``{=spread}``) come from the chart, or from the rows of `SHARED`, which several charts use.
"""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from sidebyside.content import text as content_text
from sidebyside.data import disk, interface, mark_faults, marks, package, sources, translations
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TABLE, OPTIONS = "chart_texts", "chart_options"
NEEDS = (TABLE, OPTIONS, "facts", "symptoms", "sources", "glossary", interface.TABLE)
# Rows whose texts other rows hold as named values; no chart has this name.
SHARED = "shared"
TITLE, ALT, HOW_TO_READ, AXIS, HEADING, CAVEAT, CHOICE = (
    "title",
    "alt",
    "how_to_read",
    "axis",
    "heading",
    "caveat",
    "choice",
)


class Case(str):
    """A case that holds now, and all that could hold in its place, the one for want of others last."""

    alternatives: tuple[str, ...] = ()


def decide(otherwise: str, /, **conditions: bool) -> Case:
    """The first case whose condition holds, or ``otherwise``: ``decide("mixed", falls=later < earlier)``."""
    name = next((name for name, holds in conditions.items() if holds), otherwise)
    case = Case(name)
    case.alternatives = (*conditions, otherwise)
    return case


class FilledText(translations.Spoken):
    """A text with its marks filled in: as plain text, and as Markdown with links; what it cites and explains.

    Attributes:
        markdown: the text for a page; what stands in data is escaped.
        source_ids: what it cites, each once, in its order.
        terms: glossary terms with their plain definitions, in the order of first use.
        lang: the language of the words.
    """

    markdown: str
    source_ids: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]


def as_markdown(text: str) -> str:
    """A text of a chart as Markdown, safe to show."""
    return text.markdown if isinstance(text, FilledText) else content_text.escape(text)


@dataclass
class Recorded:
    """What charts asked for and offered while somebody took note: by chart, its parts, cases and values."""

    parts: set[tuple[str, str]] = field(default_factory=set)
    cases: dict[str, set[str]] = field(default_factory=dict)
    # Of the cases, those that the data decide: one of each choice must be told.
    decided: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)


_ASKED: ContextVar[Recorded | None] = ContextVar("asked_words", default=None)


@contextlib.contextmanager
def recording() -> Iterator[Recorded]:
    """Meanwhile it is noted which words charts ask for, so that the check finds those that nobody shows."""
    asked = Recorded()
    before = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(before)


@dataclass(frozen=True, eq=False)
class ChartText:
    """The words of one chart as it now stands.

    Attributes:
        chart: the chart's id.
        cases: what holds now.
        values: what named values stand for.
    """

    chart: str
    cases: tuple[str, ...]
    values: Mapping[str, str]

    @property
    def title(self) -> str:
        """The finding."""
        return self[TITLE]

    @property
    def alt(self) -> str:
        """The chart in words."""
        return self[ALT]

    @property
    def how_to_read(self) -> str:
        """How to read it."""
        return self[HOW_TO_READ]

    @property
    def axis(self) -> str:
        """What the horizontal axis measures, with its unit."""
        return self[AXIS]

    @property
    def heading(self) -> str:
        """The heading over the first words of the table's rows."""
        return self[HEADING]

    @property
    def caveats(self) -> tuple[str, ...]:
        """What to keep in mind, in order: every row whose cases hold."""
        _note_part(self.chart, CAVEAT)
        return tuple(self._filled(row) for row in self._holding(CAVEAT))

    def __getitem__(self, part: str) -> FilledText:
        """The words of any part.

        Raises:
            DataError: no row of this part holds now, two hold equally well, or a mark leads nowhere.
        """
        return self._filled(self._speaking(part))

    def each(self, part: str, rows: Iterable[Mapping[str, str]]) -> list[str]:
        """The words of a part for each row of what is drawn, with values of its own; the same ones for all rows.

        For words that stand at every mark: the text is looked up and taken apart once.

        Raises:
            DataError: as for any part.
        """
        row, own = self._speaking(part), list(rows)
        _note_offers(self.chart, (), own[0] if own else {})
        offered = self._offered(row)
        filled = [{**offered, **values} for values in own]
        for values in filled[:1]:
            _refuse_unknown(row, values)
        tokens = marks.parse(row["text"])
        return ["".join(_plain(token, values) for token in tokens) for values in filled]

    def _speaking(self, part: str) -> Mapping[str, Any]:
        _note_part(self.chart, part)
        holding = self._holding(part)
        if not holding:
            _refuse(self.chart, part, self.cases)
        most = max(len(row["case"].split()) for row in holding)
        best = [row for row in holding if len(row["case"].split()) == most]
        if len(best) > 1:
            rule = f"more than one text of {self.chart} holds for its {part}"
            raise DataError([Fault(f"{TABLE}.csv", best[1]["line"], "case", rule, best[1]["case"])])
        return best[0]

    def _holding(self, part: str) -> list[Mapping[str, Any]]:
        rows = _rows(self.chart).get(part, ())
        return [row for row in rows if set(row["case"].split()) <= set(self.cases)]

    def _filled(self, row: Mapping[str, Any]) -> FilledText:
        return fill(row, self._offered(row))

    def _offered(self, row: Mapping[str, Any]) -> dict[str, str]:
        shared = {name: self._shared(name) for name in value_names(row["text"]) if name not in self.values}
        return {**self.values, **{name: text for name, text in shared.items() if text is not None}}

    def _shared(self, name: str) -> str | None:
        rows = _rows(SHARED).get(name, ())
        if not rows:
            return None
        _note_part(SHARED, name)
        return fill(rows[0], self.values)


def chart_text(chart: str, *cases: str | None, **values: str) -> ChartText:
    """The words of a chart for the cases that hold now (None is none), with its named values.

    Raises:
        DataError: (when a part is asked for) see `ChartText`.
    """
    _note_offers(chart, [case for case in cases if case is not None], values)
    return ChartText(chart, tuple(str(case) for case in cases if case), values)


def options(chart: str) -> Mapping[str, str]:
    """The options of a chart or the presets of a simulation, in order, each with its label.

    Raises:
        DataError: there are none, or no row of the table can be trusted.
    """
    _refuse_damaged(OPTIONS, chart)
    found = _options().get(chart)
    if not found:
        raise DataError([Fault(f"{OPTIONS}.csv", None, "chart", "has no options for it", chart)])
    return found


def aliases(chart: str) -> Mapping[str, str]:
    """What old addresses call the options of a chart or the presets of a simulation, each with the option it means."""
    return _aliases().get(chart, {})


@cached(OPTIONS)
def _aliases() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in package.ordered(OPTIONS):
        if row["alias"]:
            found.setdefault(row["chart"], {})[row["alias"]] = row["option"]
    return found


@cached(OPTIONS)
def _options() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in package.ordered(OPTIONS):
        found.setdefault(row["chart"], {})[row["option"]] = translations.spoken(row["label"], row)
    return found


def fill(row: Mapping[str, Any], values: Mapping[str, str]) -> FilledText:
    """The text of one row (``text``, ``line``) with its marks filled in.

    Raises:
        DataError: a mark leads nowhere, or a value is not offered.
    """
    _refuse_unknown(row, values)
    tokens = marks.parse(row["text"])
    told = [_told(token, values) for token in tokens]
    filled = FilledText("".join(_plain(token, values) for token in tokens))
    filled.lang = row.get(translations.LANG, disk.ENGLISH)
    filled.markdown = "".join(each.body for each in told)
    filled.source_ids = tuple(dict.fromkeys(source_id for each in told for source_id in each.source_ids))
    filled.terms = tuple({term: words for each in told for term, words in each.terms}.items())
    return filled


def _refuse_unknown(row: Mapping[str, Any], values: Mapping[str, str]) -> None:
    unknown = mark_faults.unknown_marks(row["text"], values)
    if unknown:
        raise DataError([Fault(f"{TABLE}.csv", row["line"], "text", rule, mark) for mark, rule in unknown])


def _told(token: marks.Token, values: Mapping[str, str]) -> content_text.Section:
    """A token as Markdown: what is typed in a chart's text, or offered by the chart, is none."""
    match token:
        case marks.Words(text):
            return content_text.unnamed(content_text.escape(text))
        case marks.ValueMark(name, _):
            return content_text.unnamed(as_markdown(values[name]))
        case _:
            return content_text.fill(token.typed)


def _plain(token: marks.Token, values: Mapping[str, str]) -> str:
    match token:
        case marks.Words(text):
            return text
        case marks.ValueMark(name, _):
            return values[name]
        case marks.Citation(source_ids, _):
            return f"({'; '.join(source.label for source in sources.citations(source_ids))})"
        case _:
            return content_text.plain(token.typed)


def value_names(text: str) -> list[str]:
    """The names of the values that a text wants filled in."""
    return [token.name for token in marks.parse(text) if isinstance(token, marks.ValueMark)]


def _rows(chart: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The rows of one chart by part; a damaged one is the fault of its own chart alone."""
    _refuse_damaged(TABLE, chart)
    return _by_chart().get(chart, {})


def _refuse_damaged(table: str, chart: str) -> None:
    faults = [fault for row in package.lost(table) if row.cells.get("chart") == chart for fault in row.faults]
    if faults:
        raise DataError(faults)


@cached(TABLE)
def _by_chart() -> Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]:
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in package.ordered(TABLE):
        found.setdefault(row["chart"], {}).setdefault(row["part"], []).append(row)
    return found


def _refuse(chart: str, part: str, cases: Sequence[str]) -> NoReturn:
    said = f" where it is {', '.join(cases)}" if cases else ""
    raise DataError([Fault(f"{TABLE}.csv", None, "chart, part", f"the chart {chart} needs its {part}{said}", "")])


def _note_part(chart: str, part: str) -> None:
    if (asked := _ASKED.get()) is not None:
        asked.parts.add((chart, part))


def _note_offers(chart: str, cases: Sequence[str], values: Mapping[str, str]) -> None:
    if (asked := _ASKED.get()) is None:
        return
    asked.values.setdefault(chart, set()).update(values)
    known = asked.cases.setdefault(chart, set())
    for case in cases:
        known.update(case.alternatives if isinstance(case, Case) else (case,))
        if isinstance(case, Case):
            asked.decided.setdefault(chart, set()).update(case.alternatives[:-1])
