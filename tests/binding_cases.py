"""Sentences of our own, three or more of each construction, with every figure that they state.

A figure is written `value indicator area period`, then its kind where that is not actual; spaces in an area's name are
written `_`, and `|` stands between periods of which either is right. The document is Wolverhampton's and speaks of
27 July 2023, where a case does not say otherwise. Texts are Markdown, so that a case can have a heading or a list.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what it states."""

    construction: str
    text: str
    figures: tuple[str, ...] = ()
    authority: str = "Wolverhampton"
    reference: dt.date = dt.date(2023, 7, 27)


CASES: tuple[Case, ...] = ()


def case(
    construction: str, text: str, *figures: str, authority: str = "Wolverhampton", reference: str = "2023-07-27"
) -> None:
    """Enter one case into the table."""
    global CASES
    CASES = (*CASES, Case(construction, text, figures, authority, dt.date.fromisoformat(reference)))


# -- a chain of measures in one sentence -----------------------------------------------------------------------------
case(
    "chain",
    "In 2022-23 the re-referral rate was 19.4 per cent; 84 per cent of assessments were completed within 45 working days; "
    "79 per cent of initial child protection conferences were held within 15 working days; 21 per cent of plans were second "
    "or subsequent plans; and 3.1 per cent of plans had lasted two years or more.",
    "19.4 rereferrals_pct LA 2022-23", "84 assessments_in_time_pct LA 2022-23", "79 icpc_in_time_pct LA 2022-23",
    "21 cpp_repeat_ever_pct LA 2022-23", "3.1 cpp_over_2yr_pct LA 2022-23",
)  # fmt: skip
case(
    "chain",
    "At the end of March 2023, 501 children were looked after; 212 were the subject of a child protection plan; 14% of "
    "children looked after had had three or more placements in the year; 71% had been in the same placement for two years; "
    "and 93% had an up-to-date health assessment.",
    "501 cla_count LA 2023-03-31", "212 cpp_count LA 2023-03-31", "14 cla_3_placements_pct LA 2023-03-31",
    "71 cla_same_placement_2yr_pct LA 2023-03-31", "93 cla_health_assessment_pct LA 2023-03-31",
)  # fmt: skip
case(
    "chain",
    "In quarter 3 (October to December 2021) 410 referrals to children's social care were received; 78% of assessments were "
    "completed within 45 days; and 88% of child protection reviews were held on time.",
    "410 referrals_count LA 2021-22Q3", "78 assessments_in_time_pct LA 2021-22Q3", "88 cpp_reviews_in_time_pct LA 2021-22Q3",
    reference="2022-03-24",
)  # fmt: skip
# -- a bracket that several comparators share ------------------------------------------------------------------------
case(
    "shared bracket",
    "9% of children looked after had three or more placements in 2021-22, better than the target, national and regional "
    "averages (all at 10 per cent).",
    "9 cla_3_placements_pct LA 2021-22", "10 cla_3_placements_pct LA now|2021-22 target",
    "10 cla_3_placements_pct England now|2021-22", "10 cla_3_placements_pct West_Midlands now|2021-22",
)  # fmt: skip
case(
    "shared bracket",
    "At 31 March 2022, 92% of care leavers were in suitable accommodation, above England and our statistical neighbours "
    "(both 88%).",
    "92 care_leavers_accommodation_pct LA 2022-03-31", "88 care_leavers_accommodation_pct England now|2022-03-31",
    "88 care_leavers_accommodation_pct SN now|2022-03-31",
)  # fmt: skip
case(
    "shared bracket",
    "The rate of children looked after was 85 per 10,000 at 31 March 2023, higher than the regional and national rates "
    "(90 and 71 per 10,000 respectively).",
    "85 cla_rate LA 2023-03-31", "90 cla_rate West_Midlands now|2023-03-31", "71 cla_rate England now|2023-03-31",
)  # fmt: skip
# -- respectively ----------------------------------------------------------------------------------------------------
case(
    "respectively",
    "In 2021-22 and 2022-23, 69% and 85% respectively of assessments were completed within 45 working days.",
    "69 assessments_in_time_pct LA 2021-22", "85 assessments_in_time_pct LA 2022-23",
)  # fmt: skip
case(
    "respectively",
    "At 31 March 2022 the rate of children with a child protection plan was 43 per 10,000; the rates for England and "
    "statistical neighbours were 42 and 45 respectively.",
    "43 cpp_rate LA 2022-03-31", "42 cpp_rate England now|2022-03-31", "45 cpp_rate SN now|2022-03-31",
)  # fmt: skip
case(
    "respectively",
    "The proportions of care leavers in education, employment or training in Wolverhampton and England in 2022 were 52% and "
    "55% respectively.",
    "52 care_leavers_eet_pct LA 2022", "55 care_leavers_eet_pct England 2022",
)  # fmt: skip
# -- own value and comparator in separate brackets -------------------------------------------------------------------
case(
    "separate brackets",
    "More children looked after have an up-to-date dental check (86%) than in England (70%) at 31 March 2022.",
    "86 cla_dental_pct LA 2022-03-31", "70 cla_dental_pct England 2022-03-31",
)  # fmt: skip
case(
    "separate brackets",
    "The share of repeat child protection plans (18.2%) is lower than that of statistical neighbours (22.7%).",
    "18.2 cpp_repeat_ever_pct LA now", "22.7 cpp_repeat_ever_pct SN now",
)  # fmt: skip
case(
    "separate brackets",
    "In 2022-23 timeliness of initial child protection conferences (81%) was above the national average (78%) and the "
    "regional average (76%).",
    "81 icpc_in_time_pct LA 2022-23", "78 icpc_in_time_pct England 2022-23", "76 icpc_in_time_pct West_Midlands 2022-23",
)  # fmt: skip
# -- the year before in a bracket ------------------------------------------------------------------------------------
case(
    "previous year in a bracket",
    "The re-referral rate fell to 5.1% in 2017/18 (6.5% in 2016/17).",
    "5.1 rereferrals_pct LA 2017-18", "6.5 rereferrals_pct LA 2016-17",
)  # fmt: skip
case(
    "previous year in a bracket",
    "At 31 March 2023 there were 501 children looked after (522 at 31 March 2022).",
    "501 cla_count LA 2023-03-31", "522 cla_count LA 2022-03-31",
)  # fmt: skip
case(
    "previous year in a bracket",
    "88.4% of assessments were completed within 45 working days in 2022-23 (2021-22: 84.9%).",
    "88.4 assessments_in_time_pct LA 2022-23", "84.9 assessments_in_time_pct LA 2021-22",
)  # fmt: skip
# -- from and to -----------------------------------------------------------------------------------------------------
case(
    "from and to",
    "The number of children looked after decreased to 831 at 31 March 2015 from 855 at 31 March 2014.",
    "831 cla_count LA 2015-03-31", "855 cla_count LA 2014-03-31",
    reference="2015-09-14",
)  # fmt: skip
case(
    "from and to",
    "The number of children with a child protection plan rose from 240 at 31 March 2021 to 262 at 31 March 2022.",
    "240 cpp_count LA 2021-03-31", "262 cpp_count LA 2022-03-31",
)  # fmt: skip
case(
    "from and to",
    "Agency social workers made up 17.2% of posts at 31 March 2023, up from 13.9% at 31 March 2022.",
    "17.2 sw_agency_pct LA 2023-03-31", "13.9 sw_agency_pct LA 2022-03-31",
)  # fmt: skip
# -- a decrease of N that means from N -------------------------------------------------------------------------------
case(
    "decrease of means from",
    "In 2018/19, 61.2% of health assessments of children looked after were up to date, a decrease of 67.5% in 2017/18.",
    "61.2 cla_health_assessment_pct LA 2018-19", "67.5 cla_health_assessment_pct LA 2017-18",
    reference="2019-06-01",
)  # fmt: skip
case(
    "decrease of means from",
    "The re-referral rate in 2021-22 was 18.3%, a reduction of 22.4% in 2020-21.",
    "18.3 rereferrals_pct LA 2021-22", "22.4 rereferrals_pct LA 2020-21",
)  # fmt: skip
case(
    "decrease of means from",
    "At 31 March 2022 the vacancy rate of social workers was 21.5%, an increase of 15.2% at 31 March 2021.",
    "21.5 sw_vacancy_pct LA 2022-03-31", "15.2 sw_vacancy_pct LA 2021-03-31",
)  # fmt: skip
# -- compared with an earlier month ----------------------------------------------------------------------------------
case(
    "compared with a month",
    "The average caseload of social workers was 16.5 in October 2022, compared with 18.7 in August.",
    "16.5 sw_caseload LA 2022-10", "18.7 sw_caseload LA 2022-08",
)  # fmt: skip
case(
    "compared with a month",
    "There were 276 referrals to children's social care in December 2022, compared with 301 in November.",
    "276 referrals_count LA 2022-12", "301 referrals_count LA 2022-11",
)  # fmt: skip
case(
    "compared with a month",
    "91% of children in care were visited in timescale in June 2023, against 87% in May.",
    "91 cla_visits_in_time_pct LA 2023-06", "87 cla_visits_in_time_pct LA 2023-05",
)  # fmt: skip
# -- a second value without its unit ---------------------------------------------------------------------------------
case(
    "second value without unit",
    "96.3% of children with a child protection plan were visited within 15 days, with 77.8 in 10 days.",
    "96.3 cpp_visits_in_time_pct LA now", "77.8 cpp_visits_in_time_pct LA now",
)  # fmt: skip
case(
    "second value without unit",
    "In 2022-23 the re-referral rate was 21.3%, compared with 19.8 in 2021-22.",
    "21.3 rereferrals_pct LA 2022-23", "19.8 rereferrals_pct LA 2021-22",
)  # fmt: skip
case(
    "second value without unit",
    "The rate of children in need was 341.2 per 10,000 at 31 March 2023, up from 329.7 a year earlier.",
    "341.2 cin_rate LA 2023-03-31", "329.7 cin_rate LA 2022-03-31",
)  # fmt: skip
# -- percent and count -----------------------------------------------------------------------------------------------
case(
    "percent first, count in brackets",
    "In 2022-23, 82% (3,045) of assessments were completed within 45 working days.",
    "82 assessments_in_time_pct LA 2022-23",
)  # fmt: skip
case(
    "percent first, count in brackets",
    "At 31 March 2023, 34% (171) of children looked after lived outside the authority's area.",
    "34 cla_outside_area_pct LA 2023-03-31", "171 cla_outside_area_count LA 2023-03-31",
)  # fmt: skip
case(
    "percent first, count in brackets",
    "71% (356) of children looked after lived with foster families at 31 March 2023.",
    "71 cla_foster_pct LA 2023-03-31", "356 cla_foster_count LA 2023-03-31",
)  # fmt: skip
case(
    "out of, then percent",
    "2,320 out of 3,007 (77%) assessments were completed within 45 working days in 2021-22.",
    "77 assessments_in_time_pct LA 2021-22",
)  # fmt: skip
case(
    "out of, then percent",
    "In 2022-23, 61 of 78 (78%) initial health assessments were completed within 20 working days.",
    "78 cla_initial_health_in_time_pct LA 2022-23",
)  # fmt: skip
case(
    "out of, then percent",
    "At 31 March 2023, 129 out of 181 care leavers (71%) were in education, employment or training.",
    "71 care_leavers_eet_pct LA 2023-03-31",
)  # fmt: skip
# -- rate first, count in brackets; headcount and full-time equivalent ------------------------------------------------
case(
    "rate first",
    "The rate of children in need was 489 per 10,000 (2,017) at 31 March 2022.",
    "489 cin_rate LA 2022-03-31", "2017 cin_count LA 2022-03-31",
)  # fmt: skip
case(
    "rate first",
    "At 31 March 2016 the rate of children looked after was 81 per 10,000 (489 children).",
    "81 cla_rate LA 2016-03-31", "489 cla_count LA 2016-03-31",
    reference="2016-11-21",
)  # fmt: skip
case(
    "rate first",
    "There were 1,580 (381.5 per 10,000, 0-17 population) children in need at 31 March 2021.",
    "1580 cin_count LA 2021-03-31", "381.5 cin_rate LA 2021-03-31",
)  # fmt: skip
case(
    "headcount then FTE",
    "At 30 September 2022 there were 41 agency social workers (38.4 FTE), 18.9% of the workforce.",
    "18.9 sw_agency_pct LA 2022-09-30",
)  # fmt: skip
case(
    "headcount then FTE",
    "The social worker vacancy rate was 14.6% (32 headcount, 29.5 FTE) at 30 September 2022.",
    "14.6 sw_vacancy_pct LA 2022-09-30",
)  # fmt: skip
case(
    "headcount then FTE",
    "Turnover of social workers was 12.1% in the year to 30 September 2022: 24 people, or 22.8 full-time equivalents, left.",
    "12.1 sw_turnover_pct LA 12m:2022-09-30",
)  # fmt: skip
# -- the indicator stands elsewhere ----------------------------------------------------------------------------------
case(
    "list lead",
    "The proportion of children looked after with an up-to-date dental check was:\n\n- 91% at 31 March 2023\n"
    "- 84% at 31 March 2022\n",
    "91 cla_dental_pct LA 2023-03-31", "84 cla_dental_pct LA 2022-03-31",
)  # fmt: skip
case(
    "list lead",
    "Re-referrals within 12 months stood at:\n\n- 18.2% in Wolverhampton in 2022-23\n- 21.5% in England in 2021-22\n",
    "18.2 rereferrals_pct LA 2022-23", "21.5 rereferrals_pct England 2021-22",
)  # fmt: skip
case(
    "list lead",
    "At 31 March 2023 the number of children looked after who lived:\n\n- with foster families was 356\n"
    "- in residential children's homes was 48\n- with their parents was 27\n",
    "356 cla_foster_count LA 2023-03-31", "48 cla_residential_count LA 2023-03-31", "27 cla_with_parents_count LA 2023-03-31",
)  # fmt: skip
case(
    "heading",
    "## Children with a child protection plan\n\nThe number was 212 at 31 March 2023.\n",
    "212 cpp_count LA 2023-03-31",
)  # fmt: skip
case(
    "heading",
    "## Re-referrals\n\nThe rate was 19.4% in 2022-23, and in England 22.4%.\n",
    "19.4 rereferrals_pct LA 2022-23", "22.4 rereferrals_pct England 2022-23|now",
)  # fmt: skip
case(
    "heading",
    "## Care leavers in suitable accommodation\n\nPerformance is 94% at 31 March 2023 against a target of 95%.\n",
    "94 care_leavers_accommodation_pct LA 2023-03-31", "95 care_leavers_accommodation_pct LA now|2023-03-31 target",
)  # fmt: skip
case(
    "paragraph before",
    "At 31 March 2023 there were 501 children looked after. This is a fall from 522 at 31 March 2022.",
    "501 cla_count LA 2023-03-31", "522 cla_count LA 2022-03-31",
)  # fmt: skip
case(
    "paragraph before",
    "In 2022-23, 81% of initial child protection conferences were held within 15 working days. The figure for England was "
    "78% in 2021-22.",
    "81 icpc_in_time_pct LA 2022-23", "78 icpc_in_time_pct England 2021-22",
)  # fmt: skip
case(
    "paragraph before",
    "The number of children in care stood at 501 at 31 March 2023. Of these, 48 lived in residential children's homes.",
    "501 cla_count LA 2023-03-31", "48 cla_residential_count LA 2023-03-31",
)  # fmt: skip
case(
    "of these",
    "At 31 March 2016, 480 children were being looked after. Of this number:\n\n- 171 (36%) live outside the local authority "
    "area\n- 37 live in residential children's homes\n- 350 live with foster families\n",
    "480 cla_count LA 2016-03-31", "171 cla_outside_area_count LA 2016-03-31", "36 cla_outside_area_pct LA 2016-03-31",
    "37 cla_residential_count LA 2016-03-31", "350 cla_foster_count LA 2016-03-31",
    reference="2016-11-21",
)  # fmt: skip
case(
    "of these",
    "501 children were looked after at 31 March 2023, of whom 62 were unaccompanied asylum-seeking children.",
    "501 cla_count LA 2023-03-31", "62 uasc_count LA 2023-03-31",
)  # fmt: skip
case(
    "of these",
    "At 31 March 2022 the authority looked after 522 children; of these, 68% were placed with foster carers.",
    "522 cla_count LA 2022-03-31", "68 cla_foster_pct LA 2022-03-31",
)  # fmt: skip
# -- dates that carry on, and dates that must not --------------------------------------------------------------------
case(
    "date carries on",
    "At 31 March 2023, 501 children were looked after, and 212 children had a child protection plan.",
    "501 cla_count LA 2023-03-31", "212 cpp_count LA 2023-03-31",
)  # fmt: skip
case(
    "date carries on",
    "At 31 March 2022:\n\n- 522 children were looked after\n- 240 children were the subject of a child protection plan\n",
    "522 cla_count LA 2022-03-31", "240 cpp_count LA 2022-03-31",
)  # fmt: skip
case(
    "date carries on",
    "In 2022-23, 84% of assessments were completed within 45 working days and 19% of referrals were re-referrals within 12 "
    "months.",
    "84 assessments_in_time_pct LA 2022-23", "19 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "date does not carry on",
    "- At 31 March 2015, 480 children were being looked after\n- 6 children live in privately arranged fostering placements\n",
    "480 cla_count LA 2015-03-31", "6 private_fostering_count LA now",
    reference="2016-11-21",
)  # fmt: skip
case(
    "date does not carry on",
    "At 31 March 2021 there were 240 child protection plans. Currently 501 children are looked after.",
    "240 cpp_count LA 2021-03-31", "501 cla_count LA now",
)  # fmt: skip
case(
    "date does not carry on",
    "- In 2014-15, 62 children ceased to be looked after\n- the social worker vacancy rate is 9%\n",
    "62 cla_ceased_count LA 2014-15", "9 sw_vacancy_pct LA now",
    reference="2016-01-11",
)  # fmt: skip
# -- targets, tolerances, floors, forecasts --------------------------------------------------------------------------
case(
    "target",
    "In 2022-23, 84% of assessments were completed within 45 working days against a target of 90%.",
    "84 assessments_in_time_pct LA 2022-23", "90 assessments_in_time_pct LA 2022-23|now target",
)  # fmt: skip
case(
    "target",
    "Care leavers in education, employment or training: 52% at 31 March 2023 (target 60%).",
    "52 care_leavers_eet_pct LA 2023-03-31", "60 care_leavers_eet_pct LA 2023-03-31|now target",
)  # fmt: skip
case(
    "target",
    "Our target is that 95% of personal education plans are completed in time; 91% were in the summer term of 2023.",
    "95 pep_in_time_pct LA now|2023 target", "91 pep_in_time_pct LA now|2023",
)  # fmt: skip
case(
    "tolerance and floor",
    "86% of looked after reviews were held on time in 2022-23; performance below 85% is rated red.",
    "86 cla_reviews_in_time_pct LA 2022-23",
)  # fmt: skip
case(
    "tolerance and floor",
    "Dental checks of children looked after were up to date for 78% at 31 March 2023, within the tolerance of 5%.",
    "78 cla_dental_pct LA 2023-03-31",
)  # fmt: skip
case(
    "tolerance and floor",
    "In 2022-23 the re-referral rate was 19.4%; anything above 25% would be a concern.",
    "19.4 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "forecast",
    "At 31 March 2023 there were 501 children looked after, and we forecast 520 by March 2025.",
    "501 cla_count LA 2023-03-31",
)  # fmt: skip
case(
    "forecast",
    "The number of education, health and care plans is projected to reach 2,900 by 2026; there were 2,310 in January 2023.",
    "2310 ehcp_count LA 2023-01",
)  # fmt: skip
case(
    "forecast",
    "We expect the social worker vacancy rate to fall to 10% next year. It was 14% at 31 March 2023.",
    "14 sw_vacancy_pct LA 2023-03-31",
)  # fmt: skip
# -- periods of every kind -------------------------------------------------------------------------------------------
case(
    "year to date",
    "From April to December 2022, 1,240 referrals to children's social care were received.",
    "1240 referrals_count LA 2022-04-01/2022-12-31",
)  # fmt: skip
case(
    "year to date",
    "Between 1 April 2022 and 30 September 2022, 62 children started to be looked after.",
    "62 cla_started_count LA 2022-04-01/2022-09-30",
)  # fmt: skip
case(
    "year to date",
    "Between September 2014 and August 2015, 54 children ceased to be looked after.",
    "54 cla_ceased_count LA 2014-09-01/2015-08-31",
    reference="2016-01-11",
)  # fmt: skip
case(
    "rolling 12 months",
    "In the rolling 12 months to the end of March 2023 the rate of referrals was 657.9 per 10,000.",
    "657.9 referrals_rate LA 12m:2023-03-31",
)  # fmt: skip
case(
    "rolling 12 months",
    "In the 12 months to 30 June 2023, 19.8% of referrals were repeat referrals.",
    "19.8 rereferrals_pct LA 12m:2023-06-30",
)  # fmt: skip
case(
    "rolling 12 months",
    "84% of assessments were completed within 45 working days in the twelve months to the end of December 2022.",
    "84 assessments_in_time_pct LA 12m:2022-12-31",
)  # fmt: skip
case(
    "average of several years",
    "The three-year average of days between entering care and moving in with adopters was 482 days for 2019-22.",
    "482 adoption_placement_days LA 2019-22",
)  # fmt: skip
case(
    "average of several years",
    "Over the three years 2011-14 the average time from entering care to moving in with an adoptive family was 628 days.",
    "628 adoption_placement_days LA 2011-14",
    reference="2015-02-10",
)  # fmt: skip
case(
    "average of several years",
    "On average, 205 days passed between court authority to place a child and the match in 2018-21.",
    "205 adoption_match_days LA 2018-21",
)  # fmt: skip
case(
    "monthly average",
    "An average of 387 referrals to children's social care were received each month in 2022-23.",
    "387 referrals_count LA 2022-23 average",
)  # fmt: skip
case(
    "monthly average",
    "In 2021-22 there was a monthly average of 1,120 contacts to the MASH.",
    "1120 contacts_count LA 2021-22 average",
)  # fmt: skip
case(
    "monthly average",
    "On average 42 children went missing each month; there were 96 missing episodes a month on average in 2022-23.",
    "96 missing_episodes_count LA 2022-23 average",
)  # fmt: skip
case(
    "academic year",
    "In the academic year 2021/22 attendance of children looked after was 91.2%.",
    "91.2 cla_attendance_pct LA 2021-22",
)  # fmt: skip
case(
    "academic year",
    "67% of children reached a good level of development at the end of reception in the 2021/22 academic year.",
    "67 eyfs_gld_pct LA 2021-22",
)  # fmt: skip
case(
    "academic year",
    "In the 2022/23 school year 11% of children looked after had at least one suspension.",
    "11 cla_fixed_exclusion_pct LA 2022-23",
)  # fmt: skip
case("calendar year", "In 2022, 24 children were adopted from care.", "24 adoptions_count LA 2022")
case(
    "calendar year",
    "In the calendar year 2022, 58% of education, health and care plans were issued within 20 weeks.",
    "58 ehcp_20_weeks_pct LA 2022",
)  # fmt: skip
case(
    "calendar year",
    "There were 31 special guardianship orders granted during 2021.",
    "31 sgo_count LA 2021",
)  # fmt: skip
case(
    "quarter",
    "In quarter 1 of 2023/24 the re-referral rate was 20.1%.",
    "20.1 rereferrals_pct LA 2023-24Q1",
)  # fmt: skip
case(
    "quarter",
    "Section 47 enquiries numbered 212 in Q4 2022/23.",
    "212 s47_count LA 2022-23Q4",
)  # fmt: skip
case(
    "quarter",
    "In the second quarter of 2021-22, 83% of initial child protection conferences were held within 15 working days.",
    "83 icpc_in_time_pct LA 2021-22Q2",
)  # fmt: skip
case("bare month", "In May 2023 there were 310 referrals to children's social care.", "310 referrals_count LA 2023-05")
case(
    "bare month",
    "At the end of May there were 501 children looked after.",
    "501 cla_count LA 2023-05-31",
)  # fmt: skip
case(
    "bare month",
    "92% of children on a child protection plan were visited in timescale in June.",
    "92 cpp_visits_in_time_pct LA 2023-06",
)  # fmt: skip
case(
    "year end",
    "At year end 2021/22 there were 522 children looked after.",
    "522 cla_count LA 2022-03-31",
)  # fmt: skip
case(
    "year end",
    "The number of children with a child protection plan was 262 at the end of 2021/22.",
    "262 cpp_count LA 2022-03-31",
)  # fmt: skip
case(
    "year end",
    "In the year ending 31 March 2022, 150 children started to be looked after.",
    "150 cla_started_count LA 2021-22|12m:2022-03-31",
)  # fmt: skip
case(
    "in the last 12 months",
    "In the last 12 months there have been 29 adoptions.",
    "29 adoptions_count LA now",
)  # fmt: skip
case(
    "in the last 12 months",
    "- Over the past 12 months, 14 children became subjects of special guardianship orders\n",
    "14 sgo_count LA now",
)  # fmt: skip
case(
    "in the last 12 months",
    "151 children have ceased to be looked after in the last year.",
    "151 cla_ceased_count LA now",
)  # fmt: skip
# -- one measure with value, change and distance ---------------------------------------------------------------------
case(
    "value, change and distance",
    "At the end of March 2023, 91% of care leavers had an up-to-date pathway plan (+4% on the quarter, 4% below the 95% target).",
    "91 pathway_plans_pct LA 2023-03-31", "95 pathway_plans_pct LA 2023-03-31|now target",
)  # fmt: skip
case(
    "value, change and distance",
    "85% of children in need were visited in timescale at the end of March 2023, a fall of 3 percentage points.",
    "85 cin_visits_in_time_pct LA 2023-03-31",
)  # fmt: skip
case(
    "value, change and distance",
    "The re-referral rate was 19.4% in 2022-23, 2.1 percentage points lower than the year before.",
    "19.4 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "relative excess",
    "The rate of children looked after is 84% higher than that of our statistical neighbours.",
)  # fmt: skip
case(
    "relative excess",
    "At 31 March 2023, 501 children were looked after, 4% fewer than a year before.",
    "501 cla_count LA 2023-03-31",
)  # fmt: skip
case("relative excess", "Referrals to children's social care have risen by 12% since April 2022.")
case(
    "share of a share",
    "At 31 March 2023, 48 children looked after lived in residential children's homes, of whom 71% lived out of the area.",
    "48 cla_residential_count LA 2023-03-31",
)  # fmt: skip
case(
    "share of a share",
    "Of the 34% of children looked after who live outside the area, 60% live within 20 miles of home.",
    "34 cla_outside_area_pct LA now",
)  # fmt: skip
case(
    "share of a share",
    "In 2022-23, 93% of missing episodes led to an offer of a return interview, of which 72% were accepted.",
)  # fmt: skip
case("complement", "Of 142 care leavers, 70 do not have a pathway plan.")
case("complement", "We are not in touch with 1.5% of our care leavers.")
case(
    "complement",
    "16% of assessments were not completed within 45 working days in 2022-23.",
)  # fmt: skip
# -- what is no figure of the indicator -------------------------------------------------------------------------------
case("subset", "At 31 March 2023, 40% of the children in need were aged over 10.")
case("subset", "There are 12 disabled children looked after in the borough.")
case("subset", "At 31 March 2023, 23 children with a child protection plan were under one year old.")
case("age", "Children looked after aged 16 and 17 have their own adviser.")
case("age", "The youngest of our care leavers is 18.")
case("age", "Young people up to the age of 25 with special educational needs are supported.")
case("sample", "In seven (39%) of 18 cases seen by inspectors, assessments were not completed within 45 working days.")
case("sample", "Inspectors sampled 24 children with a child protection plan.")
case("sample", "Of the 30 case files of children looked after that were audited, 12 lacked a chronology.")
case("indicator number", "Indicator 12 measures children looked after with three placements or more.")
case("indicator number", "PI 45: care leavers in suitable accommodation.")
case("indicator number", "See NI 62 on the stability of placements of looked after children.")
case("improvement plan", "The improvement plan on children looked after has 42 actions, of which 30 are complete.")
case("improvement plan", "The care leavers' strategy sets out five priorities.")
case("improvement plan", "There were 7 recommendations about child protection plans.")
case("rated counts", "Of the 23 indicators on children looked after, 14 are green, 6 amber and 3 red.")
case("rated counts", "4 of 9 child protection measures are rated red.")
case("rated counts", "Three measures on care leavers have improved.")
# -- variants of a definition ----------------------------------------------------------------------------------------
case(
    "definition variants",
    "At 31 March 2023, 88% of children looked after had had fewer than three placements in the year.",
    "88 cla_under_3_placements_pct LA 2023-03-31",
)  # fmt: skip
case(
    "definition variants",
    "12% of children looked after had three or more placements in 2022-23.",
    "12 cla_3_placements_pct LA 2022-23",
)  # fmt: skip
case(
    "definition variants",
    "In 2022-23, 24% of child protection plans were second or subsequent plans, 7% of them within two years.",
    "24 cpp_repeat_ever_pct LA 2022-23", "7 cpp_repeat_2yr_pct LA 2022-23",
)  # fmt: skip
case(
    "definition variants",
    "64% of children on a child protection plan were visited within 10 working days in March 2022, and 88% within 15.",
    "64 cpp_visits_in_time_pct LA 2022-03", "88 cpp_visits_in_time_pct LA 2022-03",
)  # fmt: skip
case(
    "definition variants",
    "In 2022-23, 61% of initial health assessments were completed within 20 working days, and 94% of review health "
    "assessments were up to date.",
    "61 cla_initial_health_in_time_pct LA 2022-23", "94 cla_health_assessment_pct LA 2022-23",
)  # fmt: skip
case(
    "definition variants",
    "At 31 March 2022, 66% of care leavers aged 17 and 18 were in education, employment or training, and 52% of those aged 19 "
    "to 21.",
    "66 care_leavers_eet_pct LA 2022-03-31", "52 care_leavers_eet_pct LA 2022-03-31",
)  # fmt: skip
case(
    "from and to of a comparator",
    "The rate of referrals rose from 600 per 10,000 in 2020-21 to 650 in 2021-22. The rate for England rose from 507.1 to "
    "552.8 over the same time.",
    "600 referrals_rate LA 2020-21", "650 referrals_rate LA 2021-22", "507.1 referrals_rate England now",
    "552.8 referrals_rate England 2021-22",
)  # fmt: skip
case(
    "from and to of a comparator",
    "Re-referrals in England fell to 21% from 23%.",
    "21 rereferrals_pct England now", "23 rereferrals_pct England now",
)  # fmt: skip
case(
    "from and to of a comparator",
    "The re-referral rate fell from 25% to 20%, while in England it rose from 20% to 21%.",
    "25 rereferrals_pct LA now", "20 rereferrals_pct LA now", "20 rereferrals_pct England now",
    "21 rereferrals_pct England now",
)  # fmt: skip
# -- broken text -----------------------------------------------------------------------------------------------------
case(
    "broken text",
    "There were 307in March 2008.This was the number of children looked after.",
    "307 cla_count LA 2008-03",
    reference="2009-01-20",
)  # fmt: skip
case("broken text", "The re-referral rate was 7.4 per cemt in 2019-20.", "7.4 rereferrals_pct LA 2019-20")
case(
    "broken text",
    "In 2013−14, 84 % of assess\u00adments were completed within 45 working days.",
    "84 assessments_in_time_pct LA 2013-14",
    reference="2015-01-11",
)  # fmt: skip
case(
    "broken text",
    "At 31\u00a0March\u00a02023 there were 1\u00a0380 children in need.",
    "1380 cin_count LA 2023-03-31",
)  # fmt: skip
case("broken text", "The ﬁgure for re-referrals was 19.4% in 2022–23.", "19.4 rereferrals_pct LA 2022-23")
# -- whose figure ----------------------------------------------------------------------------------------------------
case(
    "comparators",
    "At 31 March 2022 the rate of child protection plans was 43 per 10,000 in Dudley and 51 in Sandwell.",
    "43 cpp_rate Dudley 2022-03-31", "51 cpp_rate Sandwell 2022-03-31",
)  # fmt: skip
case(
    "comparators",
    "Nationally, 22.7% of referrals were re-referrals in 2020-21.",
    "22.7 rereferrals_pct England 2020-21",
)  # fmt: skip
case(
    "comparators",
    "In Kent, 1,890 children were looked after at 31 March 2016, a rate of 57 per 10,000 against 60 in England.",
    "1890 cla_count LA 2016-03-31", "57 cla_rate LA 2016-03-31", "60 cla_rate England 2016-03-31",
    authority="Kent", reference="2017-03-06",
)  # fmt: skip
# -- words and approximations ----------------------------------------------------------------------------------------
case(
    "number words",
    "Four children are living in privately arranged fostering placements.",
    "4 private_fostering_count LA now",
)
case(
    "number words",
    "None of the children looked after was permanently excluded in 2021-22.",
    "0 cla_permanent_exclusion_count LA 2021-22",
)
case("number words", "There are no unaccompanied asylum-seeking children.", "0 uasc_count LA now")
case(
    "approximation",
    "Around 40% of children looked after lived outside the authority's area at 31 March 2023.",
    "40 cla_outside_area_pct LA 2023-03-31",
)  # fmt: skip
case(
    "approximation",
    "Approximately 63,000 children and young people under the age of 18 live in Wolverhampton.",
    "63000 population_0_17_count LA now",
)  # fmt: skip
case(
    "approximation",
    "Just under 5% of child protection plans had lasted two years or more at 31 March 2023.",
    "5 cpp_over_2yr_pct LA 2023-03-31",
)  # fmt: skip
# -- more ways of saying it -----------------------------------------------------------------------------------------
case(
    'a phrase around the figure',
    "The council was looking after 622 children at the end of June 2023.",
    "622 cla_count LA 2023-06-30",
)  # fmt: skip
case(
    'a phrase around the figure',
    "At 31 March 2022 we looked after 1,124 children, a rate of 36 in every 10,000.",
    "1124 cla_count LA 2022-03-31",
    "36 cla_rate LA 2022-03-31",
)  # fmt: skip
case(
    'a phrase around the figure',
    "Early help reached 3,864 children in 2022-23.",
    "3864 early_help_children_count LA 2022-23",
)  # fmt: skip
case(
    "said of a cohort's coming and going",
    "217 children came into care in 2022-23 and 248 left.",
    "217 cla_started_count LA 2022-23",
    "248 cla_ceased_count LA 2022-23",
)  # fmt: skip
case(
    "said of a cohort's coming and going",
    "In 2022-23, 29 young people left care to live independently.",
    "29 cla_ceased_independent_count LA 2022-23",
)  # fmt: skip
case(
    "said of a cohort's coming and going",
    "At 31 March 2023, 330 children in care (71%) were placed with foster carers, 48 were in children's homes and 19 "
    "were placed with their parents.",
    "330 cla_foster_count LA 2023-03-31",
    "71 cla_foster_pct LA 2023-03-31",
    "48 cla_residential_count LA 2023-03-31",
    "19 cla_with_parents_count LA 2023-03-31",
)  # fmt: skip
case(
    'a row in one bracket',
    "17 children were adopted and 24 SGOs were granted in 2021/22 (2020/21: 12 and 31).",
    "17 adoptions_count LA now",
    "24 sgo_count LA 2021-22",
    "12 adoptions_count LA 2020-21",
    "31 sgo_count LA 2020-21",
)  # fmt: skip
case(
    'a row in one bracket',
    "In 2022-23 no further action was taken after 5.5% of referrals and 29% of assessments; both are lower than in "
    "2019/20 (8.3% and 34%).",
    "5.5 referrals_nfa_pct LA 2022-23",
    "29 assessments_nfa_pct LA 2022-23",
    "8.3 referrals_nfa_pct LA 2019-20",
    "34 assessments_nfa_pct LA 2019-20",
)  # fmt: skip
case(
    'a row in one bracket',
    "Of those looked after for a year or more at 31 March 2023, 91% had an annual health assessment, 89% had been to "
    "the dentist and 87% had up-to-date immunisations. In England the respective figures are 90%, 84% and 87%.",
    "91 cla_health_assessment_pct LA 2023-03-31",
    "89 cla_dental_pct LA 2023-03-31",
    "87 cla_immunised_pct LA 2023-03-31",
    "90 cla_health_assessment_pct England 2023-03-31",
    "84 cla_dental_pct England 2023-03-31",
    "87 cla_immunised_pct England 2023-03-31",
)  # fmt: skip
case(
    'reported speech',
    "Councillor Shah asked about the timeliness of initial child protection conferences. The Service Manager advised "
    "that 92% had been held within 15 working days so far this year, and that the England average for 2020/21 was "
    "83%.",
    "92 icpc_in_time_pct LA now",
    "83 icpc_in_time_pct England 2020-21",
)  # fmt: skip
case(
    'reported speech',
    "Members were told that 41% of children in care lived outside Wolverhampton.",
    "41 cla_outside_area_pct LA now",
)  # fmt: skip
case(
    'reported speech',
    "The Director of Children's Services informed the Panel that the number of children in need had risen to 1,420 at"
    " the end of June 2023.",
    "1420 cin_count LA 2023-06-30",
)  # fmt: skip
case(
    'a rate called a rate',
    "The rate of children in care is 114, well above the North West (94) and higher than England (71).",
    "114 cla_rate LA now",
    "94 cla_rate North_West now",
    "71 cla_rate England now",
)  # fmt: skip
case(
    'a rate called a rate',
    "There were 372 children looked after at 31 March 2023; this is 68 per 10,000. Regionally the figure is 92.",
    "372 cla_count LA 2023-03-31",
    "68 cla_rate LA 2023-03-31",
    "92 cla_rate West_Midlands 2023-03-31",
)  # fmt: skip
case(
    'a rate called a rate',
    "Our statistical neighbours look after 55 and England 70 in every 10,000 children.",
    "55 cla_rate SN now",
    "70 cla_rate England now",
)  # fmt: skip
case(
    'no figure of the whole',
    "The Committee heard that all but 4% of child protection visits had been made in time.",
)  # fmt: skip
case(
    'no figure of the whole',
    "In the last audits 44% were good, 3% outstanding and 53% required improvement.",
)  # fmt: skip
case(
    'no figure of the whole',
    "Of the 236 early help assessments begun since April, 119 were led by schools.",
)  # fmt: skip
case(
    'no figure of the whole',
    "The vacancy rate in the respite homes is not known, and agency staff cover 22% of shifts.",
)  # fmt: skip
case(
    'no figure of the whole',
    "There are 1,900 reviews a year. Excluding those on plans and in care it is 1,180.",
)  # fmt: skip
case(
    'no figure of the whole',
    "5.6% of young people were NEET or their activity was not known.",
)  # fmt: skip
case(
    'the part of a cohort',
    "Eighteen of the 628 children in care are unaccompanied children.",
    "18 uasc_count LA now",
)  # fmt: skip
case(
    'the part of a cohort',
    "There were 371 children looked after at 31 March 2023, including 43 unaccompanied asylum seeking children.",
    "371 cla_count LA 2023-03-31",
    "43 uasc_count LA 2023-03-31",
)  # fmt: skip
case(
    'the part of a cohort',
    "The leaving care team supports 194 young people, including 32 who were previously unaccompanied asylum-seeking "
    "children.",
)  # fmt: skip
case(
    'a subject of its own',
    "Social work vacancies have risen to 24%, agency staff cover 21% of posts, and turnover, which was 13% in 2020, "
    "is now 18%.",
    "24 sw_vacancy_pct LA now",
    "21 sw_agency_pct LA now",
    "13 sw_turnover_pct LA 2020",
    "18 sw_turnover_pct LA now",
)  # fmt: skip
case(
    'a subject of its own',
    "Thirty-eight per cent of social workers are agency staff, and turnover remains high.",
    "38 sw_agency_pct LA now",
)  # fmt: skip
case(
    'a subject of its own',
    "In 2022-23, 49% of EHC plans were issued on time, compared to the national 49.2% and our target of 60%.",
    "49 ehcp_20_weeks_pct LA 2022-23",
    "49.2 ehcp_20_weeks_pct England 2022-23",
    "60 ehcp_20_weeks_pct LA 2022-23 target",
)  # fmt: skip
case(
    'spans',
    "MASH took on average 1,702 contacts a month from April to June 2021, as against 1,395 a month in 2020/21 as a "
    "whole.",
    "1702 contacts_count LA 2021-22Q1 average",
    "1395 contacts_count LA 2020-21 average",
)  # fmt: skip
case(
    'spans',
    "Timeliness of single assessments was 88% in Q2 2022/23, up 3ppts on Q1 2022/23 (85%).",
    "88 assessments_in_time_pct LA 2022-23Q2",
    "85 assessments_in_time_pct LA 2022-23Q1",
)  # fmt: skip
case(
    'spans',
    "The number of children in care peaked in June 2017, when it stood at 1,141.",
    "1141 cla_count LA 2017-06",
)  # fmt: skip
case(
    "no figure of the whole",
    "Of approximately 40 young people worked with, only two have become looked after.",
)  # fmt: skip
case(
    "no figure of the whole",
    "One children's home requires improvement.",
)  # fmt: skip
case(
    "no figure of the whole",
    "In December 2022, 38% of single assessments took longer than 45 days and just 3% were completed in 10 days.",
)  # fmt: skip
case(
    "no figure of the whole",
    "With few exceptions children looked after attend school well, and for most attendance is 90% or above.",
)  # fmt: skip
case(
    "no figure of the whole",
    "In excess of 400 children in need cases, some of which are two months old, are still awaiting an assessment.",
)  # fmt: skip
case(
    "no figure of the whole",
    "Two educational psychologists observe pupils who are looked after and placed out of borough.",
)  # fmt: skip
case(
    "both of two areas",
    "In 2021-22, 10% of children looked after had three or more placements, compared to 11% for both statistical "
    "neighbours and England.",
    "10 cla_3_placements_pct LA 2021-22",
    "11 cla_3_placements_pct SN 2021-22",
    "11 cla_3_placements_pct England 2021-22",
)  # fmt: skip
case(
    "both of two areas",
    "The rise mirrors the increase in the region, with 445 children looked after at 31 March 2023.",
    "445 cla_count LA 2023-03-31",
)  # fmt: skip
case(
    "both of two areas",
    "Social workers' re-referral rate was above that of the region; in 2022-23 it was 21%.",
    "21 rereferrals_pct LA 2022-23",
)  # fmt: skip
# -- carried on after an aside ---------------------------------------------------------------------------------------
case(
    "carried on after an aside",
    "At 30 June 2023, 612 children were looked after. Expressed as a rate, this is 71 per 10,000 (March: 70).",
    "612 cla_count LA 2023-06-30",
    "71 cla_rate LA 2023-06-30",
    "70 cla_rate LA 2023-03",
)  # fmt: skip
case(
    "carried on after an aside",
    "The council looks after 540 children at 31 March 2023, 2.1% fewer than twelve months earlier (552).",
    "540 cla_count LA 2023-03-31",
    "552 cla_count LA 2022-03-31",
)  # fmt: skip
case(
    "carried on after an aside",
    "There were 1,204 referrals in 2021/22. This is a rate of 482 per 10,000, lower than in 2020/21 (506) and"
    " than our statistical neighbours (531), and reflects better early help.",
    "1204 referrals_count LA 2021-22",
    "482 referrals_rate LA 2021-22",
    "506 referrals_rate LA 2020-21",
    "531 referrals_rate SN 2021-22",
)  # fmt: skip
# -- relative quarters -----------------------------------------------------------------------------------------------
case(
    "relative quarters",
    "On 30 June 2023, 212 children had a child protection plan, against 198 six months previously.",
    "212 cpp_count LA 2023-06-30",
    "198 cpp_count LA 2022-12-31",
)  # fmt: skip
case(
    "relative quarters",
    "In quarter 3 of 2022-23 the re-referral rate was 18.1%, compared with 19.6% in the previous quarter.",
    "18.1 rereferrals_pct LA 2022-23Q3",
    "19.6 rereferrals_pct LA 2022-23Q2",
)  # fmt: skip
case(
    "relative quarters",
    "Twelve children were adopted between April 2022 and March 2023, better than in the previous year, when "
    "nine children were adopted.",
    "12 adoptions_count LA 2022-23",
    "9 adoptions_count LA 2021-22",
)  # fmt: skip
# -- one date for a row ----------------------------------------------------------------------------------------------
case(
    "one date for a row",
    "Second or subsequent plans: 22.4% year to date (SN 23.1%, West Midlands 22.8%, England 22.6%; all "
    "2021/22)",
    "22.4 cpp_repeat_ever_pct LA now",
    "23.1 cpp_repeat_ever_pct SN 2021-22",
    "22.8 cpp_repeat_ever_pct West_Midlands 2021-22",
    "22.6 cpp_repeat_ever_pct England 2021-22",
)  # fmt: skip
case(
    "one date for a row",
    "The rate of children looked after is 74 per 10,000, against 88 for our comparators and 70 nationally in "
    "2021-22.",
    "74 cla_rate LA now",
    "88 cla_rate SN 2021-22",
    "70 cla_rate England 2021-22",
)  # fmt: skip
case(
    "one date for a row",
    "94% of assessments were completed within 45 working days in quarter 1 (Dec 22: 88%) and 91% of initial "
    "child protection conferences were held in 15 working days.",
    "94 assessments_in_time_pct LA 2023-24Q1",
    "88 assessments_in_time_pct LA 2022-12",
    "91 icpc_in_time_pct LA 2023-24Q1",
)  # fmt: skip
# -- two averages in a row -------------------------------------------------------------------------------------------
case(
    "two averages in a row",
    "In 2022-23, 94% of looked after children had a health assessment and 81% had been to the dentist, above "
    "the England averages of 89% and 76%.",
    "94 cla_health_assessment_pct LA 2022-23",
    "81 cla_dental_pct LA 2022-23",
    "89 cla_health_assessment_pct England 2022-23",
    "76 cla_dental_pct England 2022-23",
)  # fmt: skip
case(
    "two averages in a row",
    "The time from entering care to moving in with an adoptive family is 498 days, below statistical "
    "neighbours and England averages at 540 and 561 days.",
    "498 adoption_placement_days LA now",
    "540 adoption_placement_days SN now",
    "561 adoption_placement_days England now",
)  # fmt: skip
case(
    "two averages in a row",
    "For 20% of primary and 16% of secondary pupils English is an additional language. The England "
    "proportions are 21% and 17%.",
    "20 eal_primary_pct LA now",
    "16 eal_secondary_pct LA now",
    "21 eal_primary_pct England now",
    "17 eal_secondary_pct England now",
)  # fmt: skip
# -- plans for the future --------------------------------------------------------------------------------------------
case(
    "plans for the future",
    "We will reduce looked after children to 590 by March 2025.",
    "590 cla_count LA 2025-03 target",
)  # fmt: skip
case(
    "plans for the future",
    "- Improve long-term placement stability to 72% by March 2024.",
    "72 cla_same_placement_2yr_pct LA 2024-03 target",
)  # fmt: skip
case(
    "plans for the future",
    "- Reduce agency social workers to below 11% by the end of 2024/25.",
    "11 sw_agency_pct LA 2025-03-31 target",
)  # fmt: skip
case(
    "plans for the future",
    "The target of 95% of care leavers in suitable accommodation by March 2024 remains achievable.",
    "95 care_leavers_accommodation_pct LA 2024-03 target",
)  # fmt: skip
# -- share and count -------------------------------------------------------------------------------------------------
case(
    "share and count",
    "74% of looked after children live with foster carers (402 children). A further 61 live in children's "
    "homes and 38 are placed with their parents.",
    "74 cla_foster_pct LA now",
    "402 cla_foster_count LA now",
    "61 cla_residential_count LA now",
    "38 cla_with_parents_count LA now",
)  # fmt: skip
case(
    "share and count",
    "Only 9% of looked after children (31 out of 344) have had three or more placements in the year.",
    "9 cla_3_placements_pct LA now",
)  # fmt: skip
case(
    "share and count",
    "The service for care leavers is good. It was noted that 27 young people out of 90 were not in education,"
    " employment or training (30%).",
    "30 care_leavers_neet_pct LA now",
)  # fmt: skip
# -- what is counted beside ------------------------------------------------------------------------------------------
case(
    "what is counted beside",
    "Seven social workers hold more than 22 cases.",
)  # fmt: skip
case(
    "what is counted beside",
    "The average caseload is 15.1, and no social worker holds more than 24 children.",
    "15.1 sw_caseload LA now",
)  # fmt: skip
case(
    "what is counted beside",
    "The average number of cases held was 71, as reviewing officers know.",
)  # fmt: skip
case(
    "what is counted beside",
    "Themes of escalations were: drift (31%); late reports (22%); pathway plans (17%).",
)  # fmt: skip
case(
    "what is counted beside",
    "7.9% of the population is from a minority ethnic background.",
)  # fmt: skip
case(
    "what is counted beside",
    "Currently 64 children are cared for under special guardianship orders.",
)  # fmt: skip
case(
    "what is counted beside",
    "All but 5% of the reviews of looked after children were on time.",
)  # fmt: skip
# -- of all beside some ----------------------------------------------------------------------------------------------
case(
    "of all beside some",
    "8.1 per cent of 16 and 17 year olds with SEND were NEET, compared with 3.1 per cent of all young people "
    "of that age.",
    "8.1 neet_send_pct LA now",
    "3.1 neet_pct LA now",
)  # fmt: skip
case(
    "of all beside some",
    "Attendance of looked after children is 92%, which is below the attendance of all Wolverhampton children "
    "at 95%.",
    "92 cla_attendance_pct LA now",
)  # fmt: skip
case(
    "of all beside some",
    "The persistent absence of children looked after is 6.2%, the same as for all children in the city.",
    "6.2 cla_persistent_absence_pct LA now",
)  # fmt: skip
# -- minutes ---------------------------------------------------------------------------------------------------------
case(
    "minutes",
    "Members were advised that there were 297 children in care at the end of March 2023 compared to 287 at "
    "the end of March 2022, that the rise was in unaccompanied asylum seeking children, of which there were "
    "now 26, and that the cost was known.",
    "297 cla_count LA 2023-03-31",
    "287 cla_count LA 2022-03-31",
    "26 uasc_count LA now",
)  # fmt: skip
case(
    "minutes",
    "The Chair noted that just 61% of assessments had been finished in 45 days and asked what the reason was.",
    "61 assessments_in_time_pct LA now",
)  # fmt: skip
case(
    "minutes",
    "The Director reported that there were 541 children in care at the end of March 2023, and that 48 of "
    "these were unaccompanied asylum seeking children.",
    "541 cla_count LA 2023-03-31",
    "48 uasc_count LA 2023-03-31",
)  # fmt: skip
case(
    "minutes",
    "Officers reported that 17.4% of referrals in 2022-23 had been re-referrals, thereby meeting the target "
    "of 18%.",
    "17.4 rereferrals_pct LA 2022-23",
    "18 rereferrals_pct LA 2022-23 target",
)  # fmt: skip
# -- neighbours beside a value ---------------------------------------------------------------------------------------
case(
    "neighbours beside a value",
    "At 41 per 10,000 our rate of children in care is far below England's (70) and that of our neighbours "
    "(58).",
    "41 cla_rate LA now",
    "70 cla_rate England now",
    "58 cla_rate SN now",
)  # fmt: skip
case(
    "neighbours beside a value",
    "Re-referrals stood at 21% in 2022-23 (neighbours 23%, nationally 22%).",
    "21 rereferrals_pct LA 2022-23",
    "23 rereferrals_pct SN 2022-23",
    "22 rereferrals_pct England 2022-23",
)  # fmt: skip
case(
    "neighbours beside a value",
    "The rate of referrals remains below the 2021/22 averages for statistical neighbours (529) and England "
    "(545).",
    "529 referrals_rate SN 2021-22",
    "545 referrals_rate England 2021-22",
)  # fmt: skip
# -- predicate of another --------------------------------------------------------------------------------------------
case(
    "predicate of another",
    "Most looked after children (83%) go to a good school in or out of the borough and no children attend an "
    "inadequate school.",
)  # fmt: skip
case(
    "predicate of another",
    "Fifteen care leavers went to university in 2022 and eight care leavers are in apprenticeships.",
    "15 care_leavers_university_count LA 2022",
)  # fmt: skip
case(
    "predicate of another",
    "- four children have ceased to be looked after and are now living in hostels.",
)  # fmt: skip
case(
    "predicate of another",
    "There are fewer fixed term exclusions of looked after children, and there have been no permanent "
    "exclusions.",
    "0 cla_permanent_exclusion_count LA now",
)  # fmt: skip
case(
    "a year before a move",
    "In 2015/16 the rate of re-referrals fell from 24% to 19%.",
    "24 rereferrals_pct LA now",
    "19 rereferrals_pct LA 2015-16",
)  # fmt: skip
case(
    "a year before a move",
    "Re-referrals improved between 2021/22 and 2022/23, from 24% to 22%.",
    "24 rereferrals_pct LA 2021-22",
    "22 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "a year before a move",
    "The data show an improvement in re-referrals for 2014-2015, which have seen the rate drop from 24% in 2013-14 to 22%.",
    "24 rereferrals_pct LA 2013-14",
    "22 rereferrals_pct LA 2014-15",
)  # fmt: skip
case(
    "events and those they involve",
    "There were 63 missing episodes involving 50 children between January 2016 and March 2016.",
    "63 missing_episodes_count LA 2015-16Q4",
)  # fmt: skip
case(
    "not yet adopted",
    "Five children were adopted in 2022/23 and a further 12 are in new adoptive homes, waiting for an adoption order.",
    "5 adoptions_count LA 2022-23",
)  # fmt: skip
case(
    "events and those they involve",
    "We received 120 contacts about 210 children in March 2023.",
    "120 contacts_count LA 2023-03",
)  # fmt: skip
case(
    "events and those they involve",
    "There were 41 section 47 enquiries relating to 66 children in May 2023.",
    "41 s47_count LA 2023-05",
)  # fmt: skip
case(
    "not yet adopted",
    "Seventeen children were adopted in 2022/23; a further 12 are awaiting an adoption order.",
    "17 adoptions_count LA 2022-23",
)  # fmt: skip
case(
    "not yet adopted",
    "Nine children are living with their new adoptive families, and four were adopted in 2022/23.",
    "4 adoptions_count LA 2022-23",
)  # fmt: skip
# -- how far it moved, beside from where to where --------------------------------------------------------------------
case(
    "moved by so many percent",
    "The number of children in need rose by 12%, from 1,310 to 1,467.",
    "1310 cin_count LA now", "1467 cin_count LA now",
)  # fmt: skip
case(
    "moved by so many percent",
    "There was a 24% fall in children with a child protection plan, from 402 in March 2021 to 306 in March 2023.",
    "402 cpp_count LA 2021-03", "306 cpp_count LA 2023-03",
)  # fmt: skip
case(
    "moved by so many percent",
    "Nationally, looked after children have increased by 2% since 2021 to 83,840.",
    "83840 cla_count England now",
)  # fmt: skip
case(
    "moved by so many percent",
    "Since April 2021 there has been a 19% rise in the number of children looked after, from 520 to 619 in March 2023.",
    "520 cla_count LA 2021-04", "619 cla_count LA 2023-03",
)  # fmt: skip
case(
    "moved by so many percent",
    "Agency cover fell from 21.5% in September 2020 to 13% in September 2022, while the social worker vacancy rate came down "
    "from 24% to 15%.",
    "21.5 sw_agency_pct LA 2020-09", "13 sw_agency_pct LA 2022-09", "24 sw_vacancy_pct LA 2020-09", "15 sw_vacancy_pct LA 2022-09",
)  # fmt: skip
# -- another authority's figures -------------------------------------------------------------------------------------
case(
    "another authority",
    "Some 61,000 children under 18 were living in Walsall in 2014. Some 31 per cent of the borough's children live in poverty.",
)
case(
    "another authority",
    "Hartlepool, the only one of the ten outside the cities, with 158 looked after children per 10,000, came second.",
    "158 cla_rate Hartlepool now",
)  # fmt: skip
case("another authority", "Nineteen children looked after are placed in Sandwell.")
# -- an average whose subject it is ----------------------------------------------------------------------------------
case(
    "average first",
    "The national average for EHC plans issued within 20 weeks was 50.3% over the whole of 2022.",
    "50.3 ehcp_20_weeks_pct England 2022",
)  # fmt: skip
case(
    "average first",
    "Across the country 65.2% of pupils reached a good level of development.",
    "65.2 eyfs_gld_pct England now",
)  # fmt: skip
case(
    "average first",
    "Good or outstanding schools are 90 per cent of the total nationally.",
    "90 schools_good_pct England now",
)  # fmt: skip
# -- the own value behind a dash -------------------------------------------------------------------------------------
case(
    "own behind a dash",
    "Entitlement to free school meals was above the national average – 27 per cent in primary schools and 24 per cent in "
    "secondary schools (national average 23% primary; 19% secondary).",
    "27 fsm_primary_pct LA now", "24 fsm_secondary_pct LA now", "23 fsm_primary_pct England now", "19 fsm_secondary_pct England now",
)  # fmt: skip
case(
    "own behind a dash",
    "The re-referral rate is below the England average – 17%.",
    "17 rereferrals_pct LA now",
)  # fmt: skip
case(
    "own behind a dash",
    "Of neighbours: re-referrals were 18%. Nationally 21% (22%), statistical neighbours 20.4% (21.1%), West Midlands 19% (20%).",
    "18 rereferrals_pct LA now", "21 rereferrals_pct England now", "20.4 rereferrals_pct SN now", "19 rereferrals_pct West_Midlands now",
)  # fmt: skip
# -- what is no figure of the cohort ---------------------------------------------------------------------------------
case("not the cohort", "1,204 EHC plans out of 1,610 (75%) had been through an annual review.")
case("not the cohort", "During 2022, 311 EHC plans had been issued.")
case(
    "not the cohort",
    "Relative poverty means an income under 60% of the median income; five wards are over the 40% mark for child poverty.",
)
case(
    "not the cohort",
    "There were 71 appeals about EHC plans. Out of the 71, 40 were settled.",
)  # fmt: skip
case(
    "not the cohort",
    "Placements with foster families are where most of the 640 children looked after live.",
)  # fmt: skip
case("not the cohort", "Indicator 14: Children looked after, stability of placements")
case(
    "not the cohort",
    "In September 2022, 64% of the EHC plans audited were good or outstanding. In June 2023 it was 81%.",
)
# -- targets that have to be met -------------------------------------------------------------------------------------
case(
    "has to come down",
    "The social worker vacancy rate has to come down to 15% by 30 June 2024.",
    "15 sw_vacancy_pct LA 2024-06-30 target",
)  # fmt: skip
case(
    "has to come down",
    "Re-referrals were 14% against a target of 17% - a sign that first contact with families is good.",
    "14 rereferrals_pct LA now", "17 rereferrals_pct LA now target",
)  # fmt: skip
case(
    "has to come down",
    "The year's target of 9.5% (now at 8.2%) for the percentage of looked after children moving placement three times or more.",
    "8.2 cla_3_placements_pct LA now",
)  # fmt: skip
# -- rates of every ten thousand -------------------------------------------------------------------------------------
case("every ten thousand", "Of every 10,000 children in the city last year, 108 were in care.", "108 cla_rate LA now")
case("every ten thousand", "It tells how many children (for each 10,000) the Council looks after.")
case(
    "every ten thousand",
    "There were 198 looked after children (41/10,000).",
    "198 cla_count LA now", "41 cla_rate LA now",
)  # fmt: skip
# -- semicolons part what is measured --------------------------------------------------------------------------------
case(
    "measures apart",
    "86 per cent of children on a plan were visited within 10 working days; 92 per cent of visits to children in care were in "
    "the relevant timescales, better in timeliness than a year ago (88 per cent).",
    "86 cpp_visits_in_time_pct LA now", "92 cla_visits_in_time_pct LA now", "88 cla_visits_in_time_pct LA now",
)  # fmt: skip
case(
    "measures apart",
    "The share of looked after children with an initial health assessment in timescale had gone down and 83% had an up-to-date "
    "health assessment.",
    "83 cla_health_assessment_pct LA now",
)  # fmt: skip
case(
    "measures apart",
    "Settings rated good or outstanding came to 96% and on good level of development the county was ahead of England.",
)  # fmt: skip
# -- what a month saw ------------------------------------------------------------------------------------------------
case("a month saw", "The last day of September 2022 saw 843 children in care.", "843 cla_count LA 2022-09-30")
case("a month saw", "March 2023 saw 611 children looked after - the most ever.", "611 cla_count LA 2023-03")
case(
    "a month saw",
    "For 06-07 the share of looked after children with three or more placements was 13%; in 2005/6 it was 15%.",
    "13 cla_3_placements_pct LA 2006-07", "15 cla_3_placements_pct LA 2005-06", reference="2007-09-20",
)  # fmt: skip
# -- a list of years --------------------------------------------------------------------------------------------------
case(
    "list of years",
    "The re-referral rate was:\n\n- 24.1% in 2018/19\n- 25.5% in 2019/20",
    "24.1 rereferrals_pct LA 2018-19", "25.5 rereferrals_pct LA 2019-20", reference="2020-05-05",
)  # fmt: skip
case(
    "list of years",
    "Section 47 enquiries opened were:-\n\n2018/19 – 948\n\n2017/18 – 1,102\n\n2016/17 – 873",
    "948 s47_count LA 2018-19", "1102 s47_count LA 2017-18", "873 s47_count LA 2016-17", reference="2020-05-05",
)  # fmt: skip
case(
    "list of years",
    "What was the number of children in need?\n\na) on 31 March 2019 – 2,529\n\nb) on 31 March 2018 – 2,514",
    "2529 cin_count LA 2019-03-31", "2514 cin_count LA 2018-03-31", reference="2020-05-05",
)  # fmt: skip
case(
    "list of years",
    "## Number of children the local authority looks after\n\n2013 - 610\n\n2014 - 625",
    "610 cla_count LA 2013", "625 cla_count LA 2014", reference="2018-01-11",
)  # fmt: skip
case(
    "list of years",  # as an axis has them
    "## Number of children the local authority looks after\n\n2013 610\n\n2014 625", reference="2018-01-11",
)  # fmt: skip
case(
    "list of years",
    "The panel was told of the number of children in need.\n\n2019 – 250\n\n2018 – 260", reference="2020-05-05",
)  # fmt: skip
# -- labels and dashes ------------------------------------------------------------------------------------------------
case(
    "labels and dashes",
    "Re-referrals: 2018/19 – 20%, 2019/20 – 22%.",
    "20 rereferrals_pct LA 2018-19", "22 rereferrals_pct LA 2019-20", reference="2020-07-05",
)  # fmt: skip
case(
    "labels and dashes",
    "Re-referral rates: Wolverhampton - 20%, West Midlands - 23% and England - 21%.",
    "20 rereferrals_pct LA now", "23 rereferrals_pct West_Midlands now", "21 rereferrals_pct England now",
)  # fmt: skip
case(
    "labels and dashes",
    "Children in care: March 2021 – 500, March 2022 – 520.",
    "500 cla_count LA 2021-03", "520 cla_count LA 2022-03", reference="2022-07-05",
)  # fmt: skip
case(
    "labels and dashes",
    "At the end of Q2 2022/23, the re-referral rate stood at 20% (Q1: 22%).",
    "20 rereferrals_pct LA 2022-23Q2", "22 rereferrals_pct LA 2022-23Q1", reference="2023-07-05",
)  # fmt: skip
case(
    "labels and dashes",
    "At year end 2022/23 we had 450 children in care, at a rate of 72 per 10,000, against 468 (75) the year before.",
    "450 cla_count LA 2023-03-31", "72 cla_rate LA 2023-03-31", "468 cla_count LA 2022-03-31", "75 cla_rate LA 2022-03-31",
    reference="2023-07-05",
)  # fmt: skip
# -- a row of years --------------------------------------------------------------------------------------------------
case(
    "a row of years",
    "In 2021/22 and 2022/23 the re-referral rate was 21% and 19% respectively.",
    "21 rereferrals_pct LA 2021-22", "19 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "a row of years",
    "The re-referral rate was 22%, 21% and 19% in 2020/21, 2021/22 and 2022/23 respectively.",
    "22 rereferrals_pct LA 2020-21", "21 rereferrals_pct LA 2021-22", "19 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "a row of years",
    "In 2020/21, 2021/22 and 2022/23 the re-referral rate was 22%, 21% and 19% respectively.",
    "22 rereferrals_pct LA 2020-21", "21 rereferrals_pct LA 2021-22", "19 rereferrals_pct LA 2022-23",
)  # fmt: skip
case(
    "so far from a target",
    "The re-referral rate was 22.4% – 2.4 points above target and 1.1 above the England average.",
    "22.4 rereferrals_pct LA now",
)  # fmt: skip
case(
    "so far from a target",
    "Repeat plans fell from 26% (31 of 119) to 19% (22 of 116).",
    "26 cpp_repeat_ever_pct LA now", "19 cpp_repeat_ever_pct LA now",
)  # fmt: skip
case(
    "so far from a target",
    "Assessments in 45 days were at 93%, 3% above the target of 90%.",
    "93 assessments_in_time_pct LA now", "90 assessments_in_time_pct LA now target",
)  # fmt: skip
# -- what was told of others, and what of these -------------------------------------------------------------------------
case(
    "told of others",
    "Nationally 66% of children reached a good level of development. This is up from 63%.",
    "66 eyfs_gld_pct England now", "63 eyfs_gld_pct England now",
)  # fmt: skip
case(
    "told of others",
    "In the country as a whole looked after children numbered 83,840. In Wolverhampton, numbers went up by 3% to 540.",
    "83840 cla_count England now", "540 cla_count LA now",
)  # fmt: skip
case(
    "told of others",
    "The LAC rate was 84 per 10,000. It is below the one in the North East (110 per 10,000).",
    "84 cla_rate LA now", "110 cla_rate North_East now",
)  # fmt: skip
case(
    "told of others",
    "In 2022 the children in need rate was 355 per 10,000. Set beside it are statistical neighbours with 331, the South East with 309 and England with 334.",
    "355 cin_rate LA 2022", "331 cin_rate SN 2022", "309 cin_rate South_East 2022", "334 cin_rate England 2022",
)  # fmt: skip
case("part that went on", "Out of the year's referrals to social care 1,891 (82%) went on to an assessment.")
case(
    "part that went on",
    "There were 742 missing episodes, 471 (63.5%) of which were from LAC.",
    "742 missing_episodes_count LA now",
)  # fmt: skip
case("part that went on", "36% (122) of the 338 children seen were in the care of the local authority.")
case("part that went on", "Of the 143 children who have been looked after for more than 2.5 years, all have a plan.")
case("part that went on", "Of the last 10 children to become looked after, four came too late.")
case("part that went on", "Year 11 had 43 looked after children for 2021/22.")
case("part that went on", "The service will recruit 20 social workers and 15 family support workers by March.")
case("part that went on", "There were 2 child protection and 5 looked after children cases unallocated.")
case(
    "part that went on",
    "The proportion of children looked after for 4 years who have been in the same placement for 2 years is 56%.",
)
case("part that went on", "Among workers qualified less than two years, caseloads average 11.")
case("part that went on", "Some 9,100 children are with foster families in the North West.")
case(
    "targets met",
    "Looked after children with three or more placements were inside the target at 7.3%.",
    "7.3 cla_3_placements_pct LA now",
)  # fmt: skip
case(
    "targets met",
    "25 per cent of care leavers who were NEET exceeded the target set of 33 per cent.",
    "25 care_leavers_neet_pct LA now", "33 care_leavers_neet_pct LA now target",
)  # fmt: skip
case(
    "targets met",
    "17.5 per cent of re-referrals were repeated within 12 months, below the target of 18 per cent.",
    "17.5 rereferrals_pct LA now", "18 rereferrals_pct LA now target",
)  # fmt: skip
case(
    "dated by its quarter",
    "When quarter 3 2021/22 ended, looked after children numbered 521 at the end of December.",
    "521 cla_count LA 2021-12-31", reference="2021-03-31",
)  # fmt: skip
case(
    "dated by its quarter",
    "The average time in 2012–15 between entering care and moving in with the adoptive family had reduced from 651 days to 607 days, compared to the 2011–14 period.",
    "651 adoption_placement_days LA 2011-14", "607 adoption_placement_days LA 2012-15", reference="2016-12-09",
)  # fmt: skip
case(
    "dated by its quarter",
    "The child protection rate fell from 52 to 47 per 10,000 between March and September 2022.",
    "52 cpp_rate LA 2022-03", "47 cpp_rate LA 2022-09",
)  # fmt: skip
case(
    "dated by its quarter",
    "The number of children looked after has fallen from 672 to 655 since March 2023.",
    "672 cla_count LA 2023-03", "655 cla_count LA now",
)  # fmt: skip
case(
    "dated by its quarter",
    "LAC numbers rose 12.6% between January 2011 (214) and December 2011 (241).",
    "214 cla_count LA 2011-01", "241 cla_count LA 2011-12", reference="2012-03-08",
)  # fmt: skip
case(
    "dated by its quarter",
    "Social worker turnover stood at 16% and vacancies at 19% as of 30 September 2022.",
    "16 sw_turnover_pct LA 2022-09-30", "19 sw_vacancy_pct LA 2022-09-30",
)  # fmt: skip
# -- parts of a cohort and other cohorts, met in reports nobody here had read ------------------------------------------
case(
    "a part is no cohort", "Between them 17 looked after children had 52 missing episodes.", "52 missing_episodes_count LA now",
)  # fmt: skip
case(
    "a part is no cohort", "Last month 17 LAC had between them 52 missing episodes.", "52 missing_episodes_count LA now"
)
case("a part is no cohort", "Two young people, both UASC, did not want one.")
case(
    "a part is no cohort",
    "Of the pupils taught at home, 29 of the children were known to us, being 24 children in need and 5 with child protection plans.",
)  # fmt: skip
case("a part is no cohort", "Taken together, children in care, in need and on child protection plans came to 1,187.")
case("a part is no cohort", "In the year 131 children became subject to a child protection plan.")
case("a part is no cohort", "Of 20 section 47 enquiries audited, 14 met the standard.")
case(
    "a part is no cohort",
    "Members asked how many unaccompanied asylum seeking children there were. The officer said there were 62 children in "
    "the care of the council at present.",
)  # fmt: skip
case(
    "other cohorts",
    "Attendance of looked after children was 91.4%. By comparison all Dudley pupils had attendance of 93.1%.",
    "91.4 cla_attendance_pct LA now",
)  # fmt: skip
case(
    "other cohorts", "Take up of the offer by two year olds is 71% and 94% of early years settings are good or better.",
    "71 funded_2yo_pct LA now",
)  # fmt: skip
case("other cohorts", "Core assessments in 35 working days stood at 77.3%.")
case("other cohorts", "Three carers were approved, of 44 who made an initial enquiry.")
case("other cohorts", "The not known rate is 3.9%, which compares to 6.2% a year ago; NEET is reported in arrears.")
case(
    "other cohorts", "One child had waited 588 days between placement order and match, which took the average up.",
)  # fmt: skip
# -- what is counted in places and homes -------------------------------------------------------------------------------
case(
    "children in homes", "At the end of December 2023 there were 322 children in foster care, that is 68% of all looked after.",
    "322 cla_foster_count LA 2023-12-31", "68 cla_foster_pct LA 2023-12-31",
)  # fmt: skip
case("children in homes", "61 children were living in children's homes, as in June.", "61 cla_residential_count LA now")
case(
    "children in homes", "Of the 464 children looked after, 330 children (71%) were placed with foster carers.",
    "464 cla_count LA now", "330 cla_foster_count LA now", "71 cla_foster_pct LA now",
)  # fmt: skip
case("children in homes", "27% of children in foster care live with agency carers.")
case(
    "children in homes", "16 young people (12%) lived 20+ miles away, for reasons that included risk from gangs.",
    "12 cla_over_20_miles_pct LA now",
)  # fmt: skip
case(
    "children in homes",
    "74 per cent of looked after children had lived in their present placement without a break for two years or more.",
    "74 cla_same_placement_2yr_pct LA now",
)  # fmt: skip
# -- unaccompanied children, named in other ways ----------------------------------------------------------------------
case(
    "unaccompanied", "Of the 418 children looked after, 37 (8.9%) are unaccompanied asylum seeking children, up from 29.",
    "418 cla_count LA now", "37 uasc_count LA now", "29 uasc_count LA now",
)  # fmt: skip
case(
    "unaccompanied", "There were 33 unaccompanied asylum seeking children (UASC) who were under 18 and 21 UASC over 18.",
    "33 uasc_count LA now",
)  # fmt: skip
case(
    "unaccompanied", "The number of UASC looked after was 88, which is below the 0.1% threshold of 95.",
    "88 uasc_count LA now",
)  # fmt: skip
# -- dates told by another date ----------------------------------------------------------------------------------------
case(
    "the same date",
    "The number of private fostering arrangements on 31 March 2013 was 12 as opposed to 9 at the same date in 2012.",
    "12 private_fostering_count LA 2013-03-31", "9 private_fostering_count LA 2012-03-31", reference="2013-06-01",
)  # fmt: skip
case(
    "the same date",
    "Looked after children numbered 512 at 31 March 2021. There were 288 children with a child protection plan on the same date.",
    "512 cla_count LA 2021-03-31", "288 cpp_count LA 2021-03-31",
)  # fmt: skip
case(
    "the same date",
    "The number of children with a child protection plan went from 118 at 31 March 2020 to 163 at the same point of 2021.",
    "118 cpp_count LA 2020-03-31", "163 cpp_count LA 2021-03-31",
)  # fmt: skip
case(
    "the same date", "Since April (to the end of December 2020) there have been 1,204 contacts and 188 referrals.",
    "1204 contacts_count LA 2020-04-01/2020-12-31", "188 referrals_count LA 2020-04-01/2020-12-31",
)  # fmt: skip
# -- groups of authorities and regions ---------------------------------------------------------------------------------
case(
    "told of groups", "Referrals – 402, equating to 361 per 10,000 when annualised. Our SN average is 498.",
    "402 referrals_count LA now", "361 referrals_rate LA now", "498 referrals_rate SN now",
)  # fmt: skip
case(
    "told of groups",
    "7.9 per cent of CLA had three or more placements. This is better than target and national (both 10 per cent) and "
    "regional at 9.1 per cent.",
    "7.9 cla_3_placements_pct LA now", "10 cla_3_placements_pct England now", "10 cla_3_placements_pct LA now target",
    "9.1 cla_3_placements_pct West_Midlands now",
)  # fmt: skip
case(
    "told of groups", "The rate of children looked after was 44.8 (SN 59; Eng. 65).",
    "44.8 cla_rate LA now", "59 cla_rate SN now", "65 cla_rate England now",
)  # fmt: skip
case(
    "told of groups",
    "The re-referral rate ends at 25.1%. Latest benchmarks, 2015/16: West Midlands 22.4%, England 22.3%.",
    "25.1 rereferrals_pct LA now", "22.4 rereferrals_pct West_Midlands 2015-16", "22.3 rereferrals_pct England 2015-16",
    reference="2017-05-01",
)  # fmt: skip
case(
    "told of groups", "Re-referrals, at 15%, are among the lowest we have seen (England 22%).",
    "15 rereferrals_pct LA now", "22 rereferrals_pct England now",
)  # fmt: skip
case(
    "told of groups", "402 children in care | 98 per 10,000 | 31 UASC | 190 foster carers",
    "402 cla_count LA now", "98 cla_rate LA now", "31 uasc_count LA now",
)  # fmt: skip
# -- rows of quarters and months without a year ------------------------------------------------------------------------
case(
    "row of quarters", "The re-referral rate was Q1 - 19%, Q2 - 22%, Q3 - 24%.",
    "19 rereferrals_pct LA 2022-23Q1", "22 rereferrals_pct LA 2022-23Q2", "24 rereferrals_pct LA 2022-23Q3",
)  # fmt: skip
case(
    "row of quarters", "The re-referral rate was 24% in Q4 and 19% in Q1.",
    "24 rereferrals_pct LA 2022-23Q4", "19 rereferrals_pct LA 2023-24Q1",
)  # fmt: skip
case(
    "row of quarters", "Re-referral rate: April 19%, May 22%, June (24%).",
    "19 rereferrals_pct LA 2023-04", "22 rereferrals_pct LA 2023-05", "24 rereferrals_pct LA 2023-06",
)  # fmt: skip
# -- said once, and taken up behind ------------------------------------------------------------------------------------
case(
    "taken up behind",
    "At the end of March 2019 the Team had bettered the 9% target (currently at 8.1%) for the percentage of looked after "
    "children with three or more placements.",
    "9 cla_3_placements_pct LA 2019-03-31 target", "8.1 cla_3_placements_pct LA now", reference="2019-06-11",
)  # fmt: skip
case(
    "taken up behind", "The rate of children who have a child protection plan was 41 (152 children).",
    "41 cpp_rate LA now", "152 cpp_count LA now",
)  # fmt: skip
case(
    "taken up behind", "There had been 742 episodes of going missing in 2020, 471 (63.5%) of which were from LAC.",
    "742 missing_episodes_count LA 2020",
)  # fmt: skip
case(
    "taken up behind",
    "8.3 per cent of children in care, as at December 2022, had had three or more placements in the 12 months before.",
    "8.3 cla_3_placements_pct LA 2022-12",
)  # fmt: skip
# -- not so many, not of them --------------------------------------------------------------------------------------------
case("no count of the cohort", "8 in 10 children in care live with foster carers.")
case("no count of the cohort", "41 children were waiting for a foster placement.")
case("no count of the cohort", "In Thornbury there were 26 children on child protection plans.")
case("no count of the cohort", "Nine children open to the service were also subject of a child protection plan.")
case("no count of the cohort", "The rate of 41 children looked after is among the lowest third of shire counties.")
case(
    "no count of the cohort", "7 children had been adopted in 2011/12, compared to 11 and 14 in the two previous years.",
    "7 adoptions_count LA 2011-12", "11 adoptions_count LA now", reference="2012-06-01",
)  # fmt: skip
case("no count of the cohort", "In parts of Dudley 38% of children live in poverty.")
case(
    "no count of the cohort",
    "In 14 of 20 cases the plan was clear, and in 80% visits to children in care were made in time.",
)
case("no count of the cohort", "52% of the workforce are from minority ethnic communities, of all children 30%.")
case(
    "whole cohort", "There are about 33,000 under-18s in the town.", "33000 population_0_17_count LA now",
)  # fmt: skip
case(
    "whole cohort", "As of 31 March 2018 there were 402 looked after children, or 91.0 per 10,000 population aged under 18, "
    "significantly higher than the England rate (64.0).",
    "402 cla_count LA 2018-03-31", "91 cla_rate LA 2018-03-31", "64 cla_rate England 2018-03-31",
)  # fmt: skip
case(
    "whole cohort", "The number of looked after children showed an 8% increase between April 2010 (271) and March 2011 (293).",
    "271 cla_count LA 2010-04", "293 cla_count LA 2011-03", reference="2011-07-01",
)  # fmt: skip
case(
    "whole cohort", "Norfolk is the fifth largest county in England, with about 168,400 children and young people under 18.",
    "168400 population_0_17_count LA now", authority="Norfolk",
)  # fmt: skip
case(
    "whole cohort",
    "The Board was pleased that no LAC had been permanently excluded.",
    "0 cla_permanent_exclusion_count LA now",
)
case("whole cohort", "Social worker turnover – at 24% – was the highest in the region.", "24 sw_turnover_pct LA now")
case("no count of the cohort", "Only 31 of the 402 (7.7%) looked after children are placed further afield.")
case("no count of the cohort", "Five children living at home with parents had been there for more than a year.")
case(
    "whole cohort", "18 children living in private fostering arrangements were known to the local authority.",
    "18 private_fostering_count LA now",
)  # fmt: skip
# -- whose the number behind a group of authorities is ---------------------------------------------------------------
case(
    "a group before its number", "The rate of children in care of 63 per 10,000 children remains lower than England (70).",
    "63 cla_rate LA now", "70 cla_rate England now",
)  # fmt: skip
case(
    "a group before its number",
    "At 22.4% of repeat plans we sit a little under the statistical neighbours (23.6% in 2021/22) and the England position of "
    "23.3% in the same year.",
    "22.4 cpp_repeat_ever_pct LA now", "23.6 cpp_repeat_ever_pct SN 2021-22", "23.3 cpp_repeat_ever_pct England 2021-22",
)  # fmt: skip
case(
    "a group before its number", "The latest England figure for assessments within 45 days, for the year 2021/22, is 84.5%.",
    "84.5 assessments_in_time_pct England 2021-22",
)  # fmt: skip
case(
    "a group before its number", "Our re-referral rate of 20% sits between the England figure (22%) and that of our neighbours (18%).",
    "20 rereferrals_pct LA now", "22 rereferrals_pct England now", "18 rereferrals_pct SN now",
)  # fmt: skip
case(
    "a group before its number", "The re-referral rate was 20%. This is worse than neighbours, who report 18%, and England, which reports 22%.",
    "20 rereferrals_pct LA now", "18 rereferrals_pct SN now", "22 rereferrals_pct England now",
)  # fmt: skip
case(
    "a group before its number", "20% of referrals were re-referrals compared to 18% (SN), 19% (WM) and 22% (England).",
    "20 rereferrals_pct LA now", "18 rereferrals_pct SN now", "19 rereferrals_pct West_Midlands now",
    "22 rereferrals_pct England now",
)  # fmt: skip
case(
    "a group before its number", "The re-referral rate of 20% puts us in the top quartile nationally, where the average is 22%.",
    "20 rereferrals_pct LA now", "22 rereferrals_pct England now",
)  # fmt: skip
case(
    "a group before its number", "Statistical neighbours' re-referrals rose from 17% to 18%, ours fell from 22% to 20%.",
    "17 rereferrals_pct SN now", "18 rereferrals_pct SN now", "22 rereferrals_pct LA now", "20 rereferrals_pct LA now",
)  # fmt: skip
case(
    "a group before its number", "Southend's rate of children in care per 10,000 is 80, in comparison to 65 nationally and 74.4 for our "
    "statistical neighbours (2018 figures not available for 2 of the group).",
    "80 cla_rate LA now", "65 cla_rate England now", "74.4 cla_rate SN now", authority="Southend-on-Sea",
)  # fmt: skip
# -- a target behind the value -----------------------------------------------------------------------------------------
case(
    "target in a bracket", "The re-referral rate is 19%, below target (20%).",
    "19 rereferrals_pct LA now", "20 rereferrals_pct LA now target",
)  # fmt: skip
case("target in a bracket", "The re-referral rate is below target (19%).", "19 rereferrals_pct LA now")
case(
    "target in a bracket", "88% of assessments were in time, short of the target (90%).",
    "88 assessments_in_time_pct LA now", "90 assessments_in_time_pct LA now target",
)  # fmt: skip
# -- KPI words, no KPI values ----------------------------------------------------------------------------------------
case("no values", "From 2020 the board will review re-referrals and child protection plans every 6 weeks.")
case("no values", "Statutory guidance expects assessments to be completed within 45 working days.")
case("no values", "Item 7: Corporate parenting report on children looked after (pages 11 to 46).")

# Cases that are not yet read so, by construction and number, with the reason; a line goes when its case passes.
FAILS: dict[str, str] = {
    "chain 1": "`plans` alone is not taken for child protection plans, though the sentence speaks of their conferences",
    "separate brackets 1": "a date behind the last bracket dates only the comparator",
    "headcount then FTE 1": "`the workforce` is not known for social workers once agency workers are named",
    "headcount then FTE 3": "`the year to 30 September` is not carried to the percentage once counts follow",
    "tolerance and floor 2": "a tolerance is taken for a target",
    "forecast 2": "the clause after a forecast carries on no indicator",
    "average of several years 3": "`passed between court authority and the match` is no phrase of the lexicon",
    "definition variants 3": "`of them within two years` does not take up the plans before it",
    "definition variants 6": "`of those aged` does not take up care leavers",
    "broken text 1": "`This was the number of` does not name the number of the sentence before",
}
