"""The refusals: each holds the phrase that it is for, is asked, and gives a disposition that the ledger knows."""

from __future__ import annotations

import ast
from pathlib import Path

from extractors import count_frames, vetoes
from schemas.codes import DISPOSITIONS

EXTRACTORS = Path(vetoes.__file__).parent
ROWS = (vetoes._BY_THE_PASSAGE, vetoes._BY_THEIR_OWN_WORDS, vetoes._BY_WHAT_IS_LEFT, vetoes._BESIDE_OTHERS)


def refusals_written() -> set[str]:
    """The public functions of a candidate alone, wherever refusals are kept."""
    return {
        node.name
        for path in (*EXTRACTORS.glob("refusals_*.py"), EXTRACTORS / "vetoes.py", EXTRACTORS / "values_at_odds.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and ast.unparse(node.returns) == "bool"
        and len(node.args.args) == 1
    }


def test_every_refusal_and_frame_holds_the_phrase_it_is_for() -> None:
    asked = [question for row in (*ROWS, count_frames._FRAMES) for _, question in row]
    assert not [question.__name__ for question in asked if '"' not in (question.__doc__ or "")]


def test_every_refusal_is_asked_once() -> None:
    asked = [r.__name__ for row in ROWS for _, r in row]
    assert sorted(asked) == sorted(refusals_written())


def test_every_refusal_gives_a_disposition_of_the_ledger() -> None:
    assert {disposition for row in ROWS for disposition, _ in row} <= set(DISPOSITIONS)
