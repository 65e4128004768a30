"""What costs a unit most: the indicators whose gap takes the most from its index. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.views.indices import losses_of_unit
from kpi.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Cost:
    """What one indicator of one unit takes from the index of the unit above: `loss` is a ratio, 0.034 = 3.4 points."""

    unit_code: str
    unit_name: str
    indicator_code: str
    indicator_name: str
    value: float
    target: float
    unit_of_measure: str
    decimals: int
    loss: float


def costliest(
    snapshot: AllowedSnapshot, selection: Selection, unit_code: str, limit: int, profile: RuleProfile
) -> tuple[Cost, ...]:
    """Return the indicators that cost the unit most, the costliest first; those that cost nothing are left out."""
    losses = losses_of_unit(snapshot, selection, unit_code, limit, profile)
    losses = losses[losses["loss"] > 0]
    facts = snapshot.facts(
        selection.organisation_code,
        unit_codes=sorted(set(losses["source_unit_code"])),
        indicator_codes=sorted(set(losses["indicator_code"])),
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=selection.to_date,
    )
    joined = losses.merge(
        facts, left_on=["source_unit_code", "indicator_code"], right_on=["unit_code", "indicator_code"], how="inner"
    )
    joined = joined.assign(unit_of_measure=joined["unit_of_measure"].fillna(""))
    columns = ["source_unit_code", "unit_name", "indicator_code", "indicator_name", "value", "target"]
    columns += ["unit_of_measure", "decimals", "loss"]
    return tuple(Cost(*row) for row in joined[columns].itertuples(index=False))
