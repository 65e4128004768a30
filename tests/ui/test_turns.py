"""Runs take turns in the order they came; one that takes long or fails holds nobody up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ui.turns import Turns

LONG, SHORT = 60.0, 0.05
PATIENCE = 30.0
"""Seconds for what must happen at once, on however slow a machine."""


class Runs:
    """Runs in threads of their own, which begin and end as the test says."""

    def __init__(self, lease: float) -> None:
        self.turns = Turns(lease)
        self.began: list[str] = []
        self._ends: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()

    def start(self, name: str) -> None:
        """Let a run ask for its turn, and return once it stands in line or has it."""
        self._ends[name] = threading.Event()
        before = len(self.turns._line) + len(self.began)
        self._threads.append(threading.Thread(target=self._run, args=[name], daemon=True))
        self._threads[-1].start()
        while len(self.turns._line) + len(self.began) <= before:
            threading.Event().wait(0.001)

    def _run(self, name: str) -> None:
        with self.turns.one():
            with self._changed:
                self.began.append(name)
                self._changed.notify_all()
            self._ends[name].wait(PATIENCE)

    def end(self, name: str) -> None:
        self._ends[name].set()

    def wait_for(self, *names: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.began == list(names), PATIENCE), self.began

    def join(self) -> None:
        for each in self._ends.values():
            each.set()
        for thread in self._threads:
            thread.join(PATIENCE)


@contextmanager
def runs(lease: float) -> Iterator[Runs]:
    made = Runs(lease)
    try:
        yield made
    finally:
        made.join()


def test_one_runs_at_a_time_in_the_order_they_came():
    with runs(LONG) as made:
        for name in "abcd":
            made.start(name)
        made.wait_for("a")
        for ended, running in zip("abc", ["ab", "abc", "abcd"], strict=True):
            made.end(ended)
            made.wait_for(*running)


def test_a_slow_run_is_not_waited_for():
    with runs(SHORT) as made:
        for name in "abc":
            made.start(name)
        made.wait_for("a", "b", "c")  # none of them has ended


def test_a_slow_run_that_ends_at_last_does_not_end_the_turn_of_another():
    with runs(SHORT) as made:
        made.start("a")
        made.start("b")
        made.wait_for("a", "b")
        made.turns._until += LONG  # from here on b's turn is long
        made.start("c")
        made.end("a")
        made.start("d")
        threading.Event().wait(SHORT)  # time for what must not happen
        assert made.began == ["a", "b"]
        made.end("b")
        made.wait_for("a", "b", "c")


def test_a_run_that_fails_gives_its_turn_back():
    turns = Turns(LONG)

    with pytest.raises(KeyError), turns.one():
        raise KeyError

    with turns.one():
        assert turns._running is not None
    assert turns._running is None
