"""What a view must know of an indicator to name its figures and to compare them. Knows no screen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import UnknownCode
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Polarity
from kpi.periods import Grain
from kpi.views.lineage import Rules

Pair = tuple[str, str]
"""The codes of a unit and an indicator."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An indicator's name and unit of measure, its rules, and the grain that it is reported by (None = not known)."""

    code: str
    name: str
    unit_of_measure: str
    rules: Rules
    grain: Grain | None = None

    @property
    def decimals(self) -> int:
        """The decimals that a reader sees."""
        return self.rules.decimals


def sheets_of(snapshot: AllowedSnapshot, organisation_code: str) -> dict[str, Sheet]:
    """Return the sheets of all indicators by code."""
    return sheets_in(snapshot.indicators(organisation_code))


def sheets_in(indicators: pd.DataFrame) -> dict[str, Sheet]:
    """Return the sheets in the rows of `snapshot.indicators()` by code."""
    return {str(row["indicator_code"]): _sheet(row) for row in indicators.to_dict("records")}


def sheet_of(snapshot: AllowedSnapshot, organisation_code: str, indicator_code: str) -> Sheet:
    """Return an indicator's sheet. Raises UnknownCode."""
    indicators = snapshot.indicators(organisation_code)
    rows = indicators[indicators["indicator_code"] == indicator_code].to_dict("records")
    if not rows:
        raise UnknownCode("indicator", indicator_code, indicators["indicator_code"])
    return _sheet(rows[0])


def _sheet(row: dict) -> Sheet:
    rules = Rules(
        polarity=None if pd.isna(row["polarity"]) else Polarity(row["polarity"]),
        over_periods=AggregationOverPeriods(row["aggregation_over_periods"]),
        over_units=AggregationOverUnits(row["aggregation_over_units"]),
        multiplier=float(row["multiplier"]),
        decimals=int(row["decimals"]),
        every_years=int(row["every_years"]),
    )
    measure = "" if pd.isna(row["unit_of_measure"]) else str(row["unit_of_measure"])
    return Sheet(str(row["indicator_code"]), str(row["name"]), measure, rules, Grain(row["grain"]))
