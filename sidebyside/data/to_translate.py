"""The words of a table as a file to begin a translation with: ``sidebyside translate de explainers``."""

from __future__ import annotations

import csv
import sys

from sidebyside.data import contract, disk, package, translations
from sidebyside.data.faults import DataError


def main(language: str, name: str) -> int:
    """Write the rows of a table into the folder of a language, to be translated; a file that is there is left alone.

    The exit status is 1 where there is nothing to write, or no place for it; standard error says why.
    """
    try:
        rows = translations.template(name, package.state(name).frame)
    except DataError as error:
        return _refuse(str(error))
    if not rows:
        known = ", ".join(table for table in contract.names() if contract.translated(table))
        return _refuse(f"{name} has no words to translate; these have: {known}")
    if language == disk.ENGLISH or not disk.is_language(language):
        return _refuse(f"{language} is no language to translate into; name it as de, pt-BR or zh-Hant")
    path = disk.folder() / disk.translation(f"{name}.csv", language)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    except FileExistsError:
        return _refuse(f"{path.name} is there already, and is left as it is: {path}")
    print(f"{len(rows)} rows to translate: {path}")
    return 0


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
