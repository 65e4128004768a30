"""The QR code that leads from paper back to the live view."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(link: str) -> str:
    """Return the code of a link as an SVG without a declaration."""
    out = BytesIO()
    segno.make(link, error="m").save(out, kind="svg", xmldecl=False, border=2, scale=3, dark="#1c2b36", light="#ffffff")
    return out.getvalue().decode()


def qr_png(link: str) -> bytes:
    """Return the code of a link as a PNG."""
    out = BytesIO()
    segno.make(link, error="m").save(out, kind="png", border=2, scale=6, dark="#1c2b36", light="#ffffff")
    return out.getvalue()
