"""Step answer: opens the current snapshot of a dataset for reading, with the published tables and question views in place.

DuckDB reads the Parquet files in memory; nothing is ever written. A connection may read the snapshot's folder and no other file,
reaches no network and loads no extension.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from schemas.places import place_to_address
from schemas.records import PUBLISHED
from schemas.views import QUESTIONED, view_statements

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Record = TypeVar("Record")
READING_STATEMENTS = ("SELECT", "EXPLAIN", "MULTI")  # MULTI is what DuckDB calls a PIVOT


class DatasetError(Exception):
    """A question that cannot be answered; its text is a sentence for the person who asked, with what to do next."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One complete snapshot, open for reading: `folder` is the data folder, `snapshot` the folder of Parquet files. `address`
    is that of the object store which keeps them, if one does; the folders are copies then."""

    folder: Path
    snapshot: Path
    connection: duckdb.DuckDBPyConnection
    address: str | None = None

    def table(self, query: str, parameters: object = None) -> pa.Table:
        """A question of this room's own making -> an Arrow table; `parameters` fill its `?` or `$name` places."""
        return self.connection.sql(query, params=parameters).to_arrow_table()

    def sql(self, query: str) -> pa.Table:
        """Any one SELECT over the tables and views -> an Arrow table (`.to_pandas()` makes a data frame of it).

        Raises DatasetError for anything that does more than read, and for SQL that DuckDB does not accept.
        """
        import duckdb

        try:
            statements = self.connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type.name not in READING_STATEMENTS:
                raise DatasetError("The dataset is read-only: give one SELECT (or PIVOT, DESCRIBE, EXPLAIN) statement.")
            return self.table(query)
        except duckdb.Error as error:
            raise DatasetError(str(error)) from error


def sql_texts(values: Iterable[str]) -> str:
    """Texts -> a comma-separated list of SQL literals, which DuckDB can compare with a file's statistics as it reads."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def table_to_records(answer: pa.Table, record: type[Record]) -> list[Record]:
    """An answer's rows -> records of the type whose fields are its columns."""
    return [
        record(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in answer.to_pylist()
    ]


def find_snapshot(folder: Path) -> Path | None:
    """A data folder, a dataset folder or a snapshot itself -> the folder of the snapshot that is current, else None.

    `current` is followed once, so that one opening of the dataset never sees two snapshots.
    """
    if (folder / "observations.parquet").is_file():
        return folder.resolve()
    for current in (folder / "dataset" / "current", folder / "current"):
        if current.is_dir():
            return current.resolve()
        if current.is_file():  # where the file system has no symbolic links, a file that holds the path
            return (current.parent / current.read_text(encoding="utf-8").strip()).resolve()
    return None


def open_dataset(folder: str | Path = "data") -> Dataset:
    """Open the current snapshot below a data folder (or a snapshot folder itself, or an address of an object store) for
    reading.

    Raises DatasetError where there is no published dataset.
    """
    import duckdb

    address = place_to_address(folder)
    snapshot = find_snapshot(Path(folder)) if address is None else _find_at(address)
    if snapshot is None or not (snapshot / "observations.parquet").is_file():
        raise DatasetError(
            f"There is no published dataset in {address or folder}. Make one with: kpi refresh --data {address or folder}"
            " - or name the folder that holds one with --data."
        )
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}  # works offline
    )
    connection.execute("SET parquet_metadata_cache = true")  # each view looks at the same few footers
    place = snapshot.as_posix()
    try:
        # A table that came with a later version is left out; the ones that the questions read must be there.
        tables = [name for name in PUBLISHED if name in QUESTIONED or (snapshot / f"{name}.parquet").is_file()]
        for statement in view_statements(place, tables):
            connection.execute(statement)
    except duckdb.Error as error:
        raise DatasetError(
            f"The snapshot {snapshot} was published by another version of this project, or is damaged. Publish it anew"
            f" with: kpi refresh --data {folder} ({str(error).splitlines()[0]})"
        ) from error
    connection.execute(f"SET allowed_directories = [{sql_texts([place + '/'])}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return Dataset(
        folder=Path(folder) if address is None else snapshot.parents[1],
        snapshot=snapshot,
        connection=connection,
        address=address,
    )


def _find_at(address: str) -> Path | None:
    from queries.remote import UnreachableError, copy_for_reading

    try:
        return copy_for_reading(address)
    except UnreachableError as error:
        raise DatasetError(str(error)) from error
