"""Step fetch: what hosts allow (robots.txt, RFC 9309), asked for once a day and kept beside the raw documents."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.manners import NAME
from flows.sources import Network
from flows.whole_files import write_whole

if TYPE_CHECKING:
    from protego import Protego

HOURS = 24
LONGEST_GAP = 30.0
"""Seconds between two requests that a robots.txt may ask for; where it asks for more, this is what it gets."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a host said, and when (seconds since 1970): `rules` None where it said nothing, which allows everything;
    `closed` where it did not answer, which forbids everything."""

    fetched_at: float
    rules: str | None = None
    closed: bool = False

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address."""
        if self.closed:
            return False
        return self.rules is None or bool(_parse(self.rules).can_fetch(url, NAME))

    @property
    def gap(self) -> float:
        """The seconds between two requests that the host asks for."""
        asked = _parse(self.rules).crawl_delay(NAME) if self.rules else None
        return min(float(asked or 0.0), LONGEST_GAP)


FetchRobots = Callable[[str, tuple[Network, ...]], RobotsFile]


class Robots:
    """The robots.txt of every host that was asked. May be shared by threads.

    file: where they are kept. fetch: origin (scheme, host and port), and the private networks it may lie in -> its file.
    """

    def __init__(self, file: Path, fetch: FetchRobots, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._fetch = fetch
        self._now = now
        self._files = _read(file)
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, origin: str, networks: tuple[Network, ...]) -> RobotsFile:
        """What a host allows, from memory or by asking it."""
        with self._lock:
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:
            known = self._files.get(origin)
            if known is not None and 0 <= self._now() - known.fetched_at < HOURS * 3600:
                return known
            said = self._fetch(origin, networks)
            if said.closed and known is not None and not known.closed:
                said = replace(known, fetched_at=said.fetched_at)  # what it said last holds while it cannot be asked
            with self._lock:
                self._files[origin] = said
                self._write()
            return said

    def _write(self) -> None:
        said = {origin: asdict(file) for origin, file in self._files.items() if not file.closed}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._file, json.dumps(said, indent=1).encode())


@lru_cache(maxsize=64)
def _parse(rules: str) -> Protego:
    from protego import Protego

    return Protego.parse(rules)


def _read(file: Path) -> dict[str, RobotsFile]:
    with suppress(OSError, ValueError, TypeError, AttributeError):
        said = json.loads(file.read_text(encoding="utf-8"))
        return {origin: RobotsFile(**values) for origin, values in said.items()}
    return {}
