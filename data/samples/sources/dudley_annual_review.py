"""Sample (d): two columns of prose, with words cut at line ends, footnote markers and a running head.

Figures: Local Authority Interactive Tool and Explore Education Statistics, Dudley, year ending 31 March 2022.
"""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph
from typesetting import BAND, NOTICE, QUIET, style, text_box

NAME = "sample-dudley-annual-review-2021-22.pdf"

BODY = style(10, 13.6, alignment=4, spaceAfter=7)
HEADING = style(12, 16, bold=True, colour=BAND, spaceBefore=4, spaceAfter=3)
NOTE = style(7.5, 9.5, colour=QUIET)
MARK = "<super rise=3.6 size=6>{}</super>"

LEFT_COLUMN = [
    (HEADING, "The front door"),
    (
        BODY,
        "Families were referred to us more often in 2021/22 than in the year of the second lockdown. We took 3,857 referrals, "
        "a rate of 563.4 for every 10,000 children"
        + MARK.format(1)
        + "; in 2020/21 there were 3,475 (508.2 per 10,000). The "
        "rate for England rose from 507.1 to 552.8 over the same time.",
    ),
    (
        BODY,
        "One in five referrals (20.2%) concerned a child who had been referred within the last twelve months. That is "
        "better than the 21.5% of the year before, and better than England at 21.5%, if behind our statis-<br/>"
        "tical neighbours, who stood at 19.75%.",
    ),
    (HEADING, "Assessment and protection"),
    (
        BODY,
        "Social workers finished 77.4 per cent of assessments within 45 working days. The national average was 84.5 per "
        "cent, that of the region 82.0 per cent.",
    ),
    (
        BODY,
        "At 31 March 2022, 309 children were subject of a child protection plan, up by 17 from 292 a year earlier. The "
        "rate of 45.1 per 10,000 lay a little above the West Midlands (43.7) and England (43.3)"
        + MARK.format(2)
        + ". Almost a "
        "quarter of the new plans, 23.5%, were for children with an earlier plan.",
    ),
]
RIGHT_COLUMN = [
    (HEADING, "Children looked after"),
    (
        BODY,
        "We looked after 583 children at the end of March 2022, 38 fewer than the 621 of March 2021. This is 85 in every "
        "10,000 children, where England has 70 and our region 88.",
    ),
    (
        BODY,
        "Three in four of them (77%) lived with foster carers and 16 were unaccompanied asylum-seeking children. During "
        "the year 132 children came into care and 172 left it; 30 of those who left did so under spe-<br/>cial guardianship "
        "orders.",
    ),
    (
        BODY,
        "Nine per cent had three or more placements in the year (seven per cent in 2020/21), while 67% of those looked after "
        "for a long time had been in the same placement for at least two years, below the England average of 71%.",
    ),
    (HEADING, "Leaving care"),
    (
        BODY,
        "Of the 188 young people aged 19 to 21 who had left our care, 101 (54%) were in education, employment or training "
        "and 76 (40%) were not. 88% lived in suitable accommodation; 14 were at university.",
    ),
    (HEADING, "Our staff"),
    (
        BODY,
        "The vacancy rate for social workers came down to 18.2% in September 2022 from 23.0% in September 2021, but 22.0% "
        "of staff left within twelve months. On average each social worker was responsible for 20.9 cases.",
    ),
]
NOTES = [
    "1 Rates use the population of children aged 0 to 17 in the middle of the year before.",
    "2 Plans of children who live with us but belong to another authority are not counted.",
]


def _head(canvas: Canvas, document: BaseDocTemplate) -> None:
    width, height = A4
    canvas.setFillColor(QUIET)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, height - 36, "Dudley children's services | Sample annual review 2021/22")
    canvas.drawRightString(width - 50, 30, str(document.page))
    text_box(canvas, NOTICE.format(owner="Dudley Metropolitan Borough Council"), 50, 42, 420, NOTE)


def make() -> bytes:
    """The PDF, one page of two columns under a title that spans both."""
    width, height = A4
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title="Dudley children's services: sample annual review 2021/22",
        author="childrens-services-kpis",
        invariant=1,
    )
    column = (width - 2 * 50 - 24) / 2
    frames = [
        Frame(50, height - 120, width - 100, 70, id="title", leftPadding=0, rightPadding=0),
        Frame(50, 50, column, height - 180, id="left", leftPadding=0, rightPadding=0),
        Frame(50 + column + 24, 50, column, height - 180, id="right", leftPadding=0, rightPadding=0),
    ]
    document.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=_head)])
    story = [
        Paragraph("The year 2021/22 in review", style(20, bold=True)),
        Paragraph("Children's services in Dudley, position at 31 March 2022", style(12, 17)),
        FrameBreak(),
        *[Paragraph(words, form) for form, words in LEFT_COLUMN],
        *[Paragraph(words, NOTE) for words in NOTES],
        FrameBreak(),
        *[Paragraph(words, form) for form, words in RIGHT_COLUMN],
    ]
    document.build(story)
    return buffer.getvalue()
