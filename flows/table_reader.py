"""Step tables: the table reader in a process of its own, and what is said of a page whose tables it could not read.

camelot takes two seconds to import and may take minutes and gigabytes on one dense page.
"""

from __future__ import annotations

from flows.child import Limits
from flows.page_reader import PageReader, PageWork
from schemas.records import Issue, Table

TABLES = PageWork(
    "flows.table_pages:answer_tables",
    Limits(cpu_seconds=10.0, wall_seconds=40.0, memory_bytes=500 * 2**20),
    usual_seconds=2.0,
    cpu_seconds=120.0,
    retire_bytes=400 * 2**20,
)

Tables = tuple[tuple[Table, ...], tuple[Issue, ...]]


def table_reader(work: PageWork = TABLES) -> PageReader[Table]:
    """Reads tables of PDF pages."""
    return PageReader(work, _trouble_to_issue)


def _trouble_to_issue(reason: str, page: int) -> Issue:
    if reason == "timed_out":
        return Issue("table_timed_out", f"the tables of page {page} were stopped at their time limit", page)
    if reason == "too_large":
        return Issue("table_failed", f"the tables of page {page} were stopped at their memory limit", page)
    if reason == "given_up":
        return Issue("table_timed_out", f"the tables of page {page} were given up", page)
    return Issue("table_failed", f"the table reader ended on page {page}", page)
