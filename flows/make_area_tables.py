"""Outside the nightly flow: published code lists and neighbour workbooks -> `areas.csv` and `neighbours.csv`.

Run by hand when codes or models change; the tables it writes are committed, nothing here is needed at run time:

    python -m flows.make_area_tables CODES_FOLDER LAIT_FOLDER extractors/lookups

CODES_FOLDER holds `uk_local_authorities_current.csv` (mySociety) and `provider_data_lookup.csv` (data-to-insight);
LAIT_FOLDER the Department for Education's list of authorities with their regions `la_code_list.xlsx` (the first list puts
Derbyshire and Lincolnshire into the wrong ones) and its neighbour workbooks `sn_april_2021.xlsx`, `sn_may_2025.xlsx`.
An authority is one authority as long as the Department keeps its three-figure code: Buckinghamshire, North Yorkshire,
Somerset, Northumberland, Gateshead, Barnsley and Sheffield each had more than one GSS code and are one row, whose
further codes stand in `other_codes`. Dorset, whose border moved in 2019 with a new three-figure code, is two rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

import pandas as pd

UPPER_TIER = ("UA", "MD", "LBO", "CTY", "CC")
REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
REGION_LA_CODES = {  # the tool's numbers for regions follow another order
    "North East": "980",
    "North West": "981",
    "Yorkshire and The Humber": "982",
    "East Midlands": "983",
    "West Midlands": "984",
    "East of England": "985",
    "London": "986",
    "South East": "989",
    "South West": "990",
}
NAMES = {  # where the list's short name is not what the field says
    "E06000023": "Bristol",
    "E06000059": "Dorset",
    "E10000009": "Dorset (until 2019)",
    "E08000013": "St Helens",
    "E06000064": "Westmorland and Furness",
}
ONS_NAMES = {"E06000010": "Kingston upon Hull, City of", "E06000019": "Herefordshire, County of"}
COUNTIES_MADE_UNITARY = {"840", "893", "908", "865", "929"}  # the same authority before and after April 2009
LATER_CODES = {"E08000016": ["E08000038"], "E08000019": ["E08000039"]}  # DfE uses both for 2025
SHARED_DOMAINS = {"achievingforchildren.org.uk", "richmondandwandsworth.gov.uk", "analysticsbi.com"}
FORMER_LA_CODES = {"E06000028": "837", "E06000029": "836", "E10000009": "835", "E10000021": "928", "E10000006": "909"}
HEADER = [
    "area_code",
    "name",
    "kind",
    "region_code",
    "la_code",
    "valid_from",
    "valid_to",
    "other_names",
    "other_codes",
    "domains",
]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day_before(date: str) -> str:
    """The list dates the end of five authorities to the first day of their successors: 1 April -> 31 March."""
    day = dt.date.fromisoformat(date)
    return (day - dt.timedelta(days=1) if day.day == 1 else day).isoformat()


def plain_names(row: dict[str, str]) -> list[str]:
    """Official and alternative names, without those that only a statistician's list uses ("Bury district")."""
    listed = [row["official-name"], row["nice-name"], *row["alt-names"].replace(", ", "§").split(",")]
    names = [" ".join(name.replace("§", ", ").split()) for name in listed]
    return [name for name in names if name[:1].isupper() and not name.endswith((" UA", " district", " boro"))]


def regions_of(lait: Path) -> dict[str, str]:
    """Three-figure code -> code of the region; Inner and Outer London are halves of one region."""
    region_codes = {name: code for code, name in REGIONS.items()}
    region_codes |= {"Inner London": "E12000007", "Outer London": "E12000007"}
    sheet = pd.read_excel(lait / "la_code_list.xlsx", dtype=str)
    pairs = zip(sheet["LA Number"], sheet["Region"], strict=True)
    return {la_code: region_codes[region] for la_code, region in pairs if isinstance(region, str)}


def authorities(codes: Path, regions: dict[str, str]) -> list[dict[str, str]]:
    """One row an authority, current and abolished, in the order of the codes."""
    providers: dict[str, list[dict[str, str]]] = {}
    for provider in read_csv(codes / "provider_data_lookup.csv"):
        providers.setdefault(provider["la_code"], []).append(provider)
    listed = [row for row in read_csv(codes / "uk_local_authorities_current.csv") if row["nation"] == "England"]
    rows = [row for row in listed if row["local-authority-type"] in UPPER_TIER]
    la_codes = {p["la_code_new"]: la_code for la_code, ps in providers.items() for p in ps if p["la_code_new"]}
    la_codes |= FORMER_LA_CODES
    la_codes |= {
        row["gss-code"]: row["old-ons-la-code"].split(".")[0] for row in rows if row["gss-code"] not in la_codes
    }
    current = {row["local-authority-code"]: row["gss-code"] for row in rows if row["current-authority"] == "True"}
    former: dict[str, list[str]] = {}
    out = []
    for row in sorted(rows, key=lambda row: row["gss-code"]):
        code, successor = row["gss-code"], current.get(row["replaced-by"])
        if successor and code not in FORMER_LA_CODES:
            former.setdefault(successor, []).append(code)
            continue
        la_code = la_codes[code]
        provider = (providers.get(la_code) or [{}])[0]
        domain = provider.get("domain", "").lower()
        name = NAMES.get(code, row["nice-name"])
        names = [*plain_names(row), provider.get("local_authority_ons_name", ""), ONS_NAMES.get(code, "")]
        out.append(
            {
                "area_code": code,
                "name": name,
                "kind": "authority",
                "region_code": regions[la_code],
                "la_code": la_code,
                "valid_from": ""
                if row["start-date"] < "2009" or la_code in COUNTIES_MADE_UNITARY
                else row["start-date"],
                "valid_to": day_before(row["end-date"]) if row["end-date"] else "",
                "other_names": "|".join(dict.fromkeys(n for n in names if n and n != name)),
                "other_codes": "|".join(c for c in row["former-gss-codes"].split(",") if c),
                "domains": "" if row["end-date"] or domain in SHARED_DOMAINS else domain,
            }
        )
    for entry in out:
        codes_of = [c for c in entry["other_codes"].split("|") if c]
        codes_of += former.get(entry["area_code"], []) + LATER_CODES.get(entry["area_code"], [])
        entry["other_codes"] = "|".join(codes_of)
        if former.get(entry["area_code"]):
            entry["valid_from"] = ""  # the same authority under a new code
    return out


def neighbours(path: Path, model: str, codes: dict[str, str]) -> list[dict[str, str]]:
    """Ten rows an authority. The workbook's rows below "Old SNs" belong to a model before this one and are left out."""
    sheet = pd.read_excel(path, header=None, dtype=str).iloc[3:]
    out = []
    for values in sheet.itertuples(index=False):
        if values[1] == "Old SNs:":
            break
        numbers = [values[column] for column in range(5, 25, 2)]
        if not isinstance(values[0], str) or "-" in numbers:  # two authorities of 2023 have none in the model of 2021
            continue
        for rank, number in enumerate(numbers, start=1):
            out.append(
                {"area_code": codes[values[0]], "neighbour_code": codes[number], "rank": str(rank), "model": model}
            )
    return out


def write_csv(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(codes_folder: str, lait_folder: str, target: str) -> None:
    rows = authorities(Path(codes_folder), regions_of(Path(lait_folder)))
    country = dict.fromkeys(HEADER, "") | {
        "area_code": "E92000001",
        "name": "England",
        "kind": "country",
        "la_code": "970",
    }
    regions = [
        dict.fromkeys(HEADER, "")
        | {"area_code": code, "name": name, "kind": "region", "la_code": REGION_LA_CODES[name]}
        for code, name in REGIONS.items()
    ]
    write_csv(Path(target) / "areas.csv", HEADER, [country, *regions, *rows])
    by_la_code = {row["la_code"]: row["area_code"] for row in rows}
    lait = Path(lait_folder)
    found = neighbours(lait / "sn_april_2021.xlsx", "2021", by_la_code)
    found += neighbours(lait / "sn_may_2025.xlsx", "2025", by_la_code)
    write_csv(Path(target) / "neighbours.csv", ["area_code", "neighbour_code", "rank", "model"], found)


if __name__ == "__main__":
    main(*sys.argv[1:4])
