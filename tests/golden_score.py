"""How the program does on the project's own goldens, miss by miss.

    python -m tests.golden_score            all goldens
    python -m tests.golden_score respect    those whose name holds the word

The rules are those of labelling: a figure is right if indicator, area and value agree on its page, a row if kind and
period agree too; `change` rows and optional ones cost nothing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from extractors.blocks import pages_to_blocks
from extractors.docx import docx_to_reading
from extractors.html import html_to_reading
from extractors.pdf_tables import pdf_to_tables, screened_pages
from extractors.pdf_text import pdf_to_reading
from extractors.plain_text import text_to_reading
from extractors.sniff import DOCX, HTML, PDF, PLAIN, sniff_media_type
from extractors.statements import find_statements
from extractors.subject import find_subject
from schemas.records import Reading, Statement
from tests.golden_files import ExpectedRow, expected_rows, golden_pairs


@dataclass(slots=True)
class GoldenScore:
    """Counts over required rows, and a line for each fault."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    rows_right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def add(self, other: GoldenScore) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.rows_right += other.rows_right
        self.faults += other.faults


def path_to_reading(path: Path) -> Reading:
    """The reading of one document, tables included, in this process."""
    data = path.read_bytes()
    media_type = sniff_media_type(data, path.name)
    if media_type == PDF:
        reading = pdf_to_reading(data)
        numbers = set(screened_pages(reading))
        tables, _ = pdf_to_tables(data, [page for page in reading.pages if page.number in numbers])
        return pages_to_blocks(reading, tables)
    if media_type == HTML:
        return html_to_reading(data)
    return docx_to_reading(data) if media_type == DOCX else text_to_reading(data, media_type or PLAIN)


def score_golden(document: Path, labels: Path) -> GoldenScore:
    """What the program finds in one document against what is labelled."""
    reading = path_to_reading(document)
    subject = find_subject(reading, document.name)
    own = subject.area.area_code if subject.area else None
    statements, _ = find_statements(reading, subject)
    return score_rows(expected_rows(labels), statements, own)


def score_rows(expected: list[ExpectedRow], statements: tuple[Statement, ...], own: str | None) -> GoldenScore:
    """Best matches first, then looser ones; each side is used once."""
    score, used, hits = GoldenScore(), set[int](), dict[int, bool]()
    found = [(index, s) for index, s in enumerate(statements) if s.kind != "change"]
    wanted = [(index, e) for index, e in enumerate(expected) if e.kind != "change"]
    for whole_row in (True, False):
        for place, row in wanted:
            for index, statement in found:
                if place in hits or index in used or not _same_figure(row, statement, own):
                    continue
                right = row.kind == statement.kind and ("now" in row.periods or statement.period in row.periods)
                if right or not whole_row:
                    used.add(index)
                    hits[place] = right
                    if not right and not row.optional:
                        score.faults.append(f"PERIOD  {_told(row)}, got {statement.period} {statement.kind}")
    for place, row in wanted:
        if not row.optional:
            score.right += place in hits
            score.missed += place not in hits
            score.rows_right += hits.get(place, False)
            if place not in hits:
                score.faults.append(f"MISSED  {_told(row)}: {row.quote}")
    for index, statement in found:
        if index not in used and not any(_same_figure(row, statement, own) for row in expected):
            score.wrong += 1
            area = statement.area_name or "?"
            told = f"{statement.page or ''} {statement.indicator} {area} {statement.value:g} {statement.period}"
            score.faults.append(f"WRONG   {told}: {statement.quote[:140]!r}")
    return score


def _same_figure(row: ExpectedRow, statement: Statement, own: str | None) -> bool:
    if row.page != statement.page or row.indicator != statement.indicator:
        return False
    area = statement.area_name or ""
    if statement.area_kind == "neighbours":
        area = "SN"
    elif statement.area_code and statement.area_code == own:
        area = "LA"
    return row.area.casefold() == area.casefold() and abs(row.value - statement.value) < 1e-6


def _told(row: ExpectedRow) -> str:
    return f"{row.page or ''} {row.indicator} {row.area} {row.value:g} {'|'.join(row.periods)} {row.kind}"


def main(words: list[str]) -> None:
    """Prints the faults of each golden and the sums."""
    total = GoldenScore()
    for document, labels in golden_pairs():
        if words and not any(word in document.name for word in words):
            continue
        score = score_golden(document, labels)
        print(
            f"{document.name}: right {score.right} (rows {score.rows_right}), wrong {score.wrong}, missed {score.missed}"
        )
        print("".join(f"    {fault}\n" for fault in score.faults), end="")
        total.add(score)
    rows = total.rows_right / max(1, total.right + total.missed)
    print(f"figures: precision {total.precision:.3f} recall {total.recall:.3f}; rows found {rows:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
