"""Step observations: an indicator and the words that state a figure -> which variant of the definition the document uses.

The catalogue's definition leaves room (visits within 10, 15 or 20 days; care leavers of 17 and 18 or of 19 to 21): figures
that are counted differently must not make one series.
"""

from __future__ import annotations

from functools import cache

from extractors.lexicon import Found, Tree, find_phrases, grow_tree, lookup, words_of

_TAG = "variant:"
_BORDERS = ("; ", ", ", ". ", " and ")


def variant_of(indicator: str, quote: str, value_text: str = "") -> str | None:
    """An indicator, a quote and the number as printed in it -> the variant that the quote names for the number; None where
    it names none, or several and none of them nearest to the number."""
    tree = _trees().get(indicator)
    if tree is None:
        return None
    found = find_phrases(quote, words_of(quote), tree)
    named = {_name(f) for f in found}
    if len(named) < 2:
        return next(iter(named), None)
    return _nearest(found, quote, value_text)


def _nearest(found: tuple[Found, ...], quote: str, value_text: str) -> str | None:
    """Of several variants the one that the words give the number: in its own part of the sentence, else the next before it."""
    at = quote.find(value_text) if value_text else -1
    if at < 0 or quote.find(value_text, at + 1) >= 0:
        return None
    start = max((quote.rfind(mark, 0, at) + len(mark) for mark in _BORDERS if mark in quote[:at]), default=0)
    ends = [end for mark in _BORDERS if (end := quote.find(mark, at + len(value_text))) >= 0]
    own = {_name(f) for f in found if f.start >= start and f.end <= min(ends, default=len(quote))}
    if len(own) == 1:
        return own.pop()
    before = [f for f in found if f.end <= at]
    return _name(before[-1]) if before and not own else None


def _name(found: Found) -> str:
    return found.tags[0][len(_TAG) :]


@cache
def _trees() -> dict[str, Tree]:
    """Each indicator with variants -> the phrases that name them."""
    trees: dict[str, Tree] = {}
    for entry in lookup("variants.yaml"):
        tree = grow_tree((p, _TAG + name) for name, phrases in entry["variants"].items() for p in phrases)
        trees |= dict.fromkeys(entry["indicators"], tree)
    return trees
