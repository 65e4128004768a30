"""However few facts are scored at once, indices and losses are the same: a year is cut between periods alone."""

from __future__ import annotations

import pytest

from kpi.store import indices
from kpi.store.engine import connect
from kpi.store.publish import publish
from kpi.store.versions import path_of
from tests.store.building import TODAY
from tests.store.same_snapshot import row_counts, rows_that_differ
from tests.store.several_organisations import build


@pytest.mark.parametrize("at_once", [pytest.param(1, id="each period by itself"), pytest.param(40, id="some together")])
def test_scoring_in_parts_gives_the_same_snapshot(tmp_path, monkeypatch, at_once):
    build(tmp_path / "store")
    whole = publish(tmp_path / "store", today=TODAY)
    monkeypatch.setattr(indices, "_FACTS_AT_ONCE", at_once)
    in_parts = publish(tmp_path / "store", today=TODAY, force=True)

    assert in_parts.version != whole.version
    assert row_counts(tmp_path / "store", whole.version)["unit_index"] > 100
    assert rows_that_differ(tmp_path / "store", in_parts.version, whole.version) == {}


def test_parts_hold_every_fact_once_and_no_more_than_fit(tmp_path, monkeypatch):
    build(tmp_path / "store")
    version = publish(tmp_path / "store", today=TODAY).version
    with connect(path_of(tmp_path / "store", version), is_read_only=True) as connection:
        whole = list(indices._parts(connection))
        monkeypatch.setattr(indices, "_FACTS_AT_ONCE", 40)
        parts = list(indices._parts(connection))
        counts = [
            connection.execute(COUNT, part[:3] + part[4:5] * 2 + part[5:6] + part[5:]).fetchall() for part in parts
        ]
        (total,) = connection.execute("SELECT COUNT(*) FROM facts_by_unit").fetchall()[0]

    sizes = [rows for ((rows, _),) in counts]
    assert len(parts) > len(whole)
    assert sum(sizes) == total
    assert all(rows <= 40 or periods == 1 for ((rows, periods),) in counts)


COUNT = """SELECT COUNT(*), COUNT(DISTINCT (grain, period_end)) FROM facts_by_unit
WHERE organisation_code = ? AND "year" BETWEEN ? AND ? AND (? IS NULL OR grain = ?)
    AND (? IS NULL OR period_end BETWEEN ? AND ?)"""
