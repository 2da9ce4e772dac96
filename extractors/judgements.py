"""Step "judgements": an inspection report's reading -> the grades that its grade table prints.

Only the table itself and the sentence that gives the overall grade count, on the pages where the framework puts them
(`judgements.yaml`): a letter or a self-evaluation that speaks of the grades of another inspection yields none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from extractors.area_tables import read_lookup
from extractors.front_matter import front_matter, squeeze
from extractors.subject import find_inspection_dates
from schemas.records import Judgement, Reading, Subject

_TABLE_LENGTH = 1400  # characters; the longest grade table seen has 600
_REACH = 120  # from a row's label to its grade
_FRONT, _END = 3, 5


@dataclass(frozen=True, slots=True)
class GradeTable:
    """Where a table starts, on which pages it stands, and the label of each row by its normal name."""

    pages: str
    starts: re.Pattern[str]
    rows: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """How the reports of one framework print their grades."""

    name: str
    title: re.Pattern[str]
    tables: tuple[GradeTable, ...]
    sentences: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade as printed: its row, the words, the page."""

    judgement: str
    grade: str
    page: int | None
    quote: str


@lru_cache(maxsize=1)
def _grades() -> tuple[dict[str, str], re.Pattern[str]]:
    grades: dict[str, str] = yaml.load(read_lookup("judgements.yaml"), Loader=yaml.BaseLoader)["grades"]
    longest_first = sorted(grades, key=len, reverse=True)
    return grades, re.compile(r"\b(" + "|".join(longest_first) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _frameworks() -> tuple[Framework, ...]:
    raw = yaml.load(read_lookup("judgements.yaml"), Loader=yaml.BaseLoader)["frameworks"]
    grade = "(?P<grade>" + _grades()[1].pattern + ")"

    def pattern(alternatives: list[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{a})" for a in alternatives)
        return re.compile(joined.replace(" ", r"\s"), re.IGNORECASE)

    def sentence(alternatives: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(a.replace("{grade}", grade), re.IGNORECASE) for a in alternatives)

    return tuple(
        Framework(
            entry["framework"],
            pattern(entry["title"]),
            tuple(
                GradeTable(t["pages"], pattern(t["starts"]), tuple((k, pattern(v)) for k, v in t["rows"].items()))
                for t in entry.get("tables", ())
            ),
            tuple((name, one) for name, forms in entry.get("sentences", {}).items() for one in sentence(forms)),
        )
        for entry in raw
    )


def find_judgements(reading: Reading, subject: Subject, document_id: str) -> tuple[Judgement, ...]:
    """The grades of one inspection report, in the order of its table; none for any other kind of document, nor for
    visits and letters, which print no grade."""
    if subject.document_kind != "inspection":
        return ()
    texts = _texts(reading)
    if not texts:
        return ()
    framework = next((f for f in _frameworks() if f.title.search(texts[0][1])), None)
    if framework is None:
        return ()
    grades = [grade for table in framework.tables for grade in _from_table(table, texts)]
    known = {grade.judgement for grade in grades}
    for name, sentence in framework.sentences:
        found = _from_sentence(name, sentence, texts[0]) if name not in known else None
        if found:
            grades.append(found)
            known.add(name)
    dates = find_inspection_dates(front_matter(reading, ""))
    area_code = subject.area.area_code if subject.area else None
    return tuple(_row(g, document_id, area_code, framework.name, dates, subject.published_on) for g in grades)


def _texts(reading: Reading) -> list[tuple[int | None, str]]:
    """Page number and text, white space single; documents without pages are one."""
    if reading.pages:
        count = len(reading.pages)
        wanted = {*range(min(_FRONT, count)), *range(max(0, count - _END), count)}
        return [(reading.pages[i].number, _plain(reading.pages[i].text)) for i in sorted(wanted)]
    text = _plain(" ".join(block.text for block in reading.blocks))
    return [(None, text)] if text else []


def _plain(text: str) -> str:
    return squeeze(text).replace("’", "'").replace("‘", "'")


def _from_table(table: GradeTable, texts: list[tuple[int | None, str]]) -> list[Grade]:
    """The grades of the first such table, where at least half of its rows have one."""
    pages = texts[:_FRONT] if table.pages == "front" else texts[-_END:]
    for page, text in pages:
        for start in table.starts.finditer(text):
            grades = _rows(table, text[start.start() : start.start() + _TABLE_LENGTH], page)
            if 2 * len(grades) >= len(table.rows):
                return grades
    return []


def _rows(table: GradeTable, text: str, page: int | None) -> list[Grade]:
    labels = []
    for name, pattern in table.rows:
        if m := pattern.search(text):
            labels.append((m.start(), m.end(), name))
    labels.sort()
    grades = []
    for i, (start, end, name) in enumerate(labels):
        limit = min(labels[i + 1][0] if i + 1 < len(labels) else len(text), end + _REACH)
        m = _grades()[1].search(text, end, limit)
        if m:
            grades.append(Grade(name, _grades()[0][m[1].lower()], page, text[start : m.end()]))
    return grades


def _from_sentence(name: str, sentence: re.Pattern[str], first: tuple[int | None, str]) -> Grade | None:
    m = sentence.search(first[1])
    return Grade(name, _grades()[0][m["grade"].lower()], first[0], m[0]) if m else None


def _row(
    grade: Grade,
    document_id: str,
    area_code: str | None,
    framework: str,
    dates: tuple[dt.date, dt.date] | None,
    published_on: dt.date | None,
) -> Judgement:
    return Judgement(
        document_id=document_id,
        area_code=area_code,
        framework=framework,
        judgement=grade.judgement,
        grade=grade.grade,
        inspection_start=dates[0] if dates else None,
        inspection_end=dates[1] if dates else None,
        published_on=published_on,
        page=grade.page,
        quote=grade.quote,
    )
