"""Step answer: a dataset that an object store keeps -> its current snapshot in a folder of this machine, for reading.

A snapshot never changes, so it comes once and stays; what came is held against the hashes on its card. Nothing is written
at the address.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath

from schemas.places import address_to_folder_name

KEPT = 2
_CURRENT, _CARD, CORRECTIONS = "dataset/current", "snapshot.json", "corrections.csv"
INSTALL = "pip install 'childrens-services-kpis[s3]'"


class UnreachableError(Exception):
    """What an address holds cannot be had; its text is a sentence for the person who asked."""


def copy_for_reading(address: str) -> Path | None:
    """The folder of this machine that holds the current snapshot at an address, laid out as a data folder; None where nothing
    is published there. Raises UnreachableError."""
    store = _Store(address)
    told = store.get(_CURRENT)
    if told is None:
        return None
    name = PurePosixPath(told.decode(errors="replace").strip()).name
    folder = folder_for_reading(address)
    snapshot = folder / "snapshots" / name
    if not (snapshot / _CARD).is_file():
        _bring(store, name, snapshot)
    decisions = store.get(CORRECTIONS)
    if decisions is not None:
        (folder / CORRECTIONS).write_bytes(decisions)
    else:
        (folder / CORRECTIONS).unlink(missing_ok=True)
    for old in sorted((folder / "snapshots").iterdir())[:-KEPT]:
        if old != snapshot:
            shutil.rmtree(old, ignore_errors=True)
    return snapshot


def folder_for_reading(address: str) -> Path:
    """Where this machine keeps what was read from an address."""
    given = os.environ.get("KPI_CACHE")
    folder = Path(given) if given else Path.home() / ".cache" / "childrens-services-kpis"
    return folder.absolute() / address_to_folder_name(address) / "reading"


def raw_bytes(address: str, document_id: str) -> bytes | None:
    """A document's bytes from the raw store at an address, or None where it does not hold them. Raises UnreachableError."""
    return _Store(address).get(f"raw/{document_id[:2]}/{document_id}")


def _bring(store: _Store, name: str, snapshot: Path) -> None:
    """Copy a snapshot, whole or not at all: its card is the last to come into place."""
    card = store.get(f"dataset/snapshots/{name}/{_CARD}")
    if card is None:
        raise UnreachableError(f"The snapshot {name} at {store.address} has no card: publish it anew with kpi refresh.")
    aside = snapshot.with_name(f".{name}.{os.getpid()}")
    aside.mkdir(parents=True, exist_ok=True)
    try:
        for table, file in json.loads(card)["files"].items():
            path = aside / f"{table}.parquet"
            store.get_file(f"dataset/snapshots/{name}/{path.name}", path)
            if _hash(path) != file["sha256"]:
                raise UnreachableError(f"{path.name} of the snapshot {name} at {store.address} has been altered.")
        (aside / _CARD).write_bytes(card)
        with suppress(OSError):  # another reader has brought it meanwhile
            os.replace(aside, snapshot)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Store:
    """Reads objects below an address."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            from fsspec.core import url_to_fs

            self._store, root = url_to_fs(address, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            raise UnreachableError(f"{address} is not reached without the extra `s3`: {INSTALL} ({error})") from error
        except Exception as error:  # stores have errors of their own kinds
            raise UnreachableError(f"{address} cannot be read: {error}") from error
        self._root = root.rstrip("/") + "/"

    def get(self, name: str) -> bytes | None:
        """An object's bytes, or None where there is none."""
        try:
            return bytes(self._store.cat_file(self._root + name))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise UnreachableError(f"{self.address} cannot be read: {error}") from error

    def get_file(self, name: str, path: Path) -> None:
        """Copy an object to a file."""
        try:
            self._store.get_file(self._root + name, str(path))
        except Exception as error:
            raise UnreachableError(f"{name} at {self.address} cannot be read: {error}") from error
