"""Step "blocks": rows of a strip -> passages: paragraphs, list items, headings, captions, notes.

A passage ends where a label begins the next row, where the type changes, where the gap is wider than the lines are
apart, or where a row ends so short that the next row's first word would have fitted: nobody breaks a line there.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from extractors.rows import BULLET, ENUMERATOR, Row

CAPTION = re.compile(
    r"^(?:table|figure|fig\.?|chart|graph|map|box|diagram)\s+[A-Z]?\d{1,2}(?:[.\-]\d{1,2})*[a-z]?\s*(?:[:.–\-]\s|[:.]?$|(?=[A-Z‘“(]))",
    re.IGNORECASE,
)
SOURCE = re.compile(r"^(?:sources?|notes?|nb|n\.b\.)\s*:", re.IGNORECASE)
NOTE = re.compile(r"^(?:\*{1,3}|†|‡)\s?[A-Za-z]")
LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}\s*\d{1,3}$")
ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")
RULE = re.compile(r"^[_\-–=.\s]{5,}$")


@dataclass(slots=True)
class Passage:
    """Rows that make one passage, on the page they begin on; `kind` as in `schemas.records.Block`."""

    page: int
    rows: list[Row] = field(default_factory=list)
    kind: str = "paragraph"
    label: str = ""  # bullet or number that opens it
    table: int | None = None
    parts: list[tuple[int, list[Row]]] = field(default_factory=list)  # (page, rows) where it runs over pages
    opens: bool = False  # the first of its column or box: it may carry on the passage before

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def last(self) -> Row:
        return self.parts[-1][1][-1] if self.parts else self.rows[-1]

    @property
    def bold(self) -> bool:
        return all(row.bold for row in self.rows)


def label_of(text: str) -> str:
    """The bullet, item number or letter that opens a text, or nothing."""
    match = BULLET.match(text) or ENUMERATOR.match(text)
    return match.group().strip() if match else ""


def label_form(label: str) -> str:
    """The kind of a label: the bullet itself, "1" for numbers, "a" for letters."""
    if BULLET.match(label):
        return label
    return "1" if any(c.isdigit() for c in label) else "a"


def line_pitch(rows: list[Row]) -> float | None:
    """How far apart the lines of a running paragraph stand on these rows, in type sizes: the median over rows that
    surely carry on the row before (they begin in lower case). None where too few do."""
    pitches = [
        (row.y1 - before.y1) / row.size
        for before, row in itertools.pairwise(rows)
        if row.text[0].islower() and row.size == before.size > 0 and 0.8 < (row.y1 - before.y1) / row.size < 2.6
    ]
    if len(pitches) < 2:
        return None
    pitches.sort()
    return pitches[len(pitches) // 2]


def rows_to_passages(page: int, rows: list[Row], pitch: float) -> list[Passage]:
    """The passages of one strip. `pitch` is the usual line distance in type sizes."""
    passages: list[Passage] = []
    for _index, row in enumerate(rows):
        if passages and not RULE.match(row.text) and not _opens_passage(passages[-1], row, rows, pitch):
            passages[-1].rows.append(row)
        else:
            passages.append(Passage(page, [row], label=label_of(row.text)))
    if passages:
        passages[0].opens = True
    return passages


def _right_margin(passage: Passage, row: Row, rows: list[Row]) -> float:
    """How far right this text runs: the furthest end among rows of its size in the strip."""
    return max((other.x1 for other in rows if abs(other.size - row.size) < 0.6), default=row.x1)


def _ended_short(passage: Passage, row: Row, rows: list[Row]) -> bool:
    """Whether the next row's first word would have fitted on the passage's last row."""
    last = passage.rows[-1]
    word = row.text.split(" ", 1)[0]
    need = (len(word) + 1) * (row.x1 - row.x0) / max(len(row.text), 1)
    return _right_margin(passage, row, rows) - last.x1 > need * 1.05 + 1


def _opens_passage(passage: Passage, row: Row, rows: list[Row], pitch: float) -> bool:
    last, first = passage.rows[-1], passage.rows[0]
    text = row.text
    if RULE.match(last.text) or not row.upright or not last.upright:
        return True
    if abs(row.size - last.size) > 0.07 * max(row.size, last.size):
        return True
    distance = (row.y1 - last.y1) / max(row.size, 1.0)
    if distance > 1.28 * pitch + 0.05 or distance < 0.3:
        return True
    ended = bool(ENDS.search(last.text))
    short = _ended_short(passage, row, rows)
    label = label_of(text)
    if label and _label_counts(label, passage, row, ended or short):
        return True
    if (CAPTION.match(text) and (ended or short)) or SOURCE.match(text) or (NOTE.match(text) and (ended or short)):
        return True
    if LEADERS.search(last.text):
        return True
    if row.bold != last.bold and passage.bold != row.bold and (ended or short or not text[0].islower()):
        return True
    if text[0].islower() and not ended:
        return False
    if passage.label and row.x0 < first.x0 - 0.7 * row.size:
        return True  # left of the bullet: the list is over
    if short:
        return True
    return _indent_opens(passage, row, ended, first, last)


def _label_counts(label: str, passage: Passage, row: Row, free: bool) -> bool:
    """Whether a label at a row's start opens an item, and is no number or letter that the line break left there."""
    if label[0] in "•✓→":
        return True
    if (
        passage.label
        and abs(row.x0 - passage.rows[0].x0) < 0.5 * row.size
        and label_form(label) == label_form(passage.label)
    ):
        return True
    hanging = row.x0 > passage.rows[0].x0 + 0.5 * row.size
    if len(passage.rows) > 1:
        hanging = abs(row.x0 - passage.rows[-1].x0) < 0.5 * row.size and hanging
    if hanging and not free:
        return False
    return free or row.words_x0 > row.x0 + 0.8 * row.size or row.x0 < passage.rows[-1].x0 - 0.5 * row.size


def _indent_opens(passage: Passage, row: Row, ended: bool, first: Row, last: Row) -> bool:
    shift = row.x0 - last.x0
    tolerance = 0.7 * row.size
    if shift > tolerance:
        return ended and not (passage.label and len(passage.rows) == 1)
    if shift < -tolerance:
        if passage.label:
            return ended and row.x0 <= first.x0 + tolerance
        return len(passage.rows) > 1 and ended
    return False
