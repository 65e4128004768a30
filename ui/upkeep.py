"""What the server does beside answering: it gives memory back, collects garbage once a minute, and draws in batches.

Streamlit's own collection after each run is off (`.streamlit/config.toml`): it held back other sessions' messages.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import anyio.to_thread
import pyarrow as pa
from streamlit.runtime import runtime

SECONDS: Final = 60.0
BATCH_SECONDS: Final = 0.02
"""From one batch of messages to the next: the browser draws the whole page anew for each of them (decision 0042)."""


@asynccontextmanager
async def upkeep(_app: object) -> AsyncIterator[None]:
    """Collect for as long as the server runs. What was imported before it stays for good and is looked at no more."""
    runtime.MESSAGE_FLUSH_INTERVAL_SECS = BATCH_SECONDS  # type: ignore[misc] - Streamlit has no setting for its 0.005
    pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own pool keeps 40 MB for good
    gc.freeze()  # uncollected: loading leaves no megabyte behind, and to look for it took a tenth of the start
    gc.enable()
    task = asyncio.create_task(_collect_again_and_again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _collect_again_and_again() -> None:
    while True:
        await asyncio.sleep(SECONDS)
        await anyio.to_thread.run_sync(gc.collect)
