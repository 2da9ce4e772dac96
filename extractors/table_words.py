"""Step `tables`: the words by which tables say what their columns are, read from `lookups/table_words.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class TableWords:
    """Words of tables, case-folded: `not_figures` maps a phrase to what the column is instead (rating, rank ...)."""

    suppressed: frozenset[str]
    not_figures: dict[str, str]
    target: frozenset[str]
    average: frozenset[str]
    latest: frozenset[str]
    previous: frozenset[str]
    total: frozenset[str]
    neutral: frozenset[str]


@cache
def table_words() -> TableWords:
    """The words, read once a process."""
    raw = yaml.safe_load(files("extractors.lookups").joinpath("table_words.yaml").read_text(encoding="utf-8"))
    lists = {
        name: frozenset(map(str, raw[name]))
        for name in ("suppressed", "target", "average", "latest", "previous", "total", "neutral")
    }
    return TableWords(
        not_figures={str(word): role for role, words in raw["not_figures"].items() for word in words}, **lists
    )
