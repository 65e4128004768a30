"""Serves scripts and styles compressed: Streamlit's own lie uncompressed in its package, 7 MB for one page.

Each file is compressed when it is first asked for, once per process, and held in memory. What isn't a known file, or a
browser that can't read gzip, goes on to Streamlit.
"""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache
from pathlib import Path
from typing import Final

import anyio.to_thread
import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import assets

ENDINGS: Final = frozenset({".js", ".css", ".json", ".svg"})
SMALLEST: Final = 1_000
"""Bytes; below it a compressed file is hardly smaller."""
FOREVER: Final = {"Cache-Control": "public, immutable, max-age=31536000", "Vary": "Accept-Encoding"}
"""Every address holds a digest of what lies there, so a browser never asks twice."""


def known_files() -> dict[str, Path]:
    """Return the files that are served compressed, by their path in the address."""
    root = Path(streamlit.__file__).parent / "static"
    found = (path for path in (root / "static").rglob("*") if path.suffix in ENDINGS)
    theirs = {f"/{path.relative_to(root).as_posix()}": path for path in found}
    ours = {f"/{assets.address(name)}": path for name, path in assets.FILES.items()}
    return {address: path for address, path in (theirs | ours).items() if path.stat().st_size >= SMALLEST}


class Compressed:
    """ASGI middleware: answers for known files, hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files = known_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if path is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        body = await anyio.to_thread.run_sync(compressed, path)
        kind, _ = mimetypes.guess_type(path.name)
        await Response(body, headers={**FOREVER, "Content-Encoding": "gzip"}, media_type=kind)(scope, receive, send)


@cache
def compressed(path: Path) -> bytes:
    """Return a file's bytes, compressed."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
