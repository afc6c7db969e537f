"""The contract of the tables, ``datapackage.json``: their columns and keys, and which refer to which.

`version` tells when a table, or one it refers to, has changed on disk.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from sidebyside.data import disk
from sidebyside.data.disk import CONTRACT, LOOK
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

# What the contract says of a column, or of a reference to another table, stands on one line.
ONE_A_LINE = ("fields", "foreignKeys")
LIST_SEPARATOR = ";"
# The words of care that stand beside every place, and whom a crisis line listens to.
ALWAYS = "always"
ANYONE = "anyone"


def contract() -> Mapping[str, Any]:
    """The data package's descriptor, as a mapping.

    Raises:
        DataError: ``datapackage.json`` is missing or is not a data package.
    """
    look, path = LOOK.get(), disk.folder() / CONTRACT
    return _contract(path, look.stamp(CONTRACT) if look else disk.stamp(str(path)))


@functools.lru_cache(maxsize=8)
def _contract(path: Path, _stamp: tuple[int, int]) -> Mapping[str, Any]:
    try:
        package: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    except FileNotFoundError:
        raise DataError([Fault(CONTRACT, None, "", "the file is missing", "")]) from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError([Fault(CONTRACT, None, "", "is not a data package", str(error))]) from None
    return package


def contract_text(described: Mapping[str, Any]) -> str:
    """A descriptor as ``datapackage.json`` is written: each column of a table on a line, so that a change can be read.

    A list or mapping that holds no further ones stands on a line too; everything else is indented by two.
    """
    return f"{_laid_out(described)}\n"


def format_contract() -> None:
    """Write ``datapackage.json`` anew as `contract_text` lays it out; what it says stays (``make contract``).

    Raises:
        DataError: it is missing or is not a data package.
    """
    (disk.folder() / CONTRACT).write_text(contract_text(contract()), encoding="utf-8", newline="\n")


def _laid_out(value: object, indent: str = "", key: str = "") -> str:
    deeper = f"{indent}  "
    if isinstance(value, dict) and any(isinstance(part, dict | list) for part in value.values()):
        start, end = "{}"
        lines = [f"{json.dumps(name)}: {_laid_out(part, deeper, name)}" for name, part in value.items()]
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        start, end = "[]"
        lines = [json.dumps(p, ensure_ascii=False) if key in ONE_A_LINE else _laid_out(p, deeper) for p in value]
    else:
        return json.dumps(value, ensure_ascii=False)
    return start + ",".join(f"\n{deeper}{line}" for line in lines) + f"\n{indent}{end}"


def names() -> tuple[str, ...]:
    """The names of all tables, in the order of the contract."""
    return tuple(resource["name"] for resource in contract()["resources"])


def resource(name: str) -> Mapping[str, Any]:
    """The contract of one table: title, description, schema.

    Raises:
        DataError: the package has no such table.
    """
    for found in contract()["resources"]:
        if found["name"] == name:
            return dict(found)
    raise DataError([Fault(CONTRACT, None, "", "there is no such table", name)])


def fields(name: str) -> tuple[Mapping[str, Any], ...]:
    """The columns of one table as the contract describes them."""
    return tuple(resource(name)["schema"]["fields"])


def primary_key(name: str) -> tuple[str, ...]:
    """The columns that tell the rows of one table apart."""
    return tuple(resource(name)["schema"]["primaryKey"])


def translated(name: str) -> tuple[str, ...]:
    """The columns of one table whose words a translation may give (`translations`)."""
    return tuple(field["name"] for field in fields(name) if field.get("translated"))


def linked(name: str) -> list[str]:
    """The table itself and every table it refers to, directly or through another."""
    reached = [name]
    for table in reached:
        reached += [link for link in links(table) if link not in reached]
    return reached


def version(*tables: str) -> tuple[object, ...]:
    """A token that changes when any of these tables, or one they refer to, changes on disk."""
    look = LOOK.get()
    if look is None:
        home = str(disk.folder())
        return _version(tables, home, disk.language(), lambda file: disk.stamp(f"{home}/{file}"))
    if tables not in look.versions:
        look.versions[tables] = _version(tables, look.home, look.language, look.stamp)
    return look.versions[tables]


def _version(
    tables: tuple[str, ...], home: str, language: str, stamp: Callable[[str], tuple[int, int]]
) -> tuple[object, ...]:
    contract_stamp = stamp(CONTRACT)
    return (home, contract_stamp, language, *map(stamp, _files(tables, language, home, contract_stamp)))


@functools.lru_cache(maxsize=256)
def _files(names: tuple[str, ...], language: str, _home: str, _contract_stamp: tuple[int, int]) -> tuple[str, ...]:
    files = sorted({f"{link}.csv" for name in names for link in linked(name)})
    return (*files, *(disk.translation(file, language) for file in files if language != disk.ENGLISH))


def links(name: str) -> list[str]:
    """The tables that a table refers to, each once."""
    return list(dict.fromkeys(table for _, table, _ in references(name)))


def references(name: str) -> Iterator[tuple[str, str, str]]:
    """Columns that refer to other tables, as (column, table, key): foreign keys, and lists of ids."""
    for key in resource(name)["schema"].get("foreignKeys", []):
        yield key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0]
    for field in fields(name):
        if "references" in field:
            table, key = field["references"].split(".")
            yield field["name"], table, key
