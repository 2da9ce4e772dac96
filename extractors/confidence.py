"""Step observations: a statement -> the share of statements like it that are right on labelled pages.

Like it are those of the same place (sentence, list, table ...) and construction, with or without a date of their own. The
shares are measured (`benchmarks/calibrate_confidence.py`) and stand in lookups/confidence.yaml; a group that was seen too
seldom has the share of the wider group around it.
"""

from __future__ import annotations

from functools import cache

from extractors.lexicon import lookup
from schemas.records import Statement

ALL = "all"
RECOGNISED = "ocr"
AREA_UNKNOWN = "area_unknown"


def confidence_of(statement: Statement) -> float:
    """A statement -> its confidence, 0 to 1: what rows like it are worth, and no more than what recognition makes of them
    where their words had to be recognised."""
    s = statement
    usual = group_to_confidence(group_keys(s.place, s.construction, s.period != "now", s.area_name is not None))
    if s.place != RECOGNISED:
        return usual
    return min(usual, s.confidence)


def least_confidence() -> float:
    """Rows that are less sure than this are in doubt: published with the check low_confidence."""
    return float(lookup("confidence.yaml")["least_confidence"])


def group_keys(place: str, construction: str, dated: bool, area_known: bool) -> tuple[str, ...]:
    """What a row is like -> the names of the groups it belongs to, the widest first."""
    if not area_known:
        return (ALL, AREA_UNKNOWN)
    whole = f"{place}/{construction}"
    return (ALL, place, whole, f"{whole}/{'dated' if dated else 'undated'}")


@cache
def group_to_confidence(keys: tuple[str, ...]) -> float:
    """Groups, the widest first -> the share of the narrowest that was measured. A row of nobody knows whose is no surer
    than the least sure group, as long as labelled pages hold none to measure it by."""
    shares = lookup("confidence.yaml")["shares"]
    if keys[-1] == AREA_UNKNOWN and AREA_UNKNOWN not in shares:
        return min(float(group["share"]) for group in shares.values())
    return float(next(shares[key]["share"] for key in reversed(keys) if key in shares))
