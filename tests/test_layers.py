"""The layers of the house: who may import whom, who may use Streamlit, who may read files."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.quick

PACKAGE = ROOT / "sidebyside"
MODULES = sorted(PACKAGE.rglob("*.py"))
READERS = {"open", "read_text", "read_bytes", "read_csv", "read_json", "read_excel", "iterdir", "glob", "rglob"}


def _calls(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in functions}


def test_the_contracts_of_the_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


def test_only_data_reads_files() -> None:
    # What publishes a folder must look at what lies in it; it reads nothing that is shown.
    others = [path for path in MODULES if path.parent.name != "data" and path.name != "publish.py"]
    assert [(path.name, reading) for path in others if (reading := _calls(path) & READERS)] == []


def test_nothing_is_rendered_as_html() -> None:
    for path in [*MODULES, ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text, path.name
        assert "st.html" not in text, path.name


def test_pages_hold_no_data_work() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        assert "pandas" not in path.read_text(encoding="utf-8")


def test_the_entry_is_short() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 50
