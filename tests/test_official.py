"""Published statistics: the years of their labels, their symbols, their areas, and the faults that are not believed."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.indicators import load_indicators
from extractors.official import OfficialFile, file_kind, mark_impossible, read_official
from extractors.official_ees import ees_to_official, load_measures
from extractors.official_lait import lait_to_official, read_value
from extractors.official_periods import YearLabel, label_to_period, read_label
from schemas.records import OfficialValue

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "official"
WOLVERHAMPTON, DUDLEY, WEST_MIDLANDS, ENGLAND = "E08000031", "E08000027", "E12000005", "E92000001"
DICTIONARY = (
    b"\xef\xbb\xbfMeasure_code,Measure_short,Year_Type,Last Update\n"
    b"1,CPP_Total_NumRef,Financial Year,45962\n"
    b"2,LACnum,Annual,45962\n"
    b"3,Work_Force_TO_Rate,Annual (end of Sept),New data\n"
    b"4,Work_Force_Vac_Rate,Annual (end of Sept),46082\n"
    b"5,SEN_EHC_Excpt_20wks,Calendar Year,45809\n"
    b"6,SEN_CASES_JAN,Annual - January,45809\n"
    b"7,FSP_NEW_GOODDEV,Academic Year,45962\n"
    b"8,16-17 NEET,Financial Year,45839\n"
)


def long_table(*rows: tuple[str, str, str, str, float | None]) -> bytes:
    """Rows of (short name, year, area, value, number) -> the bytes of a long table."""
    names = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
    columns = dict(zip(names, (list(column) for column in zip(*rows, strict=True)), strict=True))
    columns["Data item"] = [None] * len(rows)
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2016", YearLabel(2016)),
        (" 2024 (Rev) ", YearLabel(2024, 1, "rev")),
        ("2025 (prov)", YearLabel(2025, 1, "prov")),
        ("2016/17", YearLabel(2017)),
        ("2016-17 (OT)", YearLabel(2017, 1, "ot")),
        ("2015-2016", YearLabel(2016)),
        ("1999/00", YearLabel(2000)),
        ("202425", YearLabel(2025)),
        ("201625", None),
        ("2014-16", YearLabel(2016, 3)),
        ("2021/22-23/24", YearLabel(2024, 3)),
        ("2013/14-15/16", YearLabel(2016, 3)),
        ("0", None),
        ("", None),
        ("Total", None),
        ("2016-2014", None),
    ],
)
def test_a_label_tells_the_year_in_which_it_ends(text: str, told: YearLabel | None) -> None:
    assert read_label(text) == told


@pytest.mark.parametrize(
    ("label", "template", "ends", "normal", "end"),
    [
        (YearLabel(2016), "{end}", "03-31", "2016-03-31", dt.date(2016, 3, 31)),
        (YearLabel(2000), "{p}-{yy}", "03-31", "1999-00", dt.date(2000, 3, 31)),
        (YearLabel(2023), "12m:{end}", "09-30", "12m:2023-09-30", dt.date(2023, 9, 30)),
        (YearLabel(2024), "{p}-12-01/{end}", "02-29", "2023-12-01/2024-02-29", dt.date(2024, 2, 29)),
        (YearLabel(2023), "{p}-12-01/{end}", "02-29", "2022-12-01/2023-02-28", dt.date(2023, 2, 28)),
        (YearLabel(2024, 3), "{p}-{yy}", "03-31", "2021-24", dt.date(2024, 3, 31)),
        (YearLabel(2016, 3), "{y}", "12-31", "2014-16", dt.date(2016, 12, 31)),
    ],
)
def test_a_year_becomes_the_period_that_its_measure_counts(
    label: YearLabel, template: str, ends: str, normal: str, end: dt.date
) -> None:
    period = label_to_period(label, template, ends)
    assert (period.normal, period.end) == (normal, end)


@given(
    st.integers(2000, 2098), st.sampled_from(["{0}", "{0}/{1:02d}", "{0}-{1:02d}", "{0} (Rev)", "{0}/{1:02d} (Final)"])
)
def test_every_way_to_write_a_year_ends_in_that_year_or_the_next(year: int, form: str) -> None:
    label = read_label(form.format(year, (year + 1) % 100))
    assert label is not None
    assert (label.year, label.years) == (year + ("{1" in form), 1)


def test_one_label_means_what_the_dictionary_says_of_its_measure() -> None:
    rows, issues = lait_to_official(
        long_table(
            ("CPP_Total_NumRef", "2023", "Dudley", "3012", 332.0),
            ("LACnum", "2023", "Dudley", "600", 332.0),
            ("Work_Force_TO_Rate", "2023", "Dudley", "15.199999999999999", 332.0),
            ("Work_Force_Vac_Rate", "2023", "Dudley", "20", 332.0),
            ("SEN_EHC_Excpt_20wks", "2023", "Dudley", "61", 332.0),
            ("SEN_CASES_JAN", "2023", "Dudley", "1900", 332.0),
            ("FSP_NEW_GOODDEV", "2023", "Dudley", "64.1", 332.0),
            ("16-17 NEET", "2023", "Dudley", "2.5", 332.0),
        ),
        DICTIONARY,
    )
    assert not issues
    assert {row.indicator: row.period for row in rows} == {
        "referrals_count": "2022-23",
        "cla_count": "2023-03-31",
        "sw_turnover_pct": "12m:2023-09-30",
        "sw_vacancy_pct": "2023-09-30",
        "ehcp_20_weeks_pct": "2023",
        "ehcp_count": "2023-01",
        "eyfs_gld_pct": "2022-23",
        "neet_pct": "2022-12-01/2023-02-28",
    }
    assert {row.area_code for row in rows} == {DUDLEY}
    turnover = next(row for row in rows if row.indicator == "sw_turnover_pct")
    assert turnover.value == 15.2
    assert turnover.vintage == "edition not told"
    assert next(row.vintage for row in rows if row.indicator == "ehcp_count") == "2025-06-01"


def test_words_behind_the_year_are_the_edition() -> None:
    rows, _ = lait_to_official(long_table(("LACnum", "2024 (Rev)", "Dudley", "600", 332.0)), DICTIONARY)
    assert [(row.period, row.vintage) for row in rows] == [("2024-03-31", "2025-11-01, revised")]


def test_an_abolished_county_is_told_from_its_namesake_by_number() -> None:
    rows, _ = lait_to_official(
        long_table(("LACnum", "2018", "Dorset (Pre LG)", "440", 835.0), ("LACnum", "2024", "Dorset", "470", 838.0)),
        DICTIONARY,
    )
    assert len({row.area_code for row in rows}) == 2


def test_half_of_london_is_left_out_and_an_unknown_area_is_said() -> None:
    rows, issues = lait_to_official(
        long_table(("LACnum", "2018", "London (Inner)", "4400", 987.0), ("LACnum", "2018", "Atlantis", "1", None)),
        DICTIONARY,
    )
    assert not rows
    assert [issue.detail for issue in issues] == ["'Atlantis' is no area that is known (1 rows)"]


def test_a_year_that_is_none_is_said_once_with_its_count() -> None:
    rows, issues = lait_to_official(
        long_table(("LACnum", "0", "Dudley", "4", 332.0), ("LACnum", "0", "Sandwell", "4", 333.0)), DICTIONARY
    )
    assert not rows
    assert [(issue.code, issue.detail) for issue in issues] == [("not_understood", "'0' is no year (LACnum) (2 rows)")]


@pytest.mark.parametrize(
    ("text", "value", "missing"),
    [
        ("c", None, "suppressed"), ("C", None, "suppressed"), ("z", None, "not_applicable"), ("x", None, "not_available"),
        ("low", None, "low"), ("-", None, "not_available"), ("", None, "not_available"), ("1,380", 1380.0, None),
        ("9.3699999999999992", 9.37, None), ("0", 0.0, None), ("-1.5", -1.5, None), ("nan", None, None), ("12*", None, None),
    ],
)  # fmt: skip
def test_a_symbol_is_no_value_and_tells_why(text: str, value: float | None, missing: str | None) -> None:
    symbols = {
        "c": "suppressed",
        "z": "not_applicable",
        "x": "not_available",
        "low": "low",
        "-": "not_available",
        "": "not_available",
    }
    assert read_value(text, symbols) == (value, missing)


STABILITY = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "la_name,new_la_code,cla_group,placement_stability,children_count,children_percent\n"
    "2023,Reporting year,National,E92000001,England,,,,,,CLA on 31 March,With 3 or more placements during the year,8700,10\n"
    "2023,Reporting year,Regional,E92000001,England,E12000005,West Midlands,,,,CLA on 31 March,With 3 or more placements during the year,900,9\n"
    "2023,Reporting year,Regional,E92000001,England,E13000001,Inner London,,,,CLA on 31 March,With 3 or more placements during the year,1,9\n"
    "2023,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,336,Wolverhampton,E08000031,CLA on 31 March,With 3 or more placements during the year,c,c\n"
    "2023,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,336,Wolverhampton,E08000031,CLA on 31 March,Total children,498,100\n"
    "2022,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,336,Wolverhampton,E08000031,CLA on 31 March,With 3 or more placements during the year,40,8\n"
)


def test_a_data_set_is_read_by_its_columns_and_the_rows_that_its_measure_is_on() -> None:
    rows, issues = ees_to_official(b"\xef\xbb\xbf" + STABILITY.encode())
    assert not issues
    assert [(r.indicator, r.area_code, r.period, r.value, r.missing) for r in rows] == [
        ("cla_3_placements_pct", ENGLAND, "2023-03-31", 10, None),
        ("cla_3_placements_pct", WEST_MIDLANDS, "2023-03-31", 9, None),
        ("cla_3_placements_pct", WOLVERHAMPTON, "2023-03-31", None, "suppressed"),
        ("cla_3_placements_pct", WOLVERHAMPTON, "2022-03-31", 8, None),
    ]
    assert {r.vintage for r in rows} == {"edition of 2023"}


def test_the_population_behind_a_rate_is_that_of_the_summer_before() -> None:
    head = "time_period,time_identifier,geographic_level,country_code,region_code,new_la_code,population_type,population_estimate,children_count,rate_per_10000\n"
    row = "2023,Reporting year,Local authority,E92000001,E12000005,E08000031,Children looked after on 31 March each year,63777,498,78\n"
    rows, _ = ees_to_official((head + row).encode())
    assert {(r.indicator, r.period, r.value) for r in rows} == {
        ("population_0_17_count", "2022-06-30", 63777),
        ("cla_count", "2023-03-31", 498),
        ("cla_rate", "2023-03-31", 78),
    }


def test_two_authorities_in_one_row_are_said_and_not_guessed() -> None:
    rows, issues = ees_to_official(STABILITY.replace("E08000031", "E06000061 / E06000062").encode())
    assert {r.area_code for r in rows} == {ENGLAND, WEST_MIDLANDS}
    assert "is the code of no area" in issues[0].detail


@pytest.mark.parametrize(
    "data", [b"", b"PAR1", b"PAR1broken", b"a,b\n1,2\n", b"\xff\xfe\x00", STABILITY.encode()[:700]]
)
def test_a_file_that_is_broken_or_something_else_makes_nothing_fail(data: bytes) -> None:
    assert file_kind(data) in (None, "ees")
    read_official([OfficialFile("odd", data)])
    ees_to_official(data)
    assert lait_to_official(data, data)[1]


def official(indicator: str, area: str, value: float, period: str = "2019") -> OfficialValue:
    return OfficialValue(indicator, area, period, dt.date(2019, 12, 31), value, "per_10000", "a tool", "one")


def test_a_national_rate_that_is_a_sum_of_rates_is_kept_and_not_believed() -> None:
    authorities = [f"E080000{n}" for n in (25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36)]
    rows = [official("s47_rate", code, 100.0 + n) for n, code in enumerate(authorities)]
    marked = mark_impossible([*rows, official("s47_rate", ENGLAND, 1266.0), official("s47_rate", WEST_MIDLANDS, 104.0)])
    assert {row.area_code for row in marked if row.checks} == {ENGLAND}


def test_the_number_of_all_children_is_more_than_that_of_any_authority() -> None:
    authorities = [f"E080000{n}" for n in (25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36)]
    rows = [
        OfficialValue("cla_count", code, "2019-03-31", dt.date(2019, 3, 31), 500.0, "count", "a tool", "one")
        for code in [*authorities, ENGLAND]
    ]
    assert not [row for row in mark_impossible(rows) if row.checks]


def test_files_in_any_order_give_the_same_rows() -> None:
    files = [
        OfficialFile(
            "a", long_table(("LACnum", "2023", "Dudley", "600", 332.0), ("LACnum", "2022", "Dudley", "-", 332.0))
        ),
        OfficialFile("b", DICTIONARY),
        OfficialFile("c", STABILITY.encode()),
        OfficialFile("d", b"code,name\n1,2\n"),
    ]
    assert read_official(files) == read_official(files[::-1])
    assert len(read_official([*files, files[0]])[0]) == len(read_official(files)[0])


def test_every_measure_of_the_lookup_is_in_the_catalogue() -> None:
    catalogue = {indicator.indicator for indicator in load_indicators()}
    assert {measure.indicator for measure in load_measures()} <= catalogue


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published statistics are not on this machine")
def test_real_releases_agree_with_each_other() -> None:
    files = [
        OfficialFile(p.name, p.read_bytes()) for p in sorted(SHARED.rglob("*")) if p.suffix in (".csv", ".parquet")
    ]
    rows, issues = read_official(files)
    assert len(rows) > 80_000
    assert len(issues) < 5
    by_claim: dict[tuple[str, str, str], set[float]] = {}
    for row in rows:
        if row.value is not None:
            by_claim.setdefault((row.indicator, row.area_code, row.period), set()).add(row.value)
    apart = [key for key, values in by_claim.items() if len(values) > 1]
    both = [key for key, values in by_claim.items() if len(values) >= 1]
    assert len(apart) < 0.005 * len(both), apart[:20]
