from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kpi.demo.tables import FOLDER, rows
from kpi.model import Polarity, ValidityLevel
from kpi.scoring.scale import parse_scale
from kpi.store.definitions import Definitions

DISTRICTS = (
    "Seroja Hulu", "Seroja Hilir", "Kantilasri", "Dahliawangi",
    "Anyelirjaya", "Melurasih", "Kenangapuri", "Flamboyasri",
)  # fmt: skip
REAL_PLACES = (
    "Bogor Maluku Lampung Sampang Magelang Temanggung Sleman Pacitan Jakarta Jawa Riau Indragiri Palembang Belitung"
)


def children(known: Definitions, parent: str) -> list[str]:
    return [code for code, unit in known.units.items() if unit.parent_code == parent]


def test_the_tree_has_ten_departments_eight_puskesmas_and_six_district_offices(known):
    departments = [code for code in children(known, "KEMUNING") if known.units[code].valid_to is None]

    assert len(departments) == 10
    assert len(children(known, "DINKES")) == 8
    assert len(children(known, "DISDIK")) == 6
    assert known.organisation.is_synthetic


def test_two_departments_ended_in_2023_and_one_passed_on_only_a_part(known):
    ended = {code: unit for code, unit in known.units.items() if unit.valid_to}

    assert {(unit.successor_code, unit.successor_share) for unit in ended.values()} == {
        ("DPMPTSP", 1.0),
        ("DPUPR", 0.7),
    }
    assert {f"{unit.valid_to}" for unit in ended.values()} == {"2023-12-31"}


def test_the_set_of_definitions_breaks_none_of_the_records_rules(known):
    known.completed().check()


def test_weights_of_todays_departments_in_kemuning_sum_to_100(known):
    units = [known.units[code] for code in children(known, "KEMUNING")]

    assert sum(unit.weight_in_parent or 0 for unit in units if unit.valid_to is None) == 100


def test_there_are_some_sixty_indicators_each_with_a_definition_sheet(known):
    assert 60 <= len(known.indicators) <= 70
    for indicator in known.indicators.values():
        for part in ("definition", "formula", "perspective", "strategic_objective", "responsible", "target_aspect"):
            assert getattr(indicator, part), f"{indicator.indicator_code} has no {part}"


def test_every_kind_of_indicator_is_there_to_be_shown(known):
    indicators = known.indicators.values()

    assert {indicator.polarity for indicator in indicators} == {*Polarity, None}
    assert {indicator.grain for indicator in indicators} == {"month", "quarter", "semester", "year"}
    assert sum(indicator.every_years == 2 for indicator in indicators) == 1
    assert sum(bool(indicator.ordinal_levels) for indicator in indicators) == 2
    assert sum(indicator.is_full_at_target for indicator in indicators) == 1
    assert sum(indicator.numerator_indicator_code is not None for indicator in indicators) == 3
    assert sum(indicator.worst_value is not None for indicator in indicators) == 1


def test_some_definitions_have_the_weaknesses_that_the_catalogue_shows(known):
    indicators = known.indicators.values()

    assert 3 <= sum(indicator.data_source is None for indicator in indicators) <= 6
    assert 6 <= sum(indicator.baseline is None for indicator in indicators) <= 14
    assert sum(indicator.validity_level is ValidityLevel.ACTIVITY for indicator in indicators) >= 6
    assert sum(indicator.reviewed_on is not None and indicator.reviewed_on.year < 2024 for indicator in indicators) >= 3


def test_conversion_scales_can_be_read_and_one_stabilize_indicator_lacks_its_own(known):
    stabilized = [i for i in known.indicators.values() if i.polarity is Polarity.STABILIZE]
    scales = [indicator.conversion_scale for indicator in stabilized]

    assert sorted(scale is None for scale in scales) == [False, True]
    assert all(parse_scale(scale) for scale in scales if scale)


@pytest.mark.parametrize("table", ["series", "targets", "agreements", "gaps", "corrections", "events"])
def test_tables_name_only_units_and_indicators_that_are_defined(known, table):
    for row in rows(table):
        assert row["unit_code"].removesuffix("/*") in known.units, row
        assert row["indicator_code"] in {*known.indicators, "", "*"}, row


def test_agreed_weights_sum_to_100_for_each_unit_and_year():
    sums: dict[tuple[str, str], float] = {}
    for row in rows("agreements"):
        for year in ("2021", "2022", "2023", "2024", "2025", "2026"):
            sums[row["unit_code"], year] = sums.get((row["unit_code"], year), 0) + float(row[year] or 0)

    assert set(sums.values()) == {0, 100}
    assert {unit for (unit, _), total in sums.items() if total == 0} == {"DISNAKER", "DISPERKIM"}


def test_no_key_of_a_table_stands_twice():
    keys = {"series": (), "targets": ("bound",), "agreements": (), "gaps": ("first",), "events": ("event_code",)}
    for table, more in keys.items():
        found = [(row["unit_code"], row["indicator_code"], *(row[name] for name in more)) for row in rows(table)]
        assert len(found) == len(set(found)), table


def test_units_below_departments_bear_invented_district_names_only(known):
    for code in [*children(known, "DINKES"), *children(known, "DISDIK")]:
        assert known.units[code].name.split(" ", 1)[1].removeprefix("Pendidikan ") in {*DISTRICTS, "Seroja"}


def test_no_real_place_and_no_person_is_named():
    text = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv"))

    assert not [place for place in REAL_PLACES.split() if re.search(rf"\b{place}\b", text)]
    assert not re.search(r"\b(Bapak|Ibu [A-Z]|dr\.|Drs?\.|Ir\.|H\.|Hj\.|S\.Sos|M\.Si|NIP)\b", text)


def test_tables_are_utf_8_with_as_many_cells_in_each_line():
    for path in sorted(Path(FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(line) for line in csv.reader(file)}) == 1, path.name


def test_a_quarter_covers_half_the_weight_of_every_department_but_the_planning_one(known):
    covered: dict[str, float] = {}
    for row in rows("agreements"):
        if known.indicators[row["indicator_code"]].grain in ("month", "quarter"):
            covered[row["unit_code"]] = covered.get(row["unit_code"], 0) + float(row["2025"] or 0)

    assert {unit for unit, weight in covered.items() if 0 < weight < 50} == {"BAPPEDA"}


def test_every_agreed_indicator_has_figures_or_parts_and_most_have_targets(known):
    drawn = {(row["unit_code"], row["indicator_code"]) for row in rows("series")}
    aimed = {(row["unit_code"], row["indicator_code"]) for row in rows("targets")}
    agreed = {(row["unit_code"], row["indicator_code"]) for row in rows("agreements")}

    from_parts = {(unit, code) for unit, code in agreed - drawn if (f"{unit}/*", code) in drawn}
    computed = {(u, c) for u, c in agreed if known.indicators[c].numerator_indicator_code}
    assert agreed == (agreed & drawn) | from_parts | computed
    assert {code for _, code in agreed - aimed} == {"JML_KEMATIAN_IBU", "JML_KEMATIAN_BAYI"}
