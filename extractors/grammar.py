"""Step "finders", their ground: a text into parts, and rules written in words that match rows of parts.

A text becomes parts (number, word, white space, mark). A `Grammar` gives each part one character by its class, so that a
rule such as `year (ending|ended|to) <date>` is an ordinary regular expression over a few dozen characters. That makes
rules readable, and finders cheap enough to run on every sentence of every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from extractors.asked_once import asked_once

# Words and spaces come first, since most parts are one or the other: none of these can begin as another does.
PART = re.compile(r"[^\W\d_]+|\s+|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*|.", re.DOTALL)
ELEMENT = re.compile(
    r"\s*(?:(?:(?P<group>[a-z]\w*)=)?(?:<(?P<kind>\w+)>|'(?P<mark>[^'])'|(?P<word>[a-z]+))(?P<glued>~?)"
    r"|(?P<operator>!\(|[()|?*+]))\s*"
)
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+|\S+@\S+\.\w+")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufffe"
APOSTROPHES = "'\u2018\u2019`\u00b4\u2032"
FIRST_WORD_CODE = 0xE000  # private use area: text layers are cleared of it before the finders see them
REMEMBERED = 60_000  # parts whose code is kept; the documents' language has fewer distinct words


@lru_cache(maxsize=128)
def text_to_parts(text: str) -> tuple[list[str], list[int]]:
    """Cuts a text into parts that together are the text; returns them with their starts and, last, the text's end.

    The last few texts are kept, since periods and numbers are sought in the same text one after the other.
    """
    parts = PART.findall(text)
    return parts, list(accumulate(map(len, parts), initial=0))


def find_addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand: their figures are neither dates nor counts."""
    if "@" not in text and "www." not in text and "://" not in text:
        return []
    return [found.span() for found in _ADDRESS.finditer(text)]


class Codes(dict[str, str]):
    """The character of every part: words and marks that rules name have their own, all others that of their class.

    Classes of the rest: `w` and `W` words (`W` capitalised), ` ` white space, `-` any dash, `'` any apostrophe, other
    ASCII marks themselves, `.` whatever is left; numbers as `number_code` says.
    """

    def __init__(self, known: Mapping[str, str], number_code: Callable[[str], str]) -> None:
        super().__init__(known)
        self._number_code = number_code
        self._limit = len(known) + REMEMBERED

    def __missing__(self, part: str) -> str:
        first = part[0]
        if first.isdecimal():
            code = self._number_code(part)
        elif first in DASHES:
            code = "-"
        elif first in APOSTROPHES:
            code = "'"
        elif first.isspace():
            code = " "
        elif first.isalpha():
            code = self.get(part.lower(), "W" if first.isupper() else "w")  # "GCSEs" is neither lower, title nor upper
        else:
            code = first if " " < first < "\x7f" else "."
        if len(self) < self._limit:
            self[part] = code
        return code

    def of(self, parts: Iterable[str]) -> str:
        """The code string of a row of parts."""
        return "".join([self[part] for part in parts])


@dataclass(frozen=True)
class Rule:
    """One rule as a regular expression over codes, the codes with which its matches can begin, and codes of which each match
    holds one at least (None: not known), so that most texts are soon seen to hold none."""

    name: str
    regex: str
    starters: frozenset[str]
    needs: frozenset[str] | None

    @asked_once
    def pattern(self) -> re.Pattern[str]:
        """The expression compiled: most processes meet half of the rules, and to compile all takes a tenth of a second."""
        return re.compile(self.regex)


@dataclass(frozen=True, slots=True)
class _Compiled:
    regex: str
    starters: frozenset[str]
    may_be_empty: bool
    needs: frozenset[str] | None


_NOTHING = _Compiled("", frozenset(), True, None)
_MOST_NEEDED = 12  # codes: of a larger class, such as all figures, nearly every text holds one


class Grammar:
    """Compiles rules written in words, and knows the code of every word that they name.

    A rule is a row of elements: a word, `'/'` a mark, `<day>` a class of parts; each may be named (`d=<day>`). `( | )`
    and `? * +` mean what they mean in regular expressions, `!(` is "not followed by". White space may stand after every
    element that does not end in `~`. A class is a set of code characters or a list of words.
    """

    def __init__(self, classes: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> None:
        self._classes = dict(classes)
        self._word_codes: dict[str, str] = {}
        self._known: dict[str, str] = {}
        for name, members in words.items():
            self._classes[name] = "".join(dict.fromkeys(self.code(word) for word in members))

    def code(self, word: str) -> str:
        """The code of a word, new or known."""
        code = self._word_codes.get(word)
        if code is None:
            code = self._word_codes[word] = chr(FIRST_WORD_CODE + len(self._word_codes))
            for printed in (word, word.capitalize(), word.upper()):
                self._known.setdefault(printed, code)
        return code

    def add_class(self, name: str, codes: str) -> None:
        """Names a further set of codes, for instance the union of others."""
        self._classes[name] = codes

    def fix(self, printed: str, code: str) -> None:
        """Gives a part, exactly as printed, a code of the caller's choice."""
        self._known[printed] = code

    def codes_of(self, kind: str) -> str:
        """The code characters of a class."""
        return self._classes[kind]

    def rule(self, name: str, source: str) -> Rule:
        """Compiles one rule."""
        elements: list[re.Match[str]] = []
        at = 0
        while at < len(source):
            found = ELEMENT.match(source, at)
            if found is None or found.end() == at:
                raise ValueError(f"rule {name}: cannot read {source[at:]!r}")
            elements.append(found)
            at = found.end()
        compiled = self._alternatives(elements[::-1])
        return Rule(name, compiled.regex, compiled.starters, _if_few(compiled.needs))

    def table(self, number_code: Callable[[str], str]) -> Codes:
        """The finished table of codes; call it after the last rule is compiled."""
        return Codes(self._known, number_code)

    def _alternatives(self, elements: list[re.Match[str]]) -> _Compiled:
        options = [self._row(elements)]
        while elements and elements[-1]["operator"] == "|":
            elements.pop()
            options.append(self._row(elements))
        needs = [option.needs for option in options if option.needs is not None]
        return _Compiled(
            "|".join(option.regex for option in options),
            frozenset().union(*(option.starters for option in options)),
            any(option.may_be_empty for option in options),
            frozenset().union(*needs) if len(needs) == len(options) else None,
        )

    def _row(self, elements: list[re.Match[str]]) -> _Compiled:
        row = _NOTHING
        while elements and elements[-1]["operator"] not in {"|", ")"}:
            item = self._item(elements)
            starters = row.starters | item.starters if row.may_be_empty else row.starters
            needs = min((n for n in (row.needs, item.needs) if n is not None), key=len, default=None)
            row = _Compiled(row.regex + item.regex, starters, row.may_be_empty and item.may_be_empty, needs)
        return row

    def _item(self, elements: list[re.Match[str]]) -> _Compiled:
        element = elements.pop()
        if element["operator"] in {"(", "!("}:
            inner = self._alternatives(elements)
            elements.pop()
            if element["operator"] == "!(":
                # The space after the element before may be given back: look past it, or every "not followed by" is void.
                return _Compiled(f"(?! ?(?:{inner.regex}))", frozenset(), True, None)
            item = replace(inner, regex=f"(?:{inner.regex})")
        else:
            item = self._atom(element)
        if elements and (elements[-1]["operator"] or "") in {"?", "*", "+"}:
            repeat = elements.pop()["operator"]
            optional = repeat != "+"
            needs = None if optional else item.needs
            item = _Compiled(item.regex + repeat, item.starters, item.may_be_empty or optional, needs)
        return item

    def _atom(self, element: re.Match[str]) -> _Compiled:
        kind, mark = element["kind"], element["mark"]
        codes = self._classes[kind] if kind else mark or self.code(element["word"])
        regex = f"[{re.escape(codes)}]"
        if element["group"]:
            regex = f"(?P<{element['group']}>{regex})"
        return _Compiled(regex if element["glued"] else f"(?:{regex} ?)", frozenset(codes), False, frozenset(codes))


def _if_few(needs: frozenset[str] | None) -> frozenset[str] | None:
    return needs if needs is not None and len(needs) <= _MOST_NEEDED else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its parts, their starts, and the code of each."""

    text: str
    parts: list[str]
    starts: list[int]
    codes: str

    def before(self, part: int) -> int:
        """The index of the word, number or mark before a part; -1 where there is none."""
        part -= 1
        return part - 1 if part >= 0 and self.codes[part] == " " else part

    def word(self, part: int) -> str:
        """A part in small letters; empty outside the text."""
        return self.parts[part].lower() if 0 <= part < len(self.parts) else ""

    def after(self, end: int) -> int:
        """The index of the first word, number or mark from `end` on."""
        return end + 1 if end < len(self.parts) and self.codes[end] == " " else end


class RuleTable:
    """Rules by the codes with which they can begin, in their order, less those that need what a text does not hold."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_first: dict[str, list[Rule]] = {}
        needed: set[str] = set()
        for rule in rules:
            needed |= rule.needs or set()
            for code in rule.starters:
                self._by_first.setdefault(code, []).append(rule)
        self._needed = frozenset(needed)
        self._known: dict[tuple[str, frozenset[str]], tuple[Rule, ...]] = {}

    @property
    def starters(self) -> Iterable[str]:
        """The codes with which rules can begin."""
        return self._by_first

    def held(self, codes: str) -> frozenset[str]:
        """What a text holds of all that rules need."""
        return self._needed.intersection(codes)

    def at(self, code: str, held: frozenset[str]) -> tuple[Rule, ...]:
        """The rules that can begin with a code, in a text that holds these codes."""
        rules = self._known.get((code, held))
        if rules is None:
            rules = tuple(r for r in self._by_first.get(code, ()) if r.needs is None or r.needs & held)
            if len(self._known) < REMEMBERED:
                self._known[code, held] = rules
        return rules


def any_of(codes: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the next part with one of these codes."""
    return re.compile("[" + re.escape("".join(sorted(codes))) + "]")
