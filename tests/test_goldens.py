"""The project's own goldens: documents with every figure that each page states, and how many of them are read.

The floors are where the program stood on 22 November 2026 (recall 0.907, whole rows 0.880), less two in a hundred: a change
that loses more than that must say so here. `python -m tests.golden_score` prints the faults.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extractors.sniff import PDF, sniff_media_type
from extractors.statements import find_statements
from extractors.subject import find_subject
from schemas.codes import DISPOSITIONS
from schemas.records import Disposal, Reading, Statement
from tests.golden_files import SAMPLES, expected_rows, golden_pairs
from tests.golden_score import GoldenScore, path_to_reading, score_golden

PAIRS = golden_pairs()
STATING = [pair for pair in PAIRS if expected_rows(pair[1])]
SILENT = [pair for pair in PAIRS if not expected_rows(pair[1])]
SAMPLE_FILES = [path for path in sorted(SAMPLES.iterdir()) if path.is_file() and not path.name.startswith(".")]
PRECISION, RECALL, ROWS = 0.98, 0.887, 0.86  # of figures, of figures, of whole rows found
DIGITS = re.compile(r"\d+")


@cache
def scored(document: Path, labels: Path) -> GoldenScore:
    return score_golden(document, labels)


@cache
def read(path: Path) -> tuple[Reading, tuple[Statement, ...], tuple[Disposal, ...]]:
    reading = path_to_reading(path)
    return reading, *find_statements(reading, find_subject(reading, path.name))


def total() -> GoldenScore:
    score = GoldenScore()
    for document, labels in PAIRS:
        score.add(scored(document, labels))
    return score


def test_what_is_stated_is_right() -> None:
    assert total().precision >= PRECISION, "\n".join(f for f in total().faults if f.startswith("WRONG"))


def test_what_is_printed_is_found() -> None:
    assert total().recall >= RECALL, "\n".join(f for f in total().faults if f.startswith("MISSED"))


def test_periods_and_kinds_are_right() -> None:
    score = total()
    assert score.rows_right / (score.right + score.missed) >= ROWS, "\n".join(
        f for f in score.faults if f.startswith("PERIOD")
    )


@pytest.mark.parametrize(("document", "labels"), STATING, ids=lambda path: path.name)
def test_each_golden_yields_figures_and_hardly_a_wrong_one(document: Path, labels: Path) -> None:
    score = scored(document, labels)
    assert score.right
    assert score.wrong <= max(1, (score.right + score.missed) // 20), "\n".join(score.faults)


@pytest.mark.parametrize(("document", "labels"), SILENT, ids=lambda path: path.name)
def test_a_document_without_figures_yields_none(document: Path, labels: Path) -> None:
    assert scored(document, labels).faults == []
    assert read(document)[1] == ()


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_printed_number_is_in_the_ledger_once(path: Path) -> None:
    reading, statements, disposals = read(path)
    assert {d.disposition for d in disposals} <= set(DISPOSITIONS)
    if sniff_media_type(path.read_bytes(), path.name) == PDF:
        printed = Counter((p.number, m.start) for p in reading.pages for m in p.marks if m.text[:1].isdigit())
        entered = Counter((d.page, d.at) for d in disposals if d.text[:1].isdigit())
        assert entered == printed
    else:
        printed_digits = Counter(n for b in reading.blocks if b.kind != "table" for n in DIGITS.findall(b.text))
        entered_digits = Counter(n for d in disposals for n in DIGITS.findall(d.text))
        assert printed_digits - entered_digits == Counter()
    linked = [d.statement for d in disposals if d.statement is not None]
    assert sorted(linked) == sorted(set(linked))
    assert {d.disposition == "observation" for d in disposals if d.statement is not None} <= {True}
    assert set(linked) == set(range(len(statements)))
