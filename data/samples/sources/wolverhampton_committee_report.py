"""Sample (f): a committee report as Word writes it, with a table under a merged header, bullets at two depths, numbered
paragraphs, a footnote marker and a text that Word keeps in a content control.

Figures: Local Authority Interactive Tool and Explore Education Statistics, Wolverhampton, West Midlands and England, years
ending 31 March 2023 and 2024, workforce at 30 September 2023.
"""

from __future__ import annotations

import datetime as dt

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from typesetting import NOTICE, make_docx

NAME = "sample-wolverhampton-committee-report-2024.docx"

FACTS = [
    ("Report title", "Children's services: how the year 2023/24 went"),
    ("Meeting", "Sample scrutiny panel, 18 September 2024"),
    ("Report of", "Director of children's services"),
]
TABLE = [
    ["Referrals per 10,000 children", "617.3", "538.1", "553.7", "515.7"],
    ["Re-referrals within 12 months (%)", "21.2", "22.4", "21.3", "22.4"],
    ["Assessments completed within 45 working days (%)", "86.1", "82.5", "88.1", "84.5"],
    ["Children in need per 10,000 children", "410.6", "338.7", "338.8", "331.2"],
    ["Children on a child protection plan per 10,000 children", "38.9", "42.7", "34.5", "41.4"],
    ["Repeat child protection plans, ever (%)", "19.2", "23.6", "27.4", "24.7"],
    ["Child protection reviews on time (%)", "87.6", "88.1", "89.9", "89.8"],
    ["Looked after children with three or more placements (%)", "6", "11", "7", "11"],
]
IN_CARE = (
    "There were 517 children looked after at 31 March 2024, 19 more than the 498 at the same date in 2023. Of these:"
)
IN_CARE_ITEMS = [
    (1, "35 were unaccompanied asylum-seeking children, compared with 32 in March 2023"),
    (1, "75% lived with foster carers"),
    (1, "12% were placed more than 20 miles from home (England: 18%)"),
]
YEAR_ITEMS_LEAD = "Over the year 2023/24:"
YEAR_ITEMS = [
    (1, "143 children started to be looked after (123 in 2022/23)"),
    (1, "124 ceased to be looked after, of whom:"),
    (2, "12 left under a special guardianship order"),
]
STABILITY = (
    "Stability remains a strength. The proportion of children in the same placement for two years or more was 77% in both "
    "2022/23 and 2023/24, nine points above the national figure of 68% and ten above the regional one of 67%."
)
HEALTH = (
    "85% of children looked after had an up-to-date health assessment in 2023/24, a drop of five percentage points from 90%; "
    "88% had seen a dentist, two points more than in 2022/23. The mean SDQ score improved to 13.1 from 13.5."
)
WORKFORCE = (
    "At 30 September 2023 the vacancy rate was 8.4 per cent, less than half of the national rate of 18.9 per cent. Agency "
    "workers filled 10.5 per cent of posts and turnover was 15.2 per cent. The average caseload was 13.9 against 16.0 in "
    "England and 16.6 in the West Midlands."
)
LEAVERS = (
    "In 2023/24, 92% (173) of care leavers aged 19 to 21 were in suitable accommodation, up from 89% (170). 56% (107) were in "
    "education, employment or training; 39% (75) were NEET, the same proportion as in England; 11 were in higher education."
)


def _numbered(document: Document, number: str, words: str) -> None:
    document.add_paragraph(f"{number} {words}")


def _items(document: Document, items: list[tuple[int, str]]) -> None:
    for depth, words in items:
        document.add_paragraph(words, style="List Bullet" if depth == 1 else "List Bullet 2")


def _measures(document: Document) -> None:
    table = document.add_table(rows=2 + len(TABLE), cols=5, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Measure"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2022/23"
    table.cell(0, 3).merge(table.cell(0, 4)).text = "2023/24"
    for column, words in enumerate(["Wolverhampton", "England"] * 2, start=1):
        table.cell(1, column).text = words
    for row, words in enumerate(TABLE, start=2):
        for column, word in enumerate(words):
            table.cell(row, column).text = word


def _draw() -> Document:
    document = docx.Document()
    properties = document.core_properties
    properties.title = "Wolverhampton children's services 2023/24: sample committee report"
    properties.author = "childrens-services-kpis"
    properties.created = properties.modified = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Wolverhampton | Sample committee report"
    section.footer.paragraphs[0].text = NOTICE.format(owner="the City of Wolverhampton Council")
    facts = document.add_table(rows=len(FACTS), cols=2)
    for row, pair in enumerate(FACTS):
        for column, words in enumerate(pair):
            facts.cell(row, column).text = words
    document.add_heading("Purpose", 1)
    _numbered(document, "1.1", "To tell the panel how children's services in Wolverhampton did in 2023/24.")
    document.add_heading("Performance against England", 1)
    paragraph = document.add_paragraph("2.1 The main measures of both years are in the table below")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(".")
    document.add_paragraph("Table 1: Main measures, Wolverhampton and England", style="Caption")
    _measures(document)
    document.add_heading("Children in care", 1)
    _numbered(document, "3.1", IN_CARE)
    _items(document, IN_CARE_ITEMS)
    document.add_paragraph(YEAR_ITEMS_LEAD)
    _items(document, YEAR_ITEMS)
    _numbered(document, "3.2", STABILITY)
    _numbered(document, "3.3", HEALTH)
    document.add_heading("Care leavers", 1)
    _numbered(document, "4.1", LEAVERS)
    document.add_heading("Workforce", 1)
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>5.1 {WORKFORCE}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(len(document.element.body) - 1, control)
    document.add_heading("Financial implications", 1)
    _numbered(document, "6.1", "There are none: the sample costs £0.0 million and took 3 days.")
    return document


def make() -> bytes:
    """The Word file."""
    return make_docx(_draw())
