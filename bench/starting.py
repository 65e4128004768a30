"""From the command to the first chart: the dashboard beside the floor page, each started anew, in turn.

    python bench/starting.py STORE UNITS [rounds]

The reader comes as soon as the server answers, without a browser: what a browser has to load is in bench/pages.py.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.servers import Server, dashboard, floor
from bench.session_client import Session


def main(store: Path, units: int, rounds: int) -> None:
    """Print a row for each of the two."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for _ in range(rounds):
        with dashboard(store) as server:
            found["Overview"].append(first_chart(server, "overview"))
        with floor(units) as server:
            found["Floor"].append(first_chart(server, ""))
    print("| page | first answer s | first chart s | × floor | memory then MB |\n|---|--:|--:|--:|--:|")
    medians = {name: [statistics.median(column) for column in zip(*each, strict=True)] for name, each in found.items()}
    for name, (answer, chart, memory) in medians.items():
        print(f"| {name} | {answer:.2f} | {chart:.2f} | {chart / medians['Floor'][1]:.2f} | {memory:.0f} |")


def first_chart(server: Server, page: str) -> tuple[float, float, float]:
    """Return the seconds from the command to the first answer and to the first chart, and the memory then."""
    drawn = asyncio.run(_visited(server, page))
    return server.started_in, server.started_in + drawn, server.memory() / 1e6


async def _visited(server: Server, page: str) -> float:
    session = await Session.opened(server.address, page)
    await session.close()
    return session.first.first_chart


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int((*sys.argv, 5)[3]))
