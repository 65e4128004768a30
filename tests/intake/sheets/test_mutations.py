"""Damaged files: nothing but KpiError ever comes out, and never late."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile

import pytest

from kpi.errors import KpiError
from kpi.intake.sheets.understanding import UnderstandOptions, understand
from tests.intake.sheets.strange_files import HEADER, good_row, ods, ods_row, xls, xlsx
from tests.intake.sheets.workbooks import ALL, KNOWN

_HOSTILE = [
    "1.234",
    "=1+1",
    "9" * 400,
    "\0",
    "１２",
    "{0}",
    "80-90",
    "2025",
    "Target 2025",
    "TW I",
    "-",
    "#REF!",
    "á" * 300,
]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with bytes changed, cut out, doubled or put in."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 200)]
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(1, 200)]
            case _:
                changed[at:at] = chance.choice(_HOSTILE).encode()
    return bytes(changed)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """The zipped workbook with one of its parts damaged and the zip itself sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith(".xml")])
    parts[name] = damaged(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return stream.getvalue()


def sources() -> list[bytes]:
    old = xls([["Indikator", "Target 2025", "Realisasi 2025"], ["AKI", 84.5, 81.0]])
    opened = ods(ods_row("Indikator", "Target 2025") + ods_row("AKI", 84.5))
    return [*(make().content for make in ALL), old, opened, xlsx(HEADER + good_row())]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused_in_words(seed):
    chance = random.Random(seed)
    content = chance.choice(sources())
    is_zip = content.startswith(b"PK") and chance.random() < 0.7
    content = damaged_inside(content, chance) if is_zip else damaged(content, chance)
    began = time.monotonic()
    with contextlib.suppress(KpiError):
        understood = understand(content, KNOWN, UnderstandOptions(create=True))
        assert all(finding.message for finding in understood.findings)
    assert time.monotonic() - began < 20  # 10 s on a machine that does nothing else
