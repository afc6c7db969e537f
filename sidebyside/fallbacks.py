"""The only words of pages that stand in code: what is said where ``interface.csv`` itself can't be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# By the key of their row, which is what readers see as long as it can be read. At most ten: every other row that is
# lost is told by its key.
FALLBACKS: Final[Mapping[str, str]] = {
    "table-damaged": "We cannot show {=what}, because a table of ours is damaged:",
    "fault-of-ours": (
        "We cannot show {=what} just now. The fault is on our side, and our log has noted it. "
        "Nothing is wrong with your device, and the rest of this page stands."
    ),
    "care-at-least": "If you think of ending your life, call the emergency number of your country now.",
}
