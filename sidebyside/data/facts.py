"""Figures and their values as objects, each with its source: rows of ``facts`` and of ``symptoms``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidebyside.data import contract, package
from sidebyside.data.cache import cached
from sidebyside.data.reading import records
from sidebyside.data.rules import SHARE_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping


def figure_row(figure_id: str) -> Mapping[str, Any] | None:
    """The row behind a figure mark: of ``facts``, or else of ``symptoms`` in the same columns.

    Raises:
        DataError: the table that has to be asked breaks the contract.
    """
    found = fact_rows().get(figure_id)
    return found if found is not None else _symptoms_by_id().get(figure_id)


@cached("facts")
def fact_rows() -> Mapping[str, Mapping[str, Any]]:
    """The rows of ``facts`` by their id.

    Raises:
        DataError: ``facts.csv``, or a table it refers to, breaks its contract.
    """
    return {row["fact_id"]: row for row in records(package.sound("facts"))}


@cached("symptoms")
def _symptoms_by_id() -> Mapping[str, Mapping[str, Any]]:
    columns = {"symptom_id": "fact_id", "symptom": "measure", "stage": "group", "percent": "value"}
    frame = (
        package.sound("symptoms")
        .rename(columns=columns)
        .assign(unit=SHARE_UNIT, topic="symptoms", choice="", counted_from="", counted_to="")
    )
    wanted = [field["name"] for field in contract.fields("facts")]
    return {row["fact_id"]: row for row in records(frame[wanted])}
