"""How far a unit's period is checked, as a form must know before anything is typed. Knows no screen."""

from __future__ import annotations

from kpi.access import AllowedSnapshot
from kpi.model import Verification
from kpi.periods import Period


def state_in(snapshot: AllowedSnapshot, organisation_code: str, unit_code: str, period: Period) -> Verification:
    """Return the furthest state of those that cover a unit's period; reported where none does."""
    states = snapshot.states(organisation_code)
    covering = states[
        (states["unit_code"] == unit_code)
        & (states["period_start"].dt.date <= period.start)
        & (states["period_end"].dt.date >= period.end)
    ]
    found = {Verification(state) for state in covering["state"]}
    return next((state for state in reversed(Verification) if state in found), Verification.REPORTED)
