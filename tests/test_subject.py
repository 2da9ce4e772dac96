"""Whose document it is, of what kind, and when it speaks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.judgements import find_judgements
from extractors.subject import find_subject
from schemas.records import Block, Box, Line, Page, Reading, Subject


def page(number: int, text: str, large: str = "") -> Page:
    """A page whose lines are 12 pt, those of `large` 24 pt."""
    lines = []
    start = 0
    for i, words in enumerate(text.split("\n")):
        size = 24.0 if words and words in large else 12.0
        lines.append(Line(words, start, Box(50, 40 + 20 * i, 400, 52 + 20 * i), size))
        start += len(words) + 1
    return Page(number, 595, 842, text, tuple(lines), ())


def pdf(*texts: str, large: str = "", title: str | None = None) -> Reading:
    pages = tuple(page(i, text, large) for i, text in enumerate(texts, start=1))
    return Reading("application/pdf", pages=pages, title=title, page_count=len(pages))


def html(*texts: str, title: str | None = None) -> Reading:
    return Reading("text/html", blocks=tuple(Block("paragraph", text) for text in texts), title=title)


INSPECTION = """Dudley Metropolitan Borough Council
Inspection of children's social care services
Inspection dates: 28 March to 1 April 2022
Lead inspector: A N Other
Judgement Grade
Children in Walsall and Sandwell are not the matter here."""

MINUTES = """Borsetshire Room, Town Hall
CITY OF WOLVERHAMPTON C O U N C I L
Scrutiny Panel
Minutes - 24 March 2022
Attendance: twelve members
Minutes of the previous meeting held on 10 January 2022 were approved.
Birmingham was thanked for lending its hall."""


def code(subject: Subject) -> str | None:
    return subject.area.area_code if subject.area else None


def test_an_inspection_report_speaks_at_the_end_of_the_inspection() -> None:
    subject = find_subject(pdf(INSPECTION), "80464_dudley/children's services inspection - 18 may 2022.pdf")
    assert code(subject) == "E08000027"
    assert subject.document_kind == "inspection"
    assert subject.publisher == "Ofsted"
    assert subject.reference == dt.date(2022, 4, 1)
    assert subject.published_on == dt.date(2022, 5, 18)
    assert subject.title == "Dudley Metropolitan Borough Council Inspection of children's social care services"
    assert subject.issues == ()


def test_a_printed_date_of_publication_wins_over_the_file_name() -> None:
    text = INSPECTION.replace("Lead inspector", "Report published: 3 June 2022\nLead inspector")
    assert find_subject(pdf(text), "inspection - 18 may 2022.pdf").published_on == dt.date(2022, 6, 3)


def test_an_inspection_in_two_parts_ends_with_the_second() -> None:
    text = INSPECTION.replace("28 March to 1 April 2022", "19 November-11 December 2013 and 28 – 30\nJanuary 2014")
    assert find_subject(pdf(text), "x.pdf").reference == dt.date(2014, 1, 30)


def test_the_dates_of_a_previous_inspection_are_not_its_own() -> None:
    text = """Local area partnership report
Area SEND inspection of Bury Local Area Partnership
Inspection dates: 12 to 16 February 2024
Dates of previous inspection: 13 to 15 May 2019"""
    subject = find_subject(pdf(text), "x.pdf")
    assert subject.reference == dt.date(2024, 2, 16)
    assert code(subject) == "E08000002"


def test_a_letter_is_published_on_the_day_at_its_head() -> None:
    text = """27 February 2025
A Person, Chief Executive, Norfolk County Council
Chief Constable, Norfolk Constabulary; NHS Norfolk and Waveney
Dear Norfolk partnership
Joint targeted area inspection of Norfolk
This letter summarises the findings of the inspection, which took place elsewhere than in Essex.
This inspection took place from 9 to 13 December 2024."""
    subject = find_subject(pdf(text), "letter.pdf")
    assert (code(subject), subject.published_on, subject.reference) == (
        "E10000020",
        dt.date(2025, 2, 27),
        dt.date(2024, 12, 13),
    )


def test_minutes_speak_at_their_meeting_not_at_the_one_before() -> None:
    subject = find_subject(pdf(MINUTES), "papers/item.pdf")
    assert code(subject) == "E08000031"
    assert subject.document_kind == "minutes"
    assert subject.reference == dt.date(2022, 3, 24)
    assert subject.publisher == "City of Wolverhampton Council"


@pytest.mark.parametrize(
    ("second_line", "publisher"),
    [
        ("Made from official statistics of the Department for Education, 2023", "Dudley Metropolitan Borough Council"),
        ("Department for Education", "Department for Education"),
    ],
)
def test_whoever_names_a_source_is_not_published_by_it(second_line: str, publisher: str) -> None:
    subject = find_subject(pdf(f"Dudley scorecard\n{second_line}\nAs at 31 March 2023"), "papers/dudley-scorecard.pdf")
    assert (code(subject), subject.publisher) == ("E08000027", publisher)


def test_a_pack_speaks_at_its_meeting_whatever_its_papers_say() -> None:
    front = """Children and Young People Scrutiny Panel
27 July 2023
Contact the scrutiny team at scrutiny@wolverhampton.gov.uk
Agenda
Item No. Title
Minutes of the previous meeting (15 March 2023)"""
    subject = find_subject(pdf(front, "Self-evaluation. Data as at 31 March 2023"), "pack.pdf")
    assert (code(subject), subject.document_kind, subject.reference) == ("E08000031", "report", dt.date(2023, 7, 27))


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Children's Services Performance Report Quarter 3 2022/23", "2022-12-31"),
        ("Q1 2023-24 scorecard of children's services", "2023-06-30"),
        ("Performance digest: position as at 31 March 2023", "2023-03-31"),
        ("Needs assessment\nJune 2014", "2014-06-30"),
        ("Corporate Parenting Board annual report 2019/20", "2020-03-31"),
        ("Children's scorecard, Jan-23", "2023-01-31"),
        ("Report to the Scrutiny Committee\n11 September 2023\nSubject: performance, Quarter 1 2023/24", "2023-06-30"),
        ("Report to the Scrutiny Committee\n11 September 2023\nSubject: homes for children", "2023-09-11"),
    ],
)
def test_a_paper_speaks_at_the_end_of_the_time_in_its_title(heading: str, day: str) -> None:
    text = f"Rochdale Borough Council\n{heading}\nIt was written for those who need it."
    assert find_subject(pdf(text), "report.pdf").reference == dt.date.fromisoformat(day)


def test_a_pack_with_a_quarterly_report_still_speaks_at_its_meeting() -> None:
    front = """Rochdale Borough Council
Scrutiny Committee
Tuesday, 5 December 2023 at 6.15 pm
AGENDA
1. Apologies
2. Declarations of interest
3. Performance report, Quarter 2 2023/24 (pages 5 - 20)"""
    assert find_subject(pdf(front), "pack.pdf").reference == dt.date(2023, 12, 5)


def test_a_visit_letter_is_an_inspection_and_a_report_about_it_is_none() -> None:
    letter = """6 September 2023
A Person, Director of Children's Services
Dear Director
Focused visit to Dudley children's services
This letter summarises the findings of the focused visit to Dudley children's services on 12 and 13 July 2023."""
    subject = find_subject(pdf(letter), "letter.pdf")
    assert (subject.document_kind, subject.published_on, subject.reference, code(subject)) == (
        "inspection",
        dt.date(2023, 9, 6),
        dt.date(2023, 7, 13),
        "E08000027",
    )
    report = """Dudley Metropolitan Borough Council
Children's Services Scrutiny Committee - 4 October 2023
Report of the Director: outcome of the focused visit to Dudley children's services"""
    subject = find_subject(pdf(report), "report.pdf")
    assert (subject.document_kind, subject.reference) == ("report", dt.date(2023, 10, 4))


def test_without_any_date_the_reference_is_unknown_not_today() -> None:
    subject = find_subject(pdf("Rochdale Borough Council\nA plan for better placements"), "plan.pdf")
    assert subject.reference is None
    assert [issue.code for issue in subject.issues] == ["reference_unknown"]


def test_the_file_name_gives_the_date_where_nothing_is_printed() -> None:
    subject = find_subject(pdf(""), "west-sussex/CYP-Outcomes-July-2023.pdf")
    assert (code(subject), subject.reference) == ("E10000032", dt.date(2023, 7, 31))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("80477_kingston upon hull/report.pdf", "E06000010"),
        ("https://democracy.leeds.gov.uk/documents/s1/Report.pdf", "E08000035"),
        ("https://wolverhampton.moderngov.co.uk/documents/s2/x.pdf", "E08000031"),
        ("https://www.bcpcouncil.gov.uk/a/b.pdf", "E06000058"),
        ("80546_windsor & maidenhead/x.pdf", "E06000040"),
        ("st-helens-self-evaluation.pdf", "E08000013"),
        ("guided-reading.pdf", None),
        ("http://[broken", None),
        ("C:\\papers\\dudley\\x.pdf", "E08000027"),
    ],
)
def test_the_location_tells_whose_it_is(location: str, expected: str | None) -> None:
    assert code(find_subject(pdf("A paper on placements"), location)) == expected


def test_the_registry_decides_before_anything_that_is_printed() -> None:
    assert code(find_subject(pdf(INSPECTION), "80464_dudley/x.pdf", authority="Walsall")) == "E08000030"


def test_a_source_that_the_registry_calls_national_is_about_the_country_and_no_authority() -> None:
    subject = find_subject(pdf(INSPECTION), "80464_dudley/x.pdf", authority="England")
    assert subject.area is not None
    assert subject.area.kind == "country"
    assert subject.code is None


@pytest.mark.parametrize(
    "title",
    [
        "Characteristics of children in need in England, 2014-15",
        "Children looked after in England including adoptions",
        "What English councils spend on placements",
    ],
)
def test_a_paper_whose_title_names_the_country_is_not_of_the_authority_it_mentions(title: str) -> None:
    subject = find_subject(html("The highest rate is in Dudley, next to it the lowest.", title=title), "x.html")
    assert subject.area is not None
    assert subject.area.name == "England"
    assert subject.code is None


@pytest.mark.parametrize(
    "title", ["NHS England and Dudley", "Report to Healthwatch England", "Dudley and England compared"]
)
def test_a_body_named_after_the_country_makes_no_paper_on_the_country(title: str) -> None:
    subject = find_subject(pdf(title), "80464_dudley/x.pdf")
    assert subject.area is not None
    assert subject.area.kind == "authority"


def test_a_surname_is_not_the_authority() -> None:
    subject = find_subject(pdf("What works in early help\nSarah Kent, Liz Barnet and Tom Bury"), "paper.pdf")
    assert subject.area is None


def test_a_report_that_names_another_authority_often_keeps_its_own() -> None:
    first = "London Borough of Barnet\nLessons from our partners\nOfficers went to Camden."
    body = "What we saw\nover two days.\nCamden has 12 hubs. Camden pays more.\nCamden leads.\nWe will\ndo likewise."
    assert code(find_subject(pdf(first, *[body] * 9), "report.pdf")) == "E09000003"


def test_a_national_paper_is_about_no_single_authority() -> None:
    names = ["Leeds", "Kent", "Dorset", "Bolton", "York", "Essex", "Slough", "Luton", "Torbay", "Surrey"]
    reading = pdf("Barnsley\nWhat all councils spend", *[f"{name} spends more" for name in names])
    subject = find_subject(reading, "national.pdf")
    assert subject.area is None
    assert "subject_unknown" in [issue.code for issue in subject.issues]


def test_a_paper_of_a_region_is_about_no_single_authority() -> None:
    subject = find_subject(pdf("West Midlands regional data set\nAugust 2021\nEvery council took part."), "data.pdf")
    assert subject.area is None


def test_dorset_before_april_2019_is_the_old_county() -> None:
    text = INSPECTION.replace("Dudley Metropolitan Borough Council", "Dorset County Council")
    old = find_subject(pdf(text.replace("2022", "2016")), "x.pdf")
    new = find_subject(pdf(text.replace("Dorset County Council", "Dorset Council")), "x.pdf")
    assert (code(old), code(new)) == ("E10000009", "E06000059")


def test_a_web_page_without_pages_is_read_by_its_blocks() -> None:
    reading = html(
        "Agenda item", "Meeting of the Scrutiny Committee, Tuesday, 4th October, 2022", "Minutes: The Chair opened.",
        title="Agenda item - Social work - Sandwell Council",
    )  # fmt: skip
    subject = find_subject(reading, "item.html")
    assert (code(subject), subject.document_kind, subject.reference) == ("E08000028", "minutes", dt.date(2022, 10, 4))


def test_a_webcast_is_a_transcript() -> None:
    reading = html(
        "Start of webcast", title="Scrutiny Panel - Wednesday 27 November 2024, 6:00pm - Bury Council Webcasting"
    )
    subject = find_subject(reading, "w.html")
    assert (code(subject), subject.document_kind, subject.reference) == (
        "E08000002",
        "transcript",
        dt.date(2024, 11, 27),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Salford City Council\nChildren's Services Self-Evaluation 2023", "self_evaluation"),
        ("Salford City Council\nNEET scorecard", "statistics"),
        ("Salford City Council\nSufficiency strategy", "report"),
        ("Salford City Council\nThe outcome of our Ofsted inspection: report of the director", "report"),
        ("Some words", "other"),
    ],
)
def test_kinds_of_documents(text: str, kind: str) -> None:
    assert find_subject(pdf(text), "x.pdf").document_kind == kind


def test_the_title_is_the_largest_type_of_the_first_page() -> None:
    text = "Health research unit\nHomes for children\nApril 2013" + "\nsmall print" * 9
    assert find_subject(pdf(text, large="Homes for children"), "x.pdf").title == "Homes for children"


def test_an_empty_document_leaves_only_its_location() -> None:
    subject = find_subject(
        Reading("application/pdf"), "80429_birmingham/children's services inspection - 19 october 2012.pdf"
    )
    assert (code(subject), subject.document_kind) == ("E08000025", "inspection")


@given(st.text(max_size=300), st.text(max_size=60))
def test_no_text_and_no_location_makes_it_fail(text: str, location: str) -> None:
    subject = find_subject(pdf(text), location)
    assert {issue.code for issue in subject.issues} <= {"subject_unknown", "reference_unknown"}
    assert (subject.area is None) == ("subject_unknown" in {issue.code for issue in subject.issues})
    assert isinstance(find_judgements(pdf(text), subject, "d"), tuple)


@given(st.text(alphabet=st.sampled_from("0123456789 /.-–toandMarchJuly2019as at"), max_size=60))
def test_odd_dates_make_nothing_fail(text: str) -> None:
    find_subject(pdf(f"Inspection dates: {text}\nas at {text}\n{text}"), text)


def test_a_date_in_the_file_name_is_no_quarter_of_that_year() -> None:
    subject = find_subject(
        pdf("Monitoring report\nQuarter 3: 1 October 2023 to 31 December 2023"), "dudley-report-q3-2024-02-05.pdf"
    )
    assert subject.reference == dt.date(2023, 12, 31)


def test_data_to_the_end_of_a_month_dates_the_paper() -> None:
    subject = find_subject(
        pdf("Dudley: self-evaluation\nOctober 2024 (data to the end of September 2024)"), "dudley-self-evaluation.pdf"
    )
    assert subject.reference == dt.date(2024, 9, 30)
