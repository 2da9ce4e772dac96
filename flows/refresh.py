"""The whole flow, embedded: from folders, files and pages of the web to a published snapshot, without a server.

`refresh` is the sentence; `flows.one_refresh` tells its steps, and each of their words is a module of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.child import Limits
from flows.find_documents import Visit
from flows.one_refresh import KEEP_SNAPSHOTS, Request, in_plain_words, one_refresh
from flows.places import held_place
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER, limits_of
from flows.refusals import RefreshError
from flows.standing import step_back
from flows.tasks import Task
from flows.visits import visit_sources
from schemas.places import place_to_address


def refresh(
    sources: Sequence[Path],
    data_folder: Path,
    workers: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    registry: Path | None = None,
    official: Sequence[Path] = (),
    again: bool = False,
    keep: int = KEEP_SNAPSHOTS,
    accept_loss: bool = False,
    reader: str = READER,
    limits: Callable[[Task], Limits] = limits_of,
    visit: Visit = visit_sources,
) -> RefreshSummary:
    """Read what is new at the sources and publish a snapshot of all that is held, unless nothing has changed.

    data_folder: a folder, or an address of an object store (flows.working_copy). sources: folders and files. registry: the file that names further sources, of the web too (flows.sources). Without
    either, those of the last refresh, or the project's samples. official: folders and files of published statistics
    (flows.beside); without any, those of last time. again: read everything anew. keep: how many snapshots stay.
    accept_loss: publish although most observations of the same documents went. reader, limits: by which function
    ("module:name") each document is read, and what it may cost. visit: how sources of the web are visited.
    Raises RefreshUnderWayError where another refresh holds the data folder, SnapshotRefusedError where a check fails, and
    RefreshError where a source is missing or the data folder cannot be written.
    """
    request = Request(
        data_folder, sources, registry, official, workers, again, keep, accept_loss, reader, limits, visit
    )
    with one_refresh(request, progress) as run:
        run.read(run.find())
        return run.publish()


def rollback(data_folder: Path) -> str:
    """Lead readers to the snapshot before the current one and return its name; RefreshError where there is none."""
    with in_plain_words(data_folder), held_place(data_folder) as place:
        name = step_back(place.folder)
        place.save()
    if name is None:
        raise RefreshError(
            f"{place_to_address(data_folder) or data_folder} holds no whole snapshot older than the current one."
        )
    return name
