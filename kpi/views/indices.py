"""Units' indices and what cost them: as published where the chosen profile is asked for, else scored now.

The one door to both for all views, so that a page needn't know which way a figure came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.views.rescoring import rescored_indices, rescored_losses
from kpi.views.selection import Selection


def indices_of_units(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit_codes: Sequence[str],
    first: date,
    last: date,
    profile: RuleProfile,
) -> pd.DataFrame:
    """Return a row per unit and period of the selection's grain that ends from `first` to `last`, both inside.

    Columns as `snapshot.unit_index()`: index and coverage are ratios, `rating` a band's code, NaN = none.
    """
    if is_published(snapshot, selection, first, profile):
        return snapshot.unit_index(
            selection.organisation_code,
            unit_codes=list(unit_codes),
            grain=selection.period.grain,
            first=first,
            last=last,
            to_date=selection.to_date,
        )
    return rescored_indices(snapshot, selection, unit_codes, first, last, profile)


def losses_of_unit(
    snapshot: AllowedSnapshot, selection: Selection, unit_code: str, limit: int, profile: RuleProfile
) -> pd.DataFrame:
    """Return source_unit_code, indicator_code and loss (a ratio) of the selection's period, the costliest first.

    The losses of all indicators sum to 1 − the unit's index; `limit`, at most 25, keeps the first ones.
    """
    if is_published(snapshot, selection, selection.period.end, profile):
        return snapshot.losses(
            selection.organisation_code,
            unit_code=unit_code,
            grain=selection.period.grain,
            period_end=selection.period.end,
            to_date=selection.to_date,
            limit=limit,
        )
    return rescored_losses(snapshot, selection, unit_code, profile).head(limit)


def is_published(snapshot: AllowedSnapshot, selection: Selection, first: date, profile: RuleProfile) -> bool:
    """Whether the snapshot holds this profile's indices for every year from `first` to the selection's period."""
    years = range(first.year, selection.year + 1)
    return all(snapshot.chosen_profile(selection.organisation_code, year) == profile.code for year in years)
