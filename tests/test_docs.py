"""The documents say what is there."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import sidebyside
from sidebyside.data import check, contract, package, sources
from tests.conftest import ROOT

if TYPE_CHECKING:
    import pytest

README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA_CHANGELOG = (ROOT / "data" / "CHANGELOG.md").read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith(("#", "-"))]
    return dict(line.split("==") for line in named)


def test_every_table_page_module_and_dependency_is_named() -> None:
    pages = [f"`{path.name}`" for path in (ROOT / "pages").glob("*.py")]
    modules = [f"`sidebyside/{path.name}`" for path in (ROOT / "sidebyside").glob("[a-z]*.py")]
    named = [*(f"| `{name}` |" for name in contract.names()), *pages, *modules]
    assert [words for words in named if words not in README] == []
    libraries = {**_pins("requirements.txt"), **_pins("requirements-dev.txt")}
    found = [name for name in libraries if re.search(rf"^\| .*\b{re.escape(name)}\b.* \|", README, re.MULTILINE)]
    assert sorted(set(libraries) - set(found)) == [], "no dependency without a reason"


def test_every_pin_is_exact_and_agrees_with_the_constraints() -> None:
    constraints = _pins("constraints.txt")
    for name, version in {**_pins("requirements.txt"), **_pins("requirements-dev.txt")}.items():
        assert constraints[name] == version
        assert re.fullmatch(r"[\d.]+[a-z0-9.]*", version)


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = sidebyside.__version__
    assert project["version"] == package["version"] == version
    assert f"version: {version}\n" in citation
    assert f"## [{version}] - " in changes


def test_the_footers_date_is_that_of_the_newest_change() -> None:
    newest = re.findall(r"^## (\d{4}-\d{2}-\d{2})", DATA_CHANGELOG, re.MULTILINE)[0]
    assert newest == sidebyside.EDITED
    assert max(package.load("facts")["reviewed"]) <= newest


def test_the_changelog_has_the_form_it_names() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", changes, re.MULTILINE)[0] == "[Unreleased]"
    for head in re.findall(r"^## (?!\[Unreleased\])(.*)$", changes, re.MULTILINE):
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", head)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.*)$", changes, re.MULTILINE)) <= kinds


def test_the_check_counts_figures_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(lambda: ()) == 0
    said = capsys.readouterr().out
    assert f"{len(package.load('facts')):,} figures from {len(sources.sources()):,} sources" in said
    assert f"{(package.load('facts')['reviewed'] != '').sum():,} of them read twice" in said


def test_the_licences_are_both_there() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in text
    assert "CC BY 4.0" in text


def test_the_picture_is_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 1000
