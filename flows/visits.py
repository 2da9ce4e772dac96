"""Step fetch: the sources of the web that are due -> what is there now. Hosts are visited side by side, one source of a
host after the other.

A source that cannot be read whole changes nothing of what was known of it, beyond what was found new, and is named.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.manifest import Retrieval
from flows.raw_store import RawStore
from flows.sources import SCHEDULES, RegisteredSource, is_url
from flows.whole_files import write_whole

if TYPE_CHECKING:
    from flows.fetch import Web
    from flows.visit_source import Offer, SourceVisit

VISITS = "visits.json"
HOSTS_AT_ONCE = 8
_DAY = 24 * 3600.0
_SLACK = 0.5 * _DAY
"""A weekly source is due again on the same weekday, even if the night's run starts a little earlier."""


@dataclass(frozen=True, slots=True)
class Visited:
    """What was found by location, the ids of the sources that were seen whole, and what is to be said."""

    found: tuple[Retrieval, ...] = ()
    sources: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def open_web(store: RawStore) -> Web:
    """The web, with the manners and caps of every day."""
    from flows.fetch import Web

    return Web(store)


def visit_sources(
    sources: Sequence[RegisteredSource],
    registry: Path,
    known: Mapping[str, Retrieval],
    data_folder: Path,
    tell: Callable[[str], None] = lambda _: None,
    way: Callable[[RawStore], Web] = open_web,
    now: Callable[[], float] = time.time,
) -> Visited:
    """Visit the sources that are due.

    known: what was found at each location last time. tell: called with each address that is asked for. way: how the web
    is reached. Raises OSError where the raw store cannot be written.
    """
    store = RawStore(data_folder)
    visits = _read_visits(store)
    due = [s for s in sources if _is_due(visits.get(s.id), SCHEDULES[s.schedule] * _DAY, now())]
    if not due:
        return Visited()
    store.clear_unfinished()
    with way(store) as web:
        seen = _visit_hosts(due, registry, known, store, web, _one_at_a_time(tell))
    whole = [source.id for source, visit in zip(due, seen, strict=True) if visit.whole]
    _write_visits(store, {**visits, **dict.fromkeys(whole, now())})
    found: dict[str, Retrieval] = {}
    for visit in seen:  # what two sources offer belongs to the first of them
        for location, retrieval in visit.found.items():
            if location not in found or (found[location].document_id is None and retrieval.document_id is not None):
                found[location] = retrieval
    notes = [f"{s.id}: {note}." for s, visit in zip(due, seen, strict=True) for note in visit.notes]
    return Visited(tuple(found.values()), frozenset(whole), tuple(notes))


def _visit_hosts(
    due: Sequence[RegisteredSource],
    registry: Path,
    known: Mapping[str, Retrieval],
    store: RawStore,
    web: Web,
    tell: Callable[[str], None],
) -> list[SourceVisit]:
    """The visits of the sources, in their order."""
    from flows.visit_source import Visitor

    visitor = Visitor(web, store, known, registry, tell)
    hosts: dict[str, list[RegisteredSource]] = {}
    for source in due:
        hosts.setdefault(urlsplit(source.address).netloc, []).append(source)

    def visit_host(sources: Iterable[RegisteredSource]) -> dict[str, SourceVisit]:
        return {source.id: visitor.visit(source) for source in sources}

    visits: dict[str, SourceVisit] = {}
    with ThreadPoolExecutor(min(HOSTS_AT_ONCE, len(hosts)), "host") as threads:
        try:
            for some in threads.map(visit_host, hosts.values()):
                visits.update(some)
        except BaseException:
            web.stop()  # or we would wait for everybody's turn before we could end
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return [visits[source.id] for source in due]


def look_at_source(
    source: RegisteredSource, registry: Path, way: Callable[[RawStore], Web] = open_web
) -> tuple[list[Offer], list[str]]:
    """What a visit of a source would fetch, and what is wrong with it. Its pages are read, its documents are not, and
    nothing is kept."""
    from flows.visit_source import Visitor

    with tempfile.TemporaryDirectory() as folder:
        store = RawStore(Path(folder))
        with way(store) as web:
            return Visitor(web, store, {}, registry).look(source)


def last_visits(data_folder: Path) -> dict[str, float]:
    """When each source was last seen whole, in seconds since 1970."""
    return _read_visits(RawStore(data_folder))


def what_was_fetched(known: Mapping[str, Retrieval], data_folder: Path) -> dict[str, Retrieval]:
    """What is known, with what the raw store holds beyond it: a manifest that was torn, or a run that was killed before it
    could write one, costs no byte that had come already. Paths are those of the data folder where it is now."""
    store = RawStore(data_folder)
    here = {
        location: store.at_home(retrieval) if is_url(location) and retrieval.path else retrieval
        for location, retrieval in known.items()
    }
    for location, retrieval in store.logged().items():
        if location not in here or here[location].trouble or here[location].retrieved_at < retrieval.retrieved_at:
            here[location] = store.at_home(retrieval)
    return here


def _is_due(last: float | None, every: float, now: float) -> bool:
    """Whether it is time for another visit; a clock that was set back is no reason to stay away."""
    return last is None or not 0 <= now - last < every - _SLACK


def _one_at_a_time(tell: Callable[[str], None]) -> Callable[[str], None]:
    lock = threading.Lock()

    def tell_alone(words: str) -> None:
        with lock:
            tell(words)

    return tell_alone


def _read_visits(store: RawStore) -> dict[str, float]:
    with suppress(OSError, ValueError, TypeError, AttributeError):
        visits = json.loads((store.folder / VISITS).read_text(encoding="utf-8"))
        return {str(source): float(when) for source, when in visits.items()}
    return {}


def _write_visits(store: RawStore, visits: Mapping[str, float]) -> None:
    store.folder.mkdir(parents=True, exist_ok=True)
    write_whole(store.folder / VISITS, json.dumps(visits, indent=1).encode())
