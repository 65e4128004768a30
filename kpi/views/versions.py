"""The versions of a definition sheet: which batch stated it so, who, when and why. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Indicator
from kpi.views.definitions import definition_in


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `recorded_on` is a day of UTC; reason and file are empty where none was given."""

    definition: Indicator
    batch_number: int
    recorded_on: date
    made_by: str
    reason: str
    file_name: str


def versions_of(snapshot: AllowedSnapshot, organisation_code: str, indicator_code: str) -> tuple[Version, ...]:
    """Return the versions of an indicator's sheet, the newest first."""
    rows = snapshot.definition_versions(organisation_code, indicator_code)
    named = rows.assign(organisation_code=organisation_code, indicator_code=indicator_code)
    return tuple(
        Version(
            definition_in(row),
            int(row["batch_number"]),
            pd.Timestamp(row["recorded_at"]).date(),
            *("" if pd.isna(row[name]) else str(row[name]) for name in ("made_by", "reason", "file_name")),
        )
        for row in named.to_dict("records")
    )
