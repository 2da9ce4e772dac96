"""Times trend and compare on a made-up dataset of millions of observations, opening it included.

    python benchmarks/queries_at_scale.py FOLDER [--rows 10000000]

The folder keeps the dataset for the next run. The bar: 300 ms for each question on 2 cores with 10 million observations.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from queries import Dataset, compare, open_dataset, trend
from schemas.arrow import rows_to_table
from schemas.records import PUBLISHED

INDICATORS, AREAS, YEARS, DOCUMENTS = 94, 160, 12, 50_000
ROUNDS = 5
AREA_CODE = """CASE WHEN area = 0 THEN 'E92000001' WHEN area < 10 THEN 'E1200000' || area
    ELSE 'E0800' || lpad(area::VARCHAR, 4, '0') END"""
OBSERVATIONS = f"""
    WITH numbered AS (
        SELECT i, (i * 7919) % {INDICATORS} AS indicator, (i // {INDICATORS}) % {AREAS} AS area,
            2012 + (i // {INDICATORS * AREAS}) % {YEARS} AS year
        FROM range($rows) AS t(i)
    )
    SELECT
        md5(i::VARCHAR) AS observation_id,
        md5((i % {DOCUMENTS})::VARCHAR) AS document_id,
        'indicator_' || lpad(indicator::VARCHAR, 2, '0') AS indicator,
        {AREA_CODE} AS area_code,
        'Area ' || area AS area_name,
        CASE WHEN area = 0 THEN 'country' WHEN area < 10 THEN 'region' ELSE 'authority' END AS area_kind,
        'E0800' || lpad((10 + i % 150)::VARCHAR, 4, '0') AS subject_code,
        year || '-' || lpad(((year + 1) % 100)::VARCHAR, 2, '0') AS period,
        make_date(year::INT, 4, 1) AS period_start,
        make_date(year::INT + 1, 3, 31) AS period_end,
        CASE WHEN i % 10 = 0 THEN 'change' ELSE 'actual' END AS kind,
        (i % 1000)::DOUBLE AS value,
        'count' AS unit,
        (i % 1000)::VARCHAR AS value_text,
        'exact' AS approximation,
        (i % 50)::INT AS page,
        1::FLOAT AS x0, 1::FLOAT AS y0, 2::FLOAT AS x1, 2::FLOAT AS y1,
        'The words that state figure ' || i || ' stand here, in a sentence of the usual length.' AS quote,
        'sentence' AS place,
        0.97::FLOAT AS confidence,
        []::VARCHAR[] AS checks,
        'made up 1' AS extractor,
        NULL::VARCHAR AS variant,
        'plain' AS construction
    FROM numbered
    ORDER BY indicator, area_code, period_end
"""
OTHERS = {
    "documents": f"""SELECT md5(i::VARCHAR) AS document_id, 'place ' || i AS location, 'Title ' || i AS title,
        DATE '2013-01-01' + (i % 4000)::INT AS published_on, NULL::DATE AS period_of_reference, 50 AS pages,
        []::VARCHAR[] AS other_locations, 'Somebody' AS publisher
        FROM range({DOCUMENTS}) AS t(i)""",
    "indicators": f"""SELECT 'indicator_' || lpad(i::VARCHAR, 2, '0') AS indicator, 'Label ' || i AS label,
        'count' AS unit, 'low' AS better, 'topic' AS topic, '' AS definition, 'flow' AS measures,
        ['synonym ' || i] AS synonyms FROM range({INDICATORS}) AS t(i)""",
    "areas": f"""SELECT {AREA_CODE} AS area_code, 'Area ' || area AS name,
        CASE WHEN area = 0 THEN 'country' WHEN area < 10 THEN 'region' ELSE 'authority' END AS kind,
        'E12000005' AS region_code, []::VARCHAR[] AS other_names FROM range({AREAS}) AS t(area)""",
}


def make_dataset(folder: Path, rows: int) -> None:
    """Write the made-up snapshot, sorted as the flow sorts it; tables that no question reads stay empty."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        for name, query in {"observations": OBSERVATIONS.replace("$rows", str(rows)), **OTHERS}.items():
            place = (folder / f"{name}.parquet").as_posix()
            connection.register("published", rows_to_table(PUBLISHED[name], ()))  # columns that no question here needs
            query = f"({query}) UNION ALL BY NAME SELECT * FROM published"
            connection.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)")
    for name, record in PUBLISHED.items():
        if not (folder / f"{name}.parquet").exists():
            pq.write_table(rows_to_table(record, ()), folder / f"{name}.parquet")


def timed(folder: Path, question: Callable[[Dataset], object]) -> list[float]:
    """Milliseconds of opening the dataset and putting the question, in each of several rounds."""
    told = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        question(open_dataset(folder))
        told.append((time.perf_counter() - start) * 1000)
    return told


def main() -> None:
    """Make the dataset where it is not there yet, and print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    asked = parser.parse_args()
    folder = asked.folder / f"rows-{asked.rows}"
    if not (folder / "changes.parquet").exists():
        make_dataset(folder, asked.rows)
    questions: dict[str, Callable[[Dataset], object]] = {
        "trend, 1 indicator, 2 areas": lambda d: trend(d, ["indicator_05"], ["Area 20", "Area 21"]),
        "trend with comparators": lambda d: trend(d, ["indicator_05"], ["Area 20"], with_comparators=True),
        "compare, 1 indicator": lambda d: compare(d, "Area 20", ["indicator_05"]),
        "compare, 3 indicators": lambda d: compare(d, "Area 20", ["indicator_05", "indicator_06", "indicator_07"]),
    }
    for name, question in questions.items():
        told = timed(folder, question)
        print(f"{name.ljust(30)} median {statistics.median(told):6.0f} ms, best {min(told):6.0f} ms")


if __name__ == "__main__":
    main()
