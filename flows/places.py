"""Step keep: where a refresh works: the data folder itself, or this machine's working copy of what an object store keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.lock import only_refresh
from schemas.places import place_to_address

if TYPE_CHECKING:
    from flows.working_copy import WorkingCopy

COPY = "working-copy"
"""How the folder is called that is a copy of what an object store keeps."""


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder of this machine that is ours for one refresh, and what it is a copy of, if it is one."""

    folder: Path
    copy: WorkingCopy | None = None

    def save(self) -> None:
        """Write back what has changed, where this is a copy."""
        if self.copy is not None:
            self.copy.save()


@contextmanager
def held_place(data_folder: Path) -> Iterator[Place]:
    """Hold a data folder, or what is at an address, for one refresh. Raises RefreshUnderWayError where another holds it."""
    address = place_to_address(data_folder)
    if address is None:
        with only_refresh(data_folder):
            yield Place(data_folder)
        return
    from flows.object_store import ObjectStore
    from flows.working_copy import WorkingCopy, copy_folder

    copy = WorkingCopy(ObjectStore(address), copy_folder(address))
    with copy.held():
        yield Place(copy.folder, copy)


def folder_here(data_folder: Path) -> Path:
    """The folder of this machine in which a refresh of that place works."""
    address = place_to_address(data_folder)
    if address is None:
        return data_folder
    from flows.working_copy import copy_folder

    return copy_folder(address)
