"""SMART-C: each rule finds what it is for and leaves a good draft alone; what stands behind a finding is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi.access import LOCAL, allowed_snapshot
from kpi.i18n import Translator
from kpi.intake.drafts import draft_in
from kpi.model import ControlLevel, Indicator, Polarity, ValidityLevel
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import smart_words as words
from kpi.views.smart import GRAVE, QUALITY, Criterion, Draft, Flaw, quality_weight, reached_before, smart_notes
from kpi.views.weaknesses import Weakness
from tests.small_organisation import TOWN

t = Translator("en")
KMK = load_profile("kmk")
GOOD = Indicator(
    "KOTA",
    "WAKTU_TUNGGU",
    "Waktu tunggu rawat jalan",
    "menit",
    Polarity.MINIMIZE,
    "month",
    definition="Menit sejak pendaftaran sampai kontak pertama dengan dokter pada hari kerja, tanpa gawat darurat",
    formula="jumlah menit ÷ jumlah pasien",
    data_source="Register loket",
    responsible="Kepala instalasi",
    baseline="64 (2025)",
    validity_level=ValidityLevel.PROXY,
    control_level=ControlLevel.MODERATE,
)


def kinds(draft: Draft) -> set[Flaw | Weakness]:
    return {note.kind for note in smart_notes(draft, KMK)}


def test_a_good_draft_has_nothing_to_mend():
    draft = Draft(GOOD, 45.0, None, 58.0)

    assert kinds(draft) == set()
    assert words.verdict((), t) == "Nothing to mend: this draft can be agreed."
    assert all("✔" in words.heading(criterion, (), t) for criterion in Criterion)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": ""}, Flaw.NO_NAME),
        ({"name": "Waktu tunggu di bawah 90%"}, Flaw.NUMBER_IN_NAME),
        ({"name": "Meningkatnya kecepatan layanan"}, Flaw.WISH_IN_NAME),
        ({"name": "Pelaksanaan rapat"}, Flaw.WISH_IN_NAME),
        ({"name": "Kecepatan dan mutu layanan"}, Flaw.TWO_IN_ONE),
        ({"name": "Waktu tunggu optimal"}, Flaw.VAGUE_WORD),
        ({"definition": "Waktu tunggu rawat jalan"}, Flaw.THIN_DEFINITION),
        ({"definition": None}, Weakness.NO_DEFINITION),
        ({"unit_of_measure": " "}, Flaw.NO_UNIT_OF_MEASURE),
        ({"unit_of_measure": "%", "formula": "dari survei"}, Flaw.SHARE_WITHOUT_DIVISION),
        ({"formula": None}, Weakness.NO_FORMULA),
        ({"data_source": None}, Weakness.NO_SOURCE),
        ({"polarity": None}, Weakness.NO_DIRECTION),
        ({"responsible": None}, Flaw.NO_RESPONSIBLE),
        ({"control_level": None}, Flaw.LEVELS_NOT_STATED),
        ({"control_level": ControlLevel.LOW}, Flaw.LOW_CONTROL),
        (
            {"control_level": ControlLevel.LOW, "validity_level": ValidityLevel.ACTIVITY},
            Weakness.FORBIDDEN_ACTIVITY_LOW,
        ),
        ({"control_level": ControlLevel.HIGH, "validity_level": ValidityLevel.EXACT}, Weakness.FORBIDDEN_EXACT_HIGH),
        ({"highest_possible": 40.0}, Flaw.IMPOSSIBLE_TARGET),
        ({"grain": "year"}, Flaw.YEARLY_ONLY),
        ({"validity_level": ValidityLevel.ACTIVITY}, Weakness.ACTIVITY),
        ({"baseline": None}, Weakness.NO_BASELINE),
        ({"polarity": Polarity.STABILIZE}, Weakness.NO_CONVERSION_SCALE),
    ],
)
def test_each_rule_finds_what_it_is_for(changes: dict, found: Flaw | Weakness):
    draft = Draft(replace(GOOD, **changes), 45.0, None, 58.0)

    assert kinds(draft) == {found}
    [note] = smart_notes(draft, KMK)
    assert note.is_grave == (found in GRAVE)
    assert words.line(note, t) != words.line(note, Translator("id"))


@pytest.mark.parametrize(
    ("target", "before", "found"),
    [
        (None, 58.0, Flaw.NO_TARGET),
        (0.0, 0.5, Weakness.ZERO_TARGET_WITHOUT_WORST),
        (20.0, 58.0, Flaw.FAR_TARGET),
        (60.0, 58.0, Weakness.TARGET_BELOW_LAST_YEAR),
        (58.0, 58.0, Flaw.SAME_AS_BEFORE),
        (45.0, None, Flaw.NOTHING_BEFORE),
    ],
)
def test_a_target_is_held_against_what_there_was(target: float | None, before: float | None, found: Flaw | Weakness):
    assert found in kinds(Draft(GOOD, target, None, before))


def test_context_only_needs_no_target():
    assert Flaw.NO_TARGET not in kinds(Draft(replace(GOOD, polarity=Polarity.NEUTRAL)))


def test_a_name_that_only_holds_numbers_of_a_unit_of_measure_is_no_target():
    assert kinds(Draft(replace(GOOD, name="AKB per 1.000 kelahiran hidup, usia 0-59 bulan"), 45.0, None, 58.0)) == set()


def test_quality_weights_are_those_of_table_14_and_the_forbidden_pairs_have_none():
    assert set(QUALITY.values()) == {1.20, 1.15, 1.10, 1.00, 0.90, 0.80, 0.60}
    assert quality_weight(GOOD) == 1.0
    assert quality_weight(replace(GOOD, validity_level=ValidityLevel.ACTIVITY, control_level=ControlLevel.LOW)) is None
    assert "second-hand" in words.quality(GOOD, t)


def test_texts_of_a_form_make_a_draft_and_what_cannot_be_read_is_said():
    fields = {"name": "Waktu tunggu", "unit_of_measure": "menit", "polarity": "minimize", "highest_possible": "seratus"}
    draft, faults = draft_in(fields, "40–45", "58,5", {})

    assert (draft.target, draft.target_high, draft.before) == (40.0, 45.0, 58.5)
    assert draft.indicator.polarity is Polarity.MINIMIZE
    assert [place for place, _ in faults] == ["highest_possible"]


def test_what_was_reached_before_is_the_whole_year_before(small_store: Path):
    snapshot = allowed_snapshot(small_store, Snapshot.open(small_store), LOCAL)
    year = Period.parse("2026")
    facts = snapshot.facts(TOWN, unit_codes=["PKM_A"], indicator_codes=["IMUNISASI"])
    of_2025 = [value for start, value in zip(facts["period_start"], facts["value"], strict=True) if start.year == 2025]

    assert reached_before(snapshot, TOWN, ("PKM_A", "IMUNISASI"), year) == pytest.approx(sum(of_2025) / 4)
    assert reached_before(snapshot, TOWN, ("PKM_A", "TIDAK_ADA"), year) is None
