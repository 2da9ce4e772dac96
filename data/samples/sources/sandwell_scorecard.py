"""Sample (c): a scorecard whose ruled table runs over two pages and does not repeat its header.

Figures: Local Authority Interactive Tool, Sandwell and England, years ending 31 March 2022, 2023 and 2024; the workforce
is that of 30 September within each year. "c" is a suppressed value.
"""

from __future__ import annotations

import io

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from typesetting import BAND, NOTICE, QUIET, RULE, style, text_box

NAME = "sample-sandwell-scorecard-2023-24.pdf"

HEADER = ["Ref", "Indicator", "2021/22", "2022/23", "2023/24", "England\n2023/24"]
ROWS = [
    ["CS01", "Rate of referrals per 10,000 children", "524.6", "489.4", "505.1", "515.7"],
    ["CS02", "Number of referrals in the year", "4,454", "4,205", "4,397", "621,880"],
    ["CS03", "Referrals within 12 months of a previous referral (%)", "19.2", "22.9", "20.9", "22.4"],
    ["CS04", "Referrals leading to no further action (%)", "c", "0.1", "c", "6.3"],
    ["CS05", "Assessments completed within 45 working days (%)", "76.5", "76.5", "83.3", "84.5"],
    ["CS06", "Assessed as not in need after assessment (%)", "24.3", "21.1", "22.9", "30.3"],
    ["CS07", "Children in need per 10,000 at 31 March", "330.5", "331.1", "332.9", "331.2"],
    ["CS08", "Section 47 enquiries per 10,000", "219.7", "201.7", "194.1", "186.2"],
    ["CS09", "Initial child protection conferences within 15 working days (%)", "82.1", "71.8", "71.8", "79.7"],
    ["CS10", "Number of children subject of a child protection plan at 31 March", "403", "333", "463", "49,900"],
    ["CS11", "Children subject of a child protection plan per 10,000", "47.5", "38.8", "53.2", "41.4"],
    ["CS12", "Plans that were a second or subsequent plan, ever (%)", "30.1", "31.3", "29.8", "24.7"],
    ["CS13", "Child protection plans lasting two years or more (%)", "2.5", "4.8", "3.5", "2.6"],
    ["CS14", "Child protection reviews carried out on time (%)", "90.8", "61.1", "78.9", "89.8"],
    ["LC01", "Number of children looked after at 31 March", "840", "796", "808", "83,530"],
    ["LC02", "Children looked after per 10,000", "99", "93", "93", "69"],
    ["LC03", "Children starting to be looked after in the year", "157", "162", "189", "33,130"],
    ["LC04", "Children ceasing to be looked after in the year", "198", "216", "178", "33,780"],
    ["LC05", "Unaccompanied asylum-seeking children looked after", "14", "21", "44", "7,440"],
    ["LC06", "Looked after children placed over 20 miles from home (%)", "9", "9", "11", "18"],
    ["LC07", "Looked after children in foster placements (%)", "74", "74", "71", "67"],
    ["LC08", "Three or more placements during the year (%)", "7", "8", "10", "11"],
    ["LC09", "Same placement for two years or more (%)", "73", "68", "66", "68"],
    ["LC10", "Looked after children with an up-to-date health assessment (%)", "94", "97", "95", "89"],
    ["LC11", "Looked after children with an up-to-date dental check (%)", "63", "74", "82", "79"],
    ["LC12", "Looked after children whose immunisations are up to date (%)", "92", "92", "87", "82"],
    ["LC13", "Average SDQ score of looked after children", "12.5", "13.1", "13.5", "14.7"],
    ["LC14", "Special guardianship orders", "20", "26", "27", "3,890"],
    ["CL01", "Care leavers aged 19 to 21 in education, employment or training (%)", "42", "45", "41", "54"],
    ["CL02", "Care leavers aged 19 to 21 who are NEET (%)", "48", "47", "48", "39"],
    ["CL03", "Care leavers in suitable accommodation (%)", "82", "84", "83", "88"],
    ["CL04", "Care leavers in higher education", "16", "15", "c", "2,250"],
    ["WF01", "Social worker vacancy rate (%)", "27.7", "27.5", "18.3", "18.9"],
    ["WF02", "Social worker turnover rate (%)", "25.7", "28.0", "15.4", "15.9"],
    ["WF03", "Agency social worker rate (%)", "31.5", "29.6", "17.6", "17.9"],
    ["WF04", "Average cases per social worker", "16.0", "16.1", "16.9", "16.0"],
]


def _page(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(545, 30, f"Page {document.page}")
    text_box(canvas, NOTICE.format(owner="Sandwell Council"), 50, 44, 420, style(7.5, colour=QUIET))


def make() -> bytes:
    """The PDF, two pages."""
    head, cell = style(9, 11, bold=True, colour=colors.white), style(9.5, 11.5)
    rows: list[list[object]] = [[Paragraph(text.replace("\n", "<br/>"), head) for text in HEADER]]
    rows += [[row[0], Paragraph(row[1], cell), *row[2:]] for row in ROWS]
    table = Table(rows, colWidths=[42, 235, 54, 54, 54, 58], repeatRows=0)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, RULE),
                ("BACKGROUND", (0, 0), (-1, 0), BAND),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 9.5),
                ("ALIGN", (2, 1), (-1, -1), "RIGHT"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOTTOMPADDING", (0, 1), (-1, -1), 6),
                ("TOPPADDING", (0, 1), (-1, -1), 6),
            ]
        )
    )
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=50,
        rightMargin=50,
        topMargin=50,
        bottomMargin=60,
        title="Sandwell children's services: sample scorecard 2023/24",
        author="childrens-services-kpis",
        invariant=1,
    )
    intro = (
        "The scorecard sets three years side by side. Values in the last column are for England. A letter c stands for a "
        "number too small to publish."
    )
    story = [
        Paragraph("Sandwell children's services: sample scorecard", style(17, bold=True)),
        Paragraph("Year to 31 March 2024", style(12, 18)),
        Paragraph(intro, style(10, 14, spaceAfter=8)),
        Spacer(1, 4),
        table,
    ]
    document.build(story, onFirstPage=_page, onLaterPages=_page)
    return buffer.getvalue()
