"""The people's record: what it takes, what it refuses, that it loses nothing, and that nobody else can read it."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.errors import StoreError, UnknownCode
from kpi.people_model import Appraisal, Employee, FeedbackNote, FollowUp, FollowUpState, IndividualIndicator, Level
from kpi.store.engine import SQL_FOLDER
from kpi.store.people.record import BatchHeader, PeopleEntry, PeopleRecord
from kpi.store.record import Record
from tests.store.people.building import CODE, HEAD, SINCE, STAFF, VISITS, appraisal, figure, follow_up, record

E1 = STAFF[0]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def standing(store: Path, thing: type) -> list:
    with PeopleRecord.opened(store, writing=False) as opened:
        return opened.all_of(thing, CODE)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_that_was_entered_stands_as_it_was_entered(tmp_path):
    noted = appraisal("E1", "2025", loyal=Level.ABOVE, note="Baik")
    note = FeedbackNote(CODE, "N1", "E1", "E1", date(2026, 1, 5), "Terima kasih", date(2025, 12, 31))

    batch = record(tmp_path, note, follow_up(), noted, VISITS, *STAFF, HEAD)

    assert batch is not None
    assert (batch.rows, batch.accepted, batch.unchanged) == (9, 9, 0)
    assert standing(tmp_path, Employee) == [HEAD, *STAFF]
    assert standing(tmp_path, Appraisal) == [noted]
    assert standing(tmp_path, IndividualIndicator) == [VISITS]
    assert standing(tmp_path, FollowUp) == [follow_up()]
    assert standing(tmp_path, FeedbackNote) == [note]


def test_the_same_again_writes_nothing_and_another_content_is_a_new_version(tmp_path):
    record(tmp_path, HEAD, *STAFF, appraisal("E1", "2025"), follow_up())
    before = digests(tmp_path)
    assert record(tmp_path, HEAD, appraisal("E1", "2025"), follow_up()) is None
    assert digests(tmp_path) == before

    done = follow_up(FollowUpState.DONE, outcome="Naik menjadi baik")
    batch = record(tmp_path, appraisal("E1", "2025", Level.ABOVE), done, E1)

    assert batch is not None
    assert (batch.accepted, batch.unchanged) == (2, 1)
    assert standing(tmp_path, FollowUp) == [done]
    with duckdb.connect(str(tmp_path / "people.duckdb"), read_only=True) as book:
        assert book.execute("SELECT work_result FROM appraisal ORDER BY batch_number").fetchall() == [
            ("as_expected",),
            ("above",),
        ]


def test_a_dry_run_counts_and_writes_nothing(tmp_path):
    record(tmp_path, HEAD, *STAFF, VISITS, figures=[figure("2026-Q1", 8.0, target=10.0)])
    before = digests(tmp_path)

    with PeopleRecord.opened(tmp_path, writing=False) as opened:
        found = opened.compare(
            CODE, PeopleEntry([HEAD, dataclasses.replace(E1, name="Mawar"), appraisal("E2", "2025")])
        )

    assert (found.new, found.changed, found.unchanged) == (1, 1, 1)
    assert digests(tmp_path) == before


def test_a_target_alone_leaves_the_value_and_the_other_way_round(tmp_path):
    record(tmp_path, HEAD, *STAFF, VISITS, figures=[figure("2026-Q1", None, target=10.0)])
    record(tmp_path, figures=[figure("2026-Q1", 8.0)])
    assert record(tmp_path, figures=[figure("2026-Q1", 8.0, target=10.0)]) is None

    batch = record(tmp_path, figures=[figure("2026-Q1", 9.0), figure("2026-Q2", None, target=11.0)])

    assert batch is not None
    assert batch.accepted == 2


def test_a_value_is_made_from_its_parts_by_the_indicators_multiplier(tmp_path):
    record(tmp_path, HEAD, *STAFF, dataclasses.replace(VISITS, multiplier=100.0))
    record(tmp_path, figures=[figure("2026-Q1", None, numerator=3.0, denominator=4.0)])

    assert record(tmp_path, figures=[figure("2026-Q1", 75.0)]) is None


MOVED = Employee(CODE, "E1", "Melati Contoh 1", "Analis", "LAIN", date(2026, 1, 1), superior_code="E0")


@pytest.mark.parametrize(
    ("things", "fault"),
    [
        pytest.param([MOVED], "goes on when the one from 2026-01-01", id="two posts at once"),
        pytest.param([appraisal("E9", "2025")], r"employee 'E9' is not defined", id="appraisal of nobody"),
        pytest.param([dataclasses.replace(HEAD, superior_code="E1")], "each is above the other", id="a circle"),
        pytest.param([dataclasses.replace(HEAD, superior_code="E7")], "superior of employee E0", id="unknown superior"),
        pytest.param([dataclasses.replace(follow_up(), owner_code="E8")], "owner of follow-up F1", id="no owner"),
        pytest.param(
            [appraisal("E1", "2025"), appraisal("E1", "2025", Level.BELOW)], "stands twice", id="two of a key"
        ),
        pytest.param([dataclasses.replace(E1, organisation_code="X")], "belongs to organisation X", id="foreign"),
        pytest.param(
            [dataclasses.replace(appraisal("E1", "2025"), period_end=date(2026, 6, 30))],
            "breaks a rule",
            id="18 months",
        ),
        pytest.param([dataclasses.replace(E1, name="")], "breaks a rule", id="no name"),
    ],
)
def test_a_refused_entry_leaves_the_folder_as_it_was(tmp_path, things, fault):
    record(tmp_path, HEAD, *STAFF)
    before = digests(tmp_path)

    with pytest.raises((StoreError, UnknownCode), match=fault):
        record(tmp_path, STAFF[1], *things)

    assert digests(tmp_path) == before
    with pytest.raises((StoreError, UnknownCode)):
        record(tmp_path / "new", appraisal("E9", "2025"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (figure("2026-Q1", 1.0, employee_code="E2"), "Line 2 .E2, KUNJUNGAN.: the employee has no such indicator"),
        (figure("2026-Q1"), "neither value nor target"),
        (figure("2026-Q1", 1.0, numerator=1.0), "breaks a rule"),
        (figure("2026-Q1", float("inf")), "breaks a rule"),
    ],
)
def test_figures_are_refused_as_units_figures_are(tmp_path, row, fault):
    record(tmp_path, HEAD, *STAFF, VISITS)

    with pytest.raises(StoreError, match=fault):
        record(tmp_path, figures=[row])


def test_a_move_ends_one_post_and_begins_another(tmp_path):
    record(tmp_path, HEAD, *STAFF)
    record(tmp_path, dataclasses.replace(E1, valid_to=date(2025, 12, 31)), MOVED)

    assert [post.unit_code for post in standing(tmp_path, Employee) if post.employee_code == "E1"] == ["BIDANG", "LAIN"]


def test_a_withdrawn_batch_stays_and_what_it_corrected_stands_again(tmp_path):
    record(tmp_path, HEAD, *STAFF, appraisal("E1", "2025"))
    record(tmp_path, appraisal("E1", "2025", Level.BELOW))
    with PeopleRecord.opened(tmp_path, writing=True) as opened:
        with pytest.raises(StoreError, match="without a reason"):
            opened.withdraw(2, "a test", " ")
        opened.withdraw(2, "a test", "wrong person")
        with pytest.raises(StoreError, match="no batch in force"):
            opened.withdraw(2, "a test", "again")

    assert standing(tmp_path, Appraisal) == [appraisal("E1", "2025")]
    with PeopleRecord.opened(tmp_path, writing=False) as opened:
        assert [batch.batch_number for batch in opened.batches()] == [1, 2, 3]


def test_a_batch_that_others_need_cannot_be_withdrawn(tmp_path):
    record(tmp_path, HEAD, *STAFF)
    record(tmp_path, VISITS, follow_up())

    with PeopleRecord.opened(tmp_path, writing=True) as opened, pytest.raises(StoreError, match="it defines E0"):
        opened.withdraw(1, "a test", "wrong file")


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are those of POSIX")
def test_its_owner_alone_may_read_the_file_and_the_log_beside_it(tmp_path):
    umask = os.umask(0o022)
    try:
        record(tmp_path, HEAD, *STAFF)
        assert mode(tmp_path / "people.duckdb") == 0o600
        script = (
            "import os, sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[2])\n"
            "from tests.store.people.building import *\n"
            "from kpi.store.people.record import *\n"
            "with PeopleRecord.opened(Path(sys.argv[1]), writing=True) as opened:\n"
            "    for work in (Level.ABOVE, Level.BELOW):\n"
            "        opened.append(BatchHeader(CODE), PeopleEntry([appraisal('E1', '2025', work)]))\n"
            "        opened._connection.execute('CHECKPOINT') if work is Level.ABOVE else None\n"
            "    os._exit(0)\n"
        )
        root = str(Path(__file__).resolve().parents[3])
        subprocess.run([sys.executable, "-c", script, str(tmp_path), root], check=True)
        assert mode(tmp_path / "people.duckdb.wal") == 0o600
        assert standing(tmp_path, Appraisal) == [appraisal("E1", "2025", Level.BELOW)]
    finally:
        os.umask(umask)
    assert record(tmp_path, appraisal("E2", "2025")) is not None
    assert not (tmp_path / "people.duckdb.wal").exists()


def test_the_two_records_are_locked_apart(tmp_path):
    with Record.opened(tmp_path, writing=True), PeopleRecord.opened(tmp_path, writing=True, wait_seconds=0.2) as people:
        assert people.append(BatchHeader(CODE), PeopleEntry([HEAD])) is not None
    assert not (tmp_path / "record.duckdb").exists()
    assert standing(tmp_path, Employee) == [HEAD]


def test_nothing_in_the_people_record_is_ever_updated_or_deleted():
    for path in (SQL_FOLDER / "people" / "record").glob("*.sql"):
        text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(UPDATE|DELETE|DROP|TRUNCATE|ALTER|MERGE|ON CONFLICT)\b", text, re.IGNORECASE), (
            path.name
        )
        assert "OR REPLACE" not in text.replace("CREATE OR REPLACE TEMP TABLE", "")


def test_a_post_that_began_before_another_may_be_entered_later(tmp_path):
    record(tmp_path, HEAD, MOVED)
    earlier = dataclasses.replace(E1, valid_from=SINCE, valid_to=date(2025, 12, 31))

    assert record(tmp_path, earlier) is not None


def test_what_was_touched_since_a_batch_is_known_by_its_key(tmp_path):
    record(tmp_path, HEAD, *STAFF)
    seen = record(tmp_path, appraisal("E1", "2025"), appraisal("E2", "2025"), follow_up())
    assert seen is not None
    record(tmp_path, appraisal("E1", "2025", Level.BELOW))
    asked = [appraisal("E1", "2025"), appraisal("E2", "2025"), appraisal("E1", "2025-Q4"), follow_up()]

    with PeopleRecord.opened(tmp_path, writing=True) as opened:
        assert opened.touched_since(seen.batch_number, CODE, asked) == asked[:1]
        assert opened.touched_since(3, CODE, asked) == []
        opened.withdraw(2, "a test", "entered twice")
        assert opened.touched_since(3, CODE, asked) == [asked[0], asked[1], asked[3]]
