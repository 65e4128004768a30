"""Who is measured and what is measured in Kemuning, as the record takes it."""

from __future__ import annotations

from functools import cache

from kpi.demo.tables import Row, day, number, rows
from kpi.model import (
    AggregationOverPeriods,
    AggregationOverUnits,
    ControlLevel,
    Indicator,
    Organisation,
    Polarity,
    Unit,
    ValidityLevel,
)
from kpi.store.definitions import Definitions

_TEXTS = (
    "unit_of_measure", "grain", "conversion_scale", "ordinal_levels", "numerator_indicator_code",
    "denominator_indicator_code", "perspective", "strategic_objective", "objective_description", "definition",
    "formula", "purpose", "target_aspect", "responsible", "data_provider", "data_source", "baseline",
)  # fmt: skip


@cache
def definitions() -> Definitions:
    """Return Kemuning with all its units and indicators by code."""
    row = rows("organisation")[0]
    organisation = Organisation(
        row["organisation_code"], row["name"], int(row["year_starts_in"]), row["is_synthetic"] == "true"
    )
    code = organisation.organisation_code
    return Definitions(
        organisation,
        {row["unit_code"]: _unit(code, row) for row in rows("units")},
        {row["indicator_code"]: _indicator(code, row) for row in rows("indicators")},
    )


def _unit(organisation_code: str, row: Row) -> Unit:
    return Unit(
        organisation_code,
        row["unit_code"],
        row["name"],
        parent_code=row["parent_code"] or None,
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        successor_code=row["successor_code"] or None,
        successor_share=number(row["successor_share"]),
        weight_in_parent=number(row["weight_in_parent"]),
    )


def _indicator(organisation_code: str, row: Row) -> Indicator:
    return Indicator(
        organisation_code,
        row["indicator_code"],
        row["name"],
        polarity=Polarity(row["polarity"]) if row["polarity"] else None,
        every_years=int(row["every_years"]),
        aggregation_over_periods=AggregationOverPeriods(row["aggregation_over_periods"]),
        aggregation_over_units=AggregationOverUnits(row["aggregation_over_units"]),
        multiplier=float(row["multiplier"]),
        decimals=int(row["decimals"]),
        lowest_possible=number(row["lowest_possible"]),
        highest_possible=number(row["highest_possible"]),
        worst_value=number(row["worst_value"]),
        is_full_at_target=row["is_full_at_target"] == "true",
        control_level=ControlLevel(row["control_level"]) if row["control_level"] else None,
        validity_level=ValidityLevel(row["validity_level"]) if row["validity_level"] else None,
        reviewed_on=day(row["reviewed_on"]),
        **{name: row[name] for name in _TEXTS if row[name]},  # pyright: ignore[reportArgumentType] — all are texts
    )
