"""Sample (g): a report of an inspection, with a table of grades and a list of facts about the authority.

Grades: published outcome of the inspection of 31 October 2022. Figures: Local Authority Interactive Tool and Explore
Education Statistics, Dudley, years ending 31 March 2021 and 2022. The words are this sample's own.
"""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle
from typesetting import BAND, NOTICE, PALE, QUIET, RULE, style, text_box

NAME = "sample-dudley-inspection-report-2022.pdf"

BODY = style(10.5, 14.5, spaceAfter=7)
HEADING = style(14, 18, bold=True, colour=BAND, spaceBefore=10, spaceAfter=6)

GRADES = [
    ["Judgement", "Grade"],
    ["The impact of leaders on social work practice with children and families", "Requires improvement to be good"],
    ["The experiences and progress of children who need help and protection", "Requires improvement to be good"],
    ["The experiences and progress of children in care and care leavers", "Requires improvement to be good"],
    ["Overall effectiveness", "Requires improvement to be good"],
]
SUMMARY = (
    "Practice has become steadier since the last inspection, yet too many children wait for help that their assessments say "
    "they need. In the seven cases that we followed in depth, plans were clear in four."
)
FACTS: list[tuple[str, list[str]]] = [
    (
        "Children living in this area",
        [
            "Some 68,457 children and young people under the age of 18 live in Dudley.",
            "In January 2022 there were 3,035 children and young people with an education, health and care plan, compared with "
            "2,730 in January 2021.",
        ],
    ),
    (
        "Child protection in this area",
        [
            "At 31 March 2022, children in need numbered 379 for every 10,000 children. This is an increase from 365 at 31 "
            "March 2021.",
            "At 31 March 2022, 309 children and young people were the subject of a child protection plan (a rate of 45 per "
            "10,000). This compares with 292 (43 per 10,000) at 31 March 2021.",
        ],
    ),
    (
        "Children looked after in this area",
        [
            "At 31 March 2022, the authority was looking after 583 children (a rate of 85 per 10,000 children), a reduction "
            "from 621 (91 per 10,000) at the same date in 2021. Of this number:",
            "16 are unaccompanied asylum-seeking children, ten more than a year before",
            "77% live with foster families",
            "11% live more than 20 miles from their home.",
            "In the last 12 months:",
            "132 children started to be looked after",
            "172 children ceased to be looked after",
            "there have been 30 special guardianship orders.",
        ],
    ),
]


def _foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFillColor(QUIET)
    canvas.setFont("Helvetica", 7.5)
    canvas.drawRightString(540, 30, str(document.page))
    text_box(canvas, NOTICE.format(owner="Ofsted or of Dudley Council"), 56, 46, 420, style(7.5, colour=QUIET))


def _bullets(lines: list[str]) -> ListFlowable:
    """Items at two depths: those after one that ends in a colon stand below it."""
    items: list[list[object]] = []
    deeper: list[ListItem] | None = None
    for line in lines:
        if line.endswith(":"):
            deeper = []
            items.append([Paragraph(line, BODY), deeper])
        elif deeper is not None:
            deeper.append(ListItem(Paragraph(line, BODY)))
        else:
            items.append([Paragraph(line, BODY)])
    flat = [
        ListItem(
            [
                ListFlowable(part, bulletType="bullet", start="-", leftIndent=18) if isinstance(part, list) else part
                for part in parts
            ]
        )
        for parts in items
    ]
    return ListFlowable(flat, bulletType="bullet", leftIndent=16)


def make() -> bytes:
    """The PDF, two pages."""
    table = Table(GRADES, colWidths=[330, 160], rowHeights=26)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, RULE),
                ("BACKGROUND", (0, 0), (-1, 0), PALE),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9.5),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 9.5),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    story: list[object] = [
        Paragraph("Dudley Metropolitan Borough Council", style(20, bold=True)),
        Paragraph("Inspection of children's social care services: a sample report", style(14, 20)),
        Paragraph("Inspection dates: 31 October 2022 to 11 November 2022", style(10.5, 18)),
        Paragraph("Date of publication: 13 January 2023", style(10.5, 18, spaceAfter=10)),
        table,
        Paragraph("Summary", HEADING),
        Paragraph(SUMMARY, BODY),
        PageBreak(),
        Paragraph("Information about this local authority area", HEADING),
    ]
    for heading, lines in FACTS:
        story.append(Paragraph(heading, style(11.5, 16, bold=True, spaceBefore=6, spaceAfter=4)))
        story.append(_bullets(lines))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=56,
        rightMargin=50,
        topMargin=56,
        bottomMargin=60,
        title="Dudley: inspection of children's social care services, a sample report",
        author="childrens-services-kpis",
        invariant=1,
    )
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return buffer.getvalue()
