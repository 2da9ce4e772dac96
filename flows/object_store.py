"""Step keep: the objects below an address of an object store, by their names (`manifest.jsonl`, `raw/ab/abcd...`).

An object appears whole or not at all, and can be created where none is, which one of several writers does (`create`); more
is not asked of the store: nothing is renamed, appended to or locked in it. fsspec reaches it, which knows S3 and others.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.refusals import RefreshError

INSTALL = "pip install 'childrens-services-kpis[s3]'"
AT_ONCE = 64
_TAGS = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "created", "mtime")


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as a listing shows it: its bytes, and what changes whenever it is written."""

    size: int
    tag: str


class ObjectStore:
    """What an object store holds below an address. Raises RefreshError where it cannot be reached or refuses us."""

    def __init__(self, address: str) -> None:
        self.address = address
        with self._told():
            from fsspec.core import url_to_fs

            self._store, root = url_to_fs(address, use_listings_cache=False, skip_instance_cache=True)
        self._root = root.rstrip("/") + "/"

    def seen(self, below: str = "") -> dict[str, Seen]:
        """The objects whose names begin so."""
        with self._told():
            found: dict[str, dict[str, Any]] = self._store.find(
                self._root + below.rstrip("/"), detail=True, refresh=True
            )
        return {
            self._name(path): Seen(int(told["size"] or 0), _tag(told))
            for path, told in found.items()
            if self._name(path).startswith(below) and not path.endswith("/")
        }

    def get(self, name: str) -> bytes | None:
        """An object's bytes, or None where there is none of that name."""
        with self._told():
            try:
                return bytes(self._store.cat_file(self._root + name))
            except FileNotFoundError:
                return None

    def get_files(self, names: Sequence[str], folder: Path) -> None:
        """Copy objects to files of their names below a folder, each whole or not at all."""
        for some in _in_parts(names):
            aside = [folder / f".new-{number}" for number in range(len(some))]
            with self._told():
                self._store.get([self._root + name for name in some], [str(path) for path in aside])
            for name, path in zip(some, aside, strict=True):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, target)

    def put(self, name: str, data: bytes) -> None:
        """Write an object, in place of one of that name: readers see the one or the other."""
        with self._told():
            self._store.pipe_file(self._root + name, data)

    def put_files(self, names: Sequence[str], folder: Path) -> None:
        """Copy files below a folder to objects of their names."""
        for some in _in_parts(names):
            with self._told():
                self._store.put([str(folder / name) for name in some], [self._root + name for name in some])

    def create(self, name: str, data: bytes) -> bool:
        """Write an object where none is; whether it was we who did. One of several that try at once succeeds."""
        with self._told():
            try:
                self._store.pipe_file(self._root + name, data, mode="create")
            except FileExistsError:
                return False
        return True

    def remove(self, names: Sequence[str]) -> None:
        """Remove objects, those that are there."""
        if names:
            with self._told():
                self._store.rm([self._root + name for name in names])

    def age(self, name: str) -> float:
        """Seconds since an object was written, by the store's own clock: an object is written to read that."""
        probe = f"{name}.{uuid.uuid4().hex}"
        self.put(probe, b"")
        with self._told():
            now, then = (self._store.modified(self._root + one) for one in (probe, name))
        self.remove([probe])
        return float((now - then).total_seconds())

    def _name(self, path: str) -> str:
        return path.removeprefix(self._root)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the store, or the way to it, refuses, said for the person who asked. Stores have errors of their own kinds."""
        try:
            yield
        except ImportError as error:
            raise RefreshError(f"{self.address} is not reached without the extra `s3`: {INSTALL} ({error})") from error
        except Exception as error:
            raise RefreshError(f"{self.address} cannot be read or written: {error}") from error


def _tag(told: Mapping[str, object]) -> str:
    return next((str(told[key]) for key in _TAGS if told.get(key) is not None), "")


def _in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
