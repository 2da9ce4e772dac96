"""Step lock: one refresh at a time of what an object store keeps: a lease with a number, held by whoever created it.

`lease/<number>` is created where none is, so one of two that try at once gets it; the highest number holds. A lease that
nobody has renewed for a while, by the store's clock, is that of a machine that died: the next number is taken. So is one
of our own working copy, which we hold by the system's lock and nobody else can.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from flows.object_store import ObjectStore
from flows.refusals import RefreshError, RefreshUnderWayError

FOLDER = "lease/"
RENEW_SECONDS = 60.0
DEAD_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Held:
    """What a lease says: who holds it, of which working copy, in which run; and whether it was given back."""

    holder: str
    copy: str
    run: str
    over: bool = False


class Lease:
    """A lease that we hold. `check` raises RefreshUnderWayError once another has taken over."""

    def __init__(self, store: ObjectStore, name: str, held: Held) -> None:
        self._store = store
        self._name = name
        self._held = held

    def check(self) -> None:
        """Make sure, before readers are led to what we wrote, that it is still ours."""
        if _last(self._store) != self._name or _read(self._store, self._name) != self._held:
            raise RefreshUnderWayError(
                f"Another refresh of {self._store.address} has taken over, since this one was not heard of for long."
                " The dataset is as that one leaves it."
            )


@contextmanager
def only_lease(store: ObjectStore, copy: str) -> Iterator[Lease]:
    """Hold what is at an address for one refresh; raises RefreshUnderWayError at once where another holds it.

    copy: our working copy, which whoever calls holds by the system's lock.
    """
    last = _last(store)
    before = _read(store, last) if last else None
    if last and before and not before.over and before.copy != copy and store.age(last) < DEAD_SECONDS:
        raise _under_way(store, before.holder)
    number = int(last.removeprefix(FOLDER)) + 1 if last else 1
    held = Held(f"process {os.getpid()} on {socket.gethostname()}", copy, uuid.uuid4().hex)
    name = f"{FOLDER}{number:08}"
    if not store.create(name, _to_bytes(held)):
        raise _under_way(store, "another process")
    store.remove([older for older in store.seen(FOLDER) if older < name])
    done = threading.Event()
    renewing = threading.Thread(target=_renew, args=(store, name, held, done), name="lease", daemon=True)
    renewing.start()
    try:
        yield Lease(store, name, held)
    finally:
        done.set()
        renewing.join()
        # It is not removed: numbers only grow, so that a run which slept through its end never takes another's for its own.
        store.put(name, _to_bytes(Held(held.holder, held.copy, held.run, over=True)))


def _renew(store: ObjectStore, name: str, held: Held, done: threading.Event) -> None:
    while not done.wait(RENEW_SECONDS):
        try:
            store.put(name, _to_bytes(held))
        except RefreshError:  # it may be reached again before the lease is over; if not, `check` will say
            continue


def _last(store: ObjectStore) -> str | None:
    return max((name for name in store.seen(FOLDER) if name.removeprefix(FOLDER).isdigit()), default=None)


def _read(store: ObjectStore, name: str) -> Held | None:
    try:
        return Held(**json.loads(store.get(name) or b""))
    except (ValueError, TypeError):
        return None


def _to_bytes(held: Held) -> bytes:
    return json.dumps(asdict(held)).encode()


def _under_way(store: ObjectStore, holder: str) -> RefreshUnderWayError:
    return RefreshUnderWayError(f"A refresh of {store.address} is under way ({holder}). Try again when it is done.")
