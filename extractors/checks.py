"""Step check: all checks by name, and the names of those that each observation fails.

Every check is a pure function of rows and of what is known beside them; its first sentence is what a person is told. The
checks of one document's figures look at whole documents, any number at once; those of a series look at all rows together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from extractors.checked_rows import Known, rows_to_frame
from extractors.checks_of_values import differs_from_official, jumps, low_confidence, out_of_range
from extractors.checks_of_words import contradicts_direction, tells_of_a_change
from extractors.checks_together import (
    contradicts_itself,
    parts_exceed_total,
    rate_and_count_disagree,
    share_does_not_add_up,
)
from extractors.corrections import RENEW

Check = Callable[[pd.DataFrame, Known], pd.Series]

OF_DOCUMENTS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        out_of_range,
        contradicts_direction,
        share_does_not_add_up,
        rate_and_count_disagree,
        parts_exceed_total,
        contradicts_itself,
        low_confidence,
    )
}
OF_SERIES: Mapping[str, Check] = {jumps.__name__: jumps}
NAMES = (*OF_DOCUMENTS, differs_from_official.__name__, *OF_SERIES, RENEW)
"""The names that `observations.checks` may hold, in the order in which they stand there."""


def check_documents(observations: pa.Table, compared: pa.Table, known: Known) -> pa.Table:
    """The observations of whole documents -> a table of booleans, a column for each check that looks at documents.

    compared: the rows of `official_comparisons` for these observations. What a person has rejected fails nothing, and
    nothing is held against it.
    """
    rows = rows_to_frame(observations)
    live = _not_rejected(rows)
    failed = {name: check(live, known) for name, check in OF_DOCUMENTS.items()}
    failed[differs_from_official.__name__] = differs_from_official(live, compared.to_pandas())
    return _to_table(failed, rows)


def check_series(observations: pa.Table, known: Known) -> pa.Table:
    """All observations (their quotes are not needed) -> a table of booleans, a column for each check of series."""
    rows = rows_to_frame(observations, with_quotes=False)
    live = _not_rejected(rows)
    return _to_table({name: check(live, known) for name, check in OF_SERIES.items()}, rows)


def _not_rejected(rows: pd.DataFrame) -> pd.DataFrame:
    rejected = rows["reviewed"] == "rejected"
    return rows[~rejected] if rejected.any() else rows  # millions of rows are not copied for nothing


def without_told_jumps(failed: pa.Table, quotes: pa.ChunkedArray) -> pa.Table:
    """What `check_series` found for some rows, and their quotes -> the same without the jumps that their own words tell of."""
    hits = failed.column("jumps").to_numpy()
    if hits.any():
        told = np.zeros(len(hits), bool)
        told[hits] = tells_of_a_change(quotes.filter(pa.array(hits)).to_pandas()).to_numpy(bool)
        hits = hits & ~told
    return pa.table({"jumps": hits})


def _to_table(failed: Mapping[str, pd.Series], rows: pd.DataFrame) -> pa.Table:
    return pa.table(
        {name: column.reindex(rows.index, fill_value=False).to_numpy(bool) for name, column in failed.items()}
    )


def names_of_failed(*tables: pa.Table) -> pa.Array:
    """Tables of booleans, row by row -> the list of names that each row fails, in the order of `NAMES`."""
    columns = {name: table.column(name).to_numpy() for table in tables for name in table.column_names}
    ordered = [name for name in NAMES if name in columns]
    hits = np.column_stack([columns[name] for name in ordered]) if ordered else np.zeros((tables[0].num_rows, 0), bool)
    offsets = np.concatenate([[0], np.cumsum(hits.sum(axis=1))]).astype(np.int32)
    _, column = np.nonzero(hits)
    words = pa.array(np.array(ordered, dtype=object)[column] if len(column) else [], pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets), words)


def add_names(checks: pa.Array, failed: pa.Table) -> pa.Array:
    """The lists of names that rows fail already, and what else they fail -> the lists with both, in the order of `NAMES`."""
    hits = np.column_stack([failed.column(name).to_numpy() for name in failed.column_names])
    if not hits.any():
        return checks
    lists = checks.to_pylist()
    for row in np.flatnonzero(hits.any(axis=1)):
        more = [name for name, hit in zip(failed.column_names, hits[row], strict=True) if hit]
        lists[row] = sorted({*lists[row], *more}, key=NAMES.index)
    return pa.array(lists, pa.list_(pa.string()))
