"""Step publish: the folder of snapshots: names that sort by time, `current`, what is whole, what may go.

<data>/dataset/snapshots/<name>/*.parquet, snapshot.json
<data>/dataset/current       a symbolic link to one of them; where there are none, a text file that holds its path
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.whole_files import sync_file, sync_folder, write_whole
from schemas.records import PUBLISHED

CARD = "snapshot.json"
ASIDE = ".new-"
LINKS = os.name != "nt"
"""Whether everybody may make symbolic links; on Windows only some may."""
_NAME = "%Y%m%dT%H%M%SZ"
_IS_NAME = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a snapshot: its size and hash, and its rows."""

    bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a snapshot says of itself: when it was made, out of what (`contents`, a hash), and its files by table."""

    name: str
    made_at: str
    contents: str
    files: dict[str, PublishedFile]


def dataset_folder(data_folder: Path) -> Path:
    """Where the published dataset is."""
    return data_folder / "dataset"


def snapshots_folder(data_folder: Path) -> Path:
    """Where the snapshots are."""
    return dataset_folder(data_folder) / "snapshots"


def snapshot_names(data_folder: Path) -> list[str]:
    """The snapshots that are there, oldest first."""
    folder = snapshots_folder(data_folder)
    if not folder.is_dir():
        return []
    return sorted(entry.name for entry in os.scandir(folder) if entry.is_dir() and _IS_NAME.fullmatch(entry.name))


def next_name(data_folder: Path, now: dt.datetime) -> str:
    """A name that sorts after every snapshot there is, whatever the clock says."""
    names = snapshot_names(data_folder)
    name = now.strftime(_NAME)
    if names and name <= names[-1]:
        name = (dt.datetime.strptime(names[-1], _NAME).replace(tzinfo=dt.UTC) + dt.timedelta(seconds=1)).strftime(_NAME)
    return name


def current_name(data_folder: Path) -> str | None:
    """The snapshot that readers are led to."""
    current = dataset_folder(data_folder) / "current"
    if current.is_symlink():
        return Path(os.readlink(current)).name
    if current.is_file():
        return Path(current.read_text(encoding="utf-8").strip()).name
    return None


def lead_to(data_folder: Path, name: str) -> None:
    """Let `current` lead to a snapshot, from one instant to the next."""
    folder = dataset_folder(data_folder)
    target = Path("snapshots") / name
    aside = folder / ".current.new"
    aside.unlink(missing_ok=True)
    try:
        aside.symlink_to(target, target_is_directory=True)
    except (OSError, NotImplementedError):
        if LINKS:
            raise
        write_whole(folder / "current", target.as_posix().encode())
        return
    os.replace(aside, folder / "current")
    sync_folder(folder)


def read_card(folder: Path) -> Card | None:
    """A snapshot's card, or None where it cannot be read."""
    try:
        values = json.loads((folder / CARD).read_text(encoding="utf-8"))
        files = {name: PublishedFile(**file) for name, file in values.pop("files").items()}
        return Card(**values, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_card(folder: Path, name: str, made_at: dt.datetime, contents: str, rows: dict[str, int]) -> Card:
    """Hash the files of a finished snapshot, write its card, and force all of it to disk."""
    files = {}
    for table in PUBLISHED:
        path = folder / f"{table}.parquet"
        sync_file(path)
        files[table] = PublishedFile(path.stat().st_size, _hash(path), rows[table])
    card = Card(name, made_at.isoformat(), contents, files)
    write_whole(folder / CARD, json.dumps(asdict(card), indent=1).encode())
    return card


def damage(folder: Path) -> str | None:
    """What is wrong with a snapshot's files, in words, or None where they are as they were written."""
    card = read_card(folder)
    if card is None or set(card.files) != set(PUBLISHED):
        return f"{CARD} is missing or unreadable"
    for table, file in card.files.items():
        path = folder / f"{table}.parquet"
        if not path.is_file():
            return f"{path.name} is missing"
        if path.stat().st_size != file.bytes or _hash(path) != file.sha256:
            return f"{path.name} has been altered"
    return None


def clear_unfinished(data_folder: Path) -> None:
    """Remove what a refresh that was killed had begun to write."""
    folder = snapshots_folder(data_folder)
    if folder.is_dir():
        for entry in os.scandir(folder):
            if entry.name.startswith(ASIDE):
                shutil.rmtree(entry.path)


def remove_old(data_folder: Path, keep: int) -> None:
    """Remove all but the newest snapshots; the current one stays whatever its age."""
    current = current_name(data_folder)
    for name in snapshot_names(data_folder)[: -max(keep, 1)]:
        if name != current:
            folder = snapshots_folder(data_folder) / name
            aside = folder.with_name(ASIDE + name)  # a half-removed snapshot must not look like one
            os.replace(folder, aside)
            shutil.rmtree(aside)


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
