"""The access log: entries are chained in a file of each process, and what was changed in one shows."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading

import pytest

from kpi.access import LOCAL, logged_entries
from kpi.i18n import Translator
from kpi.store.access_check import check_access
from kpi.store.access_log import LOOK, REFUSED, AccessLog, log_of, read_logs, read_newest_logs
from kpi.views.roles_words import older_said


def _add(store, count=3):
    for number in range(count):
        log_of(store).add(REFUSED, f"u{number}@example.go.id", "public", "report figures", organisation_code="K")


def _file(store):
    (path,) = (store / "access" / "log").glob("*.jsonl")
    return path


def test_entries_are_read_back_in_order(tmp_path):
    _add(tmp_path)

    (file,) = read_logs(tmp_path)
    assert [entry.who for entry in file.entries] == [f"u{number}@example.go.id" for number in range(3)]
    assert file.fault == ""


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda lines: [lines[0].replace("u0@", "x0@"), *lines[1:]], id="a line changed"),
        pytest.param(lambda lines: [lines[0], lines[2]], id="a line taken out"),
        pytest.param(lambda lines: lines[1:], id="the first line taken out"),
        pytest.param(lambda lines: [lines[1], lines[0], lines[2]], id="two lines swapped"),
        pytest.param(lambda lines: [*lines, lines[2]], id="a line twice"),
        pytest.param(lambda lines: [*lines[:2], "{not json"], id="a line torn"),
    ],
)
def test_what_was_done_to_a_file_shows(tmp_path, tamper):
    _add(tmp_path)
    path = _file(tmp_path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join(tamper(lines)) + "\n")

    assert read_logs(tmp_path)[0].fault
    assert [one.rule for one in check_access(tmp_path).broken] == ["access: every log file is as it was written"]


def test_a_file_under_another_name_shows(tmp_path):
    _add(tmp_path)
    path = _file(tmp_path)
    path.rename(path.with_name("other.jsonl"))

    assert read_logs(tmp_path)[0].fault


def test_a_line_that_a_killed_process_left_unfinished_is_no_fault(tmp_path):
    _add(tmp_path)
    with _file(tmp_path).open("a") as file:
        file.write('{"at": "2026')

    (found,) = read_logs(tmp_path)
    assert (found.fault, len(found.entries)) == ("", 3)
    assert check_access(tmp_path).is_sound


def test_threads_share_a_file_and_processes_have_one_each(tmp_path):
    threads = [threading.Thread(target=_add, args=(tmp_path, 20)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    program = "import sys; from kpi.store.access_log import log_of; log_of(sys.argv[1]).add('look', 'x', '', 'y')"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)

    found = read_logs(tmp_path)
    assert sorted(len(file.entries) for file in found) == [1, 160]
    assert not any(file.fault for file in found)
    assert [entry.act for file in found for entry in file.entries].count(LOOK) == 1


def test_its_owner_alone_may_read_it(tmp_path):
    _add(tmp_path)
    path = _file(tmp_path)

    assert not any(stat.S_IMODE(each.stat().st_mode) & 0o077 for each in (path, path.parent, path.parent.parent))
    path.chmod(0o644)
    assert [one.rule for one in check_access(tmp_path).broken] == ["access: only their owner may read the files"]


def test_a_line_is_what_the_document_says(tmp_path):
    _add(tmp_path, 1)

    line = json.loads(_file(tmp_path).read_text())
    assert set(line) == {
        "at", "act", "who", "roles", "organisation_code", "employee_code", "unit_code", "what", "whom", "digest",
    }  # fmt: skip


def _older(store, name: str, who: str, written: int) -> None:
    """Put a file of another process there, last written at this second."""
    added = AccessLog(store)
    added.add(REFUSED, who, "public", "report figures", organisation_code="K")
    folder = store / "access" / "log"
    newest = max(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime_ns)
    path = newest.rename(folder / f"{name}.jsonl")
    os.utime(path, (written, written))


def test_the_files_written_last_are_read_and_the_others_counted(tmp_path):
    for number in (3, 1, 2):  # the name, by the start of a process, doesn't tell which was written last
        _older(tmp_path, f"process-{9 - number}", f"u{number}", written=1_000 * number)

    files, left_out = read_newest_logs(tmp_path, 2, 10_000_000)
    assert ([file.name for file in files], left_out) == (["process-6.jsonl", "process-7.jsonl"], 1)
    files, left_out = read_newest_logs(tmp_path, 9, 10)  # one too large for the room is read all the same
    assert ([file.name for file in files], left_out) == (["process-6.jsonl"], 2)
    assert read_newest_logs(tmp_path / "none", 2, 10) == ([], 0)


def test_an_administrator_reads_the_newest_files_and_learns_how_many_are_left_out(tmp_path):
    _add(tmp_path, 2)
    (tmp_path / "access" / "log" / "older.jsonl").write_text("")
    os.utime(tmp_path / "access" / "log" / "older.jsonl", (1, 1))

    found = logged_entries(tmp_path, LOCAL, [REFUSED], 1, most_files=1)
    assert ([entry.who for entry in found.entries], found.files_left_out) == (["u1@example.go.id"], 1)
    assert "1 berkas log yang lebih lama tidak dibaca" in older_said(found.files_left_out, Translator("id"))
    assert logged_entries(tmp_path, LOCAL, [REFUSED], 9).files_left_out == 0
    assert older_said(0, Translator("id")) == ""


def test_of_two_entries_in_one_millisecond_the_later_is_the_newer(tmp_path, monkeypatch):
    monkeypatch.setattr("kpi.store.access_log.written_time", lambda _: "2026-11-27T08:00:00.000+00:00")
    _add(tmp_path, 3)
    monkeypatch.undo()

    assert [entry.who for entry in logged_entries(tmp_path, LOCAL, [REFUSED], 2).entries] == [
        "u2@example.go.id",
        "u1@example.go.id",
    ]
