"""What is made of tables is kept until they change on disk."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from sidebyside.data import contract

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

P = ParamSpec("P")
T = TypeVar("T")


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
        key = (contract.version(*self._needs(*args, **kwargs)), args, *kwargs.items())
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
    - Data folder: results of different folders (`disk.folder`) are kept apart.

    Streamlit's own cache takes arguments apart each time, a fifth of a visit; here they are hashed.
    """

    def keep(make: Callable[P, T]) -> Cached[P, T]:
        return Cached(make, needs or (lambda *_, **__: names), size)

    return keep


def of_table(name: str, *_: object) -> tuple[str, ...]:
    """What is made of a table alone needs it: for ``needs`` of `cached`."""
    return (name,)
