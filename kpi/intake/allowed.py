"""What an access may enter: every door of the record asks here before anything is compared or written.

Values take the right to report, targets, weights and definitions the right to agree, and whatever is verified or locked
the right to verify. A file's units must all be the reader's own: already holding it against the record would tell what
others reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from kpi.access import Access, Right, Role, check, check_any
from kpi.access.checks import reached_units
from kpi.intake.messages import mark
from kpi.model import Verification
from kpi.store.access_log import ENTERED, log_of
from kpi.store.record import Batch, Comparison, Definitions, PeriodState, Record

ENTERS: Final = (Right.REPORT, Right.AGREE)
"""Whoever has one of these for a unit may hold a file of it against the record."""
DEFINES: Final = mark("change what units and indicators are")
CHECKED: Final = mark("change what is verified or locked")
WROTE: Final = mark("entered a batch")
_CHECKED: Final = frozenset({Verification.VERIFIED.value, Verification.LOCKED.value})
_KEYS: Final = ["line", "unit_code", "period_start", "period_end", "verification"]


def parents_of(known: Definitions | None) -> dict[str, str | None]:
    """Return every known unit's parent, None for the root."""
    return {code: unit.parent_code for code, unit in known.units.items()} if known else {}


def signed(access: Access, made_by: str) -> str:
    """Return who stands with an entry: who signed in, whatever was typed; on this machine alone the name given."""
    is_local = Role.LOCAL in access.roles()
    return made_by if is_local else access.name or access.identity


def log_entered(store: Path, access: Access, batches: Iterable[Batch | None]) -> None:
    """Log which identity made these batches: the record keeps the name alone. Not of the user of this machine."""
    if Role.LOCAL in access.roles():
        return
    for batch in batches:
        if batch is not None:
            log_of(store).add(
                ENTERED,
                access.identity,
                ",".join(access.roles(batch.organisation_code)),
                f"{WROTE} {batch.batch_number}",
                organisation_code=batch.organisation_code,
            )


def check_enters(store: Path, access: Access, organisation_code: str) -> None:
    """Return where `access` enters figures or targets of any unit at all. Raises AccessRefused, and logs it."""
    check_any(store, access, ENTERS, organisation_code)


def check_units(
    store: Path, access: Access, organisation_code: str, known: Definitions | None, figures: pa.Table
) -> None:
    """Return where all units of `figures` (FIGURES) are the reader's to enter. Raises AccessRefused, and logs it."""
    parents = parents_of(known)
    if reached_units(access, ENTERS, organisation_code, parents) is None:
        return  # and nobody counts the units of millions of lines
    units = set(figures["unit_code"].unique().to_pylist())
    check_any(store, access, ENTERS, organisation_code, unit_codes=units, parents=parents)


def check_says(
    store: Path, access: Access, organisation_code: str, known: Definitions | None, unit_codes: Collection[str]
) -> None:
    """Return where `access` reports for all these units, and so says why figures of theirs are as they are."""
    if unit_codes:
        parents = parents_of(known)
        check(store, access, Right.REPORT, organisation_code, unit_codes=unit_codes, parents=parents)


def check_definitions(store: Path, access: Access, known: Definitions | None, told: Definitions | None) -> None:
    """Return where nothing known is told anew, or `access` agrees for the whole organisation. Raises AccessRefused."""
    if told is None:
        return
    changes = told.completed().changes_since(known)
    is_same = known is not None and known.organisation == told.organisation and not changes.count
    if not is_same:
        code = told.organisation.organisation_code
        check_whole(store, access, Right.AGREE, code, what=DEFINES)


def check_whole(store: Path, access: Access, right: Right, organisation_code: str, what: str = "") -> None:
    """Return where `access` has the right for the whole organisation, bound to no unit. Raises AccessRefused."""
    check(store, access, right, organisation_code, unit_codes=[organisation_code], parents={}, what=what)


def check_changes(
    store: Path,
    access: Access,
    record: Record,
    known: Definitions | None,
    plan: tuple[Definitions | None, pa.Table],
    found: Comparison | None = None,
) -> None:
    """Return where `access` may write everything that a plan, its definitions and figures, would change.

    `found`: the figures held against `record`, which is done here where it is None. Raises AccessRefused, and logs it.
    """
    told, figures = plan
    check_definitions(store, access, known, told)
    if told is None or not len(figures):
        return
    code, parents = told.organisation.organisation_code, parents_of(known)
    rights = (Right.REPORT, Right.AGREE, Right.VERIFY)
    if all(reached_units(access, [right], code, parents) is None for right in rights):
        return
    found = found or record.compare(code, figures, definitions=told)
    wide = figures.select(_KEYS).to_pandas().merge(found.lines.to_pandas(), on="line", validate="one_to_one")
    is_value = wide["value_state"].isin(["new", "changed"])
    is_agreed = wide["target_state"].isin(["new", "changed"]) | wide["weight_state"].isin(["new", "changed"])
    states = record.states(code)
    is_checked = is_value & (
        wide["verification"].isin(_CHECKED) | wide["known_verification"].isin(_CHECKED) | covered(wide, states)
    )
    is_checked |= wide["is_locked"].astype(bool) & (wide["state"] != "unchanged")
    asked = ((Right.REPORT, is_value, ""), (Right.AGREE, is_agreed, ""), (Right.VERIFY, is_checked, CHECKED))
    for right, rows, what in asked:
        if units := set(wide.loc[rows, "unit_code"]):
            check(store, access, right, code, unit_codes=units, parents=parents, what=what)


def covered(rows: pd.DataFrame, states: Collection[PeriodState]) -> pd.Series:
    """Return which rows (unit_code, period_start, period_end) lie in a verified or locked period of their unit."""
    found = pd.Series(data=False, index=rows.index)
    units = set(rows["unit_code"])
    for state in states:
        if state.unit_code in units and state.state.value in _CHECKED:
            inside = (rows["period_start"] >= state.period_start) & (rows["period_end"] <= state.period_end)
            found |= (rows["unit_code"] == state.unit_code) & inside
    return found
