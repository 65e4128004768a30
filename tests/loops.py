"""Runs coroutines in a thread of their own: a browser test before may have left a loop running in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Return what the coroutine gives."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()
