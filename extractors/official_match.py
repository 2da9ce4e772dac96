"""Step check: stated figures beside official values of the same indicator, area and period, and how far they are apart.

Documents and statistics name the same period in different ways: a share "in 2015-16" and one "at 31 March 2016" are the
same figure of the collection that was closed on that day. `basis` says how the two periods were held for one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extractors.lexicon import lookup
from schemas.arrow import record_to_schema, rows_to_table
from schemas.records import OfficialComparison

STATED = (
    "observation_id",
    "indicator",
    "area_code",
    "period",
    "period_end",
    "kind",
    "value",
    "unit",
    "value_text",
    "approximation",
    "variant",
)
OFFICIAL = ("indicator", "area_code", "period", "period_end", "value", "release", "vintage")
_KEY = ["indicator", "area_code"]
_ROLLING_YEAR = r"^12m:(\d{4})-03-31$"
_EPS = 1e-6
ROUND_STEPS = (10.0, 5.0)  # to which published counts are rounded


def prepare_official(official: pa.Table) -> pd.DataFrame:
    """Rows of `official` -> what stated figures are compared with: the values that are there, and that failed no check."""
    usable = pc.and_(pc.is_valid(official["value"]), pc.equal(pc.list_value_length(official["checks"]), 0))
    frame = _table_to_frame(official.filter(usable), OFFICIAL)
    frame = frame.assign(end_text=frame["period_end"].astype(str)).drop(columns="period_end")
    return frame.rename(columns={"value": "official_value", "period": "official_period"})


def compare_with_official(stated: pa.Table, official: pd.DataFrame) -> pa.Table:
    """Rows of observations, and what `prepare_official` made -> one row of `OfficialComparison` for each observation that has
    an official value of its period: the nearest of several editions."""
    if official.empty:
        return rows_to_table(OfficialComparison, ())
    rows = _table_to_frame(stated, STATED)
    dated = rows["area_code"].notna() & rows["period_end"].notna() & (rows["period"] != "now")
    rows = rows[dated & (rows["kind"] == "actual") & _of_official_variant(rows)].reset_index(drop=True)
    known = official[official["indicator"].isin(rows["indicator"].unique())]
    if known.empty:
        return rows_to_table(OfficialComparison, ())
    pairs = _pair(rows, known)
    return _judged_to_table(_judge(pairs)) if len(pairs) else rows_to_table(OfficialComparison, ())


def _of_official_variant(rows: pd.DataFrame) -> pd.Series:
    """Whether a figure is counted as the statistics count: it says nothing of it, or says just that."""
    known = {(i, variant) for i, variants in lookup("official.yaml")["variants"].items() for variant in variants}
    same = rows["variant"].isna().to_numpy(bool, copy=True)
    told = rows.loc[~same, ["indicator", "variant"]]
    same[~same] = [pair in known for pair in zip(told["indicator"], told["variant"], strict=True)]
    return pd.Series(same, rows.index)


def _table_to_frame(table: pa.Table, names: tuple[str, ...]) -> pd.DataFrame:
    plain = [
        table.column(n).cast(pa.string()) if pa.types.is_dictionary(table.schema.field(n).type) else table.column(n)
        for n in names
    ]
    frame: pd.DataFrame = pa.table(plain, names=list(names)).to_pandas()
    return frame


def _pair(rows: pd.DataFrame, official: pd.DataFrame) -> pd.DataFrame:
    """Every pair of a stated and an official value whose periods are one, with the basis of holding them for it."""
    rows = rows.assign(
        row=rows.index,
        same=_year_of_rolling(rows["period"]),
        end_text=rows["period_end"].astype(str),
        bare=rows["period"].where(rows["period"].str.fullmatch(r"\d{4}")),
    )
    official = official.assign(same=official["official_period"], bare=official["end_text"].str[:4])
    dated = official[official["same"] == official["end_text"]]
    columns = [*_KEY, "official_value", "official_period", "release", "vintage"]
    found = [
        rows.merge(official[[*columns, "same"]], on=[*_KEY, "same"]).assign(basis="period", order=0),
        rows.merge(dated[[*columns, "end_text"]], on=[*_KEY, "end_text"]).assign(basis="last_day", order=1),
        rows[rows["bare"].notna()]
        .merge(official[[*columns, "bare"]], on=[*_KEY, "bare"])
        .assign(basis="year", order=2),
    ]
    pairs = pd.concat(found, ignore_index=True)
    best = pairs.groupby("row")["order"].transform("min")
    nearest: pd.DataFrame = pairs[pairs["order"] == best]
    return nearest


def _year_of_rolling(periods: pd.Series) -> pd.Series:
    """Twelve months up to the end of March are a financial year; other periods stay as they are."""
    rolling = periods[periods.str.startswith("12m:")]
    ends = pd.to_numeric(rolling.str.extract(_ROLLING_YEAR)[0], errors="coerce").dropna()
    years = ends.map(lambda y: f"{int(y) - 1:04d}-{int(y) % 100:02d}")
    return years.combine_first(periods) if len(years) else periods


def _judge(pairs: pd.DataFrame) -> pd.DataFrame:
    """Each stated value with the official one that is nearest to it, and what sets the two apart."""
    stated, official = pairs["value"].to_numpy(float), pairs["official_value"].to_numpy(float)
    apart = np.abs(stated - official)
    within = np.maximum(stated_step(pairs), official_step(pairs)) / 2 + _EPS
    equal = apart < _EPS
    rounded = (apart <= within) | _bounded(pairs["approximation"], stated, official)
    pairs = pairs.assign(difference=stated - official, apart=apart, equal=equal, near=equal | rounded)
    pairs = pairs.sort_values(["row", "near", "apart", "release", "vintage"], ascending=[True, False, True, True, True])
    every_near = pairs.groupby("row")["near"].transform("all")
    outcome = np.select(
        [~pairs["near"], ~every_near, pairs["equal"]],
        ["differs", "vintage", "agrees"],
        "rounding",
    )
    return pairs.assign(outcome=outcome).drop_duplicates("row")


def stated_step(rows: pd.DataFrame) -> np.ndarray:
    """To what each stated value is rounded: its last printed decimal; "about 600" to the hundred, "about 45%" to the five."""
    numbers, texts = pd.factorize(rows["value_text"])
    printed = pc.extract_regex(pa.array(texts, pa.string()), r"[0-9]\.(?P<decimals>[0-9]+)")
    count = pc.fill_null(pc.utf8_length(pc.struct_field(printed, "decimals")), 0)
    decimals = np.asarray(count.to_numpy(zero_copy_only=False), float)[numbers]
    step: np.ndarray = 10.0**-decimals
    value = rows["value"].to_numpy(float)
    about = (rows["approximation"] == "about").to_numpy()
    return np.where(about, np.maximum(step, 0.1 * np.abs(value)), step)


def official_step(rows: pd.DataFrame) -> np.ndarray:
    """To what each official value is rounded: its last decimal; large counts that end in 0 or 5, to ten or five."""
    value = rows["official_value"].to_numpy(float)
    step = np.full(len(value), 1e-3)
    for size in (0.01, 0.1, 1.0):
        step = np.where(np.abs(value / size - np.round(value / size)) < _EPS, size, step)
    counts = (rows["unit"] == "count").to_numpy() & (value >= 1000)
    for size in reversed(ROUND_STEPS):
        step = np.where(counts & (np.abs(value / size - np.round(value / size)) < _EPS), size, step)
    return step


def _bounded(approximation: pd.Series, stated: np.ndarray, official: np.ndarray) -> np.ndarray:
    """ "Over 90%" agrees with 92, and "under 10" with 9: the official value lies on that side, and not far."""
    over = (approximation == "over").to_numpy() & (official >= stated) & (official <= stated * 1.1)
    under = (approximation == "under").to_numpy() & (official <= stated) & (official >= stated * 0.9)
    return over | under


def _judged_to_table(judged: pd.DataFrame) -> pa.Table:
    schema = record_to_schema(OfficialComparison)
    return pa.Table.from_pandas(judged[schema.names], schema=schema, preserve_index=False)
