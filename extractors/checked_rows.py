"""Step check: rows of observations, and what is known beside them, as the frames that the checks look at.

A check is a function of both that says of every row whether it fails; it never changes a row. Words that come again and
again (indicators, areas, documents) are categories there, numbers beside a short list, since millions of rows are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extractors.indicators import load_indicators
from extractors.lexicon import lookup
from extractors.official_match import compare_with_official, prepare_official, stated_step

CLAIM = ["indicator", "area_code", "period", "kind", "unit", "variant"]
COLUMNS = (
    "observation_id", "document_id", "page", *CLAIM, "area_kind", "period_start", "period_end", "value", "value_text",
    "approximation", "confidence", "reviewed",
)  # fmt: skip
CODED = {
    "document_id", *CLAIM, "area_kind", "value_text", "approximation", "reviewed",
}  # fmt: skip
"""The columns that are categories in a frame of rows."""
OFFICIAL_COLUMNS = ("indicator", "area_code", "period", "period_end", "value", "unit")


@dataclass(frozen=True, slots=True)
class Known:
    """What figures are held against, drawn from official values: those values as they are compared with (`official`), the
    same once with their `year` (`values`), the lowest and highest of each indicator (`spread`), and the child `population` of
    each area and year."""

    official: pd.DataFrame
    values: pd.DataFrame
    spread: pd.DataFrame
    population: pd.DataFrame


@cache
def settings() -> Mapping[str, Any]:
    """What the checks go by."""
    return cast("Mapping[str, Any]", lookup("checks.yaml"))


@cache
def catalogue() -> pd.DataFrame:
    """The catalogue's minimum, maximum, polarity, and stock or flow, by indicator."""
    rows = [(i.indicator, i.minimum, i.maximum, i.better, i.measures) for i in load_indicators()]
    return pd.DataFrame(rows, columns=["indicator", "minimum", "maximum", "better", "measures"]).set_index("indicator")


def rows_to_frame(observations: pa.Table, with_quotes: bool = True) -> pd.DataFrame:
    """Observations -> a frame with the columns that checks need (days as timestamps), and `step`, to what each value is
    rounded."""
    names = [*COLUMNS, "quote"] if with_quotes else list(COLUMNS)
    columns = [_to_look_at(name, observations.column(name)) for name in names]
    frame: pd.DataFrame = pa.table(columns, names=names).to_pandas()
    frame["step"] = stated_step(frame) if len(frame) else pd.Series(dtype=float)
    return frame


def _to_look_at(name: str, column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    if pa.types.is_dictionary(whole.type) and name != "variant":
        return whole
    if name == "variant":
        whole = pc.fill_null(whole.cast(pa.string()), "")
    if pa.types.is_date(whole.type):
        return whole.cast(pa.timestamp("s"))
    return whole.dictionary_encode() if name in CODED else whole


def codes_of(column: pd.Series) -> np.ndarray:
    """The numbers of a column of categories; -1 where there is none."""
    codes: np.ndarray = column.cat.codes.to_numpy(np.int64)
    return codes


def by_indicator(column: pd.Series, rows: pd.DataFrame) -> np.ndarray:
    """What a column by indicator says of the indicator of each row."""
    known: np.ndarray = column.reindex(rows["indicator"].cat.categories).to_numpy()
    told: np.ndarray = known[codes_of(rows["indicator"])]
    return told


def as_one_number(rows: pd.DataFrame, names: Iterable[str]) -> np.ndarray:
    """Columns of categories -> a number for each row: rows that are the same in all of them have the same."""
    together = np.zeros(len(rows), np.int64)
    for name in names:
        together = pd.factorize(together * (len(rows[name].cat.categories) + 1) + codes_of(rows[name]) + 1)[0]
    return together


def know(official: pa.Table) -> Known:
    """Official values -> all that figures are held against; an empty table makes one that knows nothing."""
    usable = official.filter(
        pc.and_(pc.is_valid(official["value"]), pc.equal(pc.list_value_length(official["checks"]), 0))
    )
    values = _plain(usable, list(OFFICIAL_COLUMNS)).drop_duplicates(["indicator", "area_code", "period", "value"])
    values["year"] = year_of(values["period_end"])
    authorities = values[~values["area_code"].str.match(r"E9|E12")]
    return Known(
        official=prepare_official(official),
        values=values,
        spread=authorities.groupby("indicator")["value"].agg(["min", "max", "count"]),
        population=_populations(values),
    )


def comparisons(observations: pa.Table, known: Known) -> pa.Table:
    """Observations beside official values: rows of `OfficialComparison`."""
    return compare_with_official(observations, known.official)


def year_of(days: pd.Series) -> pd.Series:
    """Days -> the year in which they lie; NaN where there is none."""
    return pd.to_datetime(days, errors="coerce").dt.year.astype(float)


def _populations(values: pd.DataFrame) -> pd.DataFrame:
    """The child population of areas by year: as published, else what published counts and rates come to."""
    published = values[values["indicator"] == "population_0_17_count"].rename(columns={"value": "population"})
    implied = []
    for pair in settings()["rates"]:
        counts, rates = (values[values["indicator"] == pair[name]] for name in ("count", "rate"))
        both = counts.merge(rates, on=["area_code", "period", "year"], suffixes=("", "_rate"))
        both = both[(both["value"] >= settings()["count_from"]) & (both["value_rate"] > 0)]
        implied.append(both.assign(population=both["value"] / both["value_rate"] * 10_000))
    others = pd.concat(implied).groupby(["area_code", "year"], as_index=False)["population"].median()
    both = pd.concat([published[["area_code", "year", "population"]], others])
    once: pd.DataFrame = both.drop_duplicates(["area_code", "year"]).reset_index(drop=True)
    return once


def nearest_in_time(asked: pd.DataFrame, known: pd.DataFrame, keys: list[str], value: str, within: float) -> pd.Series:
    """For each row of `asked` (with `keys` and `year`) the `value` of `known` of the nearest year, NaN where none is within so
    many years."""
    if known.empty or asked.empty:
        return pd.Series(np.nan, asked.index)
    numbers = asked.groupby([*keys, "year"], observed=True, sort=False, dropna=False).ngroup().to_numpy()
    once = asked[[*keys, "year"]].assign(row=numbers).drop_duplicates("row").rename(columns={"year": "asked"})
    once = once.astype(dict.fromkeys(keys, known[keys[0]].dtype))
    near = once.merge(known[[*keys, "year", value]], on=keys)
    near["apart"] = (near["year"] - near["asked"]).abs()
    near = near[near["apart"] <= within].sort_values(["row", "apart", "year"]).drop_duplicates("row").set_index("row")
    return pd.Series(near[value].reindex(numbers).to_numpy(float), asked.index)


def _plain(table: pa.Table, names: list[str]) -> pd.DataFrame:
    columns = []
    for name in names:
        column = table.column(name)
        columns.append(column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column)
    frame: pd.DataFrame = pa.table(columns, names=names).to_pandas()
    return frame
