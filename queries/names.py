"""Step answer: the names that people type -> ids of indicators and codes of areas, with the nearest where there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError

if TYPE_CHECKING:
    import pyarrow as pa

NEIGHBOURS_PREFIX = "SN:"


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator or area: its id, the name shown, and every other name it answers to."""

    id: str
    name: str
    others: tuple[str, ...]


class UnknownNameError(DatasetError):
    """A name that no indicator or area bears; `nearest` are those that come closest."""

    def __init__(self, kind: str, asked: str, nearest: Sequence[Named]) -> None:
        self.nearest = tuple(nearest)
        close = "".join(f"\n  {n.id}  {n.name}" for n in nearest)
        hint = f" Did you mean:{close}" if close else ""
        super().__init__(f"There is no {kind} called '{asked}'.{hint}\nLook one up with: kpi find \"{asked}\"")


class AmbiguousNameError(DatasetError):
    """A name that several indicators or areas bear."""

    def __init__(self, kind: str, asked: str, which: Sequence[Named]) -> None:
        self.which = tuple(which)
        each = "".join(f"\n  {n.id}  {n.name}" for n in which)
        super().__init__(f"'{asked}' could be more than one {kind}. Give one of these ids:{each}")


def fold(name: str) -> str:
    """A name as it is compared: lower case, `&` as a word, punctuation as single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and ").replace("'", "").replace("’", "")))


def indicators_named(dataset: Dataset) -> list[Named]:
    """Every indicator of the catalogue with its names."""
    rows = dataset.connection.execute("SELECT indicator, label, synonyms FROM indicators ORDER BY indicator").fetchall()
    return [Named(row[0], row[1], tuple(row[2] or ())) for row in rows]


def areas_named(dataset: Dataset) -> list[Named]:
    """Every area with its names, and for each authority the group of its statistical neighbours."""
    rows = dataset.connection.execute(
        "SELECT area_code, name, other_names, kind FROM areas ORDER BY area_code"
    ).fetchall()
    named = [Named(row[0], row[1], tuple(row[2] or ())) for row in rows]
    groups = [
        Named(
            NEIGHBOURS_PREFIX + row[0],
            f"Statistical neighbours of {row[1]}",
            tuple(form for n in (row[1], *(row[2] or ())) for form in (f"SN:{n}", f"statistical neighbours of {n}")),
        )
        for row in rows
        if row[3] == "authority"
    ]
    return named + groups


def nearest_names(asked: str, among: Iterable[Named], count: int = 5) -> list[Named]:
    """Those whose id or any name is most like what was asked: shared words first, then shared letters."""
    folded = fold(asked)
    words = set(folded.split())

    def likeness(named: Named) -> float:
        def one(name: str) -> float:
            other = fold(name)
            shared = len(words & set(other.split())) / max(len(words), 1)
            return shared + difflib.SequenceMatcher(None, folded, other).ratio()

        return max(one(name) for name in (named.id.replace("_", " "), named.name, *named.others))

    ranked = sorted(((likeness(n), n.id, n) for n in among), key=lambda entry: (-entry[0], entry[1]))
    return [n for score, _, n in ranked[:count] if score > 0.5]


def resolve_name(kind: str, asked: str, among: Sequence[Named]) -> Named:
    """One typed name -> the indicator or area that bears it as id, name or synonym, in that order.

    Raises UnknownNameError with the nearest, or AmbiguousNameError where several bear it.
    """
    folded = fold(asked)
    for names_of in (_ids, _name, _others):
        bearing = [n for n in among if folded in {fold(name) for name in names_of(n)}]
        if len(bearing) == 1:
            return bearing[0]
        if bearing:
            raise AmbiguousNameError(kind, asked, bearing)
    raise UnknownNameError(kind, asked, nearest_names(asked, among))


def _ids(named: Named) -> tuple[str, ...]:
    return (named.id,)


def _name(named: Named) -> tuple[str, ...]:
    return (named.name,)


def _others(named: Named) -> tuple[str, ...]:
    return named.others


def resolve_indicators(dataset: Dataset, asked: Iterable[str]) -> list[str]:
    """Typed names of indicators -> their ids, in that order, each once."""
    catalogue = indicators_named(dataset)
    return list(dict.fromkeys(resolve_name("indicator", name, catalogue).id for name in asked))


def resolve_areas(dataset: Dataset, asked: Iterable[str]) -> list[str]:
    """Typed names of areas -> their codes, in that order, each once."""
    areas = areas_named(dataset)
    return list(dict.fromkeys(resolve_name("area", name, areas).id for name in asked))


FIND = """
WITH sought AS (SELECT unnest($words::VARCHAR[]) AS word),
named AS (
    SELECT 'indicator' AS what, indicator AS id, label AS name, unit,
        replace(indicator, '_', ' ') || ' ' || label AS called,
        array_to_string(synonyms, ' ') || ' ' || topic || ' ' || definition AS described
    FROM indicators
    UNION ALL
    SELECT 'area', area_code, name, kind, area_code || ' ' || name, array_to_string(other_names, ' ') FROM areas
),
stated AS (
    SELECT indicator AS id, count(*) AS figures FROM observations GROUP BY ALL
    UNION ALL
    SELECT area_code, count(*) FROM observations GROUP BY ALL
)
SELECT
    n.what, n.id, n.name, n.unit, coalesce(any_value(s.figures), 0) AS figures,
    bool_and(regexp_matches(lower(n.called), '\\b' || w.word)) AS in_name
FROM named AS n
CROSS JOIN sought AS w
LEFT JOIN stated AS s ON s.id = n.id
GROUP BY n.what, n.id, n.name, n.unit
HAVING bool_and(regexp_matches(lower(n.called || ' ' || coalesce(n.described, '')), '\\b' || w.word))
ORDER BY n.what DESC, in_name DESC, figures DESC, n.id
"""


def find(dataset: Dataset, words: str) -> pa.Table:
    """Words (or their beginnings) -> the indicators and areas that have all of them in any of their names.

    Columns: what (indicator, area), id, name, unit (for an area its kind), figures (rows of observations), in_name.
    """
    return dataset.table(FIND, {"words": fold(words).split() or [""]})
