"""Reads the texts of a draft, as far as they can be read, into what SMART-C looks at. Knows no record and no screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpi.intake.messages import Message
from kpi.intake.statement_body import Body, Fault, read_indicator
from kpi.intake.templates.amount import Amount, Wanted, amount_in
from kpi.model import Indicator
from kpi.store.record import Statement
from kpi.views.smart import Draft

_CODE: Final = "DRAFT"
TARGET: Final = "target"
BEFORE: Final = "before"


def draft_in(
    fields: Mapping[str, str], target: str, before: str | float | None, known: Mapping[str, Indicator]
) -> tuple[Draft, list[Fault]]:
    """Return the draft that texts make, and what of them can't be read: a field, `target` or `before`, and why.

    `fields` by the names of `model.Indicator`; `before` is what was reached before, as a text or a number.
    """
    body = Body(dict(fields)).as_json()
    indicator, faults = read_indicator(Statement("", "", "", _CODE, 0, body=body), known)
    wanted = Wanted(measured=indicator.unit_of_measure, may_be_range=True)
    aimed, reached = amount_in(target.strip(), wanted), _reached(before, indicator)
    for name, found in ((TARGET, aimed), (BEFORE, reached)):
        if isinstance(found, Message):
            faults.append((name, found))
    low, high = (aimed.value, aimed.high) if isinstance(aimed, Amount) else (None, None)
    return Draft(indicator, low, high, reached.value if isinstance(reached, Amount) else None), _unreadable(faults)


def _reached(before: str | float | None, indicator: Indicator) -> Amount | Message | None:
    if before is not None and not isinstance(before, str):
        return Amount(before, None)
    return amount_in((before or "").strip(), Wanted(measured=indicator.unit_of_measure))


def _unreadable(faults: list[Fault]) -> list[Fault]:
    """Return the faults but those of what is merely not stated yet: SMART-C says these itself."""
    return [one for one in faults if one[0] not in ("name", "unit_of_measure", "indicator_code")]
