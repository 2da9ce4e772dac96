"""Step snapshot: record types -> a Frictionless data package descriptor, so that a snapshot describes itself to other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa

from schemas.arrow import record_to_schema
from schemas.records import PUBLISHED

TITLE = "Figures that English councils and Ofsted state about children's services"
KEYS: dict[str, list[str]] = {
    "observations": ["observation_id"],
    "documents": ["document_id", "location"],  # one that failed has a row for each place where it lies
    "indicators": ["indicator"],
    "areas": ["area_code"],
    "neighbours": ["area_code", "neighbour_code", "model"],
}
LINKS: dict[str, dict[str, str]] = {
    "observations": {"document_id": "documents", "indicator": "indicators"},
    "figures": {"document_id": "documents"},
    "judgements": {"document_id": "documents"},
}
"""Columns that hold the key of another table (whose name for it is the same)."""


def _field_type(field: pa.Field) -> str:
    """An Arrow field -> its type in a Table Schema, as the tools see it that read Parquet through pandas.

    There a whole number that may be missing becomes a decimal one, and a list is no JSON text; `arrow` keeps the type.
    """
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_integer(kind) and field.nullable:
        return "number"
    checks = (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_date, "date"),
        (pa.types.is_timestamp, "datetime"),
        (pa.types.is_list, "any"),
    )
    return next((name for check, name in checks if check(kind)), "string")


def _resource(name: str, record: type, rows: int | None) -> dict[str, object]:
    fields = [
        {
            "name": field.name,
            "type": _field_type(field),
            "arrow": str(field.type),
            "description": field.metadata[b"doc"].decode(),
            **({} if field.nullable else {"constraints": {"required": True}}),
        }
        for field in record_to_schema(record)
    ]
    schema: dict[str, object] = {"fields": fields}
    if name in KEYS:
        schema["primaryKey"] = KEYS[name]
    if name in LINKS:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [column]}}
            for column, table in LINKS[name].items()
        ]
    described: dict[str, object] = {
        "name": name,
        "path": f"{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": record.__doc__,
        "schema": schema,
    }
    return described | ({"rows": rows} if rows is not None else {})


def datapackage_json(snapshot: str, rows: Mapping[str, int] | None = None) -> str:
    """The name of a snapshot and its rows by table -> the text of its `datapackage.json`."""
    told = rows or {}
    package = {
        "name": "childrens-services-kpis",
        "title": TITLE,
        "version": snapshot,
        "resources": [_resource(name, record, told.get(name)) for name, record in PUBLISHED.items()],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"
