"""Step find: folders, files and the source registry -> the documents to publish, and the memory of where they were found.

Without sources, those of last time are looked through again: folders and files by name, the registry as it stands now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.find_files import Source, find_files, path_to_source
from flows.manifest import Retrieval, read_manifest, write_manifest
from flows.places import COPY
from flows.progress import Progress
from flows.raw_store import remove_damaged
from flows.readings import Readings
from flows.refusals import RefreshError
from flows.retrievals import retrievals_to_tasks, with_what_is_gone
from flows.sources import RegisteredSource, is_url, read_sources
from flows.tasks import Task
from flows.visits import Visited, visit_sources, what_was_fetched

SAMPLES = Source("samples", Path(__file__).resolve().parents[1] / "data" / "samples")
REGISTRY = "sources.yaml"
"""The registry's name in a data folder, where a refresh looks for one that it was not given."""

Visit = Callable[
    [Sequence[RegisteredSource], Path, Mapping[str, Retrieval], Path, Callable[[str], None]],
    Visited,
]
"""Sources of the web, their registry, what was known, the data folder, whom to tell -> what is there now."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents to publish, and what is to be said of finding them."""

    tasks: list[Task]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where to look: folders and files, and sources of the web by the registry that names them."""

    folders: list[Source]
    web: dict[Path, list[RegisteredSource]]
    notes: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """What a person calls them."""
        return [str(s.path) for s in self.folders] + [s.address for sources in self.web.values() for s in sources]


def find_documents(
    sources: Sequence[Path],
    data_folder: Path,
    progress: Callable[[Progress], None],
    registry: Path | None = None,
    visit: Visit = visit_sources,
) -> Found:
    """Look through the sources, and remember what was found where. Raises RefreshError where there is nothing to look at."""
    known, torn = read_manifest(data_folder)
    notes = [f"{torn} lines of the manifest were damaged: those files were looked at again."] if torn else []
    remembered = dict(known)
    known = what_was_fetched(known, data_folder)
    places = _where_to_look(sources, registry, known.values(), data_folder)
    notes += places.notes
    if SAMPLES not in places.folders and any(r.source == SAMPLES.id for r in known.values()):
        known = {location: r for location, r in known.items() if r.source != SAMPLES.id}
        notes.append("The project's sample documents have left the dataset, now that it has sources of its own.")
    found: list[Retrieval] = []
    looked_at = {source.id for source in places.folders}
    for retrieval in find_files(places.folders, known, dt.datetime.now(dt.UTC), data_folder.absolute()):
        found.append(retrieval)
        progress(Progress("find", len(found), 0, retrieval.location))
    notes += [f"{r.location} could not be looked into: {r.trouble}." for r in found if r.trouble and not r.document_id]
    for place, some in places.web.items():
        visited = visit(some, place, known, data_folder, _counter(progress, len(found)))
        found += visited.found
        looked_at |= visited.sources
        notes += visited.notes
    retrievals = with_what_is_gone(known, found, looked_at)
    tasks = retrievals_to_tasks(retrievals.values())
    if not tasks:
        raise RefreshError("\n".join([*notes, f"No documents at {', '.join(places.names())}. Nothing was published."]))
    if retrievals != remembered or torn:
        write_manifest(data_folder, retrievals.values())
    return Found(tasks, tuple(notes))


def _counter(progress: Callable[[Progress], None], done: int) -> Callable[[str], None]:
    def tell(address: str) -> None:
        nonlocal done
        done += 1
        progress(Progress("find", done, 0, address))

    return tell


def _where_to_look(
    sources: Sequence[Path], registry: Path | None, known: Iterable[Retrieval], data_folder: Path
) -> _Places:
    """What a person named; else what was looked at last time and the data folder's own registry; else the samples."""
    if registry is not None:
        places = _registered([registry.absolute()])
        if not sources and not places.folders and not places.web:
            raise RefreshError(f"No source of {registry} is enabled: kpi sources list. Nothing was published.")
        return _Places(_there([path_to_source(path) for path in sources]) + places.folders, places.web, places.notes)
    if sources:
        return _Places(_there([path_to_source(path) for path in sources]), {})
    before = list(known)
    own = data_folder.absolute() / REGISTRY
    named = (Path(r.registry) for r in before if r.registry is not None)
    registries = dict.fromkeys(path for path in named if not _is_elsewhere(path, own))
    if own.is_file():
        registries[own] = None
    places = _registered([path for path in registries if path.is_file()])
    gone = tuple(f"The source registry {path} is no longer there." for path in registries if not path.is_file())
    ids = dict.fromkeys(r.source for r in before if r.registry is None and r.source != SAMPLES.id)
    folders = _there([Source(place, Path(place)) for place in ids]) + places.folders
    held = any(r.registry is not None for r in before)
    if not folders and not places.web and not held:
        return _Places(_there([SAMPLES]), {}, gone)
    return _Places(folders, places.web, (*gone, *places.notes))


def _is_elsewhere(registry: Path, own: Path) -> bool:
    """Whether that is our own registry, in the working copy that another machine has of the same object store."""
    return registry != own and registry.parts[-3:] == own.parts[-3:] and own.parts[-2] == COPY


def _there(folders: list[Source]) -> list[Source]:
    for source in folders:
        if not source.path.exists():
            raise RefreshError(f"There is no file or folder {source.path}. Nothing was published.")
    return folders


def _registered(registries: Sequence[Path]) -> _Places:
    """The enabled sources of registries. A folder of theirs that is away (a share, say) leaves its documents as they were."""
    folders: list[Source] = []
    web: dict[Path, list[RegisteredSource]] = {}
    notes = []
    for registry in registries:
        for source in read_sources(registry):
            if not source.enabled:
                continue
            if source.on_the_web:
                web.setdefault(registry, []).append(source)
            elif Path(source.address).exists():
                folders.append(
                    Source(source.id, Path(source.address), source.authority, str(registry), source.document_kind)
                )
            else:
                notes.append(
                    f"{source.id}: there is no file or folder {source.address}; its documents were left as they were."
                )
    return _Places(folders, web, tuple(notes))


def unread(tasks: Sequence[Task], readings: Readings) -> list[Task]:
    """The documents to read now. A gone one whose bytes are no longer at hand keeps what was read from it last; kept bytes
    that were damaged are thrown away, and fetched again the next time."""
    without = [task for task in tasks if task.reading_key not in readings]
    for task in without:
        if is_url(task.location) and task.path:
            remove_damaged(Path(task.path))
    return [
        task for task in without if task.at_source or Path(task.path).is_file() or not readings.adopt(task.reading_key)
    ]
