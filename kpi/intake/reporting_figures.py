"""How complete and how punctual reports were, as figures of two indicators: a tidy table that goes in like any other.

Draws nothing; writes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kpi.deadlines import COMPLETENESS, PUNCTUALITY
from kpi.intake.sources import Source
from kpi.periods import Period

NAMES: Final = {COMPLETENESS: "Kelengkapan laporan kinerja", PUNCTUALITY: "Ketepatan waktu laporan kinerja"}
"""What the two indicators are called in the record; names are data, in the language of the offices."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """How many reports a unit owed for a period, how many are there, how many came in time."""

    unit_code: str
    period: Period
    expected: int
    reported: int
    in_time: int


def reporting_source(rows: Iterable[Reporting], target_percent: float) -> Source:
    """Return a tidy file with both indicators of every row: shares in percent, from their counts."""
    text = io.StringIO()
    lines = [line for row in rows for line in _lines(row, target_percent)]
    writer = csv.DictWriter(text, list(lines[0]) if lines else ["unit_code"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return Source.upload("kelengkapan-ketepatan.csv", text.getvalue().encode())


def _lines(row: Reporting, target_percent: float) -> list[dict[str, object]]:
    counts = {COMPLETENESS: row.reported, PUNCTUALITY: row.in_time}
    return [
        {
            "unit_code": row.unit_code,
            "indicator_code": code,
            "indicator_name": NAMES[code],
            "unit_of_measure": "%",
            "polarity": "maximize",
            "period_start": row.period.start.isoformat(),
            "period_end": row.period.end.isoformat(),
            "value": repr(100 * count / row.expected),
            "target": repr(target_percent),
            "numerator": count,
            "denominator": row.expected,
            "multiplier": 100,
            "aggregation_over_periods": "ratio",
            "aggregation_over_units": "ratio",
        }
        for code, count in counts.items()
    ]
