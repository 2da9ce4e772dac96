"""Step fetch: how we behave on the web: who we say we are, and how long we wait for our turn and before another try.

A host is asked at most once a second. Time is counted on a clock that nobody sets, so that a clock that jumps makes us neither rude nor slow.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

CONTACT = "KPI_CONTACT"
NAME = "childrens-services-kpis"
"""What robots.txt files may call us by."""


def user_agent(contact: str | None = None) -> str:
    """Who we say we are: the project, its version, that it reads public papers, and whom to write to where that is known
    (`KPI_CONTACT` in the environment)."""
    try:
        number = version(NAME)
    except PackageNotFoundError:
        number = "0"
    whom = contact or os.environ.get(CONTACT) or ""
    known = f"; contact: {whom}" if whom.isascii() and whom.isprintable() and whom else ""
    return f"{NAME}/{number} (reads published papers on children's services; obeys robots.txt{known})"


@dataclass(frozen=True, slots=True)
class Manners:
    """How long we wait: seconds between requests to one host, tries for one address, the first pause before another try
    (which doubles), and the longest pause that a server may ask for."""

    gap: float = 1.0
    tries: int = 4
    pause: float = 2.0
    longest_pause: float = 120.0


class StoppedError(Exception):
    """The run has ended while somebody waited for a turn."""


class Pace:
    """Lets each host be asked at most once in a gap, whoever asks. May be shared by threads, which `stop` lets go."""

    def __init__(
        self,
        gap: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._gap = gap
        self._clock = clock
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, longer_gap: float = 0.0) -> None:
        """Wait for one's turn with a host."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + max(self._gap, longer_gap)
        self.rest(turn - now)

    def rest(self, seconds: float) -> None:
        """Wait before another try. Raises StoppedError where the run has ended meanwhile."""
        if seconds > 0:
            self._sleep(seconds)
        if self._stopped.is_set():
            raise StoppedError

    def stop(self) -> None:
        """The run has ended: nobody waits any longer."""
        self._stopped.set()


def pause_before(manners: Manners, tries: int, asked_for: float | None, chance: Callable[[], float]) -> float:
    """Seconds before the next try: doubling, up to half as long again by chance, so that many of us do not come at once;
    as long as the server asks for, where it does."""
    own = manners.pause * 2.0 ** (tries - 1) * (1.0 + 0.5 * chance())
    return min(max(own, asked_for or 0.0), manners.longest_pause)


def jitter() -> float:
    """A number from 0 to 1 by chance."""
    return random.random()
