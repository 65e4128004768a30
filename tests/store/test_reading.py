"""What every page asks again is asked of the file once, and nobody changes it for another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from kpi.access import LOCAL, allowed_snapshot
from kpi.periods import Grain, Period
from kpi.store.engine import connect
from kpi.store.reading import Opening
from kpi.store.snapshot import Snapshot
from kpi.store.versions import current_version, path_of
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]


class Counted:
    """A connection that counts the cursors it lends: one a question."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.questions = 0

    def cursor(self) -> duckdb.DuckDBPyConnection:
        self.questions += 1
        return self.connection.cursor()


def opened(store: Path) -> tuple[Snapshot, Any]:
    counted: Any = Counted(connect(path_of(store, current_version(store)), is_read_only=True))
    return Snapshot(Opening(counted)), counted


def test_definitions_are_asked_once_however_many_read_them(small_store: Path):
    snapshot, counted = opened(small_store)
    before = counted.questions

    found = [allowed_snapshot(small_store, snapshot, LOCAL).indicators(TOWN) for _ in range(3)]

    assert counted.questions == before + 1  # whoever no unit binds needs no units for rights
    assert found[0].equals(found[2])


def test_a_reader_in_other_eyes_costs_no_question(small_store: Path):
    snapshot, counted = opened(small_store)
    before = counted.questions

    allowed = allowed_snapshot(small_store, snapshot, LOCAL)

    assert allowed.meta == snapshot.meta
    assert counted.questions == before


def test_who_changes_an_answer_changes_nobody_else_s(small_store: Path):
    snapshot, _ = opened(small_store)
    mine = snapshot.units(TOWN)

    mine.loc[:, "name"] = "changed"
    mine["more"] = 1

    assert "changed" not in set(snapshot.units(TOWN)["name"])
    assert "more" not in snapshot.units(TOWN)


def test_figures_are_asked_anew(small_store: Path):
    snapshot, counted = opened(small_store)
    before = counted.questions

    snapshot.facts(TOWN, unit_codes=["PKM_A"])
    snapshot.facts(TOWN, unit_codes=["PKM_A"])

    assert counted.questions == before + 2


def test_the_newest_figures_are_those_among_all_of_an_indicator(small_store: Path):
    snapshot = Snapshot.open(small_store)
    looked_at = 0
    for code in snapshot.indicators(TOWN)["indicator_code"]:
        every = snapshot.facts(TOWN, indicator_codes=[code])
        known = every[every["value"].notna()]
        expected = known.loc[known.groupby(["unit_code", "verification"])["period_end"].idxmax()]
        newest = snapshot.newest_facts(TOWN, code)

        assert set(newest["unit_code"]) == set(every["unit_code"])
        found = newest[newest["value"].notna()]
        columns = ["unit_code", "verification", "period_end", "value", "target"]
        pd.testing.assert_frame_equal(
            found[columns].sort_values(columns[:3]).reset_index(drop=True),
            expected[columns].sort_values(columns[:3]).reset_index(drop=True),
        )
        looked_at += len(found)
    assert looked_at > 5


def test_the_same_figures_come_whichever_table_is_read(small_store: Path):
    snapshot = Snapshot.open(small_store)
    units = list(snapshot.units(TOWN)["unit_code"])
    by_unit = snapshot.facts(TOWN, unit_codes=units)

    for code in snapshot.indicators(TOWN)["indicator_code"]:
        by_indicator = snapshot.facts(TOWN, unit_codes=units, indicator_codes=[code])
        expected = by_unit[by_unit["indicator_code"] == code].reset_index(drop=True)
        pd.testing.assert_frame_equal(by_indicator, expected)


def test_organisations_and_chosen_profiles_are_asked_once(small_store: Path):
    snapshot, counted = opened(small_store)
    snapshot.organisations()
    snapshot.chosen_profile(TOWN)
    before = counted.questions

    again = Snapshot(snapshot.shared)

    assert again.organisations() == snapshot.organisations()
    assert again.chosen_profile(TOWN, 2026) == "kmk"
    assert counted.questions == before


def test_a_unit_carries_what_it_has_a_figure_of_at_its_own_length_or_for_the_year(small_store: Path):
    snapshot, year = Snapshot.open(small_store), Period.parse("2026")
    units = ["DISDIK", "PKM_A"]

    found = snapshot.carried(TOWN, unit_codes=units, first=year.start, last=year.end)

    expected = {
        (str(unit), str(code))
        for grain in (None, Grain.YEAR)
        for unit, code in snapshot.facts(TOWN, unit_codes=units, grain=grain, first=year.start, last=year.end)[
            ["unit_code", "indicator_code"]
        ].itertuples(index=False)
    }
    assert ("PKM_A", "IMUNISASI") in expected
    assert list(found.itertuples(index=False, name=None)) == sorted(expected)
