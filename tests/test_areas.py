"""The list of areas, and the areas that a passage speaks of."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.areas import (
    area_named,
    area_with_code,
    find_areas,
    load_areas,
    load_domains,
    load_neighbours,
    names_of,
)
from schemas.records import Area

ENGLAND = "E92000001"


def area(name: str) -> Area:
    found = area_named(name)
    assert found is not None, name
    return found


WOLVERHAMPTON = area("Wolverhampton")


def kinds(text: str, subject: Area | None = WOLVERHAMPTON) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.code) for mention in find_areas(text, subject)]


def test_153_authorities_have_childrens_services_today() -> None:
    current = [a for a in load_areas() if a.kind == "authority" and a.valid_to is None]
    assert len(current) == 153
    assert (
        len({a.area_code for a in current})
        == len({a.la_code for a in current})
        == len({a.name for a in current})
        == 153
    )


def test_abolished_authorities_end_on_the_day_before_their_successors_begin() -> None:
    ended = {a.name: a.valid_to.isoformat() for a in load_areas() if a.valid_to}
    assert ended == {
        "Bournemouth": "2019-03-31",
        "Poole": "2019-03-31",
        "Dorset (until 2019)": "2019-03-31",
        "Northamptonshire": "2021-03-31",
        "Cumbria": "2023-03-31",
    }


def test_every_authority_lies_in_one_of_nine_regions() -> None:
    regions = {a.area_code for a in load_areas() if a.kind == "region"}
    assert len(regions) == 9
    assert {a.region_code for a in load_areas() if a.kind == "authority"} == regions
    assert area("Derbyshire").region_code == "E12000004"
    assert area("Buckinghamshire").region_code == "E12000008"


@pytest.mark.parametrize(("model", "areas"), [("2021", 152), ("2025", 153)])
def test_ten_neighbours_each_ranked_one_to_ten(model: str, areas: int) -> None:
    rows = [n for n in load_neighbours() if n.model == model]
    assert Counter(Counter(n.area_code for n in rows).values()) == {10: areas}
    assert Counter(n.rank for n in rows) == dict.fromkeys(range(1, 11), areas)
    assert all(area_with_code(n.area_code) and area_with_code(n.neighbour_code) for n in rows)
    assert all(n.area_code != n.neighbour_code for n in rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hull", "E06000010"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("kingston upon hull", "E06000010"),
        ("City of Wolverhampton Council", "E08000031"),
        ("wolverhampton", "E08000031"),
        ("RBKC", "E09000020"),
        ("Royal Borough of Kensington & Chelsea", "E09000020"),
        ("windsor & maidenhead", "E06000040"),
        ("St. Helens", "E08000013"),
        ("st-helens", "E08000013"),
        ("Durham", "E06000047"),
        ("County Durham", "E06000047"),
        ("Bristol, City of", "E06000023"),
        ("BCP", "E06000058"),
        ("Bournemouth, Christchurch & Poole", "E06000058"),
        ("Telford & Wrekin", "E06000020"),
        ("Herefordshire, County of", "E06000019"),
        ("London Borough of Tower Hamlets", "E09000030"),
        ("Bath & North East Somerset", "E06000022"),
        ("Yorkshire and the Humber", "E12000003"),
        ("West Mids", "E12000005"),
        ("England", "E92000001"),
        ("E10000002", "E06000060"),
        ("E08000039", "E08000019"),
        ("Dorset", "E06000059"),
        ("Northamptonshire County Council", "E10000021"),
        ("Leeds City Council", "E08000035"),
    ],
)
def test_names_that_people_type_lead_to_the_code(text: str, code: str) -> None:
    assert area(text).area_code == code


@pytest.mark.parametrize("text", ["", "the", "Atlantis", "Council", "Wolverhampton Wanderers", "E99999999"])
def test_other_words_are_no_area(text: str) -> None:
    assert area_named(text) is None


def test_every_name_leads_back_to_its_area() -> None:
    for known in load_areas():
        if known.valid_to is None:
            assert all(area_named(name) == known for name in names_of(known)), known.name


def test_hosts_of_councils_lead_to_them() -> None:
    assert load_domains()["dudley.gov.uk"].name == "Dudley"
    assert load_domains()["bcpcouncil.gov.uk"].name == "Bournemouth, Christchurch and Poole"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the comparator chain of a report
        (
            "Wolverhampton's 70 is above statistical neighbours (60), West Midlands (50) and England (40).",
            [
                ("Wolverhampton", "E08000031"),
                ("statistical neighbours", "SN:E08000031"),
                ("West Midlands", "E12000005"),
                ("England", ENGLAND),
            ],
        ),
        ("national and regional averages (both 10 per cent)", [("national", ENGLAND), ("regional", "E12000005")]),
        ("16% nationally and 21% regionally", [("nationally", ENGLAND), ("regionally", "E12000005")]),
        ("better than national (23%) and SN (21%)", [("national", ENGLAND), ("SN", "SN:E08000031")]),
        ("the national re-referral rate was 22%", [("national", ENGLAND)]),
        (
            "regional and statistical neighbour averages",
            [("regional", "E12000005"), ("statistical neighbour", "SN:E08000031")],
        ),
        ("compared with similar authorities at 15%", [("similar authorities", "SN:E08000031")]),
        ("Stat. neighbours 14", [("Stat. neighbours", "SN:E08000031")]),
        ("above the English average", [("English average", ENGLAND)]),
        ("the region (19%)", [("the region", "E12000005")]),
        ("the north west region is at 5%", [("north west", "E12000002")]),
        ("better than statistical and national averages", [("statistical", "SN:E08000031"), ("national", ENGLAND)]),
        (
            "better than national, regional and statistical neighbours in the last quarter",
            [("national", ENGLAND), ("regional", "E12000005"), ("statistical neighbours", "SN:E08000031")],
        ),
        ("higher than either the national (12%) or the regional", [("national", ENGLAND), ("regional", "E12000005")]),
        ("National: 23%; Regional: 21%", [("National", ENGLAND), ("Regional", "E12000005")]),
        ("18% across the South East and 19% across England", [("South East", "E12000008"), ("England", ENGLAND)]),
        ("Latest national data (2021-22) show 20%", [("national", ENGLAND)]),
        ("the Yorkshire & Humber average", [("Yorkshire & Humber", "E12000003")]),
        ("similar LAs at 14", [("similar LAs", "SN:E08000031")]),
        ("Stat Neigh Av", [("Stat Neigh", "SN:E08000031")]),
        ("Reg. Ave", [("Reg. Ave", "E12000005")]),
        ("WM 21.4", [("WM", "E12000005")]),
        # the document's own authority
        (
            "the local authority has 40 and the council knows it",
            [("the local authority", "E08000031"), ("the council", "E08000031")],
        ),
        ("the City of Wolverhampton Council", [("the City of Wolverhampton Council", "E08000031")]),
        ("CWC has 626 children in care", [("CWC", "E08000031")]),
        # other authorities
        (
            "lower than Walsall, Sandwell and Dudley's rate",
            [("Walsall", "E08000030"), ("Sandwell", "E08000028"), ("Dudley", "E08000027")],
        ),
        ("London Borough of Barnet", [("London Borough of Barnet", "E09000003")]),
        ("Bristol, City of (12)", [("Bristol, City of", "E06000023")]),
        ("Bournemouth, Christchurch and Poole", [("Bournemouth, Christchurch and Poole", "E06000058")]),
        ("in Reading (12) and in Bury (14)", [("Reading", "E06000038"), ("Bury", "E08000002")]),
        ("Inner London 30, London (Outer) 31", [("Inner London", None), ("London (Outer)", None)]),
        ("neighbouring authorities reached 12", [("neighbouring authorities", None)]),
        # whole cells
        ("National", [("National", ENGLAND)]),
        ("Regional 2014/15", [("Regional", "E12000005")]),
        ("England 2015", [("England", ENGLAND)]),
        ("Comparators", [("Comparators", "SN:E08000031")]),
    ],
)
def test_areas_that_a_passage_speaks_of(text: str, found: list[tuple[str, str | None]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "national minimum standards for fostering",
        "the National Crime Agency took part",
        "children of 12 nationalities follow the national curriculum",
        "Public Health England, NHS England and the Bank of England",
        "a Church of England school",
        "national insurance numbers for 16 year olds",
        "a nationally recognised programme for 20 families",
        "the regional adoption agency placed 12 children",
        "West Midlands Police made 40 referrals",
        "12 London Road",
        "South West London Trust",
        "the North West Anglia hospital",
        "students of the University of Birmingham",
        "Bolton NHS Foundation Trust",
        "Dudley Group of Hospitals",
        "14 Derby Street",
        "Attainment in Reading, Writing and Mathematics",
        "Reading at 8 books a month",
        "Sarah Kent chaired 12 reviews",
        "in the region of 30 children",
        "South Derbyshire and Derbyshire Dales",
        "paid the council tax of 120 care leavers",
        "Newcastle-under-Lyme",
        "South Dudley has 12 family hubs",
        "the agency Adopt London South placed 14 children",
        "panels across North West London met 12 times",
        "compliant with the Southwark judgement for 12 young people",
        "family group conferences for 30 families",
        "the parents' forum, known as BCP, has 40 members in the town",
        "Sophie Wales led 12 visits",
        "the national 10-point plan",
        "a national rank of 12 among councils",
        "12 children live with neighbours or friends",
    ],
)
def test_names_inside_longer_names_and_rules_are_no_areas(text: str) -> None:
    assert kinds(text) == []


def test_without_a_subject_its_areas_have_no_code() -> None:
    assert kinds("the council, its region average and SN", None) == [
        ("the council", None),
        ("region average", None),
        ("SN", None),
    ]


def test_the_longer_of_two_own_names_is_taken_whole() -> None:
    assert [m.text for m in find_areas("Brighton and Hove and Brighton", area("Brighton and Hove"))] == [
        "Brighton and Hove",
        "Brighton",
    ]


def test_dorset_before_2019_is_own_in_a_report_of_that_time() -> None:
    before = area_with_code("E10000009")
    assert [(m.kind, m.code) for m in find_areas("Dorset has 40", before)] == [("own", "E10000009")]


@given(st.text(alphabet=st.sampled_from("England SNwolverhampton.,()'’-&5%\n"), max_size=80))
def test_mentions_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for mention in find_areas(text, WOLVERHAMPTON):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
