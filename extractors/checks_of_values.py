"""Step check: figures that cannot be or hardly are, each by itself or beside what is known of its area and period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from extractors.checked_rows import Known, as_one_number, by_indicator, catalogue, nearest_in_time, settings, year_of
from extractors.confidence import least_confidence

LARGE = ("region", "country")
_SERIES = ["indicator", "area_code", "unit", "variant"]
_POINT = ["series", "end", "value"]


def out_of_range(rows: pd.DataFrame, known: Known) -> pd.Series:
    """The value lies outside what the catalogue holds possible, or far from all official values of its indicator or area.

    The catalogue's range is that of an authority in a year: counts of regions and of England are held against official
    values only, and a count of a shorter time is not held against the lowest.
    """
    stated = rows["kind"] != "change"
    low, high = (by_indicator(catalogue()[name].astype(float), rows) for name in ("minimum", "maximum"))
    flow = by_indicator((catalogue()["measures"] == "flow").astype(float), rows) == 1
    count = rows["unit"] == "count"
    large_count = count & rows["area_kind"].isin(LARGE)
    short = (rows["kind"] == "average") | (_days(rows) < 360) & flow
    below = (rows["value"] < low) & ~(short & count) & ~large_count
    above = (rows["value"] > high) & ~large_count
    impossible = (rows["value"] < 0) | ((rows["unit"] == "percent") & (rows["value"] > np.fmax(high, 100.0)))
    far = (_off_spread(rows, known) | _off_own(rows, known)) & ~short
    return pd.Series(stated & (below | above | impossible | far), rows.index)


def _off_spread(rows: pd.DataFrame, known: Known) -> pd.Series:
    """Rates, shares and means far outside those of all authorities and years."""
    low, high, count = (by_indicator(known.spread[name].astype(float), rows) for name in ("min", "max", "count"))
    room = settings()["beyond_spread"] * (high - low)
    enough = count >= 100
    off = (rows["value"] < low - room) | (rows["value"] > high + room)
    return pd.Series(off & enough & (rows["unit"] != "count") & (rows["kind"] == "actual"), rows.index)


def _off_own(rows: pd.DataFrame, known: Known) -> pd.Series:
    """Counts and rates many times what was published of that very area about that time, or a small part of it."""
    asked = rows[["indicator", "area_code"]].assign(year=year_of(rows["period_end"]))
    own = nearest_in_time(asked, known.values, ["indicator", "area_code"], "value", settings()["own_within_years"])
    times = settings()["beyond_own"]
    off = (rows["value"] > own * times) | (rows["value"] < own / times)
    large = (rows["unit"] == "per_10000") | (rows["unit"] == "count") & (
        np.fmax(rows["value"], own) >= settings()["count_from"]
    )
    return pd.Series(off & large & (rows["kind"] == "actual"), rows.index)


def _days(rows: pd.DataFrame) -> pd.Series:
    """How many days each period spans; 0 for a date, NaN where it is not known."""
    return (rows["period_end"] - rows["period_start"]).dt.days


def differs_from_official(rows: pd.DataFrame, compared: pd.DataFrame) -> pd.Series:
    """The official value of that area and period is another one, by more than local counting and later revision explain.

    compared: rows of `official_comparisons`. A bare year, which may be any of three, decides nothing.
    """
    found = compared[(compared["basis"] != "year") & (compared["outcome"] == "differs")].set_index("observation_id")
    held = rows["observation_id"].isin(found.index)
    return _far_from(rows[held], found.reindex(rows.loc[held, "observation_id"])).reindex(rows.index, fill_value=False)


def _far_from(rows: pd.DataFrame, beside: pd.DataFrame) -> pd.Series:
    apart, official = np.abs(beside["difference"].to_numpy(float)), np.abs(beside["official_value"].to_numpy(float))
    allowed = settings()["differs"]
    large = rows["area_kind"].isin(LARGE).to_numpy()
    share = np.where(large, allowed["whole"]["share"], allowed["authority"]["share"])
    amount = np.where(
        large,
        rows["unit"].map(allowed["whole"]).to_numpy(float),
        rows["unit"].map(allowed["authority"]).to_numpy(float),
    )
    return pd.Series((apart > share * official) & (apart > amount), rows.index)


def low_confidence(rows: pd.DataFrame, known: Known) -> pd.Series:
    """The reading is less sure than this project asks for, and no person has confirmed it."""
    unsure = rows["confidence"] < least_confidence()
    return pd.Series(unsure & rows["reviewed"].isna(), rows.index)


def jumps(rows: pd.DataFrame, known: Known) -> pd.Series:
    """The value is far from those of the periods before and after it, stated or official, which do not differ so.

    Stocks at dates and figures of whole years are looked at, each among their own kind; small counts may jump.
    """
    stated = _stated_points(rows)
    points = _points(stated, known)
    beside = _neighbours(points)
    spikes = _spikes(points, *beside)
    if spikes.any():
        rest = points[~spikes].reset_index(drop=True)
        found = pd.concat([points[spikes], rest[_steps(rest, *_neighbours(rest))]])
    else:
        found = points[_steps(points, *beside)]
    found = found.loc[found["stated"], _POINT].drop_duplicates()
    near = stated[stated["series"].isin(found["series"])]
    hit = near.reset_index(names="row").merge(found, on=_POINT)
    return pd.Series(rows.index.isin(hit["row"]), rows.index)


def _spikes(points: pd.DataFrame, before: pd.Series, after: pd.Series) -> pd.Series:
    """Points far from the one before and the one after, which are not far from each other."""
    unit = points["unit"]
    alone = _far(points["value"], before, unit, False) & _far(points["value"], after, unit, False)
    return alone & ~_far(before, after, unit, False)


def _steps(points: pd.DataFrame, before: pd.Series, after: pd.Series) -> pd.Series:
    """Points with one neighbour, very far from it."""
    one = before.notna() ^ after.notna()
    return one & _far(points["value"], before.fillna(after), points["unit"], True)


def _stated_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Actual, exact values of dates and of whole years, with the number of their `series`: those of one indicator, area, unit,
    variant and form. Years are of one form by the month in which they end; dates are of form 0."""
    days = _days(rows)
    form = np.select(
        [rows["period"].str.len().eq(10) & (days == 0), days.between(363, 367)], [0, rows["period_end"].dt.month], -1
    )
    keep = (rows["kind"] == "actual") & rows["area_code"].notna() & (form >= 0) & (rows["approximation"] == "exact")
    kept = rows.loc[keep, [*_SERIES, "value", "period_end"]].rename(columns={"period_end": "end"})
    kept["form"] = form[keep].astype(int)
    points: pd.DataFrame = kept.assign(series=as_one_number(kept, _SERIES) * 13 + kept["form"])
    return points


def _points(stated: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The stated values, and the official ones of the same series, in order of time."""
    columns = [*_POINT, "unit", "stated"]
    once = stated.drop_duplicates(_POINT).assign(stated=True)[columns]
    official = _official_points(stated, known)
    together = pd.concat([once, official[columns]]) if len(official) else once
    return together.sort_values(_POINT, ignore_index=True)


def _official_points(stated: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The official values of the indicators and areas of these points, in the series of those that have no variant."""
    official = known.values[known.values["indicator"].isin(stated["indicator"].cat.categories)]
    official = official[~official["period"].str.match(r"\d{4}-01$") & official["period_end"].notna()]
    if official.empty:
        return official
    end = pd.to_datetime(official["period_end"]).astype("datetime64[s]")
    form = np.where(official["period"].str.len() == 10, 0, end.dt.month)
    official = official.assign(variant="", stated=False, end=end, form=form)
    series = stated[[*_SERIES, "form", "series"]].drop_duplicates("series")
    return official.merge(series.astype(dict.fromkeys(_SERIES, str)), on=[*_SERIES, "form"])


def _neighbours(points: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The values of the nearest other ends of period before and after, if they are near enough in time."""
    groups = points.groupby(["series", "end"], sort=False)
    ends = groups["value"].median().reset_index()
    days = ends["end"].astype("datetime64[s]").astype("int64") // 86_400
    number = groups.ngroup().to_numpy()

    def at(step: int) -> pd.Series:
        same = ends["series"].shift(step) == ends["series"]
        near = same & ((days - days.shift(step)).abs() <= settings()["jumps"]["days"])
        return pd.Series(ends["value"].shift(step).where(near).to_numpy(float)[number], points.index)

    return at(1), at(-1)


def _far(value: pd.Series, other: pd.Series, unit: pd.Series, of_one: bool) -> pd.Series:
    """Whether two values of a unit are further apart than neighbouring periods are."""
    limits = settings()["jumps"]
    times = limits["times_of_one" if of_one else "times"]
    points = limits["points_of_one" if of_one else "points"]
    high, low = np.fmax(value, other), np.fmin(value, other)
    small = (unit == "count") & (high < limits["count_from"])
    far = np.where(unit == "percent", high - low > points, (high > times * low) & ~small)
    return pd.Series(far & (value.notna() & other.notna()).to_numpy(), value.index)
