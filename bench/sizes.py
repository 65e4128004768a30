"""Makes the synthetic districts of three sizes that the benches measure, each a published store; the same every time.

    python bench/sizes.py FOLDER [S M L]

S: 40 units × 60 indicators × 60 months, M: 500 × 60 × 60, L: 5,000 × 60 × 120. Figures go into the record by SQL, past
the reading of files, which bench/intake.py measures; everything after that is the product's own.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Organisation, Polarity, Unit
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record

CODE: Final = "BANGKU"
TODAY: Final = date(2026, 1, 15)


class Size(NamedTuple):
    """How large a district is."""

    units: int
    indicators: int
    months: int
    departments: int

    @property
    def rows(self) -> int:
        """Figures, values and targets as one."""
        return self.units * self.indicators * self.months


SIZES: Final = {
    "tiny": Size(4, 3, 24, 2),
    "S": Size(40, 60, 60, 8),
    "M": Size(500, 60, 60, 20),
    "L": Size(5000, 60, 120, 50),
}
# Whole numbers mixed by hand: no generator that another version could change.
_MIXED: Final = """CREATE TABLE mixed AS
SELECT u, i, m,
    ((u * 1000003 + i * 10007 + m * 101 + 12345) % 4294967296)::UBIGINT * 2654435761 % 4294967296 / 4294967296.0
        AS chance
FROM range(1, {units} + 1) AS a (u), range(1, {indicators} + 1) AS b (i), range(0, {months}) AS c (m)"""
_FIGURE: Final = """SELECT
    'BANGKU' AS organisation_code, format('U{{:04d}}', u) AS unit_code, format('I{{:02d}}', i) AS indicator_code,
    'month' AS grain,
    make_date(({first} + m // 12)::BIGINT, (m % 12 + 1)::BIGINT, 1::BIGINT) AS period_start,
    last_day(period_start) AS period_end,
    round((50 + i * 37 % 150) * (1 + 0.002 * m), 3) AS target,
    round(target * (0.6 + 0.15 * ((u * 13 + i * 5) % 7) / 6 + 0.55 * chance), 3) AS value
FROM mixed"""
_INSERTS: Final = (
    """INSERT INTO measurement SELECT organisation_code, unit_code, indicator_code, grain, period_start, period_end,
       value, NULL, NULL, NULL, 'verified', NULL, FALSE, NULL, 2 FROM figure""",
    """INSERT INTO target SELECT organisation_code, unit_code, indicator_code, grain, period_start, period_end,
       target, NULL, FALSE, NULL, 2 FROM figure""",
)


def definitions(size: Size) -> Definitions:
    """Return the district: departments under the root, units under them; every third indicator is better when lower."""
    units = [Unit(CODE, CODE, "Kabupaten Bangku")]
    units += [Unit(CODE, f"D{each:02d}", f"Dinas {each:02d}", CODE) for each in range(1, size.departments + 1)]
    units += [
        Unit(CODE, f"U{each:04d}", f"Unit {each:04d}", f"D{each * 7 % size.departments + 1:02d}")
        for each in range(1, size.units + 1)
    ]
    over = {
        "aggregation_over_periods": AggregationOverPeriods.MEAN,
        "aggregation_over_units": AggregationOverUnits.MEAN,
    }
    indicators = [
        Indicator(
            CODE,
            f"I{each:02d}",
            f"Indikator {each:02d}",
            "angka",
            Polarity.MAXIMIZE if each % 3 else Polarity.MINIMIZE,
            "month",
            decimals=2,
            **over,
        )
        for each in range(1, size.indicators + 1)
    ]
    organisation = Organisation(CODE, "Kabupaten Bangku", is_synthetic=True)
    return Definitions(
        organisation,
        {each.unit_code: each for each in units},
        {each.indicator_code: each for each in indicators},
    )


def record(store: Path, size: Size) -> None:
    """Write the record of a district of this size."""
    store.mkdir(parents=True)
    with Record.opened(store, writing=True) as opened:
        opened.append(BatchHeader(CODE, made_by="bench"), definitions(size), FIGURES.empty_table())
    first = TODAY.year - size.months // 12
    with duckdb.connect(str(store / "record.duckdb")) as connection:
        connection.execute(
            """INSERT INTO batch SELECT * REPLACE (2 AS batch_number, $rows AS "rows", $rows AS accepted,
               $rows AS measurements, $rows AS targets, 0 AS definitions) FROM batch WHERE batch_number = 1""",
            {"rows": size.rows},
        )
        connection.execute(_MIXED.format(**size._asdict()).replace("CREATE TABLE", "CREATE TEMP TABLE"))
        connection.execute("CREATE TEMP VIEW figure AS " + _FIGURE.format(first=first))
        for insert in _INSERTS:
            connection.execute(insert)


def made(folder: Path, name: str) -> Path:
    """Return the published store of a size, made where it isn't there yet."""
    store = folder / f"store-{name}"
    if not (store / "snapshots" / "current").exists():
        record(store, SIZES[name])
        publish(store, today=TODAY)
    return store


if __name__ == "__main__":
    for wanted in sys.argv[2:] or ["S", "M", "L"]:
        began = time.perf_counter()
        where = made(Path(sys.argv[1]), wanted)
        print(f"{wanted}: {SIZES[wanted].rows:,} figures in {time.perf_counter() - began:.1f} s: {where}")
