"""`kpi check` and `kpi conflicts`: stated figures beside official values and beside one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.refresh import refresh
from queries import open_dataset
from queries.check_printed import agreements_to_printed, conflicts_to_printed, differences_to_printed
from queries.conflicts import conflicts
from queries.dataset import Dataset, DatasetError
from queries.official import check, compared, differences
from tests.fake_reader import FAKE_READER
from tests.test_official import DICTIONARY, long_table

OWN, NEXT_DOOR = "E08000031", "E08000027"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents, and statistics of the same years, published."""
    root = tmp_path_factory.mktemp("official")
    documents, official = root / "documents", root / "official"
    documents.mkdir()
    official.mkdir()
    (documents / "one.txt").write_text(
        f"cla_count {OWN} 2023-03-31 498\ncla_count {OWN} 2022-03-31 515\ncla_count {OWN} 2021-03-31 900\n"
    )
    (documents / "two.txt").write_text(f"cla_count {NEXT_DOOR} 2023-03-31 600\ncla_count {OWN} 2023-03-31 520\n")
    table = long_table(
        ("LACnum", "2023", "Wolverhampton", "498", 336.0),
        ("LACnum", "2022", "Wolverhampton", "512", 336.0),
        ("LACnum", "2021", "Wolverhampton", "540", 336.0),
        ("LACnum", "2023", "Dudley", "-", 332.0),
    )
    (official / "long.parquet").write_bytes(table)
    (official / "dictionary.csv").write_bytes(DICTIONARY)
    refresh([documents], root / "data", 2, reader=FAKE_READER, official=[official])
    return root


@pytest.fixture
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder / "data")


def test_figures_are_counted_by_how_they_stand_to_the_official_value(dataset: Dataset) -> None:
    (row,) = check(dataset).to_pylist()
    assert (row["about"], row["compared"], row["agrees"], row["differs"], row["far"]) == ("cla_count", 4, 1, 3, 1)
    assert row["agreeing"] == 0.25


def test_and_by_document(dataset: Dataset) -> None:
    counted = {
        Path(row["about"]).name: (row["compared"], row["agrees"]) for row in check(dataset, by="document").to_pylist()
    }
    assert counted == {"one.txt": (3, 1), "two.txt": (1, 0)}


def test_those_that_differ_are_listed_the_furthest_off_first(dataset: Dataset) -> None:
    found = differences(dataset, ["cla_count"], ["Wolverhampton"])
    assert [(row["value"], row["official_value"]) for row in found.to_pylist()] == [(900, 540), (520, 498), (515, 512)]
    assert differences(dataset, count=1).num_rows == 1
    assert compared(dataset).num_rows == 4


def test_the_check_is_kept_with_the_observation(dataset: Dataset) -> None:
    failed = dataset.sql("SELECT value, checks FROM observations WHERE len(checks) > 0 ORDER BY value").to_pylist()
    assert [(row["value"], "differs_from_official" in row["checks"]) for row in failed] == [(900, True)]


def test_tables_for_people_say_where_each_figure_stands(dataset: Dataset) -> None:
    table = agreements_to_printed(check(dataset, by="document"), "document")
    assert [row[0].words for row in table.rows] == ["one.txt", "two.txt", "All"]
    listed = differences_to_printed(differences(dataset))
    assert "one.txt" in listed.rows[0][3].words


def test_two_documents_that_differ_are_a_conflict(dataset: Dataset) -> None:
    found = conflicts(dataset, ["cla_count"]).to_pylist()
    assert sorted(row["value"] for row in found) == [498, 520]
    (table,) = conflicts_to_printed(conflicts(dataset))
    assert table.rows[0][0].words == "preferred"
    assert conflicts(dataset, areas=["Dudley"]).num_rows == 0


def test_without_statistics_it_says_what_to_do(tmp_path: Path, folder: Path) -> None:
    refresh([folder / "documents"], tmp_path / "data", 2, reader=FAKE_READER)
    with pytest.raises(DatasetError, match="--official"):
        check(open_dataset(tmp_path / "data"))


def test_statistics_stay_until_their_files_change(folder: Path) -> None:
    again = refresh([], folder / "data", 2, reader=FAKE_READER)
    assert not again.published
    (folder / "official" / "long.parquet").write_bytes(long_table(("LACnum", "2023", "Wolverhampton", "520", 336.0)))
    changed = refresh([], folder / "data", 2, reader=FAKE_READER)
    assert changed.published
    assert [(r["value"], r["outcome"]) for r in compared(open_dataset(folder / "data")).to_pylist()] == [
        (498, "differs"),
        (520, "agrees"),
    ]


def test_a_folder_without_statistics_is_refused(tmp_path: Path, folder: Path) -> None:
    from flows.refusals import RefreshError

    with pytest.raises(RefreshError, match="No official statistics"):
        refresh([folder / "documents"], tmp_path / "data", 2, reader=FAKE_READER, official=[folder / "documents"])
    with pytest.raises(RefreshError, match="no file or folder"):
        refresh([folder / "documents"], tmp_path / "data", 2, reader=FAKE_READER, official=[tmp_path / "nowhere"])
    assert not (tmp_path / "data" / "dataset" / "current").exists()
