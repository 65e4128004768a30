"""The large tables of a snapshot are the same, in the same order, in however many parts they are sorted and written."""

from __future__ import annotations

import pytest

from kpi.store import figure_tables
from kpi.store.engine import connect
from kpi.store.figure_tables import Span, spans
from kpi.store.publish import publish
from kpi.store.versions import path_of
from tests.store.building import TODAY
from tests.store.several_organisations import build

TABLES = ("reported", "facts_by_unit", "facts_by_indicator")


@pytest.mark.parametrize("at_once", [pytest.param(1, id="each number by itself"), pytest.param(60, id="some together")])
def test_tables_written_in_parts_hold_the_same_rows_in_the_same_order(tmp_path, monkeypatch, at_once):
    build(tmp_path / "store")
    whole = publish(tmp_path / "store", today=TODAY).version
    monkeypatch.setattr(figure_tables, "ROWS_AT_ONCE", at_once)
    in_parts = publish(tmp_path / "store", today=TODAY, force=True).version

    assert in_parts != whole
    for table in TABLES:
        rows = _keys(tmp_path / "store", whole, table)
        assert len(rows) > at_once, "or nothing was cut"
        assert _keys(tmp_path / "store", in_parts, table) == rows


def _keys(store, version, table):
    with connect(path_of(store, version), is_read_only=True) as connection:
        return connection.execute(
            f"SELECT organisation_code, unit_code, indicator_code, grain, period_start FROM {table} ORDER BY rowid"
        ).fetchall()


def test_what_is_few_enough_is_one_stretch():
    assert list(spans([(1, 4, 10), (1, 9, 10), (12, 2, 5)], 25)) == [Span(1, 12, 2, 9)]
    assert list(spans([], 25)) == []


def test_stretches_hold_few_enough_rows_or_one_number_and_no_two_grains():
    sizes = [(1, 1, 10), (1, 2, 10), (1, 5, 10), (3, 1, 90), (3, 2, 4), (3, 3, 4)]

    assert list(spans(sizes, 25)) == [Span(1, 1, 1, 2), Span(1, 1, 5, 5), Span(3, 3, 1, 1), Span(3, 3, 2, 3)]
