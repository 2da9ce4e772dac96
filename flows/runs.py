"""Step publish: observations as each part of the documents gives them -> all of them in the order of the table.

A run is a file of one part's observations, indicator by indicator, with words that come again and again as numbers beside
a list. What all runs hold of some indicators is then brought together and sorted: memory does not grow with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import record_to_schema
from schemas.records import Observation

_SCHEMA = record_to_schema(Observation)
_LISTED = {
    *(f.name for f in _SCHEMA if pa.types.is_dictionary(f.type)),
    *("document_id", "area_code", "area_name", "subject_code", "period"),
}
"""The columns whose words come again and again."""
_DAYS = 2**24  # more than there are between the first and the last date, half of them before 1970


@dataclass(frozen=True, slots=True)
class Run:
    """A file of observations, and how many it holds of each indicator, in its order."""

    path: Path
    rows: tuple[tuple[str, int], ...]


def listed(rows: pa.Table) -> pa.Table:
    """Rows -> the same with the columns of few different words as numbers beside a list."""
    columns = [
        (column.dictionary_encode() if name in _LISTED else column).combine_chunks()
        for name, column in zip(rows.column_names, rows.columns, strict=True)
    ]
    return pa.table(columns, names=rows.column_names)


def write_run(path: Path, rows: pa.Table) -> Run:
    """Write the `listed` rows of some documents."""
    indicators = rows.column("indicator").combine_chunks()
    numbers = indicators.indices.to_numpy()
    rows = rows.take(pa.array(np.argsort(numbers, kind="stable"))).combine_chunks()
    counts = np.bincount(numbers, minlength=len(indicators.dictionary)).tolist()
    start = 0
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, rows.schema) as batches:
        for count in counts:
            batches.write_table(rows.slice(start, count))
            start += count
    return Run(path, tuple(zip(indicators.dictionary.to_pylist(), counts, strict=True)))


def runs_in_order(runs: Sequence[Run], at_least: int) -> Iterator[pa.Table]:
    """All observations by indicator, area, end of period and id, in tables of whole indicators and at least so many rows."""
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(dict(run.rows))
    with ExitStack() as opened:
        files = [pa.ipc.open_file(opened.enter_context(pa.OSFile(str(run.path)))) for run in runs]
        places = [{indicator: n for n, (indicator, _) in enumerate(run.rows)} for run in runs]
        for indicators in _together(counts, at_least):
            batches = [
                file.get_batch(place[indicator])
                for file, place in zip(files, places, strict=True)
                for indicator in indicators
                if indicator in place
            ]
            whole = pa.concat_tables([pa.Table.from_batches([batch]) for batch in batches])
            yield _sorted(whole.unify_dictionaries().combine_chunks())


def _together(counts: Counter[str], at_least: int) -> Iterable[list[str]]:
    """Indicators in their order, as many at a time as have so many rows."""
    together: list[str] = []
    rows = 0
    for indicator in sorted(counts):
        together.append(indicator)
        rows += counts[indicator]
        if rows >= at_least:
            yield together
            together, rows = [], 0
    if together:
        yield together


def _sorted(rows: pa.Table) -> pa.Table:
    """By indicator, area and end of period, so that a question reads few row groups; what is not known comes last."""
    area, areas = _ranks(rows.column("area_code"))
    ends = pc.fill_null(rows.column("period_end").cast(pa.int32()), _DAYS // 2 - 1).to_numpy()
    claim = (_ranks(rows.column("indicator"))[0] * (areas + 1) + area) * _DAYS + ends + _DAYS // 2
    keys = pa.table({"claim": claim, "id": rows.column("observation_id")})
    return rows.take(pc.sort_indices(keys, [("claim", "ascending"), ("id", "ascending")])).combine_chunks()


def _ranks(column: pa.ChunkedArray) -> tuple[np.ndarray, int]:
    """A column of listed words -> the place of each in the order of the words, the last for none; and how many words."""
    whole = column.combine_chunks()
    words = len(whole.dictionary)
    ranks = np.empty(words + 1, np.int64)
    ranks[pc.sort_indices(whole.dictionary).to_numpy()] = np.arange(words)
    ranks[words] = words
    return ranks[pc.fill_null(whole.indices, words).to_numpy(zero_copy_only=False)], words
