"""Step "blocks": rows of a strip -> passages: paragraphs, list items, headings, captions, notes.

A passage ends where a label begins the next row, where the type changes, where the gap is wider than the lines are
apart, or where a row ends so short that the next row's first word would have fitted: nobody breaks a line there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.line_pitch import Pitch
from extractors.rows import BULLET, ENUMERATOR, Row

CAPTION = re.compile(
    r"^(?:table|figure|fig\.?|chart|graph|map|box|diagram)\s+[A-Z]?\d{1,2}(?:[.\-]\d{1,2})*[a-z]?\s*(?:[:.–\-]\s|[:.]?$|(?=(?-i:[A-Z‘“(])))",
    re.IGNORECASE,
)
SOURCE = re.compile(r"^(?:data )?sources?\s*:", re.IGNORECASE)
_REMARK = re.compile(r"^(?:notes?|nb|n\.b\.)\s*:", re.IGNORECASE)
NOTE = re.compile(r"^(?:\*{1,3}|†|‡)\s?[A-Za-z]")
LEADERS = re.compile(r"(?:\.\s?){6,}|…{3,}|_{5,}\s*\d{1,3}$")
ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")
_AT_END = frozenset(".?!:;'\"”’)]")
_FIGURE = r"\s[£(<>~+\-]{0,2}\d(?:[\d.,/]*\d)?\s?%?\)?[*†]?"
_TWO_FIGURES = re.compile(rf"(?:{_FIGURE}){{2,}}$")
_FIGURE_ENDS = frozenset("0123456789%)*†")
_FIGURE_AT_END = re.compile(r"\s\d[\d.,]*%?$")
_FOUR_FIGURES = re.compile(rf"(?:{_FIGURE}){{4,}}$")
_BROKEN = re.compile(r"\w-$")
_STOPS = re.compile(r"[.!?;][\"”’)\]]*(?:\s+\D|$)")
_NO_END = re.compile(
    r"(?:[,\-–(&/]|\b(?:a|an|the|of|and|or|to|in|at|on|by|for|with|from|than|is|are|was|were|per|least|about))$",
    re.IGNORECASE,
)
_FEWEST_STATEMENTS = 3
_LONGEST_STATEMENT = 90  # characters
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
    of_card: bool = False  # a note under a card
    stated: bool = False  # a statement of a box of statements: no heading, however short
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


def ends_sentence(text: str) -> bool:
    """Whether a row ends in a full stop or the like; its last character tells of most rows that it does not."""
    return text[-1:] in _AT_END and ENDS.search(text) is not None


def has_leaders(text: str) -> bool:
    """Whether dots or strokes lead from a title to its page."""
    return (text.count(".") > 5 or "…" in text or "_____" in text) and LEADERS.search(text) is not None


def label_form(label: str) -> str:
    """The kind of a label: the bullet itself, "1" for numbers, "a" for letters."""
    if BULLET.match(label):
        return label
    return "1" if any(c.isdigit() for c in label) else "a"


def rows_to_passages(page: int, rows: list[Row], pitch: Pitch) -> list[Passage]:
    """The passages of one strip, whose lines stand `pitch` apart."""
    passages: list[Passage] = []
    groups = _groups(rows, pitch)
    margins = _right_margins(groups)
    apart = {row.lines for group in groups if len(group) >= _FEWEST_STATEMENTS for row in _statements(group)}
    for row, margin in zip(rows, [0.0, *margins], strict=False):
        opens = row.lines in apart or not passages
        if not opens and not RULE.match(row.text) and not _opens_passage(passages[-1], row, margin, pitch):
            passages[-1].rows.append(row)
        else:
            passages.append(Passage(page, [row], label=label_of(row.text), stated=row.lines in apart))
    if passages:
        passages[0].opens = True
    return passages


def _gapped(last: Row, row: Row, pitch: Pitch) -> bool:
    """Whether the rows stand further apart (or closer) than lines of one paragraph, or are set in other types. A row
    that carries on a sentence may stand as far off as any running text of the document does."""
    if abs(row.size - last.size) > 0.07 * max(row.size, last.size):
        return True
    distance = (row.y1 - last.y1) / max(row.size, 1.0)
    widest = 1.28 * pitch.usual + 0.05
    if distance > widest and row.text[0].islower() and not ends_sentence(last.text):
        widest = max(widest, 1.12 * pitch.widest)
    elif (
        row.text[0].isupper()
        and last.text[-1:].isalpha()
        and not _NO_END.search(last.text)
        and distance > 1.1 * max(pitch.widest, pitch.usual)
    ):
        return True  # "... inside 24 hours" and, a little further down, "Assessments are timely": two bullets
    return distance > widest or distance < 0.3


def _groups(rows: list[Row], pitch: Pitch) -> list[list[Row]]:
    """Rows that stand together in one type."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and not _gapped(groups[-1][-1], row, pitch):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _statements(group: list[Row]) -> list[Row]:
    """The rows that begin a statement in a box of statements, each on a line: "405 per 10,000 are in need" over "515 have
    plans" (Durham's slides). Such a row opens with a capital or figure and holds a figure, only a few run over a second
    line, none stops. (In prose lines seldom open so, and then stops stand between.)"""
    opening = []
    before = ""
    for row in group:
        text = row.text
        if len(text) > _LONGEST_STATEMENT or row.cells > 1 or _STOPS.search(text) or _NO_END.search(before):
            return []
        if LEADERS.search(text) or not any(map(str.isalpha, text)):  # a contents list; the scale of a chart
            return []
        if not text[0].islower():
            if not (text[0].isalnum() or text[0] == "£") or not any(map(str.isdigit, text)) or label_of(text):
                return []
            opening.append(row)
        before = text
    few = len(opening) < max(_FEWEST_STATEMENTS, 2 * (len(group) - len(opening)))
    return [] if few or opening[0] is not group[0] else opening


def _right_margins(groups: list[list[Row]]) -> list[float]:
    """For each row, how far right its text could run: as far as any row of the group that stands together with it, or,
    where that group is too small to tell, of its neighbours that begin as far left. (A column under a full-width
    paragraph has a margin of its own.)"""
    ends = [max(row.x1 for row in group) for group in groups]
    margins = []
    for place, group in enumerate(groups):
        end = ends[place]
        if len(group) < 3:
            for other in (place - 1, place + 1):
                if 0 <= other < len(groups) and _alike(group[0], groups[other][0]):
                    end = max(end, ends[other])
        margins += [end] * len(group)
    return margins


def _alike(one: Row, other: Row) -> bool:
    return abs(one.x0 - other.x0) < 2.5 * one.size and abs(one.size - other.size) < 0.07 * one.size


def _ended_short(last: Row, row: Row, margin: float, ended: bool) -> bool:
    """Whether the next row's first word would have fitted on the last row. Where that row ends no sentence, only ample
    room counts: ragged lines, and words in capitals that run wide."""
    room = margin - last.x1
    if room <= min(1.0, row.size):
        return False  # most rows: run to the margin
    if not ended and abs(row.x1 - last.x1) < 0.5 * row.size:
        return False  # both break off there: lines beside a box that stands in the text
    word = row.text.split(" ", 1)[0]
    capitals = sum(map(str.isupper, word))
    need = (len(word) + 1 + 0.5 * capitals) * (row.x1 - row.x0) / max(len(row.text), 1)
    return room > (1.05 * need + 1 if ended else 1.3 * need + row.size)


def _is_table_row(row: Row) -> bool:
    """A row of a table that no reader took, or of a contents list without leaders."""
    if row.cells == 1 and row.text[-1] not in _FIGURE_ENDS:
        return False
    if row.cells > 1 and (row.cells > 2 or _FIGURE_AT_END.search(row.text) or _TWO_FIGURES.search(row.text)):
        return True
    return bool(_FOUR_FIGURES.search(row.text))


def _opens_passage(passage: Passage, row: Row, margin: float, pitch: Pitch) -> bool:
    """Whether the row begins a passage. `margin` is how far right the last row could have run."""
    last, first = passage.rows[-1], passage.rows[0]
    text = row.text
    if RULE.match(last.text) or not row.upright or not last.upright:
        return True
    if _gapped(last, row, pitch) or _is_table_row(row) or _is_table_row(last):
        return True
    if last.text[-1] == "-" and _BROKEN.search(last.text):
        return False
    ended = ends_sentence(last.text)
    short = _ended_short(last, row, margin, ended)
    label = label_of(text)
    if label and _label_counts(label, passage, row, ended or short):
        return True
    if (
        (CAPTION.match(text) and (ended or short))
        or SOURCE.match(text)
        or _REMARK.match(text)
        or (NOTE.match(text) and (ended or short))
    ):
        return True
    if has_leaders(last.text):
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
    if BULLET.match(label) and label[0] not in "o*·–-":
        return True
    if (
        passage.label
        and abs(row.x0 - passage.rows[0].x0) < 0.5 * row.size
        and label_form(label) == label_form(passage.label)
    ):
        return free or _comes_after(passage.label, label)
    hanging = row.x0 > passage.rows[0].x0 + 0.5 * row.size
    if len(passage.rows) > 1:
        hanging = abs(row.x0 - passage.rows[-1].x0) < 0.5 * row.size and hanging
    if hanging and not free:
        return False
    return free or row.words_x0 > row.x0 + 0.8 * row.size or row.x0 < passage.rows[-1].x0 - 0.5 * row.size


def _comes_after(label: str, other: str) -> bool:
    """Whether a number can be the next label of a list: as deep, or a step up or down; letters and bullets always. "341."
    is no label after "2.1" where the line above breaks off in its sentence."""
    one, two = ([int(n) for n in re.findall(r"\d+", text)] for text in (label, other))
    if not one or not two:
        return True
    return abs(len(one) - len(two)) <= 1 and any(0 <= two[-1] - n <= 2 for n in (*one, 0)) and two[0] <= one[0] + 1


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
