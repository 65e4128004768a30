"""What indices are made of, read from a snapshot: by number, so that millions of rows hold no text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import duckdb
import pandas as pd

from kpi.model import Verification
from kpi.store.engine import sql

KEYS: Final = ["unit_code", "grain", "period_start", "period_end", "is_to_date"]
CHECKED: Final = {state.value: float(place) for place, state in enumerate(Verification)}
"""Places of the states of verification, the least first."""
_COLUMNS: Final = [
    "unit_code", "indicator_code", "grain", "period_start", "period_end", "year", "is_to_date", "value", "target",
    "target_high", "is_partial_sum", "weight", "polarity", "worst_value", "is_full_at_target", "conversion_scale",
    "verification",
]  # fmt: skip


class RowsToScore(NamedTuple):
    """What indices of units are made of: a row per indicator that a unit carries in the year of an occasion.

    `rows` are sorted by `occasion` and `indicator_number`, places in `occasions` (KEYS and year) and in `indicators`
    (what scoring reads of a definition). `checked` is a place of CHECKED; a figure that is absent has none.
    """

    occasions: pd.DataFrame
    indicators: pd.DataFrame
    rows: pd.DataFrame

    def to_be_scored(self) -> pd.DataFrame:
        """Return `rows` with the definitions beside them, their texts as categories."""
        texts = dict.fromkeys(("polarity", "conversion_scale"), "category")
        sheets = (
            self.indicators.astype(texts).drop(columns="indicator_code").take(self.rows["indicator_number"].to_numpy())
        )
        return pd.concat([self.rows, sheets.set_axis(self.rows.index)], axis=1)

    def whole(self) -> pd.DataFrame:
        """Return the rows with all texts, as `Snapshot.index_rows` describes them."""
        states = {place: state for state, place in CHECKED.items()}
        occasions = self.occasions.take(self.rows["occasion"].to_numpy()).set_axis(self.rows.index)
        sheets = self.indicators.take(self.rows["indicator_number"].to_numpy()).set_axis(self.rows.index)
        figures = self.rows.assign(verification=self.rows["checked"].map(states).astype("str"))
        return pd.concat([occasions, sheets, figures], axis=1)[_COLUMNS]


def number(
    connection: duckdb.DuckDBPyConnection,
    organisation_code: str,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    unit_codes: Sequence[str] | None = None,
) -> None:
    """Give units and indicators numbers, and note what each unit carries in each year; None = all.

    In temporary tables of `connection`, which `rows_to_score` reads.
    """
    asked = {"organisation_code": organisation_code}
    for query in ("unit_numbers", "indicator_numbers"):
        connection.execute(sql(f"score/{query}"), asked)
    years = {"first_year": first_year, "last_year": last_year}
    connection.execute(sql("score/carried"), {**asked, **years, "unit_codes": unit_codes})


def rows_to_score(
    connection: duckdb.DuckDBPyConnection,
    organisation_code: str,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    unit_codes: Sequence[str] | None = None,
    grain: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> RowsToScore:
    """Return what indices are made of, of what `number` was called for; None = all.

    `first` and `last` are inclusive, by period_end.
    """
    asked = {"organisation_code": organisation_code}
    years = {"first_year": first_year, "last_year": last_year}
    wanted = {"unit_codes": unit_codes, "grain": grain, "first": first, "last": last}
    connection.execute(sql("score/figures"), asked | years | wanted)
    connection.execute(sql("score/occasions"))
    return RowsToScore(
        connection.execute(sql("score/occasion_keys")).df(),
        connection.execute(sql("score/indicators"), asked).df(),
        connection.execute(sql("score/rows")).df(),
    )
