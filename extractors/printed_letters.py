"""Step text -> words, the quickest way: its runs of plain letters, to see which of some words it may hold.

For a set of words the whole text is gone through by the machine, not by Python: a tenth of a search for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = bytes(c | 0x20 if chr(c).isalpha() else 0x20 for c in range(128)) + b" " * 128


def letter_runs(text: str) -> list[bytes]:
    """The runs of letters a to z, in small letters: "Fifty-two cafés" -> fifty, two, caf, s."""
    return text.encode("ascii", "replace").translate(_LETTERS).split()


def as_letter_runs(words: Iterable[str]) -> frozenset[bytes]:
    """Words of small plain letters, to compare with what `letter_runs` finds."""
    return frozenset(word.encode("ascii") for word in words)
