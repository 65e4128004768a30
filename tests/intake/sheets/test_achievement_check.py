"""The file's own achievement against ours: each difference has its explanation."""

from __future__ import annotations

import pytest

from kpi.intake.sheets.achievement_check import Difference
from kpi.intake.sheets.understanding import UnderstandOptions, understand
from tests.intake.sheets.workbooks import KNOWN


def difference(indicator: str, target: str, value: str, own: str, profile: str = "lkjip_a") -> Difference | None:
    text = f"Indikator;Target 2025;Realisasi 2025;Capaian (%)\n{indicator};{target};{value};{own}\n"
    understood = understand(text.encode(), KNOWN, UnderstandOptions(unit="DINKES", profile=profile))
    (compared,) = understood.achievements
    return compared.difference


@pytest.mark.parametrize(
    ("indicator", "target", "value", "own", "expected"),
    [
        ("APM_SD", "95,25", "95,31", "100,06", None),
        ("APM_SD", "95,25", "95,31", "100,1", Difference.ROUNDING),
        ("APM_SD", "95,25", "95,31", "100", Difference.OTHER_CAP),
        ("APM_SD", "50", "70", "120", Difference.OTHER_CAP),
        ("AKI", "162", "186", "85,19", None),
        ("AKI", "162", "186", "87,10", Difference.OTHER_FORMULA),
        ("AKI", "162", "186", "114,81", Difference.OTHER_POLARITY),
        ("AKI", "162", "400", "0", Difference.OTHER_CAP),
        ("APM_SD", "95,25", "95,31", "42,42", Difference.UNEXPLAINED),
    ],
)
def test_differences_are_explained(indicator, target, value, own, expected):
    assert difference(indicator, target, value, own) is expected


def test_achievements_written_as_ratios_are_recognised():
    assert difference("APM_SD", "80", "60", "0,75") is None


def test_a_missing_value_is_not_compared():
    text = "Indikator;Target 2025;Realisasi 2025;Capaian (%)\nAPM_SD;95;n/a;0\n"
    assert not understand(text.encode(), KNOWN, UnderstandOptions(unit="DINKES")).achievements
