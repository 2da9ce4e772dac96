"""The questions that people put to a dataset, over a small one of our own making."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from queries import (
    AmbiguousNameError,
    Dataset,
    DatasetError,
    UnknownNameError,
    compare,
    evidence,
    find,
    open_dataset,
    standing,
    trend,
)
from tests import make_dataset as made
from tests.make_dataset import DUDLEY, ENGLAND, NEXT_DOOR, OLDER, PACK, WOLVERHAMPTON, observation, write_dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return open_dataset(write_dataset(tmp_path_factory.mktemp("data")))


def opened(folder: Path, *rows: made.Observation) -> Dataset:
    return open_dataset(write_dataset(folder, rows))


def column(answer: pa.Table, name: str) -> list[object]:
    return list(answer.column(name).to_pylist())


# -- opening ---------------------------------------------------------------------------------------------------------


def test_a_folder_without_a_dataset_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="kpi refresh"):
        open_dataset(tmp_path)


def test_the_dataset_folder_and_a_snapshot_itself_open_too(dataset: Dataset) -> None:
    for folder in (dataset.folder / "dataset", dataset.snapshot):
        assert open_dataset(folder).snapshot == dataset.snapshot


def test_current_may_be_a_file_where_there_are_no_symbolic_links(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    current = folder / "dataset" / "current"
    target = current.readlink()
    current.unlink()
    current.write_text(f"{target.as_posix()}\n", encoding="utf-8")
    assert open_dataset(folder).sql("SELECT count(*) AS n FROM observations").column("n")[0].as_py() > 0


def test_a_quote_in_the_folder_name_does_no_harm(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "children's data")
    assert open_dataset(folder).sql("SELECT 1 FROM trend LIMIT 1").num_rows == 1


def test_an_open_dataset_stays_on_its_snapshot(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    opened_before = open_dataset(folder)
    (folder / "dataset" / "current").unlink()
    assert opened_before.sql("FROM trend").num_rows > 0


def test_a_snapshot_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "dataset" / "current" / "indicators.parquet").unlink()
    with pytest.raises(DatasetError, match="kpi refresh"):
        open_dataset(folder)


def test_a_table_that_a_later_version_added_is_not_missed(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "dataset" / "current" / "official.parquet").unlink()
    assert open_dataset(folder).sql("FROM trend").num_rows > 0


# -- SQL -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO 'out.csv'",
        "CREATE TABLE mine AS SELECT 1",
        "SET threads = 1",
        "INSTALL httpfs",
        "ATTACH 'other.db'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELEC 1",
        "SELECT nothing FROM trend",
    ],
)
def test_sql_reads_the_dataset_and_nothing_else(dataset: Dataset, query: str) -> None:
    with pytest.raises(DatasetError):
        dataset.sql(query)


@pytest.mark.parametrize(
    "query",
    [
        "FROM coverage",
        "SHOW TABLES",
        "DESCRIBE trend",
        "EXPLAIN SELECT 1",
        "PIVOT (SELECT area_code, indicator, value FROM trend) ON area_code USING first(value)",
    ],
)
def test_sql_takes_every_way_of_asking(dataset: Dataset, query: str) -> None:
    assert dataset.sql(query).num_rows > 0


@pytest.mark.parametrize(
    "view", ["claims", "figures_preferred", "trend", "latest", "comparators", "conflicts", "coverage"]
)
def test_every_question_view_answers(dataset: Dataset, view: str) -> None:
    assert dataset.sql(f"FROM {view}").num_rows > 0


# -- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", ["cla_count", "CLA count", "children looked after", "Children in care", "looked-after children"]
)
def test_an_indicator_answers_to_id_name_and_synonym(dataset: Dataset, asked: str) -> None:
    assert set(column(trend(dataset, [asked]), "indicator")) == {"cla_count"}


@pytest.mark.parametrize("asked", [WOLVERHAMPTON, "wolverhampton", "City of Wolverhampton"])
def test_an_area_answers_to_code_and_names(dataset: Dataset, asked: str) -> None:
    assert set(column(trend(dataset, ["cla_count"], [asked]), "area_code")) == {WOLVERHAMPTON}


def test_an_unknown_name_gets_the_nearest(dataset: Dataset) -> None:
    with pytest.raises(UnknownNameError) as caught:
        trend(dataset, ["cla_count"], ["Wolverhamton"])
    assert caught.value.nearest[0].id == WOLVERHAMPTON
    with pytest.raises(UnknownNameError) as caught:
        trend(dataset, ["placement stability"])
    assert "cla_same_placement_2yr_pct" in [n.id for n in caught.value.nearest]


def test_a_name_of_two_indicators_asks_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(made.INDICATORS[1], indicator="cla_rate", label="Looked after per 10 000")
    monkeypatch.setattr(made, "INDICATORS", (*made.INDICATORS, twin))
    with pytest.raises(AmbiguousNameError, match="cla_rate"):
        trend(open_dataset(write_dataset(tmp_path)), ["children in care"])


def test_find_takes_beginnings_of_words_in_any_order(dataset: Dataset) -> None:
    found = find(dataset, "placem three")
    assert column(found, "id") == ["cla_3plus_placements_pct"]
    assert "cla_same_placement_2yr_pct" in column(find(dataset, "stability"), "id")
    assert column(find(dataset, "dud"), "what") == ["area"]


def test_find_takes_marks_as_marks(dataset: Dataset) -> None:
    assert find(dataset, "(.*[").num_rows > 0  # no word at all: everything


# -- trend -----------------------------------------------------------------------------------------------------------


def test_rows_in_doubt_are_left_out_unless_asked_for(dataset: Dataset) -> None:
    shown = trend(dataset, ["cla_count"], [WOLVERHAMPTON])
    all_of_them = trend(dataset, ["cla_count"], [WOLVERHAMPTON], with_doubtful=True)
    assert column(shown, "period") == ["2021-03-31", "2023-03-31"]
    assert column(all_of_them, "period") == ["2020-03-31", "2021-03-31", "2023-03-31"]


def test_targets_and_changes_are_no_points_of_a_trend(dataset: Dataset) -> None:
    assert -21 not in column(trend(dataset, ["cla_count"]), "value")
    assert 75 not in column(trend(dataset, ["cla_same_placement_2yr_pct"]), "value")


def test_years_bound_the_ends_of_periods(dataset: Dataset) -> None:
    years = column(trend(dataset, ["referrals_rate"], [WOLVERHAMPTON], first_year=2021, last_year=2022), "period")
    assert years == ["2020-21"]


def test_years_are_text(dataset: Dataset) -> None:
    assert trend(dataset, ["cla_count"]).schema.field("year").type == pa.string()


def test_comparators_come_on_request(dataset: Dataset) -> None:
    answer = trend(dataset, ["referrals_rate"], ["Wolverhampton"], with_comparators=True)
    assert {f"SN:{WOLVERHAMPTON}", made.WEST_MIDLANDS, ENGLAND} < set(column(answer, "area_code"))


@pytest.mark.parametrize(
    ("period", "form"),
    [
        ("2023-03-31", "date"),
        ("2011-12", "financial_year"),
        ("2016-10", "month"),
        ("2014", "year"),
        ("2014-15Q3", "quarter"),
        ("12m:2023-03-31", "rolling"),
        ("now", "now"),
    ],
)
def test_the_form_of_a_period_is_told(tmp_path: Path, period: str, form: str) -> None:
    answer = trend(opened(tmp_path, observation(PACK, "cla_count", DUDLEY, period, 5)), ["cla_count"])
    assert column(answer, "period_form") == [form]


def test_a_month_written_like_a_financial_year_is_told_by_its_days(tmp_path: Path) -> None:
    day = observation(PACK, "cla_count", DUDLEY, "2011-12", 5)
    month = replace(
        day,
        period_start=day.period_start.replace(year=2011, month=12),
        period_end=day.period_start.replace(month=12, day=31),
    )  # type: ignore[union-attr]
    assert column(trend(opened(tmp_path, month), ["cla_count"]), "period_form") == ["month"]


# -- which statement of several --------------------------------------------------------------------------------------

LATER = replace(OLDER, document_id="f" * 64, published_on=OLDER.published_on.replace(year=2022))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("preferred", "other"),
    [
        pytest.param({"document": PACK}, {"document": OLDER}, id="the later document"),
        pytest.param({"document": OLDER}, {"document": PACK, "checks": ("low_confidence",)}, id="not in doubt"),
        pytest.param({"document": OLDER}, {"document": PACK, "checks": ("out_of_range",)}, id="no failed check"),
        pytest.param({"place": "table"}, {"place": "sentence"}, id="a table before prose"),
        pytest.param({}, {"approximation": "about"}, id="exact before about"),
        pytest.param({"confidence": 0.9}, {"confidence": 0.8}, id="the surer"),
        pytest.param({"page": 2}, {"page": 3}, id="the earlier page"),
    ],
)
def test_of_two_statements_one_is_preferred(
    tmp_path: Path, preferred: dict[str, object], other: dict[str, object]
) -> None:
    def stated(value: float, how: dict[str, object]) -> made.Observation:
        return observation(
            how.get("document", PACK),
            "cla_count",
            WOLVERHAMPTON,
            "2020-03-31",
            value,
            **{k: v for k, v in how.items() if k != "document"},
        )  # type: ignore[arg-type]

    answer = trend(opened(tmp_path, stated(1, preferred), stated(2, other)), ["cla_count"])
    assert column(answer, "value") == [1]
    assert (column(answer, "value_lowest"), column(answer, "value_highest")) == ([1], [2])


def test_an_areas_own_statement_comes_before_another_ones_of_the_same_day(tmp_path: Path) -> None:
    same_day = replace(NEXT_DOOR, published_on=PACK.published_on)
    made_up = opened(
        tmp_path,
        replace(
            observation(same_day, "cla_count", WOLVERHAMPTON, "2020-03-31", 2),
            document_id=PACK.document_id,
            place="table",
        ),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2020-03-31", 1),
    )
    assert column(trend(made_up, ["cla_count"]), "value") == [1]


def test_the_order_of_arrival_never_matters(tmp_path: Path) -> None:
    rows = list(made.observations())
    answers = set()
    for number in range(4):
        random.Random(number).shuffle(rows)
        answer = opened(tmp_path / str(number), *rows).sql("SELECT observation_id FROM trend ORDER BY ALL")
        answers.add(tuple(column(answer, "observation_id")))
    assert len(answers) == 1


def test_now_in_two_documents_is_two_claims(tmp_path: Path) -> None:
    rows = [observation(document, "cla_count", WOLVERHAMPTON, "now", 5) for document in (PACK, OLDER)]
    assert trend(opened(tmp_path, *rows), ["cla_count"]).num_rows == 2


def test_a_figure_without_a_period_counts_as_a_year_older_than_its_document(tmp_path: Path) -> None:
    """A report of September speaks of "now" and means the year before as often as not: what has its own period is newer."""
    rows = [
        observation(PACK, "cla_count", WOLVERHAMPTON, "now", 5),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2022-23", 6),
    ]
    assert column(opened(tmp_path, *rows).sql("FROM latest"), "value") == [6]


def test_variants_of_a_definition_are_not_merged(tmp_path: Path) -> None:
    rows = [observation(PACK, "cla_count", WOLVERHAMPTON, "2020", 5, variant=variant) for variant in (None, "moves")]
    assert trend(opened(tmp_path, *rows), ["cla_count"]).num_rows == 2


def test_conflicts_stand_side_by_side(dataset: Dataset) -> None:
    found = dataset.sql("SELECT value, preferred FROM conflicts ORDER BY value")
    assert found.to_pylist() == [{"value": 8.5, "preferred": True}, {"value": 8.9, "preferred": False}]


# -- compare ---------------------------------------------------------------------------------------------------------


def cell(answer: pa.Table, indicator: str, role: str) -> dict[str, object]:
    (row,) = [r for r in answer.to_pylist() if r["indicator"] == indicator and r["role"] == role]
    return dict(row)


def test_compare_takes_the_newest_and_the_one_before(dataset: Dataset) -> None:
    answer = compare(dataset, "Wolverhampton", ["cla_same_placement_2yr_pct"])
    assert cell(answer, "cla_same_placement_2yr_pct", "own")["value"] == 71
    assert cell(answer, "cla_same_placement_2yr_pct", "own_previous")["value"] == 68
    assert cell(answer, "cla_same_placement_2yr_pct", "neighbours")["period"] == "2022-03-31"


def test_a_change_is_judged_by_the_indicators_polarity_alone(dataset: Dataset) -> None:
    answer = compare(dataset, "Wolverhampton")
    better = cell(answer, "cla_same_placement_2yr_pct", "own")
    assert (better["difference"], better["direction"]) == (3, "better")
    neither = cell(answer, "cla_count", "own")
    assert (neither["difference"], neither["direction"]) == (-879, None)


def test_a_quarter_is_not_compared_with_a_year(tmp_path: Path) -> None:
    rows = [observation(PACK, "cla_count", WOLVERHAMPTON, period, 5) for period in ("2022-23Q4", "2021-22")]
    assert cell(compare(opened(tmp_path, *rows), "Wolverhampton"), "cla_count", "own")["difference"] is None


def test_a_comparator_of_the_same_period_comes_before_a_newer_one(tmp_path: Path) -> None:
    rows = [
        observation(PACK, "cla_count", WOLVERHAMPTON, "2022-03-31", 5),
        observation(OLDER, "cla_count", ENGLAND, "2022-03-31", 6),
        observation(PACK, "cla_count", ENGLAND, "2023-03-31", 7),
    ]
    assert cell(compare(opened(tmp_path, *rows), "Wolverhampton"), "cla_count", "country")["value"] == 6


def test_compare_answers_as_the_view_does(dataset: Dataset) -> None:
    view = dataset.sql(f"SELECT observation_id FROM comparators WHERE for_area = '{WOLVERHAMPTON}' ORDER BY ALL")
    asked = compare(dataset, WOLVERHAMPTON)
    assert sorted(column(asked, "observation_id")) == column(view, "observation_id")  # type: ignore[type-var]


def test_only_an_authority_can_be_compared(dataset: Dataset) -> None:
    with pytest.raises(DatasetError, match="not an authority"):
        compare(dataset, "England")


# -- evidence --------------------------------------------------------------------------------------------------------


def test_the_beginning_of_an_id_is_enough(dataset: Dataset) -> None:
    whole = column(trend(dataset, ["cla_count"], [DUDLEY]), "observation_id")[0]
    row = evidence(dataset, str(whole)[:8])
    assert row.observation_id == whole
    assert row.publisher == "Dudley Council"


@pytest.mark.parametrize("asked", ["zzzzzzzz", "ab", "%%%%"])
def test_an_id_that_is_none_says_where_they_stand(dataset: Dataset, asked: str) -> None:
    with pytest.raises(DatasetError, match="id"):
        evidence(dataset, asked)


# -- standing --------------------------------------------------------------------------------------------------------


def authorities(count: int, better: str) -> tuple[tuple[made.Observation, ...], str]:
    """Wolverhampton at 50, and as many other authorities at 40, 41 ... 60 and so on, for a measure of that polarity."""
    indicator = {"high": "cla_same_placement_2yr_pct", "low": "cla_3plus_placements_pct"}[better]
    rows = [observation(PACK, indicator, WOLVERHAMPTON, "2022-23", 50)]
    for number in range(count):
        row = observation(PACK, indicator, DUDLEY, "2022-23", 40 + number)
        code = f"E080001{number:02d}"
        rows.append(replace(row, area_code=code, area_name=code, observation_id=f"{number:032d}"))
    return tuple(rows), indicator


@pytest.mark.parametrize(("better", "rank", "quartile"), [("high", 4, 3), ("low", 3, 1)])
def test_rank_and_quarter_follow_the_polarity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, better: str, rank: int, quartile: int
) -> None:
    rows, indicator = authorities(41, better)  # 40 to 80: 30 are above 50, 10 below
    near = [f"E080001{number:02d}" for number in (8, 9, 11, 12, 13)]  # 48, 49, 51, 52, 53
    monkeypatch.setattr(
        made, "NEIGHBOURS", tuple(made.Neighbour(WOLVERHAMPTON, code, n, "2025") for n, code in enumerate(near))
    )
    dataset = opened(tmp_path, *rows)
    (told,) = standing(dataset, compare(dataset, "Wolverhampton", [indicator])).to_pylist()
    assert (told["neighbours_stating"], told["neighbours"], told["rank"]) == (5, 5, rank)
    assert (told["authorities_stating"], told["quartile"]) == (41, quartile)


def test_among_too_few_there_is_no_rank(tmp_path: Path) -> None:
    rows, indicator = authorities(3, "high")
    dataset = opened(tmp_path, *rows)
    (told,) = standing(dataset, compare(dataset, "Wolverhampton", [indicator])).to_pylist()
    assert (told["rank"], told["quartile"], told["authorities_stating"]) == (None, None, 3)


def test_another_year_is_no_neighbour_in_time(tmp_path: Path) -> None:
    rows = [
        observation(PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", 5),
        observation(OLDER, "cla_count", DUDLEY, "2021-03-31", 6),
    ]
    dataset = opened(tmp_path, *rows)
    (told,) = standing(dataset, compare(dataset, "Wolverhampton", ["cla_count"])).to_pylist()
    assert told["authorities_stating"] == 0
