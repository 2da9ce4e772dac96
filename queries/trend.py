"""Step answer: indicators and areas -> what is stated of them through time, one preferred figure for each period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, sql_texts
from queries.names import resolve_areas, resolve_indicators
from schemas.answers import Point, record_to_columns

if TYPE_CHECKING:
    import pyarrow as pa


def trend(
    dataset: Dataset,
    indicators: Sequence[str],
    areas: Sequence[str] = (),
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    with_doubtful: bool = False,
    with_comparators: bool = False,
) -> pa.Table:
    """Indicators and areas, by id, name or synonym -> one row (a `Point`) for each period that is stated of them.

    Without areas, every area is told. `first_year` and `last_year` bound the years in which the periods end. Rows in
    doubt are left out unless `with_doubtful`; `with_comparators` adds the areas' neighbours, regions and England.
    Periods of different forms (`period_form`) stand beside one another and are not one series.
    Raises UnknownNameError or AmbiguousNameError for a name that does not tell one indicator or area.
    """
    ids = resolve_indicators(dataset, indicators)
    codes = resolve_areas(dataset, areas)
    if with_comparators:
        codes = list(dict.fromkeys([*codes, *comparator_codes(dataset, codes)]))
    source = "figures_preferred" if with_doubtful else "trend"
    return dataset.table(
        f"""
        SELECT {record_to_columns(Point)}
        FROM {source}
        WHERE kind = 'actual'
            AND indicator IN ({sql_texts(ids)})
            AND ({"true" if not codes else f"area_code IN ({sql_texts(codes)})"})
            AND ($first IS NULL OR year(period_end) >= $first)
            AND ($last IS NULL OR year(period_end) <= $last)
        ORDER BY list_position([{sql_texts(ids)}], indicator), list_position([{sql_texts(codes)}]::VARCHAR[], area_code),
            area_name, area_code, period_end NULLS LAST, period_start, period_form, variant
        """,
        {"first": first_year, "last": last_year},
    )


def comparator_codes(dataset: Dataset, areas: Sequence[str]) -> list[str]:
    """Codes of authorities -> the codes of their groups of statistical neighbours, their regions, and the country."""
    rows = dataset.connection.execute(
        "SELECT area_code, region_code FROM areas WHERE kind = 'authority' AND list_contains(?, area_code)",
        [list(areas)],
    ).fetchall()
    country = dataset.connection.execute("SELECT area_code FROM areas WHERE kind = 'country'").fetchall()
    regions = dict.fromkeys(row[1] for row in rows if row[1])
    return [*(f"SN:{row[0]}" for row in rows), *regions, *(row[0] for row in country)]
