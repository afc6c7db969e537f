"""Lists of what does not hold a rule yet, one entry a line: they may only shrink, so an entry too many is a fault."""

from __future__ import annotations

import functools
import pkgutil
from typing import TYPE_CHECKING

from sidebyside.data.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COMMENT = "#"


@functools.cache
def entries(name: str) -> Mapping[str, int]:
    """The entries of a list beside this module, each with its line; a line that begins with # is none."""
    text = (pkgutil.get_data(__package__ or "", name) or b"").decode()
    lines = ((line.strip(), number) for number, line in enumerate(text.splitlines(), 1))
    return {line: number for line, number in lines if line and not line.startswith(COMMENT)}


def stale(name: str, needed: Callable[[str], bool]) -> Iterator[Fault]:
    """Each entry of a list that nothing needs any more."""
    for entry, line in entries(name).items():
        if not needed(entry):
            yield Fault(name, line, "", "this holds now: take it off the list", entry)
