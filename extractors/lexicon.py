"""Step text -> mentions: the phrases of the lookup files as one tree of words, and all their places in a text in one pass.

Words are compared in a plain form (case, plurals, possessives, hyphens and number words do not count), and the longest
phrase at a place wins, so that "children in care council" is not a mention of children in care.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, TypeAlias

import yaml

_WORD = re.compile(r"=?[A-Za-z]+\d*(?:[’'][A-Za-z]+)?|\d+(?:[.,]\d+)*|[+*%&/#]")
_SLOT = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|([^()\[\]]+)")
_OPENERS = "^"  # no words: they cannot be taken for any
_SEVERAL = "^^"
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
_NUMBER_WORDS = {word: str(n) for n, word in enumerate([*_UNITS, *_TEENS])}
_IRREGULAR = {"children": "child", "people": "people", "lives": "live", "was": "was", "has": "has", "does": "does"}

Tag: TypeAlias = str  # "concept:looked_after", "cue:compare", "veto:subset", "consume:", ...
Tree: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase found: characters `start` to `end` of the text, and the tags its phrase carries."""

    start: int
    end: int
    tags: tuple[Tag, ...]
    words: int


@lru_cache(maxsize=50_000)
def plain_word(word: str) -> str:
    """A word in the form in which words are compared: "Children's" -> "child", "enquiries" -> "enquiry", "two" -> "2".

    In lookup files `=adoptions` means this very form: adoptions are counted, adoption is a service.
    """
    if word[0] == "=":
        return word.lower()
    w = word.lower().replace("’", "'")
    if w.endswith(("'s", "s'")):
        w = w[:-2] if w.endswith("'s") else w[:-1]
    elif "'" in w and w.rsplit("'", 1)[1] == "":
        w = w[:-1]
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    if w in _NUMBER_WORDS:
        return _NUMBER_WORDS[w]
    if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        w = w[:-3] + "y" if w.endswith("ies") and len(w) > 4 else w[:-1]
    return _NUMBER_WORDS.get(w, w)


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Text -> its words in plain form with their character spans."""
    return [(plain_word(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def phrase_to_slots(phrase: str) -> list[list[tuple[str, ...]]]:
    """A phrase of a lookup file -> for each of its places the runs of plain words that may stand there; `(a|b)` alternatives,
    `[x]` may be left out."""
    slots: list[list[tuple[str, ...]]] = []
    for m in _SLOT.finditer(phrase):
        text = m.group(1) or m.group(2) or m.group(3)
        options = [tuple(w for w, _, _ in words_of(o)) for o in (text.split("|") if not m.group(3) else [text])]
        slots.append([*options, ()] if m.group(2) else options)
    return slots


def _grow(nodes: list[Tree], options: list[tuple[str, ...]]) -> list[Tree]:
    """Where the tree's branches end when any of these runs of words has grown on each of the nodes."""
    ends: dict[int, Tree] = {}
    for node in nodes:
        for words in options:
            end = node
            for w in words:
                if w[0] == "=":
                    end["="] = True
                end = end.setdefault(w, {})
            ends[id(end)] = end
    return list(ends.values())


def grow_tree(phrases: Iterable[tuple[str, Tag]]) -> Tree:
    """Phrases with their tags -> a tree of words; a phrase given with several tags carries them all.

    At its root, `_OPENERS` holds the plain words with which phrases begin: most words of a text are none of them. Of those
    with which only phrases of several words begin, and none by its exact form, `_SEVERAL` holds what may come second.
    """
    tree: Tree = {}
    for phrase, tag in phrases:
        ends = [tree]
        for options in phrase_to_slots(phrase):
            ends = _grow(ends, options)
        for node in ends:
            tags = node.get("", ())
            if node is not tree and tag not in tags:
                node[""] = (*tags, tag)
    exact = {plain_word(w[1:]) for w in tree if w[:1] == "=" != w}
    tree[_OPENERS] = frozenset(tree).union(exact)
    tree[_SEVERAL] = {
        w: node
        for w, node in tree.items()
        if w[0] not in "#=^" and w not in exact and not w[0].isdigit() and not node.keys() & {"", "=", "#"}
    }
    return tree


def find_phrases(text: str, words: list[tuple[str, int, int]], tree: Tree) -> tuple[Found, ...]:
    """A text and its words -> the phrases in it, leftmost first, the longest at each place, none overlapping another."""
    found = []
    openers = tree.get(_OPENERS, ())
    several: Tree = tree.get(_SEVERAL, {})
    any_figure = "#" in openers
    i, n = 0, len(words)
    while i < n:
        plain = words[i][0]
        if plain not in openers and not (any_figure and plain[0].isdigit()):
            i += 1
            continue
        if plain in several and (i + 1 == n or words[i + 1][0] not in several[plain]):
            i += 1
            continue
        end, tags = _longest(text, words, i, tree)
        if end < 0:
            i += 1
            continue
        found.append(Found(words[i][1], words[end - 1][2], tags, end - i))
        i = end
    return tuple(found)


def _longest(text: str, words: list[tuple[str, int, int]], at: int, node: Tree) -> tuple[int, tuple[Tag, ...]]:
    """The end (as an index of words) and the tags of the longest phrase that goes on from a word; -1 where there is none."""
    best = -1
    best_tags: tuple[Tag, ...] = ()
    figure = 0  # where the phrase's own # stands: what follows it is asked for, and left to others
    n, opens = len(words), words[at][1] if at < len(words) else 0
    while at < n:
        plain, start, end = words[at]
        following = node.get(plain)
        if following is None and plain[0].isdigit():
            following = node.get("#")
            figure = at if following is not None else figure
        if "=" in node:
            exact = node.get("=" + text[start:end].lower())
            if exact is not None:
                other, other_tags = _longest(text, words, at + 1, exact)
                if exact.get("") and at + 1 > best:
                    best, best_tags = at + 1, exact[""]
                if other > best:
                    best, best_tags = other, other_tags
        if following is None:
            break
        at += 1
        node = following
        tags = node.get("")
        if tags and at >= best and _is_whole(text[opens:end]):
            best, best_tags = at, tags
    return (figure if 0 < figure < best else best), best_tags


def _is_whole(text: str) -> bool:
    """Whether a phrase does not take the first word of a bracket alone: "within 45 working days (target 90%)" stops at
    days, where "five GCSEs at A* to C (including English" does not."""
    before, opens, last = text.rpartition("(")
    return not opens or not before or " " in last or ")" in last


@cache
def lookup(name: str) -> Any:
    """The content of one lookup file of this room, e.g. `lookup("cues.yaml")`."""
    return yaml.load(
        resources.files("extractors").joinpath("lookups", name).read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )


@cache
def field_tree() -> Tree:
    """The one tree of all concepts, traps, vetoes and cues (tags `concept:`, `consume:`, `veto:`, `cue:`)."""
    phrases: list[tuple[str, Tag]] = []
    for concept, listed in lookup("concepts.yaml")["concepts"].items():
        phrases += [(p, f"concept:{concept}") for p in listed]
    traps = lookup("traps.yaml")
    phrases += [(p, "consume:") for p in traps["consume"]]
    for veto, listed in traps["veto"].items():
        phrases += [(p, f"veto:{veto}") for p in listed]
    for cue, listed in lookup("cues.yaml")["cues"].items():
        phrases += [(p, f"cue:{cue}") for p in listed]
    for entry in lookup("indicators.yaml")["indicators"]:
        for reading in entry["said"]:
            phrases += [(p, f"concept:{p}") for p in re.findall(r"'([^']+)'", reading)]
    return grow_tree(phrases)


@cache
def glue_words() -> frozenset[str]:
    """Plain words that say nothing of what is counted."""
    return frozenset(plain_word(w) for w in lookup("cues.yaml")["glue"].split())
