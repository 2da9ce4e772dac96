"""Step "blocks": whether a hyphen at a line's end belongs to the word ("long-term") or only to the line ("chil-dren").

pdfium marks both alike. The document itself knows: a compound or a whole word that it prints elsewhere decides, then
whether both halves are words of their own, then whether the document breaks words at all.
"""

from __future__ import annotations

import re

from schemas.records import Page

_COMPOUND = re.compile(r"[a-z]+-[a-z]+")
_WORD = re.compile(r"[\w-]+")
_ENDS_HYPHEN = re.compile(r"[A-Za-z]-$")
_FIRST_WORD = re.compile(r"^\W*\w+")


class Hyphenation:
    """What one document's own words say about its line-end hyphens. Reads the pages only when first asked."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._pages = pages
        self._words: set[str] | None = None
        self._compounds: set[str] = set()
        self._breaks_words = False

    def _learn(self) -> set[str]:
        texts: list[str] = []
        broken: list[tuple[str, str]] = []
        for page in self._pages:
            before = ""
            for line in page.lines:
                text = line.text
                if before[-1:] == "-" and _ENDS_HYPHEN.search(before):
                    match = _FIRST_WORD.match(text.lower())
                    if match:
                        broken.append((before[:-1].rsplit(" ", 1)[-1], match.group().strip()))
                        text = text.lower()[match.end() :]
                texts.append(text)
                before = line.text
        different = set("\n".join(texts).lower().split())  # a sixth of all: the document repeats itself
        printed = set(_WORD.findall(" ".join(different)))
        words = {word for word in printed if len(word) > 1 and word.isascii() and word.isalpha()}
        for word in printed:
            if "-" in word:
                self._compounds.update(_COMPOUND.findall(word))
        drops = sum(left + right in words for left, right in broken)
        keeps = sum(f"{left}-{right}" in self._compounds for left, right in broken)
        self._breaks_words = drops > keeps
        return words

    def belongs_to_word(self, left: str, right: str) -> bool:
        """Whether `left` + "-" + `right` (the letters around the line end) keeps its hyphen."""
        if not left.isalpha() or not right.isalpha() or not right.islower() or left.isupper():
            return True
        if self._words is None:
            self._words = self._learn()
        left, right = left.lower(), right.lower()
        if f"{left}-{right}" in self._compounds:
            return True
        if left + right in self._words:
            return False
        if left in self._words and right in self._words:
            return True
        return not self._breaks_words
