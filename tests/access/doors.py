"""How each door that writes is tried on one unit of the small town: a try is refused, or does what the door is for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any  # what a door needs

from kpi.access import (
    LOCAL,
    Access,
    Grant,
    Role,
    change_grants,
    granted,
    logged_entries,
    open_allowed,
    open_public,
    set_grants,
)
from kpi.intake import ImportOptions, Source, commit, import_files, propose
from kpi.intake.commentary import enter_comment, import_commentary
from kpi.intake.entered import Entry, enter_event
from kpi.intake.events import import_events
from kpi.intake.form import FormRow, form_proposal, known_texts
from kpi.intake.people import PeopleFile, import_people
from kpi.intake.setting import choose_profile, set_deadline, set_states
from kpi.intake.statement_body import Body
from kpi.intake.statements import (
    Statement,
    agree,
    drop_draft,
    save_draft,
    standing_statements,
    statement_proposal,
)
from kpi.intake.templates.content import content_of
from kpi.intake.undoing import look_ahead, undo
from kpi.model import EventKind, Verification
from kpi.periods import Grain, Period
from kpi.store.access_log import REFUSED
from kpi.store.statements import StatementState
from tests.access.people_doors import PEOPLE_DOORS
from tests.access.roles import OWN
from tests.small_organisation import TOWN

Try = Callable[[Path, Access, str, int], object]
"""Tries a door: in a store, as somebody, on a unit; the number is another one each time, so that something is new."""
INDICATOR = {"DISDIK": "APS", "PKM_A": "IMUNISASI"}
_HEADER = "unit_code,indicator_code,period_start,period_end"
_OPTIONS = ImportOptions(TOWN, made_by="a test", reason="uji")
OPEN = "2026-07-01,2026-09-30"
VERIFIED = "2025-01-01,2025-03-31"
"""A quarter that the fixture verified for both units."""


_made: dict[tuple[Path, str, str], Any] = {}


def _kept(store: Path, name: str, unit: str, make: Callable[[], Any]) -> Any:
    """Return what was made for a door and unit and not used up yet (`_use_up`), else make it."""
    key = (store, name, unit)
    if key not in _made:
        _made[key] = make()
    return _made[key]


def _use_up(store: Path, name: str, unit: str) -> None:
    del _made[store, name, unit]


def _file(unit: str, columns: str, cells: str, days: str = OPEN, more: str = "") -> Source:
    text = f"{_HEADER},{columns}\n{unit},{INDICATOR[unit]},{days},{cells}\n{more}"
    return Source.upload("angka.csv", text.encode())


def _import(store: Path, access: Access, source: Source) -> object:
    with source.on_disk() as path:
        report = import_files(store, access, [path], _OPTIONS)
    assert not report.is_refused, report.errors
    assert report.accepted
    return report


def _value(store: Path, access: Access, unit: str, number: int) -> object:
    return _import(store, access, _file(unit, "value", f"{number / 100}"))


def _target(store: Path, access: Access, unit: str, number: int) -> object:
    return _import(store, access, _file(unit, "target", f"{number / 100}"))


def _weight(store: Path, access: Access, unit: str, number: int) -> object:
    return _import(store, access, _file(unit, "target,weight", f"90,{number}", "2026-10-01,2026-12-31"))


def _new_unit(store: Path, access: Access, unit: str, number: int) -> object:
    text = f"{_HEADER},target,unit_name\nBARU{number},{INDICATOR[unit]},{OPEN},1,Unit baru\n"
    with Source.upload("unit.csv", text.encode()).on_disk() as path:
        report = import_files(store, access, [path], dataclasses.replace(_OPTIONS, create=True))
    assert not report.is_refused
    return report


def _verified_value(store: Path, access: Access, unit: str, number: int) -> object:
    return _import(store, access, _file(unit, "value", f"{number / 100}", VERIFIED))


def _stated_as_verified(store: Path, access: Access, unit: str, number: int) -> object:
    return _import(
        store, access, _file(unit, "value,verification", f"{number / 100},verified", "2026-04-01,2026-06-30")
    )


def _dry_run(store: Path, access: Access, unit: str, number: int) -> object:
    with _file(unit, "value", f"{number / 100}").on_disk() as path:
        return import_files(store, access, [path], dataclasses.replace(_OPTIONS, dry_run=True))


def _with_another_units_row(store: Path, access: Access, unit: str, number: int) -> object:
    """A file of the own unit with one row of `unit` that changes nothing: even comparing it would tell what stands."""
    more = f"{unit},{INDICATOR[unit]},{OPEN},80\n" if unit != OWN else ""
    return propose(store, access, [_file(OWN, "value", f"{number / 100}", more=more)], _OPTIONS)


def _propose(store: Path, access: Access, unit: str, number: int) -> object:
    found = propose(store, access, [_file(unit, "value", f"{number / 100}")], _OPTIONS)
    assert not found.is_refused
    return found


def _commit(store: Path, access: Access, unit: str, number: int) -> object:
    sources = [_file(unit, "value", f"{number / 100}")]
    proposal = _kept(store, "commit", unit, lambda: propose(store, LOCAL, sources, _OPTIONS))
    report = commit(store, access, proposal, "a test")
    _use_up(store, "commit", unit)
    return report.accepted


def _form(store: Path, access: Access, unit: str, number: int) -> object:
    content = _kept(
        store, "form", unit, lambda: content_of(open_allowed(store, LOCAL), TOWN, unit, Period.parse("2026-Q1"))
    )
    entry = next(each for each in content.entries if each.indicator.indicator_code == INDICATOR[unit])
    known = known_texts(entry, "id")
    row = FormRow(unit, entry.indicator, entry.period, known, {**known, "value": f"{number / 100}".replace(".", ",")})
    found = form_proposal(store, access, TOWN, [row])
    assert found.proposal is not None
    return found


def _event(store: Path, access: Access, unit: str, number: int) -> object:
    entry = Entry("2026-08-01", EventKind.OTHER.value, f"Kejadian {number}", "uji", (unit,))
    return enter_event(store, access, TOWN, entry)


def _event_of_all(store: Path, access: Access, _unit: str, number: int) -> object:
    return enter_event(store, access, TOWN, Entry("2026-08-01", EventKind.OTHER.value, f"Umum {number}", "uji"))


def _events_file(store: Path, access: Access, unit: str, number: int) -> object:
    text = f"event_code,happened_on,kind,text,author,unit_code\nK{number},2026-08-01,other,Banjir,uji,{unit}\n"
    with Source.upload("kejadian.csv", text.encode()).on_disk() as path:
        report = import_events(store, access, path, _OPTIONS)
    assert report.accepted
    return report


def _comment(store: Path, access: Access, unit: str, number: int) -> object:
    row = {
        "unit_code": unit,
        "indicator_code": INDICATOR[unit],
        "period_start": OPEN[:10],
        "period_end": OPEN[11:],
        "cause": f"Sebab {number}",
        "follow_up": "Tindakan",
        "owner": "Kepala",
        "due": "2026-12-31",
        "author": "uji",
    }
    return enter_comment(store, TOWN, row, access, 1)


def _comments_file(store: Path, access: Access, unit: str, number: int) -> object:
    text = (
        f"{_HEADER},cause,follow_up,owner,due\n"
        f"{unit},{INDICATOR[unit]},{OPEN},Sebab {number},Tindakan,Kepala,2026-12-31\n"
    )
    with Source.upload("penjelasan.csv", text.encode()).on_disk() as path:
        report = import_commentary(store, path, _OPTIONS, access)
    assert report.accepted, report.errors
    return report


def _draft(unit: str, number: int, code: str = "") -> Statement:
    body = Body({"name": f"Ukuran {number}", "grain": "year", "polarity": "maximize"}, {"2026": "85"}, "")
    return Statement(TOWN, code or f"{unit}/U{number}/2026", unit, f"U{number}", 2026, body=body.as_json())


def _save(store: Path, access: Access, unit: str, number: int) -> object:
    return save_draft(store, access, _draft(unit, number), "a test")


def _save_over_anothers(store: Path, access: Access, unit: str, number: int) -> object:
    """A draft of the own unit under the code of a draft of `unit`."""
    standing = _kept(store, "over", unit, lambda: _saved(store, unit, number))
    batch = save_draft(store, access, _draft(OWN, number + 1, standing.statement_code), "a test")
    _use_up(store, "over", unit)
    return batch


def _drop(store: Path, access: Access, unit: str, number: int) -> object:
    standing = _kept(store, "drop", unit, lambda: _saved(store, unit, number))
    batch = drop_draft(store, access, standing, "a test")
    _use_up(store, "drop", unit)
    return batch


def _saved(store: Path, unit: str, number: int) -> Statement:
    save_draft(store, LOCAL, _draft(unit, number), "a test")
    return _draft(unit, number)


def _look_at_draft(store: Path, access: Access, unit: str, number: int) -> object:
    return statement_proposal(store, access, _draft(unit, number))


def _agree(store: Path, access: Access, unit: str, number: int) -> object:
    proposal = _kept(store, "agree", unit, lambda: statement_proposal(store, LOCAL, _draft(unit, number)))
    batch = agree(store, access, proposal, "a test")
    _use_up(store, "agree", unit)
    return batch


def _agree_known(store: Path, access: Access, unit: str, number: int) -> object:
    """Another sheet for an indicator that is defined: it changes for every unit that carries it."""
    body = Body({"name": f"Nama lain {number}", "grain": "quarter", "unit_of_measure": "%"}, {"2026": "85"}, "")
    statement = Statement(TOWN, f"{unit}/{number}", unit, INDICATOR[unit], 2026, body=body.as_json())
    proposal = _kept(store, "agree known", unit, lambda: statement_proposal(store, LOCAL, statement))
    batch = agree(store, access, proposal, "a test", "uji")
    _use_up(store, "agree known", unit)
    return batch


def _drafts(store: Path, access: Access, unit: str, number: int) -> object:
    """A list without the draft of `unit` is as good as a refusal."""
    _kept(store, "drafts", unit, lambda: _saved(store, unit, number))
    found = standing_statements(store, access, TOWN)
    return [one for one in found if one.state is StatementState.DRAFT and one.unit_code == unit] or None


def _verify(store: Path, access: Access, unit: str, number: int) -> object:
    period = Period.parse("2030-01").shifted(number)
    return set_states(store, access, TOWN, [unit], period, Verification.VERIFIED, "a test")


def _profile(store: Path, access: Access, _unit: str, number: int) -> object:
    return choose_profile(store, access, TOWN, "kmk", "a test", 1900 + number % 300)


def _deadline(store: Path, access: Access, _unit: str, number: int) -> object:
    return set_deadline(store, access, TOWN, Grain.MONTH, 1 + number % 250, "a test")


def _undone(make: Try) -> Try:
    """Undo what `make` did as the local user."""

    def undoing(store: Path, access: Access, unit: str, number: int) -> object:
        batch_number = _kept(store, f"undo {make.__name__}", unit, lambda: _batch_of(make(store, LOCAL, unit, number)))
        batch = undo(store, access, batch_number, "a test", "uji", locked_too=False)
        _use_up(store, f"undo {make.__name__}", unit)
        return batch

    return undoing


def _batch_of(made: Any) -> int:
    """Return the number of the batch in what a door gave."""
    batch = made[0] if isinstance(made, list) else made[1] if isinstance(made, tuple) else made
    return batch.batches[-1] if hasattr(batch, "batches") else batch.batch_number


def _ahead(store: Path, access: Access, unit: str, number: int) -> object:
    made = _kept(store, "ahead", unit, lambda: _batch_of(_value(store, LOCAL, unit, number)))
    return look_ahead(store, access, made)


def _employees(store: Path, access: Access, unit: str, number: int) -> object:
    text = f"employee_code,name,position,unit_code,valid_from\nP{number},Nama Contoh,Staf,{unit},2026-01-01\n"
    with Source.upload("pegawai.csv", text.encode()).on_disk() as path:
        return import_people(store, access, path, PeopleFile.EMPLOYEES, _OPTIONS)


def _role(store: Path, access: Access, unit: str, number: int) -> object:
    return set_grants(store, access, f"u{number}@example.go.id", [Grant(Role.OFFICER, TOWN, unit)], "uji")


def _changed_role(store: Path, access: Access, unit: str, number: int) -> object:
    return change_grants(store, access, f"u{number}@example.go.id", [Grant(Role.OFFICER, TOWN, unit)], [], "uji")


def _role_of_all(store: Path, access: Access, _unit: str, number: int) -> object:
    return set_grants(store, access, f"u{number}@example.go.id", [Grant(Role.PLANNER)], "uji")


def _public(store: Path, access: Access, _unit: str, number: int) -> object:
    open_public(store, access, number % 2 == 0, "uji")
    return True


def _roles_list(store: Path, access: Access, _unit: str, _number: int) -> object:
    granted(store, access)
    return True


def _log(store: Path, access: Access, _unit: str, _number: int) -> object:
    logged_entries(store, access, [REFUSED], 1)
    return True


DOORS: dict[str, Try] = {
    "import_files: a value": _value,
    "import_files: a target": _target,
    "import_files: a weight": _weight,
    "import_files: a new unit": _new_unit,
    "import_files: a value in a verified period": _verified_value,
    "import_files: a value stated as verified": _stated_as_verified,
    "import_files: a dry run": _dry_run,
    "propose": _propose,
    "propose: with a known row of the unit": _with_another_units_row,
    "commit": _commit,
    "form_proposal": _form,
    "enter_event": _event,
    "add_events: of all units": _event_of_all,
    "import_events": _events_file,
    "enter_comment": _comment,
    "import_commentary": _comments_file,
    "standing_statements: its drafts": _drafts,
    "statement_proposal": _look_at_draft,
    "save_draft": _save,
    "save_draft: over one of the unit": _save_over_anothers,
    "drop_draft": _drop,
    "agree": _agree,
    "agree: a sheet that is known": _agree_known,
    "set_states": _verify,
    "choose_profile": _profile,
    "set_deadline": _deadline,
    "look_ahead": _ahead,
    "undo: a value": _undone(_value),
    "undo: a value in a verified period": _undone(_verified_value),
    "undo: a target": _undone(_target),
    "undo: a new unit": _undone(_new_unit),
    "undo: an event": _undone(_event),
    "undo: a comment": _undone(_comment),
    "undo: a state": _undone(_verify),
    "undo: a draft": _undone(_save),
    "undo: an agreed statement": _undone(_agree),
    "undo: a choice of profile": _undone(_profile),
    "import_people": _employees,
    **PEOPLE_DOORS,
    "set_grants": _role,
    "set_grants: of all organisations": _role_of_all,
    "change_grants": _changed_role,
    "open_public": _public,
    "granted": _roles_list,
    "logged_entries": _log,
}
"""Every door, by the name of its function; after the colon what is tried, where a door leads to several things."""
