"""Step publish: how the dataset stands before a refresh: what is current, whether it is whole, what was rolled back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from flows.database import renew_database
from flows.snapshots import (
    current_name,
    damage,
    dataset_folder,
    lead_to,
    read_card,
    snapshot_names,
    snapshots_folder,
)
from flows.whole_files import write_whole
from schemas.arrow import record_to_schema
from schemas.records import PUBLISHED

ROLLED_BACK = "rolled-back.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """The current snapshot's name and contents where it is whole, the snapshot to tell changes against, and what is to
    be said of damage."""

    current: str | None
    contents: str | None
    before: Path | None
    notes: tuple[str, ...] = ()


def find_standing(data_folder: Path) -> Standing:
    """Look at the snapshots that are there, the current one first."""
    names = snapshot_names(data_folder)
    current = current_name(data_folder)
    notes: tuple[str, ...] = ()
    whole: str | None = None
    if current is not None:
        wrong = damage(snapshots_folder(data_folder) / current)
        if wrong is None:
            whole = current
        else:
            notes = (f"The current snapshot {current} is damaged ({wrong}): it is published anew.",)
    older = (n for n in reversed(names) if n != current and damage(snapshots_folder(data_folder) / n) is None)
    base = whole or next(older, None)
    card = read_card(snapshots_folder(data_folder) / whole) if whole else None
    before = snapshots_folder(data_folder) / base if base else None
    return Standing(whole, card.contents if card else None, before if _comparable(before) else None, notes)


def _comparable(snapshot: Path | None) -> bool:
    """Whether its tables have today's columns; changes cannot be told against a snapshot of another make."""
    return snapshot is not None and all(
        pq.read_schema(snapshot / f"{name}.parquet").equals(record_to_schema(PUBLISHED[name]))
        for name in ("observations", "documents")
    )


def lead_to_finished(data_folder: Path, contents: str) -> str | None:
    """A snapshot of these contents that was finished but never led to (we were killed just then): lead to it now."""
    names = snapshot_names(data_folder)
    if not names or names[-1] == current_name(data_folder) or is_rolled_back(data_folder, contents):
        return None
    folder = snapshots_folder(data_folder) / names[-1]
    card = read_card(folder)
    if card is None or card.contents != contents or damage(folder) is not None:
        return None
    lead_to(data_folder, names[-1])
    return names[-1]


def is_rolled_back(data_folder: Path, contents: str) -> bool:
    """Whether a snapshot of these contents was rolled back: it is not published again by itself."""
    return contents in _rolled_back(data_folder)


def _rolled_back(data_folder: Path) -> list[str]:
    try:
        return list(json.loads((dataset_folder(data_folder) / ROLLED_BACK).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return []


def step_back(data_folder: Path) -> str | None:
    """Lead readers to the snapshot before the current one, and remember what was taken back; its name, or None."""
    current = current_name(data_folder)
    earlier = [
        name
        for name in snapshot_names(data_folder)
        if (current is None or name < current) and damage(snapshots_folder(data_folder) / name) is None
    ]
    if not earlier:
        return None
    card = read_card(snapshots_folder(data_folder) / current) if current else None
    if card is not None:
        taken_back = [*_rolled_back(data_folder), card.contents]
        write_whole(dataset_folder(data_folder) / ROLLED_BACK, json.dumps(taken_back).encode())
    lead_to(data_folder, earlier[-1])
    renew_database(data_folder)
    return earlier[-1]
