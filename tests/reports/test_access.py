"""A report shows a reader what the pages show that reader, and no more."""

from __future__ import annotations

import pytest

from kpi.access import PUBLIC, Access, Grant, Role
from kpi.errors import AccessRefused, UnknownCode
from kpi.reports.building import build
from kpi.reports.content import Report
from kpi.scoring.profile import load_profile
from tests.reports.conftest import requested, seen_by

KMK = load_profile("kmk")


def officer_of(unit: str) -> Access:
    return Access("petugas@example.go.id", "Petugas", (Grant(Role.OFFICER, "KEMUNING", unit),))


def numbers(report: Report, code: str) -> list[str]:
    """Return the values of a unit's figures, as far as the report shows any."""
    table = next(table for table in report.section("achievements").tables if code in table.title)
    at = [column.name for column in table.columns].index("Realisasi")
    return [row[at].text for row in table.rows if row[at].number is not None]


def test_figures_that_are_not_verified_are_not_in_a_report_for_everybody(kemuning, kemuning_store):
    whole = build(kemuning, requested(), KMK)
    public = build(seen_by(kemuning_store, PUBLIC), requested(), KMK)
    stated = {row[0].text: row[1] for row in public.section("units").tables[0].rows}

    assert len(numbers(whole, "Dinas Kesehatan")) > 10
    assert not numbers(public, "Dinas Kesehatan")  # nothing of this quarter is verified in the demo
    assert all(cell.number is None for cell in stated.values())
    assert public.section("summary").bigs[0].number == "–"


def test_an_officer_sees_the_own_unit_and_no_other(kemuning, kemuning_store):
    whole = build(kemuning, requested(), KMK)
    own = build(seen_by(kemuning_store, officer_of("DINKES")), requested(), KMK)

    assert numbers(own, "Dinas Kesehatan") == numbers(whole, "Dinas Kesehatan")
    assert not numbers(own, "Dinas Pendidikan")
    assert numbers(whole, "Dinas Pendidikan")


def test_an_organisation_of_others_cannot_be_reported(kemuning_store):
    stranger = Access("a@example.id", "A", (Grant(Role.OFFICER, "ELSEWHERE"),))

    with pytest.raises((AccessRefused, UnknownCode)):
        build(seen_by(kemuning_store, stranger), requested(), KMK)
