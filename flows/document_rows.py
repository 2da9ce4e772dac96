"""Step read: all that one document gives, as it travels from a worker to the kept readings."""

from __future__ import annotations

from dataclasses import dataclass

from flows.tasks import Task
from schemas.records import Document, Figure, Judgement, Observation


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A document's rows by table, and the seconds that each stage took."""

    document: Document
    observations: tuple[Observation, ...] = ()
    figures: tuple[Figure, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    stages: tuple[tuple[str, float], ...] = ()


def failed_rows(task: Task, reason: str, detail: str) -> DocumentRows:
    """The rows of a document that was not read: its own, with the reason."""
    return DocumentRows(
        Document(
            document_id=task.document_id,
            source=task.source,
            location=task.location,
            title=None,
            subject_code=None,
            publisher=None,
            document_kind="other",
            published_on=None,
            period_of_reference=None,
            retrieved_at=task.retrieved_at,
            media_type=None,
            bytes=task.bytes,
            pages=None,
            characters=None,
            status="failed",
            reason=reason,
            detail=detail,
            seconds=None,
            numbers=0,
        )
    )
