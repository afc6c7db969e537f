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
    "no-advice": (
        "This site explains two diseases with published evidence. It is not medical advice and it cannot diagnose: "
        "if you are worried, please ask a doctor or a nurse."
    ),
    "site": "MS and ALS, side by side",
    "site-in-short": "Two diseases of the nerves compared, with a source for every figure.",
    "made-from": "{=site}, version {=version}, data of {=edited}",
    "licence": "Text and tables: CC BY 4.0. Code: MIT. Each source keeps its own terms.",
    "no-such-page": "There is no such page",
    "pages-of-site": "These are the pages of {=site}:",
}
