"""Where the catalogue's definition leaves room, which variant a document uses."""

from __future__ import annotations

import pytest

from extractors.indicators import load_indicators
from extractors.lexicon import lookup
from extractors.variants import variant_of

VISITS, LEAVERS, EHCP = "cpp_visits_in_time_pct", "care_leavers_eet_pct", "ehcp_20_weeks_pct"
THREE = "64% of children on a plan were visited within 10 working days, 88% within 15 and 97% within 20."
TWO_AGES = "Of care leavers aged 17 and 18, 66% were in work or learning; of those aged 19 to 21 it was 52%."


@pytest.mark.parametrize(
    ("indicator", "quote", "value", "variant"),
    [
        (VISITS, "91% of children on a plan were visited within ten working days", "91", "within_10_days"),
        (VISITS, "CP visits in 15 working days (%) | Sep-23: 88.9", "88.9", "within_15_days"),
        (VISITS, "Visits to children in need every four weeks: 80%", "80", "within_20_days"),
        (VISITS, "91% were visited in timescale", "91", None),
        (VISITS, THREE, "64", "within_10_days"),
        (VISITS, THREE, "88", "within_15_days"),
        (VISITS, THREE, "97", "within_20_days"),
        ("cla_visits_in_time_pct", "six-weekly visits: 93%", "93", "within_30_days"),
        (LEAVERS, "57% of care leavers aged 19–21 were in employment", "57", "aged_19_21"),
        (LEAVERS, "57% of our 17- and 18-year-old care leavers", "57", "aged_17_18"),
        (LEAVERS, "57% of 19, 20 and 21 year olds", "57", "aged_19_21"),
        (LEAVERS, "In 2017-18, 57% of care leavers were in work", "57", None),
        (LEAVERS, TWO_AGES, "66", "aged_17_18"),
        (LEAVERS, TWO_AGES, "52", "aged_19_21"),
        ("cpp_repeat_ever_pct", "21% had ever had a plan before", "21", "ever"),
        ("cpp_repeat_ever_pct", "6% were repeat plans within 12 months", "6", "within_12_months"),
        ("cpp_repeat_ever_pct", "21% were second or subsequent plans", "21", None),
        ("cpp_over_2yr_pct", "3% of the plans that ended had lasted two years or more", "3", "of_ended_plans"),
        ("cpp_over_2yr_pct", "3% of current plans have lasted two years or more", "3", "of_open_plans"),
        ("cla_health_assessment_pct", "88% had their annual health check", "88", "annual"),
        ("cla_health_assessment_pct", "Review health assessments in time | 2022/23: 88%", "88", "review"),
        ("cla_initial_health_in_time_pct", "61% within 20 working days", "61", "within_20_working_days"),
        ("cla_initial_health_in_time_pct", "61% within 28 days of coming into care", "61", "within_28_days"),
        (EHCP, "63% of plans were issued within 20 weeks (excluding exceptions)", "63", "excluding_exceptions"),
        (EHCP, "63% of plans were issued within 20 weeks, including all exceptions", "63", "including_exceptions"),
        (EHCP, "63% of plans were issued within 20 weeks", "63", None),
        ("cin_count", "412 children had a child in need plan", "412", "with_a_plan"),
        ("cla_count", "412 children, aged 19 to 21, within 10 days", "412", None),
    ],
)
def test_the_words_name_the_variant(indicator: str, quote: str, value: str, variant: str | None) -> None:
    assert variant_of(indicator, quote, value) == variant


def test_a_number_printed_twice_has_no_nearest_variant() -> None:
    assert variant_of(VISITS, "88% within 10 days and 88% within 15 days", "88") is None


def test_variants_are_of_indicators_of_the_catalogue() -> None:
    catalogue = {i.indicator for i in load_indicators()}
    listed = [i for entry in lookup("variants.yaml") for i in entry["indicators"]]
    assert set(listed) <= catalogue
    assert len(set(listed)) == len(listed)
