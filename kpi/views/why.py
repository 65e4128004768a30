"""Why a figure scores as it does: the explanation by the code that scored it, and where the figure comes from.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import nan
from typing import Any  # Any: the cells of a frame

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import UnknownCode
from kpi.model import Indicator, Origin, Reason, Verification
from kpi.periods import Grain, Period
from kpi.scoring.explanation import Explanation, FigureInputs, explain
from kpi.scoring.profile import RuleProfile
from kpi.views.definitions import definition_of
from kpi.views.moments import local
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """The batch that brought the newest part of a figure: from which file, by whom, when (local time).

    `workbook_sheet` and `cell`, or `line`, are the place in that file where the figure was reported as it stands.
    """

    number: int
    file_name: str | None
    made_by: str | None
    recorded_at: datetime | None
    reason: str | None
    workbook_sheet: str | None = None
    cell: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One figure explained. `has_figure` False: nothing is known of it at this grain, period and span.

    Numbers stand in the indicator's own unit of measure, NaN = missing. `newest` is the newest value at the indicator's
    own grain, with its period. `is_withheld`: there is a value that this reader may not see.
    """

    unit_code: str
    unit_name: str
    sheet: Sheet
    definition: Indicator
    selection: Selection
    explanation: Explanation
    has_figure: bool
    numerator: float = nan
    denominator: float = nan
    parts_expected: int = 0
    parts_present: int = 0
    is_finished: bool = True
    origin: Origin | None = None
    verification: Verification | None = None
    delivery: Delivery | None = None
    newest: tuple[Period, float] | None = None
    is_withheld: bool = False

    @property
    def reason(self) -> Reason | None:
        """Why the figure isn't scored; None = it is."""
        return self.explanation.reason


def units_carrying(snapshot: AllowedSnapshot, organisation_code: str, indicator_code: str) -> pd.DataFrame:
    """Return the units that ever had a figure of the indicator or agreed to it, as rows of `snapshot.units()`."""
    agreed = snapshot.agreements(organisation_code)
    codes = set(snapshot.newest_facts(organisation_code, indicator_code)["unit_code"])
    codes |= set(agreed.loc[agreed["indicator_code"] == indicator_code, "unit_code"])
    units = snapshot.units(organisation_code)
    return units[units["unit_code"].isin(codes)].reset_index(drop=True)


def why_scored(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str, profile: RuleProfile
) -> Why:
    """Return why the unit's figure of the selection's period scores as it does. Raises UnknownCode."""
    organisation = selection.organisation_code
    units = snapshot.units(organisation).set_index("unit_code")
    if unit_code not in units.index:
        raise UnknownCode("unit", unit_code, units.index)
    definition = definition_of(snapshot, organisation, indicator_code)
    figure = _figure(snapshot, selection, indicator_code, unit_code)
    why = Why(
        unit_code=unit_code,
        unit_name=str(units.loc[unit_code, "name"]),
        sheet=sheet_of(snapshot, organisation, indicator_code),
        definition=definition,
        selection=selection,
        explanation=explain(_inputs(definition, figure), profile),
        has_figure=figure is not None,
        newest=_newest(snapshot, selection, indicator_code, unit_code),
    )
    return why if figure is None else _with_origin(why, figure, snapshot)


def _inputs(definition: Indicator, figure: Mapping[Hashable, Any] | None) -> FigureInputs:
    """Return what is scored: the figure's row, else the definition alone with no value and no target."""
    if figure is not None:
        return FigureInputs.of_row({str(name): cell for name, cell in figure.items()})
    return FigureInputs(None, None, definition.polarity)


def _figure(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str
) -> dict[Hashable, Any] | None:
    rows = snapshot.facts(
        selection.organisation_code,
        unit_codes=[unit_code],
        indicator_codes=[indicator_code],
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=selection.to_date,
    ).to_dict("records")
    return rows[0] if rows else None


def _newest(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str
) -> tuple[Period, float] | None:
    own = snapshot.facts(selection.organisation_code, unit_codes=[unit_code], indicator_codes=[indicator_code])
    own = own[own["value"].notna()]
    if own.empty:
        return None
    last = own.iloc[-1]
    start = pd.Timestamp(last["period_start"]).date()
    period = Period.beginning(start, Grain(str(last["grain"])), selection.period.year_starts_in)
    return period, float(last["value"])


def _with_origin(why: Why, figure: Mapping[Hashable, Any], snapshot: AllowedSnapshot) -> Why:
    known = {name: None if pd.isna(figure[name]) else figure[name] for name in ("origin", "verification")}
    return replace(
        why,
        numerator=float(figure["numerator"]),
        denominator=float(figure["denominator"]),
        parts_expected=0 if pd.isna(figure["parts_expected"]) else int(figure["parts_expected"]),
        parts_present=0 if pd.isna(figure["parts_present"]) else int(figure["parts_present"]),
        is_finished=bool(figure["is_finished"]),
        is_withheld=bool(figure["is_withheld"]),
        origin=Origin(known["origin"]) if known["origin"] else None,
        verification=Verification(known["verification"]) if known["verification"] else None,
        delivery=_delivery(snapshot, why, figure["batch_number"]),
    )


def _delivery(snapshot: AllowedSnapshot, why: Why, number: float) -> Delivery | None:
    batches = snapshot.batches(why.selection.organisation_code)
    rows = batches[batches["batch_number"] == number].to_dict("records")
    if not rows:
        return None
    said = {name: None if pd.isna(rows[0][name]) else str(rows[0][name]) for name in ("file_name", "made_by", "reason")}
    recorded_at = local(rows[0]["recorded_at"])
    delivery = Delivery(int(number), said["file_name"], said["made_by"], recorded_at, said["reason"])
    place = _place(snapshot, why, number)
    if place is None:
        return delivery
    line = None if pd.isna(place["line"]) else int(place["line"])
    names = {name: None if pd.isna(place[name]) else str(place[name]) for name in ("sheet", "cell")}
    return replace(delivery, workbook_sheet=names["sheet"], cell=names["cell"], line=line)


def _place(snapshot: AllowedSnapshot, why: Why, number: float) -> Mapping[Hashable, Any] | None:
    """Return where in the batch's file the value of this very figure stands; None where it was made of others."""
    period = why.selection.period
    found = snapshot.sources(
        why.selection.organisation_code,
        unit_code=why.unit_code,
        indicator_code=why.sheet.code,
        first=period.end,
        last=period.end,
    )
    is_it = (found["grain"] == period.grain.value) & (found["field"] == "value") & (found["batch_number"] == number)
    rows = found[is_it].to_dict("records")
    return rows[0] if rows else None
