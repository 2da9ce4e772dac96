"""The ledger: every printed number once, as what it is, and openly unknown where nobody can say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.ledger import Ledger, role_to_disposition
from schemas.codes import DISPOSITIONS
from schemas.records import Block, Mark, Page, Piece, Reading

NUMBERS = yaml.safe_load((Path(__file__).parents[1] / "extractors/lookups/numbers.yaml").read_text("utf-8"))


def reading_of(text: str, *marks: tuple[int, int, bool]) -> Reading:
    """A page of one paragraph with its numbers, each (start, end, raised)."""
    box = (0.0, 0.0, 1.0, 1.0)
    numbers = tuple(Mark(start, end, text[start:end], box, raised=up) for start, end, up in marks)
    page = Page(1, 595.0, 842.0, text=text, lines=(), marks=numbers)
    block = Block(kind="paragraph", text=text, page=1, pieces=(Piece(0, len(text), 1, 0),))
    return Reading("application/pdf", (page,), (block,))


def test_a_number_that_no_reader_took_is_unknown_and_no_reference() -> None:
    """A share on page 119 of a needs assessment stood in the ledger as a paragraph number: nobody had read it."""
    _, disposals = Ledger(reading_of("27.8 and 41", (0, 4, False), (9, 11, True))).close()
    assert [(d.text, d.disposition) for d in disposals] == [("27.8", "unknown"), ("41", "footnote")]


def test_a_number_that_was_read_keeps_what_it_was_read_as() -> None:
    ledger = Ledger(reading_of("aged 27", (5, 7, False)))
    ledger.dispose(0, 5, 7, "27", 27.0, "age", "aged 27")
    _, disposals = ledger.close()
    assert [d.disposition for d in disposals] == ["age"]


@pytest.mark.parametrize("role", sorted({name.split()[0] for name in NUMBERS["roles"]}))
def test_every_part_that_a_number_can_play_has_a_code(role: str) -> None:
    assert role_to_disposition(role) in set(DISPOSITIONS) - {"unknown"}


def test_a_part_without_a_code_is_unknown_rather_than_outside_the_catalogue() -> None:
    assert role_to_disposition("a part of 2031") == "unknown"
