"""What each page's answer costs the server at growing sizes, and the exponent of that cost against the figures kept.

    python bench/growth.py FOLDER SIZE SIZE …

One reader, no browser; each choice is new to the server, so no answer is a kept one. Exponent 0: size does not show.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.servers import dashboard
from bench.sessions import CHOICES, opened
from bench.sizes import SIZES, made

ASKED: Final = 12


def main(folder: Path, names: list[str]) -> None:
    """Print a row per page."""
    found = {name: asyncio.run(measured(made(folder, name))) for name in names}
    sizes = " | ".join(f"{name} ms | {name} kB" for name in names)
    print(f"| page | {sizes} | exponent of ms |\n|---|{'--:|' * (2 * len(names) + 1)}")
    steps = math.log(SIZES[names[-1]].rows / SIZES[names[0]].rows)
    for page in CHOICES:
        cells = [f"{1000 * found[name][page][0]:.0f} | {found[name][page][1] / 1000:.1f}" for name in names]
        exponent = math.log(found[names[-1]][page][0] / found[names[0]][page][0]) / steps
        print(f"| {page} | {' | '.join(cells)} | {exponent:.2f} |")


async def measured(store: Path) -> dict[str, tuple[float, float]]:
    """Return for each page the median seconds to its whole answer, and the median bytes of one."""
    found = {}
    with dashboard(store) as server:
        for page, key in CHOICES.items():
            session = await opened(server, page)
            options = list(session.widgets[key].options)[-ASKED - 1 : -1]
            answers = [await session.choose(key, option) for option in options]
            found[page] = (
                statistics.median(answer.seconds for answer in answers),
                statistics.median(answer.size for answer in answers),
            )
            await session.close()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["S", "M"])
