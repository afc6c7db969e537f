"""Explainer sections: Markdown with its figures, citations and glossary terms filled in.

The marks are those of `marks`.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.data import facts, formatting, interface, mark_faults, marks, package, sources, translations
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sidebyside.data.facts import Fact
    from sidebyside.data.marks import Token
    from sidebyside.data.sources import Source

LOG = logging.getLogger(__name__)
NEEDS = ("explainers", "facts", "symptoms", "sources", "glossary", interface.TABLE)
UNNAMED = {"page": "", "section": "", "heading": "", "choice": ""}
_SPECIAL = re.compile(r"([\\`*_\[\]<>$~#|])")


@dataclass(frozen=True)
class Section:
    """One explainer section, ready to show.

    ``body`` is Markdown; ``terms`` pairs each glossary term with its plain definition (Markdown,
    with its source), and ``source_ids`` lists what is cited, both in the order of first use. ``choice`` names the
    reader's choice that the section waits for, or is empty. `translations.language_of` tells the language of heading
    and body.
    """

    page: str
    section: str
    heading: str
    choice: str
    body: str
    terms: tuple[tuple[str, str], ...]
    source_ids: tuple[str, ...]


def escape(text: str) -> str:
    """Text from data made safe for Markdown: nothing in it can become a link, math or markup."""
    return _SPECIAL.sub(r"\\\1", text)


def cite(source: Source) -> str:
    """A citation as a Markdown link to the source: ``[Walton et al. 2020](https://...)``."""
    return f"[{escape(source.label)}]({_address(source.link)})"


def cite_all(source_ids: Iterable[str]) -> str:
    """Citations of these sources as Markdown links, separated by commas; one that is damaged is said to be."""
    known = sources.sources()
    return ", ".join(
        cite(known[each]) if each in known else interface.words("lost-source") for each in dict.fromkeys(source_ids)
    )


def attribute(fact: Fact) -> str:
    """The citation of a figure, led by "as reported by" where it was read second-hand."""
    return _attributed(fact.source, fact.checked)


def _attributed(source: Source, checked: str) -> str:
    return f"{formatting.REPORTED} {cite(source)}" if checked == "secondary" else cite(source)


def sections_of(page: str) -> tuple[tuple[str, str, str], ...]:
    """The sections of a page in their order: id, heading and the reader's choice each waits for.

    Raises:
        DataError: ``explainers.csv`` breaks its contract.
    """
    rows = _rows(page)
    return tuple((row["section"], row["heading"], row["choice"]) for row in rows)


def anchor(figure_id: str) -> str:
    """The id of a figure's place on its page. It never meets a section's, whatever sections are called or added.

    Addresses of the first edition end in the figure's id alone. They still lead there, unless a section has that name:
    by ``web/head/places.js`` in the dashboard, by a second id in the static edition.
    """
    return f"{figure_id}-chart"


@cached(*NEEDS, size=256)
def section(page: str, name: str) -> Section:
    """One section with every mark filled in.

    Raises:
        DataError: a table breaks its contract, there is no such section, or a mark leads nowhere.
    """
    row = next((row for row in _rows(page) if row["section"] == name), None)
    if row is None:
        package.refuse_absent("explainers", "section", name)
    refuse_unknown_marks("explainers", row, "body")
    return _filled(row)


def fill(text: str, row: Mapping[str, Any] | None = None) -> Section:
    """A text of any table with its marks filled in, as an unnamed section (for table cells).

    ``row`` is the row that it stands in, where there is one: it knows the language.

    Raises:
        DataError: a table breaks its contract.
    """
    return _filled({**(row or {}), **UNNAMED, "body": text})


def worded(key: str, case: str = "", /, **values: object) -> str:
    """Words of the interface as Markdown, with marks of figures, sources and terms filled in too.

    Values are Markdown already. Never an error: see `interface.words`.
    """
    try:
        row = interface.row(key, case)
        return translations.spoken("".join(_worded(token, values) for token in marks.parse(row["text"])), row)
    except DataError as error:
        LOG.error("The words %s %s are told by their key: %s", key, case, error)
        return interface.instead(key, case, values)


def _worded(token: Token, values: Mapping[str, object]) -> str:
    match token:
        case marks.Words(text):
            return text
        case marks.ValueMark(name, typed):
            return str(interface.value(name, values, typed))
        case _:
            return fill(token.typed).body


def unnamed(body: str) -> Section:
    """Markdown that is finished already, as an unnamed section."""
    return Section(page="", section="", heading="", choice="", body=body, terms=(), source_ids=())


@cached(*NEEDS, size=128)
def definition(term: str) -> str:
    """The plain definition of a glossary term as Markdown, with its source.

    Raises:
        DataError: a table breaks its contract.
    """
    row = _glossary().get(term)
    if row is None:
        package.refuse_absent("glossary", "term", term)
    refuse_unknown_marks("glossary", row, "plain")
    said = _filled({**row, **UNNAMED, "body": row["plain"]}, explained=False)
    if row["source_id"] in said.source_ids:
        return said.body
    source = _attributed(sources.sources()[row["source_id"]], row["checked"])
    return translations.spoken(f"{said.body} ({source})", row)


@cached(*NEEDS)
def _glossary() -> Mapping[str, Mapping[str, Any]]:
    return {row["term"]: row for row in package.numbered_rows("glossary")}


def plain(text: str) -> str:
    """A text as it is read aloud: figures in words, no citations, terms as their words shown."""
    said = ""
    for token in marks.parse(text):
        match token:
            case marks.Words(words):
                said += words
            case marks.FactMark(fact_id, part, _):
                said += _part(facts.figure(fact_id), part or "figure")
            case marks.TermMark(_, shown, _):
                said += shown
            case marks.Citation():
                said = said.rstrip()
            case _:
                said += token.typed
    return said


@cached("explainers", size=16)
def _rows(page: str) -> list[dict[str, Any]]:
    return [row for row in package.ordered("explainers") if row["page"] == page]


def refuse_unknown_marks(name: str, row: Mapping[str, Any], column: str) -> None:
    """Hold the marks in one cell of a row that `package.numbered_rows` or `package.ordered` gave.

    Raises:
        DataError: a mark leads nowhere, or a table that marks refer to breaks its contract.
    """
    faults = [
        Fault(f"{name}.csv", row["line"], column, rule, mark) for mark, rule in mark_faults.unknown_marks(row[column])
    ]
    if faults:
        raise DataError(faults)


def _filled(row: Mapping[str, str], *, explained: bool = True) -> Section:
    """A row's body with its marks filled in; without ``explained``, terms are written but not looked up."""
    used = _Used(explained=explained)
    body = "".join(map(used.filled, marks.parse(row["body"])))
    return Section(
        page=row["page"],
        section=row["section"],
        heading=translations.spoken(row["heading"], row),
        choice=row["choice"],
        body=translations.spoken(body, row),
        terms=tuple(used.terms.items()),
        source_ids=(*_in_order(row["body"]), *used.of_terms),
    )


def _in_order(body: str) -> tuple[str, ...]:
    cited: list[str] = []
    for token in marks.parse(body):
        if isinstance(token, marks.FactMark):
            cited.append(facts.figure(token.fact_id).source.source_id)
        elif isinstance(token, marks.Citation):
            cited += token.source_ids
    return tuple(dict.fromkeys(cited))


class _Used:
    """Fills marks in, and remembers the terms it met, with their sources."""

    def __init__(self, *, explained: bool) -> None:
        self.explained = explained
        self.terms: dict[str, str] = {}
        self.of_terms: list[str] = []

    def filled(self, token: Token) -> str:
        match token:
            case marks.Words(words):
                return words
            case marks.FactMark(fact_id, part, _):
                return self._fact(fact_id, part)
            case marks.Citation(source_ids, _):
                return f"({'; '.join(cite(sources.sources()[source_id]) for source_id in source_ids)})"
            case marks.TermMark(term, shown, _):
                return self._term(term, shown)
            case _:
                return token.typed

    def _fact(self, fact_id: str, part: str) -> str:
        fact = facts.figure(fact_id)
        if part:
            return escape(_part(fact, part))
        inside = "; ".join(filter(None, (escape(fact.bounds), attribute(fact))))
        return f"{escape(fact.figure)} ({inside})"

    def _term(self, term: str, shown: str) -> str:
        """The words of a term in bold; where its explanation is damaged, the text stands without it."""
        if self.explained and term not in self.terms:
            try:
                self.terms[term] = definition(term)
                self.of_terms.append(str(_glossary()[term]["source_id"]))
            except DataError as error:
                LOG.error("The word %r cannot be explained: %s", term, error)
                self.terms[term] = interface.words("unexplained-word")
        return f"**{shown}**"


_PARTS: Mapping[str, Callable[[Fact], str]] = {
    "figure": lambda fact: fact.text,
    "value": lambda fact: _bare(fact, fact.value),
    "rounded": lambda fact: formatting.for_reading(fact.value),
    "low": lambda fact: _bare(fact, fact.low),
    "high": lambda fact: _bare(fact, fact.high),
    "period": lambda fact: fact.period,
    "population": lambda fact: fact.population,
    "among": lambda fact: fact.among,
    "counted_from": lambda fact: fact.counted_from,
    "counted_to": lambda fact: fact.counted_to,
}


def _part(fact: Fact, part: str) -> str:
    return _PARTS[part](fact)


def _bare(fact: Fact, value: float) -> str:
    text = formatting.number(value)
    return text.replace(",", "") if fact.unit == formatting.YEAR_UNIT else text


def _address(url: str) -> str:
    """An address that Markdown keeps whole: brackets and blanks as percent codes."""
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
