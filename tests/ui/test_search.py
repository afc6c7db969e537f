"""The search over the whole site on a page, run from the entry file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidebyside.data import interface
from sidebyside.layouts import finder, page_list
from tests.ui.test_pages import GARBAGE, run, visited, words

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

LABEL = interface.words("search-site")


def field(app: AppTest) -> str:
    """What the field holds."""
    (found,) = (each for each in app.text_input if each.label == LABEL)
    return str(found.value or "")


@pytest.mark.parametrize("page", page_list.PAGES)
def test_each_page_has_one_field_and_nothing_is_looked_up_while_it_is_empty(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> finder.Found:
        raise AssertionError

    monkeypatch.setattr(finder, "find", refuse)
    app = run(page) if page == page_list.FIRST else visited(page)
    assert field(app) == ""
    assert not app.error


@pytest.mark.quick
def test_a_search_in_the_address_shows_its_results_in_groups() -> None:
    app = run(page_list.FIRST, {"q": "twiching"})
    assert field(app) == "twiching"
    found = finder.find("twiching")
    assert found.groups
    for group, entries in found.groups.items():
        assert f"**{interface.words('found-group', group)}**" in words(app)
        assert all(f"]({entry.address})" in words(app) for entry in entries)


def test_a_section_is_told_with_its_page() -> None:
    app = run(page_list.FIRST, {"q": "just diagnosed"})
    (entry, *_) = finder.find("just diagnosed").groups["pages"]
    assert entry.page == "help"
    assert f"]({entry.address}) :small[:gray[{page_list.short_title(entry.page)}]]" in words(app)


def test_what_is_typed_goes_into_the_address_and_out_of_it() -> None:
    app = run(page_list.FIRST)
    (typed,) = (each for each in app.text_input if each.label == LABEL)
    typed.set_value("fatige").run()
    assert app.query_params["q"] in ("fatige", ["fatige"])
    (typed,) = (each for each in app.text_input if each.label == LABEL)
    typed.set_value("").run()
    assert app.query_params["q"] in ("", [""])


def test_length_of_life_is_one_line_without_a_number() -> None:
    app = run(page_list.FIRST, {"q": "life expectancy"})
    said = words(app)
    door = finder.find("life expectancy").door
    assert said.count(f"[{interface.words('door-to-life')}]({door})") == 1
    assert not any(f"[{entry.label}](" in said for entry in finder.entries() if entry.choice)
    assert not any(c.isdigit() for c in interface.words("door-to-life"))


def test_what_is_not_found_is_said_kindly_once_a_word_is_there() -> None:
    begun, typed = (run(page_list.FIRST, {"q": query}) for query in ("zq", "zzqq zzqq"))
    assert "zzqq zzqq" in words(typed)
    assert finder.list_address("glossary") in words(typed)
    assert "We found nothing" not in words(begun)


@pytest.mark.slow
@pytest.mark.parametrize("query", GARBAGE)
def test_junk_in_the_address_harms_nothing(query: str) -> None:
    app = run(page_list.FIRST, {"q": query})
    assert not app.exception
    assert not app.error
    assert "<script>alert" not in words(app).replace("\\<", "")


def test_a_damaged_table_of_other_words_leaves_page_and_search(package: Path) -> None:
    (package / "other_words.csv").unlink()
    app = run(page_list.FIRST, {"q": "twitching"})
    assert not app.exception
    assert finder.find("twitching").groups
    assert f"**{interface.words('found-group', 'signs')}**" in words(app)
