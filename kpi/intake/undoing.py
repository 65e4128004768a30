"""Taking a batch out of force: by whoever may enter what it holds, of all the units that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from kpi.access import Access, Right, check_any
from kpi.access.checks import refuse
from kpi.intake.allowed import CHECKED, DEFINES, covered, log_entered, parents_of, signed
from kpi.store.record import Batch, Record


class _Rule(NamedTuple):
    """Who may undo a kind of content: one of `rights`, of its unit or of the whole organisation; `what` names it."""

    rights: Sequence[Right]
    is_whole: bool = False
    what: str = ""


_OWN: Final = (Right.UNDO, Right.AGREE)
RULES: Final[dict[str, _Rule]] = {
    "measurement": _Rule((Right.UNDO,)),
    "checked": _Rule((Right.VERIFY,), what=CHECKED),
    "target": _Rule((Right.AGREE,)),
    "agreement": _Rule((Right.AGREE,)),
    "draft": _Rule(_OWN),
    "comment": _Rule((Right.UNDO,)),
    "event": _Rule(_OWN),
    "state": _Rule((Right.VERIFY,)),
    "alias": _Rule(_OWN),
    "definition": _Rule((Right.AGREE,), is_whole=True, what=DEFINES),
    "choice": _Rule((Right.AGREE,), is_whole=True),
}
"""What each content of a batch takes to be undone; contents as record/batch_content.sql names them."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What undoing would change: one row per figure (`Withdrawals.would_change`), and how many of them are locked."""

    figures: pd.DataFrame
    locked: int


def look_ahead(store: Path, access: Access, batch_number: int) -> Ahead:
    """Return what undoing a batch would change; writes nothing.

    Raises AccessRefused where `access` may not undo it, StoreError where the record can't be read.
    """
    _check_any_right(store, access)
    with Record.opened(store, writing=False) as record:
        figures = _checked(store, access, record, batch_number)
        return Ahead(figures, record.locked_of(batch_number))


def undo(store: Path, access: Access, batch_number: int, made_by: str, reason: str, *, locked_too: bool) -> Batch:
    """Take a batch out of force by a new entry; its rows stay. `locked_too`: also where figures of it are locked.

    Raises AccessRefused where `access` may not, and as `Record.withdraw`.
    """
    _check_any_right(store, access)
    with Record.opened(store, writing=True) as record:
        _checked(store, access, record, batch_number)
        batch = record.withdraw(batch_number, signed(access, made_by), reason, may_change_locked=locked_too)
    log_entered(store, access, [batch])
    return batch


def _check_any_right(store: Path, access: Access) -> None:
    """Return where `access` may undo anything of any organisation; else refuse before the record is opened."""
    if not any(access.may(right) for right in (Right.UNDO, Right.AGREE, Right.VERIFY)):
        refuse(store, access, Right.UNDO, "")


def _checked(store: Path, access: Access, record: Record, batch_number: int) -> pd.DataFrame:
    """Return what undoing would change, to who may undo it. Raises AccessRefused, and logs it."""
    codes = [batch.organisation_code for batch in record.batches() if batch.batch_number == batch_number]
    code = codes[0] if codes else ""
    parents = parents_of(record.definitions(code) if code else None)
    check_any(store, access, (Right.UNDO, Right.AGREE, Right.VERIFY), code)
    for content, unit_code in record.content_of(batch_number):
        rule = RULES[content]
        units = [code] if rule.is_whole else [unit_code] if unit_code else []
        reached = {} if rule.is_whole else parents
        check_any(store, access, rule.rights, code, unit_codes=units, parents=reached, what=rule.what)
    figures = record.would_change(batch_number)
    days = figures.assign(**{name: figures[name].dt.date for name in ("period_start", "period_end")})
    is_value = figures["from_value"].notna() | figures["to_value"].notna()
    checked = figures.loc[is_value & covered(days, record.states(code)), "unit_code"]
    for unit in {*checked, *record.locked_units(batch_number)}:
        check_any(store, access, (Right.VERIFY,), code, unit_codes=[unit], parents=parents, what=CHECKED)
    return figures
