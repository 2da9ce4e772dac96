"""Periods in text: every row is a way in which English councils and inspectors print one, in our own words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.period_forms import months_to, quarter, span, years_between
from extractors.periods import find_periods

REFERENCE = dt.date(2023, 7, 27)


def shown(text: str, reference: dt.date | None = REFERENCE) -> list[str]:
    return [f"{found.normal} {found.form}" for found in find_periods(text, reference)]


DATES = [
    ("At 31 March 2016 there were 12", "2016-03-31"),
    ("as at 31st March 2016", "2016-03-31"),
    ("on the 1st of April 2015", "2015-04-01"),
    ("published March 31, 2016", "2016-03-31"),
    ("published March 31st 2016", "2016-03-31"),
    ("Data as at 30/03/2023", "2023-03-30"),
    ("Data as at 30-03-2023", "2023-03-30"),
    ("Data as at 30.03.2023", "2023-03-30"),
    ("Data as at 30.3.23", "2023-03-30"),
    ("(31/3/16)", "2016-03-31"),
    ("2016-03-31", "2016-03-31"),
    ("on 31 March '16", "2016-03-31"),
    ("on 31-Mar-16 it stood", "2016-03-31"),
    ("31/Mar/2016", "2016-03-31"),
    ("at 31 Mar 16", "2016-03-31"),
    ("at 31 MARCH 2016", "2016-03-31"),
    ("at 31 march 2016", "2016-03-31"),
    ("at 31 March2016", "2016-03-31"),
    ("at 31March 2016", "2016-03-31"),
    ("at  31  March\n2016", "2016-03-31"),
    ("at 31\u00a0March\u00a02016", "2016-03-31"),
    ("at 31 March, 2016", "2016-03-31"),
    ("on Tuesday 28 February 2017", "2017-02-28"),
    ("at the end of March 2016", "2016-03-31"),
    ("at end March 2016", "2016-03-31"),
    ("the end of February 2016", "2016-02-29"),
    ("the end of March 23", "2023-03-31"),
    ("at the close of December 2014", "2014-12-31"),
    ("as at 31 March the number", "2023-03-31"),
    ("by 30 September the number", "2022-09-30"),
    ("at the end of June the number", "2023-06-30"),
    ("At the end of 2014 the number", "2014-12-31"),
    ("from 1 January 2017 on", "2017-01-01"),
]


@pytest.mark.parametrize(("text", "normal"), DATES)
def test_a_date_however_printed(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} date"]


YEAR_ENDS = [
    ("March 2016 year end", "2016-03-31"),
    ("year end 2021/22", "2022-03-31"),
    ("at year-end 2021/22", "2022-03-31"),
    ("the 21/22 year end", "2022-03-31"),
    ("fell from 77 at 2021/22-year end", "2022-03-31"),
    ("at the end of 2021/22", "2022-03-31"),
    ("at the end of the 2022/23 year", "2023-03-31"),
    ("at the end of the financial year 2014-15", "2015-03-31"),
    ("by the end of 2014– 15", "2015-03-31"),
    ("year end 31 March 2016", "2016-03-31"),
    ("year end 2022", "2022-03-31"),
    ("the year end position", "2023-03-31"),
]


@pytest.mark.parametrize(("text", "normal"), YEAR_ENDS)
def test_a_year_end_is_a_date_that_says_so(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} year_end"]


MONTHS = [
    ("in March 2016", "2016-03"),
    ("Mar-16", "2016-03"),
    ("Sept 2019", "2019-09"),
    ("in March, 2016", "2016-03"),
    ("the October 2022 figure", "2022-10"),
    ("in March 23 it fell", "2023-03"),
    ("May 22's figure of 12", "2022-05"),
    ("May '22", "2022-05"),
    ("at December 2014", "2014-12"),
    ("in November it fell", "2022-11"),
    ("since May", "2023-05"),
    ("in July", "2023-07"),
    ("in August", "2022-08"),
    ("November", "2022-11"),
    ("03/2016", "2016-03"),
    ("was 307in March 2008.This is", "2008-03"),
    ("in March  2016", "2016-03"),
]


@pytest.mark.parametrize(("text", "normal"), MONTHS)
def test_a_month_however_printed(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} month"]


FINANCIAL_YEARS = [
    ("in 2014-15", "2014-15"),
    ("in 2014–15", "2014-15"),
    ("in 2013−14", "2013-14"),
    ("in 2014\u201115", "2014-15"),
    ("in 2014 – 15", "2014-15"),
    ("in 2014– 15", "2014-15"),
    ("in 2014/15", "2014-15"),
    ("in 2014/2015", "2014-15"),
    ("in 2014–2015", "2014-15"),
    ("in 1999-00", "1999-00"),
    ("in 1999-2000", "1999-00"),
    ("during 14/15", "2014-15"),
    ("in 21/22 it rose", "2021-22"),
    ("'14-'15", "2014-15"),
    ("‘14–’15", "2014-15"),
    ("the 25-26 budget", "2025-26"),
    ("FY22", "2021-22"),
    ("FY 2022", "2021-22"),
    ("FY 21/22", "2021-22"),
    ("FY2021-22", "2021-22"),
    ("the 2022-23 year", "2022-23"),
    ("financial year 2015-16", "2015-16"),
    ("the 2015/16 financial year", "2015-16"),
    ("academic year 2014/15", "2014-15"),
    ("the 2014/15 academic year", "2014-15"),
    ("in the year ending 31 March 2015", "2014-15"),
    ("in the year ended 31st March 2015", "2014-15"),
    ("year ending March 2015", "2014-15"),
    ("the year to 31 March 2015", "2014-15"),
    ("in the year to the end of March 2015", "2014-15"),
    ("1 April 2014 to 31 March 2015", "2014-15"),
    ("from 1 April 2014 – 31 March 2015", "2014-15"),
    ("between April 2022 and March 2023", "2022-23"),
    ("April 2022 to March 2023", "2022-23"),
    ("Apr 22 - Mar 23", "2022-23"),
    ("2014 to 2015", "2014-15"),
]


@pytest.mark.parametrize(("text", "normal"), FINANCIAL_YEARS)
def test_a_financial_or_academic_year_however_printed(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} financial_year"]


QUARTERS = [
    ("Q3 2015-16", "2015-16Q3"),
    ("Q3, 2015-16", "2015-16Q3"),
    ("Q3 of 2015-16", "2015-16Q3"),
    ("Q3 21/22", "2021-22Q3"),
    ("Q3 14-15", "2014-15Q3"),
    ("Quarter 3 for 2015–2016", "2015-16Q3"),
    ("quarter 3 (October to December 2021)", "2021-22Q3"),
    ("quarter 3 2021/22 (October to December)", "2021-22Q3"),
    ("quarter one 2014-15", "2014-15Q1"),
    ("qtr 4 2023", "2022-23Q4"),
    ("Q1 2023", "2023-24Q1"),
    ("Q4 2022", "2022-23Q4"),
    ("the third quarter of 2014-15", "2014-15Q3"),
    ("the 3rd quarter of 2014/15", "2014-15Q3"),
    ("in the final quarter of the financial year 2014-15", "2014-15Q4"),
    ("2015-16 Q3", "2015-16Q3"),
    ("2015/16 quarter 2", "2015-16Q2"),
    ("2014–15, quarter 3", "2014-15Q3"),
    ("quarter 3 data for 2014/15", "2014-15Q3"),
    ("in quarter 3 visits fell", "2022-23Q3"),
    ("in quarter 1 visits fell", "2023-24Q1"),
    ("in quarter 2 visits fell", "2022-23Q2"),
    ("Jan-Mar 2023", "2022-23Q4"),
    ("January to March 2023", "2022-23Q4"),
    ("from January 2015 to March 2015", "2014-15Q4"),
    ("between April and June 2022", "2022-23Q1"),
    ("1 July to 30 September 2016", "2016-17Q2"),
    ("in the quarter ending 30 June 2016", "2016-17Q1"),
    ("the quarter to the end of December 2016", "2016-17Q3"),
    ("three months to 31 December 2016", "2016-17Q3"),
]


@pytest.mark.parametrize(("text", "normal"), QUARTERS)
def test_a_quarter_of_the_financial_year(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} quarter"]


SPANS = [
    ("September 2014 to August 2015", "2014-09-01/2015-08-31"),
    ("between September 2014 and August 2015", "2014-09-01/2015-08-31"),
    ("Sep 19 - Aug 20", "2019-09-01/2020-08-31"),
    ("April to December 2022", "2022-04-01/2022-12-31"),
    ("October 2014 – January 2015", "2014-10-01/2015-01-31"),
    ("November to February 2015", "2014-11-01/2015-02-28"),
    ("in the period from September 2015 to July 2016", "2015-09-01/2016-07-31"),
    ("between 1 April and 31 August 2016", "2016-04-01/2016-08-31"),
    ("from 13 to 24 May 2016", "2016-05-13/2016-05-24"),
    ("13–24 May 2016", "2016-05-13/2016-05-24"),
    ("28 October to 8 November 2024", "2024-10-28/2024-11-08"),
    ("19 November-11 December 2013", "2013-11-19/2013-12-11"),
    ("six months to 30 September 2016", "2016-04-01/2016-09-30"),
    ("the first six months of 2014-15", "2014-04-01/2014-09-30"),
    ("the first three quarters of 2014–15", "2014-04-01/2014-12-31"),
    ("Q1-Q3 2022/23", "2022-04-01/2022-12-31"),
    ("quarters 1 to 2 of 2022/23", "2022-04-01/2022-09-30"),
    ("the first half of 2015-16", "2015-04-01/2015-09-30"),
    ("the second half of 2015", "2015-07-01/2015-12-31"),
]


@pytest.mark.parametrize(("text", "normal"), SPANS)
def test_a_span_with_both_ends(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} span"]


ROLLING = [
    ("in the 12 months to 31 March 2023", "12m:2023-03-31"),
    ("in the twelve months to March 2023", "12m:2023-03-31"),
    ("rolling 12 months at the end of March 2023", "12m:2023-03-31"),
    ("for the last 12 months at the end of March 2023", "12m:2023-03-31"),
    ("in the 12 months to the end of June 2022", "12m:2022-06-30"),
    ("the 12-month period ending 30 June 2022", "12m:2022-06-30"),
    ("12 months up to September 2015", "12m:2015-09-30"),
    ("the year to 30 June 2015", "12m:2015-06-30"),
    ("the year ending 31 August 2015", "12m:2015-08-31"),
    ("the rolling year to 31 March 2015", "12m:2015-03-31"),
]


@pytest.mark.parametrize(("text", "normal"), ROLLING)
def test_twelve_months_up_to_a_date(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} rolling"]


AVERAGES = [
    ("the three-year average 2011-14", "2011-14"),
    ("the 2011 to 2014 average", "2011-14"),
    ("for 2013–2016 it took 500 days", "2013-16"),
    ("the scorecard for 2012−15", "2012-15"),
    ("a three-year figure (2021-23)", "2021-23"),
]


@pytest.mark.parametrize(("text", "normal"), AVERAGES)
def test_several_years_are_an_average(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} average"]


YEARS = [
    ("in 2018", ["2018"]),
    ("in 2018 and 2019", ["2018", "2019"]),
    ("(2018)", ["2018"]),
    ("the 2018 figure", ["2018"]),
    ("In 2017 children waited longer", ["2017"]),
    ("by 2021", ["2021"]),
    ("mid-2015", ["2015"]),
    ("(England, 2014)", ["2014"]),
    ("(statistical neighbours, 2014)", ["2014"]),
    ("2017 2018 2019", ["2017", "2018", "2019"]),
    ("between 2014 and 2016", ["2014", "2016"]),
    ("from 2014 to 2016", ["2014", "2016"]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_bare_calendar_year(text: str, years: list[str]) -> None:
    assert shown(text) == [f"{year} year" for year in years]


NOW = [
    "currently 12",
    "There are 12 at present",
    "12 now live",
    "At the time of the inspection, 12",
    "at the time of this inspection",
    "at the point of inspection",
    "to date",
    "the latest published figure",
    "the most recent data",
    "in the last 12 months",
    "over the past year",
    "in the last year",
    "in the last six months",
    "In the past three months",
    "today",
    "this year",
    "this quarter",
    "year to date",
    "YTD",
    "in the six months prior to the inspection",
    "current performance",
]


@pytest.mark.parametrize("text", NOW)
def test_words_for_the_documents_own_present(text: str) -> None:
    assert shown(text) == ["now now"]


def test_rolling_months_without_a_date_are_now_and_say_rolling() -> None:
    assert shown("repeat referrals (rolling 12 month)") == ["now rolling"]


RELATIVE = [
    ("the previous year", "-1y"),
    ("last year", "-1y"),
    ("than last year's", "-1y"),
    ("the year before", "-1y"),
    ("a year earlier", "-1y"),
    ("one year ago", "-1y"),
    ("12 months ago", "-1y"),
    ("two years ago", "-2y"),
    ("six months earlier", "-6m"),
    ("the preceding year", "-1y"),
    ("the prior year", "-1y"),
    ("at the same point last year", "-1y"),
    ("in the same period last year", "-1y"),
    ("the same time in the previous year", "-1y"),
    ("this time last year", "-1y"),
    ("the corresponding period last year", "-1y"),
    ("previous quarter", "-1q"),
    ("last quarter", "-1q"),
    ("last month", "-1m"),
    ("the month before", "-1m"),
    ("in previous years", "-y"),
    ("since the last inspection", "-i"),
    ("the last Ofsted inspection", "-i"),
    ("in the coming year", "+1y"),
    ("next year", "+1y"),
]


@pytest.mark.parametrize(("text", "normal"), RELATIVE)
def test_a_period_that_is_told_from_another(text: str, normal: str) -> None:
    assert shown(text) == [f"{normal} relative"]


CELLS = [
    ("2019 (Q1)", "2019-20Q1 quarter"),
    ("Q1 (Apr-Jun)", "2023-24Q1 quarter"),
    ("Q1 2022/23 (Apr - Jun 22)", "2022-23Q1 quarter"),
    ("Latest quarter", "now now"),
    ("12m to Mar 23", "12m:2023-03-31 rolling"),
    ("R12 Dec 22", "12m:2022-12-31 rolling"),
    ("L12M to Dec 22", "12m:2022-12-31 rolling"),
    ("22-23", "2022-23 financial_year"),
    ("3-year average 2018/19 - 2020/21", "2018-21 average"),
    ("2018/19 to 2020/21", "2018-21 average"),
    ("AY 2021/22", "2021-22 financial_year"),
    ("YTD Dec 22", "2022-04-01/2022-12-31 span"),
    ("Year to date (April to December 2022)", "2022-04-01/2022-12-31 span"),
    ("April - December 2022 (YTD)", "2022-04-01/2022-12-31 span"),
    ("Yr end 21/22", "2022-03-31 year_end"),
    ("EOY 2021-22", "2022-03-31 year_end"),
    ("YE Mar 22", "2021-22 financial_year"),
    ("01.04.2022-31.03.2023", "2022-23 financial_year"),
    ("01/04/22 to 31/03/23", "2022-23 financial_year"),
    ("the year 2021 to 2022", "2021-22 financial_year"),
    ("Apr22", "2022-04 month"),
    ("Mar'23", "2023-03 month"),
    ("w/c 15th March 2021", "2021-03-15 date"),
    ("May", "2023-05 month"),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_the_short_forms_of_table_headers_and_scorecards(text: str, expected: str) -> None:
    assert shown(text) == [expected]


def test_two_figure_pairs_that_may_be_ages_are_no_years() -> None:
    assert shown("16-17") == shown("18-19") == []


UNDATED = [
    ("as at 31 March", "--03-31"),
    ("in November", "--11"),
    ("in quarter 3", "Q3"),
]


@pytest.mark.parametrize(("text", "normal"), UNDATED)
def test_without_a_reference_a_day_or_month_stays_without_its_year(text: str, normal: str) -> None:
    assert shown(text, None) == [f"{normal} relative"]


TITLES = [
    "the Children Act 1989",
    "the Children Act (2004)",
    "the Care Act 2014",
    "the 2014 Act",
    "under the Regulations 2010",
    "Working Together 2018",
    "Working Together to Safeguard Children 2015",
    "the Early Help Strategy 2021-24",
    "the Business Plan 2023-2024",
    "version 2023",
    "the sufficiency plan 2014-17",
    "a strategy for 2014–19",
    "the 2012–15 business plan",
    "(DfE, 2024c)",
    "(NHS England, ADCS, 2019)",
    "(Smith et al., 2023)",
    "Smith, G. (2023)",
]


@pytest.mark.parametrize("text", TITLES)
def test_the_year_of_a_law_plan_or_book_is_a_title(text: str) -> None:
    assert [found.form for found in find_periods(text, REFERENCE)] == ["title"]


NO_PERIOD = [
    "open 24/7",
    "1/3 of them",
    "a 50/50 split",
    "0-18 services",
    "16-17 year olds",
    "16/17 year olds",
    "aged 14/15",
    "18-25",
    "2:1",
    "10/15 days",
    "14/15 children were seen",
    "There were 2017 children",
    "489 per 10,000 (2,017)",
    "over 2000 referrals",
    "£2015 each",
    "2014.5 hours",
    "2016%",
    "E08000031 and 0300 123 1231",
    "reference 2016/0123",
    "we may attend; they march on; the second may follow",
    "May we ask",
    "Cllr April Smith and June Brown",
    "kept up to date",
    "by noon at the latest",
    "an up-to-date plan",
    "a two-year-old; year 11 pupils",
    "3 of 7 and 12 to 15",
    "the latest inspection report",
    "see https://example.org/2014-15/march-2016.html",
    "five years before taking exams",
    "",
    " ",
]


@pytest.mark.parametrize("text", NO_PERIOD)
def test_what_only_looks_like_a_period(text: str) -> None:
    assert shown(text) == []


PREPOSITIONS = [
    ("at 31 March 2016", "at"),
    ("as at 31 March 2016", "as at"),
    ("since 2014", "since"),
    ("since the inspection in 2014", "since"),
    ("by 2021", "by"),
    ("from 2023", "from"),
    ("until March 2015", "until"),
    ("up to March 2015", "up to"),
    ("during 2014-15", "during"),
    ("for the year 2014-15", "for"),
    ("in early 2015", "in"),
    ("in the last 12 months", "in"),
    ("at the end of quarter 3 2015-16", "at the end of"),
    ("end of quarter 3 2015-16", "end of"),
    ("compared with 2014-15", "compared with"),
    ("prior to March 2015", "prior to"),
    ("2014-15", None),
    ("performance 2014-15", None),
]


@pytest.mark.parametrize(("text", "preposition"), PREPOSITIONS)
def test_the_preposition_before_is_kept(text: str, preposition: str | None) -> None:
    assert [found.preposition for found in find_periods(text, REFERENCE)] == [preposition]


BOUNDS = [
    ("2014-15", dt.date(2014, 4, 1), dt.date(2015, 3, 31)),
    ("academic year 2014-15", dt.date(2014, 9, 1), dt.date(2015, 8, 31)),
    ("2018", dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
    ("February 2016", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
    ("Q4 2014-15", dt.date(2015, 1, 1), dt.date(2015, 3, 31)),
    ("2011-14", dt.date(2011, 4, 1), dt.date(2014, 3, 31)),
    ("12 months to 30 June 2015", dt.date(2014, 7, 1), dt.date(2015, 6, 30)),
    ("12 months to 15 June 2015", dt.date(2014, 6, 16), dt.date(2015, 6, 15)),
    ("31 March 2016", dt.date(2016, 3, 31), dt.date(2016, 3, 31)),
    ("currently", None, REFERENCE),
    ("last year", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_the_first_and_last_day(text: str, first: dt.date | None, last: dt.date | None) -> None:
    [found] = find_periods(text, REFERENCE)
    assert (found.first, found.last) == (first, last)


SEVERAL = [
    ("rose from 5 at 31 March 2015 to 7 at 31 March 2016", ["2015-03-31 date", "2016-03-31 date"]),
    ("from March 2014 to March 2015", ["2014-03 month", "2015-03 month"]),
    ("between 31 March 2015 and 31 March 2016", ["2015-03-31 date", "2016-03-31 date"]),
    ("6.5% in 2016/17, 7% in 2017/18 and 8% now", ["2016-17 financial_year", "2017-18 financial_year", "now now"]),
    ("Q1 2022-23 Q2 2022-23", ["2022-23Q1 quarter", "2022-23Q2 quarter"]),
    ("2012–13 2013–14 2014–15", ["2012-13 financial_year", "2013-14 financial_year", "2014-15 financial_year"]),
    ("October 2022 figure; November's was higher", ["2022-10 month", "2022-11 month"]),
    ("as at 31 March 2015, 30 June 2015", ["2015-03-31 date", "2015-06-30 date"]),
    ("under the Children Act 1989 in 2014-15", ["1989 title", "2014-15 financial_year"]),
    ("at 31 March 2021, 2022 and 2023", ["2021-03-31 date", "2022-03-31 date", "2023-03-31 date"]),
    ("in March 2021 and 2022", ["2021-03 month", "2022-03 month"]),
    ("fell from 2012-13 to 2014-15", ["2012-13 financial_year", "2014-15 financial_year"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_periods_in_one_sentence(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


PIECES = st.sampled_from(
    [
        "31",
        "March",
        "2016",
        "2014-15",
        "/",
        "-",
        "–",
        "to",
        "the",
        "end",
        "of",
        "year",
        "Q3",
        "12 months",
        "last",
        "22",
        "'",
        "(",
        ")",
        ",",
        " ",
        "\n",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_periods_are_in_order_apart_and_quote_their_text(text: str) -> None:
    end = 0
    for found in find_periods(text, REFERENCE):
        assert found.start >= end
        assert found.end > found.start
        assert found.text == text[found.start : found.end]
        assert found.text == found.text.strip()
        assert found.first is None or found.last is None or found.first <= found.last
        end = found.end


@given(st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31)))
def test_every_date_is_read_back_from_its_words(day: dt.date) -> None:
    assert shown(f"at {day.day} {day:%B %Y}, stable") == [f"{day.isoformat()} date"]
    assert shown(f"at {day:%d/%m/%Y}, stable") == [f"{day.isoformat()} date"]


@given(st.integers(1990, 2034), st.integers(1, 4))
def test_a_quarter_is_the_span_of_its_months(year: int, number: int) -> None:
    found = quarter(year, number)
    assert found.first is not None
    assert found.last is not None
    assert span(found.first, found.last) == found
    assert months_to(found.last, 3) == found


def test_years_that_do_not_follow_each_other_are_no_period() -> None:
    assert years_between("2014", "13") is None
    assert years_between("2014", "2014") is None
    assert years_between("2000", "2030") is None
