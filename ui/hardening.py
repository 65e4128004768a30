"""What stands before every request: the hosts that are served, the headers that bound a browser, and the locked routes.

Knows no figure. Streamlit checks hosts, origins and tokens of its websocket and uploads itself; this does the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from kpi.errors import KpiError
from ui import visitor

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
"""Routes of Streamlit's that nobody here needs: how many sessions run, and pages driven by programs."""
GUARDED: Final = ("/media/",)
"""What pages offer to download lies there, under a name made of its content: only for who is let in."""


def content_policy() -> str:
    """Return what a browser may run and load on our pages: this server's files, and no script that stands in a page.

    But for the scripts of Streamlit's own index.html, named by their digests.
    """
    index = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    own = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE.findall(index))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {own}",  # blob: Streamlit runs our chart.js from there
            "style-src 'self' 'unsafe-inline'",  # Streamlit's and Plotly's styles are made at run time
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def bounds() -> dict[str, str]:
    """Return the headers that every answer bears."""
    return {
        "content-security-policy": content_policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class Hardening:
    """The middleware around everything that the server answers."""

    def __init__(self, app: ASGIApp, *, is_https: Callable[[], bool]) -> None:
        self._app = app
        self._is_https = is_https
        self._bounds = bounds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it before anything else has seen it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        answer = await self._refusal(request)
        await (answer or self._app)(scope, receive, self._bounded(send))

    async def _refusal(self, request: HTTPConnection) -> Response | None:
        path = request.url.path
        if not is_host_allowed(request.headers.get("host")):
            return PlainTextResponse("This server does not answer to that name.", status_code=400)
        if path.startswith(CLOSED):
            return PlainTextResponse("Not found", status_code=404)
        if path.startswith(GUARDED) and not await run_in_threadpool(_is_admitted, request):
            return PlainTextResponse("Sign in first.", status_code=403)
        if path.endswith("/auth/logout"):
            visitor.end_sign_in(request)
        return None

    def _bounded(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._bounds.items():
                    headers.setdefault(name, value)
                if self._is_https():
                    headers.setdefault("strict-transport-security", "max-age=31536000")
                    message["headers"] = [_secured(name, value) for name, value in message["headers"]]
            await send(message)

        return sent


def _is_admitted(request: HTTPConnection) -> bool:
    try:
        return visitor.of_request(request).is_admitted
    except KpiError:  # who it is can't be found out, so it is nobody
        return False


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return a header, a cookie with the flag that keeps it off connections that anybody can read."""
    if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
        return name, value + b"; Secure"
    return name, value
