"""Step everywhere: where a data folder is: a folder of this machine, or an address below which an object store keeps it."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

_ADDRESS = re.compile(r"([a-z][a-z0-9+]+):/{1,2}([^/].*)")
_NO_FILE_NAME = re.compile(r"[^A-Za-z0-9]+")


def place_to_address(place: str | PurePath) -> str | None:
    """The address that a place is, without a slash at its end; None for a folder.

    `s3://bucket/prefix` is one, and so is what a path makes of it, which folds the two slashes into one.
    """
    text = place if isinstance(place, str) else place.as_posix()
    found = _ADDRESS.fullmatch(text)
    return f"{found[1]}://{found[2].rstrip('/')}" if found else None


def address_to_folder_name(address: str) -> str:
    """A name for the folder in which a machine keeps its copy of what is at an address: readable, and its own."""
    digest = hashlib.sha256(address.encode()).hexdigest()[:8]
    return f"{_NO_FILE_NAME.sub('-', address).strip('-')[:60]}-{digest}"
