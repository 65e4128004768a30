"""Many readers at once, each in a session of its own on Streamlit's websocket, choosing anew again and again.

    python bench/sessions.py STORE [readers [seconds [processes]]]

Several processes share the readers evenly and each keeps its own, as behind the proxy of deploy/. All open their pages
at once, and when the last one is there, each begins within a second to choose: what an opening costs is a figure of
its own. Every answer is checked: what it says and draws must be what one reader alone was answered for the same choice.
Thinking between an answer and the next choice takes 0.5 to 1.5 s.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.servers import Server, dashboard
from bench.session_client import Answer, Session

CHOICES: Final = {"gaps": "unit", "trends": "indicator", "indicators": "indicator"}
"""The pages that readers open, and the select box in which each chooses."""
OPTIONS: Final = 6
THINKING: Final = (0.5, 1.5)
CROWDS: Final = ((1, 1), (5, 1), (20, 1), (50, 1), (20, 2), (50, 2))
"""How many readers, and how many processes serve them, in the order that processes are started."""


@dataclass(slots=True)
class Outcome:
    """What all readers met together; seconds from each choice to the end of its answer, and of each opening."""

    opening: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    on_line: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wrong: int = 0

    def row(self, readers: int, servers: Sequence[Server]) -> str:
        """Return it as a row of the table; memory is that of the largest process."""
        cells = [
            str(readers),
            str(len(servers)),
            f"{1000 * p95(self.opening):.0f}",
            f"{len(self.seconds):,}",
            f"{1000 * statistics.median(self.seconds):.0f}",
            f"{1000 * p95(self.seconds):.0f}",
            f"{statistics.median(self.on_line) / 1000:.1f}",
            f"{statistics.median(self.sizes) / 1000:.1f}",
            str(len(self.errors)),
            str(self.wrong),
            f"{max(server.memory() for server in servers) / 1e6:.0f}",
        ]
        return f"| {' | '.join(cells)} |"


HEAD: Final = (
    "| readers | processes | opening at once p95 ms | choices | median ms | p95 ms | kB an answer | uncompressed "
    "| errors | wrong | memory MB |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def p95(values: list[float]) -> float:
    """Return what one in twenty of `values` is above."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def main(store: Path, crowds: Sequence[tuple[int, int]], seconds: float) -> None:
    """Print a row per crowd: so many readers, shared by so many processes."""
    with ExitStack() as running:
        servers: list[Server] = []
        alone: dict[tuple[str, str], str] = {}
        print(HEAD)
        for readers, processes in crowds:
            for _ in range(processes - len(servers)):
                servers.append(running.enter_context(dashboard(store)))
                alone = asyncio.run(answers_alone(servers[-1]))  # each has answered all once before it is measured
            asked = servers[:processes]
            print(asyncio.run(crowd(asked, readers, seconds, alone)).row(readers, asked), flush=True)


async def answers_alone(server: Server) -> dict[tuple[str, str], str]:
    """Return what one reader is answered for each page and choice."""
    found = {}
    for page, key in CHOICES.items():
        session = await opened(server, page)
        for option in options(session, key):
            found[page, option] = digest(await session.choose(key, option))
        await session.close()
    return found


async def crowd(servers: Sequence[Server], readers: int, seconds: float, alone: dict[tuple[str, str], str]) -> Outcome:
    """Return what so many readers meet who choose for so many seconds; one who can't open a page chooses nothing."""
    outcome, pages = Outcome(), list(CHOICES)
    places = [pages[each // len(servers) % len(pages)] for each in range(readers)]  # each process serves all pages
    sessions = await asyncio.gather(
        *(_opening(servers[each % len(servers)], page, outcome) for each, page in enumerate(places))
    )
    end = time.monotonic() + seconds
    await asyncio.gather(
        *(
            reader(session, page, each, end, alone, outcome)
            for each, (session, page) in enumerate(zip(sessions, places, strict=True))
            if session is not None
        )
    )
    return outcome


async def _opening(server: Server, page: str, outcome: Outcome) -> Session | None:
    began = time.monotonic()
    try:
        session = await opened(server, page)
    except Exception as error:  # whatever a reader meets is counted, and told
        outcome.errors.append(repr(error))
        return None
    outcome.opening.append(time.monotonic() - began)
    return session


async def reader(
    session: Session, page: str, seed: int, end: float, alone: dict[tuple[str, str], str], outcome: Outcome
) -> None:
    """Choose until the end; at least twice."""
    chance, key, chosen = random.Random(seed), CHOICES[page], 0
    try:
        choices = options(session, key)
        await asyncio.sleep(chance.uniform(0, 1))
        while time.monotonic() < end or chosen < 2:
            option = chance.choice(choices)
            answer = await session.choose(key, option)
            outcome.seconds.append(answer.seconds)
            outcome.sizes.append(answer.size)
            outcome.on_line.append(answer.on_line)
            outcome.wrong += digest(answer) != alone[page, option]
            chosen += 1
            await asyncio.sleep(chance.uniform(*THINKING))
        await session.close()
    except Exception as error:  # as above
        outcome.errors.append(repr(error))


async def opened(server: Server, page: str) -> Session:
    """Open a page as a link does."""
    return await Session.opened(
        server.address, page, unit="U0001", units="U0001", indicator="I01", period="2025", lang="id"
    )


def options(session: Session, key: str) -> list[str]:
    """Return the choices that readers make: the last ones of the list, which are units and indicators at the leaves."""
    return list(session.widgets[key].options)[-OPTIONS:]


def digest(answer: Answer) -> str:
    """Return a short name for what an answer says and draws."""
    return sha256(answer.text().encode() + b"".join(answer.charts())).hexdigest()


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[2:]]
    crowds = [(given[0], given[2] if given[2:] else 1)] if given else CROWDS
    main(Path(sys.argv[1]), crowds, given[1] if given[1:] else 60)
