"""Step check: figures of one document that must fit one another: shares, rates, parts, and two values for one claim."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache

import numpy as np
import pandas as pd

from extractors.checked_rows import (
    CLAIM,
    Known,
    as_one_number,
    catalogue,
    codes_of,
    nearest_in_time,
    settings,
    year_of,
)

_CODED = ["indicator", "document_id", "area_code", "period"]

_OF = re.compile(
    r"(?P<part>\d[\d,]*) (?:\w+ ){0,2}?(?:out )?of (?:the |a total of |all )?(?P<whole>\d[\d,]*)\b(?! ?(?:%|per cent))"
    r"[^.;()%\d]{0,60}\((?:or )?(?P<percent>\d+(?:\.\d+)?) ?(?:%|per cent)\)"
    r"|(?P<percent_first>\d+(?:\.\d+)?) ?(?:%|per cent) ?\((?P<part_second>\d[\d,]*) ?(?:out of|of|/) ?(?:the )?(?P<whole_second>\d[\d,]*)\b"
)


def share_does_not_add_up(rows: pd.DataFrame, known: Known) -> pd.Series:
    """A count, the whole it is part of and the percentage between them do not agree ("369 of 626 (59%)")."""
    figures = _Figures(rows)
    failed = _shares_of_indicators(figures) | _complements(figures)
    return _said_shares(rows) | rows.index.isin(list(failed))


def _said_shares(rows: pd.DataFrame) -> pd.Series:
    """Shares whose three numbers stand in one sentence."""
    failed = pd.Series(False, rows.index)
    maybe = rows["unit"].isin(["percent", "count"])
    maybe &= rows["quote"].str.contains(r"\d (?:\w+ ){0,2}?(?:out )?of |/", regex=True)
    told = rows.loc[maybe, ["quote", "value_text"]]
    told = told[told["quote"].str.contains("%|per cent", regex=True)]
    for index, quote, value_text in zip(told.index, told["quote"], told["value_text"], strict=True):
        failed[index] = any(_share_is_off(found, str(value_text)) for found in _OF.finditer(quote))
    return failed


def _share_is_off(found: re.Match[str], value_text: str) -> bool:
    """Whether the number printed as `value_text` is one of this share's, and the share does not add up."""
    part, whole, percent = (
        found[name] or found[other]
        for name, other in (("part", "part_second"), ("whole", "whole_second"), ("percent", "percent_first"))
    )
    if value_text.strip().removesuffix("per cent").rstrip("% ") not in (part, percent):
        return False
    if _number(part) > _number(whole):
        return True
    decimals = len(percent.partition(".")[2])
    room = 0.5 * 10.0**-decimals + settings()["share_slack"] / 2
    return bool(abs(100 * _number(part) / max(_number(whole), 1.0) - _number(percent)) > room)


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _shares_of_indicators(figures: _Figures) -> set[Hashable]:
    """Shares whose count, percentage and whole are figures of the catalogue, in one document of one period."""
    failed: set[Hashable] = set()
    for triple in settings()["shares"]:
        counts, percents, wholes = (figures.of(triple[name]) for name in ("count", "percent", "whole"))
        if counts.empty or percents.empty or wholes.empty:
            continue
        both = counts.merge(percents, on=["place", "page"], suffixes=("", "_percent")).merge(
            wholes, on="place", suffixes=("", "_whole")
        )
        both = both[both["value_whole"] > 0]
        implied = 100 * both["value"] / both["value_whole"]
        room = (
            both["step_percent"] / 2
            + 50 * (both["step"] + both["step_whole"]) / both["value_whole"]
            + settings()["share_slack"]
        )
        off = (implied - both["value_percent"]).abs() > room
        failed |= _rows_of(both[_every(both, off, "row_percent")], ("row", "row_percent"))
    return failed


def _complements(figures: _Figures) -> set[Hashable]:
    """Percentages that make a hundred, and here do not."""
    failed: set[Hashable] = set()
    for one, other in settings()["complements"]:
        these, those = figures.of(one), figures.of(other)
        if these.empty or those.empty:
            continue
        both = these.merge(those, on="place", suffixes=("", "_other"))
        off = (both["value"] + both["value_other"] - 100).abs() > (both["step"] + both["step_other"]) / 2 + settings()[
            "share_slack"
        ]
        failed |= _rows_of(both[_every(both, off, "row")], ("row", "row_other"))
    return failed


def rate_and_count_disagree(rows: pd.DataFrame, known: Known) -> pd.Series:
    """A count and its rate for 10 000 children imply another child population than the area has.

    Where none is published, they are held against what the other counts and rates of the document imply. Two indicators that
    imply the same clear each other.
    """
    found = []
    figures = _Figures(rows)
    for pair in settings()["rates"]:
        counts, rates = figures.of(pair["count"]), figures.of(pair["rate"])
        both = counts.merge(rates[rates["value"] > 0], on=["place", "page"], suffixes=("", "_rate"))
        found.append(both.assign(pair=pair["count"]))
    pairs = pd.concat(found, ignore_index=True)
    pairs = pairs[pairs["value"] > 0]
    if pairs.empty:
        return pd.Series(False, rows.index)
    pairs["implied"] = pairs["value"] / pairs["value_rate"] * 10_000
    rounding = pairs["step"] / 2 / pairs["value"] + pairs["step_rate"] / 2 / pairs["value_rate"]
    asked = pd.DataFrame({"area_code": figures.areas(pairs), "year": year_of(pairs["period_end"])}, pairs.index)
    population = nearest_in_time(asked, known.population, ["area_code"], "population", 6)
    groups = pairs.groupby("whose")
    typical = groups["implied"].transform("median").where(groups["row"].transform("nunique") >= 3)
    slack = np.where(population.notna(), settings()["population_slack"], settings()["implied_slack"])
    off = (pairs["implied"] / population.fillna(typical) - 1).abs() > slack + rounding
    off &= ~_agreed(pairs, rounding)
    off &= _every(pairs, off, "row") & _every(pairs, off, "row_rate")
    return pd.Series(rows.index.isin(list(_rows_of(pairs[off], ("row", "row_rate")))), rows.index)


def _agreed(pairs: pd.DataFrame, rounding: pd.Series) -> pd.Series:
    """Whether another indicator of the document implies the same population of the area."""
    left = pairs[["whose", "pair", "implied"]].assign(key=pairs.index, rounding=rounding)
    both = left.merge(left, on="whose", suffixes=("", "_other"))
    both = both[both["pair"] != both["pair_other"]]
    room = settings()["population_agreed"] + both["rounding"] + both["rounding_other"]
    alike = both[(both["implied"] / both["implied_other"] - 1).abs() <= room]
    return pd.Series(pairs.index.isin(alike["key"]), pairs.index)


def parts_exceed_total(rows: pd.DataFrame, known: Known) -> pd.Series:
    """A part, or parts that exclude one another together, are more than the whole that the document states for that period."""
    failed: set[Hashable] = set()
    figures = _Figures(rows)
    for line in settings()["parts"]:
        if isinstance(line["whole"], int):
            failed |= _over_hundred([figures.of(part) for part in line["parts"]], line["whole"])
            continue
        wholes = figures.of(line["whole"])
        for part in line["parts"]:
            failed |= _over_whole(figures.of(part), wholes)
        if len(line["parts"]) > 1:
            failed |= _sum_over_whole([figures.of(part) for part in line["parts"]], wholes)
    return pd.Series(rows.index.isin(list(failed)), rows.index)


def _over_whole(parts: pd.DataFrame, wholes: pd.DataFrame) -> set[Hashable]:
    """Parts that are more than every whole of their time, and wholes that are less than some part of theirs.

    Stocks within some months of each other are of one time, for a larger slack: documents date a list, and not the sentence
    that sums it up.
    """
    if parts.empty or wholes.empty:
        return set()
    pairs = parts.merge(wholes, on="whose", suffixes=("", "_whole"))
    same = pairs["place"] == pairs["place_whole"]
    apart = (pairs["period_end"] - pairs["period_end_whole"]).dt.days.abs()
    near = pairs["stock"] & pairs["stock_whole"] & (apart <= settings()["parts_within_days"])
    slack = np.where(same, settings()["part_slack"], settings()["part_slack_near"])
    over = pairs["value"] > pairs["value_whole"] * (1 + slack) + pairs["step"] + pairs["step_whole"]
    together = same | near
    if not (over & together).any():
        return set()
    pairs, over = pairs[together], over[together]
    return {*pairs["row"][over & _every(pairs, over, "row")], *pairs["row_whole"][over]}


def _sum_over_whole(parts: list[pd.DataFrame], wholes: pd.DataFrame) -> set[Hashable]:
    """Parts of one period whose sum is more than the largest whole that is stated of it, and that whole."""
    if wholes.empty:
        return set()
    each, together = _added_up(parts)
    largest = wholes.sort_values("value", ascending=False).drop_duplicates("place")
    both = together.merge(largest, on="place", suffixes=("", "_whole"))
    over = both[
        both["value"] > both["value_whole"] * (1 + settings()["part_slack"]) + both["step"] + both["step_whole"]
    ]
    return _rows_of(each[each["place"].isin(over["place"])], ("row",)) | _rows_of(over, ("row",))


def _over_hundred(parts: list[pd.DataFrame], whole: int) -> set[Hashable]:
    """Shares of one cohort and period that exclude one another, and make more than a hundred."""
    each, together = _added_up(parts)
    over = together[together["value"] > whole + together["step"]]
    return _rows_of(each[each["place"].isin(over["place"])], ("row",))


def _added_up(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The least of each part in each place, and by place the sums of their values and steps."""
    each = pd.concat([part.sort_values("value").drop_duplicates("place") for part in parts])
    return each, each.groupby("place", as_index=False)[["value", "step"]].sum()


def contradicts_itself(rows: pd.DataFrame, known: Known) -> pd.Series:
    """The same document states two values for one claim, further apart than rounding.

    Without a date only different sentences contradict one another ("fell from 17% to 15%" states two times in one), and of
    flows only those that speak of a year.
    """
    keys = ["document_id", *CLAIM]
    actual = ((rows["kind"] == "actual") & rows["area_code"].notna()).to_numpy()
    alike = as_one_number(rows, ["document_id", "indicator", "area_code", "period"])[actual]
    again = pd.Series(alike).duplicated(keep=False).to_numpy()  # few: the rest has nothing to contradict
    claims = rows[[*keys, "value", "step", "approximation", "quote"]].iloc[np.flatnonzero(actual)[again]]
    now = claims[claims["period"] == "now"]  # few: their words are looked at, not those of all
    flow = catalogue()["measures"].reindex(now["indicator"]).eq("flow").to_numpy()
    other_time = now["quote"].str.contains(settings()["other_times"], regex=True, case=False)
    other_time &= ~now["quote"].str.contains(settings()["twelve_months"], regex=True, case=False)
    of_one_time = now[~(flow & other_time)]
    sentences = of_one_time.groupby([*keys, "quote"], sort=False, observed=True)["value"]
    kept = of_one_time[sentences.transform("nunique") <= 1]
    claims = claims.drop(now.index.difference(kept.index))
    groups = claims.groupby(keys, sort=False, observed=True)
    apart = groups["value"].transform("max") - groups["value"].transform("min")
    bounded = (
        claims["approximation"]
        .isin(["over", "under"])
        .groupby([claims[key] for key in keys], observed=True)
        .transform("any")
    )
    off = (apart > groups["step"].transform("max") + 1e-9) & ~(bounded & (apart <= 0.1 * claims["value"]))
    return off.reindex(rows.index, fill_value=False)


class _Figures:
    """The actual, exact figures of rows by indicator, with `row` (their place in the frame), `whose` (document and area as one
    number) and `place` (these and the period: one without a date is that of its document). Only those indicators are here that
    must fit others."""

    def __init__(self, rows: pd.DataFrame) -> None:
        fitting = rows["indicator"].cat.categories.isin(_fitting_indicators())[codes_of(rows["indicator"])]
        chosen = fitting & rows["area_code"].notna() & (rows["kind"] == "actual") & (rows["approximation"] == "exact")
        few = rows.loc[
            chosen, ["indicator", "document_id", "area_code", "period", "page", "period_end", "value", "step"]
        ]
        few["row"] = few.index
        few["whose"] = as_one_number(few, ["document_id", "area_code"])
        few["place"] = as_one_number(few, ["document_id", "area_code", "period"])
        self._areas = few["area_code"]
        self._by_indicator = dict(list(few.drop(columns=_CODED).groupby(few["indicator"], observed=True)))
        self._none = few.drop(columns=_CODED).iloc[:0]

    def of(self, indicator: str) -> pd.DataFrame:
        """Those of one indicator, in their order."""
        figures = self._by_indicator.get(indicator, self._none)
        told: pd.DataFrame = figures.assign(stock=catalogue()["measures"].get(indicator) == "stock")
        return told

    def areas(self, pairs: pd.DataFrame) -> pd.Series:
        """The areas of pairs of figures."""
        return pd.Series(self._areas.loc[pairs["row"]].array, pairs.index)


@cache
def _fitting_indicators() -> frozenset[str]:
    """The indicators that must fit others."""
    lines = [line for name in ("shares", "rates") for line in settings()[name]]
    named = {*(i for line in lines for i in line.values()), *(i for both in settings()["complements"] for i in both)}
    parts = {i for line in settings()["parts"] for i in (*line["parts"], line["whole"])}
    return frozenset(i for i in named | parts if isinstance(i, str))


def _every(pairs: pd.DataFrame, off: pd.Series, row: str) -> pd.Series:
    """Whether all the pairs that a row stands in are off: one that fits is enough to clear it."""
    return off.groupby(pairs[row]).transform("all") if len(pairs) else off


def _rows_of(pairs: pd.DataFrame, columns: tuple[str, ...]) -> set[Hashable]:
    return {row for column in columns for row in pairs[column]}
