"""Step publish: work that is done beside other work, one thing after another, in a thread of its own.

Writing a table needs no interpreter: while one part of it is packed and written, the next is checked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar, cast

Thing = TypeVar("Thing")
_NO_MORE = object()


def ahead(things: Iterator[Thing]) -> Iterator[Thing]:
    """The same things, each made ready while the one before it is used."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, things, _NO_MORE)
        while (thing := coming.result()) is not _NO_MORE:
            coming = thread.submit(next, things, _NO_MORE)
            yield cast("Thing", thing)


class InTurn:
    """Does what it is given, in that order. most: so many may wait to be done before whoever gives has to wait, too."""

    def __init__(self, most: int | None = None) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()
        self._most = most

    def __enter__(self) -> InTurn:
        return self

    def do(self, work: Callable[[], None]) -> None:
        """Have it done when its turn comes. Raises what earlier work has raised."""
        while self._waiting and (self._waiting[0].done() or self._is_full()):
            self._waiting.popleft().result()
        self._waiting.append(self._thread.submit(work))

    def _is_full(self) -> bool:
        return self._most is not None and len(self._waiting) >= self._most

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.shutdown(cancel_futures=kind is not None)
        while kind is None and self._waiting:
            self._waiting.popleft().result()
