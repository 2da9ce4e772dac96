"""What is held and what kind of silence each gap is; comparators that are computed, and of how many."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import open_dataset
from queries.computed import computed_comparators
from queries.coverage import coverage
from queries.coverage_printed import computed_to_printed, coverage_to_printed
from queries.dataset import Dataset, DatasetError
from schemas.answers import Silence
from schemas.arrow import rows_to_table
from schemas.codes import COVERAGE
from schemas.records import Area, Figure, Neighbour, OfficialValue
from tests.make_dataset import (
    AREAS,
    DOCUMENTS,
    DUDLEY,
    LOCKED,
    NEXT_DOOR,
    OLDER,
    PACK,
    SANDWELL,
    WOLVERHAMPTON,
    observation,
    write_dataset,
)


def write(folder: Path, name: str, record: type, rows: object) -> None:
    snapshot = next((folder / "dataset" / "snapshots").iterdir())
    pq.write_table(rows_to_table(record, rows), snapshot / f"{name}.parquet")  # type: ignore[arg-type]


def official(indicator: str, area: str, period: str, value: float | None, missing: str | None = None) -> OfficialValue:
    end = dt.date.fromisoformat(period)
    return OfficialValue(indicator, area, period, end, value, "count", "a release", "1", missing=missing)


# -- coverage --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("coverage")
    scan = replace(LOCKED, document_id="f" * 64, location="papers/dudley/scorecard-2022.pdf", reason="no_text_layer")
    undated = replace(PACK, document_id="e" * 64, location="notes.pdf", published_on=None, period_of_reference=None)
    rows = (
        observation(PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", 501),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2022-03-31", 520, checks=("low_confidence",), confidence=0.3),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2024-03-31", 480, kind="target"),
        replace(observation(PACK, "referrals_rate", WOLVERHAMPTON, "2022-23", 9.0), reviewed="rejected"),
        observation(NEXT_DOOR, "cla_count", DUDLEY, "2021-03-31", 600),
    )
    write_dataset(data, rows, (*DOCUMENTS, scan, undated))
    write(data, "official", OfficialValue, [
        official("cla_count", WOLVERHAMPTON, "2021-03-31", None, "suppressed"),
        official("cla_count", WOLVERHAMPTON, "2020-03-31", None, "not_available"),
    ])  # fmt: skip
    write(data, "figures", Figure, [
        Figure(PACK.document_id, 1, 10, "c", None, "Adoptions | 2021/22: c", None, "suppressed", None,
               "cla_count", WOLVERHAMPTON, dt.date(2019, 3, 31)),
        Figure(PACK.document_id, 1, 12, "<5", None, "Teapots | 2018/19: <5", None, "suppressed", None),
    ])  # fmt: skip
    return data


@pytest.fixture
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder)


@pytest.mark.parametrize(
    ("area", "indicator", "year", "status"),
    [
        ("Wolverhampton", "cla_count", 2023, "present"),
        ("Wolverhampton", "cla_count", 2022, "in_doubt"),
        ("Wolverhampton", "cla_count", 2021, "suppressed"),
        ("Wolverhampton", "cla_count", 2020, "not_stated"),
        ("Wolverhampton", "cla_count", 2019, "suppressed"),
        ("Wolverhampton", "cla_count", 2024, "no_document"),
        ("Wolverhampton", "referrals_rate", 2023, "not_stated"),
        ("Dudley", "cla_count", 2021, "present"),
        ("Dudley", "cla_count", 2022, "not_read"),
        ("Dudley", "cla_count", 2023, "no_document"),
        ("Sandwell", "cla_count", 2021, "no_document"),
    ],
)
def test_each_kind_of_silence_is_told_apart(
    dataset: Dataset, area: str, indicator: str, year: int, status: str
) -> None:
    (row,) = coverage(dataset, [area], [indicator], first_year=year, last_year=year).to_pylist()
    assert row["status"] == status


def test_every_combination_has_a_row_with_a_status_that_is_explained(dataset: Dataset) -> None:
    rows = coverage(dataset, first_year=2019, last_year=2023)
    assert rows.num_rows == 2 * 1 * 5 + 2 * 1 * 5  # two authorities with documents, two indicators, five years
    assert set(rows.column("status").to_pylist()) <= set(COVERAGE)
    assert rows.column_names == list(Silence.__dataclass_fields__)


def test_years_that_run_backwards_are_refused(dataset: Dataset) -> None:
    with pytest.raises(DatasetError, match="earlier one first"):
        coverage(dataset, first_year=2023, last_year=2019)


def test_one_area_is_shown_by_indicator_one_indicator_by_area_and_many_are_counted(dataset: Dataset) -> None:
    one_area = coverage_to_printed(coverage(dataset, ["Wolverhampton"], first_year=2020, last_year=2023))
    by_name = {row[0].words: [cell.words for cell in row[1:]] for row in one_area.rows}
    assert by_name["cla_count"] == ["-", "c", "?", "1"]
    assert "suppressed" in one_area.notes[0]
    one_indicator = coverage_to_printed(coverage(dataset, (), ["cla_count"], first_year=2021, last_year=2022))
    assert [[cell.words for cell in row] for row in one_indicator.rows] == [
        ["Dudley", "1", "!"],
        ["Wolverhampton", "c", "?"],
    ]
    many = coverage_to_printed(coverage(dataset, first_year=2021, last_year=2023))
    assert [row[0].words for row in many.rows] == ["Dudley", "Wolverhampton"]


# -- computed comparators --------------------------------------------------------------------------------------------

OTHERS = tuple(f"E0800{n:04d}" for n in range(9001, 9011))


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten neighbours under the newer model, of whom seven state the same indicator in ways that do and do not count."""
    data = tmp_path_factory.mktemp("computed")
    rows = [
        observation(PACK, "referrals_rate", WOLVERHAMPTON, "12m:2023-03-31", 600),
        *(
            observation(PACK, "referrals_rate", code, "12m:2023-03-31", 500 + 10 * n)
            for n, code in enumerate(OTHERS[:4])
        ),
        observation(PACK, "referrals_rate", OTHERS[4], "2022-23", 700),
        observation(PACK, "referrals_rate", OTHERS[5], "2022-23Q4", 90),
        observation(PACK, "referrals_rate", OTHERS[6], "2019-20", 300),
        observation(PACK, "referrals_rate", SANDWELL, "2022-23", 1000),
    ]
    write_dataset(data, tuple(rows), (PACK, OLDER))
    write(data, "areas", Area, [
        *AREAS,
        *(Area(code, f"Other {n}", "authority", "E12000001", None, None, None, ()) for n, code in enumerate(OTHERS)),
        Area("E10000099", "Abolished", "authority", "E12000001", None, None, dt.date(2009, 3, 31), ()),
    ])  # fmt: skip
    write(data, "neighbours", Neighbour, [
        *(Neighbour(WOLVERHAMPTON, code, n + 1, "2025") for n, code in enumerate(OTHERS)),
        Neighbour(WOLVERHAMPTON, SANDWELL, 1, "2021"),
    ])  # fmt: skip
    write(data, "official", OfficialValue, [
        official("cla_count", WOLVERHAMPTON, "2023-03-31", 498),
        *(official("cla_count", code, "2023-03-31", 100.0 + n) for n, code in enumerate(OTHERS)),
        official("cla_count", OTHERS[0], "2022-03-31", 9999),
        replace(official("cla_count", SANDWELL, "2023-03-31", 9999), checks=("out_of_range",)),
    ])  # fmt: skip
    return data


def by_group(rows: list[dict[str, object]], statistic: str) -> dict[object, tuple[object, object, object]]:
    return {r["group"]: (r["value"], r["covered"], r["members"]) for r in rows if r["statistic"] == statistic}


def test_stated_figures_of_the_neighbours_are_averaged_and_say_of_how_many(neighbours: Path) -> None:
    rows = computed_comparators(open_dataset(neighbours), "Wolverhampton", ["referrals_rate"]).to_pylist()
    taken = [500, 510, 520, 530, 700]
    assert by_group(rows, "mean")["neighbours"] == (mean(taken), 5, 10)
    assert by_group(rows, "median")["neighbours"] == (median(taken), 5, 10)
    assert {(r["group"], r["model"]) for r in rows} == {("neighbours", "2025"), ("region", None), ("country", None)}
    assert {r["basis"] for r in rows} == {"stated"}
    assert {r["own_value"] for r in rows} == {600}


def test_region_and_england_hold_the_authority_itself_and_none_that_was_abolished_by_then(neighbours: Path) -> None:
    rows = computed_comparators(open_dataset(neighbours), "Wolverhampton", ["referrals_rate"]).to_pylist()
    assert by_group(rows, "mean")["region"] == (mean([600, 1000]), 2, 3)
    assert by_group(rows, "mean")["country"][2] == 13


def test_the_model_decides_who_the_neighbours_are(neighbours: Path) -> None:
    rows = computed_comparators(open_dataset(neighbours), "Wolverhampton", ["referrals_rate"], model="2021").to_pylist()
    assert by_group(rows, "mean")["neighbours"] == (1000, 1, 1)
    with pytest.raises(DatasetError, match="model '1999'"):
        computed_comparators(open_dataset(neighbours), "Wolverhampton", model="1999")


def test_official_figures_are_those_of_the_very_period_and_none_that_is_not_believed(neighbours: Path) -> None:
    rows = computed_comparators(open_dataset(neighbours), "Wolverhampton", ["cla_count"], basis="official").to_pylist()
    assert by_group(rows, "mean")["neighbours"] == (104.5, 10, 10)
    assert by_group(rows, "median")["region"] == (498, 1, 3)
    assert {r["basis"] for r in rows} == {"official"}


def test_a_year_may_be_asked_for(neighbours: Path) -> None:
    dataset = open_dataset(neighbours)
    assert computed_comparators(dataset, "Wolverhampton", ["referrals_rate"], year=2023).num_rows == 6
    assert computed_comparators(dataset, "Wolverhampton", ["referrals_rate"], year=2019).num_rows == 0


@settings(max_examples=10, deadline=None)
@given(st.permutations([9, 3, 7, 1, 5]))
def test_the_order_of_figures_does_not_matter(neighbours: Path, order: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        rows = [observation(PACK, "referrals_rate", WOLVERHAMPTON, "2022-23", 600)]
        rows += [observation(PACK, "referrals_rate", OTHERS[n], "2022-23", 10.0 * n) for n in order]
        write_dataset(data, tuple(rows), (PACK,))
        write(data, "neighbours", Neighbour, [Neighbour(WOLVERHAMPTON, code, 1, "2025") for code in OTHERS])
        found = computed_comparators(open_dataset(data), "Wolverhampton").to_pylist()
        assert by_group(found, "mean")["neighbours"] == (50, 5, 10)


def test_the_table_for_people_says_that_no_document_states_it(neighbours: Path) -> None:
    (table,) = computed_to_printed(computed_comparators(open_dataset(neighbours), "Wolverhampton", ["referrals_rate"]))
    assert "no document states" in table.notes[0]
    assert table.rows[0][-1].words == "5 of 10"
