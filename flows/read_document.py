"""Step read: the bytes of one document -> its rows, by stringing the extractors together. Runs in a worker process.

Nothing here raises for a bad document: what could not be done is the document's status, reason and detail.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath

from extractors.blocks import pages_to_blocks
from extractors.judgements import find_judgements
from extractors.observations import disposals_to_figures, statements_to_observations
from extractors.pdf_tables import screened_pages
from extractors.pdf_text import pdf_to_reading
from extractors.recognised import mark_recognised, pages_to_recognise, with_recognised
from extractors.sniff import DOCX, HTML, MARKDOWN, PDF, PLAIN, sniff_media_type
from extractors.statements import find_statements
from extractors.subject import find_subject
from flows.document_rows import DocumentRows, blank_document, failed_rows
from flows.reading_laws import broken_law
from flows.tasks import Task
from schemas.codes import REASONS
from schemas.records import Document, Issue, Page, Reading, Subject, Table

ReadTables = Callable[[bytes, Sequence[Page]], tuple[tuple[Table, ...], tuple[Issue, ...]]]
ReadImages = Callable[[bytes, Sequence[Page]], tuple[tuple[Page, ...], tuple[Issue, ...]]]

_CLAIMS = {".pdf": PDF, ".docx": DOCX}
_KINDS = {PDF: "a PDF", DOCX: "a Word document", HTML: "a web page", MARKDOWN: "plain text", PLAIN: "plain text"}


class _Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def read_document(
    data: bytes, task: Task, read_tables: ReadTables, read_images: ReadImages | None = None
) -> DocumentRows:
    """Bytes of a document, and where they come from -> its rows.

    read_tables: called with the bytes and the pages that are worth a table reader, for PDF only; read_images: with those
    that have no text layer, where they can be read at all.
    """
    stages = _Stages()
    media_type, reading = _read(data, task, read_tables, read_images, stages)
    document = _task_to_document(task, media_type, reading)
    with stages.time("subject"):
        subject = find_subject(reading, task.name, task.authority)
    if document.status == "failed":
        named = replace(document, subject_code=subject.code)
        return DocumentRows(_with_seconds(named, stages), stages=tuple(stages.seconds.items()))
    with stages.time("statements"):
        statements, disposals = find_statements(reading, subject)
        statements = mark_recognised(reading, statements)
    with stages.time("judgements"):
        judgements = find_judgements(reading, subject, task.document_id)
    with stages.time("rows"):
        observations = statements_to_observations(task.document_id, subject, statements)
        figures = disposals_to_figures(task.document_id, statements, disposals)
    document = replace(_with_seconds(_with_subject(document, subject), stages), numbers=len(figures))
    rows = DocumentRows(document, observations, figures, judgements, tuple(stages.seconds.items()))
    broken = broken_law(rows, reading)
    return failed_rows(task, "reader_failed", broken) if broken else rows


def _read(
    data: bytes, task: Task, read_tables: ReadTables, read_images: ReadImages | None, stages: _Stages
) -> tuple[str | None, Reading]:
    """The media type by the bytes, and the reading."""
    with stages.time("sniff"):
        media_type = sniff_media_type(data, task.name)
        wrong = _why_not_read(data, task.name, media_type)
    if wrong is not None:
        return media_type, Reading(media_type or "", issues=(wrong,))
    if media_type == PDF or _claimed(task.name) == PDF:
        return PDF, _read_pdf(data, read_tables, read_images, stages)
    with stages.time("read"):
        return media_type, _read_other(data, media_type or PLAIN)


def _read_other(data: bytes, media_type: str) -> Reading:
    """A document that has no pages. Its reader's libraries are imported with the first of its kind: most sources have none."""
    if media_type == HTML:
        from extractors.html import html_to_reading

        return html_to_reading(data)
    if media_type == DOCX:
        from extractors.docx import docx_to_reading

        return docx_to_reading(data)
    from extractors.plain_text import text_to_reading

    return text_to_reading(data, media_type)


def _read_pdf(data: bytes, read_tables: ReadTables, read_images: ReadImages | None, stages: _Stages) -> Reading:
    with stages.time("read"):
        reading = pdf_to_reading(data)
    if read_images and (empty := pages_to_recognise(reading)):
        with stages.time("images"):
            reading = with_recognised(reading, *read_images(data, empty))
    with stages.time("screen"):
        screened = set(screened_pages(reading))
    tables: tuple[Table, ...] = ()
    if screened:
        with stages.time("tables"):
            tables, issues = read_tables(data, [page for page in reading.pages if page.number in screened])
        reading = replace(reading, issues=(*reading.issues, *issues))
    with stages.time("blocks"):
        return pages_to_blocks(reading, tables)


def _claimed(name: str) -> str | None:
    return _CLAIMS.get(PurePosixPath(name).suffix.casefold())


def _why_not_read(data: bytes, name: str, media_type: str | None) -> Issue | None:
    """Nothing in it, or not what its name claims. A broken PDF, which sniffs as nothing or as text, is left to its reader."""
    claimed = _claimed(name)
    if not data:
        return Issue("empty", "the file holds no bytes")
    if claimed == PDF and media_type != HTML and (b" obj" in data or b"%PDF" in data[:1024]):
        return None
    if claimed is not None and media_type != claimed:
        return Issue(
            "wrong_type", f"named as {_KINDS[claimed]}, but it is {_KINDS.get(media_type or '', 'something else')}"
        )
    if media_type is None:
        return Issue("wrong_type", "the bytes are of no kind that is read here")
    return None


def _task_to_document(task: Task, media_type: str | None, reading: Reading) -> Document:
    """The document's row as far as its reading tells; the subject comes later."""
    holds_text = any(page.lines for page in reading.pages) or any(block.text for block in reading.blocks)
    first = min(reading.issues, key=_weight, default=None)
    if holds_text and not (first and first.code == "wrong_type"):
        status = "partial" if first else "ok"
    else:
        status = "failed"
        first = first or Issue("empty", REASONS["empty"])
    blank = blank_document(task, first.code if first else "", "")
    return replace(
        blank,
        title=reading.title,
        media_type=media_type,
        pages=reading.page_count,
        characters=reading.characters,
        status=status,
        reason=first.code if first else None,
        detail=_issues_to_detail(reading.issues) or (first.detail if first else None),
    )


def _weight(issue: Issue) -> tuple[bool, int]:
    """What concerns the whole document comes before what concerns a page."""
    return issue.page is not None, issue.page or 0


def _issues_to_detail(issues: Sequence[Issue]) -> str | None:
    """One sentence for each kind of trouble, with the pages it met."""
    pages: dict[str, list[int]] = {}
    said: dict[str, str] = {}
    for issue in sorted(issues, key=_weight):
        said.setdefault(issue.code, issue.detail)
        if issue.page is not None:
            pages.setdefault(issue.code, []).append(issue.page)
    parts = []
    for code, detail in said.items():
        met = sorted(set(pages.get(code, ())))
        where = f" (pages {', '.join(map(str, met[:8]))}{' and more' if len(met) > 8 else ''})" if len(met) > 1 else ""
        sentence = REASONS.get(code, detail) if len(met) > 1 else detail
        one = f" (page {met[0]})" if len(met) == 1 and str(met[0]) not in sentence else ""
        parts.append(f"{sentence.rstrip('.')}{where}{one}")
    return "; ".join(parts) or None


def _with_subject(document: Document, subject: Subject) -> Document:
    unknown = "; ".join(issue.detail.rstrip(".") for issue in subject.issues)
    return replace(
        document,
        title=subject.title or document.title,
        subject_code=subject.code,
        publisher=subject.publisher,
        document_kind=subject.document_kind,
        published_on=subject.published_on,
        period_of_reference=subject.reference,
        detail="; ".join(part for part in (document.detail, unknown) if part) or None,
    )


def _with_seconds(document: Document, stages: _Stages) -> Document:
    return replace(document, seconds=sum(stages.seconds.values()))
