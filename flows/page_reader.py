"""Step isolation: what reads single pages of a PDF at great cost runs in a process of its own, so that a page on which it
hangs costs that page only.

The process is started when the first page comes that needs it, kept warm from document to document, and replaced after
it had to be stopped. It says what it found page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar, cast

from flows.child import START_SECONDS, Answered, Child, Ended, Limits, Message, Raised, Ready, Said
from schemas.records import Issue, Page

Found = TypeVar("Found")

STOPS_PER_DOCUMENT = 2
RETIRE_DOCUMENTS = 200
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class PageWork:
    """What reads pages ("module:name" of the process's function), what one page may cost and usually takes (seconds on the
    clock of a busy machine), what a document's pages may cost together (processor seconds; the rest is given up), and how
    large the process may have grown to be kept."""

    function: str
    page: Limits
    usual_seconds: float
    cpu_seconds: float
    retire_bytes: int


class PageReader(Generic[Found]):
    """Reads pages by `work`; `trouble` says what is wrong with a page that was `timed_out`, `too_large`, `reader_failed`
    or `given_up`. Stop it with `close`."""

    def __init__(self, work: PageWork, trouble: Callable[[str, int], Issue]) -> None:
        self._work = work
        self._trouble = trouble
        self._inbox: SimpleQueue[tuple[Child, Message]] = SimpleQueue()
        self._child: Child | None = None
        self._seconds_left = 0.0

    def close(self) -> None:
        """End the process, if one was started."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def most_seconds(self, pages: int) -> float:
        """What reading so many pages may take on the clock where nothing but stopped pages is slow."""
        stopped = STOPS_PER_DOCUMENT * self._work.page.wall_seconds
        return START_SECONDS + stopped + self._work.usual_seconds * pages

    def read(self, data: bytes, pages: Sequence[Page]) -> tuple[tuple[Found, ...], tuple[Issue, ...]]:
        """What is found on those pages in page order, and an Issue for each page that was stopped, failed or given up."""
        found: list[Found] = []
        issues: list[Issue] = []
        left = sorted(pages, key=lambda page: page.number)
        stops = 0
        self._seconds_left = self._work.cpu_seconds
        while left and stops < STOPS_PER_DOCUMENT and self._seconds_left > 0:
            done, trouble = self._read_until_trouble(data, left)
            for page_found, page_issues in done:
                found += page_found
                issues += page_issues
            left = left[len(done) :]
            if trouble is not None:
                issues.append(self._trouble(trouble, left[0].number))
                left = left[1:]
                stops += 1
        issues += [self._trouble("given_up", page.number) for page in left]
        return tuple(found), tuple(issues)

    def _read_until_trouble(
        self, data: bytes, pages: Sequence[Page]
    ) -> tuple[list[tuple[tuple[Found, ...], tuple[Issue, ...]]], str | None]:
        """What was read page by page, and for what reason that ended before the last page."""
        done: list[tuple[tuple[Found, ...], tuple[Issue, ...]]] = []
        child = self._start()
        child.ask((data, tuple(pages)), self._work.page)
        while True:
            message = self._hear(child)
            match message:
                case Said(value):
                    done.append(cast("tuple[tuple[Found, ...], tuple[Issue, ...]]", value))
                    self._seconds_left -= child.spent()
                    if self._seconds_left <= 0:
                        self.close()
                        return done, None
                    child.restart_clock()
                case Answered():
                    return done, None
                case Raised(_, out_of_memory):
                    return done, "too_large" if out_of_memory else "reader_failed"
                case Ended():
                    self.close()
                    return done, "reader_failed"
                case str(reason):
                    self.close()
                    return done, reason

    def _hear(self, child: Child) -> Message | str:
        """The next message, or the reason code for which the child has to be given up."""
        while True:
            try:
                speaker, message = self._inbox.get(timeout=LOOK_SECONDS)
            except Empty:
                if (reason := child.overrun()) is not None:
                    return reason
                continue
            if speaker is child and not isinstance(message, Ready):
                return message

    def _start(self) -> Child:
        """A child that is ready: the one at hand, or a new one where that is gone, old or grown."""
        if self._child is not None and (
            self._child.questions > RETIRE_DOCUMENTS or self._child.memory() > self._work.retire_bytes
        ):
            self.close()
        if self._child is None:
            self._child = Child(self._work.function, self._inbox, self._work.page.memory_bytes)
        return self._child
