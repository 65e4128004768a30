"""Streamlit's front page with the scripts named that every page of ours needs, so that a browser fetches them at once.

Left alone, a browser learns of them one after another, each from the one before: six rounds on the line before a chart.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import assets, lost

STATIC: Final = Path(streamlit.__file__).parent / "static"
INDEX: Final = STATIC / "index.html"
ON_EVERY_PAGE: Final = ("BidiComponent", "ButtonGroup", "Selectbox")
"""Streamlit's elements that it loads when they are drawn, and that every page draws."""
HEAD: Final = 50_000
"""Letters of a script that hold all it imports at once, five times over: all scripts together have 2.4 million."""
_ENTRY: Final = re.compile(r'src="\./static/js/(index\.[^"]+\.js)"')
_IMPORTED: Final = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


def scripts_needed() -> list[str]:
    """Return the file names of the scripts that a page needs: the entry's own and all that those import."""
    folder = STATIC / "static" / "js"
    entry = _ENTRY.search(INDEX.read_text(encoding="utf-8"))
    found: dict[str, None] = {}
    waiting = [entry.group(1)] if entry else []
    waiting += [path.name for name in ON_EVERY_PAGE for path in sorted(folder.glob(f"{name}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            with (folder / name).open(encoding="utf-8") as script:
                waiting += _IMPORTED.findall(script.read(HEAD))
    return list(found)


def with_scripts_named() -> bytes:
    """Return Streamlit's front page with a line for each script, ours too."""
    page = INDEX.read_text(encoding="utf-8")
    unnamed = [name for name in scripts_needed() if f"/{name}" not in page]
    theirs = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}" />' for name in unnamed]
    ours = [
        f'<link rel="modulepreload" href="./{assets.address("chart.js")}" />',
        f'<link rel="modulepreload" href="./{assets.address("parts.js")}" />',
        f'<link rel="preload" as="script" href="./{assets.address("plotly-basic.min.js")}" />',
    ]
    return page.replace("</head>", "\n".join([*theirs, *ours, "</head>"]), 1).encode()


class FrontPage:
    """ASGI middleware: wherever Streamlit answers with its front page, whole, ours goes out.

    Where no page of ours has the address, the browser is sent on to one (`ui.lost`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._plain = with_scripts_named()
        self._compressed = gzip.compress(self._plain, mtime=0)
        self._size = str(INDEX.stat().st_size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = Headers(scope=scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if asked is None or "text/html" not in asked.get("accept", ""):
            await self._app(scope, receive, send)
            return
        reads_gzip = "gzip" in asked.get("accept-encoding", "")
        page = self._compressed if reads_gzip else self._plain
        on = lost.way_on(scope["path"], scope["query_string"].decode("latin-1"))
        is_ours = False

        async def sent(message: Message) -> None:
            nonlocal is_ours, page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                is_ours = message["status"] == 200 and headers.get("content-length") == self._size
                if is_ours and on is not None:
                    page, message = b"", {**message, "status": 303, "headers": []}
                    headers = MutableHeaders(raw=message["headers"])
                    headers.update({"location": on, "content-length": "0", "cache-control": "no-store"})
                elif is_ours:
                    headers["content-length"] = str(len(page))
                    headers["vary"] = "Accept-Encoding"
                    del headers["etag"]
                    if reads_gzip:
                        headers["content-encoding"] = "gzip"
                await send(message)
            elif not is_ours:
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": page})

        uncompressed = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": uncompressed}, receive, sent)
