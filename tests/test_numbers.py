"""Numbers in text: every row is a way in which English councils and inspectors print one, in our own words."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import find_numbers
from extractors.periods import find_periods
from schemas.records import Number

REFERENCE = dt.date(2023, 7, 27)


def numbers(text: str) -> tuple[Number, ...]:
    return find_numbers(text, find_periods(text, REFERENCE))


def only(text: str) -> Number:
    [found] = numbers(text)
    return found


VALUES = [
    ("1,380 children", 1380),
    ("1,234,567 people", 1234567),
    ("about 274 135 people", 274135),
    ("274\u00a0135", 274135),
    ("274\u202f135", 274135),
    ("20.4", 20.4),
    ("0.5 children", 0.5),
    ("it was .5% then", 0.5),
    ("four children", 4),
    ("Four children", 4),
    ("FOUR CHILDREN", 4),
    ("twenty-three children", 23),
    ("twenty three children", 23),
    ("Ninety-six per cent", 96),
    ("a hundred children", 100),
    ("one hundred and two children", 102),
    ("two hundred and fifty-six children", 256),
    ("three thousand children", 3000),
    ("three thousand two hundred and twelve children", 3212),
    ("1.2 million people", 1200000),
    ("12k followers", 12000),
    ("a dozen children", 12),
    ("half a dozen children", 6),
    ("none of them", 0),
    ("None is in a special school", 0),
    ("there are no children", 0),
    ("no child waited", 0),
    ("no unaccompanied children", 0),
    ("nil returns", 0),
    ("zero cases", 0),
    ("nineteen cases", 19),
    ("one child lives there", 1),
    ("one lives with parents", 1),
    ("only one placement broke down", 1),
    ("was 307in all", 307),
    ("was 4.8%of those", 4.8),
    ("a share of5% of", 5),
    ("2015 children", 2015),
    ("(2,017)", 2017),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_the_value_of_a_number(text: str, value: float) -> None:
    found = only(text)
    assert (found.value, found.role) == (value, "quantity")


UNITS = [
    ("20.4%", "percent"),
    ("20.4 %", "percent"),
    ("12 per cent", "percent"),
    ("12 percent", "percent"),
    ("12 Per Cent", "percent"),
    ("7.4 per cemt", "percent"),
    ("7.4 per cant", "percent"),
    ("12 percemt", "percent"),
    ("75 pct", "percent"),
    ("seven per cent", "percent"),
    ("2.5 percentage points", "points"),
    ("14% points", "points"),
    ("14 per cent points", "points"),
    ("one percentage point", "points"),
    ("10pp", "points"),
    ("10 ppts", "points"),
    ("509 days", "days"),
    ("33 working days", "days"),
    ("26 weeks", "weeks"),
    ("9.5 months", "months"),
    ("seventeen", None),
    ("12", None),
    ("12 per worker", None),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_the_unit_of_a_number(text: str, unit: str | None) -> None:
    found = [number for number in numbers(text) if number.role != "unit"]
    assert [number.unit for number in found] == [unit]


RATES = [
    ("354 per 10,000", ["354 quantity per_10000", "10,000 unit None"]),
    ("354.2 per 10000", ["354.2 quantity per_10000", "10000 unit None"]),
    ("44 per 10k", ["44 quantity per_10000", "10k unit None"]),
    ("44 per ten thousand", ["44 quantity per_10000", "ten thousand unit None"]),
    ("44 per 10 000", ["44 quantity per_10000", "10 000 unit None"]),
    ("44 children per 10,000", ["44 quantity per_10000", "10,000 unit None"]),
    ("44 (per 10,000)", ["44 quantity per_10000", "10,000 unit None"]),
    ("a rate of 44 per 10,000 children", ["44 quantity per_10000", "10,000 unit None"]),
    ("2.5 per 1,000 households", ["2.5 quantity per_1000", "1,000 unit None"]),
    ("30 per 100,000", ["30 quantity per_100000", "100,000 unit None"]),
    ("489 per 10,000 (2,017)", ["489 quantity per_10000", "10,000 unit None", "2,017 quantity None"]),
    ("12 children (45 per 10,000)", ["12 quantity None", "45 quantity per_10000", "10,000 unit None"]),
    ("the rate per 10,000 was 44.2", ["10,000 unit None", "44.2 quantity None"]),
]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_rates_and_their_base(text: str, expected: list[str]) -> None:
    assert [f"{found.text} {found.role} {found.unit}" for found in numbers(text)] == expected


APPROXIMATIONS = [
    ("around 40%", "about"),
    ("approximately 26,168 children", "about"),
    ("Approximately 26,168 children", "about"),
    ("about 3 children", "about"),
    ("circa 5", "about"),
    ("c. 600 children", "about"),
    ("~70 children", "about"),
    ("close to 70 children", "about"),
    ("in the region of 70 children", "about"),
    ("an estimated 70 children", "about"),
    ("almost 50%", "under"),
    ("nearly 50%", "under"),
    ("just under 50%", "under"),
    ("just below 50%", "under"),
    ("less than 50%", "under"),
    ("fewer than nine children", "under"),
    ("below 5%", "under"),
    ("<5 children", "under"),
    ("up to 70%", "under"),
    ("over 90%", "over"),
    ("just over 90%", "over"),
    ("more than 90%", "over"),
    ("slightly more than 90 children", "over"),
    ("at least 90 children", "over"),
    ("in excess of 90 children", "over"),
    ("just above 90%", "over"),
    (">90%", "over"),
    ("> 90%", "over"),
    ("300+ children", "over"),
    ("90%", "exact"),
    ("below the national figure of 5%", "exact"),
    ("over the year 90 children", "exact"),
    ("a little more: 90 children", "exact"),
]


@pytest.mark.parametrize(("text", "approximation"), APPROXIMATIONS)
def test_the_words_directly_before_say_how_near(text: str, approximation: str) -> None:
    assert only(text).approximation == approximation


SIGNS = [
    ("501 (-21) children", [(501, False), (-21, True)]),
    ("501 (–21) children", [(501, False), (-21, True)]),
    ("501 (+341) children", [(501, False), (341, True)]),
    ("a change of -10.7%", [(-10.7, True)]),
    ("a change of −10.7%", [(-10.7, True)]),
    ("+3 on the month", [(3, True)]),
    ("- 12 children", [(12, False)]),
    ("children - 12 of them", [(12, False)]),
    ("children – 12 of them", [(12, False)]),
    ("children –12 of them", [(12, False)]),
]


@pytest.mark.parametrize(("text", "expected"), SIGNS)
def test_a_sign_is_glued_to_its_number(text: str, expected: list[tuple[float, bool]]) -> None:
    assert [(found.value, found.signed) for found in numbers(text)] == expected


RANGES = [
    ("10-15%", [(10, 15, "percent")]),
    ("10–15 per cent", [(10, 15, "percent")]),
    ("10% to 15%", [(10, 15, "percent")]),
    ("between 10 and 15%", [(10, 15, "percent")]),
    ("between 10% and 15%", [(10, 15, "percent")]),
    ("298 to 445 a month", [(298, 445, None)]),
    ("ranging from 298 to 445", [(298, 445, None)]),
    ("four to six cases", [(4, 6, None)]),
    ("caseloads of 15 to 20", [(15, 20, None)]),
    ("rose from 298 to 445", [(298, None, None), (445, None, None)]),
    ("increased from 10% to 15%", [(10, None, "percent"), (15, None, "percent")]),
    ("reduced 298 to 245", [(298, None, None), (245, None, None)]),
    ("445 to 298", [(445, None, None), (298, None, None)]),
    ("12 and 15", [(12, None, None), (15, None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range_is_one_number_and_a_change_is_two(
    text: str, expected: list[tuple[float, float | None, str | None]]
) -> None:
    assert [(found.value, found.high, found.unit) for found in numbers(text)] == expected


ROLES = [
    # money
    ("£2.6 million", "money"),
    ("£2.6m", "money"),
    ("£1,200", "money"),
    ("£ 1,200", "money"),
    ("50p each", "money"),
    ("12 million pounds", "money"),
    # ages
    ("aged 16", "age"),
    ("aged 16 to 18", "age age"),
    ("aged 16-18", "age age"),
    ("aged between 16 and 18", "age age"),
    ("aged under five", "age"),
    ("aged over 18", "age"),
    ("children under 18", "age"),
    ("children under five", "age"),
    ("those under the age of 18", "age"),
    ("under 18s", "age"),
    ("over 16s", "age"),
    ("under-5s", "age"),
    ("16 and 17 year olds", "age age"),
    ("16- and 17-year-olds", "age age"),
    ("16/17 year olds", "age age"),
    ("19-21 year-olds", "age age"),
    ("two-year-olds", "age"),
    ("for 7–11 year olds", "age age"),
    ("from birth to 19 years", "age"),
    ("a 2-year-old", "age"),
    ("three- and four-year-olds", "age age"),
    ("19 year old", "age"),
    ("0-17 population", "age age"),
    ("0–25 service", "age age"),
    ("ages 5 to 11", "age age"),
    ("age 2", "age"),
    ("the age of 18", "age"),
    ("16 years of age", "age"),
    ("post-16 education", "age"),
    ("post 16 education", "age"),
    ("his 18th birthday", "age"),
    ("18 and over", "age"),
    ("key stage 2", "age"),
    ("Key Stages 1 and 2", "age age"),
    ("KS2", "age"),
    ("in year 11", "age"),
    ("Years 7 to 11", "age age"),
    # times and telephones
    ("at 6.00 pm", "time"),
    ("at 6pm", "time"),
    ("at 18:00", "time time"),
    ("Speaker 1:33:27", "time time time"),
    ("open 24/7", "time time"),
    ("0300 123 1231", "phone phone phone"),
    ("Tel: 01902 555046", "phone phone"),
    ("+44 20 7946 0000", "phone phone phone phone"),
    # references
    ("paragraph 15", "reference"),
    ("paragraphs 15, 16 and 20", "reference reference reference"),
    ("page 33", "reference"),
    ("page 3 of 12", "reference reference"),
    ("section 47 enquiries", "reference"),
    ("a s47 enquiry", "reference"),
    ("s.47", "reference"),
    ("Section 20", "reference"),
    ("regulation 24", "reference"),
    ("scorecard A10", "reference"),
    ("A1", "reference"),
    ("Agenda Item No: 7", "reference"),
    ("Table 3", "reference"),
    ("Figure 2 shows", "reference"),
    ("Appendix 1", "reference"),
    ("SCC/016", "reference"),
    ("Level 3", "reference"),
    ("at level 3", "reference"),
    ("stage two", "reference"),
    ("version 2", "reference"),
    ("version 1.2.3", "reference"),
    ("Tier 2", "reference"),
    ("Band 3", "reference"),
    ("WV1 1SH", "reference reference"),
    ("E08000031", "reference"),
    ("see http://example.org/12/3 or", "reference reference"),
    ("write to team12@example.org now", "reference"),
    ("recommendation 4", "reference"),
    ("(recommendations 4 and 5)", "reference reference"),
    ("COVID-19", "reference"),
    ("Covid 19", "reference"),
    ("Power2", "reference"),
    ("MASH24", "reference"),
    ("H2O", "reference"),
    ("B12", "reference"),
    ("a 2:1 degree", "reference reference"),
    ("1:1 support", "reference reference"),
    ("URN: 80583", "reference"),
    ("a 50/50 split", "reference reference"),
    # list numbers
    ("1.1 The council", "list_number"),
    ("12. The council", "list_number"),
    ("3) The council", "list_number"),
    ("15 In the borough", "list_number"),
    # ordinals and ranks
    ("the 2nd", "ordinal"),
    ("first placement", "ordinal"),
    ("the third", "ordinal"),
    ("the second-highest", "ordinal"),
    ("second or subsequent plan", "ordinal"),
    ("54th", "ordinal"),
    ("ranked 54th", "rank"),
    ("ranked 12 out of 152", "rank rank"),
    ("3rd out of 10", "rank rank"),
    ("the top 10", "rank"),
    # limits
    ("within 45 days", "timescale"),
    ("within 15 working days", "timescale"),
    ("within ten working days", "timescale"),
    ("within one working day", "timescale"),
    ("issued in 20 weeks", "timescale"),
    ("within 24 hours", "timescale"),
    ("72 hours", "timescale"),
    ("every 6 weeks", "timescale"),
    ("every six weeks", "timescale"),
    ("a 26-week target", "timescale"),
    ("the 45 day timescale", "timescale"),
    ("two years or more", "timescale"),
    ("for 2.5 years or more", "timescale"),
    ("for at least 12 months", "timescale"),
    ("for more than two years", "timescale"),
    ("a three-year plan", "timescale"),
    # thresholds
    ("three or more placements", "threshold"),
    ("3 or more placements", "threshold"),
    ("fewer than three placements", "threshold"),
    ("less than 3 placements", "threshold"),
    ("grade 4 or above", "threshold"),
    ("grades 9 to 4", "threshold threshold"),
    ("five A* to C", "threshold"),
    ("five good GCSEs", "threshold"),
    ("five or more", "threshold"),
    ("more than 20 miles", "threshold"),
    ("over 20 miles away", "threshold"),
    ("two or more", "threshold"),
    ("more than one worker", "threshold"),
    # pronouns
    ("no one knows", "pronoun"),
    ("one of the best", "pronoun"),
    ("one of these", "pronoun"),
    ("one another", "pronoun"),
    ("one-to-one", "pronoun pronoun"),
    ("one to one", "pronoun pronoun"),
    ("a one-stop shop", "pronoun"),
    ("from day one", "pronoun"),
    ("this one", "pronoun"),
    ("one or more", "pronoun"),
    ("zero tolerance", "pronoun"),
    # fractions
    ("half of them", "fraction"),
    ("a third of them", "fraction"),
    ("two thirds", "fraction"),
    ("two-thirds", "fraction"),
    ("three quarters of them", "fraction"),
    ("a quarter of them", "fraction"),
    ("one in five", "fraction"),
    ("one in 10 children", "fraction"),
    ("1/3 of them", "fraction"),
    # comparisons
    ("three times the rate", "comparison"),
    ("missed it by 48 days", "comparison"),
    ("three times a year", "timescale"),
    ("young people (under 18 years)", "age"),
    ("more than one in eight children", "fraction"),
    ("a two-fold rise", "comparison"),
    # bases
    ("12 out of 18", "quantity base"),
    ("12 of 18 cases", "quantity base"),
    ("12 of the 18 cases", "quantity base"),
    ("two of the three", "quantity base"),
    ("seven (39%) of 18", "quantity quantity base"),
    ("14/18 children", "quantity base"),
    # dates, when handed the periods
    ("at 31 March 2016", "date date"),
    ("in the last 12 months", "date"),
    ("in 2014-15", "date date"),
    ("30/03/2023", "date date date"),
    ("the Children Act 1989", "reference"),
    ("the Early Help Strategy 2021-24", "reference reference"),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_what_a_number_is(text: str, roles: str) -> None:
    assert " ".join(found.role for found in numbers(text)) == roles


NO_NUMBER = [
    "no further action was taken",
    "there is no evidence",
    "half-term holidays",
    "half siblings",
    "a quarterly report",
    "someone and everyone",
    "often, tenfold and weighty",
    "",
]


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert numbers(text) == ()


MEASURED = [
    ("proceedings take 33 weeks on average", "weeks"),
    ("within 27 weeks, above the average", "weeks"),
    ("in 33.5 weeks", "weeks"),
    ("an average of 509 days between", "days"),
    ("the average was 162 days", "days"),
]


@pytest.mark.parametrize(("text", "unit"), MEASURED)
def test_a_measured_time_is_no_time_limit(text: str, unit: str) -> None:
    found = only(text)
    assert (found.role, found.unit) == ("quantity", unit)


SENTENCES = [
    ("At 31 March 2016 there were 12 children", "31=date 2016=date 12=quantity"),
    ("In 2014-15, 11% (25) left through orders", "2014=date 15=date 11%=quantity 25=quantity"),
    ("a fall from 640 (38 per 10,000) to 612", "640=quantity 38=quantity 10,000=unit 612=quantity"),
    ("82% (3,045) were completed within 45 days", "82%=quantity 3,045=quantity 45=timescale"),
    ("of 19 to 21 year olds, 61% were in work", "19=age 21=age 61%=quantity"),
    ("Two children aged 16 and 17", "Two=quantity 16=age 17=age"),
    ("six GCSEs for 12 pupils", "six=threshold 12=quantity"),
    ("needs met. 58. The team of five", "58=list_number five=quantity"),
    ("22 live in homes, of whom 14% moved", "22=quantity 14%=quantity"),
    ("see paragraph 12. There were 30 cases", "12=reference 30=quantity"),
    ("five (3.75%) of the 133", "five=quantity 3.75%=quantity 133=base"),
    ("£1.2 million for 300 children", "1.2 million=money 300=quantity"),
    ("No further action 12", "12=quantity"),
    ("69% and 85% respectively", "69%=quantity 85%=quantity"),
    ("nine were adopted, none by relatives", "nine=quantity none=quantity"),
]


SHARED_UNITS = [
    ("rose from 60 to 65%", ["percent", "percent"]),
    ("fell from 60 to 55 per cent", ["percent", "percent"]),
    ("43 and 45 per cent respectively", ["percent", "percent"]),
    ("10, 12 and 15%", ["percent", "percent", "percent"]),
    ("fell from 509 to 480 days", ["days", "days"]),
    ("rose from 44 to 50 per 10,000", ["per_10000", "per_10000", None]),
    ("there were 12, 15% of them", [None, "percent"]),
    ("12 boys and 15%", [None, "percent"]),
    ("12 and 480 days", [None, "days"]),
]


@pytest.mark.parametrize(("text", "units"), SHARED_UNITS)
def test_a_unit_printed_once_serves_both_numbers(text: str, units: list[str | None]) -> None:
    assert [found.unit for found in numbers(text)] == units


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_numbers_of_a_sentence(text: str, expected: str) -> None:
    assert " ".join(f"{found.text}={found.role}" for found in numbers(text)) == expected


def test_a_fraction_in_words_is_one_number_with_its_value() -> None:
    assert only("two thirds of them").value == pytest.approx(0.667, abs=0.001)
    assert only("one in five").value == pytest.approx(0.2)
    assert only("half of them").value == 0.5


PIECES = st.sampled_from(
    [
        "1",
        "12",
        "2,017",
        "20.4",
        "%",
        "per",
        "cent",
        "10,000",
        "one",
        "no",
        "children",
        "of",
        "the",
        "to",
        "-",
        "–",
        "(",
        ")",
        "£",
        ".",
        "/",
        "in",
        "year",
        "olds",
        "within",
        "days",
        "hundred",
        "and",
        "twenty",
        "half",
        "a",
        "31",
        "March",
        "2016",
        "+",
        " ",
        "s47",
        "aged",
        "out",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))


@given(TEXTS)
def test_every_run_of_figures_lies_in_exactly_one_number(text: str) -> None:
    found = numbers(text)
    for run in re.finditer(r"\d+", text):
        assert sum(number.start <= run.start() and run.end() <= number.end for number in found) == 1


@given(TEXTS)
def test_numbers_are_in_order_apart_and_quote_their_text(text: str) -> None:
    end = 0
    for found in numbers(text):
        assert found.start >= end
        assert found.end > found.start
        assert found.text == text[found.start : found.end]
        end = found.end


@given(st.integers(0, 9_999_999))
def test_a_count_is_read_back_from_its_figures(value: int) -> None:
    assert only(f"there were {value:,} of them").value == value


ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
TEENS = [*ONES, "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int) -> str:
    if value >= 1000:
        rest = value % 1000
        return f"{in_words(value // 1000)} thousand" + (
            f" {'and ' if rest < 100 else ''}{in_words(rest)}" if rest else ""
        )
    if value >= 100:
        return f"{TEENS[value // 100 - 1]} hundred" + (f" and {in_words(value % 100)}" if value % 100 else "")
    if value < 20:
        return TEENS[value - 1]
    return TENS[value // 10 - 2] + (f"-{TEENS[value % 10 - 1]}" if value % 10 else "")


@given(st.integers(1, 99_999))
def test_a_count_is_read_back_from_its_words(value: int) -> None:
    assert only(f"there were {in_words(value)} children").value == value
