"""The data package to take away: one ZIP file, and the list of changes."""

from __future__ import annotations

import functools
import io
import threading
import zipfile

from sidebyside.data import check, contract, disk, reading
from sidebyside.data.disk import CHANGES, CONTRACT
from sidebyside.data.faults import DataError
from sidebyside.data.package import state


def changes() -> str:
    """The list of changes that stands beside the tables, as Markdown, newest first.

    Raises:
        DataError: it is missing or cannot be read.
    """
    text, faults = reading.text(disk.folder() / CHANGES)
    if faults:
        raise DataError(faults)
    return text


def archive() -> bytes:
    """The whole data package as a ZIP file: contract, tables, list of changes. Same files, same bytes.

    It is held and packed once for each state of the files; after that it is there at once.

    Raises:
        DataError: a table breaks its contract; a damaged package is not given away.
    """
    with _PACKING:
        while True:
            state = _state_of_all()
            made = _archive(state)
            # What changed while it was read is held and packed anew.
            if _state_of_all() == state:
                return made


def _state_of_all() -> tuple[object, ...]:
    return (*contract.version(*contract.names()), disk.stamp(f"{disk.folder()}/{CHANGES}"))


@functools.lru_cache(maxsize=1)
def _archive(_state_of_all: object) -> bytes:
    # By the rules that every page rests on.
    if faults := [fault for name in contract.names() for fault in state(name).faults or tuple(check.said_faults(name))]:
        raise DataError(faults)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in (CONTRACT, *(f"{table}.csv" for table in contract.names()), CHANGES):
            # A fixed date: the same package gives the same bytes on every machine.
            package.writestr(zipfile.ZipInfo(name), (disk.folder() / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


_PACKING = threading.Lock()
