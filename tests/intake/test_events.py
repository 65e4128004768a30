"""Events go in whole or not at all, come out as they went in, and stand on the snapshot."""

from __future__ import annotations

import json

import pytest

from kpi.cli import main
from kpi.store.snapshot import Snapshot

TIDY = """unit_code,indicator_code,polarity,period_start,period_end,value
A,TEPAT,higher,2026-01-01,2026-01-31,90
"""
EVENTS = """event_code,happened_on,kind,text,author,unit_code,indicator_code,rebases_limits
MULAI,2026-01-05,programme_started,"Loket cepat, pagi",petugas-a,A,TEPAT,no
SENSUS,2025-07-01,census_revised,Penduduk dimutakhirkan,petugas-b,,,yes
"""


@pytest.fixture
def store(tmp_path):
    (tmp_path / "tidy.csv").write_text(TIDY, encoding="utf-8")
    folder = tmp_path / "store"
    words = ["import", str(tmp_path / "tidy.csv"), "--organisation", "ORG", "--create", "--store", str(folder)]
    assert main(words) == 0
    return folder


def _import(tmp_path, store, capsys, text=EVENTS, *more):
    file = tmp_path / "events.csv"
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    code = main(["import", str(file), "--events", "--organisation", "ORG", "--json", "--store", str(store), *more])
    return code, json.loads(capsys.readouterr().out)


def test_events_stand_on_the_snapshot_with_what_they_concern(tmp_path, store, capsys):
    code, report = _import(tmp_path, store, capsys)
    assert (code, report["accepted"], report["rejected"]) == (0, 2, 0)
    events = Snapshot.open(store).events("ORG")
    assert events["event_code"].tolist() == ["SENSUS", "MULAI"]
    assert events["rebases_limits"].tolist() == [True, False]
    assert events["unit_code"].isna().tolist() == [True, False]
    assert events["text"].iloc[1] == "Loket cepat, pagi"


def test_known_events_are_unchanged_and_a_changed_one_is_a_new_version(tmp_path, store, capsys):
    _import(tmp_path, store, capsys)
    assert _import(tmp_path, store, capsys)[1]["accepted"] == 0
    changed = EVENTS.replace("Loket cepat, pagi", "Loket cepat, siang")
    report = _import(tmp_path, store, capsys, changed)[1]
    assert (report["accepted"], report["unchanged"]) == (1, 1)
    assert Snapshot.open(store).events("ORG")["text"].tolist() == ["Penduduk dimutakhirkan", "Loket cepat, siang"]


def test_what_was_exported_goes_back_in_and_changes_nothing(tmp_path, store, capsys):
    _import(tmp_path, store, capsys)
    assert main(["export", "events", "--organisation", "ORG", "--store", str(store)]) == 0
    assert _import(tmp_path, store, capsys, capsys.readouterr().out)[1]["unchanged"] == 2


def test_a_dry_run_writes_nothing(tmp_path, store, capsys):
    code, report = _import(tmp_path, store, capsys, EVENTS, "--dry-run")
    assert (code, report["accepted"], report["batch"]) == (0, 2, None)
    assert _import(tmp_path, store, capsys, EVENTS.replace("TEPAT", "TEPATT"), "--dry-run")[0] == 1
    assert Snapshot.open(store).events("ORG").empty


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        (EVENTS.replace("2026-01-05", "5 Januari"), "happened_on", "Write it as 2026-09-30"),
        (EVENTS.replace("programme_started", "program_started"), "kind", "Did you mean 'programme_started'?"),
        (EVENTS.replace("petugas-b", ""), "author", "is empty"),
        (EVENTS.replace(",yes", ",ja"), "rebases_limits", "neither yes nor no"),
        (EVENTS.replace("TEPAT", "TEPATT"), None, "Did you mean 'TEPAT'?"),
    ],
)
def test_a_fault_refuses_the_whole_file_with_its_place(tmp_path, store, capsys, wrong, column, said):
    code, report = _import(tmp_path, store, capsys, wrong)
    assert code == 1
    assert (report["accepted"], report["rejected"], report["held"], report["batch"]) == (0, 1, 1, None)
    assert report["errors"][0]["column"] == column
    assert said in report["errors"][0]["message"]
    assert Snapshot.open(store).events("ORG").empty


def test_a_file_of_figures_is_no_file_of_events(tmp_path, store, capsys):
    file = tmp_path / "tidy.csv"
    assert main(["import", str(file), "--events", "--organisation", "ORG", "--store", str(store)]) == 1
    assert "lacks the columns event_code" in capsys.readouterr().err
