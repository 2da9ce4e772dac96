"""Step "blocks": say what each passage of a page is - heading, list item, caption, footnote, contents line, paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.passages import CAPTION, LEADERS, NOTE, RULE, SOURCE, Passage
from extractors.rows import BULLET
from schemas.records import Page

_SMALL = 0.93  # of body type: what notes are set in
_LARGE = 1.09
_NUMBERED_HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.|appendix\s\w+)\s+[A-Z‘“]", re.IGNORECASE)
_FIGURE_FIRST = re.compile(r"^[£+\-]?\d[\d.,]*\s?%")
_AGENDA_ITEM = re.compile(r"^\d{1,2}[.)]?\s+[A-Z][^.;]*[^.;:,]$")
_DECIMAL_LABEL = re.compile(r"\d{1,2}\.\d")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?$|^index$", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"[\s.]\d{1,3}$")
_FIXED = ("running_head", "page_number", "table", "card")


def name_kinds(passages: list[Passage], page: Page, body: float) -> None:
    """Sets `kind` of every passage that has none of its own yet. `body` is the document's body type size in points."""
    contents = _contents_lines(passages)
    for index, passage in enumerate(passages):
        if passage.kind in _FIXED or passage.of_card:
            continue
        text = passage_text(passage)
        if index in contents or _CONTENTS.match(text):
            passage.kind = "contents"
        elif NOTE.match(text) or _is_footnote(passage, page, body, passages[index - 1] if index else None):
            passage.kind = "footnote"
        elif (CAPTION.match(text) and len(text) < 300) or SOURCE.match(text):
            passage.kind = "caption"
        elif BULLET.match(text) and passage.label:
            passage.kind = "list_item"
        elif not passage.stated and (is_heading(passage, text, body) or _is_agenda_item(passages, index, text)):
            passage.kind = "heading"


def _is_agenda_item(passages: list[Passage], index: int, text: str) -> bool:
    """A short numbered line in body type, over prose, with no numbered neighbour: "7 Fostering", "28. Apologies"."""
    if not _AGENDA_ITEM.match(text) or len(text) > 90 or len(passages[index].rows) > 2 or index + 1 == len(passages):
        return False
    after, before = passages[index + 1], passages[index - 1] if index else None
    if after.kind in _FIXED or _AGENDA_ITEM.match(after.first.text) or after.label:
        return False
    if before is not None and _AGENDA_ITEM.match(before.first.text) and before.kind not in _FIXED:
        return False
    return after.last.text.endswith((".", ":")) and passages[index].first.cells == 1


def passage_text(passage: Passage) -> str:
    """The passage's words roughly, for tests of form: rows joined by spaces."""
    return " ".join(row.text for row in passage.rows)


def _contents_lines(passages: list[Passage]) -> set[int]:
    """A contents list: lines with leaders, or on a page headed "Contents" the lines that end in rising page numbers."""
    texts = [passage_text(passage) for passage in passages]
    in_figures = [(i, text) for i, text in enumerate(texts) if text[-1:].isdigit()]
    found = {i for i, text in in_figures if LEADERS.search(text) and _ENDS_IN_PAGE.search(text)}
    start = next((i for i, text in enumerate(texts) if _CONTENTS.match(text)), None)
    if start is not None or len(found) > 3:
        after = range((start + 1) if start is not None else min(found), len(texts))
        ends = [
            i
            for i in after
            if passages[i].kind not in _FIXED and _ENDS_IN_PAGE.search(texts[i]) and len(texts[i]) < 150
        ]
        if len(ends) >= 3:
            found.update(ends)
            found.update(i for i in after if i < ends[-1] and passages[i].kind not in _FIXED and len(texts[i]) < 100)
    return found if len(found) > 2 else set()


def _is_footnote(passage: Passage, page: Page, body: float, before: Passage | None) -> bool:
    first = passage.first
    if (
        before is not None
        and passage.label
        and not passage.opens
        and (before.kind == "footnote" or RULE.match(before.last.text))
    ):
        return True  # notes under a rule of underscores are often set in body type
    if first.size > _SMALL * body or first.y0 < 0.45 * page.height:
        return False
    if before is not None and before.kind == "footnote" and not passage.opens:
        return True
    return _opens_raised(passage, page) or bool(re.match(r"^(?:\[?\d{1,3}\]?|\(\d{1,3}\)|[*†‡]+)\s", first.text))


def _opens_raised(passage: Passage, page: Page) -> bool:
    start = page.lines[passage.first.lines[0]].start
    index = bisect_left(page.marks, start, key=lambda mark: mark.start)
    return index < len(page.marks) and page.marks[index].start == start and page.marks[index].raised


def is_heading(passage: Passage, text: str, body: float) -> bool:
    """Short, set larger or bolder than the body or numbered as a section, and no sentence."""
    if len(text) > 140 or len(passage.rows) > 3 or not _LETTERS.search(text) or text[0].islower():
        return False
    size = passage.first.size
    if text[-1] in ".;,-–" or (text[-1] == ":" and size < _LARGE * body):
        return False
    words = len(text.split())
    if 2 * sum(c.isdigit() for c in text) > sum(c.isalpha() for c in text):
        return False  # an axis, a row of years
    if _FIGURE_FIRST.match(text):
        return False
    if size >= _LARGE * body and words <= 20:
        return True
    if words > 16:
        return False
    if passage.bold and size >= _SMALL * body:
        return True
    if _NUMBERED_HEADING.match(text) and words <= 14 and _DECIMAL_LABEL.match(passage.label):
        return True
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 8 and words >= 2 and text.isupper()
