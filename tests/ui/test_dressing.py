"""The document of every page speaks the reader's language and says something before any script has run."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import anyio.from_thread
import pytest
import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from tests.pages.conftest import ROOT
from ui import assets
from ui.dressing import STREAMLITS_WORDS, Dressing, dressed, streamlits_words

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


async def _index(scope, receive, send) -> None:
    """Answer as Streamlit does: packed for whoever takes it packed."""
    is_packed = "gzip" in Request(scope).headers.get("accept-encoding", "")
    answer: Response = HTMLResponse(INDEX)
    if scope["path"].endswith(".txt"):
        answer = PlainTextResponse(INDEX)
    elif is_packed:
        answer = HTMLResponse(gzip.compress(INDEX.encode()), headers={"content-encoding": "gzip"})
    await answer(scope, receive, send)


def asked(path: str, query: str = "", accept: str = "text/html,*/*") -> tuple[dict[str, str], str]:
    """What a browser gets: headers and body."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request"}

    async def send(message) -> None:
        sent.append(message)

    headers = [(b"accept", accept.encode()), (b"accept-encoding", b"gzip, br")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers}
    with anyio.from_thread.start_blocking_portal() as loop:
        loop.call(Dressing(_index), scope, receive, send)
    start = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return start, b"".join(each.get("body", b"") for each in sent[1:]).decode()


@pytest.mark.parametrize(("query", "language", "said"), [("", "id", "Mengambil"), ("x=1&lang=en", "en", "Fetching")])
def test_a_document_speaks_the_language_that_its_address_asks_for(query, language, said):
    headers, body = asked("/gaps", query)

    assert f'<html lang="{language}">' in body
    assert said in body
    assert int(headers["content-length"]) == len(body.encode())
    assert "content-encoding" not in headers


def test_nothing_of_streamlits_own_is_left_that_a_reader_would_see():
    body = asked("/")[1]

    assert "<title>IKU</title>" in body
    assert "You need to enable JavaScript" not in body
    assert "SourceSans" not in body


def test_what_the_document_fetches_is_there_and_ours():
    added = set(re.findall(r'(?:href|src)="\./(assets/[^"]+)"', dressed(INDEX, "id")))

    assert {address.rsplit("/", 1)[1] for address in added} == {*assets.STYLES, "page.js", *assets.FONTS}
    assert all(address == assets.address(address.rsplit("/", 1)[1]) for address in added)


def test_no_script_of_ours_stands_in_the_document():  # a strict policy lets none run
    body = dressed(INDEX, "id")
    ours = set(re.findall(r"<script[^>]*>", body)) - set(re.findall(r"<script[^>]*>", INDEX))

    assert {"src=" in tag or "application/json" in tag for tag in ours} == {True}


def test_what_is_no_document_goes_out_as_it_came():
    assert asked("/words.txt")[1] == INDEX


def test_the_words_are_whole_and_can_not_end_their_place():
    body = dressed(INDEX, "id")
    place = re.search(r'<script type="application/json" id="kpi-words">(.*?)</script>', body)

    assert place
    assert json.loads(place[1]) == streamlits_words("id")
    assert set(streamlits_words("id")) >= set(STREAMLITS_WORDS) - {"Format"}
    assert streamlits_words("en") == {}


def test_streamlit_still_says_what_is_put_into_our_words():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    said = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in scripts)

    beginnings = {word: " ".join(word.strip(" :").split()[:3]) for word in STREAMLITS_WORDS}
    put_together = [word for word in STREAMLITS_WORDS if word.startswith("Press Ctrl")]
    absent = [word for word, beginning in beginnings.items() if beginning not in said]
    assert absent == put_together
    assert "Enter to ${" in said


def test_the_style_is_no_longer_than_a_reader_needs():
    assert (ROOT / "ui" / "browser" / "look.css").stat().st_size < 8_000
    assert (ROOT / "ui" / "browser" / "parts.css").stat().st_size < 5_000
