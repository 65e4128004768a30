"""A server on localhost with the demo store, and Debian's chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
expect.set_options(timeout=30_000)  # charts come in a chunk of 5 MB, and the machine may be busy
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what drives a browser a second try, which the summary names: docs/decisions/0036."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def served(store: Path, *, port: int | None = None, host: str = "localhost", **environment: str) -> Iterator[str]:
    """Run `python -m kpi serve` on a free port for the length of the block; give its address."""
    port = port or free_port()
    command = ["-m", "kpi", "serve", "--store", str(store), "--port", str(port), "--host", host]
    with running(command, f"http://{'localhost' if host == '0.0.0.0' else host}:{port}", "/healthz", environment) as at:
        yield at


@contextmanager
def running(command: list[str], address: str, health: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a server by Python for the length of the block, once `health` under its address answers."""
    with tempfile.TemporaryFile() as log:  # a pipe that nobody reads would fill up and stop the server
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **environment}
        )
        try:
            _wait_until_well(server, address + health)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_well(server: subprocess.Popen[bytes], health: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"the server stopped with {server.returncode}"
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{health} did not answer within {START_SECONDS} s")


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the published demo."""
    store = tmp_path_factory.mktemp("demo") / "store"
    subprocess.run(
        [sys.executable, "-m", "kpi", "demo", "--store", str(store)], cwd=ROOT, check=True, capture_output=True
    )
    return store


@pytest.fixture(scope="session")
def demo_address(demo_store: Path) -> Iterator[str]:
    """The address of a server that shows the demo."""
    with served(demo_store) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless; it reaches nothing but localhost."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed; `make test` installs it")
    flags = [*CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of 1440 × 900."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID", accept_downloads=True)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
