"""Step `read others`: lines that a line break parts -> passages; a passage's first characters -> a typed list item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.list_markers import is_numbered, strip_bullet
from extractors.table_headers import is_value
from extractors.text_encoding import clean_words
from schemas.records import Block

_MAX_CARD = 160
_MAX_HEADING = 110
_SENTENCE_END = (".", ":", ";", "!", "?")


def passages_in(lines: Iterable[str]) -> list[str]:
    """Passages of a run of lines that single line breaks part. An empty line parts passages; a line carries the one
    before it on if it opens in lower case, with a digit or a bracket, and the one before does not end a sentence."""
    passages: list[str] = []
    parted = True
    for line in lines:
        words = clean_words(line)
        if not words:
            parted = True
            continue
        if not parted and _carries_on(passages[-1], words):
            passages[-1] = f"{passages[-1]} {words}"
        elif any(map(str.isalnum, words)):
            passages.append(words)
        else:
            continue
        parted = False
    return passages


def typed_list_item(words: str) -> Block | None:
    """The block of a paragraph that its writer made a list item by typing a bullet, a number or a letter before it."""
    item = strip_bullet(words)
    if item:
        return Block("list_item", item, level=1)
    return Block("list_item", words, level=1) if is_numbered(words) else None


def is_bold_heading(words: str) -> bool:
    """Whether a paragraph that is all bold heads what follows: it is short, ends no sentence and is no bare value."""
    return len(words) <= _MAX_HEADING and not words.endswith((".", ";", ",")) and not is_value(words)


def card_words(texts: Sequence[str]) -> str | None:
    """The words of a card, a small box that prints a value apart from its title, as "title: value": "Children in care"
    over "501" over "31 March 2023" is "Children in care 31 March 2023: 501". None where the texts are no card's."""
    values = [is_value(text) for text in texts]
    if not any(values) or all(values) or sum(map(len, texts)) > _MAX_CARD:
        return None
    if sum(values) == 1:
        place = values.index(True)
        labels = " ".join(text.rstrip(":") for text, value in zip(texts, values, strict=True) if not value)
        return f"{labels}: {texts[place]}"
    parts = [
        f"{text.rstrip(':')}:" if following and not value else text
        for text, value, following in zip(texts, values, [*values[1:], False], strict=True)
    ]
    return " ".join(parts)


def _carries_on(before: str, words: str) -> bool:
    if before.endswith(_SENTENCE_END) or strip_bullet(words) is not None or is_numbered(words):
        return False
    return words[0].islower() or words[0].isdigit() or words[0] in "(%£<" or before.endswith((",", "-"))
