"""What a unit's figures take from its index: by hand on the small town, and against the published index."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kpi.errors import UnknownCode
from kpi.i18n import Translator
from kpi.model import Reason
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import gaps_tables as tables
from kpi.views import gaps_words as words
from kpi.views.gaps import BULLETS_ON_A_PAGE, Cut, Gap, GapsOfUnit, gaps_of_unit, page_of, pages_of, units_in
from kpi.views.overview import NotRated
from kpi.views.selection import Selection
from kpi.views.waterfall import GAINS_SHOWN, LOSSES_SHOWN, waterfall
from tests.small_organisation import QUARTERS, TOWN, UNITS

KMK = load_profile("kmk")
Q3 = Period.parse("2026-Q3")
indonesian, english = Translator("id"), Translator("en")


def selected(period: Period = Q3, *, to_date: bool = False, profile: str = "kmk") -> Selection:
    return Selection(TOWN, period, to_date, profile)


def gaps(town: Snapshot, unit: str, period: Period = Q3, profile: str = "kmk") -> GapsOfUnit:
    return gaps_of_unit(town, selected(period, profile=profile), unit, load_profile(profile))


def test_a_missed_indicator_costs_its_share_of_weight_times_what_it_lacks(town: Snapshot):
    found = gaps(town, "PKM_A")

    assert [(gap.sheet.code, round(gap.loss, 9), gap.share) for gap in found.scored] == [
        ("KEMATIAN", 0.05, 0.25),
        ("IMUNISASI", 0.0, 0.75),
    ]
    assert [gap.sheet.code for gap in found.missed] == ["KEMATIAN"]
    assert found.standing.index == pytest.approx(0.95)


def test_gains_above_target_stand_in_the_way_to_the_index(town: Snapshot):
    steps = waterfall(gaps(town, "DINKES"))

    assert [(step.cuts[0].code, round(step.start, 9), round(step.end, 9)) for step in steps] == [
        ("KEMATIAN", 1.0, 0.95),
        ("IMUNISASI", 0.95, 0.975),
    ]


def test_a_parent_loses_by_unit_and_names_the_one_without_an_index(town: Snapshot):
    found = gaps(town, TOWN)

    assert not found.is_own
    assert {cut.code: round(cut.loss, 9) for cut in found.cuts} == {"DPU": 0.125, "DISDIK": 0.025, "DINKES": 0.0125}
    assert [cut.code for cut in found.cuts] == ["DPU", "DISDIK", "DINKES"]
    assert [place.unit_code for place in found.without_index] == ["ARSIP"]
    assert found.pairs[0] == ("DPU", "JALAN")


@pytest.mark.parametrize("profile", ["kmk", "lkjip_a", "lkjip_b", "permenpan8"])
@pytest.mark.parametrize("period", QUARTERS[-3:], ids=lambda period: period.code)
@pytest.mark.parametrize("unit", [code for code in UNITS if code != "ARSIP"])
def test_the_way_from_100_ends_at_the_index_of_the_overview(town: Snapshot, unit: str, period: Period, profile: str):
    found = gaps(town, unit, period, profile)

    assert found.standing.index == pytest.approx(1.0 - sum(cut.loss for cut in found.cuts))
    assert found.standing.index == pytest.approx(waterfall(found)[-1].end if waterfall(found) else 1.0)


def test_losses_agree_with_a_slow_calculation(town: Snapshot):
    facts = town.facts(TOWN, unit_codes=["PKM_A"], grain=Q3.grain, first=Q3.end, last=Q3.end).to_dict("records")
    indices = {
        row["indicator_code"]: row["value"] / row["target"]
        if row["polarity"] == "maximize"
        else (2 * row["target"] - row["value"]) / row["target"]
        for row in facts
    }
    total = sum(row["weight"] for row in facts)

    slow = {row["indicator_code"]: row["weight"] / total * (1 - indices[row["indicator_code"]]) for row in facts}

    assert {cut.code: cut.loss for cut in gaps(town, "PKM_A").cuts} == pytest.approx(slow)


def test_figures_that_are_not_scored_are_listed_with_their_reason(town: Snapshot):
    assert {gap.sheet.code: gap.reason for gap in gaps(town, "DISDIK").not_scored} == {
        "SISWA": Reason.NEUTRAL,
        "LULUS": Reason.NO_VALUE,
    }


def test_a_unit_below_the_least_coverage_is_not_rated_and_says_so(town: Snapshot):
    found = gaps(town, "DPU")

    assert found.standing.why_not is NotRated.LOW_COVERAGE
    assert "kurang dari 50%" in words.sentence(found, KMK, indonesian)
    assert "25%" in words.left_out(found, indonesian)


def test_a_unit_without_figures_has_nothing_to_show(town: Snapshot):
    found = gaps(town, "ARSIP")

    assert (found.pairs, found.cuts, found.standing.why_not) == ((), (), NotRated.NO_FIGURES)
    assert words.sentence(found, KMK, english) == (
        "Dinas Arsip has no index for Q3 2026. Not rated: no figures for this period."
    )


def test_an_unknown_unit_is_refused(town: Snapshot):
    with pytest.raises(UnknownCode, match="Did you mean 'PKM_A'"):
        gaps(town, "PKMA")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        pytest.param(
            "DINKES",
            "Dinas Kesehatan reached 97.5 of 100 (◆ Fair). One indicator cost it 5.0 points: Kematian ibu. "
            "1 above target gave 2.5 points.",
            id="own figures",
        ),
        pytest.param(
            "KOTA",
            "Kota Contoh reached 83.8 of 100 (■ Poor). 3 units below cost it 16.2 points, most of all "
            "Dinas Pekerjaan Umum (12.5 points).",
            id="units below",
        ),
        pytest.param(
            "PKM_B",
            "Puskesmas B reached 107.5 of 100 (● Good). Nothing cost it any points. 1 above target gave 7.5 points.",
            id="nothing lost",
        ),
    ],
)
def test_the_first_sentence_is_made_from_the_numbers(town: Snapshot, unit: str, expected: str):
    assert words.sentence(gaps(town, unit), KMK, english) == expected


def test_the_table_is_a_twin_of_the_bullets_in_the_readers_numbers(town: Snapshot):
    found = gaps(town, "PKM_A")

    row = tables.table(found.scored, found, KMK, indonesian).iloc[0]

    assert list(row[["Indikator", "Realisasi", "Target", "Capaian", "Porsi bobot", "Pengaruh pada indeks"]]) == [
        "Kematian ibu", "12 kasus", "10 kasus", "80,0%", "25,0%", "−5,0 poin",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("Serapan anggaran", "Serapan anggaran · Dinas Pekerjaan Umum dan Tata…", id="a short name"),
        pytest.param(
            "Jalan kabupaten dalam kondisi mantap", "Jalan kabupaten dalam kondisi… · Dinas Pekerjaan…", id="cut"
        ),
    ],
)
def test_an_indicator_and_its_unit_share_a_line_of_the_bullets(town: Snapshot, name: str, title: str):
    found = gaps(town, "DINKES")
    sheet = replace(found.scored[0].sheet, name=name)
    gap = replace(found.scored[0], sheet=sheet, unit_name="Dinas Pekerjaan Umum dan Tata Ruang")
    below = replace(found, is_own=False)

    said = tables.bullets([gap], below, KMK, indonesian, "light").iloc[0]["title"]

    assert re.sub("<[^>]*>", "", said).split(" ", 1)[1] == title


def test_many_small_steps_are_grouped_and_still_sum_to_the_index(town: Snapshot):
    base = gaps(town, "DINKES")
    cuts = [Cut(f"L{n}", f"loss {n}", 0.9, 0.05, 0.02 - n / 1000) for n in range(12)]
    cuts += [Cut(f"G{n}", f"gain {n}", 1.1, 0.05, -0.001 * (n + 1)) for n in range(9)]
    many = GapsOfUnit(base.unit, base.way, base.standing, True, (), (), tuple(cuts), ())

    steps = waterfall(many)

    assert len(steps) == LOSSES_SHOWN + GAINS_SHOWN + 2
    assert [len(step.cuts) for step in steps if len(step.cuts) > 1] == [4, 4]
    assert steps[-1].end == pytest.approx(1 - sum(cut.loss for cut in cuts))
    assert words.step_name(steps[LOSSES_SHOWN], many, english) == "4 other indicators"


@pytest.mark.parametrize(
    ("loss", "expected"),
    [(0.024, "−2.4 points"), (0.0004, "−0.04 points"), (0.00003, "−0.003 points"), (0.0, "±0.0 points")],
)
def test_a_small_loss_is_never_written_as_nothing(loss: float, expected: str):
    assert words.effect(loss, english) == expected


def test_many_units_without_an_index_are_counted_not_listed(town: Snapshot):
    base = gaps(town, TOWN)
    many = replace(base, without_index=base.without_index * 12)

    assert words.left_out(many, english).endswith(", Dinas Arsip and 7 more.")


def test_bullets_come_in_pages(town: Snapshot):
    many: tuple[Gap, ...] = gaps(town, "PKM_A").scored * 15

    assert pages_of(many) == 2
    assert len(page_of(many, 2)) == 30 - BULLETS_ON_A_PAGE
    assert pages_of(()) == 1


def test_units_are_offered_each_below_its_parent(town: Snapshot):
    codes = list(units_in(town, selected())["unit_code"])

    assert codes[0] == TOWN
    assert codes[codes.index("DINKES") + 1 : codes.index("DINKES") + 3] == ["PKM_A", "PKM_B"]
