"""Step find: what is at the sources now, and what was there before -> the documents that the dataset is made of.

A document that its source no longer offers stays, and is marked; one whose bytes changed gives way to its new self; the
same bytes at several places are one document, told at the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flows.manifest import Retrieval
from flows.tasks import Task


def with_what_is_gone(
    known: Mapping[str, Retrieval], found: Iterable[Retrieval], visited: set[str]
) -> dict[str, Retrieval]:
    """All retrievals by location: the found ones, and the known ones, marked where their source was visited in vain.

    visited: ids of the sources that were looked through. A document that only moved is not gone from where it was, nor
    is one in a folder that could not be looked into.
    """
    now = {r.location: r for r in found}
    here = {r.document_id for r in now.values()}
    closed = tuple(f"{r.location}/" for r in now.values() if r.document_id is None and r.trouble)
    for location, retrieval in known.items():
        if location in now:
            continue
        if retrieval.source not in visited or location.startswith(closed):
            now[location] = retrieval
        elif retrieval.document_id is not None and retrieval.document_id not in here and not retrieval.trouble:
            now[location] = _gone(retrieval)
    return now


def _gone(retrieval: Retrieval) -> Retrieval:
    return replace(retrieval, at_source=False) if retrieval.at_source else retrieval


def retrievals_to_tasks(retrievals: Iterable[Retrieval]) -> list[Task]:
    """Documents in order of location, those that are still offered first."""
    by_document: dict[str, list[Retrieval]] = {}
    for retrieval in sorted(retrievals, key=lambda r: (not r.at_source, r.location)):
        if retrieval.document_id is not None:
            by_document.setdefault(retrieval.document_id, []).append(retrieval)
    return [_to_task(document_id, places) for document_id, places in by_document.items()]


def _to_task(document_id: str, places: list[Retrieval]) -> Task:
    first, *others = places
    return Task(
        document_id=document_id,
        path=first.path,
        location=first.location,
        name=first.name,
        source=first.source,
        authority=first.authority,
        bytes=first.size,
        retrieved_at=first.when,
        other_locations=tuple(r.location for r in others if r.at_source),
        at_source=first.at_source,
        trouble=first.trouble,
        document_kind=first.document_kind,
        reason=first.reason,
    )
