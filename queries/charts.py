"""Step answer: the rows of an answer -> a chart in the accessible style of the Government Analysis Function.

Only points of one form of period are joined by a line; each form has a marker of its own and is named in the key.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from queries.dataset import DatasetError, table_to_records
from queries.printed import area_words, by_indicator_and_role, figure_words, role_head, when_words
from queries.wording import UNIT_WORDS, number_words
from schemas.answers import Cell, Point

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_AREAS = 6  # colours in the palette that can be told apart
MOST_PANELS = 8
WIDTH, PANEL_HEIGHT, BAR_HEIGHT, TITLE_HEIGHT = 10.0, 5.0, 0.36, 0.5  # inches
STYLES = {
    "date": ("o", "-", "at a date"),
    "financial_year": ("s", "--", "financial years"),
    "rolling": ("D", "-.", "rolling years"),
    "year": ("^", ":", "calendar years"),
    "quarter": ("v", "-", "quarters"),
    "month": ("P", ":", "months"),
    "span": ("h", "", "spans"),
    "several_years": ("*", "", "averages of years"),
    "now": ("X", "", "when written"),
}
"""Marker, dashes and name of each form of period; without dashes its points are not joined."""

Series = dict[tuple[str, str, str | None], list[Point]]


def trend_to_image(points: pa.Table, form: str) -> bytes:
    """The rows of `queries.trend` -> a picture, `png` or `svg`: a panel an indicator, a line an area and form of period."""
    panels: defaultdict[str, list[Point]] = defaultdict(list)
    for point in table_to_records(points, Point):
        if point.period_end:
            panels[point.indicator].append(point)
    _check_size(panels, {p.area_code for rows in panels.values() for p in rows})
    with _figure([PANEL_HEIGHT] * len(panels)) as (figure, axes):
        named = dict.fromkeys(area_words(point) for rows in panels.values() for point in rows)
        colours = {area: f"C{number}" for number, area in enumerate(named)}
        for panel, rows in zip(axes, panels.values(), strict=True):
            _draw_trend(panel, rows, colours)
        return _to_bytes(figure, form, trend_in_words(points))


def comparison_to_image(cells: pa.Table, form: str) -> bytes:
    """The rows of `queries.compare` -> a picture, `png` or `svg`: a panel an indicator, a bar each part it plays."""
    panels = by_indicator_and_role(cells)[:MOST_PANELS]
    _check_size({by_role["own"].indicator: [] for by_role in panels}, set())
    with _figure([len(by_role) * BAR_HEIGHT + TITLE_HEIGHT for by_role in panels]) as (figure, axes):
        for panel, by_role in zip(axes, panels, strict=True):
            _draw_comparison(panel, by_role)
        return _to_bytes(figure, form, comparison_in_words(cells))


def trend_in_words(points: pa.Table) -> str:
    """What a person who cannot see the chart of a trend is told of it: first and last point of every line."""
    told = []
    for (indicator, area, _), line in _lines(table_to_records(points, Point)).items():
        first, last = line[0], line[-1]
        words = f"{indicator}, {area}: {figure_words(first)} ({when_words(first)})"
        told.append(words if first is last else f"{words} to {figure_words(last)} ({when_words(last)})")
    return "Chart of what documents state through time. " + "; ".join(told) + "."


def comparison_in_words(cells: pa.Table) -> str:
    """What a person who cannot see the chart of a comparison is told of it."""
    told = []
    for by_role in by_indicator_and_role(cells):
        parts = ", ".join(f"{role_head(role, by_role)} {figure_words(cell)}" for role, cell in by_role.items())
        told.append(f"{by_role['own'].indicator_label}: {parts}")
    return "Bar chart of the latest figures and stated comparators. " + "; ".join(told) + "."


def _lines(points: Sequence[Point]) -> Series:
    """Points -> those of one indicator, area and form of period, in order of time."""
    lines: defaultdict[tuple[str, str, str | None], list[Point]] = defaultdict(list)
    for point in points:
        lines[point.indicator_label or point.indicator, area_words(point), point.period_form].append(point)
    return {key: sorted(line, key=lambda p: (str(p.period_end), p.period)) for key, line in lines.items()}


def _check_size(panels: dict[str, list[Point]], areas: set[str | None]) -> None:
    if not panels:
        raise DatasetError("There is nothing to draw: no figure with a date. See what is held with: kpi find WORD")
    if len(areas) > MOST_AREAS or len(panels) > MOST_PANELS:
        raise DatasetError(
            f"A chart holds at most {MOST_AREAS} areas and {MOST_PANELS} indicators that can be told apart:"
            " name fewer with --area, or write a table (.csv, .xlsx)."
        )


@contextmanager
def _figure(heights: Sequence[float]) -> Iterator[tuple[Figure, list[Axes]]]:
    """Panels of those heights one below another in the style of the Analysis Function, drawn without a screen."""
    import matplotlib.style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.style.context(
        ["afcharts.afcharts", {"font.size": 11, "svg.fonttype": "path", "svg.hashsalt": "kpi"}]
    ):
        figure = Figure(figsize=(WIDTH, sum(heights)), layout="constrained")
        FigureCanvasAgg(figure)
        places = figure.add_gridspec(len(heights), 1, height_ratios=heights)
        yield figure, [figure.add_subplot(places[number, 0]) for number in range(len(heights))]


def _draw_trend(panel: Axes, rows: Sequence[Point], colours: dict[str, str]) -> None:
    lines = sorted(
        _lines(rows).items(), key=lambda entry: -entry[1][-1].value
    )  # the key stands in the order of the ends
    forms = {form for (_, _, form), _ in lines}
    for (_, area, form), line in lines:
        marker, dashes, form_name = STYLES.get(form or "", ("o", "", form or ""))
        panel.plot(
            [_day_drawn(p) for p in line],  # type: ignore[arg-type]  # dates are what matplotlib takes for a time axis
            [p.value for p in line],
            marker=marker,
            linestyle=dashes or "none",
            color=colours[area],
            label=f"{area}, {form_name}" if len(forms) > 1 else area,
        )
    first = rows[0]
    panel.set_title(
        f"{first.indicator_label or first.indicator}\n{UNIT_WORDS.get(first.unit, first.unit)}", fontsize=12
    )
    panel.margins(x=0.03, y=0.1)
    panel.set_ylim(bottom=min(0.0, *(p.value for p in rows)))
    panel.yaxis.set_major_formatter(lambda value, _: number_words(value))
    panel.legend(loc="upper left", bbox_to_anchor=(0.0, -0.08), ncols=2, handlelength=3.5, borderaxespad=0.0)
    _mark_years(panel, rows)


def _day_drawn(point: Point) -> dt.date | None:
    """The day on which a point is drawn: what happened in a period in its middle, so that "2018" does not stand under
    2019; what was counted at a date at its end."""
    if point.period_end is None or point.period_start is None or point.measures == "stock":
        return point.period_end
    return point.period_start + (point.period_end - point.period_start) / 2


def _mark_years(panel: Axes, rows: Sequence[Point]) -> None:
    from matplotlib.dates import DateFormatter, YearLocator

    years = [p.period_end.year for p in rows if p.period_end]
    panel.xaxis.set_major_locator(YearLocator(max(1, (max(years) - min(years)) // 10)))
    panel.xaxis.set_major_formatter(DateFormatter("%Y"))


def _draw_comparison(panel: Axes, by_role: dict[str, Cell]) -> None:
    from afcharts.af_colours import get_af_colours

    strong, weak = get_af_colours("focus")
    own = by_role["own"]
    cells = list(by_role.items())
    names = [f"{area_words(own)}, before" if role == "own_previous" else role_head(role, by_role) for role, _ in cells]
    names[0] = area_words(own)
    bars = panel.barh(
        names, [c.value for _, c in cells], color=[strong if role == "own" else weak for role, _ in cells]
    )
    panel.bar_label(bars, [f" {figure_words(c)}  ({when_words(c, short=True)})" for _, c in cells], fontsize=10)
    panel.invert_yaxis()
    panel.grid(visible=False)
    panel.set_xticks([])
    panel.spines["bottom"].set_visible(False)
    panel.margins(x=0.35)
    panel.set_xlim(left=min(0.0, *(c.value for _, c in cells)))
    panel.set_title(f"{own.indicator_label or own.indicator} ({UNIT_WORDS.get(own.unit, own.unit)})", fontsize=12)


def _to_bytes(figure: Figure, form: str, words: str) -> bytes:
    """A figure -> the bytes of its file, with its description in words for those who cannot see it."""
    out = io.BytesIO()
    about = {"Description": words} | ({"Date": None} if form == "svg" else {})
    figure.savefig(out, format=form, dpi=150, metadata=about)  # no date: the same rows, the same file
    return out.getvalue()
