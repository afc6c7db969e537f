"""Where the data package lies, and what was seen of its files: each is looked at once a page."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTRACT = "datapackage.json"
CHANGES = "CHANGELOG.md"
# The stamp of a file that is not there or cannot be asked.
ABSENT = (0, -1)
# Beside the entry, which lies inside the package where it is installed.
_PACKAGE = Path(__file__).resolve().parent.parent
DEFAULT_FOLDER = (_PACKAGE / "dashboard" if (_PACKAGE / "dashboard").is_dir() else _PACKAGE.parent) / "data"


def folder() -> Path:
    """The folder of the data package: ``data/``, or what ``SIDEBYSIDE_DATA`` names."""
    return Path(os.environ.get("SIDEBYSIDE_DATA") or DEFAULT_FOLDER)


@contextlib.contextmanager
def at_one_moment() -> Iterator[None]:
    """Meanwhile the data folder is looked at once, as this begins: all that a page shows is of one moment.

    Where nothing changed since the look before, versions need not be worked out again.
    """
    if LOOK.get() is not None:
        yield
        return
    before = LOOK.set(_looked())
    try:
        yield
    finally:
        LOOK.reset(before)


class _Look(NamedTuple):
    """What was seen of the data folder: the stamps of its files, and the versions worked out of these."""

    home: str
    stamps: Mapping[str, tuple[int, int]]
    versions: dict[tuple[str, ...], tuple[object, ...]]

    def stamp(self, file: str) -> tuple[int, int]:
        return self.stamps.get(file, ABSENT)


def _looked() -> _Look:
    home = str(folder())
    try:
        with os.scandir(home) as files:
            seen = {file.name: stamp(file.path) for file in files}
    except OSError:
        seen = {}
    # Readers' threads may each put their look here; whichever stays, it is one of the folder as it was.
    for last in (*_LAST,):
        if (last.home, last.stamps) == (home, seen):
            return last
    look = _Look(home, seen, {})
    _LAST.append(look)
    return look


LOOK: ContextVar[_Look | None] = ContextVar("look", default=None)
# The newest look, and what was worked out of it.
_LAST: deque[_Look] = deque(maxlen=1)


def stamp(path: str) -> tuple[int, int]:
    """When a file was written last, and its size; `ABSENT` where it is not there."""
    # Asked for often: os.stat on a plain string costs a tenth of Path.stat.
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return ABSENT
    return (status.st_mtime_ns, status.st_size)
