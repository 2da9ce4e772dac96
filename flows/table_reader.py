"""Step tables: the table reader in a process of its own, so that a page on which it hangs costs that page's tables only.

camelot takes two seconds to import and may take minutes and gigabytes on one dense page. The process is started when
the first page comes that needs it, kept warm from document to document, and replaced after it had to be stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from queue import Empty, SimpleQueue

from flows.child import Answered, Child, Ended, Limits, Message, Raised, Ready, Said
from schemas.records import Issue, Page, Table

PAGE_LIMITS = Limits(cpu_seconds=10.0, wall_seconds=40.0, memory_bytes=500 * 2**20)
STOPS_PER_DOCUMENT = 2
CPU_SECONDS_PER_DOCUMENT = 120.0
"""After so many stopped pages, or so much work, the rest of a document's tables is given up."""
RETIRE_BYTES = 400 * 2**20
RETIRE_DOCUMENTS = 200
LOOK_SECONDS = 0.05

Tables = tuple[tuple[Table, ...], tuple[Issue, ...]]


class TableReader:
    """Reads tables of PDF pages: `read(data, pages)`. Stop it with `close`."""

    def __init__(self, function: str = "flows.table_pages:answer_tables", limits: Limits = PAGE_LIMITS) -> None:
        self._function = function
        self._limits = limits
        self._inbox: SimpleQueue[tuple[Child, Message]] = SimpleQueue()
        self._child: Child | None = None
        self._seconds_left = 0.0

    def close(self) -> None:
        """End the process, if one was started."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def read(self, data: bytes, pages: Sequence[Page]) -> Tables:
        """The tables of those pages in page order, and an Issue for each page that was stopped, failed or given up."""
        tables: list[Table] = []
        issues: list[Issue] = []
        left = sorted(pages, key=lambda page: page.number)
        stops = 0
        self._seconds_left = CPU_SECONDS_PER_DOCUMENT
        while left and stops < STOPS_PER_DOCUMENT and self._seconds_left > 0:
            done, trouble = self._read_until_trouble(data, left)
            for page_tables, page_issues in done:
                tables += page_tables
                issues += page_issues
            left = left[len(done) :]
            if trouble is not None:
                issues.append(_trouble_to_issue(trouble, left[0].number))
                left = left[1:]
                stops += 1
        issues += [Issue("table_timed_out", f"the tables of page {p.number} were given up", p.number) for p in left]
        return tuple(tables), tuple(issues)

    def _read_until_trouble(self, data: bytes, pages: Sequence[Page]) -> tuple[list[Tables], str | None]:
        """What was read page by page, and for what reason that ended before the last page."""
        done: list[Tables] = []
        child = self._start()
        child.ask((data, tuple(pages)), self._limits)
        while True:
            message = self._hear(child)
            match message:
                case Said(value):
                    done.append(value)  # type: ignore[arg-type]
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
            self._child.questions > RETIRE_DOCUMENTS or self._child.memory() > RETIRE_BYTES
        ):
            self.close()
        if self._child is None:
            self._child = Child(self._function, self._inbox, self._limits.memory_bytes)
        return self._child


def _trouble_to_issue(reason: str, page: int) -> Issue:
    if reason == "timed_out":
        return Issue("table_timed_out", f"the tables of page {page} were stopped at their time limit", page)
    if reason == "too_large":
        return Issue("table_failed", f"the tables of page {page} were stopped at their memory limit", page)
    return Issue("table_failed", f"the table reader ended on page {page}", page)
