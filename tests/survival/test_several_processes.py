"""Readers of three processes see an import as one step, and go on at another when theirs is killed."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import time
from collections.abc import Coroutine
from typing import Any

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from bench.session_client import Answer, Session
from kpi.cli import main
from tests.browser.conftest import browser, page
from tests.deploy.front import nginx
from tests.survival.place import CODE, importing
from tests.survival.several_processes import ROOT, Site, site, verified_file

__all__ = ["browser", "page"]

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(nginx() is None, reason="nginx isn't on this machine: apt-get install nginx-light"),
]
OLD, NEW = 7001, 7002
READERS = 20
VIEW = {"org": CODE, "indicator": "I", "grain": "month", "period": "2025-11", "lang": "en"}


@pytest.fixture
def running(tmp_path):
    assert main(importing(tmp_path / "store", verified_file(OLD, tmp_path))) == 0
    with site(tmp_path / "store", tmp_path) as three:
        yield three


def route_of(reader: int) -> str:
    return f"{reader:032x}"


async def opened(running: Site, reader: int) -> Session:
    cookie = f"iku_route={route_of(reader)}"
    return await Session.opened(running.front.address, "trends", cookie=cookie, unit=f"U{reader:02}", **VIEW)


def number_in(answer: Answer) -> int:
    """The number that all of the page says: of this month, of the one before, of the year before."""
    shown = {int(digits) for digits in re.findall(r"\b7,(00\d)", answer.text())}
    assert len(shown) == 1, f"a mixture of {shown} in: {answer.text()[:300]}"
    return 7000 + shown.pop()


def in_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it beside the loop that the browser's driver keeps in this thread."""
    results: list[Any] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(asyncio.run(work))
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
    return results[0]


def test_an_import_while_twenty_work_and_then_a_process_dies(running, tmp_path, tell):
    counts = in_thread(_work(running, verified_file(NEW, tmp_path)))

    tell(
        "several processes behind nginx: an import while 20 work, then one is killed",
        f"{counts['answers']} answers of three processes, none failed, none mixed; all {READERS} saw the import; "
        f"{counts['moved']} of {READERS} lost their process and had the same view after a reload, the others went on",
    )


async def _work(running: Site, file) -> dict[str, int]:
    sessions = [await opened(running, reader) for reader in range(READERS)]
    answers = await _read_through_an_import(running, sessions, file)
    assert len({running.port_of(route_of(reader)) for reader in range(READERS)}) == 3, "all three work"
    moved = await _lose_a_process(running, sessions)
    for session in sessions:
        await session.close()
    processes = running.front.processes_of()
    for reader in range(READERS):
        used = len(set(processes[route_of(reader)]))
        assert used == (2 if reader in moved else 1), "a reader stays with one process, while it is there"
    return {"answers": answers, "moved": len(moved)}


async def _read_through_an_import(running: Site, sessions: list[Session], file) -> int:
    """Read on while a file is imported, until everybody has seen it; nobody goes back."""
    importing_now = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kpi", *importing(running.store, file), cwd=ROOT, stderr=asyncio.subprocess.DEVNULL
    )

    async def read(session: Session) -> int:
        readings, newest, until = 0, number_in(session.first), time.monotonic() + 300
        assert newest == OLD
        while newest != NEW or importing_now.returncode is None:
            shown = number_in(await session.again())
            assert shown >= newest, "back to an older snapshot"
            readings, newest = readings + 1, shown
            assert time.monotonic() < until, "the import was not seen"
            await asyncio.sleep(0.3)
        return readings

    counts = await asyncio.gather(importing_now.wait(), *(read(session) for session in sessions))
    assert counts[0] == 0
    return sum(counts[1:])


async def _lose_a_process(running: Site, sessions: list[Session]) -> list[int]:
    """Kill one process: its readers reload and see the same, the others notice nothing."""
    before = [(await session.again()).text() for session in sessions]
    lost = running.port_of(route_of(0))
    of_lost = [reader for reader in range(READERS) if running.port_of(route_of(reader)) == lost]
    running.kill(lost)
    for reader, session in enumerate(sessions):
        if reader in of_lost:
            with pytest.raises(ConnectionClosed):
                await session.again()
            sessions[reader] = session = await opened(running, reader)
            assert session.first.text() == before[reader]
            assert running.port_of(route_of(reader)) != lost
        else:
            assert (await session.again()).text() == before[reader]
    assert 0 < len(of_lost) < READERS
    return of_lost


def test_a_reload_after_the_death_of_the_process_shows_the_same_view(running, page):
    address = f"{running.front.address}/trends?org={CODE}&indicator=I&unit=U07&grain=month&period=2025-06&lang=en"
    page.goto(address)
    said = page.locator("[data-testid=stMain] h5")
    expect(said).to_contain_text("7,001% in June 2025")
    route = next(kept["value"] for kept in page.context.cookies() if kept["name"] == "iku_route")
    expect(page).to_have_url(re.compile("units=U07"))  # the page has written down all that it shows
    url, lost = page.url, running.port_of(route)

    running.kill(lost)
    page.reload()

    expect(said).to_contain_text("7,001% in June 2025")
    expect(page).to_have_url(url)
    assert running.port_of(route) != lost
    running.start(lost)
    running.wait_for(lost)
