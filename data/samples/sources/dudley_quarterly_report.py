"""Sample (b): a quarterly performance report with two unruled tables, quarters as columns.

Figures: Local Authority Interactive Tool, Dudley, position at the end of quarter 4 (31 March 2022, 2023, 2024) and, for the
workforce, quarter 2 (30 September 2021, 2022, 2023). The targets are this sample's own.
"""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from typesetting import INK, NOTICE, QUIET, make_pdf, style, text_box

NAME = "sample-dudley-quarter-4-performance-2023-24.pdf"
LEFT, RIGHT = 56.0, 540.0

YEAR_END = [
    ("Measure", "Q4 2021/22", "Q4 2022/23", "Q4 2023/24", "Target"),
    ("Children looked after", "583", "588", "573", "-"),
    ("Children looked after per 10,000", "85", "85", "82", "80"),
    ("Children on a child protection plan", "309", "242", "228", "-"),
    ("Child protection plans per 10,000", "45.1", "35.0", "32.5", "36"),
    ("Re-referrals within 12 months", "20.2%", "18.8%", "20.0%", "20%"),
    ("Assessments completed within 45 days", "77.4%", "78.4%", "70.1%", "85%"),
    ("ICPCs held within 15 working days", "77.1%", "71.3%", "69.3%", "80%"),
    ("Child protection reviews on time", "72.5%", "63.9%", "94.1%", "95%"),
    ("Three or more placements in the year", "9%", "11%", "10%", "9%"),
    ("Long term placement stability", "67%", "61%", "62%", "70%"),
    ("LAC with an up to date health assessment", "98%", "92%", "94%", "95%"),
    ("Care leavers (19-21) in EET", "54%", "50%", "45%", "55%"),
    ("Care leavers in suitable accommodation", "88%", "89%", "90%", "92%"),
]
WORKFORCE = [
    ("Measure", "Q2 2021/22", "Q2 2022/23", "Q2 2023/24", "Target"),
    ("Social worker vacancy rate", "23.0%", "18.2%", "11.7%", "10%"),
    ("Social worker turnover", "25.2%", "22.0%", "31.7%", "15%"),
    ("Agency social workers", "20.1%", "15.6%", "18.9%", "12%"),
    ("Average caseload per social worker", "23.2", "20.9", "17.8", "18"),
]

INTRO = (
    "This report sets out how children's services in Dudley performed at the close of quarter 4 (January to March 2024), "
    "next to the same quarter of the two years before. Workforce measures are counted once a year at the end of quarter 2."
)
COMMENTARY = [
    "Referrals: in 2023/24 there were 2,681 referrals to children's social care, fewer than the 3,130 of the previous year "
    "and the 3,857 received in 2021/22. Expressed as a rate, that is 382.4 per 10,000 (453.3 in 2022/23, 563.4 in 2021/22).",
    "Assessments: timeliness slipped from 78.4% to 70.1% over the year and remains well short of the 85% target. One "
    "assessment in five, 21.0%, ended with no further action (10.4% in 2022/23).",
    "Section 47 enquiries: the rate was 135.1 per 10,000 in 2023/24, against 177.8 the year before. Statistical neighbours "
    "and England recorded 191.3 and 186.2 respectively.",
    "Child protection: 26.4% (73) of the plans begun in 2023/24 were second or subsequent plans; it was 29.1% (97) in "
    "2022/23.",
    "Adoption and permanence: 19 children left care under a special guardianship order during 2023/24 (2022/23: 24).",
]
WORKFORCE_NOTE = (
    "The vacancy rate has halved in two years, yet turnover at 31.7% is double the England average of 15.9%. Caseloads are "
    "down to 17.8 from 20.9, though still above the West Midlands (16.6) and England (16.0)."
)


def _table(canvas: Canvas, rows: list[tuple[str, ...]], top: float) -> float:
    """Rows without any ruling line: a header in bold, figures aligned to the right of their columns."""
    stops = (330.0, 400.0, 470.0, 530.0)
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 9.5)
        canvas.setFillColor(INK)
        base = top - 12 - number * 16.5
        canvas.drawString(LEFT, base, row[0])
        for stop, text in zip(stops, row[1:], strict=True):
            canvas.drawRightString(stop, base, text)
    return top - len(rows) * 16.5


def _foot(canvas: Canvas, page: int) -> None:
    text_box(
        canvas, NOTICE.format(owner="Dudley Metropolitan Borough Council"), LEFT, 62, 440, style(7.5, colour=QUIET)
    )
    text_box(canvas, f"Page {page} of 2", 490, 62, 60, style(8, colour=QUIET))
    canvas.showPage()


def _draw(canvas: Canvas) -> None:
    top = text_box(canvas, "Dudley children's services", LEFT, 795, 480, style(20, bold=True))
    top = text_box(
        canvas, "Sample quarterly performance report: quarter 4, 2023/24", LEFT, top - 4, 480, style(13, bold=True)
    )
    top = text_box(canvas, INTRO, LEFT, top - 14, 484, style(10.5, 14.5))
    top = text_box(canvas, "Performance at the end of quarter 4", LEFT, top - 18, 480, style(12.5, bold=True))
    top = _table(canvas, YEAR_END, top - 8)
    top = text_box(canvas, "Commentary", LEFT, top - 18, 480, style(12.5, bold=True)) - 6
    for passage in COMMENTARY:
        top = text_box(canvas, passage, LEFT, top, 484, style(10.5, 14.5)) - 7
    _foot(canvas, 1)
    top = text_box(canvas, "Workforce at the end of quarter 2", LEFT, 795, 480, style(12.5, bold=True))
    top = _table(canvas, WORKFORCE, top - 8)
    text_box(canvas, WORKFORCE_NOTE, LEFT, top - 14, 484, style(10.5, 14.5))
    _foot(canvas, 2)


def make() -> bytes:
    """The PDF, two pages."""
    return make_pdf(_draw, A4, "Dudley children's services: sample quarterly performance report, quarter 4 2023/24")
