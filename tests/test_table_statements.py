"""Step `statements`, tables: what rows and columns of invented tables state, named after the quirk that each guards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.areas import area_named
from extractors.table_breaks import join_broken_rows
from extractors.table_headers import count_header_columns, count_header_rows
from extractors.table_notes import comparators_elsewhere, notes_to_dates
from extractors.table_statements import table_to_statements, tables_to_statements
from extractors.table_values import cell_to_numbers
from schemas.records import Block, Cell, Disposal, Reading, Statement, Subject, Table

SUBJECT = Subject(area_named("Dudley"), None, "report", None, None, dt.date(2023, 7, 20))
OWN, SN, REGION, ENGLAND = "E08000027", "SN:E08000027", "E12000005", "E92000001"


def _table(text: str, caption: str | None = None, method: str = "lattice", spans: bool = True) -> Table:
    """A table drawn with bars: one line a row; `<` carries the cell on its left over."""
    rows = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            if words == "<":
                cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + 1)
            else:
                cells.append(Cell(number, column, words))
    filled = [list(row) for row in rows]
    for row in filled:
        for column, words in enumerate(row):
            if words == "<":
                row[column] = row[column - 1]
    headers = count_header_rows(filled)
    return Table(
        tuple(cells), headers, count_header_columns(filled, headers), caption=caption, block=None, method=method
    )


def _read(
    text: str,
    caption: str | None = None,
    heading: str | None = None,
    before: str | None = None,
    method: str = "lattice",
    title: str | None = None,
) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    blocks: list[Block] = []
    if heading:
        blocks.append(Block("heading", heading))
    if before:
        blocks.append(Block("paragraph", before, headings=(0,) if heading else ()))
    blocks.append(Block("table", "", table=0, headings=(0,) if heading else ()))
    table = replace(_table(text, caption, method), block=len(blocks) - 1)
    reading = Reading("text/html", blocks=tuple(blocks), tables=(table,))
    return table_to_statements(table, reading, replace(SUBJECT, title=title))


def _stated(*args: str | None, **more: str | None) -> set[tuple[str, str | None, str, str, float]]:
    statements, _ = _read(*args, **more)  # type: ignore[arg-type]
    return {(s.indicator, s.area_code, s.period, s.kind, s.value) for s in statements}


def test_areas_down_measures_across() -> None:
    stated = _stated(
        """
        Area | Referrals per 10,000 | Children looked after per 10,000
        Dudley | 535 | 88.4
        Statistical neighbours | 601.2 | 90
        West Midlands | 502.7 | 82
        England | 537.7 | 67
        """,
        "Table 4: comparators, 2021/22",
    )
    assert stated == {
        ("referrals_rate", OWN, "2021-22", "actual", 535),
        ("cla_rate", OWN, "2021-22", "actual", 88.4),
        ("referrals_rate", SN, "2021-22", "actual", 601.2),
        ("cla_rate", SN, "2021-22", "actual", 90),
        ("referrals_rate", REGION, "2021-22", "actual", 502.7),
        ("cla_rate", REGION, "2021-22", "actual", 82),
        ("referrals_rate", ENGLAND, "2021-22", "actual", 537.7),
        ("cla_rate", ENGLAND, "2021-22", "actual", 67),
    }


def test_measures_down_own_years_and_comparators_across() -> None:
    stated = _stated(
        """
        Indicator | 2020/21 | 2021/22 | SN | National
        Re-referrals within 12 months (%) | 19.1 | 21.4 | 20.9 | 21.5
        Number of children looked after | 603 | 590 | - | -
        """
    )
    assert ("rereferrals_pct", OWN, "2020-21", "actual", 19.1) in stated
    assert ("rereferrals_pct", OWN, "2021-22", "actual", 21.4) in stated
    assert ("cla_count", OWN, "2021-22", "actual", 590) in stated
    assert {s[1] for s in stated} == {OWN, SN, ENGLAND}


def test_comparators_before_own_years() -> None:
    stated = _stated(
        """
        Measure | England 2022 | West Midlands 2022 | Dudley 2021 | Dudley 2022
        Care leavers in suitable accommodation | 88% | 86% | 90% | 92%
        """
    )
    assert stated == {
        ("care_leavers_accommodation_pct", ENGLAND, "2022", "actual", 88),
        ("care_leavers_accommodation_pct", REGION, "2022", "actual", 86),
        ("care_leavers_accommodation_pct", OWN, "2021", "actual", 90),
        ("care_leavers_accommodation_pct", OWN, "2022", "actual", 92),
    }


def test_quarters_after_years() -> None:
    stated = _stated(
        """
        Measure | 2020/21 | 2021/22 | Q1 2022/23 | Q2 2022/23
        Assessments completed within 45 working days | 91% | 88% | 85% | 84.5%
        """
    )
    assert {(s[2], s[4]) for s in stated} == {("2020-21", 91), ("2021-22", 88), ("2022-23Q1", 85), ("2022-23Q2", 84.5)}


def test_quarters_under_a_year_that_spans_them() -> None:
    stated = _stated(
        """
        Measure | 2021/22 | < | 2022/23 | <
        | Q3 | Q4 | Q1 | Q2
        Children subject of a child protection plan (number) | 201 | 198 | 205 | 211
        """
    )
    assert {(s[2], s[4]) for s in stated} == {
        ("2021-22Q3", 201),
        ("2021-22Q4", 198),
        ("2022-23Q1", 205),
        ("2022-23Q2", 211),
    }


def test_months_take_their_year_from_the_title() -> None:
    stated = _stated(
        "Measure | Apr | May | Jan\nNumber of children looked after | 601 | 604 | 610", "Monthly scorecard 2022/23"
    )
    assert {(s[2], s[4]) for s in stated} == {("2022-04", 601), ("2022-05", 604), ("2023-01", 610)}


def test_months_without_any_year_are_the_latest_before_the_papers_date() -> None:
    stated = _stated("Measure | Apr | May\nNumber of children looked after | 601 | 604", "Monthly scorecard")
    assert {(s[2], s[4]) for s in stated} == {("2023-04", 601), ("2023-05", 604)}


SCORECARD = """
    Ref | Performance indicator | Good is | Latest | Target | Previous | Direction | RAG
    SCC/016 | % of initial child protection conferences within 15 days | High | 84.2% | 90% | 81% | ↑ 3.2 | 2
    SCC/017 | % of children looked after with three or more placements | Low | 9.8% | 8% | 10.1% | ↓ | 1
"""


def test_scorecard_columns() -> None:
    assert _stated(SCORECARD, "Quarter 3 2022/23 scorecard") == {
        ("icpc_in_time_pct", OWN, "2022-23Q3", "actual", 84.2),
        ("icpc_in_time_pct", OWN, "2022-23", "target", 90),
        ("icpc_in_time_pct", OWN, "2022-23Q2", "actual", 81),
        ("cla_3_placements_pct", OWN, "2022-23Q3", "actual", 9.8),
        ("cla_3_placements_pct", OWN, "2022-23", "target", 8),
        ("cla_3_placements_pct", OWN, "2022-23Q2", "actual", 10.1),
    }


def test_previous_of_an_unknown_period_states_nothing() -> None:
    assert {s[3:] for s in _stated(SCORECARD)} == {("actual", 84.2), ("target", 90), ("actual", 9.8), ("target", 8)}


def test_codes_ratings_and_directions_are_in_the_ledger_as_what_they_are() -> None:
    _, disposals = _read(SCORECARD)
    found = {d.text: d.disposition for d in disposals}
    assert found["3.2"] == "comparison"
    assert found["2"] == "not_a_statement"
    assert "016" not in found or found["016"] == "reference"


@pytest.mark.parametrize("header", ["Rank", "National rank", "Quartile", "England rank (of 152)"])
def test_ranks_are_no_figures(header: str) -> None:
    stated = _stated(f"Measure | 2022/23 | {header}\nCare leavers in EET (%) | 61 | 12")
    assert {s[4] for s in stated} == {61}


@pytest.mark.parametrize(
    "header", ["Change", "Change since 2021/22", "Difference", "+/-", "Direction of travel", "Variance from target"]
)
def test_differences_are_no_figures(header: str) -> None:
    stated = _stated(f"Measure | 2022/23 | {header}\nCare leavers in EET (%) | 61 | 2")
    assert {s[4] for s in stated} == {61}


def test_number_and_percent_columns_come_in_pairs() -> None:
    stated = _stated(
        """
        Placement | 31 March 2022 | < | 31 March 2023 | <
        | No. | % | No. | %
        Children looked after in foster care | 402 | 68 | 395 | 66.9
        """
    )
    assert stated == {
        ("cla_foster_count", OWN, "2022-03-31", "actual", 402),
        ("cla_foster_pct", OWN, "2022-03-31", "actual", 68),
        ("cla_foster_count", OWN, "2023-03-31", "actual", 395),
        ("cla_foster_pct", OWN, "2023-03-31", "actual", 66.9),
    }


def test_count_and_share_in_one_cell() -> None:
    stated = _stated("Measure | 31/03/2023\nChildren looked after in foster care | 395 (66.9%)")
    assert {(s[0], s[4]) for s in stated} == {("cla_foster_count", 395), ("cla_foster_pct", 66.9)}


def test_the_base_of_a_share_is_no_figure() -> None:
    statements, disposals = _read("Measure | 2022/23\nInitial health assessments in timescale | 85% (93/110)")
    assert [(s.indicator, s.value) for s in statements] == [("cla_initial_health_in_time_pct", 85)]
    assert {d.text: d.disposition for d in disposals if d.text in ("93", "110")} == {"93": "base", "110": "base"}


def test_key_and_value() -> None:
    stated = _stated(
        """
        Number of children looked after | 590
        Children looked after per 10,000 | 86
        Children in need (number) | 2,104
        """,
        heading="Position at 31 March 2023",
    )
    assert stated == {
        ("cla_count", OWN, "2023-03-31", "actual", 590),
        ("cla_rate", OWN, "2023-03-31", "actual", 86),
        ("cin_count", OWN, "2023-03-31", "actual", 2104),
    }


@pytest.mark.parametrize("printed", ["c", "x", "z", "-", "*", "<5", "n/a", "..", "N/A"])
def test_a_withheld_value_is_in_the_ledger(printed: str) -> None:
    statements, disposals = _read(f"Measure | 2021/22 | 2022/23\nAdoptions | 21 | {printed}")
    assert [s.value for s in statements] == [21]
    (withheld,) = (d for d in disposals if d.text.strip("<") == printed.strip("<"))
    assert withheld.disposition == "suppressed"
    assert (withheld.indicator, withheld.area_code, str(withheld.period_end)) == ("adoptions_count", OWN, "2023-03-31")


def test_a_withheld_value_of_nothing_in_the_catalogue_is_of_no_indicator() -> None:
    _, disposals = _read("Measure | 2021/22 | 2022/23\nAdoptions | 21 | 22\nTeapots | 3 | <5")
    assert not [d for d in disposals if d.indicator]


@pytest.mark.parametrize("printed", ["1,380 (P)", "1,380*", "1,380 ↑", "▲ 1,380", "1 380", "1,380 (provisional)"])
def test_marks_around_a_value(printed: str) -> None:
    assert {s[4] for s in _stated(f"Measure | 2022/23\nNumber of referrals to social care | {printed}")} == {1380}


def test_a_total_row_states_the_whole_and_its_parts_state_nothing() -> None:
    statements, disposals = _read(
        """
        Age | 2022 | 2023
        Under 1 | 30 | 28
        1 to 4 | 90 | 81
        Total | 120 | 109
        """,
        "Number of children subject of a child protection plan at 31 March",
    )
    assert {(s.indicator, s.period, s.value) for s in statements} == {
        ("cpp_count", "2022-03-31", 120),
        ("cpp_count", "2023-03-31", 109),
    }
    assert {d.disposition for d in disposals if d.text in ("28", "81")} == {"subset"}


def test_a_cohort_that_nobody_knows_states_nothing() -> None:
    stated = _stated("Team | 2023\nNorth team | 120\nSouth team | 89", "Number of children looked after by team")
    assert stated == set()


def test_a_part_of_the_cohort_is_not_the_cohort() -> None:
    assert (
        _stated("Measure | 2023\nNumber of children looked after aged 16 or over | 120\nLooked after boys | 200")
        == set()
    )


def test_sections_name_what_their_rows_leave_out() -> None:
    stated = _stated(
        """
        Measure | Mar 2023
        Children in need |
        % visited in timescale | 88%
        Children looked after |
        % visited in timescale | 93%
        """
    )
    assert {(s[0], s[4]) for s in stated} == {("cin_visits_in_time_pct", 88), ("cla_visits_in_time_pct", 93)}


def test_rolling_year_and_snapshot_in_one_column() -> None:
    stated = _stated(
        "Measure | March 2023\nReferrals per 10,000 | 657.9\nChildren looked after per 10,000 | 86",
        "Rolling 12 month performance",
    )
    assert stated == {
        ("referrals_rate", OWN, "12m:2023-03-31", "actual", 657.9),
        ("cla_rate", OWN, "2023-03-31", "actual", 86),
    }


def test_the_year_columns_of_a_stock_stay_years() -> None:
    assert {s[2] for s in _stated("Area | 2015 | 2016\nDudley | 735 | 720\n", "Number of children looked after")} == {
        "2015",
        "2016",
    }


def test_a_value_dated_in_its_own_cell() -> None:
    stated = _stated(
        "Measure | Baseline | 09/10 target\nCare leavers in suitable accommodation | 82.4% (2006/07) | 85%"
    )
    assert stated == {
        ("care_leavers_accommodation_pct", OWN, "2006-07", "actual", 82.4),
        ("care_leavers_accommodation_pct", OWN, "2009-10", "target", 85),
    }


def test_a_table_carried_on_without_its_header() -> None:
    first = _table("Measure | 2021/22 | 2022/23\nAdoptions | 21 | 19")
    second = replace(
        _table("Special guardianship orders | 33 | 35\nAdoptions from care | 3 | 4"), continues=0, header_rows=0
    )
    statements, _ = tables_to_statements(Reading("application/pdf", tables=(first, second)), SUBJECT)
    assert ("sgo_count", "2022-23", 35) in {(s.indicator, s.period, s.value) for s in statements}


def test_headers_repeated_down_the_table() -> None:
    stated = _stated(
        """
        Measure | 2021/22 | 2022/23
        Adoptions | 21 | 19
        Measure | Dec 2022 | Mar 2023
        Children looked after (number) | 601 | 590
        """
    )
    assert {(s[0], s[2], s[4]) for s in stated} == {
        ("adoptions_count", "2021-22", 21),
        ("adoptions_count", "2022-23", 19),
        ("cla_count", "2022-12", 601),
        ("cla_count", "2023-03", 590),
    }


def test_a_bare_whole_number_is_no_percentage() -> None:
    statements, disposals = _read("Measure | 2022/23\nInitial health assessments in timescale | 85")
    assert statements == ()
    assert {d.disposition for d in disposals if d.text == "85"} <= {"ambiguous", "no_indicator"}


def test_one_percent_sign_in_the_row_serves_the_row() -> None:
    stated = _stated("Measure | 2021/22 | 2022/23\nInitial health assessments in timescale | 85% | 88")
    assert {s[4] for s in stated} == {85, 88}


def test_a_small_count_for_england_is_a_rate_without_its_unit() -> None:
    assert {s[1] for s in _stated("Measure | Dudley | England\nChildren looked after | 86 | 70")} <= {OWN}


def test_referrals_to_another_service_are_not_referrals_to_social_care() -> None:
    assert (
        _stated(
            "Measure | 2022/23\nReferrals to CAMHS | 801\nUrgent GP referrals | 33\nContacts offered by dentists | 99"
        )
        == set()
    )


def test_a_table_of_adults_services_states_nothing() -> None:
    text = "Audit period | Rated good or outstanding\n2021-22 | 92%\n2022-23 | 90%"
    assert {s[0] for s in _stated(text, before="Audits of practice in children's services:")} == {"audits_good_pct"}
    assert _stated(text, before="Audits of practice in Adult Services:") == set()


def test_unnamed_other_areas_are_not_the_authority() -> None:
    stated = _stated("Area | Children looked after per 10,000\nDudley | 86\nKates Hill ward | 120")
    assert {s[4] for s in stated} == {86}


def test_wrapped_headers_of_an_unruled_table_are_one_header() -> None:
    text = "Audit | Total rated Good or | Total rated Requires\nPeriod | Outstanding | Improvement\n2021-22 | 72% | 28%\n2022-23 | 82% | 18%"
    assert _stated(text, method="network") == {
        ("audits_good_pct", OWN, "2021-22", "actual", 72),
        ("audits_good_pct", OWN, "2022-23", "actual", 82),
    }


def test_every_number_of_a_table_is_disposed_of() -> None:
    _, disposals = _read(SCORECARD, "Quarter 3 2022/23 scorecard")
    for text in ("84.2%", "90%", "81%", "3.2", "2", "9.8%", "8%", "10.1%", "1", "15"):
        assert text in {d.text for d in disposals}


def test_statement_indices_run_through_all_tables() -> None:
    table = _table("Measure | 2021/22\nAdoptions | 21")
    statements, disposals = tables_to_statements(Reading("text/html", tables=(table, table)), SUBJECT)
    linked = [d.statement for d in disposals if d.statement is not None]
    assert linked == [0, 1]
    assert [statements[i].value for i in linked] == [21, 21]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,234", [(1234, None, "quantity")]),
        ("12.3%", [(12.3, "percent", "quantity")]),
        ("45 (12%)", [(45, None, "quantity"), (12, "percent", "quantity")]),
        ("85% (93/110)", [(85, "percent", "quantity"), (93, None, "base"), (110, None, "base")]),
        ("2017", []),
        ("2,017", [(2017, None, "quantity")]),
        ("+2.1%", [(2.1, "percent", "comparison")]),
        ("-3", [(-3, None, "comparison")]),
        ("£3.5m", [(3.5, None, "money")]),
        ("120 days", [(120, "days", "quantity")]),
        ("<5", [(5, None, "suppressed")]),
        ("Wolverhampton", []),
    ],
)
def test_cells_to_numbers(text: str, numbers: list[tuple[float, str | None, str]]) -> None:
    assert [(n.value, n.unit, n.role) for n in cell_to_numbers(text)] == numbers


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=6))
def test_no_grid_makes_the_reader_fail(rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    cells = tuple(Cell(r, c, text) for r, row in enumerate(filled) for c, text in enumerate(row))
    headers = count_header_rows(filled)
    table = Table(cells, headers, count_header_columns(filled, headers), method="html")
    statements, disposals = table_to_statements(table, Reading("text/html", tables=(table,)), SUBJECT)
    assert all(d.statement is None or 0 <= d.statement < len(statements) for d in disposals)


def test_a_rate_column_beside_the_number_it_belongs_to() -> None:
    stated = _stated(
        "Year | Number of CLA | Rate per 10,000 | England rate\n2021 | 603 | 87.5 | 67\n2022 | 590 | 86 | 70"
    )
    assert {s for s in stated if s[2] == "2022"} == {
        ("cla_count", OWN, "2022", "actual", 590),
        ("cla_rate", OWN, "2022", "actual", 86),
        ("cla_rate", ENGLAND, "2022", "actual", 70),
    }


def test_a_comparator_beside_a_rate_is_a_rate() -> None:
    stated = _stated(
        "Measure | Number | Rate per 10,000 | England\nChildren in need | 2,104 | 305 | 343", "At 31 March 2022"
    )
    assert ("cin_rate", ENGLAND, "2022-03-31", "actual", 343) in stated


def test_a_comparator_without_a_year_goes_with_the_latest_beside_it() -> None:
    stated = _stated("Measure | 2020/21 | 2021/22 | England\nCare leavers in EET | 55% | 57% | 54%")
    assert ("care_leavers_eet_pct", ENGLAND, "2021-22", "actual", 54) in stated


@pytest.mark.parametrize(
    ("header", "period"),
    [("Previous month", "2023-02"), ("Previous year", "2022-03"), ("Previous", "2023-02"), ("Last quarter", "2022-12")],
)
def test_previous_counts_back_from_the_column_beside(header: str, period: str) -> None:
    stated = _stated(f"Measure | Current (March 2023) | {header}\nChildren in care | 603 | 598")
    assert ("cla_count", OWN, period, "actual", 598) in stated


def test_a_count_of_children_is_no_number_of_days() -> None:
    stated = _stated("Measure | 2021/22\nChildren placed for adoption | 10\nAdoption orders granted | 8")
    assert {s[0] for s in stated} == {"adoptions_count"}


def test_timeliness_in_days_and_weeks() -> None:
    stated = _stated(
        """
        Measure | 2022/23
        Average time between a child entering care and moving in with its adoptive family (days) | 450
        Average duration of care proceedings (weeks) | 38
        """
    )
    assert {(s[0], s[4]) for s in stated} == {("adoption_placement_days", 450), ("care_proceedings_weeks", 38)}


@pytest.mark.parametrize(
    "text",
    [
        "Budget heading | Budget £000 | Forecast £000\nChildren looked after placements | 12,300 | 13,100",
        "Source of contact | 2022 | %\nPolice | 3,201 | 32%\nSchools | 2,100 | 21%",
        "Complaint type | 2021/22\nStage 1 | 55\nComplaints about social workers | 12",
        "Action | Due | Progress\nReduce the number of children in care to 600 | March 2023 | 75%",
        "Measure | 2022/23\nFoster carers approved | 25\nFostering enquiries | 120\nAdopters approved | 12",
        "Question | Agree | Disagree\nI feel safe in my placement | 92% | 8%",
    ],
    ids=["budget", "sources", "complaints", "plan", "carers", "survey"],
)
def test_tables_about_other_things_state_nothing(text: str) -> None:
    assert _stated(text) == set()


def test_the_units_of_a_cohort_do_not_name_another_cohort() -> None:
    stated = _stated("Measure | 2022\nRate of children looked after per 10,000 0-17 population | 86.2")
    assert stated == {("cla_rate", OWN, "2022", "actual", 86.2)}


def test_a_duration_in_the_measure_is_no_age() -> None:
    assert {s[0] for s in _stated("Measure | 2022\nCP plans lasting 2+ years | 2.1%")} == {"cpp_over_2yr_pct"}


def test_months_of_rows_of_years() -> None:
    stated = _stated(
        "Year | Jan | Feb\n2022 | 601 | 604\n2023 | 598 | 595", "Number of children looked after at month end"
    )
    assert {(s[2], s[4]) for s in stated} == {("2022-01", 601), ("2022-02", 604), ("2023-01", 598), ("2023-02", 595)}


def test_commentary_beside_the_values_is_read_as_sentences() -> None:
    statements, disposals = _read(
        """
        Measure | 2022/23 | Commentary
        Children looked after (number) | 590 | There were 603 children looked after at 31 March 2022. A new panel meets weekly.
        """
    )
    assert {(s.indicator, s.period, s.value) for s in statements} == {
        ("cla_count", "2022-23", 590),
        ("cla_count", "2022-03-31", 603),
    }
    assert [d.disposition for d in disposals if d.text == "603"] == ["observation"]


def test_an_action_in_a_plan_states_nothing() -> None:
    text = "Action | Due\nReduce the number of children looked after to 550 by the end of March 2024 | 31 March 2024"
    assert not {s for s in _stated(text) if s[3] == "actual"}


def test_a_table_carried_on_may_open_with_a_section() -> None:
    first = _table("Measure | 2021/22 | 2022/23\nAdoptions | 21 | 19")
    second = replace(_table("Children in need | | \n% visited in timescale | 88% | 90%"), continues=0)
    statements, _ = tables_to_statements(Reading("application/pdf", tables=(first, second)), SUBJECT)
    assert ("cin_visits_in_time_pct", "2022-23", 90) in {(s.indicator, s.period, s.value) for s in statements}


def test_a_row_of_commentary_is_no_section_for_the_rows_below_it() -> None:
    stated = _stated(
        """
        Ref | Measure | 2021/22 | 2022/23
        A1 | % re-referrals within 12 months | 18.1 | 19.2
         | Comment: a dip sample of forty repeat referrals was read in May and showed no single cause. | < | <
        A2 | % assessments in 45 days | 80.5 | 84.5
         | Comment: 1,204 assessments were late in the year. | < | <
        A3 | Children looked after per 10,000 | 88 | 90
        """
    )
    assert {(s[0], s[2], s[4]) for s in stated} == {
        ("rereferrals_pct", "2021-22", 18.1),
        ("rereferrals_pct", "2022-23", 19.2),
        ("assessments_in_time_pct", "2021-22", 80.5),
        ("assessments_in_time_pct", "2022-23", 84.5),
        ("cla_rate", "2021-22", 88),
        ("cla_rate", "2022-23", 90),
    }


PARENTING = """
Measure | 2022/23 | Aim
Reviews in time | 95% | 98%
Statutory visits up to date | 91% | 96%
Foster carer reviews in time | 88% | 95%
"""


def test_a_paper_on_one_cohort_leaves_it_unsaid_in_its_tables() -> None:
    assert _stated(PARENTING, title="Corporate Parenting Board, July 2023") == {
        ("cla_reviews_in_time_pct", OWN, "2022-23", "actual", 95),
        ("cla_reviews_in_time_pct", OWN, "2022-23", "target", 98),
        ("cla_visits_in_time_pct", OWN, "2022-23", "actual", 91),
        ("cla_visits_in_time_pct", OWN, "2022-23", "target", 96),
    }
    assert _stated(PARENTING, title="Quarterly performance report") == set()


def test_another_cohort_in_the_nearest_heading_is_not_the_papers() -> None:
    stated = _stated(PARENTING, title="Corporate Parenting Board", heading="Children in need")
    assert not {s for s in stated if s[0].startswith("cla")}


def test_a_row_without_the_cohort_beside_rows_with_it_is_a_contrast() -> None:
    stated = _stated(
        "Pupils | Attendance\nLooked after children | 93.4%\nOther pupils | 94.9%\nPrimary | 95.1%",
        title="Virtual School: annual report",
    )
    assert {s[4] for s in stated} == {93.4}


def test_a_share_of_the_total_beside_counts_does_not_make_them_shares() -> None:
    stated = _stated(
        """
        Home | March 2022 | March 2023 | % of total
        All foster care | 410 | 402 | 71%
        Foster care, agency | 120 | 125 | 22%
        Placed with parents | 31 | 28 | 5%
        """,
        heading="The children we look after",
    )
    counts = {s[0::4] for s in stated if s[0].endswith("count")}
    assert counts == {
        ("cla_foster_count", 410),
        ("cla_foster_count", 402),
        ("cla_with_parents_count", 31),
        ("cla_with_parents_count", 28),
    }
    assert 22 not in {s[4] for s in stated}


WORKFORCE = "Measure | 2022 | 2023\nVacancy rate (%) | 21.6 | 18.0\nTurnover rate (%) | 16.9 | 15.2"


def test_the_passage_over_a_table_says_whose_workforce_it_is() -> None:
    said = "The establishment is 188 social workers."
    stated = _stated(WORKFORCE, heading="Where we are", before=said, title="Children's directorate: staffing")
    assert {s[0] for s in stated} == {"sw_vacancy_pct", "sw_turnover_pct"}
    assert _stated(WORKFORCE, heading="Where we are", before=said, title="Corporate staffing report") == set()


def test_the_authority_below_its_districts_is_the_whole() -> None:
    stated = _stated(
        "Locality | Children | Rate per 10,000\nNorth | 120 | 74\nSouth | 190 | 98\nDudley | 310 | 88",
        "Children looked after by home locality, March 2023",
    )
    assert {(s[0], s[4]) for s in stated} <= {("cla_count", 310), ("cla_rate", 88)}
    assert ("cla_rate", 88) in {(s[0], s[4]) for s in stated}


def test_the_number_of_children_who_live_there_is_a_figure_of_its_own() -> None:
    stated = _stated("Authority | Population 0-17 | Cohort\nDudley | 70,120 | 512\nEngland | 12,000,000 | 90,000")
    assert {(s[0], s[4]) for s in stated} == {("population_0_17_count", 70120), ("population_0_17_count", 12000000)}


def test_a_column_of_units_beside_the_measures() -> None:
    stated = _stated(
        """
        Measure | Unit | Dudley | < | Benchmark 2021/22 | <
        | | 2021/22 | 2022/23 | SN | England
        Front door | | | | |
        Referrals in 12 months | rate per 10,000 | 561.2 | 498.7 | 545.8 | 548.2
        Repeat referrals within 12 months | % | 16.3 | 19.0 | 16.1 | 21.9
        Children in need (all open cases, incl. CP and CLA) | rate per 10,000 | 342.0 | 361.5 | 351.3 | 330.4
        Children subject of a CP plan | number | 387 | 462 | - | -
        """.replace("\n        |", "\n         |")
    )
    kinds = {(s[0], s[1], s[3]) for s in stated}
    assert kinds == {
        (indicator, area, "actual")
        for indicator in ("referrals_rate", "rereferrals_pct", "cin_rate")
        for area in (OWN, SN, ENGLAND)
    } | {("cpp_count", OWN, "actual")}
    assert ("cin_rate", SN, "2021-22", "actual", 351.3) in stated


def test_a_benchmark_of_the_authority_itself_is_a_target() -> None:
    stated = _stated("Measure | 2022/23 | Benchmark\nCLA reviews in time | 95% | 98%")
    assert {(s[3], s[4]) for s in stated} == {("actual", 95), ("target", 98)}


def test_a_line_that_names_the_measure_is_a_title_though_it_ends_in_a_stop() -> None:
    stated = _stated(
        """
         | Nov 22 | Dec 22 | Jan 23 | Rolling 12 months | Target
        Dudley | 68.4% | 72.0% | 75.3% | 66.1% | 75%
        North Dudley | 70.2% | 77.1% | 79.0% | 68.8% | 75%
        """,
        heading="Timeliness",
        before="Percentage of EHC plans issued within 20 weeks, excluding exceptions.",
    )
    assert {s[2:] for s in stated} == {
        ("2022-11", "actual", 68.4),
        ("2022-12", "actual", 72.0),
        ("2023-01", "actual", 75.3),
        ("12m:2023-01-31", "actual", 66.1),
        ("2022-23", "target", 75),
    }


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("Dudley local area agreement - statutory targets", "target"),
        ("Care leavers: performance against targets", "actual"),
        ("Care leavers", "actual"),
    ],
)
def test_a_title_may_say_that_all_values_are_targets(caption: str, kind: str) -> None:
    text = "Indicator | 2020 | 2021\nCare leavers in suitable accommodation | 82.5% | 85.0%"
    assert {s[3] for s in _stated(text, caption)} == {kind}


def test_targets_beside_actuals_are_told_by_their_own_headers() -> None:
    text = "Indicator | 2020 actual | 2021 target\nCare leavers in suitable accommodation | 82.5% | 85.0%"
    assert {s[3:] for s in _stated(text, "Key targets")} == {("actual", 82.5), ("target", 85.0)}


def test_a_paper_of_no_authority_may_say_that_its_figures_are_the_countrys() -> None:
    text = "Measure | 2019-20 | 2021-22\nRe-referrals % | 21% | 20%"
    for before, areas in (
        ("The England number is extrapolated from 122 replies.", {ENGLAND}),
        ("From 122 replies.", set()),
    ):
        table = replace(_table(text), block=1)
        blocks = (Block("paragraph", before), Block("table", "", table=0))
        reading = Reading("text/html", blocks=blocks, tables=(table,))
        statements, _ = table_to_statements(table, reading, replace(SUBJECT, area=None))
        assert {s.area_code for s in statements} == areas


def test_a_row_that_has_no_part_in_the_measure_does_not_count_the_papers_cohort() -> None:
    text = "Organisation | Interviewed\nSocial care | 21\nHealth | 19"
    assert _stated(text, title="Needs assessment of looked after children") == set()
    assert _stated(text, title="Annual report on children looked after") == set()


def test_the_chapter_of_a_scorecard_does_not_make_its_rows_ambiguous() -> None:
    stated = _stated(
        """
        Theme | Measure | 2022/23 | SN
        Children in need and protection | Rate of children subject of a CP plan per 10k | 47.5 | 56.1
        """
    )
    assert {(s[0], s[1], s[4]) for s in stated} == {("cpp_rate", OWN, 47.5), ("cpp_rate", SN, 56.1)}


PLACEMENTS = """
    Placement at 31 March | 2021 | 2022 | % in 2022
    Foster placement with relative or friend | 91 | 98 | 17.7%
    Other foster placement | 248 | 231 | 41.6%
    All foster placements | 339 | 329 | 59.3%
    Children's homes | 48 | 51 | 9.2%
    Total | 571 | 555 | 100%
"""


def test_what_is_left_of_a_cohort_is_a_part_and_the_total_of_placements_is_all_children_looked_after() -> None:
    stated = {s for s in _stated(PLACEMENTS, heading="Children looked after") if s[0] != "cla_residential_count"}
    assert stated == {
        ("cla_foster_count", OWN, "2021-03-31", "actual", 339),
        ("cla_foster_count", OWN, "2022-03-31", "actual", 329),
        ("cla_foster_pct", OWN, "2022-03-31", "actual", 59.3),
        ("cla_count", OWN, "2021-03-31", "actual", 571),
        ("cla_count", OWN, "2022-03-31", "actual", 555),
    }


def test_a_total_beside_parts_of_nothing_known_counts_no_cohort() -> None:
    text = "Complaints | 2021/22 | 2022/23\nStage 1 | 20 | 30\nStage 2 | 4 | 5\nTotal | 24 | 35"
    assert _stated(text, title="Annual report on children looked after") == set()


STAGES = [
    ("Children looked after - all", True),
    ("Children looked after - primary", False),
    ("Looked after children, secondary", False),
    ("Looked after children (Key Stage 4)", False),
    ("Looked after children of statutory school age", True),
    ("Looked after children (Reception to Year 11)", True),
]


@pytest.mark.parametrize(("row", "whole"), STAGES)
def test_a_stage_of_school_is_a_part_and_school_age_is_not(row: str, whole: bool) -> None:
    stated = _stated(f"Attendance (%) | 2021-22 | 2022-23\n{row} | 90.2 | 91.6")
    assert bool(stated) == whole


def test_plans_of_statutory_school_age_stand_for_all_where_terms_head_the_columns() -> None:
    stated = _stated(
        """
        PEP completion | Autumn 2022 | Spring 2023
        Statutory school age - completed in term | 98% | 97%
        Early years - completed in term | 93% | 96%
        Post-16 - completed in term | 84% | 89%
        """,
        heading="Personal Education Plans",
    )
    assert {s[4] for s in stated} == {98, 97}


def test_children_of_four_and_over_who_took_part_in_their_reviews() -> None:
    stated = _stated(
        "Measure | 2017/18 | 2018/19\nChildren (aged 4+) who participated in their review | 94.6% | 96.2%",
        heading="Reviews of children looked after",
    )
    assert {(s[0], s[4]) for s in stated} == {
        ("cla_review_participation_pct", 94.6),
        ("cla_review_participation_pct", 96.2),
    }


def test_a_row_header_that_the_page_break_cuts_is_one() -> None:
    first = _table("Measure | 2021 | 2022\nIn foster care | 291 | 338\nPlaced with | 24 | 26")
    second = replace(_table("parents | | \nChildren’s homes | 15 | 17\nOther | 1 | 2"), continues=0)
    whole, rest = join_broken_rows([first, second])
    assert [cell.text for cell in whole.cells if cell.column == 0][-1] == "Placed with parents"
    assert [cell.text for cell in rest.cells if cell.row == 0] == ["", "", ""]


def test_a_section_at_the_head_of_the_next_page_is_no_end_of_a_row() -> None:
    first = _table("Measure | 2021 | 2022\nIn foster care | 291 | 338")
    second = replace(_table("Health | | \nDental checks | 15 | 17\nReviews | 1 | 2"), continues=0)
    assert join_broken_rows([first, second]) == (first, second)


NOTED = [
    ("Comparators: 2022/23 published data.", "2022-23", None),
    ("Comparator data is taken from the 2021/22 returns; our own is provisional.", "2021-22", None),
    ("Benchmarks are for 2021/22 and 2022/23.", None, None),
    ("Year columns show the position at 31 March.", None, "31 March"),
    ("Our own figures are for 2022/23.", None, None),
]


@pytest.mark.parametrize(("note", "comparators", "day"), NOTED)
def test_notes_that_date_a_table(note: str, comparators: str | None, day: str | None) -> None:
    found = notes_to_dates([note], dt.date(2023, 7, 20))
    assert (found.comparators.normal if found.comparators else None) == comparators
    assert [period.text for period in found.days] == ([day] if day else [])


def test_a_note_dates_comparators_and_not_the_authority() -> None:
    stated = _stated(
        "Measure | Q1 2023/24 | Target | SN | England\nRe-referrals within 12 months (%) | 19.1 | 18 | 20.9 | 21.5",
        before="Comparators: 2021/22 published data",
    )
    assert {(s[1], s[2], s[3]) for s in stated} == {
        (OWN, "2023-24Q1", "actual"),
        (OWN, "2023-24", "target"),
        (SN, "2021-22", "actual"),
        (ENGLAND, "2021-22", "actual"),
    }


def test_a_title_that_names_the_comparators_of_single_columns_is_not_whose_the_others_are() -> None:
    stated = _stated(
        "Measure | 2021/22 | 2022/23 | England\nRe-referrals within 12 months (%) | 19.1 | 18.4 | 21.5",
        "Performance compared with England",
    )
    assert {s[1] for s in stated} == {OWN, ENGLAND}


def test_a_column_of_polarities_or_frequencies_names_no_measure() -> None:
    stated = _stated(
        """
        Measure | Good | Data period | Q4 22/23 | Q1 23/24
        Re-referrals within 12 months | Low | R12M | 19.1% | 18.4%
        Children on a child protection plan | - | MS | 212 | 230
        """
    )
    assert ("rereferrals_pct", OWN, "2023-24Q1", "actual", 18.4) in stated
    assert ("cpp_count", OWN, "2022-23Q4", "actual", 212.0) in stated


@pytest.mark.parametrize("printed", ["18.4% GREEN", "Amber: 18.4%", "18.4% (RED)"])
def test_a_rating_beside_the_value_leaves_it_a_value(printed: str) -> None:
    stated = _stated(f"Measure | Q1 23/24 | Q2 23/24\nRe-referrals within 12 months | {printed} | 17.0%")
    assert ("rereferrals_pct", OWN, "2023-24Q1", "actual", 18.4) in stated


def test_a_list_of_placements_is_of_children_looked_after() -> None:
    stated = _stated(
        """
        Placement | 31 March 2022 | 31 March 2023
        In-house foster care | 102 | 94
        Independent fostering agency | 71 | 88
        All foster care | 173 | 182
        Children's home | 31 | 35
        Placed with parents | 14 | 19
        """
    )
    assert stated == {
        ("cla_foster_count", OWN, "2022-03-31", "actual", 173.0),
        ("cla_foster_count", OWN, "2023-03-31", "actual", 182.0),
        ("cla_residential_count", OWN, "2022-03-31", "actual", 31.0),
        ("cla_residential_count", OWN, "2023-03-31", "actual", 35.0),
        ("cla_with_parents_count", OWN, "2022-03-31", "actual", 14.0),
        ("cla_with_parents_count", OWN, "2023-03-31", "actual", 19.0),
    }


def test_a_column_by_a_date_ahead_holds_targets() -> None:
    stated = _stated(
        "Aim | Baseline (March 2023) | By March 2026\nThree or more placements in the year | 10.9% | 8.5%",
        "What we will do for looked after children",
    )
    assert ("cla_3_placements_pct", OWN, "2026-03", "target", 8.5) in stated
    assert ("cla_3_placements_pct", OWN, "2023-03", "actual", 10.9) in stated


def test_a_comment_beside_or_below_a_row_speaks_of_its_measure() -> None:
    stated = _stated(
        """
        Measure | Q1 23/24 | Comment
        Children with a child protection plan per 10,000 | 52.3 | Comment: This compares with 43.7 nationally and 55.4 in the West Midlands.
        """
    )
    assert ("cpp_rate", ENGLAND, "now", "actual", 43.7) in stated
    assert ("cpp_rate", REGION, "now", "actual", 55.4) in stated


def test_a_part_by_its_cause_is_no_figure_of_the_whole() -> None:
    stated = _stated("Care leavers 19 to 21 | 2021/22\nNEET due to caring for a child | 7%\nAll NEET | 38%")
    assert stated == {("care_leavers_neet_pct", OWN, "2021-22", "actual", 38)}


@pytest.mark.parametrize(
    "row",
    [
        "EHCP annual reviews completed on time | 63%",
        "Care plans updated within 10 days of a CiC review | 88%",
        "% of CLA placed more than 20 miles from home who are in semi-independent homes | 41%",
        "% of open assessments over 45 working days | 6%",
        "Initial health assessments out of timescale | 12%",
        "Children made subject to a CP plan | 61",
        "Children with a CP plan and two or more changes of social worker | 9",
        "Children with a CP plan for over 15 months | 11",
    ],
)
def test_headers_that_hold_a_measures_words_and_mean_something_else(row: str) -> None:
    assert _stated(f"Measure | 2021/22\n{row}", heading="Children's social care") == set()


def test_a_share_below_the_counts_of_its_headings_process_is_of_that() -> None:
    stated = _stated(
        """
         | Q1 | Q2 | Q3 | Q4 | Year
        IHAs due | 20 | 25 | 30 | 25 | 100
        In time | 15 | 20 | 24 | 18 | 77
        % in time | 75% | 80% | 80% | 72% | 77%
        """,
        heading="Initial health assessments 2022/23",
    )
    assert ("cla_initial_health_in_time_pct", OWN, "2022-23Q2", "actual", 80) in stated
    assert ("cla_initial_health_in_time_pct", OWN, "2022-23", "actual", 77) in stated
    assert {s[0] for s in stated} == {"cla_initial_health_in_time_pct"}


def test_a_share_below_two_cohorts_is_of_neither() -> None:
    text = "Measure | 2021/22\nChildren in need | 900\nChildren with a CP plan | 210\n% in time | 80%"
    assert "in_time" not in " ".join(s[0] for s in _stated(text, heading="Children in need and child protection plans"))


def test_the_year_beside_its_quarters() -> None:
    stated = _stated(
        "Measure | Q1 22/23 | Q2 22/23 | Q3 22/23 | Q4 22/23 | Total\nAdoption orders | 4 | 6 | 3 | 7 | 20"
    )
    assert ("adoptions_count", OWN, "2022-23", "actual", 20) in stated


def test_three_quarters_make_no_year() -> None:
    stated = _stated("Measure | Q1 22/23 | Q2 22/23 | Q3 22/23 | Total\nAdoption orders | 4 | 6 | 3 | 13")
    assert "2022-23" not in {s[2] for s in stated}


def test_a_column_of_the_year_to_date_counts_from_april() -> None:
    stated = _stated("Measure | Q3 22/23 | YTD Q3 22/23\nAdoption orders | 3 | 13")
    assert ("adoptions_count", OWN, "2022-04-01/2022-12-31", "actual", 13) in stated
    assert ("adoptions_count", OWN, "2022-23Q3", "actual", 3) in stated


def test_the_total_of_ages_on_a_day_is_the_cohort_of_the_heading() -> None:
    text = "Age | 31.3.22 | 31.3.23\nUnder 1 | 20 | 18\n1-4 | 60 | 66\n5-9 | 90 | 88\n10-15 | 210 | 221\n16+ | 101 | 110\nTotal | 481 | 503"
    before = "Their ages are told below as they were in earlier reports."
    assert _stated(text, heading="Children looked after", before=before) == {
        ("cla_count", OWN, "2022-03-31", "actual", 481),
        ("cla_count", OWN, "2023-03-31", "actual", 503),
    }
    over_years = text.replace("31.3.22", "2021/22").replace("31.3.23", "2022/23")
    assert _stated(over_years, heading="Children looked after", before=before) == set()


def test_a_year_end_over_columns_of_years_is_that_of_each() -> None:
    stated = _stated(
        """
        Measure | Our year end | < | Comparators 2020/21 | <
        Measure | 2020/21 | 2021/22 | WM | Eng
        Children in care per 10,000 | 91 | 93 | 84 | 67
        Re-referrals within 12 months (%) | 18.2 | 17.1 | 20.1 | 22.7
        """
    )
    assert ("cla_rate", OWN, "2021-03-31", "actual", 91) in stated
    assert ("cla_rate", REGION, "2020-21", "actual", 84) in stated
    assert ("rereferrals_pct", OWN, "2020-21", "actual", 18.2) in stated
    assert ("rereferrals_pct", ENGLAND, "2020-21", "actual", 22.7) in stated


def test_an_area_with_two_figures_of_a_year() -> None:
    stated = _stated("Measure | Mar-20 | SN 18 | Eng '19\nChildren looked after per 10,000 | 81 | 90 | 65")
    assert ("cla_rate", SN, "2018", "actual", 90) in stated
    assert ("cla_rate", ENGLAND, "2019", "actual", 65) in stated


def test_the_nation_below_benchmarks_is_england() -> None:
    stated = _stated(
        "Measure | Ours | Benchmarks 2020/21 | <\nMeasure | 2021/22 | Stat neigh. | National\nDental checks up to date (CLA) | 71% | 44% | 40%"
    )
    assert ("cla_dental_pct", ENGLAND, "2020-21", "actual", 40) in stated
    assert ("cla_dental_pct", SN, "2020-21", "actual", 44) in stated


def test_an_area_in_a_column_of_comments_is_a_comparator() -> None:
    stated = _stated(
        "Measure | Dec 2022 | Comment\n16-17 year olds NEET | 2.6% | England 2.8%\nRe-referrals in 12 months | 18.4% | 61 settled"
    )
    assert ("neet_pct", ENGLAND, "now", "actual", 2.8) in stated
    assert not {s for s in stated if s[4] == 61}


def test_codes_with_a_star_and_rows_of_sections_leave_the_names_of_measures() -> None:
    stated = _stated(
        """
        No. | Indicator | Good is | Data note | Jul-22 | Aug-22
        Front door | < | < | < | < | <
        NI 1* | Number of contacts | Info | Number | 1,204 | 980
        NI 2 | Number of children with a CPP | Info | Number | 241 | 236
        Care | < | < | < | < | <
        NI 3* | Rate of LAC per 10,000 | Low | Rate per 10,000 | 82.9 | 81.7
        """,
        "Children's social care",
    )
    assert ("contacts_count", OWN, "2022-08", "actual", 980) in stated
    assert ("cpp_count", OWN, "2022-07", "actual", 241) in stated
    assert ("cla_rate", OWN, "2022-08", "actual", 81.7) in stated


def test_topics_over_the_rows_do_not_join_the_measure_of_each() -> None:
    stated = _stated(
        "Indicators: contacts, referrals and CP | 2022/23\nNumber of contacts | 9,120\nReferrals | 2,410\nChildren with a CPP | 236",
        "Children's social care",
    )
    assert ("contacts_count", OWN, "2022-23", "actual", 9120) in stated


def test_a_title_of_two_topics_does_not_decide_of_which_its_rows_are() -> None:
    stated = _stated("Measure | 2022/23\nReferrals | 2,410", "Front door and early help")
    assert "early_help_referrals_count" not in {s[0] for s in stated}


def test_children_in_need_with_or_without_those_on_plans() -> None:
    for scope in ("(excl. CP and CLA)", "(incl. CP and CLA)"):
        assert _stated(f"Measure | 2022/23\nCIN {scope} | 612") == {("cin_count", OWN, "2022-23", "actual", 612)}


def test_a_threshold_of_the_department_is_a_target() -> None:
    stated = _stated(
        "Measure | 2018-21 | DfE threshold\nAverage time from entering care to moving in with an adoptive family (days) | 371 | 426"
    )
    assert ("adoption_placement_days", OWN, "2020-21", "target", 426) in stated


def test_a_unit_of_numerators_is_not_that_of_the_comparator() -> None:
    stated = _stated(
        "Measure | Num | Den | 2021/22 | England\nCare leavers 19-21 in suitable accommodation | 90 | 104 | 86.5% | 84"
    )
    assert ("care_leavers_accommodation_pct", ENGLAND, "2021-22", "actual", 84) in stated


def test_a_paper_may_date_its_comparators_anywhere() -> None:
    said = "2.1 London and England comparators are the last published, i.e. for 2021-22."
    assert _comparators(said) == "2021-22"
    assert _comparators("Comparators in 2021-22 were England 21% and London 19%.") is None


def _comparators(passage: str) -> str | None:
    found = comparators_elsewhere([passage], SUBJECT.reference)
    return None if found is None else found.normal


def test_an_area_below_a_measure_is_its_comparator() -> None:
    stated = _stated(
        """
        Measure | 2021/22 | 2022/23
        Library visits | 18% | 19%
        England | 21% | 22%
        Re-referrals within 12 months | 18.1% | 19.2%
        England | 21.5% | 22.4%
        West Midlands average | 20.0% | 21.0%
        Rank in England | 41 | 44
        Children looked after per 10,000 | 81 | 82
        Statistical neighbours | 90 | 91
        """,
        heading="Children's social care",
    )
    assert {s for s in stated if s[1] != OWN and s[2] == "2022-23"} == {
        ("rereferrals_pct", ENGLAND, "2022-23", "actual", 22.4),
        ("rereferrals_pct", REGION, "2022-23", "actual", 21.0),
        ("cla_rate", SN, "2022-23", "actual", 91),
    }


def test_a_list_of_placements_that_answers_a_question_on_some_is_of_these() -> None:
    text = "Placement | 31 March 2022\nChildren's homes | 21\nPlaced with parents | 9\nFoster care | 60"
    asked = "3. Of the children looked after on this day, how many lived in such places beyond the county's boundaries?"
    assert _stated(text, before=asked) == set()
    assert {s[0] for s in _stated(text)} == {"cla_residential_count", "cla_with_parents_count", "cla_foster_count"}


def test_a_total_below_months_is_of_all_of_them() -> None:
    text = "Month | Adoption orders | Children looked after\nApr-22 | 4 | 590\nMay-22 | 6 | 596\nTotal | 10 | 1,186"
    stated = _stated(text)
    assert ("adoptions_count", OWN, "2022-04-01/2022-05-31", "actual", 10) in stated
    assert not {s for s in stated if s[4] == 1186}
    assert not {s for s in _stated(text.replace("May", "Jun")) if s[4] == 10}


def test_a_column_that_dates_each_row() -> None:
    stated = _stated(
        "Indicator | Value | Date | Target\nChildren looked after | 603 | 31/03/2023 | -\nRe-referral rate | 18.2% | 2022/23 | 20%"
    )
    assert ("cla_count", OWN, "2023-03-31", "actual", 603) in stated
    assert ("rereferrals_pct", OWN, "2022-23", "actual", 18.2) in stated


def test_a_unit_over_the_names_of_the_measures_is_theirs() -> None:
    stated = _stated("Rate per 10,000 | 2021 | 2022\nChildren in need | 321 | 333\nChildren looked after | 82 | 85")
    assert {s[0] for s in stated} == {"cin_rate", "cla_rate"}


def test_quarters_in_a_row_are_of_one_year() -> None:
    for heading in ("Our figures", "2022/23"):
        stated = _stated("Measure | Q1 | Q2\nAdoption orders | 4 | 6", heading)  # read in July 2023
        assert {(s[2], s[4]) for s in stated} == {("2022-23Q1", 4), ("2022-23Q2", 6)}


def test_quarters_over_the_turn_of_a_year_stay() -> None:
    stated = _stated("Measure | Q3 | Q4 | Q1\nAdoption orders | 4 | 6 | 5")
    assert {(s[2], s[4]) for s in stated} == {("2022-23Q3", 4), ("2022-23Q4", 6), ("2023-24Q1", 5)}


def test_an_average_over_twelve_months_is_no_figure_of_the_month() -> None:
    stated = _stated("Measure | Mar-23 | 12 month average\nAdoption orders | 4 | 6", "Adoption")
    assert ("adoptions_count", OWN, "12m:2023-03-31", "average", 6) in stated
    assert ("adoptions_count", OWN, "2023-03", "actual", 4) in stated


def test_a_date_over_the_names_of_the_rows_dates_them() -> None:
    stated = _stated(
        "Age on 31 March 2022 | Children in care | %\n0-9 | 201 | 34%\n10-17 | 389 | 66%\nTotal | 590 | 100%"
    )
    assert ("cla_count", OWN, "2022-03-31", "actual", 590) in stated


def test_what_assessments_led_to_is_no_count_of_it() -> None:
    stated = _stated(
        "Outcome of assessment | Number | %\nNo further action | 810 | 38%\nChild in need plan | 701 | 33%\nSection 47 | 210 | 10%",
        "Assessments completed in 2022/23",
        heading="Children's social care",
    )
    assert stated == {("assessments_nfa_pct", OWN, "2022-23", "actual", 38)}


def test_a_unit_and_measure_over_the_names_of_areas() -> None:
    stated = _stated(
        "Children looked after per 10,000 | 2021 | 2022\nDudley | 90 | 92\nWest Midlands | 82 | 85\nEngland | 67 | 70"
    )
    assert ("cla_rate", OWN, "2022", "actual", 92) in stated
    assert ("cla_rate", ENGLAND, "2021", "actual", 67) in stated
    assert {s[0] for s in stated} == {"cla_rate"}


def test_the_year_to_date_beside_its_months_ends_with_them() -> None:
    stated = _stated("Measure | Apr | May | Jun | YTD\nAdoption orders | 2 | 3 | 1 | 6", "Adoption in 2022/23")
    assert ("adoptions_count", OWN, "2022-04-01/2022-06-30", "actual", 6) in stated


@pytest.mark.parametrize(
    ("row", "indicator"),
    [
        ("Children looked after, year ended | 603", "cla_count"),
        ("% of CP reviews due to be held in the year that were in time | 97%", "cpp_reviews_in_time_pct"),
    ],
)
def test_words_of_events_and_causes_that_are_none(row: str, indicator: str) -> None:
    assert {s[0] for s in _stated(f"Measure | 31 March 2022\n{row}")} == {indicator}
