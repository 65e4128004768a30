"""A progress bar on stderr for long work, drawn only where stderr is a terminal."""

from __future__ import annotations

import sys
from typing import Final

WIDTH: Final = 30


class Progress:
    """Call it with the share done (0–1) and a word on what is being done; `close` ends the line."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._was_drawn = False

    def __call__(self, share: float, what: str = "") -> None:
        """Draw the bar anew."""
        if not self._is_shown:
            return
        filled = round(WIDTH * min(max(share, 0.0), 1.0))
        print(
            f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {share:4.0%} {what:<40.40}",
            end="",
            file=sys.stderr,
            flush=True,
        )
        self._was_drawn = True

    def close(self) -> None:
        """End the line, so that the next message starts on one of its own."""
        if self._was_drawn:
            print(file=sys.stderr)
        self._was_drawn = False
