"""A table as the text of a CSV file, as everything that a reader takes away is written."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sidebyside.data import spreadsheet

if TYPE_CHECKING:
    from collections.abc import Iterable

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_text(lead: Iterable[str], columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as the text of a CSV file, as everything that a reader takes away is written.

    It opens in a spreadsheet and by ``pandas.read_csv(path, comment="#")`` alike: it begins with the mark by which
    spreadsheets know UTF-8; the lines that lead it begin with ``#``, which stands nowhere else; and its cells are
    what `spreadsheet.written` makes of them.
    """
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    out.write("".join(f"# {spreadsheet.lead(line)}\n" for line in lead))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(spreadsheet.written, row) for row in rows)
    return out.getvalue()
