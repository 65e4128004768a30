"""Why a figure scores as it does: steps with numbers put in, sources in words, where the figure comes from."""

from __future__ import annotations

import pytest

from kpi.errors import UnknownCode
from kpi.i18n import Translator
from kpi.model import Mark, Origin
from kpi.periods import Period
from kpi.scoring.explanation import evaluate
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import why_words as words
from kpi.views.selection import Selection
from kpi.views.steps_words import MARKS
from kpi.views.why import Why, units_carrying, why_scored
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
indonesian, english = Translator("id"), Translator("en")


def why(town: Snapshot, unit: str, indicator: str, period: str = "2026-Q3") -> Why:
    return why_scored(town, Selection(TOWN, Period.parse(period), False, "kmk"), indicator, unit, KMK)


def test_the_steps_hold_the_numbers_and_who_says_so(town: Snapshot):
    said = words.steps(why(town, "PKM_A", "KEMATIAN"), KMK, english)

    assert said[0] == (
        "Achievement = (2 × T − R) ÷ T = (2 × 10 − 12) ÷ 10 = 80.0%. "
        ":small[:gray[(KMK 127/2026 hal. 67–70, S06, S07: second-hand, not the official text)]]"
    )
    assert said[-1].startswith("80.0% is at or above 80.0%: ◆ Yellow.")
    assert "found in no source" in said[-1]


def test_the_explanation_gives_the_index_back(town: Snapshot):
    found = why(town, "PKM_B", "IMUNISASI")

    assert evaluate(found.explanation) == pytest.approx(1.1)


def test_it_says_from_which_parts_and_which_batch_the_figure_came(town: Snapshot):
    found = why(town, "DINKES", "KEMATIAN")
    said = " ".join(words.origin(found, english))

    assert found.origin is Origin.UNITS
    assert "2 of 2 parts: periods are added up; units are added up." in said
    assert "town.csv, test," in said


def test_a_figure_that_is_not_scored_says_why_and_what_to_do(town: Snapshot):
    said = words.text(why(town, "DPU", "JEMBATAN"), KMK, english)

    assert "Not scored: there is no value for this period." in said
    assert "**What to do:** Report the value for this period." in said


def test_a_period_without_the_figure_points_to_the_newest_one(town: Snapshot):
    found = why(town, "DISDIK", "LULUS")
    said = words.text(found, KMK, indonesian)

    assert not found.has_figure
    assert "Dinas Pendidikan tidak memiliki angka indikator ini untuk Triwulan III 2026." in said
    assert "Indikator ini dilaporkan per tahun. Yang terbaru 95% (2025)." in said


def test_the_verdict_says_figure_target_index_and_rating(town: Snapshot):
    assert words.verdict(why(town, "PKM_A", "KEMATIAN"), KMK, indonesian) == (
        "Puskesmas A, Triwulan III 2026: 12 kasus, target 10 kasus. Indeks 80,0: ◆ Kuning."
    )


def test_every_mark_is_said_in_words_and_no_unsure_one_as_the_official_text():
    assert set(MARKS) == set(Mark)
    assert all("not the official text" in MARKS[mark] for mark in (Mark.SECONDARY, Mark.RECALLED))


def test_units_that_carry_an_indicator_are_offered_parents_first(town: Snapshot):
    assert list(units_carrying(town, TOWN, "KEMATIAN")["unit_code"]) == ["KOTA", "DINKES", "PKM_A", "PKM_B"]


def test_an_unknown_indicator_or_unit_is_refused(town: Snapshot):
    with pytest.raises(UnknownCode, match="Did you mean 'KEMATIAN'"):
        why(town, "PKM_A", "KEMATAN")
    with pytest.raises(UnknownCode, match="unit 'NIEMAND'"):
        why(town, "NIEMAND", "KEMATIAN")
