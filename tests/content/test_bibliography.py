"""References as files: what we write, independent programs read with title, year and DOI intact."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st

from sidebyside.content import bibliography
from sidebyside.data import sources
from sidebyside.data.sources import Source

ODD = Source(
    source_id="odd-2020",
    authors="Müller-Lüdenscheidt and D'Errico",
    year="2020",
    title="50% of naïve people — “a {study}” of β & λ_1 #2, for US$5 ~ ^ \\",
    container="Ångström & Sons: A/B",
    doi="10.1000/a_b(1)<2>",
    pmid="12345",
    url="https://example.org/a_b?c=1&d=%20",
    kind="cohort",
    licence="",
)
SAMPLE = [ODD, *list(sources.sources().values())[::7]]
EMPTY = replace(ODD, authors="", year="", title="", container="", doi="", pmid="", url="", kind="statement")


def _fields(text: str) -> dict[str, str]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"ID": entry.key, **{field.key: str(field.value) for field in entry.fields}}


def _bare(text: str) -> str:
    """A text without the signs that stand for a group or a formula in BibTeX."""
    return re.sub(r"\s+", " ", bibliography._safe(text)).strip()


def test_bibtex_is_read_by_another_program_as_we_mean_it() -> None:
    for source in SAMPLE:
        read = _fields(bibliography.bibtex([source]))
        assert read["ID"] == source.source_id
        assert read.get("title", "").strip("{}") == _bare(source.title)
        assert [read.get(key, "") for key in ("year", "doi", "url")] == [source.year, source.doi, source.url]


def test_all_sources_together_are_one_readable_file_of_each_format() -> None:
    known = list(sources.sources().values())
    library = parse_string(bibliography.bibtex(known))
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == {source.source_id for source in known}
    assert len(rispy.loads(bibliography.ris(known))) == len(known)
    assert [row["id"] for row in json.loads(bibliography.csl(known))] == [source.source_id for source in known]


def test_csl_json_is_read_by_a_citation_program() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc.source.json import CiteProcJSON

        known = CiteProcJSON(json.loads(bibliography.csl(SAMPLE)))
    for source in SAMPLE:
        read = known[source.source_id]
        assert str(read.get("title", "")) == source.title
        assert str(read["issued"].year if "issued" in read else "") == source.year
        assert str(read.get("DOI", "")) == source.doi


def test_ris_keeps_title_year_and_doi() -> None:
    for source in SAMPLE:
        (read,) = rispy.loads(bibliography.ris([source]))
        assert read["id"] == source.source_id
        assert [read.get(key, "") for key in ("title", "year", "doi")] == [source.title, source.year, source.doi]


@pytest.mark.parametrize("write", [form.write for form in bibliography.FORMATS])
def test_what_is_unknown_is_left_out(write: object) -> None:
    assert callable(write)
    text = write([EMPTY])
    assert EMPTY.source_id in text
    assert "not known" not in text
    assert "None" not in text


@given(title=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_title_comes_back_from_bibtex_and_csl(title: str) -> None:
    source = replace(ODD, title=title)
    assert json.loads(bibliography.csl([source]))[0].get("title", "") == title
    text = bibliography.bibtex([source])
    library = parse_string(text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [ODD.source_id]
    assert library.entries[0]["doi"].replace("\\", "") == ODD.doi


def test_names_are_split_only_where_they_are_surely_people() -> None:
    whole = "US Food and Drug Administration"
    assert '"literal": "US Food and Drug Administration"' in bibliography.csl([replace(ODD, authors=whole)])
    assert "author = " in bibliography.bibtex([replace(ODD, authors=whole)])
    two = json.loads(bibliography.csl([replace(ODD, authors="Smith and McDonald")]))[0]["author"]
    assert [name["literal"] for name in two] == ["Smith", "McDonald"]
    more = bibliography.bibtex([replace(ODD, authors="Walton et al.")])
    assert "{Walton} and others" in more
