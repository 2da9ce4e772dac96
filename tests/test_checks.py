"""The checks: each fires on what it is for, and is silent about what looks like it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checked_rows import comparisons, know, rows_to_frame
from extractors.checks import (
    NAMES,
    OF_DOCUMENTS,
    OF_SERIES,
    check_documents,
    check_series,
    names_of_failed,
    without_told_jumps,
)
from extractors.checks_of_values import differs_from_official
from schemas.arrow import rows_to_table
from schemas.codes import CHECKS
from schemas.records import Observation, OfficialValue
from tests.make_dataset import DUDLEY, ENGLAND, NEXT_DOOR, PACK, UNITS, WOLVERHAMPTON, observation, period_to_span

UNITS.update(
    cla_rate="per_10000", cpp_count="count", cpp_rate="per_10000", uasc_count="count", sw_turnover_pct="percent", sw_vacancy_pct="percent",
    cla_outside_area_count="count", cla_outside_area_pct="percent", care_leavers_eet_pct="percent", care_leavers_neet_pct="percent",
    cla_3_placements_pct="percent", cla_under_3_placements_pct="percent", cla_foster_count="count", cla_residential_count="count",
    adoptions_count="count", rereferrals_pct="percent", population_0_17_count="count", icpc_in_time_pct="percent",
    cla_health_assessment_pct="percent", cin_count="count", cin_rate="per_10000", contacts_count="count",
)  # fmt: skip


def stated(indicator: str, value: float, period: str = "2023-03-31", **more: object) -> Observation:
    """One figure of the pack on Wolverhampton, with `printed` for the characters and anything that `observation` takes."""
    printed = more.pop("printed", None)
    area, document = more.pop("area", WOLVERHAMPTON), more.pop("document", PACK)
    row = observation(document, indicator, area, period, value, **more)  # type: ignore[arg-type]
    row = replace(row, value_text=str(printed)) if printed is not None else row
    return replace(row, period_end=row.period_end or PACK.period_of_reference)


def official(
    indicator: str, value: float, period: str, area: str = WOLVERHAMPTON, vintage: str = "1", **more: object
) -> OfficialValue:
    return OfficialValue(
        indicator,
        area,
        period,
        period_to_span(period)[1],
        value,
        UNITS[indicator],
        "a release",
        vintage,
        **more,  # type: ignore[arg-type]
    )


def failed(rows: Sequence[Observation], known: Sequence[OfficialValue] = ()) -> list[tuple[str, ...]]:
    """The names of the checks that each row fails."""
    table = rows_to_table(Observation, rows)
    against = know(rows_to_table(OfficialValue, known))
    of_documents = check_documents(table, comparisons(table, against), against)
    of_series = without_told_jumps(check_series(table, against), table.column("quote"))
    return [tuple(names) for names in names_of_failed(of_documents, of_series).to_pylist()]


def test_every_check_is_explained_as_its_function_explains_itself() -> None:
    functions = {**OF_DOCUMENTS, **OF_SERIES, differs_from_official.__name__: differs_from_official}
    assert tuple(CHECKS) == NAMES
    for name, function in functions.items():
        told = (function.__doc__ or "").partition("\n")[0].rstrip(".")
        assert CHECKS[name].casefold().startswith(told.casefold()[:60])


def test_nothing_stated_and_nothing_known_fails_nothing() -> None:
    assert failed([]) == []
    assert failed([stated("cla_count", 501)]) == [()]


# ---- one figure by itself ----


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (stated("cla_count", 25), False),
        (stated("cla_count", 3), True),
        (stated("cla_count", 83000, area=ENGLAND), False),
        (stated("cla_count", -4), True),
        (stated("cla_count", -21, kind="change"), False),
        (stated("cla_outside_area_pct", 59.4), False),
        (stated("cla_outside_area_pct", 594), True),
        (stated("sw_vacancy_pct", 83), True),
        (stated("referrals_rate", 20, "2023-01"), True),
        (stated("contacts_count", 0, kind="average"), False),
        (stated("contacts_count", 0, "2022-23"), True),
    ],
)
def test_what_the_catalogue_holds_impossible_is_out_of_range(row: Observation, fires: bool) -> None:
    assert ("out_of_range" in failed([row])[0]) == fires


def test_a_count_many_times_that_of_its_area_at_that_time_is_out_of_range() -> None:
    known = [official("cla_count", 640, "2020-03-31"), official("cla_count", 120, "2010-03-31")]
    rows = [
        stated("cla_count", 2100, "2021-03-31"),
        stated("cla_count", 150, "2010-03-31"),
        stated("cla_count", 2100, "2015-03-31"),
    ]
    assert ["out_of_range" in names for names in failed(rows, known)] == [True, False, False]


def test_a_share_far_from_that_of_every_authority_is_out_of_range() -> None:
    known = [official("sw_turnover_pct", 10 + n % 20, "2020", area=f"E0{n}") for n in range(200)]
    assert failed([stated("sw_turnover_pct", 60, "2022-23"), stated("sw_turnover_pct", 35, "2021-22")], known) == [
        ("out_of_range",),
        (),
    ]


def test_a_figure_less_sure_than_asked_for_is_marked_unless_a_person_confirmed_it() -> None:
    unsure = stated("cla_count", 501, confidence=0.4)
    assert failed([unsure, replace(unsure, observation_id="b", reviewed="accepted")]) == [("low_confidence",), ()]


# ---- against official values ----


@pytest.mark.parametrize(
    ("value", "printed", "period", "outcome"),
    [
        (498, "498", "2023-03-31", "agrees"),
        (501, "501", "2023-03-31", "differs"),
        (498, "498", "2023-03", "agrees"),
        (498, "498", "2022-23", "agrees"),
    ],
)
def test_a_stock_is_the_same_whether_told_by_its_day_its_month_or_its_year(
    value: float, printed: str, period: str, outcome: str
) -> None:
    table = rows_to_table(Observation, [stated("cla_count", value, period, printed=printed)])
    compared = comparisons(table, know(rows_to_table(OfficialValue, [official("cla_count", 498, "2023-03-31")])))
    assert compared.column("outcome").to_pylist() == [outcome]


@pytest.mark.parametrize(
    ("stated_value", "printed", "official_value", "approximation", "outcome"),
    [
        (19, "19%", 19.4, "exact", "rounding"),
        (19, "19%", 19.6, "exact", "differs"),
        (19.0, "19.0%", 19.4, "exact", "differs"),
        (19.43, "19.43%", 19.4, "exact", "rounding"),
        (20, "20%", 19.4, "about", "rounding"),
        (19, "19%", 20.1, "over", "rounding"),
        (19, "19%", 18.0, "over", "differs"),
        (19, "19%", 18.0, "under", "rounding"),
    ],
)
def test_values_agree_to_the_rounding_of_either(
    stated_value: float, printed: str, official_value: float, approximation: str, outcome: str
) -> None:
    row = stated("rereferrals_pct", stated_value, "2022-23", printed=printed, approximation=approximation)
    compared = comparisons(
        rows_to_table(Observation, [row]),
        know(rows_to_table(OfficialValue, [official("rereferrals_pct", official_value, "2022-23")])),
    )
    assert compared.column("outcome").to_pylist() == [outcome]


def test_published_counts_are_rounded_to_ten() -> None:
    row = stated("cla_count", 83844, area=ENGLAND, printed="83,844")
    known = [official("cla_count", 83840, "2023-03-31", area=ENGLAND)]
    compared = comparisons(rows_to_table(Observation, [row]), know(rows_to_table(OfficialValue, known)))
    assert compared.column("outcome").to_pylist() == ["rounding"]


def test_of_two_editions_the_one_that_agrees_is_told_and_that_the_other_does_not() -> None:
    known = [
        official("cla_count", 498, "2023-03-31", vintage="2"),
        official("cla_count", 501, "2023-03-31", vintage="1"),
    ]
    compared = comparisons(
        rows_to_table(Observation, [stated("cla_count", 501)]), know(rows_to_table(OfficialValue, known))
    )
    assert compared.column("outcome").to_pylist() == ["vintage"]
    assert compared.column("vintage").to_pylist() == ["1"]


def test_twelve_months_to_march_are_the_financial_year_and_a_bare_year_is_held_against_any_that_ends_in_it() -> None:
    known = [official("rereferrals_pct", 21.2, "2022-23")]
    rows = [
        stated("rereferrals_pct", 23.1, "12m:2023-03-31"),
        stated("rereferrals_pct", 21.2, "2023"),
        stated("rereferrals_pct", 9, "12m:2023-06-30"),
    ]
    compared = comparisons(rows_to_table(Observation, rows), know(rows_to_table(OfficialValue, known)))
    assert compared.column("basis").to_pylist() == ["period", "year"]


def test_what_no_date_tells_is_not_compared_and_neither_is_a_value_that_is_not_believed() -> None:
    known = [
        official("cla_count", 498, "2023-03-31", checks=("out_of_range",)),
        official("cla_count", 512, "2022-03-31"),
    ]
    rows = [stated("cla_count", 501), replace(stated("cla_count", 511, "now"), period_end=dt.date(2022, 3, 31))]
    assert comparisons(rows_to_table(Observation, rows), know(rows_to_table(OfficialValue, known))).num_rows == 0


def test_another_definition_is_not_compared_with() -> None:
    known = know(rows_to_table(OfficialValue, [official("care_leavers_eet_pct", 56, "2023-03-31")]))
    rows = [
        stated("care_leavers_eet_pct", 64, variant="aged_17_18"),
        stated("care_leavers_eet_pct", 57, variant="aged_19_21"),
        stated("care_leavers_eet_pct", 58),
    ]
    compared = comparisons(rows_to_table(Observation, rows), known)
    assert sorted(compared.column("difference").to_pylist()) == [1, 2]


@pytest.mark.parametrize(
    ("value", "area", "known", "fires"),
    [
        (510, WOLVERHAMPTON, 498, False),
        (600, WOLVERHAMPTON, 498, True),
        (90000, ENGLAND, 83840, True),
        (83900, ENGLAND, 83840, False),
    ],
)
def test_small_differences_are_local_counting_and_large_ones_are_marked(
    value: float, area: str, known: float, fires: bool
) -> None:
    names = failed([stated("cla_count", value, area=area)], [official("cla_count", known, "2023-03-31", area=area)])[0]
    assert ("differs_from_official" in names) == fires


# ---- figures that belong together ----


@pytest.mark.parametrize(
    ("quote", "printed", "value", "fires"),
    [
        ("In all, 369 of 626 children (59%) live outside the borough.", "59%", 59, False),
        ("In all, 369 of 626 children (39%) live outside the borough.", "39%", 39, True),
        ("Some 59% (369 out of 626) live outside the borough.", "59%", 59, False),
        ("Some 65% (369/626) live outside the borough.", "65%", 65, True),
        ("Of these, 0 of 12 children (0%) live outside.", "0%", 0, False),
        ("In 2 of 626 cases (59%) and 40% elsewhere", "40%", 40, False),
    ],
)
def test_the_three_numbers_of_a_share_fit(quote: str, printed: str, value: float, fires: bool) -> None:
    row = stated("cla_outside_area_pct", value, printed=printed, quote=quote)
    assert ("share_does_not_add_up" in failed([row])[0]) == fires


def test_a_share_fits_the_count_and_the_whole_that_stand_elsewhere_in_the_document() -> None:
    rows = [
        stated("cla_count", 626),
        stated("cla_outside_area_count", 369),
        stated("cla_outside_area_pct", 59, printed="59%"),
    ]
    assert failed(rows) == [(), (), ()]
    wrong = [*rows[:2], stated("cla_outside_area_pct", 49, printed="49%")]
    assert failed(wrong) == [(), ("share_does_not_add_up",), ("share_does_not_add_up",)]


def test_what_makes_a_hundred_makes_a_hundred() -> None:
    rows = [
        stated("cla_3_placements_pct", 9.2, printed="9.2%"),
        stated("cla_under_3_placements_pct", 91, printed="91%"),
    ]
    assert failed(rows) == [(), ()]
    assert "share_does_not_add_up" in failed([rows[0], stated("cla_under_3_placements_pct", 80)])[0]


def test_a_rate_and_a_count_imply_the_population_of_the_area() -> None:
    known = [official("population_0_17_count", 63000, "2022-06-30")]
    good = [stated("cla_count", 501), stated("cla_rate", 79.5, printed="79.5")]
    bad = [stated("cpp_count", 230), stated("cpp_rate", 24.5, printed="24.5")]
    assert failed(good, known) == [(), ()]
    assert failed(bad, known) == [("rate_and_count_disagree",)] * 2
    assert failed(bad) == [(), ()], "one pair has nothing to be held against"


def test_the_population_is_also_what_published_counts_and_rates_imply() -> None:
    known = [official("cla_count", 640, "2020-03-31"), official("cla_rate", 103, "2020-03-31")]
    bad = [stated("cpp_count", 230, "2021-03-31"), stated("cpp_rate", 24.5, "2021-03-31", printed="24.5")]
    assert failed(bad, known)[0] == ("rate_and_count_disagree",)


def test_two_indicators_that_imply_one_population_clear_each_other() -> None:
    known = [official("population_0_17_count", 40000, "2022-06-30")]
    rows = [
        stated("cla_count", 194, printed="194"), stated("cla_rate", 41, printed="41"),
        stated("cpp_count", 248, printed="248"), stated("cpp_rate", 52, printed="52"),
    ]  # fmt: skip
    assert failed(rows, known) == [()] * 4


@pytest.mark.parametrize(
    ("rows", "fires"),
    [
        ((stated("uasc_count", 94), stated("cla_count", 1800)), False),
        ((stated("uasc_count", 94), stated("cla_count", 13)), True),
        ((stated("uasc_count", 94), stated("cla_count", 13, "2022-03-31")), False),
        ((stated("uasc_count", 94), stated("cla_count", 13, document=NEXT_DOOR)), False),
        ((stated("care_leavers_eet_pct", 66), stated("care_leavers_neet_pct", 22)), False),
        ((stated("care_leavers_eet_pct", 66), stated("care_leavers_neet_pct", 42)), True),
        ((stated("cla_foster_count", 320), stated("cla_residential_count", 60), stated("cla_count", 369)), True),
        ((stated("cla_foster_count", 320), stated("cla_residential_count", 40), stated("cla_count", 369)), False),
    ],
)
def test_parts_are_no_more_than_their_whole(rows: tuple[Observation, ...], fires: bool) -> None:
    assert all(("parts_exceed_total" in names) == fires for names in failed(rows))


def test_a_part_that_fits_another_whole_of_that_time_is_cleared_and_the_odd_whole_is_not() -> None:
    rows = [
        stated("cla_count", 542, "2023-02-28", page=2),
        stated("cla_count", 21, "2023-03-10", page=3),
        stated("cla_foster_count", 426, "2022-12-31"),
        stated("uasc_count", 15, "2022-12-31"),
    ]
    assert [("parts_exceed_total" in names) for names in failed(rows)] == [False, True, False, False]
    alone = [("parts_exceed_total" in names) for names in failed(rows[1:])]
    assert alone == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "fires"),
    [
        (stated("cla_count", 308), stated("cla_count", 294, page=2), True),
        (stated("cla_count", 308), stated("cla_count", 294, "2022-03-31", page=2), False),
        (stated("cla_count", 308), stated("cla_count", 294, document=NEXT_DOOR), False),
        (stated("cla_count", 308), stated("cla_count", 294, page=2, area=DUDLEY), False),
        (stated("rereferrals_pct", 23, "2022-23", printed="23%"), stated("rereferrals_pct", 23.1, "2022-23", printed="23.1%", page=2), False),
        (stated("rereferrals_pct", 16.7, "now", quote="It fell from 16.7% to 15%."), stated("rereferrals_pct", 15, "now", quote="It fell from 16.7% to 15%."), False),
        (stated("rereferrals_pct", 16.7, "now", quote="It is 16.7%."), stated("rereferrals_pct", 12, "now", quote="It is 12%.", page=2), True),
        (stated("adoptions_count", 45, "now", quote="In the last 12 months 45 were adopted."), stated("adoptions_count", 22, "now", quote="Since April 22 were adopted.", page=2), False),
        (stated("adoptions_count", 45, "now", quote="In the last 12 months 45 were adopted."), stated("adoptions_count", 40, "now", quote="Within the last twelve months there were 40.", page=2), True),
        (stated("cla_outside_area_pct", 90, approximation="over"), stated("cla_outside_area_pct", 92, page=2), False),
    ],
)  # fmt: skip
def test_a_document_that_states_two_values_for_one_claim_contradicts_itself(
    one: Observation, other: Observation, fires: bool
) -> None:
    assert [("contradicts_itself" in names) for names in failed([one, other])] == [fires, fires]


# ---- words of direction ----


@pytest.mark.parametrize(
    ("quote", "indicator", "earlier", "later", "fires"),
    [
        ("There are 700 children, an increase from 655 in 2022.", "cla_count", 655, 700, False),
        ("There are 600 children, an increase from 655 in 2022.", "cla_count", 655, 600, True),
        ("It has reduced from 23 to 31.", "rereferrals_pct", 23, 31, True),
        ("It has reduced from 31 to 23.", "rereferrals_pct", 31, 23, False),
        ("Timeliness has improved from 80 to 71.", "icpc_in_time_pct", 80, 71, True),
        ("Timeliness has improved from 71 to 80.", "icpc_in_time_pct", 71, 80, False),
        ("Repeat referrals improved from 23 to 31.", "rereferrals_pct", 23, 31, True),
        ("There was no increase from 655; there are 600.", "cla_count", 655, 600, False),
        ("A rise of 9% on 655 to 600", "cla_count", 655, 600, True),
        ("The fall in contacts did not change the 655, now 700.", "cla_count", 655, 700, False),
    ],
)
def test_words_of_direction_hold_of_the_numbers(
    quote: str, indicator: str, earlier: float, later: float, fires: bool
) -> None:
    rows = [stated(indicator, earlier, "2022-03-31", quote=quote), stated(indicator, later, "2023-03-31", quote=quote)]
    assert [("contradicts_direction" in names) for names in failed(rows)] == [fires, fires]


def test_the_later_value_may_stand_in_the_sentence_before() -> None:
    rows = [
        stated("cla_count", 765, "2022-03-31", quote="This is a reduction from 765 a year before."),
        stated("cla_count", 802, "2023-03-31", quote="At 31 March 2023, 802 children were looked after."),
    ]
    assert [("contradicts_direction" in names) for names in failed(rows)] == [True, True]


# ---- from one period to the next ----


def series(*values: float, indicator: str = "cla_count") -> list[Observation]:
    return [stated(indicator, value, f"{2018 + n}-03-31", page=n + 1) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "hits"),
    [
        ((600, 620, 640), []),
        ((600, 1974, 640), [1]),
        ((600, 1974), [0, 1]),
        ((600, 900), []),
        ((10, 40, 12), []),
        ((600, 1300, 2600), []),
    ],
)
def test_a_value_far_from_both_its_neighbours_jumps(values: tuple[float, ...], hits: list[int]) -> None:
    found = [n for n, names in enumerate(failed(series(*values))) if "jumps" in names]
    assert found == hits


def test_official_values_are_neighbours_too() -> None:
    known = [official("cla_count", 600, "2017-03-31"), official("cla_count", 640, "2019-03-31")]
    assert "jumps" in failed(series(1500), known)[0]


def test_a_jump_that_the_words_tell_of_is_no_surprise() -> None:
    rows = [
        stated("icpc_in_time_pct", 46, "2021-22", quote="It improved from 46% in 2021-22 to 93%."),
        stated("icpc_in_time_pct", 93, "2022-23", quote="It improved from 46% in 2021-22 to 93%."),
    ]
    assert failed(rows) == [(), ()]


def test_quarters_and_years_are_not_neighbours() -> None:
    rows = [stated("contacts_count", 9000, "2021-22"), stated("contacts_count", 2200, "2022-23Q1", page=2)]
    assert failed(rows) == [(), ()]


# ---- all of them ----


def test_what_a_person_rejected_fails_nothing_and_nothing_is_held_against_it() -> None:
    wrong = replace(stated("cla_count", 13), reviewed="rejected")
    assert failed([wrong, stated("cla_count", 508, page=2), stated("uasc_count", 94)]) == [(), (), ()]


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(9)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = [
        *series(600, 1974, 640), stated("uasc_count", 94), stated("cla_count", 13), stated("cla_count", 508, page=2),
        stated("cla_outside_area_pct", 170), stated("cpp_count", 230), stated("cpp_rate", 24.5),
    ]  # fmt: skip
    known = [official("population_0_17_count", 63000, "2022-06-30"), official("cla_count", 498, "2023-03-31")]
    straight = failed(rows, known)
    shuffled = failed([rows[n] for n in order], known)
    assert [shuffled[order.index(n)] for n in range(9)] == straight


def test_documents_may_be_checked_a_few_at_a_time() -> None:
    one = [stated("cla_count", 308), stated("cla_count", 294, page=2)]
    other = [stated("uasc_count", 94, document=NEXT_DOOR), stated("cla_count", 13, document=NEXT_DOOR)]
    assert failed([*one, *other]) == failed(one) + failed(other)


def test_the_frame_tells_to_what_each_value_is_rounded() -> None:
    rows = [
        stated("cla_rate", 41, printed="41"),
        stated("cla_rate", 41.25, printed="41.25"),
        stated("cla_count", 600, approximation="about"),
    ]
    table = rows_to_table(Observation, rows)
    assert isinstance(table, pa.Table)
    assert rows_to_frame(table)["step"].tolist() == [1.0, 0.01, 60.0]


def test_a_figure_without_a_day_does_not_hide_the_official_neighbours_of_others() -> None:
    known = [official("adoptions_count", value, period) for value, period in ((51, "2015-16"), (52, "2016-17"))]
    rows = [stated("adoptions_count", 14, "2014-15"), replace(stated("cla_rate", 88, "2014-15"), period_end=None)]
    assert "jumps" not in failed(rows[:1], known[1:])[0]
    assert "jumps" in failed(rows[:1], known)[0]
    assert "jumps" in failed(rows, known)[0]
