"""The data package: CSV files checked against the contract in ``datapackage.json``.

``load("facts")`` gives a DataFrame that holds every rule of the contract, or raises a
`DataError` that names file, row, column, rule and value. ``python -m sidebyside.tables``
checks the whole package.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import itertools
import json
import math
import os
import re
import sys
import threading
import zipfile
from collections import OrderedDict, deque
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, ParamSpec, TypeVar

import pandas as pd

from sidebyside import cells, firstlook, marks

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence

    from frictionless import Error as FrictionlessError

P = ParamSpec("P")
T = TypeVar("T")
CONTRACT = "datapackage.json"
CHANGES = "CHANGELOG.md"
# The stamp of a file that is not there or cannot be asked.
ABSENT = (0, -1)
# What the contract says of a column, or of a reference to another table, stands on one line.
ONE_A_LINE = ("fields", "foreignKeys")
# Inside the package where it is installed, beside it in the repository.
_HERE = Path(__file__).resolve().parent
DEFAULT_FOLDER = (_HERE if (_HERE / "data").is_dir() else _HERE.parent) / "data"
SHARE_UNIT = "%"
AGE_BANDS = 19
SCORE_YEARS = 30
ROUNDING = 0.1
# More than anything here can be: people on Earth, many times over.
ABSURD = 1e12
# Frictionless counts faults up to here: of what comes after, nobody knows.
FAULTS_COUNTED = 1000
UNREADABLE = "cannot be read as a table: perhaps a quotation mark is not closed"
LIST_SEPARATOR = ";"
COUNTED_OF = re.compile(r"(?:per|(?:people |pairs )?of) ([\d,]+)\b")
# The words of care that stand beside every place, and whom a crisis line listens to.
ALWAYS = "always"
ANYONE = "anyone"
TELLS_OF_LOSS = re.compile(
    r"dementia|end of life|ending your life|suicid|low mood|depress|wheelchair|lived longer|lives are somewhat|died of",
    re.IGNORECASE,
)
TIMED = re.compile(r"\b(?:median|mean|typical)(?: [\w-]+)? (?:survival|time)\b|\balive\b|\bsurviving\b")
DAMAGED = "what it leads to is damaged"
# Columns whose marks may name values of whoever shows them say so in the contract: ``"marks": "offered"``.
OFFERED = "offered"
FIGURES = {"facts": "fact_id", "symptoms": "symptom_id"}
TIME_UNITS = ("days", "weeks", "months", "years")
LIVED = re.compile(r"^(?!.*\b(?:gain|lost|less|shorter|difference)\b).*surviv")
DTYPES = {"number": "float64", "integer": "Int64"}
WIDEST = 2**63 - 1
# A quotation mark that is not closed makes one cell of all that follows. Python's own limit is lower than a table here
# is long, and frictionless raises it once it has run: what is said of such a table must not depend on that.
csv.field_size_limit(2**31 - 1)


class Fault(NamedTuple):
    """One broken rule: where it is, which rule, and the value that breaks it.

    ``row`` is the line number an editor shows (1 is the header), or None for a whole file.
    """

    file: str
    row: int | None
    column: str
    rule: str
    value: str

    def __str__(self) -> str:
        """The fault as one line: ``facts.csv, row 7, column value: must be a number ("ten")``."""
        place = [self.file]
        place += [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        shown = f' ("{self.value[:80]}")' if self.value else ""
        return f"{', '.join(place)}: {self.rule}{shown}"


class DataError(Exception):
    """A table breaks its contract; ``faults`` says where and how."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults and say them, one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Lost(NamedTuple):
    """A row that breaks a rule: its line, its cells and those of its neighbours in the file, and what is wrong."""

    line: int
    cells: Mapping[str, str]
    beside: tuple[Mapping[str, str], ...]
    faults: tuple[Fault, ...]


class _Checked(NamedTuple):
    """A table as it was found: the rows that hold with their lines, all faults, and the rows that do not hold.

    ``whole`` are the faults after which no row can be trusted, such as a column that is missing.
    """

    frame: pd.DataFrame
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]
    lost: tuple[Lost, ...] = ()
    whole: tuple[Fault, ...] = ()


def folder() -> Path:
    """The folder of the data package: ``data/``, or what ``SIDEBYSIDE_DATA`` names."""
    return Path(os.environ.get("SIDEBYSIDE_DATA") or DEFAULT_FOLDER)


def contract() -> Mapping[str, Any]:
    """The data package's descriptor, as a mapping.

    Raises:
        DataError: ``datapackage.json`` is missing or is not a data package.
    """
    look, path = _LOOK.get(), folder() / CONTRACT
    return _contract(path, look.stamp(CONTRACT) if look else _stamp(str(path)))


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
    (folder() / CONTRACT).write_text(contract_text(contract()), encoding="utf-8", newline="\n")


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


def load(name: str) -> pd.DataFrame:
    """One table, checked.

    Text columns are ``str`` (missing is ``""``), numbers ``float64`` (missing is NaN), whole
    numbers ``Int64`` (missing is NA), dates ISO text. The frame is shared: do not change it.

    Raises:
        DataError: the table, or one it refers to, breaks the contract.
    """
    checked = _state(name)
    if checked.faults:
        raise DataError(checked.faults)
    return checked.frame


def sound(name: str) -> pd.DataFrame:
    """The rows of a table that hold, as `load` gives them; for whoever needs one row and can do without another.

    ``attrs["lost"]`` of the frame holds the others, where there are any (see `lost`).

    Raises:
        DataError: no row can be trusted: the file is missing or cannot be read, or its columns are others.
    """
    checked = _state(name)
    if checked.whole:
        raise DataError(checked.whole)
    return checked.frame


def lost(name: str) -> tuple[Lost, ...]:
    """The rows of a table that break a rule."""
    return _state(name).lost


def refuse_absent(name: str, column: str, value: str) -> NoReturn:
    """Say why a table has no sound row with this value in this column: what is wrong with it, or that there is none.

    Raises:
        DataError: always.
    """
    rows = lost(name)
    damaged = [fault for row in rows if row.cells.get(column) == value for fault in row.faults]
    # A row that lost its very name may be the one that is asked for.
    damaged = damaged or [fault for row in rows for fault in row.faults if column in fault.column.split(", ")]
    raise DataError(damaged or [Fault(f"{name}.csv", None, column, "there is no such row", value)])


def linked(name: str) -> list[str]:
    """The table itself and every table it refers to, directly or through another."""
    reached = [name]
    for table in reached:
        reached += [link for link in _links(table) if link not in reached]
    return reached


def version(*tables: str) -> tuple[object, ...]:
    """A token that changes when any of these tables, or one they refer to, changes on disk."""
    look = _LOOK.get()
    if look is None:
        home = str(folder())
        return _version(tables, home, lambda file: _stamp(f"{home}/{file}"))
    if tables not in look.versions:
        look.versions[tables] = _version(tables, look.home, look.stamp)
    return look.versions[tables]


def _version(tables: tuple[str, ...], home: str, stamp: Callable[[str], tuple[int, int]]) -> tuple[object, ...]:
    contract_stamp = stamp(CONTRACT)
    return (home, contract_stamp, *map(stamp, _files(tables, home, contract_stamp)))


@contextlib.contextmanager
def at_one_moment() -> Iterator[None]:
    """Meanwhile the data folder is looked at once, as this begins: all that a page shows is of one moment.

    Where nothing changed since the look before, versions need not be worked out again.
    """
    if _LOOK.get() is not None:
        yield
        return
    before = _LOOK.set(_looked())
    try:
        yield
    finally:
        _LOOK.reset(before)


class _Look(NamedTuple):
    """What was seen of the data folder: the stamps of its files, and the versions worked out of these."""

    home: str
    stamps: Mapping[str, tuple[int, int]]
    versions: dict[tuple[str, ...], tuple[object, ...]]

    def stamp(self, file: str) -> tuple[int, int]:
        return self.stamps.get(file, ABSENT)


def _looked() -> _Look:
    home = str(folder())
    try:
        with os.scandir(home) as files:
            seen = {file.name: _stamp(file.path) for file in files}
    except OSError:
        seen = {}
    # Readers' threads may each put their look here; whichever stays, it is one of the folder as it was.
    for last in (*_LAST,):
        if (last.home, last.stamps) == (home, seen):
            return last
    look = _Look(home, seen, {})
    _LAST.append(look)
    return look


_LOOK: ContextVar[_Look | None] = ContextVar("look", default=None)
# The newest look, and what was worked out of it.
_LAST: deque[_Look] = deque(maxlen=1)


class Cached(Generic[P, T]):
    """A function that keeps what it made; see `cached`."""

    def __init__(self, make: Callable[P, T], needs: Callable[..., tuple[str, ...]], size: int) -> None:
        """Keep at most ``size`` results of ``make``, whose tables ``needs`` names from its arguments."""
        functools.update_wrapper(self, make)
        self._make, self._needs, self._size = make, needs, size
        self._lock = threading.Lock()
        self._places: OrderedDict[Hashable, tuple[threading.RLock, list[T]]] = OrderedDict()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """What was made before of these arguments and of the tables as they are now, or is made now."""
        key = (version(*self._needs(*args, **kwargs)), args, *kwargs.items())
        with self._lock:
            alone, held = self._places.setdefault(key, (threading.RLock(), []))
            self._places.move_to_end(key)
            if len(self._places) > self._size:
                self._places.popitem(last=False)
        with alone:
            if not held:
                held.append(self._make(*args, **kwargs))
            return held[0]

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._places.clear()


def cached(
    *names: str, needs: Callable[..., tuple[str, ...]] | None = None, size: int = 4
) -> Callable[[Callable[P, T]], Cached[P, T]]:
    """Keep what a function makes of tables, for all readers, as long as these tables stay as they are on disk.

    ``names`` are the tables it reads (those they refer to count too), or ``needs`` gives them from its arguments, which
    must be hashable. What it gives is shared: do not change it.

    - Size: at most ``size`` results, over all arguments and states of the tables; the one that was not asked for
      longest goes first.
    - Threads: who asks for the same at once waits for one making of it; different things are made side by side. No two
      kept functions may need each other in a circle.
    - Damaged tables: an error is not kept. Who asks next tries again, and meets the fault anew or finds it mended.
    - Data folder: results of different folders (`folder`) are kept apart.

    Streamlit's own cache takes arguments apart each time, a fifth of a visit; here they are hashed.
    """

    def keep(make: Callable[P, T]) -> Cached[P, T]:
        return Cached(make, needs or (lambda *_, **__: names), size)

    return keep


def _of_table(name: str, *_: object) -> tuple[str, ...]:
    return (name,)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as mappings from column name to value."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def line_of(name: str, position: int) -> int:
    """The editor's line number of the row at ``position`` (0 is the first row of data that holds)."""
    return _state(name).lines[position]


def lined(name: str) -> list[dict[str, Any]]:
    """The rows of a table that hold, each with its editor's line number as ``line``; see `sound`.

    Raises:
        DataError: no row can be trusted.
    """
    return records(sound(name).assign(line=_state(name).lines))


def ordered(name: str) -> list[dict[str, Any]]:
    """The rows of `lined` by their position."""
    return sorted(lined(name), key=lambda row: int(row["position"]))


def unknown_marks(text: str, offered: Container[str] = ()) -> list[tuple[str, str]]:
    """Marks of a text that lead nowhere: pairs of the mark and what is wrong with it.

    ``offered`` are the names of the values that whoever shows the text can fill in.

    Raises:
        DataError: one of the tables that marks refer to breaks the contract.
    """
    return [pair for pair in _judged_marks(text, offered) if pair[1]]


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
    return {row["fact_id"]: row for row in records(sound("facts"))}


@cached("symptoms")
def _symptoms_by_id() -> Mapping[str, Mapping[str, Any]]:
    columns = {"symptom_id": "fact_id", "symptom": "measure", "stage": "group", "percent": "value"}
    frame = (
        sound("symptoms")
        .rename(columns=columns)
        .assign(unit=SHARE_UNIT, topic="symptoms", choice="", counted_from="", counted_to="")
    )
    wanted = [field["name"] for field in fields("facts")]
    return {row["fact_id"]: row for row in records(frame[wanted])}


def changes() -> str:
    """The list of changes that stands beside the tables, as Markdown, newest first.

    Raises:
        DataError: it is missing or cannot be read.
    """
    text, faults = _text(folder() / CHANGES)
    if faults:
        raise DataError(faults)
    return text


def archive() -> bytes:
    """The whole data package as a ZIP file: contract, tables, list of changes. Same files, same bytes.

    It is held and packed once for each state of the files; after that it is there at once.

    Raises:
        DataError: a table breaks its contract; a damaged package is not given away.
    """
    with _PACKING:
        while True:
            state = _state_of_all()
            made = _archive(state)
            # What changed while it was read is held and packed anew.
            if _state_of_all() == state:
                return made


def _state_of_all() -> tuple[object, ...]:
    return (*version(*names()), _stamp(f"{folder()}/{CHANGES}"))


@functools.lru_cache(maxsize=1)
def _archive(_state_of_all: object) -> bytes:
    # By the rules that every page rests on.
    if faults := [fault for name in names() for fault in _state(name).faults or tuple(_said_faults(name))]:
        raise DataError(faults)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in (CONTRACT, *(f"{table}.csv" for table in names()), CHANGES):
            # A fixed date: the same package gives the same bytes on every machine.
            package.writestr(zipfile.ZipInfo(name), (folder() / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def check() -> tuple[Fault, ...]:
    """Every fault of the whole package, texts and figures included; frictionless reads every table."""
    found: list[Fault] = []
    for name in names():
        faults = _state(name).faults or _judged(name)
        found += [fault for fault in faults if fault not in found]
    for name in names():
        if not _state(name).whole:
            found += _said_faults(name)
    return tuple(found)


def _said_faults(name: str) -> Iterator[Fault]:
    """What is wrong with the words of a table that holds its contract."""
    yield from _mark_faults(name)
    yield from _stray_faults(name)
    yield from _circle_faults(name)
    yield from _misread_faults(name)


# ---------------------------------------------------------------- reading one table


_PACKING = threading.Lock()


def _stamp(path: str) -> tuple[int, int]:
    # Asked for often: os.stat on a plain string costs a tenth of Path.stat.
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return ABSENT
    return (status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=256)
def _files(names: tuple[str, ...], _home: str, _contract_stamp: tuple[int, int]) -> tuple[str, ...]:
    return tuple(sorted({f"{link}.csv" for name in names for link in linked(name)}))


def _links(name: str) -> list[str]:
    return list(dict.fromkeys(table for _, table, _ in _references(name)))


@cached(needs=_of_table, size=64)
def _state(name: str) -> _Checked:
    home = folder()
    below = {link: _state(link) for link in _links(name)}
    for checked in below.values():
        if checked.whole:
            return _untrusted(checked.whole)
    text, faults = _text(home / f"{name}.csv")
    if faults:
        return _untrusted(faults)
    try:
        found = _grid(text)
    except csv.Error as error:
        return _untrusted((Fault(f"{name}.csv", None, "", UNREADABLE, str(error)),))
    faults = tuple(_header_faults(name, found.header)) or tuple(_contract_faults(name, text, found))
    if _no_row_is_safe(faults, text, found.lines):
        return _untrusted(tuple(dict.fromkeys(faults)), found.lines)
    return _parted(name, found, faults, below)


def _untrusted(faults: tuple[Fault, ...], lines: tuple[int, ...] = ()) -> _Checked:
    return _Checked(pd.DataFrame(), lines, faults, whole=faults)


def _no_row_is_safe(faults: tuple[Fault, ...], text: str, lines: tuple[int, ...]) -> bool:
    """Whether a fault may reach beyond its row: into a column, or down to where a quotation mark is closed."""
    if any(fault.row is None or fault.row == 1 for fault in faults) or len(faults) >= FAULTS_COUNTED:
        return True
    ends = dict(zip(lines, (*lines[1:], text.count("\n") + 1), strict=True))
    return any(fault.rule in firstlook.CELLS_AMISS and ends[fault.row or 1] - (fault.row or 0) > 1 for fault in faults)


def _parted(name: str, grid: _Grid, faults: tuple[Fault, ...], below: Mapping[str, _Checked]) -> _Checked:
    """The rows that hold, and those that do not."""
    header, lines = grid.header, grid.lines
    found = dict(zip(lines, grid.rows, strict=True))
    broken = _broken(faults, header, found)
    kept = tuple(line for line in lines if line not in broken)
    frame = _frame(name, [found[line] for line in kept])
    faults = tuple(dict.fromkeys((*faults, *_told(name, kept, _breaches(name, frame, below)))))
    broken = _broken(faults, header, found)
    holds = [line not in broken for line in kept]
    if not any(holds):
        return _untrusted(faults, lines)
    of_all = _told(name, kept, _breaches_of_all(name, frame, below))
    lost = tuple(_lost(n, header, found, broken) for n in sorted(broken))
    if lost:
        frame = frame[holds].reset_index(drop=True)
        frame.attrs["lost"] = lost
    return _Checked(frame, tuple(itertools.compress(kept, holds)), tuple(dict.fromkeys((*faults, *of_all))), lost)


def _lost(line: int, header: list[str], rows: Mapping[int, list[str]], broken: Mapping[int, tuple[Fault, ...]]) -> Lost:
    def cells(n: int) -> dict[str, str]:
        return dict(zip(header, rows[n], strict=False))

    above = [n for n in rows if n < line and n not in broken][-1:]
    below = [n for n in rows if n > line and n not in broken][:1]
    return Lost(line, cells(line), tuple(map(cells, (*above, *below))), broken[line])


def _broken(faults: Iterable[Fault], header: list[str], rows: Mapping[int, list[str]]) -> dict[int, tuple[Fault, ...]]:
    """The faults of each broken row by its line; where a row repeats another, nobody can say which of both is right."""
    broken: dict[int, tuple[Fault, ...]] = {}
    for fault in faults:
        lines = [fault.row or 0]
        if fault.rule in firstlook.REPEATED:
            at = [header.index(column) for column in fault.column.split(", ")]
            lines = [n for n, row in rows.items() if [row[k] for k in at] == [rows[lines[0]][k] for k in at]]
        for line in lines:
            broken[line] = (*broken.get(line, ()), fault)
    return broken


def _text(path: Path) -> tuple[str, tuple[Fault, ...]]:
    def fault(row: int | None, rule: str) -> tuple[str, tuple[Fault, ...]]:
        return "", (Fault(path.name, row, "", rule, ""),)

    try:
        raw = path.read_bytes()
    except OSError:
        return fault(None, "the file is missing or cannot be read")
    if not raw.strip():
        return fault(None, "the file is empty")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return fault(raw[: error.start].count(b"\n") + 1, "must be UTF-8 text")
    if not text.endswith("\n"):
        return fault(text.count("\n") + 1, "the last line is cut short: no end of line")
    if "\0" in text:
        return fault(text[: text.index("\0")].count("\n") + 1, "holds a NUL character")
    return text, ()


class _Grid(NamedTuple):
    """A table as its file holds it: cells of text, each row with its editor's line."""

    header: list[str]
    rows: list[list[str]]
    lines: tuple[int, ...]


def _grid(text: str) -> _Grid:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader)
    rows, lines = [], [reader.line_num + 1]
    for row in reader:
        rows.append(row)
        lines.append(reader.line_num + 1)
    return _Grid(header, rows, tuple(lines[:-1]))


def _header_faults(name: str, header: list[str]) -> Iterator[Fault]:
    expected = [field["name"] for field in fields(name)]
    for column in expected:
        if column not in header:
            yield Fault(f"{name}.csv", 1, column, "the column is missing", "")
    for column in header:
        if column not in expected:
            yield Fault(f"{name}.csv", 1, column, "the contract has no such column", "")
    if sorted(header) == sorted(expected) and header != expected:
        yield Fault(f"{name}.csv", 1, "", "the columns are not in the contract's order", "")


def _contract_faults(name: str, text: str, grid: _Grid) -> Iterator[Fault]:
    described = _described(name)
    if not grid.rows:
        yield Fault(f"{name}.csv", None, "", "the table has no rows", "")
    elif unheld := firstlook.unheld(described):
        yield from (Fault(CONTRACT, None, name, "asks what is not held here", part) for part in unheld)
    else:
        for found in firstlook.findings(described["schema"], text, grid.rows)[:FAULTS_COUNTED]:
            row = grid.lines[found.row] if found.row < len(grid.lines) else None
            yield Fault(f"{name}.csv", row, ", ".join(found.columns), found.rule, found.value)


def _described(name: str) -> dict[str, Any]:
    # Foreign keys are held below against tables already in memory, where frictionless would read them anew.
    described = resource(name)
    schema = {key: value for key, value in described["schema"].items() if key != "foreignKeys"}
    return {**described, "schema": schema}


@cached(needs=_of_table, size=64)
def _judged(name: str) -> tuple[Fault, ...]:
    return tuple(_frictionless_faults(folder(), name, _state(name).lines))


def _frictionless_faults(home: Path, name: str, lines: tuple[int, ...]) -> Iterator[Fault]:
    # Here, and not above: pages do without it.
    from frictionless import Resource

    report = Resource.from_descriptor(_described(name), basepath=str(home)).validate()
    for error in (error for task in report.tasks for error in task.errors):
        yield _from_frictionless(name, error, lines)


def _from_frictionless(name: str, error: FrictionlessError, lines: tuple[int, ...]) -> Fault:
    position = getattr(error, "row_number", None)
    row = lines[position - 2] if position and position - 2 < len(lines) else None
    columns = [getattr(error, "field_name", "") or ""]
    if error.type == "primary-key":
        columns = list(resource(name)["schema"]["primaryKey"])
    cells = dict(zip((field["name"] for field in fields(name)), getattr(error, "cells", []), strict=False))
    value = ", ".join(str(cells.get(column) or "") for column in columns)
    return Fault(f"{name}.csv", row, ", ".join(columns), _rule(error), value)


def _rule(error: FrictionlessError) -> str:
    """The broken rule in words an editor of the table understands."""
    known = {
        "primary-key": firstlook.REPEATED[0],
        "unique-error": firstlook.REPEATED[1],
        "missing-cell": firstlook.CELLS_AMISS[0],
        "extra-cell": firstlook.CELLS_AMISS[1],
        "blank-row": firstlook.BLANK,
        "incorrect-label": "the header does not fit the contract",
    }
    if error.type == "type-error":
        kind = re.search(r'type is "([a-z]+)', error.note)
        return firstlook.must_be(kind.group(1)) if kind else "has the wrong type"
    if error.type == "constraint-error":
        limit = re.search(r'constraint "(\w+)" is "(.*)"', error.note)
        return firstlook.must_keep(limit.group(1), limit.group(2)) if limit else error.note
    return known.get(error.type, error.note)


def _frame(name: str, rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Rows that hold the contract, as numbers, whole numbers and text."""
    kinds = {field["name"]: field["type"] for field in fields(name)}
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    named = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({column: _series(kind, cells) for (column, kind), cells in named})


def _series(kind: str, cells: Sequence[str]) -> pd.Series[Any]:
    if kind not in DTYPES:
        return pd.Series(cells, dtype="str")
    numbers = {cell: _number(kind, cell) for cell in set(cells)}
    return pd.Series([numbers[cell] for cell in cells], dtype=DTYPES[kind])


def _number(kind: str, cell: str) -> float | int | None:
    read: Any = firstlook.read(kind, cell)
    if read is None:
        return None
    # A whole number that no column has room for is cut off; it is absurd either way, and refused as that.
    return float(read) if kind == "number" else max(-WIDEST, min(WIDEST, read))


# ---------------------------------------------------------------- rules the contract can't say


def _told(name: str, lines: tuple[int, ...], breaches: Iterable[tuple[int, str, str, object]]) -> list[Fault]:
    return [
        Fault(f"{name}.csv", lines[position], column, rule, str(value)) for position, column, rule, value in breaches
    ]


def _breaches(name: str, frame: pd.DataFrame, below: Mapping[str, _Checked]) -> Iterator[tuple[int, str, str, object]]:
    yield from _not_finite(name, frame)
    yield from _out_of_order(frame)
    yield from _bad_references(name, frame, below)
    linked = {table: checked.frame for table, checked in below.items()}
    for rule in _RULES.get(name, ()):
        yield from rule(frame, linked)


def _breaches_of_all(
    name: str, frame: pd.DataFrame, below: Mapping[str, _Checked]
) -> Iterator[tuple[int, str, str, object]]:
    linked = {table: checked.frame for table, checked in below.items()}
    for rule in _TABLE_RULES.get(name, ()):
        yield from rule(frame, linked)


def _not_finite(name: str, frame: pd.DataFrame) -> Iterator[tuple[int, str, str, object]]:
    for column in (f["name"] for f in fields(name) if f["type"] in DTYPES):
        for position, number in enumerate(frame[column].astype("float64")):
            if math.isinf(number):
                yield position, column, "must be a finite number", number
            elif abs(number) >= ABSURD:
                yield position, column, f"must be below {ABSURD:g}", number


def _out_of_order(frame: pd.DataFrame) -> Iterator[tuple[int, str, str, object]]:
    middle = next((c for c in ("value", "percent") if c in frame), None)
    if middle is None or "low" not in frame:
        return
    for position, (low, value, high) in enumerate(zip(frame["low"], frame[middle], frame["high"], strict=True)):
        if low > high:
            yield position, "low", f"must not be above high ({high:g})", low
        elif low > value or value > high:
            yield position, middle, "must lie between low and high", value
        elif all(map(math.isnan, (low, value, high))):
            yield position, middle, "a figure needs a value, a low or a high end", ""


def _references(name: str) -> Iterator[tuple[str, str, str]]:
    """Columns that refer to other tables, as (column, table, key): foreign keys, and lists of ids."""
    for key in resource(name)["schema"].get("foreignKeys", []):
        yield key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0]
    for field in fields(name):
        if "references" in field:
            table, key = field["references"].split(".")
            yield field["name"], table, key


def _bad_references(
    name: str, frame: pd.DataFrame, below: Mapping[str, _Checked]
) -> Iterator[tuple[int, str, str, object]]:
    for column, table, key in _references(name):
        # A row that is damaged is there: its own faults say what is wrong.
        known = {*below[table].frame[key], *(row.cells.get(key, "") for row in below[table].lost)}
        for position, cell in enumerate(frame[column]):
            for item in filter(None, cell.split(LIST_SEPARATOR)):
                if item not in known:
                    yield position, column, f"refers to a row of {table}.csv that does not exist", item


def _shares_in_range(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    for column in ("value", "low", "high"):
        outside = (frame["unit"] == SHARE_UNIT) & ((frame[column] < 0) | (frame[column] > 100))
        for position in outside.to_numpy().nonzero()[0]:
            yield int(position), column, "a percentage must lie between 0 and 100", frame[column].iloc[position]


def _counts_fit_their_unit(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """Of 100,000 people there are no more than 100,000; charts draw one mark for each."""
    for position, row in enumerate(records(frame[["unit", "value", "low", "high"]])):
        of = COUNTED_OF.match(row["unit"])
        most = float(of.group(1).replace(",", "")) if of else math.inf
        for column in ("value", "low", "high"):
            if abs(row[column]) > most:
                yield position, column, f"must not be above {most:,.0f}, by its unit", row[column]


def _interval_has_ends(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    bare = (frame["interval"] != "") & frame["low"].isna() & frame["high"].isna()
    for position in bare.to_numpy().nonzero()[0]:
        yield int(position), "interval", "needs a low or a high end", frame["interval"].iloc[position]


def _times_have_a_start(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A time that is shown without its start is read as if it began where the reader stands."""
    bare = frame["measure"].str.contains(TIMED) & (frame["reviewed"] != "") & (frame["counted_from"] == "")
    for position in bare.to_numpy().nonzero()[0]:
        rule = "a time, or a share after a time, needs what it counts from, be it only that the source does not name it"
        yield int(position), "counted_from", rule, frame["measure"].iloc[position]


def _lives_have_an_end(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """How long people lived means another thing to death than to a breathing tube: it is said which."""
    lives = frame["unit"].isin(TIME_UNITS) & frame["measure"].str.contains(LIVED) & (frame["reviewed"] != "")
    for position in (lives & (frame["counted_to"] == "")).to_numpy().nonzero()[0]:
        yield int(position), "counted_to", "a length of life needs what it counts to", frame["measure"].iloc[position]


def _drawn_are_reviewed(
    frame: pd.DataFrame, linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    facts = linked["facts"]
    waiting = set(facts.loc[facts["reviewed"] == "", "fact_id"])
    for position, fact_id in enumerate(frame["fact_id"]):
        if fact_id in waiting:
            yield position, "fact_id", "a figure in a chart must have been reviewed", fact_id


def _preferred_are_reviewed(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    preferred = frame["preferred"] == "yes"
    for column in ("reviewed", "method"):
        for position in (preferred & (frame[column] == "")).to_numpy().nonzero()[0]:
            yield int(position), column, "a row in a chart needs it", frame["symptom_id"].iloc[position]


def _every_age_once(frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]) -> Iterator[tuple[int, str, str, object]]:
    """A lost band would make the peak of a chart a wrong one."""
    for (condition, year, sex), part in frame.groupby(["condition", "year", "sex"], sort=False):
        if sorted(part["age_order"]) != list(range(AGE_BANDS)):
            rule = f"{condition}, {year}, {sex} must have the ages 0 to {AGE_BANDS - 1} once each"
            yield int(part.index[0]), "age_order", rule, len(part)


def _every_year_alike(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A lost year of a score table, or a lost step of one, would be drawn as if it were all."""
    for table, part in frame.groupby("table_id", sort=False):
        counts = part.groupby("years").size()
        if list(counts.index) != list(range(1, SCORE_YEARS + 1)) or counts.nunique() > 1:
            rule = f"{table} must have the years 1 to {SCORE_YEARS}, all alike"
            yield int(part.index[0]), "years", rule, len(part)


def _shares_are_all_people(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    for (table, year), part in frame.groupby(["table_id", "years"], sort=False):
        total = part["share_percent"].sum()
        if abs(total - 100) > ROUNDING:
            rule = f"{table}: the shares of year {year} must sum to 100"
            yield int(part.index[0]), "share_percent", rule, round(total, 2)


def _withdrawn_has_its_year(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """Without its year, a withdrawn medicine would be drawn as one that can still be had."""
    wrong = (frame["status"] == "withdrawn") != frame["withdrawn_year"].notna()
    for position in wrong.to_numpy().nonzero()[0]:
        rule = "a withdrawn medicine, and no other, needs the year"
        yield int(position), "withdrawn_year", rule, frame["status"].iloc[position]


def _every_loss_has_its_words(
    frame: pd.DataFrame, linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    """A section that tells of loss, without words of care beside it, would leave a reader alone with it."""
    known = set(zip(frame["page"], frame["section"], strict=True))
    told = linked["explainers"]
    for page, section, choice, body in zip(told["page"], told["section"], told["choice"], told["body"], strict=True):
        if (choice or TELLS_OF_LOSS.search(body)) and (page, section) not in known:
            yield 0, "section", f"{page}#{section} tells of loss, and has no words of care", section
    here = set(zip(told["page"], told["section"], strict=True))
    for position, row in enumerate(records(frame)):
        if bool(row["section"]) == bool(row["chart"]):
            yield position, "section", "needs either a section or a chart", row["section"]
        elif row["section"] and (row["page"], row["section"]) not in here:
            yield position, "section", f"{row['page']} has no such section", row["section"]


def _care_is_always_said(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    if ALWAYS not in set(frame["tells"]):
        yield 0, "tells", f"needs the row {ALWAYS}, which stands beside every place", ""


def _someone_listens(
    frame: pd.DataFrame, _linked: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[int, str, str, object]]:
    if not ((frame["condition"] == ANYONE) & (frame["phone"] != "")).any():
        yield 0, "condition", f"needs a line that listens to {ANYONE}, with its number", ""


_RULES: dict[str, tuple[Any, ...]] = {
    "facts": (
        _shares_in_range,
        _counts_fit_their_unit,
        _interval_has_ends,
        _times_have_a_start,
        _lives_have_an_end,
    ),
    "symptoms": (_interval_has_ends, _preferred_are_reviewed),
    "plots": (_drawn_are_reviewed,),
    "milestones": (_drawn_are_reviewed,),
    "countries": (_drawn_are_reviewed,),
    "relapse_rates": (_drawn_are_reviewed,),
    "pregnancy_relapses": (_drawn_are_reviewed,),
    "treatments": (_withdrawn_has_its_year,),
}
# What is wrong with a table as a whole is no fault of the row where it is told.
_TABLE_RULES: dict[str, tuple[Any, ...]] = {
    "care_words": (_care_is_always_said,),
    "care_places": (_every_loss_has_its_words,),
    "helplines": (_someone_listens,),
    "deaths_by_age": (_every_age_once,),
    "edss_quantiles": (_every_year_alike,),
    "edss_shares": (_every_year_alike, _shares_are_all_people),
}


# ---------------------------------------------------------------- marks in texts


def _judged_marks(text: str, offered: Container[str]) -> Iterator[tuple[str, str]]:
    for token in marks.parse(text):
        match token:
            case marks.FactMark(fact_id, part, typed):
                yield typed, _fact_mark_fault(fact_id, part)
            case marks.ValueMark(name, typed):
                yield typed, "" if name in offered else f"no value {name} is offered here"
            case marks.Citation(source_ids, typed):
                yield typed, _citation_fault(source_ids)
            case marks.TermMark(term, _, typed):
                yield typed, _term_fault(term)
            case marks.Stray(typed):
                yield typed, "a mark is not closed or not known"


def _fact_mark_fault(fact_id: str, part: str) -> str:
    if part and part not in marks.FACT_PARTS:
        return f"a figure has no part {part}"
    fact = figure_row(fact_id)
    if fact is None:
        damaged = any(row.cells.get(key) == fact_id for table, key in FIGURES.items() for row in lost(table))
        return DAMAGED if damaged else "neither facts.csv nor symptoms.csv has such a figure"
    if part and (fact[part] == "" or fact[part] != fact[part]):
        return f"the figure has no {part}"
    return "" if fact["reviewed"] else "the figure has not been reviewed"


def _citation_fault(source_ids: Iterable[str]) -> str:
    known = _keys("sources", "source_id")
    unknown = [source_id for source_id in source_ids if source_id not in known]
    if {row.cells.get("source_id") for row in lost("sources")} >= set(unknown) > set():
        return DAMAGED
    return f"sources.csv has no {', '.join(unknown)}" if unknown else ""


def _term_fault(term: str) -> str:
    """A term that is there but damaged is no fault of the text: the text can be read without its explanation."""
    with contextlib.suppress(DataError):
        known = _keys("glossary", "term")
        damaged = any(row.cells.get("term") == term for row in lost("glossary"))
        return "" if damaged or term in known else "glossary.csv has no such term"
    return ""


@cached(needs=_of_table, size=8)
def _keys(name: str, column: str) -> frozenset[str]:
    return frozenset(sound(name)[column])


class _Anything:
    """Holds whatever it is asked for: which values a chart offers is known only where it is made (`check`)."""

    def __contains__(self, _name: object) -> bool:
        return True


def _mark_faults(name: str) -> Iterator[Fault]:
    for column, kind in ((field["name"], field["marks"]) for field in fields(name) if field.get("marks")):
        offered: Container[str] = _Anything() if kind == OFFERED else ()
        for position, text in enumerate(sound(name)[column]):
            # Marks that a damaged table could explain are left alone: that table's faults are said.
            with contextlib.suppress(DataError):
                for mark, rule in unknown_marks(text, offered):
                    if rule != DAMAGED:
                        yield Fault(f"{name}.csv", line_of(name, position), column, rule, mark)


def _stray_faults(name: str) -> Iterator[Fault]:
    """Marks in columns where nobody fills them in: readers would see them as they are typed."""
    for column in (field["name"] for field in fields(name) if field["type"] == "string" and not field.get("marks")):
        for position, text in enumerate(sound(name)[column]):
            for token in marks.parse(text):
                if not isinstance(token, marks.Words):
                    yield Fault(
                        f"{name}.csv", line_of(name, position), column, "no mark is filled in here", token.typed
                    )


def _circle_faults(name: str) -> Iterator[Fault]:
    """Words that are explained by themselves, directly or through others: whoever looks one up learns nothing."""
    if name != "glossary":
        return
    rows = lined(name)
    leads = {
        row["term"]: {token.term for token in marks.parse(row["plain"]) if isinstance(token, marks.TermMark)}
        for row in rows
    }
    for row in rows:
        reached = set(leads[row["term"]])
        for _ in leads:
            reached |= {far for near in reached for far in leads.get(near, ())}
        if row["term"] in reached:
            yield Fault("glossary.csv", row["line"], "plain", "explains a word by itself, in a circle", row["term"])


def _misread_faults(name: str) -> Iterator[Fault]:
    """Words that a spreadsheet would not show as they stand: ``10-14`` becomes a day of October.

    Ids (``jun-2019``) are left alone: they are for programs, and never change.
    """
    frame = sound(name)
    words_of = [f["name"] for f in fields(name) if f["type"] == "string" and not f["name"].endswith(("_id", "_ids"))]
    for column in words_of:
        for position, words in enumerate(frame[column]):
            if cells.misread(words):
                rule = "a spreadsheet would make a formula, a date or a time of it: say it in words (10 to 14)"
                yield Fault(f"{name}.csv", line_of(name, position), column, rule, words)


def main(find: Callable[[], tuple[Fault, ...]] = check) -> int:
    """Check the whole package and print the result; the exit status is 1 where ``find`` gives a fault."""
    try:
        faults = find()
        rows = 0 if faults else sum(len(load(name)) for name in names())
    except DataError as error:
        faults, rows = error.faults, 0
    if faults:
        print("\n".join(map(str, faults)))
        return 1
    print(f"{len(names())} tables, {rows:,} rows: all hold")
    print(_counted())
    return 0


def _counted() -> str:
    """How much there is, for whoever tells of it."""
    facts, sources = load("facts"), load("sources")
    twice = int((facts["reviewed"] != "").sum())
    return f"{len(facts):,} figures from {len(sources):,} sources, {twice:,} of them read twice"


if __name__ == "__main__":
    sys.exit(main())
