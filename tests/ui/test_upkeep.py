"""Garbage is collected beside the readers, for as long as the server runs; what pages draw leaves in batches."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest
from streamlit.runtime import runtime

from tests.loops import run_apart
from ui import upkeep


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_a_knot_is_freed_while_the_server_runs_and_not_after(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upkeep, "SECONDS", 0.01)

    async def running() -> bool:
        async with upkeep.upkeep(None):
            knot = weakref.ref(Knot())
            async with asyncio.timeout(30):
                while knot() is not None:
                    await asyncio.sleep(0.01)
            return knot() is None

    gc.disable()
    try:
        assert run_apart(running())
    finally:
        gc.enable()
        gc.unfreeze()


def test_streamlit_still_waits_between_two_batches_of_messages_as_long_as_it_is_told():
    async def running() -> float:
        async with upkeep.upkeep(None):
            return runtime.MESSAGE_FLUSH_INTERVAL_SECS  # type: ignore[attr-defined] - no public name

    assert "MESSAGE_FLUSH_INTERVAL_SECS" in runtime.Runtime._loop_coroutine.__code__.co_names
    try:
        assert run_apart(running()) == upkeep.BATCH_SECONDS
    finally:
        gc.unfreeze()
