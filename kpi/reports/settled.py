"""Office files without the moment at which they were zipped: the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Final

CORE: Final = "docProps/core.xml"
_MOMENTS: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def settled(content: bytes, made_at: datetime) -> bytes:
    """Return an Office file whose parts, and workbooks inside it, carry `made_at` and the zip no time at all."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made,
    ):
        for entry in given.infolist():
            part = given.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = settled(part, made_at)
            elif entry.filename == CORE:
                part = _MOMENTS.sub(rb"\g<1>" + moment(made_at).encode() + rb"\2", part)
            fixed = zipfile.ZipInfo(entry.filename, _EARLIEST)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            made.writestr(fixed, part)
    return out.getvalue()


def moment(made_at: datetime) -> str:
    """Return a moment as Office writes it, in universal time."""
    return made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
