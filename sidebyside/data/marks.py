"""The one grammar of marks in texts: a text is parsed once, and every reader of it goes through the same tokens.

``{fact_id}`` a figure with unit, interval and citation; ``{fact_id:value}`` a bare part of it; ``{=name}`` a value
that a chart or a message offers; ``[@source_id]`` or ``[@a; @b]`` a citation; ``[[term]]`` or ``[[term|words shown]]``
a glossary term. What looks like a mark and is none is `Stray`.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

CITATION_SEPARATOR = ";"
# What may stand after the colon of a figure's mark; a figure without a part is told whole.
FACT_PARTS = ("value", "rounded", "low", "high", "period", "population", "among", "counted_from", "counted_to")
_MARK = re.compile(
    r"\{=(?P<value>[^{}]*)\}"
    r"|\{(?P<fact>[^{}:]*)(?::(?P<part>[^{}]*))?\}"
    r"|\[@(?P<cited>[^\[\]]*)\]"
    r"|\[\[(?P<term>[^\[\]|]*)(?:\|(?P<shown>[^\[\]]*))?\]\]"
    r"|(?P<stray>\{|\}|\[@|\[\[|\]\])"
)


class Words(NamedTuple):
    """Words between marks, as they are typed."""

    text: str


class FactMark(NamedTuple):
    """A figure, whole or one part of it (``""`` or one of `FACT_PARTS`); ``typed`` is the mark as it stands."""

    fact_id: str
    part: str
    typed: str


class ValueMark(NamedTuple):
    """A value that whoever shows the text offers, by its name."""

    name: str
    typed: str


class Citation(NamedTuple):
    """Sources named in brackets."""

    source_ids: tuple[str, ...]
    typed: str


class TermMark(NamedTuple):
    """A glossary term, and the words shown for it."""

    term: str
    shown: str
    typed: str


class Stray(NamedTuple):
    """A sign of a mark that is not closed or not known."""

    typed: str


Token = Words | FactMark | ValueMark | Citation | TermMark | Stray


@functools.lru_cache(maxsize=8192)
def parse(text: str) -> tuple[Token, ...]:
    """A text as tokens in its order; joined as they are typed they are the text again."""
    tokens: list[Token] = []
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            tokens.append(Words(text[end : found.start()]))
        tokens.append(_token(found))
        end = found.end()
    if end < len(text):
        tokens.append(Words(text[end:]))
    return tuple(tokens)


def _token(found: re.Match[str]) -> Token:
    typed = found.group()
    match found.lastgroup:
        case "value":
            return ValueMark(found["value"], typed)
        case "fact" | "part":
            return FactMark(found["fact"], found["part"] or "", typed)
        case "cited":
            ids = (each.strip().removeprefix("@") for each in found["cited"].split(CITATION_SEPARATOR))
            return Citation(tuple(ids), typed)
        case "term" | "shown":
            return TermMark(found["term"], found["shown"] or found["term"], typed)
        case _:
            return Stray(typed)


def fact_marks(text: str) -> list[FactMark]:
    """The marks of figures in a text, in its order."""
    return [token for token in parse(text) if isinstance(token, FactMark)]


def term_marks(text: str) -> list[TermMark]:
    """The marks of glossary terms in a text, in its order."""
    return [token for token in parse(text) if isinstance(token, TermMark)]


def without_marks(text: str) -> str:
    """What is typed between the marks of a text."""
    return "".join(token.text for token in parse(text) if isinstance(token, Words))
