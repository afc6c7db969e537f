"""The words of the interface, from the table ``interface``: buttons, labels, headings of lists, messages, the footer.

A row has a key and, where one thing is said in several ways, a case: ``one`` and ``many``, or what the words are for.
Values (``{=count}``) come from whoever asks. Keys are typed where they are asked for, so `requests` finds them all.
Where a row is damaged or missing, its page stands: see `words`.
"""

from __future__ import annotations

import ast
import logging
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sidebyside.data import marks, package, translations
from sidebyside.data.cache import cached
from sidebyside.data.fallbacks import FALLBACKS
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOG = logging.getLogger(__name__)
TABLE = "interface"
# Cases that count something; any other one names what its words are for.
ONE, MANY = "one", "many"
# Who gives words of the table out: by the module's name, its functions.
GIVEN = {"interface": ("words", "cases"), "text": ("worded",), "content_text": ("worded",)}


def words(key: str, case: str = "", /, **values: object) -> str:
    """The words of a row with its values filled in; marks of figures, sources and terms stay (`text.worded`).

    Never an error: where the row is damaged or missing, one of the `FALLBACKS`, or else what can be told of it: its
    case or its key, and the values. The log says why.
    """
    try:
        found = row(key, case)
        return translations.spoken(filled(found["text"], values), found)
    except DataError as error:
        LOG.error("The words %s %s are told by their key: %s", key, case, error)
        return instead(key, case, values)


def cases(key: str, /, *names: str) -> Mapping[str, str]:
    """The words of several rows of one key, by their cases, each looked up when it is asked for."""
    return _Cases(key, names)


class _Cases(Mapping[str, str]):
    """Words by case; what the table says at the moment."""

    def __init__(self, key: str, names: Sequence[str]) -> None:
        self._key, self._names = key, names

    def __getitem__(self, case: str) -> str:
        if case not in self._names:
            raise KeyError(case)
        return words(self._key, case)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def row(key: str, case: str = "") -> Mapping[str, str]:
    """One row of the table.

    Raises:
        DataError: there is none, it is damaged, or no row of the table can be trusted.
    """
    found = _rows().get((key, case))
    if found is None:
        package.refuse_absent(TABLE, "key", key)
    return found


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text with its values filled in.

    Raises:
        DataError: it wants a value that is not offered.
    """
    filled = ""
    for token in marks.parse(text):
        match token:
            case marks.Words(typed):
                filled += typed
            case marks.ValueMark(name, typed):
                filled += str(value(name, values, typed))
            case _:
                filled += token.typed
    return filled


def value(name: str, values: Mapping[str, object], typed: str) -> object:
    """One of the values that are offered.

    Raises:
        DataError: it is not among them.
    """
    if name not in values:
        raise DataError([Fault(f"{TABLE}.csv", None, "text", "no value of this name is offered", typed)])
    return values[name]


@cached(TABLE)
def _rows() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(found["key"], found["case"]): found for found in package.numbered_rows(TABLE)}


def instead(key: str, case: str, values: Mapping[str, object]) -> str:
    """What is said where a row can't be read."""
    if key in FALLBACKS:
        return filled(FALLBACKS[key], values)
    named = case if case not in ("", ONE, MANY) else key.replace("-", " ")
    return ": ".join(filter(None, (named, ", ".join(map(str, values.values())))))


# ---------------------------------------------------------------- what the code asks for


class WordsRequest(NamedTuple):
    """One place in the code that asks for words.

    Attributes:
        file: the module's file within the package.
        line: its line there.
        key: the key, or empty where it is not typed there.
        cases: the cases that it can ask for; None where the code works them out.
        values: the names of the values that it offers.
        marked: whether marks of figures, sources and terms are filled in too.
    """

    file: str
    line: int
    key: str
    cases: frozenset[str] | None
    values: frozenset[str]
    marked: bool


def requests() -> Iterator[WordsRequest]:
    """Every place in this package that asks for words, in the order of modules and lines; nothing is run for it."""
    for file, source in _of_package():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and (by := _given(node.func)):
                yield _request(file, node, by)


def _of_package() -> Iterator[tuple[str, str]]:
    """All modules of this package, by their files within it, as they are written; the package's own first."""
    folder = Path(__file__).parent.parent
    yield from _sources(folder.parent, only=folder.name)
    yield from _sources(folder)


def _sources(folder: Path, below: str = "", only: str = "") -> Iterator[tuple[str, str]]:
    """The modules in a folder and below, by their files, as they are written; or ``only`` the package of this name."""
    for finder, name, is_package in pkgutil.iter_modules([str(folder)]):
        if only not in ("", name):
            continue
        found = finder.find_spec(name, None)
        source = getattr(found.loader, "get_source", lambda _: None)(name) if found else None
        if source:
            yield (f"{below}{name}/__init__.py" if is_package else f"{below}{name}.py"), source
        if is_package and not only:
            yield from _sources(folder / name, f"{below}{name}/")


def _given(func: ast.expr) -> tuple[str, str] | None:
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        module, name = func.value.id, func.attr
        return (module, name) if name in GIVEN.get(module, ()) else None
    return None


def _request(file: str, call: ast.Call, by: tuple[str, str]) -> WordsRequest:
    key, *more = call.args or [ast.Constant("")]
    said = [_constants(each) for each in more]
    of_all = by == ("interface", "cases")
    known = frozenset(name for names in said for name in names or ()) if more or of_all else frozenset({""})
    # A value without a name (**values) is none that could be looked up here.
    values = frozenset(keyword.arg or "**" for keyword in call.keywords)
    typed = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
    return WordsRequest(file, call.lineno, typed, None if None in said else known, values, by[0] != "interface")


def _constants(case: ast.expr) -> set[str] | None:
    """The words that an expression can only be: one, or one of two; None where it can be any."""
    match case:
        case ast.Constant(value=str() as name):
            return {name}
        case ast.IfExp(body=first, orelse=second):
            both = _constants(first), _constants(second)
            return None if both[0] is None or both[1] is None else both[0] | both[1]
        case _:
            return None
