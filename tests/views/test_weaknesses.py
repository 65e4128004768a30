"""Weaknesses of a definition: each rule on both sides, and the words for every one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kpi.i18n import Translator
from kpi.model import (
    AggregationOverPeriods,
    ControlLevel,
    Indicator,
    Mark,
    Organisation,
    Polarity,
    Unit,
    ValidityLevel,
)
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views.selection import Selection
from kpi.views.sheets import sheet_of
from kpi.views.weaknesses import SOURCES, Found, Weakness, sheet_weaknesses, weaknesses
from kpi.views.weaknesses_words import ADVICE, line, text

TOWN = "KOTA"
KMK, LKJIP = load_profile("kmk"), load_profile("lkjip_a")
english = Translator("en")
SOUND = Indicator(
    TOWN, "X", "Sound", "%", Polarity.MAXIMIZE, definition="d", formula="f", data_source="s", baseline="b",
    validity_level=ValidityLevel.PROXY, control_level=ControlLevel.MODERATE,
)  # fmt: skip


def test_a_whole_sheet_has_no_weakness():
    assert sheet_weaknesses(SOUND, KMK) == ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"polarity": None}, Weakness.NO_DIRECTION),
        ({"definition": None}, Weakness.NO_DEFINITION),
        ({"formula": None}, Weakness.NO_FORMULA),
        ({"data_source": None}, Weakness.NO_SOURCE),
        ({"baseline": None}, Weakness.NO_BASELINE),
        ({"validity_level": ValidityLevel.ACTIVITY}, Weakness.ACTIVITY),
        (
            {"validity_level": ValidityLevel.ACTIVITY, "control_level": ControlLevel.LOW},
            Weakness.FORBIDDEN_ACTIVITY_LOW,
        ),
        ({"validity_level": ValidityLevel.EXACT, "control_level": ControlLevel.HIGH}, Weakness.FORBIDDEN_EXACT_HIGH),
        ({"polarity": Polarity.STABILIZE}, Weakness.NO_CONVERSION_SCALE),
    ],
)
def test_each_thing_left_open_is_one_weakness(changed: dict, expected: Weakness):
    assert sheet_weaknesses(replace(SOUND, **changed), KMK) == (expected,)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"validity_level": ValidityLevel.EXACT, "control_level": ControlLevel.LOW}, id="exact and low"),
        pytest.param({"polarity": Polarity.STABILIZE, "conversion_scale": "0:0;100:100"}, id="scale declared"),
    ],
)
def test_the_allowed_neighbours_are_no_weakness(changed: dict):
    assert sheet_weaknesses(replace(SOUND, **changed), KMK) == ()


def test_a_profile_that_asks_for_no_scale_makes_none_missing():
    assert sheet_weaknesses(replace(SOUND, polarity=Polarity.STABILIZE), LKJIP) == ()


INDICATORS = {
    each.indicator_code: each
    for each in (
        replace(SOUND, indicator_code="EASY", name="Easy"),
        replace(SOUND, indicator_code="HARD", name="Hard"),
        replace(SOUND, indicator_code="LOW", name="Low", polarity=Polarity.MINIMIZE),
        replace(SOUND, indicator_code="AIMLESS", name="Aimless"),
        replace(SOUND, indicator_code="ZERO", name="Zero", polarity=Polarity.MINIMIZE),
        replace(SOUND, indicator_code="WORST", name="Worst", polarity=Polarity.MINIMIZE, worst_value=6.0),
        replace(
            SOUND, indicator_code="BARE", name="Bare rate", aggregation_over_periods=AggregationOverPeriods.RATIO
        ),
        replace(
            SOUND, indicator_code="FEW", name="Few", polarity=Polarity.MINIMIZE, multiplier=100_000, decimals=1,
            aggregation_over_periods=AggregationOverPeriods.RATIO,
        ),
        replace(SOUND, indicator_code="CONTEXT", name="Context", polarity=Polarity.NEUTRAL),
    )
}  # fmt: skip
Figure = tuple[str, int, float, float | None, tuple[float, float] | None]
FIGURES_OF_TOWN: tuple[Figure, ...] = (
    ("EASY", 2025, 85.0, 80.0, None),
    ("EASY", 2026, 85.0, 84.9, None),
    ("HARD", 2025, 85.0, 80.0, None),
    ("HARD", 2026, 85.0, 85.0, None),
    ("LOW", 2025, 10.0, 12.0, None),
    ("LOW", 2026, 10.0, 11.0, None),
    ("AIMLESS", 2026, 10.0, None, None),
    ("ZERO", 2026, 1.0, 0.0, None),
    ("WORST", 2026, 1.0, 0.0, None),
    ("BARE", 2025, 50.0, 50.0, None),
    ("BARE", 2026, 50.0, 50.0, None),
    ("FEW", 2025, 200.0, 150.0, (10.0, 5000.0)),
    ("FEW", 2026, 200.0, 150.0, (10.0, 5000.0)),
    ("CONTEXT", 2026, 9.0, None, None),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weak")
    rows = [
        {
            "line": at,
            "unit_code": TOWN,
            "indicator_code": code,
            "grain": "year",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "value": value,
            "target": target,
            "numerator": parts[0] if parts else None,
            "denominator": parts[1] if parts else None,
            "multiplier": INDICATORS[code].multiplier,
            "weight": 1.0,
        }
        for at, (code, year, value, target, parts) in enumerate(FIGURES_OF_TOWN, start=2)
    ]
    definitions = Definitions(Organisation(TOWN, "Kota"), {TOWN: Unit(TOWN, TOWN, "Kota")}, INDICATORS)
    with Record.opened(folder, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test"), definitions, pa.Table.from_pylist(rows, FIGURES))
    publish(folder, today=date(2027, 1, 5))
    return folder


def found(store: Path, code: str) -> tuple[Found, ...]:
    return weaknesses(Snapshot.open(store), Selection(TOWN, Period.parse("2026"), False, "kmk"), code, KMK)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EASY", [Weakness.TARGET_BELOW_LAST_YEAR]),
        ("HARD", []),
        ("LOW", [Weakness.TARGET_BELOW_LAST_YEAR]),
        ("AIMLESS", [Weakness.NO_YEAR_TARGET]),
        ("ZERO", [Weakness.ZERO_TARGET_WITHOUT_WORST]),
        ("WORST", []),
        ("BARE", [Weakness.RATIO_WITHOUT_DENOMINATORS]),
        ("FEW", [Weakness.FEW_CASES]),
        ("CONTEXT", []),
    ],
)
def test_targets_and_counts_show_their_weaknesses(store: Path, code: str, expected: list[Weakness]):
    assert [each.kind for each in found(store, code)] == expected


def test_a_weakness_says_where_why_and_what_to_do_with_its_source(store: Path):
    few, easy = found(store, "FEW")[0], found(store, "EASY")[0]
    snapshot = Snapshot.open(store)

    assert "Kota: 10 cases a year; one case moves it by 20%." in line(few, sheet_of(snapshot, TOWN, "FEW"), english)
    said = line(easy, sheet_of(snapshot, TOWN, "EASY"), english)
    assert "Kota: 85% the year before, target 84.9%." in said
    assert "KMK 127/2026 Tabel 15, S08: second-hand, not the official text" in said


def test_nothing_weak_is_said_too(store: Path):
    assert text((), sheet_of(Snapshot.open(store), TOWN, "HARD"), english) == "None was found."


def test_every_weakness_has_words_and_no_unsure_rule_passes_for_the_official_text():
    assert set(ADVICE) == set(Weakness)
    assert {rule.mark for rule in SOURCES.values()} <= {Mark.VERIFIED, Mark.SECONDARY}
