"""The cells of a CSV file: what a spreadsheet makes of words, and how words and numbers are written for it."""

from __future__ import annotations

import math
import re
from numbers import Real

# Full-width signs too: some spreadsheets take them for the same.
_FORMULA = r"[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_HALF_DATE = (
    r"\d{1,2}[-/]\d{1,4}|\d{4}[-/](?:0?[1-9]|1[0-2])|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d+:\d+(?::\d+)?|"
    rf"\d{{1,2}}[-/ ]{_MONTH}|{_MONTH}[-/ ]\d{{1,4}}"
)
_MISREAD = re.compile(rf"{_FORMULA}|\s*(?:{_HALF_DATE})\s*$", re.IGNORECASE)

# A number as `formatting.number` writes it.
_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# The place within a page that an address names; the page is found without it.
_FRAGMENT = re.compile(r"(https?://[^\s#]*)#[^\s,;)]*")
_BEFORE_FORMULA = re.compile(r",(?=[=+\-@])")


def misread(words: str) -> bool:
    """Whether a spreadsheet would take words for a formula, or for a date or time that they do not say.

    ``10-14`` becomes a day of October, ``2:1`` a time. A whole date (``2026-11-30``, ``31 Dec 2008``) may become one.
    Source: the signs that OWASP names under "CSV Injection"; the dates as LibreOffice and Excel read them in English.
    """
    return _MISREAD.match(words) is not None


def written(cell: object) -> str:
    """A cell as it is written: a number plain (``-0.5``, ``1234``), or empty where it is not known.

    So are words that are nothing but a number. Words that would be `misread` begin with an apostrophe, the sign for
    text in spreadsheets. No cell holds ``#``: ``pandas`` would take the rest of the line for a comment.
    """
    if isinstance(cell, Real):
        return f"{float(cell):.12g}" if math.isfinite(cell) else ""
    words = "" if cell is None else _FRAGMENT.sub(r"\1", str(cell)).replace("#", "no. ")
    if _NUMBER.fullmatch(words):
        return words.replace(",", "").replace("\N{MINUS SIGN}", "-")
    return f"'{words}" if misread(words) else words


def lead(line: str) -> str:
    """A line that leads a table; a spreadsheet parts it at commas, and no part is a formula or opens a quotation."""
    return _BEFORE_FORMULA.sub(", ", " ".join(line.split()).replace('"', "'"))
