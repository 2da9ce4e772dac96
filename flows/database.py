"""Step publish: `kpi.duckdb`, a file of views over the current snapshot for any DuckDB client.

It is made aside and renamed into place, in the storage format of DuckDB 1.0. The views hold the snapshot's absolute
path, so that they work from any working directory; a data folder that was moved gets new ones at its next refresh.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from flows.duck import quoted
from flows.snapshots import current_name, dataset_folder, snapshots_folder
from flows.whole_files import sync_file, sync_folder, write_whole
from schemas.views import view_statements

DATABASE = "kpi.duckdb"
NOTE = ".kpi.duckdb.views"
"""Beside the database: a hash of the views in it, which tells whether they are still right without opening it."""


def renew_database(data_folder: Path) -> bool:
    """Make the views lead to the current snapshot where they do not yet; says whether there was anything to do."""
    name = current_name(data_folder)
    if name is None:
        return False
    folder = dataset_folder(data_folder)
    statements = view_statements((snapshots_folder(data_folder) / name).resolve().as_posix())
    note = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    if (folder / DATABASE).is_file() and _read(folder / NOTE) == note:
        return False
    _write_views(folder / DATABASE, statements)
    write_whole(folder / NOTE, note.encode())
    return True


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _write_views(path: Path, statements: list[str]) -> None:
    import duckdb

    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.execute(f"ATTACH {quoted(aside)} AS kpi (STORAGE_VERSION 'v1.0.0')")
        connection.execute("USE kpi")
        for statement in statements:
            connection.execute(statement)
        connection.execute("CHECKPOINT kpi")
        connection.execute("USE memory")
        connection.execute("DETACH kpi")
    sync_file(aside)
    os.replace(aside, path)
    sync_folder(path.parent)
