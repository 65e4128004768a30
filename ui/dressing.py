"""The document in which every page comes: its language, our fonts and looks, and what is seen before the page is there.

Streamlit serves one English index.html for all pages; this puts our words and files into it on its way out.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kpi.i18n import Language, Translator, mark
from ui.assets import FONTS, STYLES, address

NAME: Final = "IKU"
_BARS: Final = 3
"""Grey bars that stand where title, sentence and chart will."""
STREAMLITS_WORDS: Final = (
    mark("Skip to main content"),
    mark("App pages"),
    mark("Sidebar"),
    mark("Collapse sidebar"),
    mark("Expand sidebar"),
    mark("Open"),
    mark("Close"),
    mark("Clear all"),
    mark("Remove "),
    mark("Choose an option"),
    mark("Choose options"),
    mark("No results"),
    mark("No options to select"),
    mark("Select all"),
    mark("Help for "),
    mark("Link to heading"),
    mark("Fullscreen"),
    mark("Fullscreen: "),
    mark("Close fullscreen"),
    mark("Search"),
    mark("Search: "),
    mark("Show/hide columns"),
    mark("Show/hide columns: "),
    mark("Download as CSV: "),
    mark("Sort ascending"),
    mark("Sort descending"),
    mark("Autosize"),
    mark("Pin column"),
    mark("Unpin column"),
    mark("Hide column"),
    mark("Format"),
    mark("Upload"),
    mark("file upload"),
    mark("Drag and drop a file here"),
    mark("Drag and drop files here"),
    mark(" per file"),
    mark("Press Enter to apply"),
    mark("Press Enter to submit form"),
    mark("Press Ctrl+Enter to apply"),
    mark("Press Ctrl+Enter to submit form"),
    mark("Running..."),
    mark("Stop"),
    mark("Page not found"),
    mark("The page that you have requested does not seem to exist. Running the app's main page."),
    mark("Connection error"),
    mark("Connecting"),
    mark("Decrement"),
    mark("Increment"),
    mark("Previous page"),
    mark("Next page"),
    mark("Page "),
)
"""What Streamlit's own controls say; a word that ends in a space, or begins with one, has a name on that side."""
_ROOT: Final = re.compile(r'<div id="root"></div>')
_PRELOAD: Final = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*/>')
_NOSCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


@cache
def streamlits_words(language: Language) -> dict[str, str]:
    """Return Streamlit's words with what stands in their place, those that are said otherwise."""
    t = Translator(language)
    return {word: t(word) for word in STREAMLITS_WORDS if t(word) != word}


def dressed(document: str, language: Language) -> str:
    """Return Streamlit's document with our language, looks and first paint in place of its own."""
    t = Translator(language)
    head = "".join(
        f'<link rel="preload" href="./{address(font)}" as="font" type="font/woff2" crossorigin />' for font in FONTS
    )
    head += "".join(f'<link rel="stylesheet" href="./{address(style)}" />' for style in STYLES)
    words = json.dumps(streamlits_words("id"), ensure_ascii=False).replace("<", "\\u003c")
    foot = (
        f'<script type="application/json" id="kpi-words">{words}</script><script src="./{address("page.js")}"></script>'
    )
    said = html.escape(t("Fetching the figures …"))
    bars = "<i></i>" * _BARS
    first = f'<div class="kpi-first" role="status"><div><p class="kpi-name">{NAME}</p><p>{said}</p>{bars}</div></div>'
    absent = html.escape(t("This dashboard needs JavaScript. Switch it on in the browser, and load the page again."))
    document = document.replace('<html lang="en">', f'<html lang="{language}">')
    document = document.replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    document = _PRELOAD.sub("", document).replace("</head>", f"{head}</head>")
    document = _NOSCRIPT.sub(f"<noscript><p>{absent}</p></noscript>", document)
    return _ROOT.sub(lambda _: f'<div id="root"></div>{first}{foot}', document)


class Dressing:
    """The middleware that dresses every HTML document on its way out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a document dressed in the language that its address asks for."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        if "text/html" in Headers(scope=scope).get("accept", ""):  # a browser's navigation: in plain, to be rewritten
            scope = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang")
        await self._app(scope, receive, _Sending(send, "en" if asked == ["en"] else "id").sent)


class _Sending:
    """One answer on its way: held back while it is a document, until it is whole."""

    def __init__(self, send: Send, language: Language) -> None:
        self._send = send
        self._language: Language = language
        self._start: Message | None = None
        self._body = b""

    async def sent(self, message: Message) -> None:
        """Send a part of the answer, or keep it until the document is whole."""
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = dressed(self._body.decode("utf-8"), self._language).encode()
        headers = MutableHeaders(scope=self._start)
        headers["content-length"] = str(len(body))
        del headers["etag"]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _is_document(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    is_plain = "content-encoding" not in headers
    return message["status"] == 200 and is_plain and headers.get("content-type", "").startswith("text/html")
