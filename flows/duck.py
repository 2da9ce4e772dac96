"""Step publish: DuckDB as a working tool: in memory, bounded, spilling to a folder of ours, reaching no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MEGABYTES = 200
MEGABYTES_PER_MILLION_ROWS = 120
"""What a check may hold before it goes to disk: DuckDB keeps the ids of all rows in memory while it compares them."""


@contextmanager
def working_connection(folder: Path, rows: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for work on so many rows of a snapshot in the making; what memory does not hold goes below its folder."""
    import duckdb

    spill = folder / "spill"
    config = {
        "memory_limit": f"{MEGABYTES + MEGABYTES_PER_MILLION_ROWS * rows // 1_000_000}MB",
        "temp_directory": spill.as_posix(),
        "autoinstall_known_extensions": "false",
    }
    try:
        with duckdb.connect(config=config) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def quoted(path: Path) -> str:
    """A path as an SQL string."""
    return "'" + path.as_posix().replace("'", "''") + "'"
