"""`kpi evaluate`: a small dataset of our own against labels of our own, each kind of fault once."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpi.command_line import app
from queries.dataset import DatasetError
from queries.evaluation import evaluate
from queries.evaluation_printed import confidence_to_printed, evaluation_to_printed, faults_to_lines
from queries.labels import match_documents, read_labels
from schemas.evaluation import Evaluation, Held, Judged
from schemas.records import Document, Observation
from tests.make_dataset import (
    DUDLEY,
    ENGLAND,
    NEXT_DOOR,
    OLDER,
    PACK,
    WEST_MIDLANDS,
    WOLVERHAMPTON,
    observation,
    write_dataset,
)

HEAD = "document,page,indicator,area,period,kind,value,approx,optional,quote"
NAME = "samples/wolverhampton-scrutiny-2023.pdf"
NEIGHBOURS = f"SN:{WOLVERHAMPTON}"
STABLE = "cla_same_placement_2yr_pct"


def labels_file(folder: Path, rows: Sequence[str], name: str = "labels.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def pages_file(folder: Path, rows: Sequence[str]) -> Path:
    path = folder / "pages.csv"
    path.write_text("\n".join(["document,page,kind", *rows]) + "\n", encoding="utf-8")
    return path


def run(
    folder: Path,
    rows: Sequence[str],
    stated: Sequence[Observation],
    pages: Sequence[str] | None = None,
    documents: tuple[Document, ...] = (PACK, OLDER, NEXT_DOOR),
) -> Evaluation:
    """Labels against stated rows -> the evaluation."""
    write_dataset(folder, tuple(stated), documents)
    return evaluate(folder, labels_file(folder, rows), pages_file(folder, pages) if pages is not None else None)


def counts(evaluation: Evaluation) -> tuple[int, int, int, int]:
    t = evaluation.total
    return t.right, t.rows_right, t.wrong, t.missed


FOUND = observation(PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", 501, page=7)
LABEL = f"{NAME},7,cla_count,LA,2023-03-31,actual,501,,,501 children"


@pytest.mark.parametrize(
    ("label", "row", "expected", "faults"),
    [
        (LABEL, FOUND, (1, 1, 0, 0), []),
        (LABEL.replace("2023-03-31", "2023-03-30|2023-03-31"), FOUND, (1, 1, 0, 0), []),
        (LABEL.replace("2023-03-31", "now"), FOUND, (1, 1, 0, 0), []),
        (LABEL.replace("2023-03-31", "2022-23"), FOUND, (1, 0, 0, 0), ["period"]),
        (LABEL.replace(",actual", ",target"), FOUND, (1, 0, 0, 0), ["kind"]),
        (LABEL.replace("501", "502"), FOUND, (0, 0, 1, 1), ["missed", "wrong"]),
        (LABEL.replace("cla_count", "cla_rate"), FOUND, (0, 0, 1, 1), ["missed", "wrong"]),
        (LABEL.replace(",LA,", ",SN,"), FOUND, (0, 0, 1, 1), ["missed", "wrong"]),
        (LABEL.replace(",7,", ",8,"), FOUND, (0, 0, 0, 1), ["missed"]),
        (LABEL.replace(",501,,,", ",501,,1,"), FOUND, (0, 0, 0, 0), []),
        (LABEL.replace(",501,,,", ",502,,1,"), FOUND, (0, 0, 1, 0), ["wrong"]),
        (LABEL.replace(",actual", ",change"), FOUND, (0, 0, 1, 0), ["wrong"]),
        (LABEL, replace(FOUND, kind="change"), (0, 0, 0, 1), ["missed"]),
        (LABEL, replace(FOUND, value=501.0000001), (1, 1, 0, 0), []),
    ],
    ids=[
        "right", "either period", "any period", "other period", "other kind", "other value", "other indicator", "other area",
        "other page", "optional", "optional missed", "change labelled", "change stated", "rounding",
    ],
)  # fmt: skip
def test_one_label_and_one_row(
    tmp_path: Path, label: str, row: Observation, expected: tuple[int, ...], faults: list[str]
) -> None:
    evaluation = run(tmp_path, [label], [row])
    assert counts(evaluation) == expected
    assert [f.what for f in evaluation.faults] == faults


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("LA", WOLVERHAMPTON),
        ("SN", NEIGHBOURS),
        ("England", ENGLAND),
        ("West Midlands", WEST_MIDLANDS),
        ("dudley", DUDLEY),
    ],
)
def test_areas_are_named_as_labels_name_them(tmp_path: Path, area: str, code: str) -> None:
    row = observation(PACK, STABLE, code, "2022-03-31", 70, page=9)
    assert counts(run(tmp_path, [f"{NAME},9,{STABLE},{area},2022-03-31,actual,70,,,70%"], [row])) == (1, 1, 0, 0)


def test_a_whole_row_is_paired_before_a_mere_figure(tmp_path: Path) -> None:
    rows = [replace(FOUND, period="2022-03-31", observation_id="a"), replace(FOUND, observation_id="b")]
    assert counts(run(tmp_path, [LABEL, LABEL.replace("2023-03", "2022-03")], rows)) == (2, 2, 0, 0)


def test_a_figure_stated_twice_on_its_page_costs_nothing(tmp_path: Path) -> None:
    rows = [FOUND, replace(FOUND, place="table", observation_id="b")]
    assert counts(run(tmp_path, [LABEL], rows)) == (1, 1, 0, 0)


def test_pages_without_figures_count_where_they_are_told(tmp_path: Path) -> None:
    other = replace(FOUND, page=8, observation_id="b")
    assert run(tmp_path / "a", [LABEL], [FOUND, other]).total.wrong == 0
    told = run(tmp_path / "b", [LABEL], [FOUND, other], [f"{NAME},7,pack", f"{NAME},8,empty"])
    assert told.total.wrong == 1
    assert {kind: (t.right, t.wrong) for kind, t in told.by_page_kind.items()} == {"pack": (1, 0), "empty": (0, 1)}


def test_sums_by_construction_place_and_indicator(tmp_path: Path) -> None:
    wrong = replace(FOUND, place="table", construction="table_header", value=77.0, observation_id="b")
    found = run(tmp_path, [LABEL, LABEL.replace("cla_count", "referrals_rate")], [FOUND, wrong])
    assert {k: (t.right, t.wrong) for k, t in found.by_place.items()} == {"sentence": (1, 0), "table": (0, 1)}
    assert {k: (t.right, t.wrong) for k, t in found.by_construction.items()} == {
        "plain": (1, 0),
        "table_header": (0, 1),
    }
    assert {k: (t.right, t.wrong, t.missed) for k, t in found.by_indicator.items()} == {
        "cla_count": (1, 1, 0),
        "referrals_rate": (0, 0, 1),
    }


def test_fields_tell_where_figures_go_astray(tmp_path: Path) -> None:
    rows = [FOUND, observation(PACK, "cla_count", ENGLAND, "2023-03-31", 80000, page=7)]
    found = run(tmp_path, [LABEL, f"{NAME},7,cla_count,LA,2023-03-31,actual,80000,,,80000"], rows)
    fields = {f.name: (f.right, f.of) for f in found.fields}
    assert fields == {"figure": (1, 2), "indicator": (1, 1), "area": (1, 2), "period": (1, 1), "kind": (1, 1)}


def test_a_document_of_the_same_file_name_in_another_folder_is_another() -> None:
    rows = [
        Held("leeds", ("/d/leeds/inspection 1.pdf",)),
        Held("kent", ("https://a.gov.uk/kent/inspection%201.pdf",)),
    ]
    assert match_documents(["kent/inspection 1.pdf"], rows) == ({"kent": "kent/inspection 1.pdf"}, [])
    assert match_documents(["inspection 1.pdf"], rows) == ({}, ["inspection 1.pdf"])
    assert match_documents(["ent/inspection 1.pdf"], rows) == ({}, [])


def test_the_same_bytes_found_elsewhere_answer_to_both_names() -> None:
    rows = [Held("a", ("x/one.pdf", "y/two.pdf"))]
    assert match_documents(["y/two.pdf"], rows) == ({"a": "y/two.pdf"}, [])


def test_documents_that_cannot_be_compared_are_told_and_cost_nothing(tmp_path: Path) -> None:
    twice = replace(NEXT_DOOR, location=f"copy/{NAME}")
    rows = [LABEL, "elsewhere/none.pdf,1,cla_count,LA,now,actual,3,,,three"]
    found = run(tmp_path, rows, [FOUND], documents=(PACK, twice))
    assert (found.not_held, found.unclear) == (("elsewhere/none.pdf",), (NAME,))
    assert counts(found) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (LABEL.replace(",501,,,", ",about 500,,,"), "line 2: 'about 500' is no plain number"),
        (LABEL.replace(",actual", ",now"), "line 2: 'now' is none of"),
        (LABEL.replace(",7,", ",vii,"), "line 2: 'vii' is no page number"),
    ],
)
def test_a_label_out_of_form_is_told_by_its_line(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        read_labels(labels_file(tmp_path, [row]))


def test_files_that_are_not_labels_are_told(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("document,page\na.pdf,1\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="lacks the columns indicator, area, period, kind, value"):
        read_labels(other)
    with pytest.raises(DatasetError, match="cannot be read"):
        read_labels(tmp_path / "none.csv")
    with pytest.raises(DatasetError, match="names no page"):
        read_labels(labels_file(tmp_path, []))


def test_misses_and_wrong_rows_are_quoted(tmp_path: Path) -> None:
    found = run(tmp_path, [LABEL.replace("501,", "502,", 1), LABEL.replace("2023-03-31", "2022-23")], [FOUND])
    lines = faults_to_lines(found.faults, 10)
    assert lines == [
        f"Other period: cla_count, LA, 501: labelled 2022-23 actual, stated 2023-03-31 actual ({NAME}, p. 7)",
        "    501 children",
        f"Missed: cla_count, LA, 502, 2023-03-31 actual ({NAME}, p. 7)",
        "    501 children",
    ]
    assert faults_to_lines(found.faults, 1)[-1] == "... and 1 more: --show 2 tells all."
    assert faults_to_lines(found.faults, 0) == []


def test_confidence_is_held_against_what_was_right(tmp_path: Path) -> None:
    rows = [replace(FOUND, confidence=c, observation_id=str(n)) for n, c in enumerate((0.96, 0.97, 0.62, 1.0))]
    found = run(tmp_path, [LABEL], rows)
    judged = [Judged(one.row, index != 2) for index, one in enumerate(found.judged)]
    table = confidence_to_printed(judged)
    assert [[cell.words for cell in row] for row in table.rows] == [
        ["0.6 to 0.7", "1", "0.620", "0.000"],
        ["0.95 to 1", "3", "0.977", "1.000"],
    ]


def test_every_row_is_judged_as_a_whole_but_for_what_is_optional(tmp_path: Path) -> None:
    rows = [FOUND, replace(FOUND, period="2022-23", observation_id="b"), replace(FOUND, value=3.0, observation_id="c")]
    judged = run(tmp_path / "a", [LABEL], rows).judged
    assert {j.row.observation_id: j.right for j in judged} == {FOUND.observation_id: True, "b": False, "c": False}
    optional = [LABEL, LABEL.replace(",501,,,", ",501,,1,")]
    judged = run(tmp_path / "b", optional, rows).judged
    assert {j.row.observation_id: j.right for j in judged} == {FOUND.observation_id: True, "c": False}


def test_the_command_prints_tables_and_faults(tmp_path: Path) -> None:
    run(tmp_path, [LABEL], [FOUND])
    labels = labels_file(tmp_path, [LABEL, LABEL.replace("501,", "502,", 1)])
    result = CliRunner().invoke(app, ["evaluate", str(labels), "--data", str(tmp_path), "--show", "5"])
    assert result.exit_code == 0
    for words in (
        "Missed: cla_count, LA, 502",
        "Figures against labels",
        "By field",
        "By construction",
        "By indicator",
    ):
        assert words in result.output
    assert [t.title for t in evaluation_to_printed(evaluate(tmp_path, labels))][-1].startswith("Confidence")


def test_goldens_are_labels_of_this_form() -> None:
    goldens = sorted((Path(__file__).parent / "goldens").glob("*.csv"))
    stating = [p for p in goldens if p.stem != "judgements" and len(list(csv.reader(p.open(encoding="utf-8")))) > 1]
    assert stating
    for path in stating:
        assert read_labels(path).figures
