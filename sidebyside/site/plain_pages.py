"""Where the static edition lies, and the address of each of its pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sidebyside.layouts.page_list import FIRST

# Where the static edition lies: its public address, or the folder that it was written to and is served from.
EDITION_VARIABLE: Final = "SIDEBYSIDE_EDITION"
EDITION_FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "site"
PLAIN: Final = "plain"


def plain_page(name: str) -> str:
    """The address of a page in the static edition, as a link on that page says it; empty where there is no edition."""
    said = os.environ.get(EDITION_VARIABLE, "")
    file = "index.html" if name == FIRST else f"{name}.html"
    if said.startswith(("https://", "http://")):
        return f"{said.rstrip('/')}/{file}"
    return f"{PLAIN}/{file}" if edition_folder() else ""


def edition_folder() -> Path | None:
    """The folder that holds the static edition, if there is one now: it may be written while the server runs."""
    folder = Path(os.environ.get(EDITION_VARIABLE) or EDITION_FOLDER)
    return folder if (folder / "index.html").is_file() else None
