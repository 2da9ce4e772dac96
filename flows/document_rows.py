"""Step read: all that one document gives, as it travels from a worker to the kept readings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.tasks import Task
from schemas.records import Document, Figure, Judgement, Observation, Reading


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """A document's rows by table, and the seconds that each stage took."""

    document: Document
    observations: tuple[Observation, ...] = ()
    figures: tuple[Figure, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    stages: tuple[tuple[str, float], ...] = ()


def failed_rows(task: Task, reason: str, detail: str) -> DocumentRows:
    """The rows of a document that was not read: its own, with the reason, and whose it is by registry and name, so that its
    authority's gaps are known to be gaps of reading."""
    return DocumentRows(
        replace(blank_document(task, reason, detail), subject_code=name_to_subject(task.name, task.authority))
    )


def name_to_subject(name: str, authority: str | None) -> str | None:
    """Folder and file name, and what the registry says -> the code of the authority whose document it is."""
    from extractors.subject import find_subject  # brings the list of areas: few refreshes need it here

    area = find_subject(Reading(""), name, authority).area
    return area.area_code if area else None


def blank_document(task: Task, reason: str, detail: str) -> Document:
    """The row of a document of which nothing is known but where it lies, and why it was not read."""
    return Document(
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
