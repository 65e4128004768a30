"""Definition sheets as `model.Indicator`, from the rows of a snapshot. Knows no screen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields
from typing import Any, Final  # Any: the cells of a frame

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import UnknownCode
from kpi.model import (
    AggregationOverPeriods,
    AggregationOverUnits,
    ControlLevel,
    Indicator,
    Polarity,
    ValidityLevel,
)

_FIELDS: Final = tuple(field.name for field in fields(Indicator))
_READERS: Final = {
    "polarity": Polarity,
    "aggregation_over_periods": AggregationOverPeriods,
    "aggregation_over_units": AggregationOverUnits,
    "control_level": ControlLevel,
    "validity_level": ValidityLevel,
    "every_years": int,
    "decimals": int,
    "is_full_at_target": bool,
    "reviewed_on": lambda cell: pd.Timestamp(cell).date(),
}


def definitions_of(snapshot: AllowedSnapshot, organisation_code: str) -> dict[str, Indicator]:
    """Return the definition sheets of all indicators by code."""
    rows = snapshot.indicators(organisation_code).to_dict("records")
    return {str(row["indicator_code"]): definition_in(row) for row in rows}


def definition_of(snapshot: AllowedSnapshot, organisation_code: str, indicator_code: str) -> Indicator:
    """Return the definition sheet of one indicator. Raises UnknownCode."""
    known = definitions_of(snapshot, organisation_code)
    if indicator_code not in known:
        raise UnknownCode("indicator", indicator_code, known)
    return known[indicator_code]


def definition_in(row: Mapping[Hashable, Any]) -> Indicator:
    """Return the definition sheet in a row of a frame; what is missing in it is not stated."""
    given = {name: row[name] for name in _FIELDS if not pd.isna(row[name])}
    return Indicator(**{name: _READERS[name](cell) if name in _READERS else cell for name, cell in given.items()})
