"""Step mentions -> statements: a sentence into clauses, one for each number (or group of numbers) that may state a figure.

Numbers that belong together form one group: "369 (or 59%)", "2,320 out of 3,007 (77%)", "354 per 10,000 (2,042)". Between
two groups stands one border, put at the strongest separator: what stands left of it belongs to the first group, what stands
right of it to the second. So each number owns the words that English gives it, however near another number stands.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from extractors.sentences import Sentence, spans_of
from schemas.records import Number

_OPENS_GROUP = re.compile(
    r"\s*[,–-]?\s*(?:or\s+)?[(\[]\s*(?:or|equating to|equivalent to|i\.e\.|which is|this is|representing|an?|the|"
    r"(?:at\s+)?a rate of|rate of|rate:?|around|approximately|approx\.?|about|nearly|almost|just (?:over|under)|over|under|n\s*=|[=:~<>])*\s*$",
    re.IGNORECASE,
)
_RATE_FOLLOWS = re.compile(
    r"\s*,?\s*(?:which (?:is|was|equates to)|equating to|equivalent to|or|at)?\s*(?:(?:a|the)\s+rate\s+of\s*)?$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"\s*(?:children |young people |cases |plans |assessments )?(?:out of|of|out from) (?:a total of |the )?$|\s*/\s*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\s*(?:%|per ?cent|per|10,?000|10k|ten thousand|children|young people|population|and|of|the|aged|0|to|17|[-–]|years?|days|weeks|cases|individuals|pupils|out of \d[\d,]*|of \d[\d,]*|/\s?\d[\d,]*)*\s*[)\]]",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"(?P<semicolon>;|\s[–—-]\s|\.\s)|(?P<close>[)\]])|(?P<open>[(\[])"
    r"|(?P<conjunction>,?\s+(?:while|whilst|whereas|although|though|but|however)\s)"
    r"|(?P<andcomma>\s(?:and|but),\s)|(?P<commaand>,\s*(?:and|with|which|whilst|while|a|an|up|down|of whom|of which|from|against|compared|compares|compare|the|slightly|just|well|or|whereas|but)\b)"
    r"|(?P<comma>,)|(?P<and>\s(?:and|with|or)\s)",
    re.IGNORECASE,
)
_STRENGTH = {"semicolon": 9, "conjunction": 7, "andcomma": 6, "commaand": 6, "comma": 5, "and": 4}
_TO = re.compile(
    r"\bto\s+(?:just |around |about |approximately |nearly |almost |over |under |only |a (?:rate|level|total|figure) of |(?:a|the|its|their|an) (?:(?:new|current|present|provisional|record|all[ -]time|recent|latest) )*(?:(?:high|low|peak|figure|total|level) of )?|currently |now )*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|of)\s+(?:both |just |around |about |the |a |an |its |an average of |their |approximately |nearly |almost |over |under )*$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\s*(?:children|child|young people|and|or))*\s*(?:per|/) ?(?:10,?000|10k|ten thousand)"
    r"(?:\s*(?:of the|children and young people|child|children|population|young people|under 18s?|aged|0|to|17|-|–)\b)*",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"\s*(?:working |calendar )?(?:days?|weeks?|months?|years?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A group of numbers and the characters of the sentence that belong to it. `bracketed` where the group stands in a
    bracket of its own; `opened_by` is the cue that stands at its border (compare, up_from, to, and ...), if any."""

    numbers: tuple[Number, ...]
    start: int
    end: int
    bracketed: bool
    opened_by: str | None

    @property
    def first(self) -> int:
        return self.numbers[0].start

    @property
    def last(self) -> int:
        return self.numbers[-1].end


_REPORTS = re.compile(
    r"\W*[^\d;:()%]{3,120}?\b(?:advised|told|heard|noted|reported|confirmed|explained|responded|replied|said|stated|informed|"
    r"added|clarified|commented|pointed out|outlined|highlighted|reminded|assured|recall|remember|acknowledged|observed)(?: \w+){0,4}? that\b",
    re.IGNORECASE,
)


def reported_from(text: str) -> int:
    """Where what is reported begins in "Members were told that ..."; 0 where nobody reports."""
    found = _REPORTS.match(text) if " that" in text[:200] else None
    return found.end() if found else 0


def sentence_to_clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """A sentence -> its clauses in order; none where it holds no number that may state a figure."""
    free = [n for n in sentence.numbers if n.role in ("quantity", "base") and not is_inside(n, sentence)]
    groups = _numbers_to_groups([n for n in free if not _says_how_far(n, free, sentence.text)], sentence.text)
    groups = [g for g in groups if any(n.role == "quantity" for n in g)]
    borders = [reported_from(sentence.text)]
    cues: list[str | None] = [_opening_cue(sentence, 0, groups[0][0].start) if groups else None]
    for left, right in itertools.pairwise(groups):
        at, cue = _border(sentence, left, right)
        borders.append(at)
        cues.append(cue)
    borders.append(len(sentence.text))
    return tuple(
        Clause(g, borders[i], borders[i + 1], bracket_around(sentence.text, g) is not None, cues[i])
        for i, g in enumerate(groups)
    )


_MOVES_ON = re.compile(
    r"[;,]|\s[–—-]\s|\b(?:and|but) (?:it|this|the|there|we|they|is|was|has|will|in|as|a|an|that|which|reflects?|reflected|follows?|followed|continues?|continued)\b|\bset by\b|\b(?:which|where|but|however|because|due to|with|following|as a result|reflecting|although|despite)\b",
    re.IGNORECASE,
)


def core_end(sentence: Sentence, clause: Clause) -> int:
    """Where a clause's words about its number end and the sentence moves on ("... to 749 in 2019 and it was envisaged")."""
    skip = spans_of(sentence.periods, sentence.areas) + [(s, e) for s, e, _ in sentence.concepts]
    for m in _MOVES_ON.finditer(sentence.text, clause.last, clause.end):
        if not any(s < m.end() and m.start() < e for s, e in skip):
            return m.start()
    return clause.end


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|live|lives|lived|achieved|took|went|remained|received|been)\b", re.IGNORECASE
)
_NEW_SUBJECT = re.compile(
    r";|,?\s(?:and|but) (?:is|it|this|that|there|they|we|those|these|inspectors|staff|managers|is now|as a result)\b|\b(?:however|although|because|despite|though)\b"
    r"|,\s*(?:(?:\w+ )?of (?:whom|which|these|those)|which)\b"
    r"|,\s(?:and|but) (?:the|a|an|our|its|their|all|most|some|many|few|no|low|high|small|large|good|neither|none|both|each|children|young)\b"
    r"|,?\s(?:and|but) (?:[\w-]+ ){1,3}(?:has|have|is|are|was|were)\b"
    r"|,? (?:wholly |largely |partly |mainly |primarily )?due to\b(?! start| be\b| begin| move)|,\s(?:and )?that\b|,\s*(?:reflecting|suggesting|indicating|meaning|showing)\b"
    r"|,\s*(?:out of|outside|within|(?:including|excluding) (?:those|children|young people|all|any))\b|\s(?:all|most|some|none|both|half) of whom\b"
    r"|,\s(?:the|their) (?:biggest|largest|smallest|main|majority|remainder|rest)\b|,\s(?:and|but) \w+ed (?:over|about|on|that|how|the|with)\b|,\s(?:with )?(?:more|fewer|most|many) (?:of |[a-z]+ )|\s(?:and|but) (?:on|as for|as to|regarding|in terms of) |,\s(?:an?|the) (?:high|low|large|small|similar|greater|higher|lower|growing|vast|great) (?:proportion|number|percentage|majority|minority)\b|,?\s(?:and|but) (?:reflects?|reflected|follows?|followed)\b",
    re.IGNORECASE,
)


_ANOTHER_SUBJECT = re.compile(r",\s(?:and|but) (?:there (?:is|are|was|were|has|have|had)|it|they|we)\b", re.IGNORECASE)


_JOINED = re.compile(
    r",?\s(?:and|but|while|whilst) (?:about |around |only |just |over |nearly |some )*$", re.IGNORECASE
)


def bits_start(sentence: Sentence, clause: Clause) -> int:
    """Where, before its number, a clause has gone over to another subject ("fewer are suspended, and there have been no
    permanent exclusions")."""
    joined = _JOINED.search(sentence.text, clause.start, clause.first)
    if (
        joined is not None
        and _FINITE.search(sentence.text, clause.start, joined.start())
        and (own := _FINITE.search(sentence.text, clause.last, end := bits_end(sentence, clause)))
        and sentence.names_between(own.start(), end)
    ):
        return joined.start()  # "initial assessments in time had gone down and 84% had an up-to-date health assessment"
    found = [m.start() for m in _ANOTHER_SUBJECT.finditer(sentence.text, clause.start, clause.first)]
    if not found or not sentence.bits_between(found[-1], bits_end(sentence, clause)):
        return clause.start
    return found[-1]


def bits_end(sentence: Sentence, clause: Clause) -> int:
    """Where, behind its number, a clause goes over to another subject ("..., and there is a low turnover")."""
    for m in _NEW_SUBJECT.finditer(sentence.text, clause.last, clause.end):
        # without a comma, "and" begins a new subject only behind the verb of the old one
        if (
            m.group()[0] != " "
            or m.group().lstrip()[:3] not in ("and", "but")
            or m.group().split()[1:2][0].lower() in ("on", "as", "regarding", "in")
            or _FINITE.search(sentence.text, clause.last, m.start())
        ):
            return m.start()
    return clause.end


_MOVED_BY = re.compile(
    r"\b(?:by|up|down|rose|risen|increased|grew|grown|fell|fallen|decreased|reduced|dropped|declined|(?:increase|rise|fall|drop|decrease|reduction|growth) of)\s+"
    r"(?:(?:about|around|approximately|almost|nearly|just|over|under|some|more than|a further)\s+)*$",
    re.IGNORECASE,
)
_MOVE_NEXT = re.compile(
    r"\s*(?:per ?cent)?\s*(?:[a-z-]+\s+){0,2}(?:increase|rise|fall|drop|decrease|reduction|growth|decline)\b",
    re.IGNORECASE,
)
_FROM_WHERE = re.compile(
    r"(?!\s*(?:per ?cent)?\s*of\b)(?:[^.;\d]|(?:19|20)\d\d\b){0,100}\b(?:from|to)\s+(?:(?:about|around|just|over|under|a total of|nearly|some|(?:the|a|its|their) (?:(?:record|recent|previous|all-time) )?(?:peak|high|low|total|figure|level) of)\s+)*$",
    re.IGNORECASE,
)


_BETWEEN = re.compile(
    r"\s*(?:(?:increase|rise|growth|fall|drop|decrease|reduction) )?between\b[^.;()]{3,30}\($", re.IGNORECASE
)  # "rose 12% between January 2011 (214) and ..."


def _says_how_far(number: Number, free: list[Number], text: str) -> bool:
    """ "rose by 14%, from 1,204 to 1,373", "a 27% rise in ... from 322 to 409": how far the number after it moved, in hundredths
    of what it was. The words around it are that number's."""
    following = next((n for n in free if n.start > number.end), None)
    if number.unit != "percent" or following is None:
        return False
    if not (
        _FROM_WHERE.fullmatch(text, number.end, following.start)
        or _BETWEEN.fullmatch(text, number.end, following.start)
    ):
        return False
    return _MOVED_BY.search(text, 0, number.start) is not None or _MOVE_NEXT.match(text, number.end) is not None


def is_inside(number: Number, sentence: Sentence) -> bool:
    """A number that is part of a phrase of the lexicon ("within 45 days") states nothing itself; one in a bracket that
    the phrase is read across ("children (71%) were placed with foster carers") is no part of it."""
    held = any(s <= number.start and number.end <= e for s, e, _ in sentence.concepts)
    return held and not any(
        a <= number.start and number.end <= b and _THEY_ARE.match(sentence.text, b) for a, b in sentence.asides
    )


_THEY_ARE = re.compile(r"\s*(?:are|were|live|lived|had|have|resulted|led|ended)\b", re.IGNORECASE)


def _numbers_to_groups(numbers: list[Number], text: str) -> list[tuple[Number, ...]]:
    groups: list[list[Number]] = []
    for n in numbers:
        if groups and _belongs(groups[-1], n, text):
            groups[-1].append(n)
        else:
            groups.append([n])
    return [tuple(g) for g in groups]


_NOUN_BEFORE_BRACKET = re.compile(
    r"^\s*(?:children|young people|cases|per 10,?000|per cent|population|[A-Za-z]+ ?[A-Za-z]*){0,3}(?=\s*[(\[])"
)


_OF_OTHERS = re.compile(
    r"\b(?:than|compared|against|above|below|versus|vs|England|national(?:ly)?|regional(?:ly)?|neighbours?)\b",
    re.IGNORECASE,
)


def _belongs(group: list[Number], n: Number, text: str) -> bool:
    """Whether a number restates the group before it: in a bracket of its own, as its base, or as its rate."""
    last = group[-1]
    between = text[last.end : n.start]
    if len(between) > 60 or len(group) > 3 or _OF_OTHERS.search(between):
        return False  # "63 per 10,000 children remains lower than England (70)"
    if (last.role == "quantity" and n.role == "base") or (last.role == "base" and n.role == "base"):
        return True
    if n.signed and re.fullmatch(r"\s*[(\[]\s*[+\-–−]?\s*", between):
        return True
    same = last.unit == n.unit and not (last.unit is None and n.unit is None and last.role == "base")
    between = _UNIT.sub("", between, count=1)
    plain = _NOUN_BEFORE_BRACKET.sub("", between) if "(" in between or "[" in between else between
    if _OPENS_GROUP.fullmatch(plain) and (_CLOSES.match(text, n.end) or n.unit == "per_10000"):
        return not same
    if n.unit == "per_10000" and last.unit is None and _RATE_FOLLOWS.fullmatch(between):
        return True
    return bool(_OUT_OF.fullmatch(between)) and n.unit == last.unit


def bracket_around(text: str, group: tuple[Number, ...]) -> tuple[int, int] | None:
    """The innermost bracket around the whole group, if any."""
    depth = 0
    for i in range(group[0].start - 1, -1, -1):
        if text[i] in ")]":
            depth += 1
        elif text[i] in "([":
            if depth == 0:
                end = i
                level = 0
                for end in range(i, len(text)):
                    level += (text[end] in "([") - (text[end] in ")]")
                    if level == 0:
                        break
                return (i, end + 1) if end >= group[-1].end else None
            depth -= 1
    return None


def _opening_cue(sentence: Sentence, start: int, number: int) -> str | None:
    """The last compare or from/to word between a clause's border and its number."""
    found = [
        (e, "compare" if _compares(sentence, s, name) else name)
        for s, e, name in sentence.cues
        if s >= start and e <= number and (name == "up_from" or _compares(sentence, s, name))
    ]
    bare = found and found[-1][1] == "up_from" and sentence.text[found[-1][0] - 4 : found[-1][0]].lower() == "from"
    if bare and sentence.names_between(found[-1][0], number):
        found.pop()  # "the time from court approval to a match was 242 days"
    m = _TO.search(sentence.text[start:number])
    if m and not any(e >= start + m.start() + 2 for e, _ in found):
        return "to"
    return found[-1][1] if found else None


def _border(sentence: Sentence, left: tuple[Number, ...], right: tuple[Number, ...]) -> tuple[int, str | None]:
    """Two neighbouring groups -> where the words of the second begin, and the cue that opens them."""
    text = sentence.text
    a, b = past_unit(text, left[-1].end), right[0].start
    at = _bracket_border(sentence, left, right)
    if at is None:
        at = _label_border(sentence, a, b)
    if at is None:
        at = _separator_border(sentence, a, b)
    cue_at = _cue_border(sentence, a, b, at)
    if cue_at is not None:
        at = cue_at
    if at is None:
        # no separator at all: the words between are the first number's, but for the one that leads to the second
        at = b - len(re.search(r"\S*\s*$", text[a:b]).group()) if b > a else a  # type: ignore[union-attr]
    return at, _opening_cue(sentence, at, b) or ("and" if re.match(r"\W*and\b", text[at:b]) else None)


def past_unit(text: str, end: int) -> int:
    """The end of a number with the "per 10,000" that belongs to it."""
    m = _UNIT.match(text, end) or _UNIT_WORD.match(text, end)
    return m.end() if m else end


def _bracket_border(sentence: Sentence, left: tuple[Number, ...], right: tuple[Number, ...]) -> int | None:
    """Where a bracket with words of its own begins or ends between two groups."""
    text = sentence.text
    mine, theirs = bracket_around(text, left), bracket_around(text, right)
    apart = theirs is not None and theirs[0] >= left[-1].end
    if theirs and apart and (area := _area_alone_before(sentence, left[-1].end, theirs[0])) is not None:
        return area  # "at 23.1% we sit a little under our statistical neighbours (24.0% in 2021/22)"
    if theirs and apart and not _bare(sentence, theirs, right):
        own_words = any(theirs[0] <= x and y <= theirs[1] for x, y, _ in (*sentence.concepts, *sentence.cues)) or any(
            theirs[0] <= a.start and a.end <= theirs[1] for a in sentence.areas
        )
        if own_words or not _area_before(sentence, theirs[0]):
            return theirs[0]  # but "England (538.1 in 2021/22)" keeps its England
    if mine and mine[1] <= right[0].start and _area_between(sentence, mine[1], right[0].start):
        return mine[1]  # "England 63% (69%), neighbours 68% (77%) West Midlands 60%"
    if mine and mine[1] <= right[0].start and (not _bare(sentence, mine, left) or _area_before(sentence, mine[0])):
        return mine[1]
    return None


def _bare(sentence: Sentence, bracket: tuple[int, int], group: tuple[Number, ...]) -> bool:
    """Whether a bracket holds the group's numbers and glue only: no period, area, concept or cue of its own."""
    start, end = bracket
    if any(start <= x and y <= end for x, y in spans_of(sentence.periods, sentence.areas)):
        return False
    if any(start <= s and e <= end and name != "average" for s, e, name in (*sentence.concepts, *sentence.cues)):
        return False
    return not sentence.unexplained(start, end)


_WHICH_WAS = re.compile(r"\s*,\s*(?:which|that) (?:was|is|were|are|had been|has been|stood|stands)\b", re.IGNORECASE)


_FIGURE_OF = re.compile(r"\s*(?:(?:averages?|rates?|figures?|levels?)\s*)?", re.IGNORECASE)


def _area_between(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an area stands right before the second of two characters, and nothing but a comma before it."""
    return any(
        start <= a.start and 0 <= end - a.end <= 2 and not sentence.text[start : a.start].strip(" ,")
        for a in sentence.areas
    )


_OF_WHOM = re.compile(r"[\s%)\]]*(?:per ?cent )?(?:\w+ )?(?:the |our |your )?", re.IGNORECASE)


def _area_alone_before(sentence: Sentence, start: int, end: int) -> int | None:
    """Where the area right before a bracket begins, if nothing else parts it from the number before: no mark, no word that
    compares."""
    areas = [
        a
        for a in sentence.areas
        if a.kind != "own" and start <= a.start and _FIGURE_OF.fullmatch(sentence.text, a.end, end)
    ]
    between = sentence.text[start : areas[-1].start] if areas else ""
    if not areas or re.search(r"[,;:(]", between) or _OF_WHOM.fullmatch(between):
        return None  # "74.4 for our statistical neighbours (two of them without figures)": the number before is theirs
    compared = any(start <= s and e <= areas[-1].start and _compares(sentence, s, name) for s, e, name in sentence.cues)
    return None if compared else areas[-1].start


def _area_before(sentence: Sentence, at: int) -> bool:
    return any(_FIGURE_OF.fullmatch(sentence.text, a.end, at) for a in sentence.areas if a.end <= at)


_LABEL_NEXT = re.compile(r"\s*(?:[,;]\s*(?:and\s+)?|and\s+)(?P<label>[^,;–—]+?)\s+[–—-]\s*")


def _label_border(sentence: Sentence, a: int, b: int) -> int | None:
    """ "2018/19 – 20%, 2019/20 – 22%", "Dudley – 20%, England – 22%": a dash leads from a label to its value, so that the
    comma parts them."""
    m = _LABEL_NEXT.fullmatch(sentence.text, a, b)
    if m is None:
        return None
    labels = {(p.start, p.end) for p in sentence.periods} | {(a.start, a.end) for a in sentence.areas}
    return m.start() if m.span("label") in labels or re.fullmatch(r"Q[1-4]", m["label"]) else None


def _separator_border(sentence: Sentence, a: int, b: int) -> int | None:
    """The strongest separator between two characters; of equals the last."""
    best: tuple[int, int] | None = None
    places: list[int] = []
    skip = spans_of(sentence.periods, sentence.areas, sentence.numbers)
    skip += [(s, e) for s, e, _ in (*sentence.concepts, *sentence.cues)]
    ages = [n for n in sentence.numbers if n.role == "age"]
    skip += [(x.start, y.end) for x, y in itertools.pairwise(ages) if y.start - x.end < 12]
    for m in _SEPARATOR.finditer(sentence.text, a, b):
        kind = m.lastgroup or ""
        if kind not in _STRENGTH or any(s < m.start() + 1 and m.end() - 1 < e for s, e in skip):
            continue
        if m.group().strip().lower() == "with" and m.end() == b and any(x.end == m.start() for x in sentence.areas):
            continue  # "the South East with 309.4 and England with 334.3"
        if m.group().strip() == "." and any(x.end == m.start() for x in sentence.areas):
            continue  # "(SN 58; Eng. 64)"
        strength = _STRENGTH[kind]
        places.append(m.start())
        if best is None or strength >= best[0]:
            best = (strength, m.start())
    if best is None or not _WHICH_WAS.match(sentence.text, best[1]):
        return None if best is None else best[1]
    # "cover 21%, and turnover, which was 13%": what the relative clause speaks of stands before it
    subject = [at for at in places if at < best[1] and sentence.names_between(at, best[1])]
    return subject[-1] if subject else best[1]


_AT_MOST = re.compile(r"(?:fewer|less|more) than(?: \d)?", re.IGNORECASE)


def _compares(sentence: Sentence, start: int, cue: str) -> bool:
    """Whether a cue opens what a value is compared with: "compared with", and "against" in "against a target of 90%"."""
    if cue == "compare" and _AT_MOST.fullmatch(sentence.text[start : start + 10]):
        return False  # "fewer than 1%": no more than an approximation
    return cue == "compare" or (cue == "target" and sentence.text[start : start + 7].lower() == "against")


def _cue_border(sentence: Sentence, a: int, b: int, at: int | None) -> int | None:
    """Where a compare or from/to word makes the border instead of the separator at `at`; None leaves it there.

    What a compare word opens is measured as the number before it was, so it makes the border wherever it stands. A from/to
    word speaks of the subject nearest to it, which a separator before it may have begun ("..., and the share of repeat
    plans has fallen from 9.7%").
    """
    compares = [s for s, e, name in sentence.cues if s >= a and e <= b and _compares(sentence, s, name)]
    moves = [s for s, e, name in sentence.cues if name == "up_from" and s >= a and e <= b]
    if at is None:
        moves += [s for s, e, name in sentence.cues if name == "target" and s >= a and e <= b]
    if m := _TO.search(sentence.text[a:b]):
        moves.append(a + m.start())
    first = min([*compares, *moves], default=None)
    if first is None:
        return None
    if at is None:
        return first
    if at <= first:
        return first if first in compares and sentence.names_between(at, first) else None
    new_subject = sentence.names_between(at, b) or not any(x.start >= first and x.end <= b for x in sentence.areas)
    return None if new_subject else first
