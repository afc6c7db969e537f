"""Long lists of the static edition: claims, every figure, words explained, and what is told of length of life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidebyside.content import claims, comparisons, glossary, text
from sidebyside.content.search import figures, measured, topics, whom
from sidebyside.data import interface
from sidebyside.site import lists, markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sidebyside.content.claims import Verdict
    from sidebyside.data.facts import Fact
    from sidebyside.site.page_builder import PageBuilder


def length_of_life(builder: PageBuilder) -> None:
    """What lists hold of length of life: rows of comparisons, claims, figures."""
    builder.add("heading", id="side-by-side", heading=interface.words("side-by-side"))
    lists.comparison_list(builder, [row for row in (*comparisons.glance(), *comparisons.differences()) if row.choice])
    builder.add("heading", id="claims", heading=interface.words("what-article-said"))
    _board(builder, [row for row in claims.all_verdicts() if row.choice])
    _facts(builder, [fact for fact in figures(life=True) if fact.choice])


def _claims(builder: PageBuilder) -> None:
    _board(builder, claims.all_verdicts())


def _board(builder: PageBuilder, rows: Sequence[Verdict]) -> None:
    builder.cite(row for row in rows if builder.may_show(row.choice))
    builder.add("board", claims=[lists.verdict(builder, row) for row in rows])


def _figures(builder: PageBuilder) -> None:
    _facts(builder, figures(life=False))


def _facts(builder: PageBuilder, known: Sequence[Fact]) -> None:
    for topic in topics(known):
        own = [fact for fact in known if fact.topic == topic]
        rows = [tuple(map(markup.inline, _told(fact))) for fact in own]
        name = glossary.anchor(topic).replace("term", "figures", 1)
        builder.add("facts", id=name, heading=interface.words("all-figures-of", topic=topic), rows=rows)


def _told(fact: Fact) -> tuple[str, ...]:
    """One row of a list of figures, as Markdown."""
    about = "; ".join(filter(None, (whom(fact), text.escape(fact.note))))
    return (measured(fact), text.escape(fact.text), about, text.attribute(fact))


def _glossary(builder: PageBuilder) -> None:
    letters: dict[str, list[tuple[str, ...]]] = {}
    for term in glossary.glossary():
        said = (term.anchor, term.term, markup.inline(term.plain), markup.inline(term.technical))
        letters.setdefault(term.letter, []).append(said)
    builder.add("glossary", letters=letters)


LISTS: Final[Mapping[str, Callable[[PageBuilder], None]]] = {
    "claims": _claims,
    "figures": _figures,
    "glossary": _glossary,
}
