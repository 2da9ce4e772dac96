"""A data folder as a national refresh would leave it, made up: documents on disk, manifest and kept readings, no snapshot.

The documents are text files of a line each; what is kept of each is made up as Arrow batches, not read. Indicators and areas
are those of the project, so that publishing checks and sorts what it would meet: each authority's documents state the same
claims again and again over the years.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from extractors.area_tables import load_areas
from extractors.indicators import load_indicators
from flows.code_version import reading_version
from flows.document_rows import failed_rows
from flows.find_files import path_to_source
from flows.manifest import Retrieval, write_manifest
from flows.readings import Readings, batches_to_bytes, kept_schema, rows_to_batch
from flows.retrievals import retrievals_to_tasks
from flows.tasks import Task
from schemas.records import Area, Document, Figure, Indicator, Judgement, Observation

FIRST_YEAR, YEARS = 2012, 12
OTHER_NUMBERS = 0.3
"""Numbers of the ledger that state nothing, for each that became an observation. (Real documents print a dozen.)"""


def make_data_folder(documents_folder: Path, data_folder: Path, documents: int, rows: int) -> None:
    """So many documents with so many observations each."""
    retrievals = list(_write_documents(documents_folder, documents))
    data_folder.mkdir(parents=True, exist_ok=True)
    write_manifest(data_folder, retrievals)
    readings = Readings(data_folder / "readings" / reading_version())
    areas = [area for area in load_areas() if area.kind == "authority" and not area.valid_to]
    indicators = list(load_indicators())
    for number, task in enumerate(retrievals_to_tasks(retrievals)):
        readings.keep(task.reading_key, _reading(number, task, areas, indicators, rows))


def _write_documents(folder: Path, count: int) -> Iterator[Retrieval]:
    source = path_to_source(folder)
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).isoformat()
    for number in range(count):
        path = folder / f"{number // 1000:04d}" / f"paper-{number:07d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = b"Paper %d.\n" % number
        path.write_bytes(data)
        stat = path.stat()
        yield Retrieval(
            location=path.absolute().as_posix(),
            source=source.id,
            name=f"{folder.name}/{path.parent.name}/{path.name}",
            path=str(path.absolute()),
            document_id=hashlib.sha256(data).hexdigest(),
            size=stat.st_size,
            modified=stat.st_mtime_ns,
            retrieved_at=now,
        )


def _reading(number: int, task: Task, areas: list[Area], indicators: list[Indicator], rows: int) -> bytes:
    area = areas[number % len(areas)]
    others = round(rows * OTHER_NUMBERS)
    failed = failed_rows(task, "", "").document
    document = _read_whole(failed, area, rows + others)
    batches = [
        rows_to_batch(Document, [document]),
        _observations(number, task.document_id, area, indicators, rows),
        _figures(task.document_id, rows, others),
        rows_to_batch(Judgement, ()),
    ]
    return batches_to_bytes(batches, {"read": 0.01})


def _read_whole(document: Document, area: Area, numbers: int) -> Document:
    return replace(
        document,
        title="Made-up performance report",
        subject_code=area.area_code,
        publisher=f"{area.name} Council",
        document_kind="report",
        published_on=dt.date(2024, 6, 30),
        period_of_reference=dt.date(2024, 3, 31),
        media_type="text/plain",
        characters=12_000,
        status="ok",
        reason=None,
        detail=None,
        seconds=0.1,
        numbers=numbers,
    )


def _id(document_id: str, row: int) -> str:
    """As long as a real one, and as little like its neighbours."""
    return f"{(int(document_id[:24], 16) ^ (row * 0x9E3779B97F4A7C15)) & (2**96 - 1):024x}"


def _observations(number: int, document_id: str, area: Area, indicators: list[Indicator], rows: int) -> pa.RecordBatch:
    chosen = [indicators[(7 * number + row) % len(indicators)] for row in range(rows)]
    years = [FIRST_YEAR + (number // 150 + row // 10) % YEARS for row in range(rows)]
    place = sum(map(ord, area.area_code))
    values = [
        20 + (31 * len(i.indicator) + 17 * place) % 40 + (y - FIRST_YEAR) / 2
        for i, y in zip(chosen, years, strict=True)
    ]
    words = [f"{value:g}" for value in values]
    columns: dict[str, list[object]] = {
        "observation_id": [_id(document_id, row) for row in range(rows)],
        "document_id": [document_id] * rows,
        "indicator": [i.indicator for i in chosen],
        "area_code": [area.area_code] * rows,
        "area_name": [area.name] * rows,
        "area_kind": ["authority"] * rows,
        "subject_code": [area.area_code] * rows,
        "period": [f"{y}-{(y + 1) % 100:02d}" for y in years],
        "period_start": [dt.date(y, 4, 1) for y in years],
        "period_end": [dt.date(y + 1, 3, 31) for y in years],
        "kind": ["actual" if row % 10 else "average" for row in range(rows)],
        "value": list(values),
        "unit": [i.unit for i in chosen],
        "value_text": list(words),
        "approximation": ["exact"] * rows,
        "page": [row // 5 + 1 for row in range(rows)],
        "x0": [72.0 + row for row in range(rows)],
        "y0": [300.0 + row for row in range(rows)],
        "x1": [90.0 + row for row in range(rows)],
        "y1": [312.0 + row for row in range(rows)],
        "quote": [
            f"In {y}-{(y + 1) % 100:02d} the figure for {i.label} in {area.name} was {word}, as paper {number} puts it in line {row}."
            for row, (i, y, word) in enumerate(zip(chosen, years, words, strict=True))
        ],
        "place": ["sentence"] * rows,
        "confidence": [0.95] * rows,
        "checks": [()] * rows,
        "extractor": ["made up 1"] * rows,
        "construction": ["own_clause"] * rows,
        "provisional": [False] * rows,
    }
    return _batch(Observation, rows, columns)


def _figures(document_id: str, rows: int, others: int) -> pa.RecordBatch:
    every = range(rows + others)
    columns: dict[str, list[object]] = {
        "document_id": [document_id] * len(every),
        "page": [row // 5 + 1 for row in every],
        "position": [40 * row for row in every],
        "value_text": [str(row) for row in every],
        "value": [float(row) for row in every],
        "quote": [f"the words around the number {row} of the page" for row in every],
        "box": [(72.0, 300.0 + row, 90.0, 312.0 + row) for row in every],
        "disposition": ["observation" if row < rows else "date" for row in every],
        "observation_id": [_id(document_id, row) if row < rows else None for row in every],
    }
    return _batch(Figure, len(every), columns)


def _batch(record: type, rows: int, columns: dict[str, list[object]]) -> pa.RecordBatch:
    """A batch of the record's kept schema; a column that is not given is null."""
    schema = kept_schema(record)
    unknown = [None] * rows
    return pa.record_batch([pa.array(columns.get(f.name, unknown), f.type) for f in schema], schema=schema)
