"""Ways in: a clone on a machine with other line ends, and the package that pip installs."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from typing import TYPE_CHECKING

import pytest

from benchmarks import bench
from sidebyside.data import disk, package
from sidebyside.layouts import page_list
from tests.conftest import ROOT
from tests.test_docs import _pins

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOOKED_UP = (
    "from sidebyside.data import check, disk, package; print(disk.folder()); "
    'print(len(check.check()), len(package.load("facts")))'
)


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository")
def test_a_clone_holds_the_same_bytes_whatever_git_is_told_about_line_ends(tmp_path: Path) -> None:
    _git("-c", "core.autocrlf=true", "clone", "-q", "--depth=1", ROOT.as_uri(), str(tmp_path / "clone"))
    listed = _git("ls-tree", "-r", "-z", "--name-only", "HEAD").decode().strip("\0").split("\0")
    sent = _git("archive", "--format=zip", f"--output={tmp_path / 'head.zip'}", "HEAD")
    assert sent == b""
    with zipfile.ZipFile(tmp_path / "head.zip") as head:
        assert [name for name in listed if (tmp_path / "clone" / name).read_bytes() != head.read(name)] == []
        assert [name for name in listed if not name.endswith(".png") and b"\r" in head.read(name)] == []


def test_pip_is_told_the_same_as_a_newcomer() -> None:
    assert dict(pin.split("==") for pin in PROJECT["project"]["dependencies"]) == _pins("requirements.txt")
    (builder,) = PROJECT["build-system"]["requires"]
    assert builder.split("==") == ["hatchling", _pins("requirements-dev.txt")["hatchling"]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip would install it, without what it stands on."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, f"--wheel-dir={folder}", str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "lib")
    return folder / "lib"


def test_the_installed_package_brings_its_data(installed: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", LOOKED_UP]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    brought = installed / "sidebyside" / "dashboard" / "data"
    assert done.stdout == f"{brought}\n0 {len(package.load('facts'))}\n", done.stderr
    assert {path.name: path.read_bytes() for path in brought.iterdir()} == {
        path.name: path.read_bytes() for path in disk.DEFAULT_FOLDER.iterdir()
    }


def test_the_installed_package_starts_the_dashboard(installed: Path, tmp_path: Path) -> None:
    port, log = bench.free_port(), tmp_path / "log"
    options = [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    with log.open("wb") as out:
        env = {**os.environ, "PYTHONPATH": str(installed)}
        command = [sys.executable, "-m", "sidebyside", *options]
        started = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=out, stderr=out, start_new_session=True)
    server = bench.Server(started, port, log)
    try:
        bench.await_health(server)
        # Not the mechanism page: the simulation would be compiled anew.
        for name in ("", "evidence"):
            assert bench.visit(server, name).pages
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/course") as page:
            assert page_list.page_title("Course") in page.read().decode()
    finally:
        bench.stop(started)


def test_the_command_checks_and_builds_and_knows_no_other_word(installed: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "sidebyside", *words]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, said = run("check")
    assert code == 0
    assert "all hold" in said
    code, said = run("build", "--address", "not an address", "--folder", str(installed / "sidebyside"))
    assert code == 1
    assert "sidebyside" in said
    assert run("dance")[0] == 2
