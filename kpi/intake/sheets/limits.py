"""How large a workbook may be; more is refused in words before it costs memory. A tidy import has limits of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.intake.messages import Number

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `seconds` and `memory` bind the process that opens a workbook."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 150 * MEGABYTE
    ratio: float = 200.0
    sheets: int = 200
    rows: int = 20_000
    columns: int = 1_000
    cells: int = 200_000
    text_length: int = 32_767
    seconds: int = 8
    memory: int = 700 * MEGABYTE

    def in_words(self) -> dict[str, Number]:
        """Return how many rows, columns and cells are read, to be said to a person."""
        return {name: Number(getattr(self, name)) for name in ("rows", "columns", "cells")}
