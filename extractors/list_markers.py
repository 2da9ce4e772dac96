"""Step `read others`: a paragraph's first characters -> whether it is a list item that its writer typed by hand."""

from __future__ import annotations

import re

_SIGNS = "•●▪■◦○‣⁃∙·➢➤►▶✓✔*»–—-"
# § and Ø are what Word's Wingdings bullets become; a dash before a digit needs a space, or it is a minus sign.
_BULLET = re.compile(rf"^(?:[{_SIGNS}]\s*(?=[^\s\d.,%-])|[§Ø{_SIGNS}]\s+(?=\S)|o\s+(?=[A-Z0-9]))")
_NUMBERED = re.compile(
    r"^(?:\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)])\s+(?=[^\d\s])", re.IGNORECASE
)


def strip_bullet(text: str) -> str | None:
    """The words after a typed bullet ("• 45 children" -> "45 children"); None where there is none. A minus sign or a dash
    that belongs to a number ("-24 on last year") is no bullet."""
    found = _BULLET.match(text)
    return text[found.end() :] if found else None


def is_numbered(text: str) -> bool:
    """Whether a paragraph opens with a list number or letter: "1. Agreed", "(b) the report". Its words keep the number,
    which is printed; decimal paragraph numbers ("3.4 In 2023") are no list."""
    return bool(_NUMBERED.match(text))
