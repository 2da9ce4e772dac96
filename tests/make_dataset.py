"""Writes a small dataset of our own making in the published layout, for tests of the rooms that read it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from schemas.arrow import rows_to_table
from schemas.records import (
    PUBLISHED,
    Area,
    Document,
    Figure,
    Indicator,
    Neighbour,
    Observation,
)

WOLVERHAMPTON, DUDLEY, SANDWELL = "E08000031", "E08000027", "E08000028"
WEST_MIDLANDS, ENGLAND = "E12000005", "E92000001"
NAMES = {
    WOLVERHAMPTON: "Wolverhampton",
    DUDLEY: "Dudley",
    SANDWELL: "Sandwell",
    WEST_MIDLANDS: "West Midlands",
    ENGLAND: "England",
    f"SN:{WOLVERHAMPTON}": "Statistical neighbours of Wolverhampton",
}
KINDS = {WEST_MIDLANDS: "region", ENGLAND: "country", f"SN:{WOLVERHAMPTON}": "neighbours"}

INDICATORS = (
    Indicator(
        indicator="referrals_rate",
        label="Referrals per 10 000 children",
        unit="per_10000",
        better=None,
        topic="front_door",
        lait=None,
        definition="Referrals in 12 months per 10 000 children aged 0 to 17.",
        measures="flow",
        minimum=0,
        maximum=2000,
        synonyms=("referral rate", "rate of referrals"),
    ),
    Indicator(
        indicator="cla_count",
        label="Children looked after",
        unit="count",
        better=None,
        topic="looked_after",
        lait=None,
        definition="Children looked after at the date.",
        measures="stock",
        minimum=0,
        maximum=None,
        synonyms=("children in care", "looked-after children"),
    ),
    Indicator(
        indicator="cla_same_placement_2yr_pct",
        label="Looked after children in the same placement for two years",
        unit="percent",
        better="high",
        topic="looked_after",
        lait=None,
        definition="Share of children looked after for 2.5 years who have been in one placement for two.",
        measures="stock",
        minimum=0,
        maximum=100,
        synonyms=("long-term placement stability",),
    ),
    Indicator(
        indicator="cla_3plus_placements_pct",
        label="Looked after children with three or more placements",
        unit="percent",
        better="low",
        topic="looked_after",
        lait=None,
        definition="Share of children looked after with three or more placements in the year.",
        measures="flow",
        minimum=0,
        maximum=100,
        synonyms=("placement instability",),
    ),
)
AREAS = (
    Area(WOLVERHAMPTON, "Wolverhampton", "authority", WEST_MIDLANDS, "336", None, None, ("City of Wolverhampton",)),
    Area(DUDLEY, "Dudley", "authority", WEST_MIDLANDS, "332", None, None, ()),
    Area(SANDWELL, "Sandwell", "authority", WEST_MIDLANDS, "333", None, None, ()),
    Area(WEST_MIDLANDS, "West Midlands", "region", None, None, None, None, ("the region",)),
    Area(ENGLAND, "England", "country", None, None, None, None, ("national",)),
)
NEIGHBOURS = (Neighbour(WOLVERHAMPTON, SANDWELL, 1, "2025"), Neighbour(WOLVERHAMPTON, DUDLEY, 2, "2025"))

PACK = Document(
    document_id=hashlib.sha256(b"pack").hexdigest(),
    source="samples",
    location="samples/wolverhampton-scrutiny-2023.pdf",
    title="Children's services performance",
    subject_code=WOLVERHAMPTON,
    publisher="City of Wolverhampton Council",
    document_kind="self_evaluation",
    published_on=dt.date(2023, 7, 27),
    period_of_reference=dt.date(2023, 3, 31),
    retrieved_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    media_type="application/pdf",
    bytes=1000,
    pages=20,
    characters=9000,
    status="ok",
    reason=None,
    detail=None,
    seconds=0.2,
)
OLDER = replace(
    PACK,
    document_id=hashlib.sha256(b"older").hexdigest(),
    location="samples/wolverhampton-report-2021.docx",
    title="Annual report",
    document_kind="report",
    published_on=dt.date(2021, 7, 1),
    period_of_reference=dt.date(2021, 3, 31),
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    pages=None,
)
NEXT_DOOR = replace(
    PACK,
    document_id=hashlib.sha256(b"next door").hexdigest(),
    location="samples/dudley-minutes-2021.html",
    title="Scrutiny committee minutes",
    subject_code=DUDLEY,
    publisher="Dudley Council",
    document_kind="minutes",
    published_on=dt.date(2021, 3, 17),
    period_of_reference=dt.date(2021, 3, 17),
    media_type="text/html",
    pages=None,
)
LOCKED = replace(
    PACK,
    document_id=hashlib.sha256(b"locked").hexdigest(),
    location="samples/locked.pdf",
    title=None,
    subject_code=None,
    published_on=None,
    period_of_reference=None,
    pages=None,
    characters=None,
    status="failed",
    reason="encrypted",
    detail="the file is locked with a password",
)
DOCUMENTS = (PACK, OLDER, NEXT_DOOR, LOCKED)
UNITS = {i.indicator: i.unit for i in INDICATORS}


def period_to_span(period: str) -> tuple[dt.date | None, dt.date | None]:
    """The few forms of period that the tests use -> first and last day."""
    if period == "now":
        return None, None
    if period.startswith("12m:"):
        last = dt.date.fromisoformat(period[4:])
        return last.replace(year=last.year - 1) + dt.timedelta(days=1), last
    if "Q" in period:
        year, quarter = int(period[:4]), int(period[-1])
        first = dt.date(year + (quarter == 4), (3 * quarter + 1 - 1) % 12 + 1, 1)
        return first, first + dt.timedelta(days=89)
    if len(period) == 4:
        return dt.date(int(period), 1, 1), dt.date(int(period), 12, 31)
    if len(period) == 7 and int(period[5:]) == (int(period[:4]) + 1) % 100:
        return dt.date(int(period[:4]), 4, 1), dt.date(int(period[:4]) + 1, 3, 31)
    if len(period) == 7:
        first = dt.date.fromisoformat(period + "-01")
        return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    day = dt.date.fromisoformat(period)
    return day, day


def observation(
    document: Document,
    indicator: str,
    area: str | None,
    period: str,
    value: float,
    *,
    kind: str = "actual",
    place: str = "sentence",
    approximation: str = "exact",
    confidence: float = 0.97,
    checks: tuple[str, ...] = (),
    page: int | None = None,
    variant: str | None = None,
    quote: str | None = None,
) -> Observation:
    """One stated figure; what the caller does not say is filled in as an ordinary sentence would have it."""
    first, last = period_to_span(period)
    if document.pages and page is None:
        page = 1
    claim = "|".join(map(str, (document.document_id, page, place, indicator, area, period, kind, value, variant)))
    return Observation(
        observation_id=hashlib.sha256(claim.encode()).hexdigest()[:32],
        document_id=document.document_id,
        indicator=indicator,
        area_code=area,
        area_name=NAMES.get(area or ""),
        area_kind=KINDS.get(area or "", "authority" if area else "other"),
        subject_code=document.subject_code,
        period=period,
        period_start=first,
        period_end=last or document.period_of_reference,
        kind=kind,
        value=value,
        unit=UNITS[indicator],
        value_text=f"{value:g}",
        approximation=approximation,
        page=page,
        x0=100.0 if page else None,
        y0=100.0 if page else None,
        x1=140.0 if page else None,
        y1=112.0 if page else None,
        quote=quote or f"The figure was {value:g}.",
        place=place,
        confidence=confidence,
        checks=checks,
        extractor="tests 1",
        variant=variant,
        construction="plain",
    )


def observations() -> tuple[Observation, ...]:
    """A trend of three years, comparators, another authority's statement, a conflict, a row in doubt, a target."""
    stable, many = "cla_same_placement_2yr_pct", "cla_3plus_placements_pct"
    neighbours = f"SN:{WOLVERHAMPTON}"
    return (
        observation(PACK, "referrals_rate", WOLVERHAMPTON, "12m:2023-03-31", 657.9, page=4),
        observation(PACK, "referrals_rate", neighbours, "12m:2023-03-31", 608.27, page=4),
        observation(PACK, "referrals_rate", WEST_MIDLANDS, "12m:2023-03-31", 502.7, page=4),
        observation(PACK, "referrals_rate", ENGLAND, "12m:2023-03-31", 537.7, page=4),
        observation(OLDER, "referrals_rate", WOLVERHAMPTON, "2020-21", 611.0),
        observation(OLDER, "referrals_rate", WOLVERHAMPTON, "2019-20", 598.4),
        observation(NEXT_DOOR, "referrals_rate", DUDLEY, "2018", 535),
        observation(NEXT_DOOR, "referrals_rate", DUDLEY, "2019", 749),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", 501, place="list", page=7),
        observation(PACK, "cla_count", WOLVERHAMPTON, "2023-03-31", -21, kind="change", page=7),
        observation(OLDER, "cla_count", WOLVERHAMPTON, "2021-03-31", 1380),
        observation(OLDER, "cla_count", WOLVERHAMPTON, "2020-03-31", 640, checks=("low_confidence",), confidence=0.4),
        observation(NEXT_DOOR, "cla_count", DUDLEY, "now", 600),
        observation(PACK, stable, WOLVERHAMPTON, "2023-03-31", 71, place="table", page=9),
        observation(PACK, stable, WOLVERHAMPTON, "2022-03-31", 68, place="table", page=9),
        observation(PACK, stable, neighbours, "2022-03-31", 70, place="table", page=9),
        observation(PACK, stable, ENGLAND, "2022-03-31", 71, place="table", page=9),
        observation(PACK, stable, WOLVERHAMPTON, "2023-03-31", 75, kind="target", place="table", page=9),
        observation(PACK, many, WOLVERHAMPTON, "2022-23", 8.5, place="table", page=9),
        observation(PACK, many, WOLVERHAMPTON, "2022-23", 8.9, page=10),
        observation(PACK, many, None, "2022-23", 12, page=10),
    )


def figures(rows: Iterable[Observation]) -> tuple[Figure, ...]:
    """A ledger for those rows, and two numbers that are something else."""
    taken = [
        Figure(
            document_id=o.document_id,
            page=o.page,
            position=None,
            value_text=o.value_text,
            value=o.value,
            quote=o.quote,
            box=None,
            disposition="observation",
            observation_id=o.observation_id,
        )
        for o in rows
    ]
    page_number = replace(taken[0], value_text="4", value=4.0, disposition="page_number", observation_id=None)
    return (*taken, page_number, replace(page_number, value_text="12", value=12.0, disposition="ambiguous"))


def write_dataset(
    folder: Path, rows: tuple[Observation, ...] | None = None, documents: tuple[Document, ...] = DOCUMENTS
) -> Path:
    """Write the dataset below `folder` as `dataset/snapshots/<name>/*.parquet` with `dataset/current`; returns `folder`."""
    told = observations() if rows is None else rows
    tables: dict[str, Iterable[object]] = {
        "observations": sorted(told, key=lambda o: (o.indicator, o.area_code or "", o.period)),
        "documents": documents,
        "figures": figures(told),
        "indicators": INDICATORS,
        "areas": AREAS,
        "neighbours": NEIGHBOURS,
    }
    snapshot = folder / "dataset" / "snapshots" / "20261122T140000Z"
    snapshot.mkdir(parents=True)
    for name, record in PUBLISHED.items():
        pq.write_table(rows_to_table(record, tables.get(name, ())), snapshot / f"{name}.parquet", compression="zstd")
    (folder / "dataset" / "current").symlink_to(Path("snapshots") / snapshot.name)
    return folder
