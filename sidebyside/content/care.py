"""Words of care beside what tells of loss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidebyside.content import help
from sidebyside.content.text import NEEDS, escape, fill, plain
from sidebyside.data import contract, interface, package, translations
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.text import Section

HELP_PAGE = "help"


@cached("care_places", size=16)
def care_places(page: str) -> Mapping[str, str]:
    """The sections and charts of a page, by id, that tell of loss, and what each tells of: a key of ``care_words``.

    Raises:
        DataError: a table breaks its contract.
    """
    return {
        row["section"] or row["chart"]: row["tells"]
        for row in package.numbered_rows("care_places")
        if row["page"] == page
    }


@cached("care_words", "helplines", *NEEDS, size=32)
def care(tells: str, page: str) -> Section:
    """The words of care beside a place of a page that tells of this, with whom to call now.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    lines = " \N{MIDDLE DOT} ".join(
        f"{escape(row.country)} {row.dial}" if row.phone else f"[{escape(row.name)}]({row.url})"
        for row in help.crisis_lines()
    )
    all_help = f"[{interface.words('all-who-help')}]({'' if page == HELP_PAGE else HELP_PAGE}#organisations)"
    words = _care_words(tells, contract.ALWAYS)
    said = fill(" ".join(words))
    languages = {translations.language_of(each) for each in words}
    spoken = {translations.LANG: languages.pop()} if len(languages) == 1 else {}
    return replace(said, body=translations.spoken(f"{said.body} {lines}. {all_help}.", spoken))


def care_on_paper() -> str:
    """The words of care with all crisis lines, as plain text for a printed sheet.

    Raises:
        DataError: a table breaks its contract.
    """
    said = " ".join(plain(text) for text in _care_words("mood", contract.ALWAYS))
    lines = [f"{row.country}: {row.phone or row.url}" for row in help.crisis_lines()]
    return f"{said} {'; '.join(lines)}."


def _care_words(*tells: str) -> list[str]:
    words = {row["tells"]: translations.spoken(row["words"], row) for row in package.numbered_rows("care_words")}
    for key in tells:
        if key not in words:
            package.refuse_absent("care_words", "tells", key)
    return [words[key] for key in tells]
