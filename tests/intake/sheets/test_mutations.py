"""Damaged files: nothing but KpiError ever comes out, and never late."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from kpi.errors import KpiError
from kpi.intake.sheets.understanding import UnderstandOptions, understand
from tests.intake.sheets.damage import mutated
from tests.intake.sheets.strange_files import HEADER, good_row, ods, ods_row, xls, xlsx
from tests.intake.sheets.workbooks import ALL, KNOWN


def sources() -> list[bytes]:
    old = xls([["Indikator", "Target 2025", "Realisasi 2025"], ["AKI", 84.5, 81.0]])
    opened = ods(ods_row("Indikator", "Target 2025") + ods_row("AKI", 84.5))
    return [*(make().content for make in ALL), old, opened, xlsx(HEADER + good_row())]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused_in_words(seed):
    chance = random.Random(seed)
    content = mutated(chance.choice(sources()), chance)
    began = time.monotonic()
    with contextlib.suppress(KpiError):
        understood = understand(content, KNOWN, UnderstandOptions(create=True))
        assert all(finding.message for finding in understood.findings)
    assert time.monotonic() - began < 20  # 10 s on a machine that does nothing else
