"""Garbage is collected beside the readers, for as long as the server runs."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

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
