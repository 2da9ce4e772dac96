"""Step read, in a worker process: a task -> the bytes of its reading file. What hangs here is stopped from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from flows.child import Say
from flows.document_rows import DocumentRows, failed_rows
from flows.image_reader import Images, image_reader, images_can_be_read
from flows.read_document import read_document
from flows.read_documents import Read
from flows.readings import rows_to_bytes
from flows.table_reader import Tables, table_reader
from flows.tasks import Task
from flows.workers import MoreTime
from schemas.records import Page

_tables = table_reader()
_images = image_reader()


def answer_task(task: Task, say: Say) -> Read:
    """Read one document whole. Called by `Workers`, with the means to ask for more time while tables or images are read."""

    def read_tables(data: bytes, pages: Sequence[Page]) -> Tables:
        say(MoreTime(_tables.most_seconds(len(pages))))
        tables = _tables.read(data, pages)
        say(MoreTime(0.0))
        return tables

    def read_images(data: bytes, pages: Sequence[Page]) -> Images:
        say(MoreTime(_images.most_seconds(len(pages))))
        images = _images.read(data, pages)
        _images.close()
        say(MoreTime(0.0))
        return images

    try:
        data = Path(task.path).read_bytes()
    except OSError as error:
        return _to_read(failed_rows(task, "reader_failed", f"could not be opened: {error.strerror}"), lasting=False)
    if hashlib.sha256(data).hexdigest() != task.document_id:
        return _to_read(failed_rows(task, "reader_failed", "changed while it was being read"), lasting=False)
    return _to_read(read_document(data, task, read_tables, read_images if images_can_be_read() else None))


def _to_read(rows: DocumentRows, lasting: bool = True) -> Read:
    return Read(rows_to_bytes(rows), rows.document.status, rows.document.pages or 0, rows.stages, lasting)
