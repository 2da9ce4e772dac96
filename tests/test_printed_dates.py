"""Dates that title pages and file names print."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.printed_dates import find_printed_dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5 July 2023", "2023-07-05", "2023-07-05"),
        ("Wednesday, 17th March 2021 at 6.00 pm", "2021-03-17", "2021-03-17"),
        ("04 May 2018", "2018-05-04", "2018-05-04"),
        ("1st Sept 2019", "2019-09-01", "2019-09-01"),
        ("25/11/2016", "2016-11-25", "2016-11-25"),
        ("30.03.23", "2023-03-30", "2023-03-30"),
        ("2021-03-17", "2021-03-17", "2021-03-17"),
        ("pack 20230727 final", "2023-07-27", "2023-07-27"),
        ("July 5, 2023", "2023-07-05", "2023-07-05"),
        ("June 2014", "2014-06-01", "2014-06-30"),
        ("Outcomes-July-2023", "2023-07-01", "2023-07-31"),
        # the first end of a span takes what it leaves out from the second
        ("28 March to 1 April 2022", "2022-03-28", "2022-04-01"),
        ("3 to 14 October 2022", "2022-10-03", "2022-10-14"),
        ("9–24 November 2017", "2017-11-09", "2017-11-24"),
        ("15-19 July 2013", "2013-07-15", "2013-07-19"),
        ("14 January 2014 – 5 February 2014", "2014-01-14", "2014-02-05"),
        ("16 January 2017–9 February 2017", "2017-01-16", "2017-02-09"),
        ("9 May to 20 May 2022", "2022-05-09", "2022-05-20"),
        ("14 December to 8 January 2016", "2015-12-14", "2016-01-08"),
    ],
)
def test_dates_and_spans_as_printed(text: str, first: str, last: str) -> None:
    (date,) = find_printed_dates(text)
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["31 June 2014", "2014", "1 to 3 children", "01902 555046", "12.5.3", "45/50/2016"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_printed_dates(text) == ()


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))
def test_every_day_is_read_back_in_each_form(day: dt.date) -> None:
    forms = (f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}", f"{day:%d/%m/%Y}", day.isoformat())
    assert [find_printed_dates(text)[0].first for text in forms] == [day] * 4
