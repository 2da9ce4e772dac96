"""Step `read others`: bytes -> text, and text -> the plain words that a block holds.

The encoding is what the byte order mark says, else what the file itself declares, else UTF-8 if the bytes are valid
UTF-8, else Windows-1252, which older council pages are written in whatever they declare.
"""

from __future__ import annotations

import codecs
import re

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Characters that take no room on the page, or are there for line breaking alone.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\x00-\x08\x0e-\x1a\x7f]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Browsers read the numeric references 128 to 159 as Windows-1252: Word's own HTML writes &#150; for a dash.
_C1 = {
    code: bytes([code]).decode("cp1252", errors="ignore") or " "  # five of the 32 are not assigned
    for code in range(0x80, 0xA0)
}
_DASHES_AND_BULLETS = {0x2010: "-", 0x2011: "-", 0xF02D: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF06E: "•", 0xF0D8: "•"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TRANSLATION = {**_C1, **_DASHES_AND_BULLETS, **_LIGATURES}
_UNUSUAL = re.compile("[\x80-\x9f\u2010\u2011\uf000-\uf0ff\ufb00-\ufb06]")


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Text of the bytes. `declared` is the encoding that the file names itself; it is believed only if it fits.

    Never raises: bytes that fit no encoding become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if data[:4].count(0) and not data.count(0, 0, 4) > 2:
        guess = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(guess, errors="replace")
    for name in (declared, "utf-8", "cp1252"):
        text = _decoded(data, name)
        if text is not None:
            return text
    return data.decode("cp1252", errors="replace")


def clean_words(text: str) -> str:
    """The words of a passage on one line: no soft hyphens or other invisible characters, one space between words,
    non-breaking hyphens as plain ones, ligatures as their letters."""
    if _UNUSUAL.search(text):
        text = text.translate(_TRANSLATION)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def _decoded(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    if name in {"iso8859-1", "ascii"}:
        # The HTML standard reads both as Windows-1252; where the bytes are valid UTF-8 the label is an old template's.
        name = "utf-8" if _decoded(data, "utf-8") is not None else "cp1252"
    if name.startswith(("utf-16", "utf-32")):  # a label that could be read at all is not in two-byte characters
        return None
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError, AssertionError, ValueError):
        return None
