"""Step check: does the sentence say of the numbers what the numbers say? "An increase from 655" to fewer is a contradiction."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from extractors.checked_rows import Known, catalogue, settings

_NUMBER = r"(?:about|around|approximately|nearly|almost|just (?:over|under)|over|under|some)? ?"
_FROM = r"[^.;:•]{0,45}?\b(?:from|on|since) (?:the |a |an )?(?:[\w' ]{0,40}? (?:figure|rate|total|level|number|average|of|high|low)(?: of)? )?"
_MAYBE_FROM = (_FROM.removeprefix("[^.;:•]{0,45}?").replace(r"[\w' ]{0,40}?", "[^.;]*") + _NUMBER) + r"\pN"
"""Wider than the same, and looked for in a million passages in a moment."""
_SAME = ["document_id", "indicator", "area_code", "unit", "variant"]


def contradicts_direction(rows: pd.DataFrame, known: Known) -> pd.Series:
    """The words say that it rose, fell, improved or worsened from an earlier value, and the later value says otherwise."""
    plain = (rows["kind"] == "actual") & rows["area_code"].notna() & rows["period_end"].notna()
    told = rows.loc[_says_from(rows["quote"], plain), ["indicator", "quote", "value_text"]]
    better = catalogue()["better"].reindex(told["indicator"])
    said = [_direction_from(*words) for words in zip(told["quote"], told["value_text"], better, strict=True)]
    earlier_said = pd.Series(said, told.index, dtype=float).dropna()
    if earlier_said.empty:
        return pd.Series(False, rows.index)
    documents = rows.loc[earlier_said.index, "document_id"].unique()
    plain &= rows["document_id"].isin(documents)
    beside = rows.loc[plain, [*_SAME, "page", "quote", "period_end", "value"]].assign(row=rows.index[plain])
    beside["page"] = beside["page"].fillna(0)
    earlier = beside.loc[earlier_said.index].assign(said=earlier_said)
    pairs = earlier.merge(beside, on=[*_SAME, "page"], suffixes=("", "_later"))
    pairs = _next_later(pairs[pairs["period_end_later"] > pairs["period_end"]])
    against = (pairs["value_later"] - pairs["value"]) * pairs["said"] < -1e-9
    against &= against.groupby(pairs["row"]).transform("all")
    return pd.Series(rows.index.isin([*pairs["row"][against], *pairs["row_later"][against]]), rows.index)


def _says_from(quotes: pd.Series, among: pd.Series) -> pd.Series:
    """Those among rows whose quote has a word of direction, and one after which the earlier value may stand."""
    found = among & quotes.str.contains(_any_direction(), regex=True)
    found[found] = quotes[found].str.contains(_MAYBE_FROM, regex=True, case=False)
    return found


def _next_later(pairs: pd.DataFrame) -> pd.DataFrame:
    """Of the later values beside an earlier one those of its own sentence, or where it has none the next in time."""
    inside = pairs["quote_later"] == pairs["quote"]
    any_inside = inside.groupby(pairs["row"]).transform("any")
    next_in_time = pairs["period_end_later"] == pairs.groupby("row")["period_end_later"].transform("min")
    return pairs[inside | (~any_inside & next_in_time)]


def tells_of_a_change(quotes: pd.Series) -> pd.Series:
    """Whether each passage itself says that something has risen or fallen from a number: a jump it tells of is no surprise."""
    maybe = quotes.str.contains(_any_direction(), regex=True)
    return maybe & quotes.where(maybe, "").map(lambda quote: bool(_pattern().search(quote)))


@cache
def _any_direction() -> str:
    """A pattern of every word of direction."""
    words = [word for family in settings()["directions"].values() for word in family]
    return rf"\b(?:{'|'.join(words)})\b"


@cache
def _families() -> dict[str, str]:
    return {word: family for family, words in settings()["directions"].items() for word in words}


@cache
def _pattern() -> re.Pattern[str]:
    """A word of direction, then `from` a number."""
    return re.compile(
        rf"(?P<word>{_any_direction()})(?P<between>{_FROM}{_NUMBER})(?P<value>\d[\d,]*(?:\.\d+)?)", re.IGNORECASE
    )


def _direction_from(quote: str, value_text: str, better: str | None) -> int | None:
    """1 where the words before "from <value>" say that it has risen since, -1 fallen, None where they do not say."""
    for found in _pattern().finditer(quote):
        if not value_text.startswith(found["value"]):
            continue
        between = quote[max(0, found.start() - 12) : found.start()] + found["between"]
        if re.search(_any_direction(), between, re.IGNORECASE) or re.search(r"\b(?:no|not|target)\b", between):
            return None
        family = _families()[found["word"].casefold()]
        if family in ("up", "down"):
            return 1 if family == "up" else -1
        if better not in ("high", "low"):
            return None
        return 1 if (family == "better") == (better == "high") else -1
    return None
