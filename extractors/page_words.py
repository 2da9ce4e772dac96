"""Step `tables`: words that a table reader cut or ran together -> the same words as the page's own text prints them.

A table reader guesses spaces from gaps: a large first letter comes back as "S ocial care", a wide title as pieces of
words in neighbouring cells. The page's text knows better. Both are compared without their spaces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.text_encoding import clean_words

_NO_LETTER = re.compile("-?[\u00ad\ufffe]?[\\r\\n]+|[\\s\u00ad\ufffe\u200b-\u200f\ufeff\ue000-\uf8ff]")
_LINE_END = re.compile(r"(?<=\w)-\s*[\r\n]+\s*(?=[a-z])")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CUT_THOUSAND = re.compile(r"(,\d{1,2}) (\d{1,2})(?!\d)")


class PageWords:
    """The text of a page, findable without its spaces and line ends."""

    def __init__(self, text: str) -> None:
        self._text = text
        gaps = {index for found in _NO_LETTER.finditer(text) for index in range(*found.span())}
        self._places = [index for index in range(len(text)) if index not in gaps]
        self._bare = "".join(text[index] for index in self._places)

    def printed(self, text: str) -> str:
        """The words as the page prints them; as they came, cleaned, where the page does not hold them in one piece.

        Lines of a cell that are not neighbours in the page's text are looked up one by one.
        """
        if not any(map(str.isalpha, text)):
            return _mend_thousands(clean_words(text))
        whole = self._find(text)
        if whole is None and "\n" in text:
            whole = " ".join(self._find(line) or line for line in text.split("\n"))
        return _mend_thousands(clean_words(_LINE_END.sub("-", text if whole is None else whole)))

    def cuts_words(self, pieces: Sequence[str]) -> list[bool]:
        """For each boundary between neighbouring pieces: whether the page prints them as one word."""
        return [self._is_one_word(before, after) for before, after in itertools.pairwise(pieces)]

    def _find(self, text: str) -> str | None:
        bare = _NO_LETTER.sub("", text)
        start = self._bare.find(bare) if bare else -1
        if start < 0:
            return None
        return self._text[self._places[start] : self._places[start + len(bare) - 1] + 1]

    def _is_one_word(self, before: str, after: str) -> bool:
        letters = before[-1:].isalpha() and after[:1].isalpha()
        thousands = before[-1:].isdigit() and after[:1] == "," and after[1:2].isdigit()
        year = _YEAR.match(before.strip() + after.strip()) is not None
        if not (letters or thousands or year):
            return False  # "0" and "1" in neighbouring cells are found as "01" somewhere on any page
        left = _NO_LETTER.sub("", before)[-12:]
        right = _NO_LETTER.sub("", after)[:12]
        start = self._bare.find(left + right)
        if start < 0:
            return False
        border = start + len(left)
        return self._places[border] == self._places[border - 1] + 1


def _mend_thousands(text: str) -> str:
    """A number that its narrow cell broke: "10,15 3" is "10,153"."""
    return _CUT_THOUSAND.sub(lambda found: _joined(found[1], found[2]), text)


def _joined(group: str, rest: str) -> str:
    return group + rest if len(group) - 1 + len(rest) == 3 else f"{group} {rest}"
