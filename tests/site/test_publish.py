"""A folder that is written again and again: it may lose nothing but what was written into it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidebyside.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST: Mapping[str, bytes] = {"index.html": b"first", "charts/a.csv": b"a", "charts/b.csv": b"b"}
SECOND: Mapping[str, bytes] = {"index.html": b"second", "share/c.png": b"c"}


def _held(folder: Path) -> dict[str, str]:
    """Everything below a folder: the words of files, where links lead, and folders."""
    found = {}
    for path in folder.rglob("*"):
        said = f"-> {path.readlink()}" if path.is_symlink() else "/" if path.is_dir() else path.read_text()
        found[path.relative_to(folder).as_posix()] = said
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_is_written_anew_into_an_empty_folder_and_over_what_it_wrote(tmp_path: Path) -> None:
    folder = tmp_path / "up" / "site"
    folder.mkdir(parents=True)
    for files in (FIRST, SECOND, SECOND):
        publish.write(folder, files)
        written = _files(folder)
        listed = written.pop(publish.LIST)
        assert written == files
        assert [p.name for p in folder.parent.iterdir()] == ["site"], "something is left beside it"
    assert not (folder / "charts").exists()
    publish.write(tmp_path / "other", SECOND)
    assert (tmp_path / "other" / publish.LIST).read_bytes() == listed


def _put(path: Path, words: str = "mine") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def _replaced(site: Path, by: Path) -> None:
    shutil.rmtree(site)
    _put(by)


def _linked(site: Path) -> None:
    """A page that is a link to elsewhere."""
    (site / "charts" / "a.csv").unlink()
    (site / "charts" / "a.csv").symlink_to(site.parent / "precious.txt")


def _bent(site: Path) -> None:
    """A folder of pages that is a link to elsewhere."""
    shutil.move(site / "charts", site.parent / "elsewhere")
    (site / "charts").symlink_to(site.parent / "elsewhere")


# What someone else put where an edition lies, or where none ever lay.
OTHERS: Mapping[str, Callable[[Path], None]] = {
    "a file": lambda site: _put(site / "CNAME"),
    "a hidden file": lambda site: _put(site / ".git" / "HEAD"),
    "a file in a folder of ours": lambda site: _put(site / "charts" / "mine.csv"),
    "an empty folder": lambda site: (site / "drafts").mkdir(),
    "a page of ours, changed": lambda site: _put(site / "index.html"),
    "a link to a file": lambda site: (site / "more.html").symlink_to(site / "index.html"),
    "a link for a page": _linked,
    "a link for a folder": _bent,
    "no list": lambda site: (site / publish.LIST).unlink(),
    "an empty list": lambda site: _put(site / publish.LIST, ""),
    "a list of another": lambda site: _put(site / publish.LIST, "0  index.html\n"),
    "someone's own pages": lambda site: _replaced(site, site / "index.html"),
    "a file for a folder": lambda site: _replaced(site, site),
}


@pytest.mark.parametrize("put", OTHERS.values(), ids=OTHERS)
def test_what_someone_else_put_there_is_left_as_it_is(put: Callable[[Path], None], tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "precious.txt").write_text("precious", encoding="utf-8")
    publish.write(site, FIRST)
    put(site)
    before = _held(tmp_path)
    with pytest.raises(publish.RefusedError, match="left as it is"):
        publish.write(site, SECOND)
    assert _held(tmp_path) == before


def test_a_list_that_names_what_is_outside_reaches_nothing_there(tmp_path: Path) -> None:
    site, precious = tmp_path / "site", tmp_path / "precious.txt"
    precious.write_text("precious", encoding="utf-8")
    publish.write(site, FIRST)
    with (site / publish.LIST).open("a", encoding="utf-8") as listed:
        listed.write(f"0  ../precious.txt\n0  {precious}\n")
    publish.write(site, SECOND)
    assert precious.read_text(encoding="utf-8") == "precious"
    assert (site / "index.html").read_bytes() == b"second"


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, OSError("no room")], ids=["by hand", "full"])
@pytest.mark.parametrize("at", ["write_bytes", "rename"])
def test_one_that_is_stopped_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, stopped: BaseException
) -> None:
    site = tmp_path / "site"
    publish.write(site, FIRST)
    before = _held(tmp_path)
    real = getattr(Path, at)
    calls = 0

    def breaks(path: Path, *said: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise stopped
        return real(path, *said)

    with monkeypatch.context() as patch:
        patch.setattr(Path, at, breaks)
        with pytest.raises((publish.RefusedError, KeyboardInterrupt)):
            publish.write(site, SECOND)
    assert _held(tmp_path) == before
    publish.write(site, SECOND)
    assert (site / "index.html").read_bytes() == b"second"


def test_the_usual_program_reads_the_list(tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum found")
    publish.write(tmp_path / "site", FIRST)
    check = [program, "--check", "--strict", publish.LIST]
    assert subprocess.run(check, cwd=tmp_path / "site", check=False, capture_output=True).returncode == 0
