"""Step `statements`, tables: the period of a column "Previous", counted back from the period that the table speaks of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from extractors import period_forms as forms
from extractors.period_forms import Period
from schemas.records import PeriodMention

_MONTHS = {"month": 1, "quarter": 3, "financial_year": 12, "year": 12}
_STEPS = {"-1m": 1, "-1q": 3, "-1y": 12}


def period_before(mention: PeriodMention, step: str) -> PeriodMention | None:
    """The period of the same form one step before: step -1m, -1q, -1y, or "-1" for one such period ("Previous" in a
    table of the third quarter is the second). None where the form cannot be stepped or the step is shorter than it."""
    length = _MONTHS.get(mention.form)
    if length is None or mention.first is None:
        return None
    months = _STEPS.get(step, length)
    if months < length:
        return None
    first = forms.month_shift(mention.first.replace(day=1), -months)
    period = _period_of(mention.form, first)
    if period is None:
        return None
    return replace(mention, normal=period.normal, first=period.first, last=period.last)


def _period_of(form: str, first: dt.date) -> Period | None:
    if form == "month":
        return forms.month(first.year, first.month)
    if form == "year":
        return forms.calendar_year(first.year)
    start = first.year if first.month > 3 else first.year - 1
    if form == "financial_year":
        return forms.financial_year(start, academic=first.month == 9)
    return forms.quarter(start, (first.month - 4) % 12 // 3 + 1)
