"""The catalogue, its filters, who reports an indicator and its targets over time."""

from __future__ import annotations

import dataclasses

from kpi.i18n import Translator
from kpi.model import Indicator, Polarity
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import indicators_words as words
from kpi.views.definitions import definition_of, definitions_of
from kpi.views.indicators import ANY, catalogue, codes_of_unit, reporters, targets_over_time
from kpi.views.selection import Selection
from kpi.views.sheets import sheet_of
from kpi.views.weaknesses import weaknesses
from kpi.views.why import why_scored
from tests.small_organisation import INDICATORS, QUARTERS, TOWN

KMK = load_profile("kmk")
NOW = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def test_the_catalogue_holds_every_indicator_as_it_was_defined(town: Snapshot):
    assert definitions_of(town, TOWN) == INDICATORS


def test_the_catalogue_is_filtered_by_direction_and_unit(town: Snapshot):
    known = catalogue(town, TOWN, KMK)
    of_unit = codes_of_unit(town, TOWN, "PKM_A")

    assert [entry.definition.indicator_code for entry in known.chosen(ANY, ANY, of_unit)] == ["IMUNISASI", "KEMATIAN"]
    assert [entry.definition.name for entry in known.chosen("minimize", ANY, None)] == ["Kematian ibu"]
    assert known.chosen(ANY, "Nowhere", None) == ()
    assert codes_of_unit(town, TOWN, ANY) is None
    assert known.polarities == (Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.NEUTRAL)


def test_an_indicator_that_a_link_asks_for_stays_in_the_choices(town: Snapshot):
    known = catalogue(town, TOWN, KMK)

    assert list(words.choices(known.chosen("minimize", ANY, None), known, "APS")) == ["APS", "KEMATIAN"]


def test_the_sheet_shows_every_field_of_the_definition_and_says_which_are_empty(town: Snapshot):
    shown = words.sheet_table(definition_of(town, TOWN, "KEMATIAN"), {}, indonesian)
    stated = dict(shown.itertuples(index=False))

    assert set(words.FIELDS) == {field.name for field in dataclasses.fields(Indicator)} - {"organisation_code"}
    assert stated["Arah"] == "Makin rendah makin baik"
    assert stated["Sumber data"] == "(belum dinyatakan)"
    assert len(shown) == len(words.FIELDS)


def test_the_units_that_report_stand_with_newest_value_and_weight(town: Snapshot):
    shown = words.reporters_table(reporters(town, NOW, "KEMATIAN", KMK), sheet_of(town, TOWN, "KEMATIAN"), KMK, english)

    assert list(shown["Unit"]) == ["Kota Contoh", "Dinas Kesehatan", "Puskesmas A", "Puskesmas B"]
    assert list(shown.iloc[2]) == ["Puskesmas A", "12 kasus", "Q3 2026", "10 kasus", "◆ Yellow", "1"]


def test_targets_stand_period_by_period_and_a_missing_value_stays_missing(town: Snapshot):
    found = targets_over_time(town, NOW, "JEMBATAN", "DPU")

    assert [point.period for point in found.points] == list(QUARTERS)
    assert [point.target for point in found.points] == [100.0] * 7
    assert words.targets_points(found, english)["value"].isna().all()
    assert words.targets_ticks(found) == ([0, 4], ["2025", "2026"])
    assert list(words.targets_table(found, english).iloc[0]) == ["Q3 2026", "100%", "–"]


def test_an_indicator_without_targets_says_so(town: Snapshot):
    assert not targets_over_time(town, NOW, "SISWA", "DISDIK").has_targets


def test_the_first_sentence_is_made_from_the_numbers(town: Snapshot):
    why = why_scored(town, NOW, "KEMATIAN", "PKM_A", KMK)
    found = weaknesses(town, NOW, "KEMATIAN", KMK)

    assert words.sentence(definition_of(town, TOWN, "KEMATIAN"), why, found, 4, KMK, english) == (
        "Kematian ibu: 4 units have figures of it. Puskesmas A stands at 12 kasus and index 80.0, ◆ Yellow. "
        f"{len(found)} weaknesses in its definition."
    )
