"""Serves the dashboard while a thread looks, every millisecond, at what the run of a page is doing.

    KPI_SAMPLES=FILE python -m bench.sampling serve --store STORE --port PORT

Writes a line per look: the time, how long ago the look before it was, and the room of the code that was at work.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

from kpi.cli import main

EVERY: Final = 0.001
ROOMS: Final = {
    "/kpi/store/": "query",
    "/kpi/access/": "query",
    "/kpi/scoring/": "scoring",
    "/kpi/analysis/": "scoring",
    "/kpi/views/": "view",
    "/kpi/charts/": "figure",
    "/kpi/i18n": "view",
    "/ui/loaders": "keeping",
    "/ui/chart": "figure",
    "/ui/": "page",
    "/pages/": "page",
    "/app.py": "page",
}
"""Parts of the paths of our code, the first that fits, and the room each counts for."""
PLATFORM: Final = "/streamlit/"
ORDER: Final = ("query", "scoring", "view", "figure", "keeping", "page", "elements", "sending")


def room_of(frames: Iterator[FrameType]) -> str | None:
    """Return the room that innermost frames work for; what Streamlit does for a page counts as elements, or keeping."""
    is_platform = False
    for frame in frames:
        path = frame.f_code.co_filename
        found = next((room for part, room in ROOMS.items() if part in path), None)
        if found:
            return "elements" if is_platform and found in ("page", "figure") else found
        is_platform = is_platform or PLATFORM in path
    return None


def upwards(frame: FrameType | None) -> Iterator[FrameType]:
    """Give a frame and all that called it."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def now() -> str | None:
    """Return the room at work in this moment; None while no page runs and nothing is sent."""
    frames = sys._current_frames()  # noqa: SLF001 - the one way to look at other threads, and documented
    for thread in threading.enumerate():
        frame = frames.get(thread.ident or 0)
        if frame is not None and thread.name.startswith("ScriptRunner"):
            found = room_of(upwards(frame))
            if found:
                return found
    return None if is_waiting(frames[threading.main_thread().ident or 0]) else "sending"


def is_waiting(frame: FrameType) -> bool:
    """Whether the loop waits for something to happen: Python's in its selector, uvloop's below asyncio's runner."""
    code = frame.f_code
    return code.co_name in ("select", "poll") or code.co_filename.endswith(f"asyncio{os.sep}runners.py")


def sample(path: Path) -> None:
    """Look until the process ends."""
    before = time.time()
    with path.open("w", encoding="utf-8", buffering=1) as file:
        while True:
            time.sleep(EVERY)
            room, moment = now(), time.time()
            if room is not None:
                file.write(f"{moment}\t{moment - before}\t{room}\n")
            before = moment


if __name__ == "__main__":
    sys.setswitchinterval(EVERY / 2)
    threading.Thread(target=sample, args=(Path(os.environ["KPI_SAMPLES"]),), daemon=True, name="samples").start()
    sys.exit(main(sys.argv[1:]))
