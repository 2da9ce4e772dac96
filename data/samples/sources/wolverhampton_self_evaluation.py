"""Sample (a): slides with scattered boxes, KPI cards and a ruled comparator table.

Figures: Local Authority Interactive Tool and Explore Education Statistics, years ending 31 March 2022 and 2023, workforce
at 30 September 2022. Statistical neighbours are the mean of the ten of the 2021 model.
"""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle
from typesetting import BAND, INK, NOTICE, PALE, QUIET, RULE, make_pdf, style, text_box

NAME = "sample-wolverhampton-self-evaluation-2023.pdf"
SIZE = (960.0, 540.0)

CARDS = [
    ("498 (-14)", "Children and young people in care"),
    ("248 (-19)", "Children subject of a child protection plan"),
    ("32", "Unaccompanied asylum-seeking children in our care"),
    ("76%", "of children in care live with foster families"),
    ("63,777", "Children aged 0 to 17 live in the city"),
]

DEMAND = (
    "The rate of referrals for the year ending 31 March 2023 was 617.3 per 10,000 children, higher than England (538.1) "
    "and the West Midlands (521.4) but below our statistical neighbours (640.5). In 2021/22 the rate had been 561.4."
)
REPEAT = (
    "More than one referral in five came back: in 2022/23, 21.2% were repeat referrals within twelve months of the previous "
    "one, an increase from 19.5% in 2021/22. Nationally the 2022/23 figure was 22.4%."
)
NEED = (
    "There were 410.6 children in need per 10,000 at 31 March 2023, a fall from 433.8 twelve months earlier; the England "
    "rate was 338.7."
)

TABLE = [
    [
        "Measure",
        "Wolverhampton\n2021/22",
        "Wolverhampton\n2022/23",
        "Statistical\nneighbours\n2022/23",
        "West\nMidlands\n2022/23",
        "England\n2022/23",
    ],
    ["Long term placement stability: same placement for at least two years", "75%", "77%", "68.3%", "68%", "68%"],
    ["Children with fewer than three placements in the year", "94%", "94%", "88.8%", "90%", "89%"],
    ["Children looked after per 10,000 children", "83", "78", "99.5", "90", "70"],
    ["Children looked after with an up-to-date health assessment", "90%", "90%", "87.9%", "83%", "89%"],
    ["Dental checks up to date", "91%", "86%", "79.2%", "70%", "76%"],
    ["Average SDQ score", "13.8", "13.5", "14.25", "13.6", "14.4"],
]

WORKFORCE = [
    "At 30 September 2022, 17.6% of our children's social worker posts were vacant. A year before it was 19.2%. The "
    "vacancy rate in England was 20.0% and 21.0% in the West Midlands.",
    "Turnover is low: 9.6% of social workers left in the year to September 2022, compared with 17.2% nationally. Agency "
    "staff made up 8.4% of the workforce, under half the regional average of 18.0%.",
    "Social workers held 15.1 cases on average (England: 16.6).",
]
PROTECTION = [
    "Section 47 enquiries fell from 179.3 per 10,000 in 2021/22 to 143.8 in 2022/23. ",
    "79.9% of initial child protection conferences took place within 15 working days, up from 64.1% the year before and "
    "above the England average of 78.4%.",
    "Of the plans that began in 2022/23, 19.2% (50) were for children who had been subject of a plan before.",
]
LEAVERS = [
    "108 of our 192 care leavers aged 19 to 21 (56%) were in education, employment or training in 2022/23, in line with "
    "the national average of 56%.",
    "Suitable accommodation: 89% in 2022/23, 87% in 2021/22.",
]


def _frame(canvas: Canvas, heading: str, number: int) -> None:
    canvas.setFillColor(BAND)
    canvas.rect(0, 476, 960, 64, stroke=0, fill=1)
    text_box(canvas, heading, 40, 524, 860, style(26, bold=True, colour=colors.white))
    text_box(
        canvas,
        "Sample self-evaluation 2023 - children's services in Wolverhampton",
        40,
        26,
        700,
        style(9, colour=QUIET),
    )
    text_box(canvas, str(number), 900, 26, 40, style(9, colour=QUIET))


def _boxed(canvas: Canvas, title: str, passages: list[str], x: float, top: float, width: float, height: float) -> None:
    canvas.setFillColor(PALE)
    canvas.roundRect(x, top - height, width, height, 8, stroke=0, fill=1)
    place = text_box(canvas, title, x + 14, top - 10, width - 28, style(15, bold=True, colour=BAND)) - 6
    for passage in passages:
        place = text_box(canvas, passage, x + 14, place, width - 28, style(12.5, 16.5)) - 7


def _cover(canvas: Canvas) -> None:
    canvas.setFillColor(BAND)
    canvas.rect(0, 0, 960, 540, stroke=0, fill=1)
    text_box(canvas, "Children's services in Wolverhampton", 70, 400, 800, style(40, bold=True, colour=colors.white))
    text_box(canvas, "Sample self-evaluation", 70, 330, 800, style(26, colour=colors.white))
    text_box(canvas, "July 2023", 70, 286, 800, style(20, colour=colors.white))
    text_box(
        canvas, NOTICE.format(owner="the City of Wolverhampton Council"), 70, 110, 700, style(13, colour=colors.white)
    )
    canvas.showPage()


def _glance(canvas: Canvas) -> None:
    _frame(canvas, "Our children at 31 March 2023", 2)
    for index, (value, label) in enumerate(CARDS):
        x = 40 + index * 178
        canvas.setStrokeColor(RULE)
        canvas.setFillColor(colors.white)
        canvas.roundRect(x, 340, 166, 112, 8, stroke=1, fill=1)
        place = text_box(canvas, value, x + 14, 438, 145, style(27, bold=True, colour=BAND))
        text_box(canvas, label, x + 14, place - 6, 140, style(12, 15))
    _boxed(canvas, "Demand at the front door", [DEMAND], 40, 316, 430, 130)
    _boxed(canvas, "Coming back", [REPEAT], 490, 300, 430, 112)
    _boxed(canvas, "Children in need", [NEED], 240, 172, 480, 84)
    canvas.showPage()


def _comparison(canvas: Canvas) -> None:
    _frame(canvas, "Placement stability and health: how we compare", 3)
    head, cell = style(11.5, 14, bold=True, colour=colors.white), style(12, 15)
    rows = [[Paragraph(text.replace("\n", "<br/>"), head) for text in TABLE[0]]]
    rows += [[Paragraph(row[0], cell), *row[1:]] for row in TABLE[1:]]
    table = Table(rows, colWidths=[330, 115, 115, 105, 100, 95], rowHeights=[56] + [42] * (len(TABLE) - 1))
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.75, RULE),
                ("BACKGROUND", (0, 0), (-1, 0), BAND),
                ("FONT", (1, 1), (-1, -1), "Helvetica", 12.5),
                ("TEXTCOLOR", (1, 1), (-1, -1), INK),
                ("ALIGN", (1, 1), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    _, height = table.wrapOn(canvas, 880, 400)
    table.drawOn(canvas, 50, 456 - height)
    text_box(
        canvas,
        "Statistical neighbours: mean of the ten authorities of the 2021 model.",
        50,
        448 - height,
        700,
        style(10, colour=QUIET),
    )
    canvas.showPage()


def _quality(canvas: Canvas) -> None:
    _frame(canvas, "Practice, people and outcomes", 4)
    _boxed(canvas, "Our workforce", WORKFORCE, 40, 456, 410, 226)
    _boxed(canvas, "Child protection", PROTECTION, 470, 456, 450, 196)
    _boxed(canvas, "Care leavers", LEAVERS, 470, 246, 450, 120)
    _boxed(
        canvas,
        "What we do next",
        ["Visit every family on time, whatever the week.", "Bring the next three practice weeks forward to autumn."],
        40,
        216,
        410,
        100,
    )
    canvas.showPage()


def _draw(canvas: Canvas) -> None:
    for page in (_cover, _glance, _comparison, _quality):
        page(canvas)


def make() -> bytes:
    """The PDF, four slides."""
    return make_pdf(_draw, SIZE, "Children's services in Wolverhampton: sample self-evaluation 2023")
