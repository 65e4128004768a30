"""The access log is folded into the access record at each publish: twice known, so that what was cut off shows."""

from __future__ import annotations

import logging
import shutil
import threading

import pytest

from kpi.cli import main
from kpi.errors import StoreError
from kpi.store.access_check import check_access
from kpi.store.access_folding import fold_log, looks_at
from kpi.store.access_log import LOOK, AccessLog, log_of, read_logs
from kpi.store.access_record import ACCESS, AccessRecord
from kpi.store.engine import connect
from kpi.store.lock import held
from kpi.store.people.publish import publish_people
from kpi.store.publish import publish
from kpi.store.versions import current_version

CUT = "access: no log file was cut off or rewritten since a publish"
GONE = "access: no log file that a publish knew is gone"
ALTERED = "access: the folded entries are as the log had them"


def _look(log, *employees, who="atasan@contoh.id"):
    log.add_all(LOOK, who, "superior", "the whole record", organisation_code="K", employee_codes=employees)


def _broken(store):
    return [one.rule for one in check_access(store).broken]


def _file(store):
    (path,) = (store / "access" / "log").glob("*.jsonl")
    return path


def _folded(store):
    with AccessRecord.opened(store, writing=False) as record:
        return [entry for entries in record.folded_entries().values() for entry in entries]


@pytest.fixture
def folded(tmp_path):
    """A store whose log has three entries, all folded in."""
    _look(log_of(tmp_path), "A", "B", "A")
    assert fold_log(tmp_path) == 3
    return tmp_path


def test_the_record_keeps_the_entries_as_the_log_has_them(folded):
    (file,) = read_logs(folded)

    assert _folded(folded) == list(file.entries)
    assert check_access(folded).is_sound


def test_folding_twice_adds_nothing(folded):
    before = (folded / ACCESS.file_name).read_bytes()

    assert fold_log(folded) == 0
    assert (folded / ACCESS.file_name).read_bytes() == before


def test_later_entries_follow_the_folded_ones(folded):
    _look(log_of(folded), "C")

    assert fold_log(folded) == 1
    assert [entry.employee_code for entry in _folded(folded)] == ["A", "B", "A", "C"]
    assert check_access(folded).is_sound


def test_a_store_without_a_log_gets_no_access_record(tmp_path):
    assert fold_log(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_file_cut_off_at_its_end_is_found(folded, kept):
    path = _file(folded)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:kept]))

    assert _broken(folded) == [CUT]


def test_a_removed_file_is_found_and_its_looks_stay_readable(folded):
    _file(folded).unlink()

    assert _broken(folded) == [GONE]
    assert len(looks_at(folded, "K", "A")) == 2


def test_a_removed_folder_of_the_log_is_found(folded):
    shutil.rmtree(folded / "access" / "log")

    assert _broken(folded) == [GONE]


def test_a_file_written_anew_with_sound_digests_is_found_and_not_folded(folded, tmp_path_factory, monkeypatch):
    forged = tmp_path_factory.mktemp("forged")
    monkeypatch.setattr("kpi.store.access_log.secrets.token_hex", lambda _: "0" * 8)
    _look(AccessLog(forged), "A", "B", "A", "A", who="lain@contoh.id")
    name = _file(forged).name
    path = _file(folded)
    content = _file(forged).read_bytes()
    path.write_bytes(content)
    path.rename(path.with_name(name))

    assert _broken(folded) == [GONE]  # under its own name it is a file that nobody knew
    with connect(folded / ACCESS.file_name) as record:
        for table in ("folded_file", "log_entry"):
            record.execute(f"UPDATE {table} SET file_name = ?", [name])
    assert CUT in _broken(folded)
    assert fold_log(folded) == 0


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param("UPDATE log_entry SET who = 'lain@contoh.id' WHERE line = 2", id="an entry changed"),
        pytest.param("DELETE FROM log_entry WHERE line = 3", id="the last entry removed"),
        pytest.param("DELETE FROM log_entry", id="all entries removed"),
        pytest.param("DELETE FROM folded_file", id="how far it was folded removed"),
    ],
)
def test_what_was_done_to_the_folded_entries_is_found(folded, tamper):
    with connect(folded / ACCESS.file_name) as record:
        record.execute(tamper)

    assert _broken(folded) == [ALTERED]


def test_of_a_damaged_file_the_lines_before_the_damage_are_folded(tmp_path):
    _look(log_of(tmp_path), "A", "B", "C")
    lines = _file(tmp_path).read_text().splitlines(keepends=True)
    _file(tmp_path).write_text(lines[0] + lines[1].replace("atasan@", "lain@") + lines[2])

    assert fold_log(tmp_path) == 1
    assert _broken(tmp_path) == ["access: every log file is as it was written"]


def test_looks_are_told_once_whether_folded_or_not(folded):
    _look(log_of(folded), "A", who="lain@contoh.id")

    assert sorted(each.who for each in looks_at(folded, "K", "A")) == ["atasan@contoh.id"] * 2 + ["lain@contoh.id"]
    fold_log(folded)
    assert sorted(each.who for each in looks_at(folded, "K", "A")) == ["atasan@contoh.id"] * 2 + ["lain@contoh.id"]
    assert looks_at(folded, "OTHER", "A") == []


def test_entries_written_while_folding_are_neither_lost_nor_doubled(tmp_path):
    logs = [AccessLog(tmp_path) for _ in range(2)]  # as two processes have
    codes = [f"E{number}" for number in range(40)]
    writers = [threading.Thread(target=lambda log=log: [_look(log, code) for code in codes]) for log in logs]
    for writer in writers:
        writer.start()
    seen = 0
    while any(writer.is_alive() for writer in writers):
        seen += fold_log(tmp_path)
        assert len(looks_at(tmp_path, "K", "E0")) <= 2
    seen += fold_log(tmp_path)

    assert seen == 80
    assert sorted(entry.employee_code for entry in _folded(tmp_path)) == sorted(codes * 2)
    assert check_access(tmp_path).is_sound


def test_publishing_figures_folds_the_log_in_even_when_no_figure_is_new(store):
    _look(log_of(store), "A")

    publish(store)
    assert len(_folded(store)) == 1
    _look(log_of(store), "B")
    publish(store)
    assert len(_folded(store)) == 2


def test_publishing_people_folds_the_log_in(own_people_store):
    _look(log_of(own_people_store), "A")

    publish_people(own_people_store)
    assert [entry.employee_code for entry in _folded(own_people_store)] == ["A"]


def test_a_damaged_record_keeps_no_figures_from_being_published_but_is_told(store, caplog):
    _look(log_of(store), "A")
    (store / ACCESS.file_name).write_bytes(b"no database")
    (before,) = read_logs(store)

    with caplog.at_level(logging.WARNING):
        version = publish(store, force=True).version

    assert current_version(store) == version
    assert "the access log could not be folded in" in caplog.text
    assert read_logs(store) == [before]
    with pytest.raises(StoreError, match=r"access\.duckdb"):
        check_access(store)


def test_a_locked_record_is_told_and_the_next_publish_folds(store, caplog, monkeypatch):
    _look(log_of(store), "A")
    monkeypatch.setattr(AccessRecord.opened.__func__.__wrapped__, "__defaults__", (0.0,))
    with held(store / "access" / ACCESS.lock_name, 1), caplog.at_level(logging.WARNING):
        publish(store)
    assert "is in use by process" in caplog.text
    assert _folded(store) == []

    publish(store)
    assert len(_folded(store)) == 1


def test_check_says_of_the_log_what_is_folded_in_and_what_waits(store, capsys):
    _look(log_of(store), "A", "B")
    publish(store)
    _look(log_of(store), "C")

    assert main(["check", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert "access record up to batch 1; 2 log entries folded in, 1 waiting for the next publish\n" in said
    assert "no snapshot yet" not in said
