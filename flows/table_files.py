"""Step publish: Arrow batches -> one Parquet file of a published table, with the record's own schema and even row groups.

The same rows in the same order give the same bytes, however they were cut into batches.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import record_to_schema

ROW_GROUP = 100_000
LEVEL = 3
"""Of zstd: the sixth takes twice the time to write a table, for one part in twenty less on disk."""


class TableFile:
    """A Parquet file of one record type, written batch by batch."""

    def __init__(self, path: Path, record: type) -> None:
        self._schema = record_to_schema(record)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd", compression_level=LEVEL)
        self._waiting: list[pa.Table] = []
        self._count = 0

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None and self._count:
            self._write(self._count)
        self._writer.close()

    def add(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Append rows; plain strings become the dictionaries that the schema wants."""
        if rows.num_rows:
            self._waiting.append(rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows]))
            self._count += rows.num_rows
        while self._count >= ROW_GROUP:
            self._write(ROW_GROUP)

    def _write(self, count: int) -> None:
        together = pa.concat_tables(self._waiting)
        now, later = together.slice(0, count), together.slice(count)
        self._writer.write_table(self._fit(now), row_group_size=ROW_GROUP)
        self._waiting = [later]
        self._count = later.num_rows

    def _fit(self, rows: pa.Table) -> pa.Table:
        columns = []
        for field in self._schema:
            column = rows.column(field.name).combine_chunks()
            if not field.nullable and column.null_count:
                raise ValueError(f"{field.name} must not be null")
            if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(column.type):
                column = column.dictionary_encode()
            columns.append(column.cast(field.type))
        return pa.Table.from_arrays(columns, schema=self._schema)
