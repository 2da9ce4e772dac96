"""Step "finders", periods, second round: what is said around points, and phrases without one -> readings."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.grammar import RuleTable, any_of
from extractors.period_forms import Period
from extractors.period_quarters import QUARTER_READERS
from extractors.period_scene import Found, Reader, Scene
from extractors.period_spans import SPAN_READERS
from extractors.period_words import LAST_UNIT_LEADING, PLACED_RULES, RELATIVE_PHRASES

_UNITS = {
    "year": "y",
    "years": "y",
    "month": "m",
    "months": "m",
    "quarter": "q",
    "quarters": "q",
    "week": "w",
    "weeks": "w",
}
_CLAUSE_OPENERS = frozenset({"and", "but", "was", "were", "is", "when", "at", "which", "it", "this"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One period as said: the parts of the second round that it covers (`end` excluded), and what it comes to."""

    start: int
    end: int
    period: Period


def _last_unit(scene: Scene, found: Found) -> Period | None:
    """`in the last year` is the present; `last year` and "than the last quarter" are the one before."""
    passage = scene.passage
    left = passage.before(found.start())
    if passage.word(left) == "the" and passage.word(passage.before(left)) in LAST_UNIT_LEADING:
        return Period("now", "now", None, scene.reference)
    if passage.word(found.start()) in {"past", "latest"}:
        return Period("now", "now", None, scene.reference)
    return Period("-1" + _UNITS[scene.word(found, "u") or "year"], "relative")


def _ago(scene: Scene, found: Found) -> Period | None:
    unit, count = _UNITS.get(scene.word(found, "u") or ""), scene.count(found, "n")
    if unit is None or count == 0:
        return None
    passage = scene.passage
    following = passage.word(passage.after(found.end()))
    if scene.says(found, frozenset({"before", "prior"})) and following.isalpha() and following not in _CLAUSE_OPENERS:
        return None  # "five years before taking their exams"
    if unit == "m" and count % 12 == 0:
        unit, count = "y", count // 12
    return Period(f"-{count}{unit}", "relative")


def _now(scene: Scene, found: Found) -> Period | None:
    passage = scene.passage
    if passage.word(found.start()) == "latest" and passage.word(passage.before(passage.before(found.start()))) == "at":
        return None  # "by May at the latest"
    if passage.word(found.start()) == "to" and passage.word(passage.before(found.start())) in {"up", "-"}:
        return None  # "kept up to date"
    form = "rolling" if passage.word(found.start()) == "rolling" else "now"
    return Period("now", form, None, scene.reference)


def _relative(rule: str) -> Reader:
    phrase = RELATIVE_PHRASES[rule]

    def build(scene: Scene, found: Found) -> Period | None:
        before = scene.passage.word(scene.passage.before(found.start()))
        return Period(phrase.normal, "relative") if not phrase.after or before in phrase.after else None

    return build


_READERS: dict[str, Reader] = {
    **SPAN_READERS,
    **QUARTER_READERS,
    "last_unit": _last_unit,
    "ago": _ago,
    "now": _now,
    **{rule: _relative(rule) for rule in RELATIVE_PHRASES},
}
_RULES = RuleTable(PLACED_RULES)
STARTERS = any_of({*_RULES.starters, *"DNMBJFG"})


held = _RULES.held


def read_at(scene: Scene, start: int, held: frozenset[str]) -> Reading | None:
    """The longest reading that begins at a part; None where none does. A point alone is not read here. held: `held` of the
    scene's codes."""
    best: Reading | None = None
    codes = scene.passage.codes
    for rule in _RULES.at(codes[start], held):
        found = rule.pattern.match(codes, start)
        if found is None:
            continue
        end = found.end() - 1 if codes[found.end() - 1] == " " else found.end()
        if best is not None and end <= best.end:
            continue
        period = _READERS[rule.name](scene, found)
        if period is not None:
            best = Reading(start, end, period)
    return best
