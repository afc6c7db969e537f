"""No words that readers read stand in code: pages, plain pages, files and alternative texts are held against it."""

from __future__ import annotations

import ast
import html
import re
from typing import TYPE_CHECKING, Final

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from sidebyside.charts.theme import paper
from sidebyside.content import bibliography, comparisons, search
from sidebyside.data import fallbacks, jsonld, sources
from sidebyside.layouts.pages import PAGES
from sidebyside.site import handout
from tests.conftest import ROOT
from tests.ui.test_pages import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streamlit.testing.v1 import AppTest

# As few words as can pass for a name or a heading of data.
FEWEST: Final = 5
CODE = [*sorted((ROOT / "sidebyside").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_ADDRESS = re.compile(r"https?://\S+")
# A tag may begin in one part of a text and end in another.
_TAG = re.compile(r"<[a-zA-Z/?!][^<>]*>?")
# Folds that a reader opens, beside those of charts.
OPENED = (
    *(f"open-{name}" for name in ("differences", "tests", "words", "studies", "changes", "settings-1", "settings-2")),
    *("open-help-soon", "open-help-routine", "all-sources", "figures-narrow", "figures-details"),
    *("choice-survival", "toggle-survival", "differences-copy"),
)


def literals(code: str) -> Iterator[str]:
    """The text in a module of so many words or more that is no docstring; of an f-string, each part that is typed."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            # Vega's expressions stand in charts and are read by nobody.
            words = "" if "datum." in node.value else spaced(_ADDRESS.sub("", _TAG.sub(" ", node.value)))
            if len(_WORD.findall(words)) >= FEWEST:
                yield words


def spaced(text: str) -> str:
    return " ".join(text.split())


def of_page(app: AppTest) -> Iterator[str]:
    """All that a page says to a browser, element by element."""
    for element in app.main:
        if isinstance(getattr(element, "proto", None), Message):
            yield from strings(MessageToDict(element.proto))


def strings(said: object) -> Iterator[str]:
    """All text in a message."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for part in said.values() if isinstance(said, dict) else said:
            yield from strings(part)


def of_pages() -> Iterator[str]:
    for page in PAGES:
        app = run(page, {"source": "walton-2020"} if page == "evidence" else {})
        for name in OPENED:
            app.session_state[name] = True
        app.run()
        yield from of_page(app)
        for reading in ("Table", "About"):
            for control in app.segmented_control:
                control.set_value(reading)
            app.run()
            yield from of_page(app)


def of_files() -> Iterator[str]:
    """What readers take away, beside what lies in the static edition."""
    known = search.figures(life=True)
    yield search.as_csv(known, ("",))
    yield comparisons.as_csv(comparisons.differences(), ("",))
    yield comparisons.as_text(comparisons.tests())
    yield jsonld.json_ld()
    yield handout.handout(handout.sections(life=True), "A4", "", life=True)
    for form in bibliography.FORMATS:
        yield form.write(list(sources.sources().values()))
    yield PAGES["overview"].charts[0].figure().svg(paper())


def shown(edition: Mapping[str, bytes]) -> str:
    """Everything that readers read, in one text."""
    files = [content.decode() for path, content in edition.items() if not path.endswith((".png", ".zip"))]
    parts = [*files, *of_files(), *of_pages()]
    plain = [html.unescape(_TAG.sub(" ", part)) for part in parts]
    return "\n".join(spaced(part) for part in (*map(html.unescape, parts), *plain))


def test_no_words_that_readers_read_stand_in_code(built: Mapping[str, bytes]) -> None:
    read = shown(built)
    assert "not medical advice" in read
    known = set(map(spaced, fallbacks.FALLBACKS.values()))
    found: dict[str, list[str]] = {}
    for path in CODE:
        for words in literals(path.read_text(encoding="utf-8")):
            if words in read and not (path.name == "fallbacks.py" and words in known):
                found.setdefault(path.relative_to(ROOT).as_posix(), []).append(words)
    assert found == {}


def test_words_are_found_wherever_they_stand_in_code() -> None:
    code = (
        '"""A docstring says what it wants to say."""\n'
        "def told(n):\n"
        '    """So does this one, and at some length too."""\n'
        '    label("Here are five  words and more")\n'
        '    return f"{n} of all the people who were asked, {n} more"\n'
        "SHORT = 'only four words here'\n"
    )
    assert list(literals(code)) == ["Here are five words and more", "of all the people who were asked,"]
