"""Who has which role: what an administrator may state, and what an identity is granted by it."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from kpi.access import LOCAL, PUBLIC, Access, Grant, Role, access_of, granted, open_public, public_is_open, set_grants
from kpi.access.grants import normalised
from kpi.errors import AccessRefused, KpiError, UnknownCode
from kpi.store.access_log import REFUSED, ROLES, read_logs
from kpi.store.access_record import ACCESS
from tests.store.building import CODE

ANI = "ani@example.go.id"
OFFICER = Grant(Role.OFFICER, CODE, unit_code="DIKNAS")
VERIFIER = Grant(Role.VERIFIER, CODE)
ADMINISTRATOR = Access("budi@example.go.id", "Budi", (Grant(Role.ADMINISTRATOR, CODE),))


def logged(store):
    return [entry for file in read_logs(store) for entry in file.entries]


def test_an_identity_without_a_role_may_see_nothing(store):
    assert access_of(store, ANI, "Ani") == Access(ANI, "Ani", ())
    assert not (store / ACCESS.file_name).exists()


def test_roles_hold_from_the_moment_they_are_set_and_end_when_they_are_taken_away(store):
    assert set_grants(store, LOCAL, ANI, [OFFICER, VERIFIER], "surat tugas 12")
    assert access_of(store, ANI, "Ani").grants == (OFFICER, VERIFIER)

    assert set_grants(store, LOCAL, ANI, [VERIFIER], "pindah tugas")
    assert access_of(store, ANI, "Ani").grants == (VERIFIER,)

    assert set_grants(store, LOCAL, ANI, [], "pensiun")
    assert access_of(store, ANI, "Ani").grants == ()
    assert access_of(store, "else@example.go.id", "Else").grants == ()


def test_the_past_of_roles_stays(store):
    set_grants(store, LOCAL, ANI, [OFFICER], "surat tugas 12")
    set_grants(store, LOCAL, ANI, [], "pensiun")

    told = [(one.identity, one.grants, one.made_by, one.reason, one.is_newest) for one in granted(store, LOCAL)]

    assert told == [(ANI, (OFFICER,), "local", "surat tugas 12", False), (ANI, (), "local", "pensiun", True)]


def test_the_same_roles_again_write_nothing(store):
    set_grants(store, LOCAL, ANI, [OFFICER], "surat tugas 12")

    assert not set_grants(store, LOCAL, ANI, [OFFICER, OFFICER], "lagi")
    assert len(granted(store, LOCAL)) == 1


@pytest.mark.parametrize(
    ("identity", "same"),
    [
        pytest.param("Ani@Example.GO.ID", True, id="an address in capitals"),
        pytest.param("  ani@example.go.id ", True, id="blanks around it"),
        pytest.param("an\u0131@example.go.id", False, id="a dotless i is another letter"),
        pytest.param("ani@example.go.id.evil.example", False, id="an address that begins alike"),
    ],
)
def test_an_address_is_compared_without_case_and_without_likenesses(store, identity, same):
    set_grants(store, LOCAL, ANI, [VERIFIER], "surat tugas")

    assert bool(access_of(store, identity, "?").grants) is same


def test_a_subject_that_is_no_address_keeps_its_case_and_the_kelvin_sign_is_no_k():
    assert normalised(" aBc ") == "aBc"
    assert normalised("\u212aim@example.go.id") == "\u212aim@example.go.id"


def test_nobody_signs_in_without_an_identity(store):
    open_public(store, LOCAL, is_open=True, reason="uji")

    assert access_of(store, "  ", "?").grants == ()


def test_public_figures_are_switched_on_and_off_for_all(store):
    assert not public_is_open(store)
    open_public(store, LOCAL, is_open=True, reason="UU KIP")
    assert public_is_open(store)
    assert access_of(store, ANI, "Ani").grants == PUBLIC.grants
    set_grants(store, LOCAL, ANI, [VERIFIER], "surat tugas")
    assert access_of(store, ANI, "Ani").grants == (VERIFIER, *PUBLIC.grants)

    open_public(store, LOCAL, is_open=False, reason="pemeliharaan")
    assert not public_is_open(store)
    assert access_of(store, ANI, "Ani").grants == (VERIFIER,)


def test_an_administrator_of_one_organisation_gives_roles_in_that_one_alone(store):
    assert set_grants(store, ADMINISTRATOR, ANI, [OFFICER], "surat tugas")

    for grant in (Grant(Role.PLANNER), Grant(Role.PLANNER, "OTHER")):
        with pytest.raises(AccessRefused):
            set_grants(store, ADMINISTRATOR, ANI, [OFFICER, grant], "lebih")
    with pytest.raises(AccessRefused):
        open_public(store, ADMINISTRATOR, is_open=True, reason="lebih")
    assert access_of(store, ANI, "Ani").grants == (OFFICER,)


def test_an_administrator_of_one_organisation_cannot_end_a_role_of_all(store):
    set_grants(store, LOCAL, ANI, [Grant(Role.PLANNER), OFFICER], "surat tugas")

    with pytest.raises(AccessRefused):
        set_grants(store, ADMINISTRATOR, ANI, [OFFICER], "kurangi")
    assert set_grants(store, ADMINISTRATOR, ANI, [Grant(Role.PLANNER)], "kurangi")


def test_an_administrator_of_one_organisation_sees_the_roles_in_that_one(store):
    set_grants(store, LOCAL, ANI, [Grant(Role.PLANNER), OFFICER], "surat tugas")
    set_grants(store, LOCAL, "citra@example.go.id", [Grant(Role.PLANNER)], "surat tugas")

    assert [(one.identity, one.grants) for one in granted(store, ADMINISTRATOR)] == [(ANI, (OFFICER,))]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.LOCAL}])
def test_nobody_else_sees_or_sets_roles(store, role):
    access = Access("dedi@example.go.id", "Dedi", (Grant(role),))
    for ask in (
        lambda: set_grants(store, access, ANI, [OFFICER], "coba"),
        lambda: granted(store, access),
        lambda: open_public(store, access, is_open=True, reason="coba"),
    ):
        with pytest.raises(AccessRefused):
            ask()
    assert access_of(store, ANI, "Ani").grants == ()
    assert [(entry.act, entry.who) for entry in logged(store)] == [(REFUSED, access.identity)] * 3


def test_nobody_changes_their_own_roles(store):
    access = replace(ADMINISTRATOR, grants=(Grant(Role.ADMINISTRATOR),))
    with pytest.raises(AccessRefused):
        set_grants(store, access, "Budi@example.go.id", [Grant(Role.PEOPLE_MANAGER)], "untuk saya")
    assert logged(store)[-1].whom == access.identity


def test_every_change_is_logged_with_whom_it_concerns(store):
    set_grants(store, ADMINISTRATOR, ANI, [OFFICER], "surat tugas")

    entry = logged(store)[-1]
    assert (entry.act, entry.who, entry.whom, entry.organisation_code) == (ROLES, ADMINISTRATOR.identity, ANI, CODE)


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        pytest.param(Grant(Role.LOCAL), "given to nobody", id="the local user"),
        pytest.param(Grant(Role.PUBLIC), "given to nobody", id="the public"),
        pytest.param(
            Grant(Role.EMPLOYEE, CODE), "needs the organisation and the employee", id="an employee of no code"
        ),
        pytest.param(
            Grant(Role.SUPERIOR, None, employee_code="E1"), "needs the organisation", id="a superior anywhere"
        ),
        pytest.param(Grant(Role.OFFICER, CODE, "DIKNAS", "E1"), "bound to no employee", id="an officer with a code"),
        pytest.param(Grant(Role.ADMINISTRATOR, CODE, "DIKNAS"), "bound to no unit", id="an administrator of a unit"),
        pytest.param(Grant(Role.OFFICER, None, "DIKNAS"), "name the organisation", id="a unit of no organisation"),
    ],
)
def test_a_role_with_too_much_or_too_little_is_refused(store, grant, said):
    with pytest.raises(KpiError, match=said):
        set_grants(store, LOCAL, ANI, [grant], "uji")
    assert access_of(store, ANI, "Ani").grants == ()


@pytest.mark.parametrize(
    "grant",
    [
        pytest.param(Grant(Role.OFFICER, CODE, "DIKNES"), id="a unit that isn't there"),
        pytest.param(Grant(Role.OFFICER, "X"), id="an organisation that isn't there"),
        pytest.param(Grant(Role.EMPLOYEE, CODE, employee_code="E1"), id="an employee who isn't there"),
    ],
)
def test_a_code_that_is_not_known_is_refused(store, grant):
    with pytest.raises(UnknownCode):
        set_grants(store, LOCAL, ANI, [grant], "uji")


def test_roles_need_an_identity_and_a_reason(store):
    with pytest.raises(KpiError, match="need an identity"):
        set_grants(store, LOCAL, " ", [VERIFIER], "uji")
    with pytest.raises(KpiError, match="Say why"):
        set_grants(store, LOCAL, ANI, [VERIFIER], " ")
    assert granted(store, LOCAL) == []


def test_what_cannot_be_logged_is_not_done(store):
    (store / "access").mkdir()
    (store / "access" / "log").write_text("not a folder")

    with pytest.raises((KpiError, OSError)):
        set_grants(store, LOCAL, ANI, [VERIFIER], "uji")
    assert access_of(store, ANI, "Ani").grants == ()


def test_only_its_owner_may_read_who_has_which_role(store):
    before = os.umask(0)
    try:
        set_grants(store, LOCAL, ANI, [VERIFIER], "uji")
    finally:
        os.umask(before)

    assert oct((store / "access").stat().st_mode & 0o777) == "0o700"
    for path in (store / "access").iterdir():
        assert not path.stat().st_mode & 0o077, path


def test_a_damaged_access_record_lets_nobody_in(store):
    set_grants(store, LOCAL, ANI, [VERIFIER], "uji")
    (store / ACCESS.file_name).write_bytes(b"no database")

    with pytest.raises(KpiError):
        access_of(store, ANI, "Ani")
