"""What a spreadsheet makes of the words in a cell of a CSV file."""

from __future__ import annotations

import re

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


def misread(words: str) -> bool:
    """Whether a spreadsheet would take words for a formula, or for a date or time that they do not say.

    ``10-14`` becomes a day of October, ``2:1`` a time. A whole date (``2026-11-30``, ``31 Dec 2008``) may become one.
    Source: the signs that OWASP names under "CSV Injection"; the dates as LibreOffice and Excel read them in English.
    """
    return _MISREAD.match(words) is not None
