"""Runs take turns: one at a time, in the order they came, and who takes long is no longer waited for.

All runs of one process share one interpreter. Twenty that go on at once all end late; one after the other, the first
ends at once and the last no later than before (decision 0045).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LEASE: Final = 0.1
"""Seconds that the next run waits for the one before it: most end sooner. A slow one then goes on beside the next."""


class Turns:
    """A line of runs. `lease`: seconds after which the next may begin though the one before it hasn't ended."""

    def __init__(self, lease: float = LEASE) -> None:
        self._lease = lease
        self._line: deque[threading.Event] = deque()
        self._running: threading.Event | None = None
        self._until = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn and have it, whatever ends it."""
        mine = threading.Event()
        with self._lock:
            self._line.append(mine)
        while (left := self._left(mine)) > 0:
            mine.wait(left)
            mine.clear()
        try:
            yield
        finally:
            with self._lock:
                if self._running is mine:
                    self._running = None
                    self._call_next()

    def _left(self, mine: threading.Event) -> float:
        """Return the seconds to wait before looking again; 0 = the turn was taken."""
        with self._lock:
            now = time.monotonic()
            if self._line[0] is not mine:
                return self._lease
            if self._running is not None and now < self._until:
                return self._until - now
            self._line.popleft()
            self._running, self._until = mine, now + self._lease
            self._call_next()
            return 0.0

    def _call_next(self) -> None:
        if self._line:
            self._line[0].set()


_turns: Final = Turns()
"""Those of this process. Streamlit runs app.py anew for each run, and imports this module once."""
one = _turns.one
