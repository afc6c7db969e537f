"""What the host reads (checks, updates, forms) is well formed, and what we ask of contributors can be done.

The rules of the forms, of the chooser, of updates and of workflows are those of the host's documentation: "Syntax for
issue forms", "Syntax for GitHub's form schema", "Common validation errors when creating issue forms", "Configuring
issue templates", "Dependabot options reference" and "Workflow syntax".
"""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from sidebyside.charts import theme
from sidebyside.charts.course import severity
from sidebyside.charts.figure import Figure
from sidebyside.charts.mechanism import repair
from sidebyside.charts.plotted import PlottedFact
from sidebyside.charts.shared import shared, standard_values
from sidebyside.data import check, contract, facts, formatting, interface, mark_faults, package, translations
from sidebyside.layouts import page_list, pages
from tests.conftest import ROOT

HOST = ROOT / ".github"
CHECKS = HOST / "workflows" / "checks.yml"
FORMS = sorted(set((HOST / "ISSUE_TEMPLATE").glob("*.yml")) - {HOST / "ISSUE_TEMPLATE" / "config.yml"})
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
DOCUMENTS = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(path for path in HOST.rglob("*") if path.is_file()),
]

# Forms: which keys may stand where; those of an element's attributes by its type, the required ones first.
FORM_KEYS = {"name", "description", "body", "assignees", "labels", "title", "type", "projects"}
ELEMENT_KEYS = {"type", "id", "attributes", "validations"}
ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    "markdown": ({"value"}, set()),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}
SHORTEST_NAME = 4
FORBIDDEN_LABEL = re.compile(r"password|token|secret|credential", re.IGNORECASE)

TELEPHONE = re.compile(
    r"(?<![\w.+-])(?:\+\d{1,3}[ ()/.-]*|\(?0\d{1,4}\)?[ /-]+)\d[\d ()/-]{5,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"
)
PRIVATE = re.compile(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}"
    r"|\b(?:10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2})\b"
    r"|\b[\w-]+\.(?:local|internal|lan|corp)\b|(?<![\w.])/(?:home|Users|root|work|tmp)/\w",
    re.IGNORECASE,
)


def _parsed(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


# ---------------------------------------------------------------- issue forms


def test_the_two_forms_and_the_chooser_are_there() -> None:
    assert [path.name for path in FORMS] == ["barrier.yml", "wrong-figure.yml"]
    chooser = _parsed(HOST / "ISSUE_TEMPLATE" / "config.yml")
    assert set(chooser) <= {"blank_issues_enabled", "contact_links"}
    assert isinstance(chooser["blank_issues_enabled"], bool)
    for link in chooser.get("contact_links", []):
        assert set(link) == {"name", "url", "about"}
        assert link["url"].startswith("https://")


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_a_form_has_what_the_host_needs(path: Path) -> None:
    form = _parsed(path)
    assert {"name", "description", "body"} <= set(form) <= FORM_KEYS
    assert all(_is_text(form[key]) for key in ("name", "description", "title"))
    assert len(form["name"]) >= SHORTEST_NAME
    assert all(_is_text(label) for label in form["labels"])
    fields = [element for element in form["body"] if element["type"] != "markdown"]
    assert fields
    assert len({element["id"] for element in fields}) == len(fields)
    assert len({element["attributes"]["label"] for element in fields}) == len(fields)


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_each_element_of_a_form_has_its_keys_and_no_other(path: Path) -> None:
    for element in _parsed(path)["body"]:
        assert {"type", "attributes"} <= set(element) <= ELEMENT_KEYS
        needed, allowed = ATTRIBUTES[element["type"]]
        attributes = element["attributes"]
        assert needed <= set(attributes) <= needed | allowed
        assert all(_is_text(attributes[key]) for key in set(attributes) & {"label", "value", "description"})
        assert ("id" in element) == (element["type"] != "markdown")
        assert re.fullmatch(r"[\w-]+", element.get("id", "none"))
        assert not FORBIDDEN_LABEL.search(attributes.get("label", ""))
        assert set(element.get("validations", {})) <= {"required"}
        _options_hold(element["type"], attributes.get("options", []))


def _options_hold(kind: str, options: list[Any]) -> None:
    if kind == "checkboxes":
        assert all(set(option) <= {"label", "required"} for option in options)
        options = [option["label"] for option in options]
    assert all(_is_text(option) for option in options)
    assert len(set(options)) == len(options)
    assert "none" not in {option.casefold() for option in options}


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_a_form_asks_for_any_page_by_a_title_that_readers_see(path: Path) -> None:
    """No list of pages stands in the forms: a new page needs no change there."""
    (page,) = (element for element in _parsed(path)["body"] if element.get("id") == "page")
    assert page["type"] == "input"
    assert page["attributes"]["placeholder"] in {layout.title for layout in pages.PAGES.values()}


def test_a_wrong_figure_is_told_with_page_id_words_and_source() -> None:
    fields = {element.get("id"): element for element in _parsed(HOST / "ISSUE_TEMPLATE" / "wrong-figure.yml")["body"]}
    for needed in ("page", "figure", "says", "source"):
        assert fields[needed]["validations"] == {"required": True}
    # The words by which the form tells where an id stands are those of the page.
    shown = set(package.load("interface")["text"])
    assert set(re.findall(r'"([^"]+)"', fields["figure"]["attributes"]["description"])) <= shown


# ---------------------------------------------------------------- checks and updates


def _steps() -> list[dict[str, Any]]:
    return [step for job in _parsed(CHECKS)["jobs"].values() for step in job["steps"]]


def test_the_checks_run_on_push_and_on_every_proposed_change() -> None:
    # YAML 1.1 reads the key "on" as true; the host does not.
    (events,) = (value for key, value in _parsed(CHECKS).items() if str(key) in ("on", "True"))
    assert set(events) == {"push", "pull_request"}


def test_the_checks_are_those_of_ci_run() -> None:
    commands = [step["run"] for step in _steps() if "run" in step]
    assert ".ci/run" in commands
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "make test"
    targets = [command.removeprefix("make ") for command in commands if command.startswith("make ")]
    assert set(targets) <= _targets()


def test_the_checks_may_read_and_nothing_else() -> None:
    workflow = _parsed(CHECKS)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert "secrets." not in CHECKS.read_text(encoding="utf-8")
    checkouts = [step for step in _steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == len(workflow["jobs"])
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_each_job_ends_and_each_step_does_one_thing() -> None:
    for job in _parsed(CHECKS)["jobs"].values():
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])
        assert job["timeout-minutes"] <= 60
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])


def test_every_action_is_pinned_to_a_commit_whose_version_is_named() -> None:
    used = [line for line in CHECKS.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert used
    for line in used:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_the_checks_run_on_our_python_and_keep_what_pip_fetched() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours, *newer = (name.rpartition(" ")[2] for name in project["classifiers"])
    assert project["requires-python"] == f">={ours}"
    for job in _parsed(CHECKS)["jobs"].values():
        options = {key: value for step in job["steps"] for key, value in step.get("with", {}).items()}
        if "container" in job:
            assert re.fullmatch(rf"python:{re.escape(ours)}\.\d+-bookworm", job["container"])
            assert options["path"] == job["env"]["PIP_CACHE_DIR"]
            named = re.findall(r"'([^']+)'", options["key"])
        else:
            assert (options["python-version"], options["cache"]) in ((ours, "pip"), ("${{ matrix.python }}", "pip"))
            assert job.get("strategy", {}).get("matrix", {"python": newer}) == {"python": newer}
            named = options["cache-dependency-path"].split()
        assert all(list(ROOT.glob(name)) for name in named)


def test_updates_come_monthly_and_in_groups() -> None:
    config = _parsed(HOST / "dependabot.yml")
    assert config["version"] == 2
    assert {update["package-ecosystem"] for update in config["updates"]} >= {"pip", "github-actions"}
    for update in config["updates"]:
        assert update["schedule"] == {"interval": "monthly"}
        assert update["directory"] == "/"
        assert all(group["patterns"] for group in update["groups"].values())


def test_what_updates_leave_alone_is_pinned_where_they_leave_it() -> None:
    pins = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    for update in _parsed(HOST / "dependabot.yml")["updates"]:
        for left in update.get("ignore", []):
            (version,) = left["versions"]
            assert f"{left['dependency-name']}=={version.removeprefix('>')}" in pins


# ---------------------------------------------------------------- what the guides name


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _fenced(text: str, language: str) -> list[str]:
    return [
        textwrap.dedent(block)
        for block in re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    ]


def _spans(text: str) -> list[str]:
    """What stands in the text as code, line by line in blocks of commands."""
    without_blocks = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    commands = [line.split("#")[0].strip() for block in _fenced(text, "sh") for line in block.splitlines()]
    return [*re.findall(r"`([^`\n]+)`", without_blocks), *filter(None, commands)]


def _in_guides() -> list[str]:
    return list(dict.fromkeys(span for path in GUIDES for span in _spans(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.name)
def test_each_line_of_a_block_of_commands_begins_with_one_we_know(path: Path) -> None:
    for block in _fenced(path.read_text(encoding="utf-8"), "sh"):
        for line in filter(None, block.splitlines()):
            assert re.match(r"make [a-z][a-z-]*|python3 -m |\.venv/bin/python -m ", line), line


def test_every_command_exists() -> None:
    for span in _in_guides():
        words = span.split()
        if words[0] == "make" and len(words) > 1:
            assert words[1] in _targets(), span
        if "-m" in words:
            assert importlib.util.find_spec(words[words.index("-m") + 1]), span
        if words[0].startswith(".venv/bin/"):
            assert (Path(sys.executable).parent / Path(words[0]).name).exists(), span


ENDINGS = (".py", ".md", ".csv", ".json", ".txt", ".toml", ".yml", ".yaml", ".cff", ".html", ".sh")


def test_every_path_exists() -> None:
    for word in (word for span in _in_guides() for word in span.split()):
        if word.startswith(".venv") or not re.fullmatch(r"[\w./*-]+", word):
            continue
        if "/" in word:
            assert [*ROOT.glob(word), *ROOT.glob(f"sidebyside/{word}")], word
        elif word.endswith(ENDINGS):
            places = [ROOT / word, *(p for top in ROOT.glob("[a-z]*/") for p in top.rglob(word))]
            assert any(place.exists() for place in places), word


@pytest.mark.parametrize("path", [*GUIDES, ROOT / "SECURITY.md"], ids=lambda p: p.name)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("https://", "#")):
            assert (ROOT / target.split("#")[0]).exists(), target


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_picture_is_written_as_we_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (snippet,) = _fenced(CONTRIBUTING, "python")
    exec(compile(snippet, "CONTRIBUTING.md", "exec"), {})
    (picture,) = tmp_path.iterdir()
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_the_columns_values_and_marks_we_name_are_there() -> None:
    used = (
        "facts",
        "sources",
        "explainers",
        "plots",
        "charts",
        "chart_texts",
        "chart_options",
        "interface",
        "other_words",
    )
    fields = [field for name in used for field in contract.fields(name)]
    known = (
        {field["name"] for field in fields} | {made.name for made in dataclasses.fields(Figure)} | set(vars(severity))
    )
    known |= {value for field in fields for value in field.get("constraints", {}).get("enum", [])}
    known |= set(package.load("chart_texts")["part"]) | {"rises", "falls", "mixed", interface.ONE, interface.MANY}
    known |= {translations.HASH, translations.LANG, page_list.ANSWER}
    named = set(re.findall(r"`([a-z][a-z_]*)`", CONTRIBUTING))
    assert "fact_id" in named
    assert named <= known
    rows = [PlottedFact("", fact) for fact in list(facts.facts().values())[:2]]
    for mark in re.findall(r"`(\{[^`]+\}|\[@[^`]+\]|\[\[[^`]+\]\])`", CONTRIBUTING):
        assert mark_faults.unknown_marks(mark, {"name", *standard_values(rows)}) == []


def test_the_examples_are_real() -> None:
    charts = set(package.load("plots")["chart"])
    assert "cut-axons" in charts
    assert repair.CUT_AXONS in pages.PAGES["fibre"].charts
    assert "ms-bc-incidence" in facts.facts()
    assert "EDITED = " in (ROOT / "sidebyside" / "__init__.py").read_text(encoding="utf-8")


# ---------------------------------------------------------------- what no file may name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_no_telephone_and_no_private_address_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert TELEPHONE.findall(text) == []
    assert PRIVATE.findall(text) == []


@pytest.mark.parametrize("text", ["+44 20 7946 0000", "020 7946 0000", "(030) 1234567", "555-123-4567", "+4930123456"])
def test_a_telephone_number_is_known_as_one(text: str) -> None:
    assert TELEPHONE.search(f"Call {text}.")


@pytest.mark.parametrize("text", ["someone@example.org", "192.168.1.20", "10.0.0.1", "wiki.internal", "/home/someone"])
def test_a_private_address_is_known_as_one(text: str) -> None:
    assert PRIVATE.search(f"See {text}.")


def test_security_is_reported_in_private_and_promises_no_day() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in text
    assert not re.search(r"\bwithin \w+ (hours?|days?|weeks?)\b", text)


# A column by which the table of an example is known.
TABLES_OF = {
    "key": "interface",
    "measure": "facts",
    "body": "explainers",
    "panel": "plots",
    "scale": "charts",
    "part": "chart_texts",
}


def _add_example(folder: Path, *names: str) -> None:
    """Add the rows that the guide shows for some tables to a copy of these."""
    for block in _fenced(CONTRIBUTING, "csv"):
        head, *rows = textwrap.dedent(block).strip().splitlines()
        name = next(table for column, table in TABLES_OF.items() if column in head.split(","))
        path = folder / f"{name}.csv"
        assert path.read_text(encoding="utf-8").splitlines()[0] == head
        if name in names:
            path.write_text(path.read_text(encoding="utf-8") + "\n".join([*rows, ""]), encoding="utf-8")


def test_the_figure_that_we_show_how_to_add_can_be_added(package: Path) -> None:
    _add_example(package, "facts")
    assert check.check() == ()
    assert "als-example-sex-ratio" in facts.facts()


# What the new page must do, said by a program of its own: the package is another one there.
NEW_PAGE = """
from streamlit.testing.v1 import AppTest
from sidebyside.site import build, check, linkcheck
assert check.faults() == (), check.faults()
app = AppTest.from_file("app.py", default_timeout=60).run().switch_page("pages/evidence/example.py").run()
assert not app.exception, app.exception
assert [title.value for title in app.title] == ["An example of a page"]
assert "The first words" in [element.value for element in (*app.header, *app.subheader)]
files = build.build("https://plain.example.org", "https://example.org")
assert b"An example of a page" in files["example.html"]
assert not linkcheck.faults(files)
"""


@pytest.mark.slow
def test_the_page_that_we_show_how_to_add_can_be_added(tmp_path: Path) -> None:
    """Three files and its words, in a copy of the program; nothing else is touched."""
    for name in ("pages", "sidebyside", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path / name)
    (row,) = _fenced(CONTRIBUTING, "text")
    layout, script = map(textwrap.dedent, _fenced(CONTRIBUTING, "py"))
    listed = tmp_path / "sidebyside" / "layouts" / "page_list.py"
    words = listed.read_text(encoding="utf-8")
    last = next(line for line in words.splitlines() if line.strip() == '"about",')
    listed.write_text(words.replace(last, f"{last}\n        {row.strip()}"), encoding="utf-8")
    (tmp_path / "sidebyside" / "layouts" / "example.py").write_text(layout, encoding="utf-8")
    (tmp_path / "pages" / "evidence" / "example.py").write_text(script, encoding="utf-8")
    _add_example(tmp_path / "data", "explainers", "interface")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", NEW_PAGE], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_chart_that_we_show_how_to_add_can_be_added(package: Path) -> None:
    """Its rows are those of the guide, added to a copy of the tables; nothing else is touched."""
    _add_example(package, "plots", "charts", "chart_texts")
    figure = shared("living-with-it").figure()
    ms, als = (facts.facts()[name].value for name in ("ms-global-prevalence-2020", "als-meta-prevalence"))
    assert (
        figure.title == f"Of 100,000 people, {formatting.number(ms)} live with MS and {formatting.number(als)} with ALS"
    )
    assert next(iter(figure.table)) == "Who"
    assert figure.svg(theme.paper()).startswith("<svg")
    assert not [fault for fault in check.check() if "living-with-it" in str(fault)]
