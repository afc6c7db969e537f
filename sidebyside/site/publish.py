"""A folder of written files: it holds what was written here and nothing else, or it is left as it is.

Which files are its own says `LIST`, a file in the folder itself. New files are written beside the folder, whole, and
then take its place: whoever stops the writing finds the old ones untouched.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# In the form of `sha256sum`, whose option ``-c`` holds the folder against it.
LIST: Final = "SHA256SUMS"
MARK: Final = "# Written by sidebyside.publish, which removes no other files than these."
_NAMED = 5


class RefusedError(Exception):
    """A folder is left as it is; the message says why, and what to do."""

    def __init__(self, folder: Path, why: str) -> None:
        """Refuse this folder."""
        super().__init__(f"{folder} is left as it is. {why}")


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of these files, by their paths in it, and of `LIST`; what was written into it before goes.

    A link that stands for the folder is followed; none inside it is.

    Raises:
        RefusedError: the folder holds anything that was not written here, is no folder, or can't be replaced.
    """
    whole = folder.resolve()
    refuse(folder)
    new = _beside(whole, "new")
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        _fill(new, {LIST: _listed(files), **files})
        _put_in_place(new, whole)
    except OSError as error:
        raise RefusedError(folder, f"It can't be replaced: {error}") from error
    finally:
        _take_away(new, {LIST, *files})


def refuse(folder: Path) -> None:
    """Nothing where `write` may replace this folder: there is none, it is empty, or all in it was written here.

    Raises:
        RefusedError: it may not.
    """
    whole = folder.resolve()
    if whole.exists() and not whole.is_dir():
        raise RefusedError(folder, "It is no folder.")
    others = sorted(path for path, own in _held(whole) if not own)
    if not others:
        return
    named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
    if _own(whole):
        why = f"It holds what was put in or changed after it was written: {named}. "
        raise RefusedError(folder, f"{why}Move that elsewhere, or name another folder.")
    why = f"It is not empty and has no list of its own files ({LIST}): {named}. "
    hint = "If it is an edition of before such lists were kept, delete it yourself; else name another folder."
    raise RefusedError(folder, why + hint)


def _listed(files: Mapping[str, bytes]) -> bytes:
    sums = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    return f"{MARK}\n{''.join(sums)}".encode()


def _own(folder: Path) -> dict[str, str]:
    """What was written into this folder: check sums by path; nothing where its list is missing or another's."""
    kept = folder / LIST
    if kept.is_symlink() or not kept.is_file():
        return {}
    lines = kept.read_text(encoding="utf-8", errors="replace").splitlines()
    if lines[:1] != [MARK]:
        return {}
    return {path: known for known, _, path in (line.partition("  ") for line in lines[1:])}


def _held(folder: Path) -> Iterator[tuple[str, bool]]:
    """What is in this folder by its path, and whether it was written here; links are named and not followed."""
    own = _own(folder)
    above = {parent.as_posix() for path in own for parent in Path(path).parents}
    for root, folders, names in os.walk(folder):
        at = Path(root).relative_to(folder)
        for name in (*folders, *names):
            path, there = (at / name).as_posix(), folder / at / name
            if there.is_symlink():
                yield path, False
            elif there.is_dir():
                yield path, path in above
            elif path == LIST:
                yield path, bool(own)
            else:
                yield path, there.is_file() and own.get(path) == hashlib.sha256(there.read_bytes()).hexdigest()


def _beside(folder: Path, what: str) -> Path:
    # In the same folder, so that it is a rename and no copy; at random, so that two who write at once do not meet.
    return folder.with_name(f".{folder.name}-{what}-{secrets.token_hex(4)}")


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _put_in_place(new: Path, folder: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    own, old = {LIST, *_own(folder)}, _beside(folder, "old")
    folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    _take_away(old, own)


def _take_away(folder: Path, own: set[str]) -> None:
    """Remove these files, and the folders that are empty then. What came in meanwhile stays, and with it the folder."""
    for path in own:
        if not (folder / path).parent.resolve().is_relative_to(folder):
            continue
        with contextlib.suppress(OSError):
            (folder / path).unlink()
    # From below: a folder is empty only after those in it are gone.
    for root, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(root).rmdir()
