"""Every name a reader may search for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kpi.access import AllowedSnapshot
from kpi.views.plain_rows import names_by


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or an indicator with its code and name."""

    kind: Literal["unit", "indicator"]
    code: str
    name: str

    @property
    def key(self) -> str:
        """What tells it from every other one of the organisation."""
        return f"{self.kind}:{self.code}"


def names_of(snapshot: AllowedSnapshot, organisation_code: str) -> tuple[Named, ...]:
    """Return all units, in the order of the tree, then all indicators by name."""
    units = snapshot.units(organisation_code)
    indicators = snapshot.indicators(organisation_code).sort_values("name")
    return tuple(
        [Named("unit", code, name) for code, name in names_by("unit_code", units).items()]
        + [Named("indicator", code, name) for code, name in names_by("indicator_code", indicators).items()]
    )
