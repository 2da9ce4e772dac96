"""Step read, in a worker process: a task -> the bytes of its reading file. What hangs here is stopped from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from flows.child import START_SECONDS, Say
from flows.document_rows import DocumentRows, failed_rows
from flows.read_document import read_document
from flows.read_documents import Read
from flows.readings import rows_to_bytes
from flows.table_reader import PAGE_LIMITS, STOPS_PER_DOCUMENT, TableReader, Tables
from flows.tasks import Task
from flows.workers import MoreTime
from schemas.records import Page

_tables = TableReader()


def answer_task(task: Task, say: Say) -> Read:
    """Read one document whole. Called by `Workers`, with the means to ask for more time while tables are read."""

    def read_tables(data: bytes, pages: Sequence[Page]) -> Tables:
        say(MoreTime(START_SECONDS + STOPS_PER_DOCUMENT * PAGE_LIMITS.wall_seconds + 2.0 * len(pages)))
        tables = _tables.read(data, pages)
        say(MoreTime(0.0))
        return tables

    try:
        data = Path(task.path).read_bytes()
    except OSError as error:
        return _to_read(failed_rows(task, "reader_failed", f"could not be opened: {error.strerror}"), lasting=False)
    if hashlib.sha256(data).hexdigest() != task.document_id:
        return _to_read(failed_rows(task, "reader_failed", "changed while it was being read"), lasting=False)
    return _to_read(read_document(data, task, read_tables))


def _to_read(rows: DocumentRows, lasting: bool = True) -> Read:
    return Read(rows_to_bytes(rows), rows.document.status, rows.document.pages or 0, rows.stages, lasting)
