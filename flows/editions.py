"""Step publish: is there anything new to publish, and if so, of what is the next snapshot made?"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.beside import read_beside
from flows.code_version import publishing_version, reading_version
from flows.database import renew_database
from flows.publish import DamagedReadingsError, Edition, publish
from flows.readings import Readings
from flows.snapshots import next_name
from flows.standing import find_standing, is_rolled_back, lead_to_finished
from flows.tasks import Task


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that is current after a refresh, whether it is a new one, and what is to be said of it."""

    name: str
    new: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants it published: anew in any case, although rows were lost, how many snapshots are to stay, and by how
    many processes."""

    again: bool = False
    accept_loss: bool = False
    keep: int = 7
    workers: int = 1


def publish_if_new(
    data_folder: Path,
    tasks: Sequence[Task],
    readings: Readings,
    passing: Collection[str],
    wish: Wish,
    read_again: Callable[[Sequence[Task]], None],
) -> Published:
    """Publish a snapshot of the documents, unless the current one is made of just the same.

    passing: keys of readings that would come out differently another time, and so make another snapshot then.
    read_again: called with the documents whose kept readings turn out to be damaged.
    """
    beside = read_beside(data_folder)
    contents = hash_contents(tasks, passing, beside.contents)
    if not wish.again and lead_to_finished(data_folder, contents):
        renew_database(data_folder)
    standing = find_standing(data_folder)
    if standing.current and not wish.again:
        if standing.contents == contents:
            renewed = renew_database(data_folder)
            return Published(standing.current, False, ("The database of views was made anew.",) if renewed else ())
        if is_rolled_back(data_folder, contents):
            note = "Nothing has changed since the last snapshot was rolled back: it is not published again."
            return Published(standing.current, False, (note,))
    notes = standing.notes

    def make(contents: str) -> Published:
        now = dt.datetime.now(dt.UTC)
        name = next_name(data_folder, now)
        shelf = readings.shelf()
        edition = Edition(name, now, contents, tasks, shelf, standing.before, beside, wish.accept_loss, wish.workers)
        publish(data_folder, edition, wish.keep)
        return Published(name, True, (*notes, *edition.notes))

    try:
        published = make(contents)
    except DamagedReadingsError:
        damaged = [t for t in tasks if not readings.is_whole(t.reading_key)]
        read_again(damaged)
        notes = (*notes, f"{len(damaged)} kept readings were damaged: those documents were read again.")
        published = make(hash_contents(tasks, passing, beside.contents))
    readings.remove_others()
    return published


def hash_contents(tasks: Sequence[Task], passing: Collection[str], beside: str) -> str:
    """All that decides what a snapshot holds, as a hash: documents, where they are, what they are held against (`beside`, a
    hash), and the code that reads and publishes."""
    held = sorted(
        (
            t.reading_key,
            t.location,
            t.source or "",
            t.document_kind or "",
            list(t.other_locations),
            t.at_source,
            t.reading_key in passing,
        )
        for t in tasks
    )
    return hashlib.sha256(json.dumps([held, beside, reading_version(), publishing_version()]).encode()).hexdigest()
