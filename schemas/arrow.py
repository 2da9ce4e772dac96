"""Step snapshot: record types -> Arrow schemas and tables, so that a published column cannot differ from its record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterable
from functools import cache

import pyarrow as pa

_PLAIN: dict[object, pa.DataType] = {
    str: pa.string(),
    float: pa.float64(),
    int: pa.int64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    tuple[str, ...]: pa.list_(pa.string()),
}
_NAMED: dict[str, pa.DataType] = {
    "dictionary": pa.dictionary(pa.int32(), pa.string()),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "box": pa.list_(pa.float32()),
}


def _without_none(annotation: object) -> tuple[object, bool]:
    """`X | None` -> (X, True); anything else -> (itself, False)."""
    if isinstance(annotation, types.UnionType):
        rest = [a for a in typing.get_args(annotation) if a is not type(None)]
        return rest[0], len(rest) < len(typing.get_args(annotation))
    return annotation, False


@cache
def record_to_schema(record: type) -> pa.Schema:
    """The Arrow schema of a published record type, with each column's meaning as field metadata."""
    hints = typing.get_type_hints(record)
    fields = []
    for f in dataclasses.fields(record):
        plain, nullable = _without_none(hints[f.name])
        named = f.metadata.get("arrow")
        kind = _NAMED[named] if named else _PLAIN[plain]
        fields.append(pa.field(f.name, kind, nullable=nullable, metadata={"doc": f.metadata["doc"]}))
    return pa.schema(fields)


def rows_to_table(record: type, rows: Iterable[object]) -> pa.Table:
    """Rows of one record type -> an Arrow table of exactly its schema; raises where a value does not fit its column."""
    schema = record_to_schema(record)
    columns: list[list[object]] = [[] for _ in schema]
    getters = [(c.append, f.name) for c, f in zip(columns, schema, strict=True)]
    for row in rows:
        for append, name in getters:
            append(getattr(row, name))
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
