"""Whose: the front matter of a document -> the authority that it is about.

Every place that names an authority is evidence with a weight; a report that merely names another one must not mislead,
hence the one named most weightily has to lead clearly, and in a long document on more than a few of its pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from extractors.area_tables import area_named, area_phrases, area_words, load_areas, load_domains, names_of, to_words
from extractors.front_matter import FrontMatter, document_words
from schemas.records import Area

_WORD = re.compile(r"[A-Za-z]+|&")
_CAPITALISED = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*")
_WORD_BEFORE = re.compile(r"([A-Za-z]+|&)[^A-Za-z&]*$")
_LONGEST_WORD = 60  # characters, with what parts it from the next
_HOSTS = re.compile(r"(?:@|https?://|www\.)([a-z0-9.-]+\.(?:gov\.uk|org\.uk|co\.uk|uk\.com|org|com))", re.IGNORECASE)
_IN_TITLE, _IN_FORM, _IN_NAME, _IN_FOLDER, _IN_HOST, _IN_ADDRESSES, _IN_EDGES, _IN_PAGES = 4, 6, 5, 4, 8, 4, 4, 3
_ENOUGH = 4
_LEAD = 1.3  # times the weight of the next
# "Inspection of X", "X City Council": forms that say whose a document is, not only that X is spoken of
_INSPECTION_OF = re.compile(
    r"\b(?:inspection|visit|review|evaluation|arrangements|services) (?:of|to|in) (?:the )?$", re.IGNORECASE
)
_COUNCIL_AFTER = re.compile(
    r"^(?:'s|’s)? ?(?:(?:metropolitan|city|county|borough|district|unitary|royal) ?){0,3}"
    r"(?:council|c ?o ?u ?n ?c ?i ?l|local authority|children.s services|local area|safeguarding|authority)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> Iterator[tuple[Area, int, int]]:
    """Authorities whose names stand in a text, with their places; also inside longer names ("Barnsley Safeguarding
    Children Partnership"), since those too say whose a document is."""
    capitals = _CAPITALISED.findall(text)
    if not capitals:
        return
    index, blocked = area_phrases(), area_words().sets["blocked_before"]
    if index.keys().isdisjoint(map(str.lower, capitals)):
        return  # most texts name no place
    past = 0
    for first in _CAPITALISED.finditer(text):
        seconds = index.get(first.group().lower())
        if seconds is None or first.start() < past:
            continue
        following = _WORD.search(text, first.end())
        second = following.group().lower().replace("&", "and") if following else ""
        candidates = [p for key in dict.fromkeys((second, "")) for p in seconds.get(key, ())]
        if not candidates:
            continue
        printed = list(islice(_WORD.finditer(text, first.start()), max(len(p.words) for p in candidates)))
        words = ["and" if word.group() == "&" else word.group().lower() for word in printed]
        phrase = next((p for p in candidates if tuple(words[: len(p.words)]) == p.words), None)
        if phrase is None:
            continue
        start, past = first.start(), printed[len(phrase.words) - 1].end()
        if phrase.area is None or phrase.area.kind != "authority":
            continue
        before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
        preceding = before.group(1).lower().replace("&", "and") if before else ""
        if (phrase.spelling != "exact" or phrase.spelled(text[start:past])) and preceding not in blocked:
            yield phrase.area, start, past


def _in_slug(text: str) -> Area | None:
    """The authority whose name a file or folder name holds, in any case ("80477_kingston upon hull")."""
    words = to_words(text.replace("_", " "))
    for length in range(min(7, len(words)), 0, -1):
        for i in range(len(words) - length + 1):
            area = area_named(" ".join(words[i : i + length])) if len("".join(words[i : i + length])) > 3 else None
            ambiguous = area is not None and area.name in area_words().deny and length < len(words)
            if area is not None and area.kind == "authority" and not ambiguous:
                return area
    return None


def _from_host(host: str) -> Area | None:
    """A council's own host, a host below it, or one that carries its name (wolverhampton.moderngov.co.uk)."""
    host = host.lower().removeprefix("www.")
    domains = load_domains()
    labels = host.split(".")
    for i in range(len(labels) - 1):
        if area := domains.get(".".join(labels[i:])):
            return area
    if host.endswith(("moderngov.co.uk", "cmis.uk.com", "public-i.tv", "civicplus.com", "gov.uk")):
        return next((area for label in labels[:-2] if (area := _from_label(label))), None)
    return None


def _from_label(label: str) -> Area | None:
    """ "barnsleymbc", "west-sussex" -> area; the longest name that the label begins with."""
    plain = label.replace("-", "")
    best: tuple[int, Area | None] = (0, None)
    for area in load_areas():
        if area.kind == "authority" and not area.valid_to:
            for name in names_of(area):
                key = re.sub(r"[^a-z]", "", name.lower().replace("&", "and"))
                if len(key) > max(3, best[0]) and plain.startswith(key):
                    best = (len(key), area)
    return best[1]


def _evidence(front: FrontMatter) -> Counter[str]:
    """Weight of what speaks for each authority, by its name."""
    weights: Counter[str] = Counter()
    for text in {front.title, front.head}:
        best: dict[str, int] = {}
        for area, start, end in names_in(text):
            formal = _INSPECTION_OF.search(text[:start]) or _COUNCIL_AFTER.match(text[end:])
            first = not best or area.area_code in best
            weight = _IN_TITLE if first and not _may_be_a_surname(text, start) else _IN_TITLE // 2
            if formal or " of " in text[start:end]:
                weight = _IN_FORM
            best[area.area_code] = max(best.get(area.area_code, 0), weight)
        for code, weight in best.items():
            weights[code] += weight
    for weight, places in (
        (_IN_NAME, [_in_slug(front.name)]),
        (_IN_HOST, [_from_host(front.host)]),
        (_IN_FOLDER, [_in_slug(folder) for folder in front.folders]),
        (_IN_ADDRESSES, [_from_host(m[1]) for m in _HOSTS.finditer(front.near)]),
    ):
        for code in {place.area_code for place in places if place}:
            weights[code] += weight
    for code, share in _shares(front.edges).items():
        if share >= 0.5:
            weights[code] += _IN_EDGES
    for code, share in _shares(front.pages).items():
        weights[code] += round(_IN_PAGES * share)
    return weights


def names_an_authority(front: FrontMatter) -> bool:
    """Whether the file, a folder or the host carries the name of an authority."""
    return any((_in_slug(front.name), _from_host(front.host), *map(_in_slug, front.folders)))


def _may_be_a_surname(text: str, start: int) -> bool:
    """ "Sarah Kent": another capitalised word directly before, other than those that lead to a place."""
    m = re.search(r"([A-Z][a-z]+) $", text[:start])
    return m is not None and m[1].lower() not in area_words().sets["allowed_before"]


@lru_cache(maxsize=64)  # a document's pages are gone through twice
def _codes_in(text: str) -> frozenset[str]:
    return frozenset(area.area_code for area, _, _ in names_in(text))


def _shares(texts: tuple[str, ...]) -> dict[str, float]:
    """Share of the texts that name each authority."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_codes_in(text))
    return {code: count / len(texts) for code, count in counts.items()}


def find_authority(front: FrontMatter) -> str | None:
    """GSS code of the authority that leads clearly, else None."""
    ranked = _evidence(front).most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    code, weight = ranked[0]
    if len(ranked) > 1 and weight < _LEAD * ranked[1][1]:
        return None
    where = " ".join((front.name, *front.folders))
    elsewhere = (slug := _in_slug(where)) is not None and slug.area_code == code
    shares = _shares(front.pages)
    if not elsewhere and len(front.pages) >= 6 and shares.get(code, 0) < 0.2 and len(shares) >= 5:
        return None  # one of many that a national paper goes through
    if (
        not elsewhere
        and document_words().no_single_authority.search(f"{front.title} {front.head}")
        and weight < 2 * _ENOUGH
    ):
        return None
    return code
