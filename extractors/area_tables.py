"""Find areas, first half: the published list of areas and the phrases by which documents call them.

`areas.csv` and `neighbours.csv` are made from published code lists; `area_words.yaml` is kept by hand. Everything is
read once and kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from schemas.records import Area, Neighbour

ENGLAND = "E92000001"
WORD = re.compile(r"[A-Za-zÀ-ÿ]+|&")
SMALL_WORDS = frozenset(
    {"and", "of", "upon", "on", "the", "with", "in", "under", "as", "a", "whole", "region", "average"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its words in small letters, what it means, and how it must be printed.

    meaning: area, own, region, neighbours, national, other, none (read over). `exact` phrases, initials, count only as
    such; `capitals` ones need capitals on all but small words; the rest count in any case.
    """

    words: tuple[str, ...]
    text: str
    meaning: str
    area: Area | None = None
    spelling: str = "capitals"
    trusted: bool = False  # a body of its own name ("Birmingham Children's Trust"): no look at the words around

    def spelled(self, printed: str) -> bool:
        """Whether initials are printed as initials: "IoW" and "IOW", not "iow"."""
        return printed.upper() == self.text.upper() and sum(c.isupper() for c in printed) >= 2


def read_lookup(name: str) -> str:
    return resources.files("extractors.lookups").joinpath(name).read_text(encoding="utf-8")


def to_words(text: str) -> tuple[str, ...]:
    """Words of a phrase in small letters; '&' is 'and', hyphens and full stops only part words."""
    return tuple("and" if word == "&" else word for word in WORD.findall(text.lower()))


class AreaWords:
    """The hand-kept words, by name of their list."""

    def __init__(self) -> None:
        raw = yaml.load(
            read_lookup("area_words.yaml"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        )  # every word a string, "on" and "no" too
        self.names: dict[str, list[str]] = raw["everyday_names"]
        self.own_names: dict[str, list[str]] = raw["own_names"]
        self.region_letters: dict[str, list[str]] = raw["region_letters"]
        self.domains: dict[str, list[str]] = raw["domains"]
        self.lists: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in raw.items() if isinstance(v, list)}
        self.sets: dict[str, frozenset[str]] = {k: frozenset(w.lower() for w in v) for k, v in self.lists.items()}
        self.not_after = {to_words(k): frozenset(v) for k, v in raw["neighbour_words_not_after"].items()}
        self.whole_cell: dict[tuple[str, ...], str] = {
            to_words(text): meaning for meaning, texts in raw["whole_cell"].items() for text in texts
        }
        self.deny: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in raw["words_that_deny"].items()}


@lru_cache(maxsize=1)
def area_words() -> AreaWords:
    return AreaWords()


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def _area_rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(read_lookup("areas.csv").splitlines()))


@lru_cache(maxsize=1)
def load_areas() -> tuple[Area, ...]:
    """England, nine regions, every authority with children's services, and the abolished ones, in order of code."""
    everyday = area_words().names
    areas = []
    for row in _area_rows():
        names = [*row["other_names"].split("|"), *everyday.get(row["area_code"], [])]
        areas.append(
            Area(
                area_code=row["area_code"],
                name=row["name"],
                kind=row["kind"],
                region_code=row["region_code"] or None,
                la_code=row["la_code"] or None,
                valid_from=_date(row["valid_from"]),
                valid_to=_date(row["valid_to"]),
                other_names=tuple(dict.fromkeys(name for name in names if name)),
                other_codes=tuple(code for code in row["other_codes"].split("|") if code),
            )
        )
    return tuple(areas)


@lru_cache(maxsize=1)
def load_neighbours() -> tuple[Neighbour, ...]:
    """Ten statistical neighbours an authority, under the models of 2021 and of 2025."""
    rows = csv.DictReader(read_lookup("neighbours.csv").splitlines())
    return tuple(Neighbour(r["area_code"], r["neighbour_code"], int(r["rank"]), r["model"]) for r in rows)


@lru_cache(maxsize=1)
def load_domains() -> dict[str, Area]:
    """Host name of a council's site -> the authority."""
    by_code = {area.area_code: area for area in load_areas()}
    domains = {d: by_code[r["area_code"]] for r in _area_rows() for d in r["domains"].split("|") if d}
    return domains | {d: by_code[code] for code, hosts in area_words().domains.items() for d in hosts}


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Area]:
    areas = load_areas()
    return {code: area for area in areas for code in area.other_codes} | {area.area_code: area for area in areas}


def area_with_code(code: str) -> Area | None:
    """GSS code (current, former or later) -> area."""
    return _by_code().get(code)


def names_of(area: Area) -> tuple[str, ...]:
    """Every name of an area; for an abolished one without the years that its standard name carries."""
    return (re.sub(r" \(until \d{4}\)$", "", area.name), *area.other_names)


@lru_cache(maxsize=1)
def area_phrases() -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """All phrases by first and second word ('' where there is none), longest first. Current areas win over abolished
    ones of the same name."""
    words = area_words()
    phrases: dict[tuple[str, ...], Phrase] = {}

    def add(text: str, meaning: str, area: Area | None = None, spelling: str = "capitals") -> None:
        key = to_words(text)
        if text.isupper() and len(text) <= 5 and spelling == "capitals":
            spelling = "exact"
        held = phrases.get(key)
        if held is None or (held.area is not None and held.area.valid_to and area is not None and not area.valid_to):
            phrases[key] = Phrase(key, text, meaning, area, spelling)

    for area in load_areas():
        for name in names_of(area):
            add(name, "area", area)
            if area.kind == "authority":
                for opening in words.lists["name_openings"]:
                    add(f"{opening} {name}", "area", area)
    for meaning in ("own", "neighbour", "national", "region", "other"):
        for text in words.lists[f"{meaning}_words"]:
            add(text, {"neighbour": "neighbours"}.get(meaning, meaning), spelling="any")
    for code in words.lists["neighbour_codes"]:
        add(code, "neighbours", spelling="exact")
    for text in words.lists["other_areas"]:
        add(text, "other")
    for text in words.lists["not_areas"]:
        add(text, "none", spelling="any")
    return _by_first_words(phrases)


def _by_first_words(phrases: dict[tuple[str, ...], Phrase]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    index: dict[str, dict[str, list[Phrase]]] = {}
    for key, phrase in sorted(phrases.items(), key=lambda item: -len(item[0])):
        index.setdefault(key[0], {}).setdefault(key[1] if len(key) > 1 else "", []).append(phrase)
    return {first: {second: tuple(ps) for second, ps in seconds.items()} for first, seconds in index.items()}


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Z][a-z]+", name))


@lru_cache(maxsize=200)
def own_phrases(area_code: str) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """The short forms of one authority's own documents: its trust, its first town, its council's initials."""
    area = area_with_code(area_code)
    if area is None:
        return {}
    phrases = {}
    for text in area_words().own_names.get(area.area_code, []):
        phrases[to_words(text)] = Phrase(to_words(text), text, "own", area, trusted="Trust" in text)
    for letters in area_words().region_letters.get(area.region_code or "", []):
        phrases[to_words(letters)] = Phrase(to_words(letters), letters, "region", None, "exact")
    for name in names_of(area):
        initials = _initials(name)
        if len(initials) >= 3 and ("Council" in name or "Borough" in name):
            phrases[to_words(initials)] = Phrase(to_words(initials), initials, "own", area, "exact", trusted=True)
    return _by_first_words(phrases)


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, ...], Area]:
    return {p.words: p.area for seconds in area_phrases().values() for ps in seconds.values() for p in ps if p.area}


def area_named(text: str) -> Area | None:
    """A name, code or slug as people type it ("kingston-upon-hull", "City of Wolverhampton Council") -> area."""
    if area := area_with_code(text.strip().upper()):
        return area
    words = to_words(text.replace("_", " "))
    ends, closings = area_words().sets["name_ends"], area_words().sets["name_closings"]
    while words:
        if area := _by_name().get(words) or (_by_name().get(words[1:]) if words[0] == "the" else None):
            return area
        if words[-1] not in ends and words[-1] not in closings:
            return None
        words = words[:-1]
    return None
