"""The evidence page as a reader uses it: claims, figures, sources, words, data and the sheet to take away."""

from __future__ import annotations

import html
import io
import json
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sidebyside.charts import theme
from sidebyside.content import claims, comparisons, help, search, text
from sidebyside.data import archive, contract, disk, jsonld, sources
from sidebyside.data.faults import DataError
from sidebyside.layouts import page_list
from sidebyside.layouts.uses import uses
from sidebyside.site import handout
from sidebyside.web import warm_up
from tests.content.test_search import ODD
from tests.support.damage import cell, lose_row
from tests.ui.test_pages import run, words

NAMES = {row.id: row for row in claims.all_verdicts()}


def test_claims_can_be_filtered_by_verdict_and_page() -> None:
    app = run("claims")
    assert f"{len(NAMES)} of {len(NAMES)} claims" in words(app)
    for verdict in theme.VERDICTS:
        app.radio(key="claims-verdict").set_value(verdict.capitalize()).run()
        count = sum(row.verdict == verdict for row in NAMES.values())
        assert f"{count} of {len(NAMES)} claims" in words(app)
        labels = [expander.label for expander in app.expander if "**: " in expander.label]
        assert len(labels) == min(count, 10)
        assert all(f"**{verdict.capitalize()}**" in label for label in labels)
    app.radio(key="claims-verdict").set_value("Disputed").run()
    app.radio(key="claims-page").set_value(page_list.short_title("fibre")).run()
    assert not app.exception


@pytest.mark.parametrize("claim", list(NAMES)[::7])
def test_a_link_to_a_claim_opens_it(claim: str) -> None:
    app = run("claims", {"claim": claim})
    opened = [expander for expander in app.expander if expander.proto.expanded and "**: " in expander.label]
    assert [text.escape(NAMES[claim].claim) in expander.label for expander in opened] == [True]
    said = "\n".join(str(markdown.value) for markdown in opened[0].markdown)
    assert NAMES[claim].choice or NAMES[claim].evidence.body in said
    assert f"{NAMES[claim].page}#{NAMES[claim].section}" in said


def test_a_claim_about_length_of_life_waits_for_the_readers_choice() -> None:
    waiting = next(row for row in NAMES.values() if row.choice)
    app = run("claims", {"claim": waiting.id})
    assert waiting.evidence.body not in words(app)
    app.toggle(key="toggle-survival").set_value(True).run()
    assert waiting.evidence.body in words(app)


def test_figures_are_searched_filtered_and_paged() -> None:
    app = run("figures")
    known = len(search.figures(life=False))
    assert f"{known} of {known} figures" in words(app)
    app.text_input(key="figures-words").set_value("edss 6").run()
    found = search.search(search.Query("edss 6"), life=False)
    assert f"{len(found)} of {known} figures" in words(app)
    assert text.escape(found[0].text) in words(app)
    assert all(text.cite(fact.source) in words(app) for fact in found[:10])
    assert all(search.whom(fact) in words(app) for fact in found[:10])
    app.session_state["figures-narrow"] = True
    app.run()
    app.radio(key="figures-read").set_value(search.READ["secondary"].capitalize()).run()
    assert not app.exception
    fewer = search.search(search.Query("edss 6", read="secondary"), life=False)
    assert (f"{len(fewer)} of {known} figures" in words(app)) or ("None of" in words(app) and not fewer)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_searches_say_what_was_searched_and_break_nothing(odd: str) -> None:
    for page, keys in {"words": ("term",), "claims": ("claim",), "sources": ("find", "source")}.items():
        app = run(page, dict.fromkeys(keys, odd))
        assert not app.exception
        assert not app.error
    app = run("figures", {"figures-words": odd})
    assert not app.exception
    assert not app.error
    if odd.strip() and not search.search(search.Query(odd[:200]), life=False):
        assert text.escape(odd[:200].strip()) in words(app) or "None of" in words(app)


def test_one_measure_is_drawn_across_its_sources() -> None:
    app = run("figures")
    several = search.measures(search.figures(life=False))
    measure = max(several, key=lambda words: len(several[words]))
    app.selectbox(key="figures-measure").set_value(measure).run()
    assert not app.exception
    assert any(heading.value.startswith(measure) for heading in app.subheader)
    assert len(several[measure]) > 2


def test_sources_can_be_searched_and_opened_to_their_figures_and_uses() -> None:
    app = run("sources", {"source": "walton-2020"})
    said = words(app)
    assert text.escape(sources.sources()["walton-2020"].citation) in said
    for fact in search.of_source("walton-2020", life=False):
        assert text.escape(fact.text) in said
    for use in uses()["walton-2020"]:
        assert use.choice or f"]({use.address})" in said
    app.text_input(key="find").set_value("walton 2020").run()
    assert f"of {len(sources.sources())} sources" in words(app)


def test_words_can_be_searched_by_a_link() -> None:
    app = run("words", {"term": "EDSS"})
    assert text.definition("EDSS") in words(app)
    assert text.definition("Astrocyte") not in words(app)


def test_the_whole_package_comes_as_one_file_that_frictionless_accepts(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.archive())) as package:
        package.extractall(tmp_path)
    assert archive.archive() == archive.archive()
    command = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [command, "validate", "datapackage.json"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {
        "datapackage.json",
        "CHANGELOG.md",
        *(f"{name}.csv" for name in contract.names()),
    }


def test_a_damaged_package_is_not_given_away(package: Path) -> None:
    whole = archive.archive()
    lose_row(package / "edss_shares.csv")
    with pytest.raises(DataError):
        archive.archive()
    shutil.copy(disk.DEFAULT_FOLDER / "edss_shares.csv", package)
    assert archive.archive() == whole
    cell("evidence", "A mark {no-such-figure}.")(package / "claims.csv")
    with pytest.raises(DataError, match="no-such-figure"):
        archive.archive()


def test_the_package_is_held_and_packed_once_and_anew_when_a_file_changes(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up.pack_data()
    held = archive.archive()
    with monkeypatch.context() as barred:
        barred.setattr(zipfile, "ZipFile", None)
        assert archive.archive() is held
    with (package / "CHANGELOG.md").open("a", encoding="utf-8") as said:
        said.write("More.\n")
    assert archive.archive() != held


def test_the_description_for_search_engines_names_every_table_and_column() -> None:
    described = json.loads(jsonld.json_ld())
    assert described["@type"] == "Dataset"
    assert [part["name"] for part in described["hasPart"]] == [
        contract.resource(name)["title"] for name in contract.names()
    ]
    for part, name in zip(described["hasPart"], contract.names(), strict=True):
        assert [column["name"] for column in part["variableMeasured"]] == [f["name"] for f in contract.fields(name)]


def test_the_changes_are_shown() -> None:
    app = run("about")
    app.session_state["open-changes"] = True
    app.run()
    assert f"#### {jsonld.modified()}" in words(app)


class _HandoutParser(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("paper", handout.PAPERS)
def test_the_sheet_holds_what_was_ticked_and_its_sources(paper: str) -> None:
    names = handout.sections(life=False)
    page = handout.handout(names, paper, "made", life=False)
    parsed = _HandoutParser()
    parsed.feed(page)
    said = " ".join(" ".join(parsed.text).split())
    assert "script" not in parsed.tags
    assert parsed.tags.count("h1") == 1
    assert f"size: {handout.PAPERS[paper]}" in page
    for pair in (*comparisons.glance(), *(pair for pair in comparisons.differences() if not pair.choice)):
        assert " ".join(pair.said[0].split()) in said
        for source in sources.citations(pair.source_ids):
            assert source.label in said
    for sign in help.signs():
        assert sign.sign in said


def test_the_sheet_leaves_out_what_was_not_ticked_and_not_asked_for() -> None:
    page = handout.handout((handout.NAMED[handout.GLANCE],), "A4", "made", life=False)
    assert handout.NAMED[handout.HELP] not in page
    assert "My questions" not in page
    waiting = [pair for pair in comparisons.differences() if pair.choice]
    every = handout.handout(handout.sections(life=False), "A4", "made", life=False)
    assert waiting
    assert not [pair for pair in waiting if pair.heading in every]
    asked = handout.handout(handout.sections(life=True), "A4", "made", life=True)
    assert all(pair.heading in asked for pair in waiting)


def test_the_sheet_is_offered_only_with_something_on_it() -> None:
    app = run("evidence")
    for name in handout.default():
        app.checkbox(key=f"sheet-{name}").uncheck()
    app.run()
    assert "Tick at least one part" in words(app)


def test_the_sheet_says_whom_a_sign_concerns() -> None:
    made = handout.handout([handout.NAMED[handout.HELP]], "A4", "x", life=False)
    for sign in help.signs():
        assert f". {sign.whom}{sign.sign}.</strong>" in html.unescape(made)
