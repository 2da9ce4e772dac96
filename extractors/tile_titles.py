"""Step "blocks": the titles of tiles whose values stand to the side of them, as in a tile with its name in the one corner
and its figure in the other. What tells that they belong together is that they do so alike in tile after tile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.records import Line

_FARTHEST_OVER = 2.2  # times the value's type
_FARTHEST_BESIDE = 260.0  # points between a title's beginning and its value's end
_FEWEST = 3
_SAME_PLACE = 0.2  # of the value's type: the ink of "1" ends before that of "6"
_SMALLER = 1.2  # value type over title type
_LETTERS = re.compile(r"[A-Za-z]{2,}")


def titles_at_one_place(lines: tuple[Line, ...], anchors: Sequence[Line], words: Sequence[int]) -> dict[int, int]:
    """Which line is the title of which value: place among the anchors -> line index. Bold lines at one distance from the
    left or right end of their value, in at least three tiles and three quarters of all; else none."""
    if len(anchors) < _FEWEST:
        return {}
    bold = [index for index in words if lines[index].bold and _LETTERS.search(lines[index].text)]
    if len(bold) < _FEWEST:
        return {}
    same = _SAME_PLACE * max(anchor.size for anchor in anchors)
    offsets = [
        (place, index, lines[index].box.x0 - end, anchor.box.y1 - lines[index].box.y1)
        for place, anchor in enumerate(anchors)
        for end in (anchor.box.x1, anchor.box.x0)
        for index in bold
        if 0 < anchor.box.y0 - lines[index].box.y0 < _FARTHEST_OVER * anchor.size
        and -_FARTHEST_BESIDE < lines[index].box.x0 - end < 0
        and lines[index].size * _SMALLER <= anchor.size
    ]
    best: dict[int, int] = {}
    for _, _, across, down in offsets:
        alike = {place: index for place, index, x, y in offsets if abs(x - across) < same and abs(y - down) < same}
        if len(alike) > len(best) and len(set(alike.values())) == len(alike):
            best = alike
    return best if len(best) >= _FEWEST and 4 * len(best) >= 3 * len(anchors) else {}
