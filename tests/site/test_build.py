"""The static edition: what the dashboard shows, as files."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from justhtml import JustHTML
from PIL import Image

import sidebyside
from sidebyside.charts import table
from sidebyside.content import glossary, search
from sidebyside.content.claims import all_verdicts
from sidebyside.content.text import section, sections_of
from sidebyside.data import contract
from sidebyside.data import sources as data_sources
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.blocks import ANSWER, ChartBlock, ColumnsBlock, SectionBlock
from sidebyside.site import blocks, build, linkcheck, page_builder, publish
from tests.conftest import EDITION_ADDRESS as ADDRESS
from tests.conftest import EDITION_APP as APP
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sidebyside.charts.figure import Figure

STORIES = page_builder.FILES
LIFE = "length-of-life.html"
FORMER = {f"{former}.html": f"{now}.html" for former, now in page_builder.FORMER.items()}
# Pages to look evidence up, and about the site: they cite nothing themselves.
CITE_NOTHING = {f"{name}.html" for name in ("figures", "sources", "words", "about", "evidence")}
LARGEST, LARGEST_COMPRESSED = 400_000, 120_000
PAGES = [f"{name}.html" for name in page_builder.NAMES]
SIMULATIONS = {simulation.id for layout in pages.PAGES.values() for simulation in layout.simulations}


@pytest.fixture(scope="module")
def files(built: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The edition."""
    return built


@pytest.fixture(scope="module")
def read(files: Mapping[str, bytes]) -> Mapping[str, JustHTML]:
    """Its pages, parsed."""
    return {
        path: JustHTML(content.decode(), sanitize=False, strict=True)
        for path, content in files.items()
        if path.endswith(".html")
    }


def _plain(words: str) -> str:
    """Words without spaces: between what is a paragraph, a link and a cell, a page has its own."""
    return "".join(words.split())


def _text(page: JustHTML, path: str) -> str:
    node = page.query_one(path)
    assert node is not None, path
    return _plain(node.to_text())


def _unmarked(markdown: str) -> str:
    """Markdown of ours as it is read: links as their words, escapes gone."""
    return _plain(re.sub(r"\\([^\w\s])", r"\1", re.sub(r"(?<!\\)\[((?:\\.|[^\]])*)\]\([^)]*\)", r"\1", markdown)))


# ---------------------------------------------------------------- whole


def test_every_page_is_there_and_holds(files: Mapping[str, bytes]) -> None:
    assert set(PAGES) <= set(files)
    assert linkcheck.faults(files) == []


def test_another_process_writes_the_same_bytes(files: Mapping[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    options = ["--address", f"{ADDRESS}/", "--app", APP, "--folder", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "sidebyside", "build", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert sorted(written) == sorted([*files, publish.LIST])
    assert [path for path in files if written[path] != files[path]] == []
    assert ADDRESS in done.stdout


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light(files: Mapping[str, bytes], path: str) -> None:
    assert len(files[path]) <= LARGEST
    assert len(gzip.compress(files[path])) <= LARGEST_COMPRESSED


def test_no_page_needs_a_script_or_another_host(files: Mapping[str, bytes], read: Mapping[str, JustHTML]) -> None:
    for path, page in read.items():
        kinds = {(node.attrs or {}).get("type") for node in page.query("script")}
        assert kinds <= {"application/ld+json"}, path
        assert not page.query("[src], iframe, form, button"), path
        linked = {(n.attrs or {}).get("rel"): (n.attrs or {}).get("href") or "" for n in page.query("link")}
        assert set(linked) <= {"canonical", "icon"}, path
        assert linked.get("icon", "data:image/").startswith("data:image/"), path
        assert "url(" not in files[path].decode()
        assert not re.search(r'\son[a-z]+="', files[path].decode()), path


# ---------------------------------------------------------------- the same as the dashboard


@pytest.mark.parametrize("page", STORIES)
def test_sections_and_charts_stand_in_the_order_of_the_dashboard(read: Mapping[str, JustHTML], page: str) -> None:
    layout = pages.PAGES[page]
    shown = read[f"{STORIES[page]}.html"]
    ids = [(node.attrs or {})["id"] or "" for node in shown.query("[id]")]
    wanted = [ANSWER]
    for block in layout.open_blocks:
        if isinstance(block, SectionBlock):
            wanted.append(block.name)
        if isinstance(block, ChartBlock):
            wanted.append(f"{block.definition.id}-chart")
    assert [name for name in ids if name in wanted] == wanted
    headings = {name: heading for name, heading, choice in sections_of(page) if not choice and name != ANSWER}
    for name, heading in headings.items():
        assert _text(shown, f"#{name}") == _plain(heading)
    assert _text(shown, "h1") == _plain(layout.title)


def test_every_text_of_the_dashboard_is_there(read: Mapping[str, JustHTML]) -> None:
    for page, file in STORIES.items():
        for name, _, choice in sections_of(page):
            text = _plain(read[LIFE if choice else f"{file}.html"].to_text())
            for paragraph in section(page, name).body.split("\n\n"):
                lines = [re.sub(r"^(- |\d+\. |#+ )", "", line) for line in paragraph.splitlines()]
                for line in lines if paragraph.startswith(("- ", "1. ")) else [" ".join(lines)]:
                    assert _unmarked(line.replace("**", "")) in text, (page, name)


def _figures() -> list[tuple[str, str, Figure]]:
    """Every figure of every page: the page of the edition it is on, its id there, and what the dashboard shows."""
    found = []
    for page, layout in pages.PAGES.items():
        for definitions, file in ((layout.charts, STORIES[page]), (layout.charts_on_request, STORIES[page])):
            for definition in definitions:
                for option in definition.option_keys:
                    first = option == definition.option_keys[0]
                    name = definition.id if first else f"{definition.id}-{option}"
                    found.append((file if first else f"chart-{definition.id}", name, definition.figure(option)))
        for simulation in layout.simulations:
            for n, preset in enumerate(simulation.presets):
                main, *more = simulation.run(simulation.settings(preset, {}))
                found.append((STORIES[page], f"{main.id}-{preset}" if n else main.id, main))
                found += [(f"chart-{simulation.id}", f"{figure.id}-{preset}", figure) for figure in more]
    return found


def test_every_figure_of_the_dashboard_is_there_with_equal_numbers(
    files: Mapping[str, bytes], read: Mapping[str, JustHTML]
) -> None:
    known = _figures()
    assert len(known) > 120
    for file, wanted, figure in known:
        page = read[f"{file}.html"]
        name = f"{wanted}-chart" if page.query(f"#{wanted}-chart") else wanted
        assert _text(page, f"#{name}-title") == _plain(figure.title), name
        assert _text(page, f"#{name}-alt") == _plain(figure.alt), name
        core = table.display_table(figure, data_sources.citations(figure.source_ids))
        heads = [_plain(n.to_text()) for n in page.query(f"#{name} thead th")]
        assert heads == [_plain(head) for head in core.columns], name
        cells = [_plain(n.to_text()) for n in page.query(f"#{name} tbody th, #{name} tbody td")]
        assert cells == [_unmarked(cell) for row in core.itertuples(index=False) for cell in row], name
        more = [_plain(n.to_text()) for n in page.query(f"#{name} ul li")]
        if figure.details:
            assert [_unmarked(line.replace("**", "")) for line in table.detail_lines(figure)] == more[
                : len(figure.table)
            ]
        drawn = page.query_one(f"#{name} svg")
        assert drawn is not None
        citations = [source.citation for source in data_sources.citations(figure.source_ids)]
        assert files[f"charts/{wanted}.csv"].decode() == figure.csv(citations, sidebyside.credit())


def test_back_from_a_page_of_further_choices_leads_to_its_chart(read: Mapping[str, JustHTML]) -> None:
    below = [path for path in read if path.startswith("chart-")]
    assert len(below) > 20
    for path in below:
        (back,) = [n for n in read[path].query("a") if n.to_text().startswith("Back to the page")]
        page, _, place = ((back.attrs or {})["href"] or "").partition("#")
        found = read[page].query_one(f"#{place}")
        assert found is not None, path
        assert found.name == ("div" if place in SIMULATIONS else "figure"), path


def test_addresses_of_the_first_edition_still_lead_to_the_charts(read: Mapping[str, JustHTML]) -> None:
    for page, layout in pages.PAGES.items():
        sections = {name for name, *_ in sections_of(page)}
        for definitions, file in ((layout.charts, STORIES[page]), (layout.charts_on_request, STORIES[page])):
            for definition in definitions:
                figure, once = f"#{definition.id}-chart", f"#{definition.id}"
                assert read[f"{file}.html"].query(figure), definition.id
                assert definition.id in sections or read[f"{file}.html"].query(f"{figure} {once}"), definition.id


def test_what_a_reader_asks_for_stands_on_its_own_page_alone(read: Mapping[str, JustHTML]) -> None:
    on_request = [definition for layout in pages.PAGES.values() for definition in layout.charts_on_request]
    words = {figure.title for definition in on_request for figure in map(definition.figure, definition.option_keys)}
    words |= {figure.alt for definition in on_request for figure in map(definition.figure, definition.option_keys)}
    words |= {_unmarked(fact.text) for fact in search.figures(life=True) if fact.choice and len(fact.text) > 30}
    words |= {_unmarked(row.evidence.body) for row in all_verdicts() if row.choice}
    waiting = {f"chart-{definition.id}.html" for definition in on_request} | {LIFE}
    assert len(words) > 60
    for path in set(read) - waiting:
        text = _plain(read[path].to_text())
        assert [said for said in words if _plain(said) in text] == [], path
    text = _plain(read[LIFE].to_text())
    assert all(_plain(definition.figure().title) in text for definition in on_request)


def test_every_claim_word_source_and_figure_can_be_looked_up(read: Mapping[str, JustHTML]) -> None:
    claims, sources = read["claims.html"], _text(read["sources.html"], "main")
    for row in all_verdicts():
        said = _text(claims, f"#claim-{row.id}")
        assert _plain(row.claim) in said
        assert _plain(row.verdict.capitalize()) in said
        assert row.choice or _unmarked(row.evidence.body) in said
    for source in data_sources.sources().values():
        assert _plain(source.named) in sources
        assert not source.url or source.url in {(n.attrs or {}).get("href") for n in read["sources.html"].query("a")}
    for term in glossary.glossary():
        assert _text(read["words.html"], f"#{term.anchor}") == _plain(term.term)
    figures = _text(read["figures.html"], "main")
    assert all(_plain(fact.text) in figures for fact in search.figures(life=False))


# ---------------------------------------------------------------- good pages


def test_a_page_names_and_describes_itself(files: Mapping[str, bytes], read: Mapping[str, JustHTML]) -> None:
    told: dict[str, set[str]] = {"title": set(), "description": set(), "canonical": set()}
    own = {path: page for path, page in read.items() if not path.startswith("sheet-") and path not in FORMER}
    for path, page in own.items():
        metas = {(n.attrs or {}).get("name") or (n.attrs or {}).get("property"): n.attrs for n in page.query("meta")}
        said = {name: (attrs or {}).get("content") or "" for name, attrs in metas.items()}
        (canonical,) = [(n.attrs or {})["href"] or "" for n in page.query("link[rel=canonical]")]
        assert canonical == f"{ADDRESS}/{'' if path == 'index.html' else path}"
        assert said["og:url"] == canonical
        assert _plain(said["og:title"]) == _text(page, "title")
        assert said["og:description"] == said["description"]
        assert said["og:image"].removeprefix(f"{ADDRESS}/") in files
        told["title"].add(said["og:title"])
        told["description"].add(said["description"])
        told["canonical"].add(canonical)
        assert len(page.query("h1")) == len(page.query("main")) == len(page.query("footer")) == 1
        assert [(n.attrs or {}).get("lang") for n in page.query("html")] == ["en"]
        skip = page.query("a")[0].attrs or {}
        assert skip["href"] == "#main"
        levels = [int(n.name[1]) for n in page.query("h1, h2, h3, h4")]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
        assert all((n.attrs or {}).get("scope") for n in page.query("th")), path
    assert {kind: len(values) for kind, values in told.items()} == dict.fromkeys(told, len(own))


def test_pictures_for_previews_show_no_length_of_life(files: Mapping[str, bytes]) -> None:
    shown = {path for path in files if path.startswith("share/")}
    assert shown == {f"share/{STORIES[page]}.png" for page, layout in pages.PAGES.items() if layout.charts_shown}
    assert {f"share/{STORIES[hub]}.png" for hub in ("overview", "mechanism", "course")} <= shown
    assert "share/length-of-life.png" not in shown
    for path in shown:
        assert Image.open(io.BytesIO(files[path])).size == (1200, 630)
    assert f"{ADDRESS}/share/course.png" in files[LIFE].decode()


def test_search_engines_are_told_what_it_is_and_from_where(files: Mapping[str, bytes]) -> None:
    for path in PAGES:
        script = re.search(r'<script type="application/ld\+json">(.*?)</script>', files[path].decode(), re.S)
        assert script is not None
        said = json.loads(script[1])
        assert said["@type"] == "MedicalWebPage"
        assert said["dateModified"] == sidebyside.EDITED
        assert {about["alternateName"] for about in said["about"]} == {"MS", "ALS"}
        assert path in CITE_NOTHING or said["citation"], path
        assert ("mainEntity" in said) == (path == "evidence.html")
    places = [place.text for place in ET.fromstring(files["sitemap.xml"]).iter() if place.tag.endswith("loc")]
    assert {f"{ADDRESS}/", *(f"{ADDRESS}/{path}" for path in PAGES if path != "index.html")} <= set(places)
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in files["robots.txt"].decode()


def test_the_data_the_references_and_sheets_lie_beside(files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["data.zip"])) as package:
        assert {f"{name}.csv" for name in contract.names()} <= set(package.namelist())
    assert json.loads(files["dataset.jsonld"])["@type"] == "Dataset"
    assert len(json.loads(files["references.json"])) == len(data_sources.sources())
    for paper in ("a4", "letter"):
        assert "My questions" in files[f"sheet-{paper}.html"].decode()


def test_it_leads_to_the_dashboard(read: Mapping[str, JustHTML]) -> None:
    for path, page in read.items():
        addresses = [(n.attrs or {}).get("href") or "" for n in page.query("a")]
        led = {address.removeprefix(f"{APP}/") for address in addresses if address.startswith(APP)}
        assert led or path.startswith("sheet-") or path in FORMER, path
        assert {address.partition("?")[0].partition("#")[0] for address in led} <= {"", *page_list.PAGES}


def test_pages_of_the_first_edition_lead_on(read: Mapping[str, JustHTML]) -> None:
    assert FORMER
    for former, now in FORMER.items():
        assert now in read
        (refresh,) = [(n.attrs or {})["content"] or "" for n in read[former].query("meta[http-equiv=refresh]")]
        (link,) = [(n.attrs or {})["href"] for n in read[former].query("main a")]
        assert (refresh.endswith(f"url={now}"), link) == (True, now)
        assert "noindex" in [(n.attrs or {}).get("content") for n in read[former].query("meta[name=robots]")]


def test_a_reader_finds_every_page_from_its_hub_and_help_from_the_first_page(read: Mapping[str, JustHTML]) -> None:
    for hub, below in page_list.HUBS.items():
        cards = [(n.attrs or {})["href"] for n in read[f"{STORIES[hub]}.html"].query(".explore a")]
        assert cards == [f"{STORIES[page]}.html" for page in below]
        for page in (hub, *below):
            links = read[f"{STORIES[page]}.html"].query(".siblings a")
            assert [(n.attrs or {})["href"] for n in links] == [f"{STORIES[name]}.html" for name in (hub, *below)]
            assert [(n.attrs or {})["href"] for n in links if (n.attrs or {}).get("aria-current")] == [
                f"{STORIES[page]}.html"
            ]
    doors = [(n.attrs or {})["href"] for n in read["index.html"].query(".doors a")]
    assert doors == [address.replace("#", ".html#") for address in page_list.DOORS.values()]


def test_what_stands_side_by_side_in_the_dashboard_does_so_here(read: Mapping[str, JustHTML]) -> None:
    for page, layout in pages.PAGES.items():
        wanted = sum(isinstance(block, ColumnsBlock) for block in layout.blocks)
        shown = read[f"{STORIES[page]}.html"]
        assert len(shown.query(".columns")) >= wanted, page
        assert all(column.query("h2, h3, .tiles") for column in shown.query(".columns > div")), page


def test_as_text_it_reads_in_order(read: Mapping[str, JustHTML]) -> None:
    """What a text browser shows: the answer, then section after section, each chart as title, sources and words."""
    text = _plain(read["course.html"].to_text())
    layout = pages.PAGES["course"]
    at = 0
    for block in layout.open_blocks:
        wanted: list[str] = []
        if isinstance(block, SectionBlock):
            wanted = [next(h for name, h, _ in sections_of("course") if name == block.name)]
            wanted.append(_unmarked(section("course", block.name).body.split("\n\n")[0].replace("**", "")))
        elif isinstance(block, ChartBlock):
            figure = block.definition.figure()
            wanted = [figure.title, figure.table.columns[0], figure.alt, figure.how_to_read, *figure.caveats]
        for words in wanted:
            found = text.find(_plain(words), at)
            assert found >= at, words
            at = found + len(_plain(words))
    assert text.rfind(_plain("Sources of this page")) > at


# ---------------------------------------------------------------- what is wrong is said


# Put in all at once, but for what ends the reading of a page as HTML: that stands on pages of its own.
FIRST, SECOND, *_ = pages.PAGES["numbers"].sections
CHART = pages.PAGES["numbers"].charts[0].id
BROKEN = (
    ("index.html", 'href="course.html"', 'href="curse.html"', "curse.html leads nowhere"),
    ("numbers.html", f'href="#{FIRST}"', 'href="#too-many"', "#too-many leads nowhere"),
    ("numbers.html", f'id="{FIRST}"', f'id="{SECOND}"', f"the id {SECOND} stands twice"),
    ("numbers.html", f'aria-labelledby="{CHART}-chart-title"', 'aria-labelledby="gone"', "nothing has the id gone"),
    ("numbers.html", f'href="charts/{CHART}.csv"', 'href="charts/gone.csv"', "charts/gone.csv leads nowhere"),
    ("index.html", 'href="https://', 'href="javascript:', "leads nowhere"),
    ("mechanism.html", "</figcaption>", "</caption>", "invalid HTML"),
    ("course.html", "</main>", "", "invalid HTML"),
)


def test_each_fault_is_found_and_its_page_named(files: Mapping[str, bytes]) -> None:
    broken = dict(files)
    for path, old, new, _ in BROKEN:
        page = broken[path].decode()
        assert old in page
        broken[path] = page.replace(old, new, 1).encode()
    faults = linkcheck.faults(broken)
    assert [said for path, *_, said in BROKEN if not any(f.startswith(path) and said in f for f in faults)] == []
    assert any("javascript:" in fault for fault in faults)
    assert all(fault.split(":")[0].endswith(".html") for fault in faults)


def test_a_faulty_edition_is_not_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "build", lambda *_: {"index.html": b'<!DOCTYPE html><a href="gone.html">x</a>'})
    assert build.main(["--folder", str(tmp_path / "site")]) == 1
    assert "gone.html leads nowhere" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


def test_nothing_is_made_from_a_damaged_table(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (package / "claims.csv").open("a", encoding="utf-8") as table:
        table.write("broken\n")
    assert build.main(["--folder", str(tmp_path / "site")]) == 1
    assert "claims.csv, row" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


def test_nothing_is_made_where_a_chart_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_card", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError) as caught:
        build.build(ADDRESS, APP)
    # Once, and by the chart: not by the columns that it stands in.
    (note,) = caught.value.__notes__
    assert note.startswith("Nothing is written: this part of the page overview cannot be made: ChartBlock(")


def test_a_folder_of_something_else_is_left_alone_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("made for nothing"))
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    assert build.main(["--folder", str(tmp_path)]) == 1
    assert "left as it is" in capsys.readouterr().out
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def test_no_mark_is_left_unfilled(read: Mapping[str, JustHTML]) -> None:
    for path, page in read.items():
        assert not re.search(r"\{[a-z0-9-]+(:[a-z]+)?\}|\[@|\[\[|\\[^\w\s]", _text(page, "body")), path


def test_pages_on_length_of_life_say_nothing_of_it_in_previews(read: Mapping[str, JustHTML]) -> None:
    on_request = [
        definition for layout in pages.PAGES.values() for definition in layout.charts_on_request if definition.options
    ]
    assert len(on_request) > 5
    for definition in on_request:
        page = read[f"chart-{definition.id}.html"]
        metadata = [(n.attrs or {}).get("content") or "" for n in page.query("meta")]
        said = " ".join([*metadata, _text(page, "title"), _text(page, "h1"), _text(page, "script")])
        assert "noindex" in metadata
        for figure in map(definition.figure, definition.option_keys):
            assert figure.title not in said
            assert figure.alt not in said
