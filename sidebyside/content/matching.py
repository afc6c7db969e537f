"""Texts that fit what a reader types, the best first: by word stems and beginnings, with typing errors forgiven.

Nothing here knows what the texts are; see ``layouts/finder.py``.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

# More words than these no search needs; an address may bring any number.
MOST_WORDS = 12
LONGEST_WORD = 30
# What questions are made of, and no text is told by.
FILLERS = frozenset(
    (
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    )
)
ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ed", "es", "s", "e", "y")
SHORTEST_STEM = 4
SHORTEST_BEGINNING = 3
# How much a word counts that is one of the text only by its beginning, by its stem, or but for typing errors.
BEGINS = 0.8
BARELY = 0.6
OTHER_FORM = 0.7
MISTYPED = 0.85
# How alike a mistyped word must be, and how long: one error in five letters, two in ten. "Diet" is no mistyped "die".
SHORTEST_MISTYPED = 5
ALIKE = 0.78
NEARLY_AS_ALIKE = 0.1
# How alike a whole name must be to count as the one that was meant, in per cent.
SAME_NAME = 84
# Of a name that is all said, the part that does not depend on how much of it was said.
NAMED = 0.75


class Field(NamedTuple):
    """One text of a document, what finding a word in it is worth, and whether it is a name."""

    text: str
    weight: float
    name: bool = False


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents and apostrophes: ``L'hermitte`` is ``lhermitte``."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'\N{RIGHT SINGLE QUOTATION MARK}")
    return re.findall(r"[^\W_]+", plain)


@functools.lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A word without its ending, so that *twitch*, *twitches* and *twitching* are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


class Index:
    """Documents, each a few texts, to be searched many times."""

    def __init__(self, documents: Sequence[Iterable[Field]]) -> None:
        """Take the documents apart."""
        self._count = len(documents)
        postings: dict[str, dict[int, float]] = {}
        self._stems: dict[str, str] = {}
        self._names: list[str] = []
        self._owners: list[int] = []
        self._stems_of_name: list[tuple[int, frozenset[str]]] = []
        for number, fields in enumerate(documents):
            for field in fields:
                self._take(number, field, postings)
        self._postings = {
            word: (np.array(list(held), dtype=np.intp), np.array(list(held.values())))
            for word, held in postings.items()
        }
        self._vocabulary = sorted(self._stems)

    def _take(self, number: int, field: Field, postings: dict[str, dict[int, float]]) -> None:
        found = words(field.text)
        # So that "foot drop" is found as "footdrop" too.
        joined = [a + b for a, b in itertools.pairwise(found)] if field.name else []
        for word in (*found, *joined):
            held = postings.setdefault(self._stems.setdefault(word, stem(word)), {})
            held[number] = max(held.get(number, 0.0), field.weight)
        if field.name and found:
            self._names.append(" ".join(found))
            self._owners.append(number)
            self._stems_of_name.append((number, frozenset(map(stem, found))))

    def scores(self, query: str) -> NDArray[np.float64]:
        """How well each document fits, from 0 to 1: 1 where one of its names is what was typed."""
        typed = [word[:LONGEST_WORD] for word in words(query)[:MOST_WORDS]]
        said = _without_fillers(typed)
        if not said or not self._count:
            return np.zeros(self._count)
        fits = [self._fitting(word) for word in _joined(said, self._stems)]
        return np.maximum(self._by_words(fits), self._by_names(" ".join(typed)))

    def _fitting(self, wanted: str) -> dict[str, float]:
        """The stems that a word of the query can mean, with how sure each is."""
        begun = self._beginning(wanted) if len(wanted) >= SHORTEST_BEGINNING else []
        found: dict[str, float] = {}
        for word in begun:
            meant = self._stems[word]
            found[meant] = max(found.get(meant, 0.0), _begins(wanted, word))
        if wanted in self._stems:
            return {**found, self._stems[wanted]: 1.0}
        if stem(wanted) in self._postings:
            found[stem(wanted)] = OTHER_FORM
        if begun or len(wanted) < SHORTEST_MISTYPED:
            return found
        for word, alike in self._near(wanted):
            meant = self._stems[word]
            found[meant] = max(found.get(meant, 0.0), MISTYPED * alike)
        return found

    def _beginning(self, wanted: str) -> list[str]:
        """The words of all texts that begin so."""
        start = bisect.bisect_left(self._vocabulary, wanted)
        end = bisect.bisect_left(self._vocabulary, f"{wanted}\U0010ffff")
        return self._vocabulary[start:end]

    def _near(self, wanted: str) -> list[tuple[str, float]]:
        """The words of all texts that are most like one with a typing error."""
        near = process.extract(
            wanted, self._vocabulary, scorer=OSA.normalized_similarity, processor=None, score_cutoff=ALIKE, limit=8
        )
        best = max((alike for _, alike, _ in near), default=0.0)
        return [(word, alike) for word, alike, _ in near if alike > best - NEARLY_AS_ALIKE]

    def _by_words(self, fits: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Of all that was said, the part that stands in each document; a rare word counts more than one of many."""
        total, rarities = np.zeros(self._count), 0.0
        for fitting in fits:
            best = np.zeros(self._count)
            for word, sure in fitting.items():
                numbers, weights = self._postings[word]
                best[numbers] = np.maximum(best[numbers], weights * sure)
            rarity = math.log1p(self._count / (1 + np.count_nonzero(best)))
            total += rarity * best
            rarities += rarity
        found: NDArray[np.float64] = total / rarities * self._said_of_names(fits) if rarities else total
        return found

    def _said_of_names(self, fits: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """More for a short name that is all said than for a long one of which a word is."""
        known = {word for fitting in fits for word in fitting}
        part = np.zeros(self._count)
        for number, name in self._stems_of_name:
            said = len(name & known)
            if said:
                part[number] = max(part[number], said / len(name))
        return NAMED + (1 - NAMED) * part

    def _by_names(self, query: str) -> NDArray[np.float64]:
        """Documents one of whose names is what was typed, in any order of words, but for typing errors."""
        best = np.zeros(self._count)
        for _, alike, at in process.extract(
            query, self._names, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=SAME_NAME, limit=20
        ):
            best[self._owners[at]] = max(best[self._owners[at]], alike / 100)
        return best


def told_by(query: str) -> frozenset[str]:
    """The stems of the words by which a query is told, without those of any question."""
    return frozenset(map(stem, _without_fillers(words(query))))


def _without_fillers(typed: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(typed) if word not in FILLERS] or list(dict.fromkeys(typed))


def _begins(wanted: str, word: str) -> float:
    """How sure it is that a word was meant by its beginning: the less of it is typed, the less."""
    return BEGINS * (BARELY + (1 - BARELY) * len(wanted) / len(word))


def _joined(said: Sequence[str], known: Container[str]) -> list[str]:
    """The words, two of them as one where only that is known: ``wheel chair``."""
    found: list[str] = []
    for word in said:
        if found and found[-1] + word in known and not (found[-1] in known and word in known):
            found[-1] += word
        else:
            found.append(word)
    return found
