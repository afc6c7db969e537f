"""The pages where a host asks for another language: its words where there are some, and the rest in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from justhtml import JustHTML

from sidebyside.data import disk
from sidebyside.layouts.pages import page_of_chart
from sidebyside.site import build, linkcheck
from sidebyside.site.page_builder import FILES
from tests.data.test_translations import LANGUAGE, translated, write
from tests.ui.test_pages import run

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["translated"]


@pytest.fixture
def much(translated: Path) -> Path:
    """Some words of each kind besides."""
    write(translated, "interface", {"key": "no-advice"}, text="No leda.")
    write(translated, "chart_texts", {"chart": "mild-or-severe", "part": "caveat", "position": "4"}, text="Ne kuda.")
    return translated


def test_the_static_edition_says_what_is_in_which_language(much: Path) -> None:
    files = build.build("https://plain.example.org", "https://example.org")
    page = JustHTML(files["history.html"].decode(), sanitize=False)
    (html,) = page.query("html")
    assert (html.attrs or {})["lang"] == disk.ENGLISH
    (heading,) = page.query("#two-names")
    assert heading.to_text() == "Sa du"
    assert [(part.name, part.to_text()[:11]) for part in page.query(f'[lang="{LANGUAGE}"]')][:2] == [
        ("span", "Sa du"),
        ("span", "Sa du"),
    ]
    assert f'<div lang="{LANGUAGE}"><p>Sa du nomi.' in files["history.html"].decode()
    course = files[f"{FILES[page_of_chart('mild-or-severe')]}.html"].decode()
    assert f'<span lang="{LANGUAGE}">Kom leza.</span>' in course
    assert f'<li><span lang="{LANGUAGE}">Ne kuda.</span></li>' in course
    assert f'<p><span lang="{LANGUAGE}">No leda.</span></p>' in course
    assert not linkcheck.faults(files)


def test_the_dashboard_shows_the_words_and_english_elsewhere(much: Path) -> None:
    app = run("history")
    shown = [element.value for element in (*app.header, *app.subheader, *app.markdown)]
    assert not app.exception
    assert "Sa du" in shown
    assert "A history of two names" in shown
    assert any(words.startswith("Sa du nomi.") for words in shown)
    assert "No leda." in shown
