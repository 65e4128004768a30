"""The record: what it takes, what it refuses, and that it never loses anything."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from kpi.errors import StoreError, UnknownCode
from kpi.model import Indicator, Polarity, Unit
from kpi.store.engine import SQL_FOLDER
from kpi.store.record import BatchHeader, Record
from tests.store.building import CODE, definitions, figure, record, table

A = Unit(CODE, "A", "Dinas A", CODE)
I = Indicator(CODE, "I", "Indikator", polarity=Polarity.MAXIMIZE)  # noqa: E741 - the indicator of every test here
KNOWN = definitions([A], [I])


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def states(store: Path, rows: list[dict[str, object]]) -> list[str]:
    with Record.opened(store, writing=False) as opened:
        return opened.compare(CODE, table(rows)).lines["state"].to_pylist()


def test_every_line_is_new_in_an_absent_record_and_nothing_is_made(tmp_path):
    store = tmp_path / "deep" / "store"

    assert states(store, [figure("A", "I", "2024", 1.0)]) == ["new"]
    assert not store.parent.exists()


def test_a_batch_counts_its_lines_and_the_same_lines_again_write_nothing(tmp_path):
    rows = [figure("A", "I", "2024", 1.0), figure("A", "I", "2023", None, target=2.0)]

    batch = record(tmp_path, KNOWN, rows)

    assert batch is not None
    assert (batch.batch_number, batch.rows, batch.accepted, batch.unchanged) == (1, 2, 2, 0)
    assert states(tmp_path, rows) == ["unchanged", "unchanged"]
    before = digests(tmp_path)
    assert record(tmp_path, KNOWN, rows) is None
    assert digests(tmp_path) == before


def test_another_value_is_a_correction_and_both_stay_in_the_book(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])

    assert states(tmp_path, [figure("A", "I", "2024", 3.0)]) == ["changed"]
    batch = record(tmp_path, KNOWN, [figure("A", "I", "2024", 3.0)])

    assert batch is not None
    assert batch.accepted == 1
    with duckdb.connect(str(tmp_path / "record.duckdb"), read_only=True) as book:
        assert book.execute("SELECT value, corrects FROM measurement ORDER BY batch_number").fetchall() == [
            (1.0, False),
            (3.0, True),
        ]


def test_a_target_alone_does_not_erase_the_value_nor_the_other_way_round(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0, target=5.0)])
    record(tmp_path, KNOWN, [figure("A", "I", "2024", None, target=6.0)])
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 2.0)])

    assert states(tmp_path, [figure("A", "I", "2024", 2.0, target=6.0)]) == ["unchanged"]
    assert states(tmp_path, [figure("A", "I", "2024", 1.0, target=5.0)]) == ["changed"]


def test_an_empty_column_says_nothing_about_an_unchanged_figure(tmp_path):
    full = figure(
        "A",
        "I",
        "2024",
        50.0,
        numerator=1.0,
        denominator=2.0,
        multiplier=100.0,
        verification="verified",
        note="x",
        target=5.0,
        target_high=7.0,
        weight=3.0,
    )
    record(tmp_path, KNOWN, [full])

    assert states(tmp_path, [figure("A", "I", "2024", 50.0, target=5.0)]) == ["unchanged"]
    assert states(tmp_path, [figure("A", "I", "2024", 50.0, verification="locked")]) == ["changed"]
    assert states(tmp_path, [figure("A", "I", "2024", None, target=5.0, target_high=8.0)]) == ["changed"]
    assert states(tmp_path, [figure("A", "I", "2024", None, weight=4.0)]) == ["changed"]


def test_a_value_is_made_from_numerator_and_denominator(tmp_path):
    known = definitions([A], [Indicator(CODE, "I", "Tingkat", multiplier=1000.0)])

    record(tmp_path, known, [figure("A", "I", "2024", None, numerator=3.0, denominator=4.0)])

    assert states(tmp_path, [figure("A", "I", "2024", 750.0)]) == ["unchanged"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(figure("A", "NOPE", "2024", 1.0), "its indicator is not defined", id="unknown indicator"),
        pytest.param(figure("NOPE", "I", "2024", 1.0), "its unit is not defined", id="unknown unit"),
        pytest.param(figure("A", "I", "2024"), "neither value, target nor weight", id="empty"),
        pytest.param(
            figure("A", "I", "2024", year_starts_in=7, value=1.0),
            "where the organisation's periods start",
            id="another year",
        ),
        pytest.param(figure("A", "I", "2024", float("inf")), "breaks a rule of the record", id="infinite"),
        pytest.param(
            figure("A", "I", "2024", 1.0, numerator=1.0, denominator=0.0), "breaks a rule", id="zero denominator"
        ),
        pytest.param(figure("A", "I", "2024", 1.0, numerator=1.0), "breaks a rule", id="numerator alone"),
        pytest.param(figure("A", "I", "2024", 1.0, weight=-1.0), "breaks a rule", id="negative weight"),
        pytest.param(figure("A", "I", "2024", 1.0, verification="maybe"), "breaks a rule", id="unknown verification"),
        pytest.param(figure("A", "I", "2024", None, target=2.0, target_high=1.0), "breaks a rule", id="range reversed"),
        pytest.param(
            {**figure("A", "I", "2024", 1.0), "period_end": date(2024, 11, 30)}, "breaks a rule", id="no whole year"
        ),
    ],
)
def test_a_refused_batch_leaves_the_folder_as_it_was(tmp_path, row, fault):
    with pytest.raises(StoreError, match=fault):
        record(tmp_path / "new", KNOWN, [row])
    assert not (tmp_path / "new").exists()

    store = tmp_path / "old"
    record(store, KNOWN, [figure("A", "I", "2020", 1.0)])
    before = digests(store)
    with pytest.raises(StoreError, match=fault):
        record(store, KNOWN, [figure("A", "I", "2021", 1.0), row])
    assert digests(store) == before


def test_a_key_on_two_lines_is_refused_with_its_line(tmp_path):
    with pytest.raises(StoreError, match=r"Line 3 \(A, I\): its unit, indicator and period stand on an earlier line"):
        record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0), figure("A", "I", "2024", 2.0)])


def test_two_weights_for_one_year_are_refused(tmp_path):
    rows = [figure("A", "I", "2024-01", 1.0, weight=1.0), figure("A", "I", "2024-02", 1.0, weight=2.0)]

    with pytest.raises(StoreError, match="another weight for the year"):
        record(tmp_path, KNOWN, rows)


def test_definitions_are_versions_and_the_root_stands_by_itself(tmp_path):
    record(tmp_path, KNOWN, [])
    renamed = Unit(CODE, "A", "Dinas B", CODE)
    record(tmp_path, definitions([renamed]), [])

    with Record.opened(tmp_path, writing=False) as opened:
        found = opened.definitions(CODE)
        assert opened.definitions("OTHER") is None
    assert found is not None
    assert found.units["A"] == renamed
    assert found.units[CODE].parent_code is None
    assert found.indicators == {"I": I}


def test_units_in_a_circle_and_unknown_parents_are_refused(tmp_path):
    with pytest.raises(StoreError, match="each lies below the other"):
        record(tmp_path, definitions([Unit(CODE, "A", "A", "B"), Unit(CODE, "B", "B", "A")]), [])
    with pytest.raises(UnknownCode, match="Did you mean 'DINKES'"):
        record(tmp_path, definitions([Unit(CODE, "DINKES", "x"), Unit(CODE, "B", "B", "DINKS")]), [])


def test_a_year_with_figures_keeps_the_month_it_starts_in(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])

    with pytest.raises(StoreError, match="its year starts in month 1"):
        record(tmp_path, definitions([A], [I], year_starts_in=7), [])


def test_a_withdrawn_batch_stays_in_the_book_and_what_it_corrected_stands_again(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 3.0)])
    with Record.opened(tmp_path, writing=True) as opened:
        withdrawal = opened.withdraw(2, made_by="a test", reason="wrong file")
        assert withdrawal.withdraws == 2
        with pytest.raises(StoreError, match="no batch in force"):
            opened.withdraw(2, made_by="a test", reason="again")
        opened.append(BatchHeader(CODE, made_by="x"), KNOWN, table([figure("A", "I", "2025", 9.0)]))
        with pytest.raises(StoreError, match="later figures"):
            opened.withdraw(1, made_by="a test", reason="but it defined the unit")

    assert states(tmp_path, [figure("A", "I", "2024", 1.0)]) == ["unchanged"]
    with Record.opened(tmp_path, writing=False) as opened:
        assert [batch.batch_number for batch in opened.batches()] == [1, 2, 3, 4]


def test_time_never_goes_back_in_the_book(tmp_path):
    record(tmp_path, KNOWN, [])
    later = datetime(2099, 1, 1)  # noqa: DTZ001 - as the record keeps it: UTC without a zone
    with duckdb.connect(str(tmp_path / "record.duckdb")) as book:
        book.execute(
            "INSERT INTO batch SELECT 2, 'K', 'import', $later, 'clock', NULL, NULL, NULL, 0,0,0,0,0,0,0,0,0,NULL",
            {"later": later},
        )

    batch = record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])

    assert batch is not None
    assert batch.recorded_at == later > datetime.now(UTC).replace(tzinfo=None)


def test_reading_alters_no_byte(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    before = digests(tmp_path)

    with Record.opened(tmp_path, writing=False) as opened:
        opened.compare(CODE, table([figure("A", "I", "2024", 2.0)]))
        with pytest.raises(StoreError, match="for reading only"):
            opened.append(BatchHeader(CODE), KNOWN, table([]))

    assert digests(tmp_path) == before


def _hold(store: str, ready: multiprocessing.synchronize.Event, done: multiprocessing.synchronize.Event) -> None:
    with Record.opened(Path(store), writing=True):
        ready.set()
        done.wait(60)


def test_a_locked_record_says_who_holds_it(tmp_path):
    record(tmp_path, KNOWN, [])
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path), ready, done))
    holder.start()
    try:
        assert ready.wait(60)
        with (
            pytest.raises(StoreError, match=rf"in use by process {holder.pid} \(.*\) since .* Waited 0.2 s"),
            Record.opened(tmp_path, writing=False, wait_seconds=0.2),
        ):
            pass
    finally:
        done.set()
        holder.join(60)
    assert not list(tmp_path.glob("*.holder"))


def test_nothing_in_the_record_is_ever_updated_or_deleted():
    for path in (SQL_FOLDER / "record").glob("*.sql"):
        text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(UPDATE|DELETE|DROP|TRUNCATE|ALTER|MERGE|ON CONFLICT)\b", text, re.IGNORECASE), (
            path.name
        )
        assert "OR REPLACE" not in re.sub("CREATE OR REPLACE TEMP (TABLE|VIEW)", "", text)


@pytest.mark.parametrize("path", sorted(SQL_FOLDER.rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sql_file_says_its_grain_first(path):
    comment = "".join(line for line in path.read_text(encoding="utf-8").splitlines()[:4] if line.startswith("--"))
    if path.name not in {"schema.sql", "snapshot_schema.sql", "attach.sql", "detach_record.sql"}:
        assert "Grain: " in comment


def test_the_file_of_a_process_that_was_killed_while_making_it_is_an_empty_record(tmp_path):
    duckdb.connect(str(tmp_path / "record.duckdb")).close()

    assert states(tmp_path, [figure("A", "I", "2024", 1.0)]) == ["new"]
    assert record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)]) is not None
    assert states(tmp_path, [figure("A", "I", "2024", 1.0)]) == ["unchanged"]
