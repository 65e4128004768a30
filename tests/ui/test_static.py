"""What a browser fetches: compressed once, kept for good, named on the front page."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.browser.conftest import ROOT
from ui import assets, front_page, lost
from ui.compressed import Compressed, compressed, known_files
from ui.front_page import INDEX, STATIC, FrontPage, scripts_needed


async def _else(request: Request) -> Response:
    if request.url.path in ("/gaps", "/start", "/gapz", "/a/b"):
        return FileResponse(INDEX, media_type="text/html")
    return PlainTextResponse(f"Streamlit's own answer to {request.url.path}")


@pytest.fixture(scope="module")
def browser() -> TestClient:
    middleware = [Middleware(Compressed), Middleware(FrontPage)]
    return TestClient(Starlette(routes=[Route("/{path:path}", _else)], middleware=middleware))


def test_a_script_of_streamlit_comes_compressed_and_for_good(browser: TestClient):
    address = f"/static/js/{scripts_needed()[0]}"

    answer = browser.get(address, headers={"Accept-Encoding": "gzip, br"})

    path = STATIC / address.removeprefix("/")
    assert answer.content == path.read_bytes()  # the client has taken the compression off
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < path.stat().st_size / 2
    assert "immutable" in answer.headers["cache-control"]
    assert "javascript" in answer.headers["content-type"]


def test_a_browser_that_reads_no_gzip_and_a_path_that_leads_out_are_left_to_streamlit(browser: TestClient):
    script = f"/static/js/{scripts_needed()[0]}"
    for address, accepts in ((script, "identity"), ("/static/../app.py", "gzip"), ("/static/js/none.js", "gzip")):
        assert browser.get(address, headers={"Accept-Encoding": accepts}).text.startswith("Streamlit's own")


def test_our_own_files_are_known_and_their_address_changes_with_them():
    known = known_files()

    assert {f"/{assets.address(name)}" for name in assets.FILES} <= set(known)
    assert re.fullmatch(r"assets/[0-9a-f]{12}/chart\.js", assets.address("chart.js"))


def test_the_head_of_a_script_holds_all_that_it_imports(monkeypatch: pytest.MonkeyPatch):
    by_heads = scripts_needed()
    monkeypatch.setattr(front_page, "HEAD", -1)  # the whole of each

    assert by_heads == scripts_needed()


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
def test_the_front_page_names_every_script_that_a_page_needs(browser: TestClient, accepts: str):
    answer = browser.get("/gaps", headers={"Accept": "text/html", "Accept-Encoding": accepts})

    assert all(answer.text.count(f"/{name}") == 1 for name in scripts_needed() if f"/{name}" not in INDEX.read_text())
    assert f"./{assets.address('chart.js')}" in answer.text
    assert answer.text.replace("\n", "").startswith(INDEX.read_text().split("</head>")[0].replace("\n", ""))
    assert len(answer.content) > INDEX.stat().st_size
    assert "etag" not in answer.headers


def test_what_is_no_front_page_goes_out_as_it_is(browser: TestClient):
    answer = browser.get("/other", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})

    assert answer.text == "Streamlit's own answer to /other"


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/start?lang=en", "/?lang=en"),
        ("/start", "/"),
        ("/gapz?unit=DINKES&lang=id", "/?unit=DINKES&lang=id&no_page=gapz"),
        ("/a/b?no_page=old", "/?no_page=a%2Fb"),
        ("/gapz?lang=%0d%0aSet-Cookie:x", "/?lang=%0D%0ASet-Cookie%3Ax&no_page=gapz"),
    ],
)
def test_an_address_of_no_page_leads_to_the_start_page_with_its_choices(browser: TestClient, asked: str, sent_to: str):
    answer = browser.get(asked, headers={"Accept": "text/html"}, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"], answer.content) == (303, sent_to, b"")


def test_every_page_of_the_navigation_has_an_address_that_is_none_of_no_page():
    named = set(re.findall(r'PAGES / "(\w+)\.py"', (ROOT / "app.py").read_text(encoding="utf-8")))

    assert named == lost.PAGES
    assert all(lost.way_on(f"/{name}", "") is None for name in ("", *named))


def test_every_script_that_is_named_exists():
    names = scripts_needed()

    assert names[0].startswith("index.")
    assert any(name.startswith("BidiComponent") for name in names)
    assert all((STATIC / "static" / "js" / name).exists() for name in names)


def test_compression_gives_the_file_back():
    path = assets.FILES["chart.js"]
    assert gzip.decompress(compressed(path)) == path.read_bytes()
