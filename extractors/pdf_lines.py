"""Step "read PDF": one page's characters -> printed lines and the marks of its numbers.

pdfium ends a line where the baseline changes, so two columns or two boxes drawn one after the other at the same height
come out glued into one line, and a word broken at a line's end comes out with no line end at all. Both are undone here,
from the gaps and the baselines. Boxes are asked for only where they are needed.
"""

from __future__ import annotations

import itertools
import re

from extractors.pdf_characters import PageCharacters, Rectangle, to_box
from extractors.printed_letters import as_letter_runs, letter_runs
from schemas.records import Line, Mark

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"\S+")
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER_WORDS = (
    "none|no|zero|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|"
    "half|third|thirds|quarter|quarters|dozen"
)
NUMBER = re.compile(rf"{_DIGITS}|[¹²³⁰⁴-⁹]+|[½¼¾⅓⅔]|(?<![^\W_])(?:{_NUMBER_WORDS})(?![^\W_])", re.IGNORECASE)
# The same without words; it begins with a set of characters, which Python looks for ten times as fast as for alternatives.
_IN_FIGURES = re.compile(r"[\d¹²³⁰⁴-⁹½¼¾⅓⅔](?:(?<=\d)\d*(?:[.,]\d+)*|(?<=[¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹]*|(?<=[½¼¾⅓⅔]))")
_NAMES_OF_NUMBERS = as_letter_runs(_NUMBER_WORDS.split("|"))
_LINE_END_HYPHEN = "\ufffe"
_WIDE_GAP = 1.6  # em: no justified line of prose opens its words so far, a gutter or a table's column does
_TALLER = 1.4  # a word so much taller than the next is a card's value beside its label
_LEADING_LABEL = re.compile(
    r"^(?:[•o\-–*✓→]|\(?\d{1,3}[.)]?|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])$"
)
_UNIT = re.compile(r"^(?:per|%|of|in|out|days?|weeks?|months?|years?|million|pp|th|st|nd|rd)\b", re.IGNORECASE)


def _spans(raw: str, text: str, characters: PageCharacters) -> list[tuple[int, int]]:
    """Where the printed lines stand in the text, blank ends left off, blank lines left out."""
    spans = []
    for match in _LINE.finditer(raw):
        start, end = match.span()
        at = raw.find(_LINE_END_HYPHEN, start, end)
        while at >= 0:
            if at + 1 < end and _starts_new_line(characters, at, at + 1):
                spans.append((start, at + 1))
                start = at + 1
            at = raw.find(_LINE_END_HYPHEN, at + 1, end)
        spans.append((start, end))
    trimmed = []
    for start, end in spans:
        words = text[start:end]
        lead = len(words) - len(words.lstrip())
        if lead < len(words):
            trimmed.append((start + lead, start + len(words.rstrip())))
    return trimmed


def _starts_new_line(characters: PageCharacters, hyphen: int, after: int) -> bool:
    before, behind = characters.box(hyphen - 1), characters.box(after)
    middle = (behind[1] + behind[3]) / 2
    return not (before[1] < middle < before[3] and behind[0] >= before[2] - 1)


def _split_at_gutters(
    text: str, start: int, end: int, size: float, rectangles: list[Rectangle], characters: PageCharacters
) -> list[tuple[int, int]]:
    """The line's parts between gaps far wider than its word spaces, and between a big figure and the small words beside
    it; a bullet or item number stays with its words."""
    wide = _WIDE_GAP * size
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    if len(words) < 2:
        return [(start, end)]
    edges = [(characters.box(a), characters.box(b - 1)) for a, b in words]
    gaps = [edges[i + 1][0][0] - edges[i][1][2] for i in range(len(words) - 1)]
    usual = sorted(gap for gap in gaps if gap < wide) or [0.25 * size]
    floor = max(wide, 3 * usual[len(usual) // 2])
    parts = []
    opened = 0
    for i, gap in enumerate(gaps):
        coming = text[words[i + 1][0] : words[i + 1][1]]
        if not _figure_beside_label(edges[i][1], edges[i + 1][0], coming):
            labelled = i == opened == 0 and _LEADING_LABEL.match(text[words[0][0] : words[0][1]])
            if -3 * size < gap < floor or (labelled and coming[0].isalpha() and 0 < gap < 6 * size):
                continue
        parts.append((words[opened][0], words[i][1]))
        opened = i + 1
    parts.append((words[opened][0], words[-1][1]))
    return parts


def _figure_beside_label(one: Rectangle, other: Rectangle, coming: str) -> bool:
    """Whether two neighbouring words are of so different size that one is a card's figure and the other its label: not
    a unit set small, not a raised marker."""
    return _change_of_size(one, other) and len(coming) > 2 and coming[0].isalnum() and not _UNIT.match(coming)


def _change_of_size(one: Rectangle, other: Rectangle) -> bool:
    short, tall = one[3] - one[1], other[3] - other[1]
    return 0 < short * _TALLER < tall if short <= tall else 0 < tall * _TALLER < short


def _may_hold_gutter(length: int, size: float, rectangles: list[Rectangle]) -> bool:
    """Cheap test: some drawn pieces stand far apart, or the line is far too wide for its characters."""
    wide = _WIDE_GAP * size
    if len(rectangles) > 1:
        for one, other in itertools.pairwise(rectangles):
            if other[0] - one[2] >= wide or other[2] < one[0] - wide:
                return True
    return len(rectangles) > 0 and rectangles[-1][2] - rectangles[0][0] > 0.72 * size * length + wide


def _line(
    text: str, start: int, end: int, size: float, rectangles: list[Rectangle], characters: PageCharacters
) -> Line:
    first, last = characters.box(start), characters.box(end - 1)
    tall = first if first[3] - first[1] >= last[3] - last[1] else last
    half = (start + end) // 2
    if end - start > 3:  # a bullet's font and a raised marker stand at other heights than the words between them
        middle = characters.box(half if text[half] != " " else half - 1)
        if middle[3] - middle[1] > tall[3] - tall[1]:
            tall = middle
    upright = first[3] > first[1] or last[3] > last[1]
    if len(rectangles) == 1:
        x0, y0, x1, y1 = rectangles[0]
    else:
        lefts, tops, rights, bottoms = zip(*(rectangles or (first, last)), strict=True)
        x0, y0, x1, y1 = min(lefts), min(tops), max(rights), max(bottoms)
    if upright and x1 - x0 >= y1 - y0:
        _, y0, _, y1 = tall
        if y0 > y1:
            y0, y1 = y1, y0
    bold = characters.bold(start) and (end - start < 3 or (characters.bold(half) and characters.bold(end - 1)))
    return Line(text[start:end], start, to_box((x0, y0, x1, y1)), round(size, 2), bold)


def _line_size(characters: PageCharacters, start: int, end: int) -> float:
    """The size most of the line is set in: the middle of first, middle and last character (markers are small)."""
    if end - start < 3:
        return characters.size(start)
    first, last = characters.size(start), characters.size(end - 1)
    if first == last:
        return first
    return sorted((first, characters.size((start + end) // 2), last))[1]


def read_lines(text: str, characters: PageCharacters) -> tuple[Line, ...]:
    """The page's printed lines in content-stream order. `text` is the normalised text of `characters`."""
    lines = []
    for start, end in _spans(characters.raw, text, characters):
        length = end - start
        size = _line_size(characters, start, end)
        rectangles = characters.rectangles(start, length)
        if length > 2 and (
            _may_hold_gutter(length, size, rectangles)
            or (length > 4 and _change_of_size(characters.box(start), characters.box(end - 1)))
        ):
            parts = _split_at_gutters(text, start, end, size, rectangles, characters)
            if len(parts) > 1:
                for a, b in parts:
                    size = _line_size(characters, a, b)
                    lines.append(_line(text, a, b, size, characters.rectangles(a, b - a), characters))
                continue
        lines.append(_line(text, start, end, size, rectangles, characters))
    return tuple(lines)


def read_marks(text: str, lines: tuple[Line, ...], characters: PageCharacters) -> tuple[Mark, ...]:
    """Every printed number and number word with its box. A digit set small and high is raised: a footnote's marker;
    "12" followed by a raised "1" comes out as two marks."""
    marks: list[Mark] = []
    numbers = _numbers_of(text)
    at = 0
    for place, line in enumerate(lines):
        stop = line.start + len(line.text)
        while at < len(numbers) and numbers[at][0] < stop:
            start, end = numbers[at]
            at += 1
            first = characters.box(start)
            last = characters.box(end - 1) if end - start > 1 else first
            if abs((first[3] - first[1]) - (last[3] - last[1])) > 0.5:
                marks.extend(_split_raised(text, start, end, line, characters))
                continue
            raised = _is_raised(first, line) or text[start] in "¹²³⁰⁴⁵⁶⁷⁸⁹"
            if not raised and len(line.text) < 6 and line.text[0].isdigit():
                raised = _is_raised_beside(first, line, lines[max(0, place - 1) : place + 2])
            marks.append(Mark(start, end, text[start:end], to_box(_around(first, last)), raised))
    return tuple(marks)


def _numbers_of(text: str) -> list[tuple[int, int]]:
    """First and last character of each number of a page, as `NUMBER` finds them.

    Which number words a page prints is soon seen by its words as a set; each of them is then looked for. To look for every
    number word at every character takes ten times as long.
    """
    small = text.lower()
    if len(small) != len(text):
        return [match.span() for match in NUMBER.finditer(text)]
    found = [match.span() for match in _IN_FIGURES.finditer(text)]
    in_figures = len(found)
    for run in _NAMES_OF_NUMBERS.intersection(letter_runs(text)):
        name = run.decode()
        start = small.find(name)
        while start >= 0:
            end = start + len(name)
            if not (small[end : end + 1].isalnum() or (start and small[start - 1].isalnum())):
                found.append((start, end))
            start = small.find(name, end)
    return sorted(found) if len(found) > in_figures else found


def _around(first: Rectangle, last: Rectangle) -> Rectangle:
    return (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))


def _is_raised(box: Rectangle, line: Line) -> bool:
    """Smaller than its line and standing above its foot. Loose boxes run from descent to ascent, so that a small
    character on the same baseline has its foot only slightly higher."""
    tall, height = line.box.y1 - line.box.y0, box[3] - box[1]
    if height <= 0 or tall <= 0 or height > 0.85 * tall:
        return False
    if len(line.text) > 2 and tall > line.box.x1 - line.box.x0:
        return False  # text that runs up the page
    return line.box.y1 - box[3] > 0.22 * tall


def _is_raised_beside(box: Rectangle, line: Line, neighbours: tuple[Line, ...]) -> bool:
    """For a marker that pdfium gives a line of its own: raised against the words it stands next to."""
    for other in neighbours:
        beside = min(abs(box[0] - other.box.x1), abs(other.box.x0 - box[2])) < 0.8 * other.size
        if other is not line and beside and other.size > 1.15 * line.size and _is_raised(box, other):
            return box[3] > other.box.y0
    return False


def _split_raised(text: str, start: int, end: int, line: Line, characters: PageCharacters) -> list[Mark]:
    """One printed run of digits in two sizes: each size its own mark, separators at its ends left out."""
    boxes = [characters.box(index) for index in range(start, end)]
    raised = [_is_raised(box, line) for box in boxes]
    marks = []
    opened = 0
    for i in range(1, len(boxes) + 1):
        if i < len(boxes) and raised[i] == raised[opened]:
            continue
        for match in re.finditer(_DIGITS, text[start + opened : start + i]):
            a, b = opened + match.start(), opened + match.end()
            box = to_box(_around(boxes[a], boxes[b - 1]))
            marks.append(Mark(start + a, start + b, text[start + a : start + b], box, raised[a]))
        opened = i
    return marks
