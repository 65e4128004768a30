"""Fifty readers for half an hour: does the server's memory come to rest? A row every few minutes.

    python bench/soak.py STORE [readers [minutes]]

Readers choose as in bench/sessions.py, and every answer is checked as there. The first sixth of the time warms up; what
memory grows after that is the last line.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.servers import dashboard
from bench.sessions import HEAD, answers_alone, crowd

PARTS: Final = 12
WARMING: Final = 2
"""Parts of the time after which memory counts."""


def main(store: Path, readers: int, minutes: float) -> None:
    """Print a row per part of the time, and the growth. Each part's readers come anew, as people come and go."""
    with dashboard(store) as server:
        alone = asyncio.run(answers_alone(server))
        print(HEAD)
        memories = []
        for _ in range(PARTS):
            outcome = asyncio.run(crowd([server], readers, 60 * minutes / PARTS, alone))
            memories.append(server.memory())
            print(outcome.row(readers, [server]), flush=True)
            for error in outcome.errors:
                print(error, file=sys.stderr)
    warm, end = memories[WARMING - 1], memories[-1]
    print(f"\nMemory after the warm-up: {warm / 1e6:.0f} MB, at the end {end / warm - 1:+.1%} (goal: at most 5 %).")


if __name__ == "__main__":
    readers, minutes = (sys.argv[2:] + ["50", "30"][len(sys.argv) - 2 :])[:2]
    main(Path(sys.argv[1]), int(readers), float(minutes))
