"""What an organisation sets for itself: states of periods, its rule profile, when figures are due."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpi.access import Access, Right, check
from kpi.intake.allowed import check_whole, log_entered, parents_of, signed
from kpi.model import Verification
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.store.record import Batch, Record


def set_states(
    store: Path,
    access: Access,
    organisation_code: str,
    unit_codes: Sequence[str],
    period: Period,
    state: Verification,
    made_by: str,
    reason: str | None = None,
) -> list[Batch]:
    """Set the state of several units' figures of a period; one batch for each where it doesn't stand so already.

    Raises AccessRefused before anything is set, and as `Record.set_state`.
    """
    check(store, access, Right.VERIFY, organisation_code)
    with Record.opened(store, writing=True) as record:
        parents = parents_of(record.definitions(organisation_code))
        check(store, access, Right.VERIFY, organisation_code, unit_codes=unit_codes, parents=parents)
        by = signed(access, made_by)
        made = [record.set_state(organisation_code, code, period, state, by, reason) for code in unit_codes]
    batches = [batch for batch in made if batch is not None]
    log_entered(store, access, batches)
    return batches


def choose_profile(
    store: Path,
    access: Access,
    organisation_code: str,
    profile_code: str,
    made_by: str,
    from_year: int | None = None,
) -> Batch:
    """Choose the rule profile of an organisation from a year on. Raises AccessRefused, ProfileError, UnknownCode."""
    load_profile(profile_code)
    check_whole(store, access, Right.AGREE, organisation_code)
    with Record.opened(store, writing=True) as record:
        batch = record.choose_profile(organisation_code, profile_code, signed(access, made_by), from_year)
    log_entered(store, access, [batch])
    return batch


def set_deadline(
    store: Path, access: Access, organisation_code: str, grain: Grain, working_days: int, made_by: str
) -> Batch | None:
    """State when figures of a grain are due; None when it is so already. Raises AccessRefused, UnknownCode."""
    check_whole(store, access, Right.AGREE, organisation_code)
    with Record.opened(store, writing=True) as record:
        batch = record.set_reporting_rule(organisation_code, grain, working_days, signed(access, made_by))
    log_entered(store, access, [batch])
    return batch
