"""Where the data package lies, and what was seen of its files: each is looked at once a page."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import re
from collections import deque
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOG = logging.getLogger(__name__)
CONTRACT = "datapackage.json"
CHANGES = "CHANGELOG.md"
# The folder of translations, one of a language each; the language of the tables; who asks for another one.
TRANSLATIONS = "i18n"
ENGLISH = "en"
LANGUAGE_VARIABLE = "SIDEBYSIDE_LANG"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# The stamp of a file that is not there or cannot be asked.
ABSENT = (0, -1)
# Beside the entry, which lies inside the package where it is installed.
_PACKAGE = Path(__file__).resolve().parent.parent
DEFAULT_FOLDER = (_PACKAGE / "dashboard" if (_PACKAGE / "dashboard").is_dir() else _PACKAGE.parent) / "data"


def folder() -> Path:
    """The folder of the data package: ``data/``, or what ``SIDEBYSIDE_DATA`` names."""
    return Path(os.environ.get("SIDEBYSIDE_DATA") or DEFAULT_FOLDER)


def language() -> str:
    """The language that a host asks for (`LANGUAGE_VARIABLE`), where there is a folder of it; else English."""
    asked = os.environ.get(LANGUAGE_VARIABLE) or ENGLISH
    if asked == ENGLISH or (is_language(asked) and (folder() / TRANSLATIONS / asked).is_dir()):
        return asked
    _say_unknown(asked)
    return ENGLISH


def is_language(name: str) -> bool:
    """Whether this can be the name of a language, as pages call it (``de``, ``pt-BR``); so no path gets through."""
    return bool(_LANGUAGE.fullmatch(name))


@functools.cache
def _say_unknown(asked: str) -> None:
    LOG.warning("%s asks for a language of which there is no folder; English is shown: %r", LANGUAGE_VARIABLE, asked)


def languages() -> list[str]:
    """The languages of which there is a folder of translations."""
    folders = (folder() / TRANSLATIONS).glob("*/")
    return sorted(each.name for each in folders if each.is_dir())


def translation(file: str, language: str) -> str:
    """Where the words of a table's file stand in another language, below the folder of the package."""
    return f"{TRANSLATIONS}/{language}/{file}"


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
    language: str
    stamps: Mapping[str, tuple[int, int]]
    versions: dict[tuple[str, ...], tuple[object, ...]]

    def stamp(self, file: str) -> tuple[int, int]:
        return self.stamps.get(file, ABSENT)


def _looked() -> _Look:
    home, spoken = str(folder()), language()
    seen = _stamps(home, "")
    if spoken != ENGLISH:
        seen |= _stamps(home, translation("", spoken))
    # Readers' threads may each put their look here; whichever stays, it is one of the folder as it was.
    for last in (*_LAST,):
        if (last.home, last.language, last.stamps) == (home, spoken, seen):
            return last
    look = _Look(home, spoken, seen, {})
    _LAST.append(look)
    return look


def _stamps(home: str, below: str) -> dict[str, tuple[int, int]]:
    try:
        with os.scandir(f"{home}/{below}") as files:
            return {f"{below}{file.name}": stamp(file.path) for file in files}
    except OSError:
        return {}


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
