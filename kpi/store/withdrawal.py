"""What taking a batch out of force would change, asked of the record before anyone does it."""

from __future__ import annotations

import pandas as pd

from kpi.store.book import Book
from kpi.store.engine import sql


class Withdrawals(Book):
    """The part of the record that looks ahead to a withdrawal; the withdrawal itself is `Record.withdraw`."""

    def would_change(self, batch_number: int) -> pd.DataFrame:
        """One row per figure that would stand otherwise without the batch; none for a batch that holds no figures.

        unit_code, indicator_code, grain, period_start, period_end, and from_… (now) and to_… (then) of value, target
        and target_high; missing: none stands.
        """
        frame = self._connection.execute(sql("record/withdrawn_figures"), {"batch_number": batch_number}).df()
        texts = ["unit_code", "indicator_code", "grain"]
        return frame.astype(dict.fromkeys(texts, "str"))

    def locked_of(self, batch_number: int) -> int:
        """Return how many figures of the batch are in force and locked."""
        return len(self._rows("record/locked_of_batch", batch_number=batch_number))

    def locked_units(self, batch_number: int) -> frozenset[str]:
        """Return the units of which figures of the batch are in force and locked."""
        rows = self._rows("record/locked_of_batch", batch_number=batch_number)
        return frozenset(str(row["unit_code"]) for row in rows)

    def content_of(self, batch_number: int) -> list[tuple[str, str]]:
        """Return what a batch added: kinds of content, each with a unit that it touches ('' = no one unit)."""
        rows = self._rows("record/batch_content", batch_number=batch_number)
        return [(row["content"], row["unit_code"]) for row in rows]
