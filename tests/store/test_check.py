"""`check` finds what is wrong, in record and snapshot, and says what it looked at."""

from __future__ import annotations

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.model import Indicator, Polarity, Unit
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.versions import current_version, path_of
from tests.store.building import CODE, TODAY, definitions, figure, published, record

KNOWN = definitions([Unit(CODE, "A", "A", CODE)], [Indicator(CODE, "I", "I", polarity=Polarity.MAXIMIZE)])
ROWS = [figure("A", "I", "2024", 1.0, target=2.0, weight=1.0), figure("A", "I", "2023", 3.0)]


def test_a_sound_store_passes_and_the_report_says_what_was_checked(tmp_path):
    published(tmp_path, KNOWN, ROWS)
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 5.0)])

    report = check(tmp_path)

    assert report.is_sound
    assert (report.last_batch, report.snapshot_batch) == (2, 1)
    assert len(report.lines()) == len(report.checked) + 2
    assert report.as_dict()["is_sound"] is True


def test_a_record_of_an_earlier_version_is_said_to_be_one(tmp_path):
    record(tmp_path, KNOWN, ROWS)
    with duckdb.connect(str(tmp_path / "record.duckdb")) as connection:
        connection.execute("DROP TABLE commentary")

    with pytest.raises(StoreError, match="earlier version of this program"):
        check(tmp_path)


def test_a_record_without_a_snapshot_can_be_checked(tmp_path):
    record(tmp_path, KNOWN, ROWS)

    assert check(tmp_path).snapshot_version is None
    with pytest.raises(StoreError, match="no record to check"):
        check(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        pytest.param("UPDATE measurement SET value = 9", "as the record has it newest", id="a value changed silently"),
        pytest.param("DELETE FROM measurement WHERE value = 3", "the rows that it counted", id="a row removed"),
        pytest.param("INSERT INTO measurement SELECT * FROM measurement", "holds a value once", id="rows doubled"),
        pytest.param("INSERT INTO target SELECT * FROM target", "holds a target once", id="targets doubled"),
        pytest.param("UPDATE measurement SET batch_number = 7", "the rows that it counted", id="no such batch"),
        pytest.param("UPDATE measurement SET unit_code = 'X'", "its unit and indicator", id="no such unit"),
        pytest.param(
            "UPDATE measurement SET organisation_code = 'X'", "organisation of their batch", id="foreign rows"
        ),
    ],
)
def test_a_record_that_was_tampered_with_is_found_out(tmp_path, tampering, rule):
    published(tmp_path, KNOWN, ROWS)
    with duckdb.connect(str(tmp_path / "record.duckdb")) as book:
        book.execute(tampering)

    report = check(tmp_path)

    assert not report.is_sound
    assert any(rule in broken.rule for broken in report.broken)


@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        pytest.param("UPDATE facts_by_unit SET value = 9 WHERE unit_code = 'A'", "unaltered", id="a fact changed"),
        pytest.param("DELETE FROM facts_by_indicator", "both orders", id="an order lost"),
        pytest.param("INSERT INTO facts_by_unit SELECT * FROM facts_by_unit", "has one fact", id="facts doubled"),
        pytest.param("INSERT INTO unit_index SELECT * FROM unit_index", "has one index", id="indices doubled"),
        pytest.param("DELETE FROM unit", "its unit and indicator", id="units lost"),
        pytest.param("INSERT INTO meta SELECT * FROM meta", "one row says", id="two versions at once"),
    ],
)
def test_a_snapshot_that_was_tampered_with_is_found_out(tmp_path, tampering, rule):
    record(tmp_path, KNOWN, ROWS)
    publish(tmp_path, today=TODAY)
    copy = tmp_path / "copy"
    (copy / "snapshots").mkdir(parents=True)
    for name in ("record.duckdb", "snapshots/current", f"snapshots/{current_version(tmp_path)}.duckdb"):
        (copy / name).write_bytes((tmp_path / name).read_bytes())  # the original is open in this process
    with duckdb.connect(str(path_of(copy, current_version(copy)))) as snapshot:
        snapshot.execute(tampering)

    assert any(rule in broken.rule for broken in check(copy).broken)
