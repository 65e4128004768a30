"""Damages files at random, the same for the same chance: bytes of any file, or one part of a workbook's zip."""

from __future__ import annotations

import io
import random
import zipfile

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


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content damaged: of a workbook mostly inside a part, so that it still opens."""
    is_inside = content.startswith(b"PK") and chance.random() < 0.7
    return damaged_inside(content, chance) if is_inside else damaged(content, chance)


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
