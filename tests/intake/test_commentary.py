"""Comments on figures go in whole or not at all, come out as they went in, and only for the own unit."""

from __future__ import annotations

import json

import pytest

from kpi.access import Access, Grant, Role
from kpi.cli import main
from kpi.errors import AccessRefused
from kpi.intake import ImportOptions
from kpi.intake.commentary import import_commentary
from kpi.store.snapshot import Snapshot

TIDY = """unit_code,indicator_code,polarity,period_start,period_end,value,target
A,TEPAT,higher,2026-01-01,2026-01-31,90,100
B,TEPAT,higher,2026-01-01,2026-01-31,80,100
"""
HEADER = "unit_code,indicator_code,period_start,period_end,cause,obstacle,follow_up,owner,due,author\n"
FIRST = 'A,TEPAT,2026-01-01,2026-01-31,"Loket sempit, antrean panjang",,Buka loket kedua,Kepala Seksi,2026-03-31,sari\n'
SECOND = "B,TEPAT,2026-01-01,2026-01-31,Petugas cuti,Tidak ada pengganti,Atur giliran,Subbagian Umum,2026-02-28,budi\n"
COMMENTS = HEADER + FIRST + SECOND


@pytest.fixture
def store(tmp_path):
    (tmp_path / "tidy.csv").write_text(TIDY, encoding="utf-8")
    folder = tmp_path / "store"
    words = ["import", str(tmp_path / "tidy.csv"), "--organisation", "ORG", "--create", "--store", str(folder)]
    assert main(words) == 0
    return folder


def _import(tmp_path, store, capsys, text=COMMENTS, *more):
    file = tmp_path / "comments.csv"
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    code = main(["import", str(file), "--commentary", "--organisation", "ORG", "--json", "--store", str(store), *more])
    return code, json.loads(capsys.readouterr().out)


def test_comments_stand_on_the_snapshot_as_they_were_written(tmp_path, store, capsys):
    code, report = _import(tmp_path, store, capsys)
    assert (code, report["accepted"], report["rejected"]) == (0, 2, 0)
    first = Snapshot.open(store).commentary("ORG").iloc[0]
    assert (first["cause"], first["obstacle"], first["author"]) == ("Loket sempit, antrean panjang", "", "sari")
    assert (first["grain"], first["verification"]) == ("month", "reported")


def test_what_was_exported_goes_back_in_and_changes_nothing(tmp_path, store, capsys):
    _import(tmp_path, store, capsys)
    assert main(["export", "commentary", "--organisation", "ORG", "--store", str(store)]) == 0
    exported = capsys.readouterr().out
    assert exported.splitlines()[0].split(",")[1:] == HEADER.strip().split(",")
    code, report = _import(tmp_path, store, capsys, exported)
    assert (code, report["unchanged"], report["batch"]) == (0, 2, None)


def test_an_export_can_be_of_one_unit(tmp_path, store, capsys):
    _import(tmp_path, store, capsys)
    assert main(["export", "commentary", "--organisation", "ORG", "--unit", "B", "--store", str(store)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_changed_comment_is_a_new_version_and_a_dry_run_writes_nothing(tmp_path, store, capsys):
    _import(tmp_path, store, capsys)
    changed = COMMENTS.replace("Petugas cuti", "Petugas sakit")
    assert _import(tmp_path, store, capsys, changed, "--dry-run")[1]["accepted"] == 1
    assert Snapshot.open(store).commentary("ORG")["cause"].tolist()[1] == "Petugas cuti"
    report = _import(tmp_path, store, capsys, changed)[1]
    assert (report["accepted"], report["unchanged"]) == (1, 1)
    assert Snapshot.open(store).commentary("ORG")["cause"].tolist()[1] == "Petugas sakit"


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        (COMMENTS.replace("Atur giliran", ""), "follow_up", "is empty"),
        (COMMENTS.replace("2026-02-28,budi", "28 Februari,budi"), "due", "Write it as 2026-09-30"),
        (COMMENTS.replace("2026-02-28,budi", "2025-12-31,budi"), "due", "before the period begins"),
        (HEADER + FIRST + SECOND.replace("2026-01-31", "2026-02-28"), "period_end", "no month, quarter"),
        (COMMENTS.replace("Petugas cuti", "a" * 1001), "cause", "at most 1000"),
        (HEADER + FIRST + FIRST, "unit_code", "line 2 is on the same figure"),
        (HEADER + FIRST + SECOND.replace("TEPAT", "TEPATT"), None, "Did you mean 'TEPAT'?"),
    ],
)
def test_a_fault_refuses_the_whole_file_with_its_place(tmp_path, store, capsys, wrong, column, said):
    code, report = _import(tmp_path, store, capsys, wrong)
    assert code == 1
    assert (report["accepted"], report["rejected"], report["held"], report["batch"]) == (0, 1, 1, None)
    assert report["errors"][0]["column"] == column
    assert said in report["errors"][0]["message"]
    assert Snapshot.open(store).commentary("ORG").empty


@pytest.mark.parametrize("is_tried", [True, False])
def test_an_officer_comments_on_the_own_unit_alone(tmp_path, store, is_tried):
    file = tmp_path / "comments.csv"
    file.write_text(COMMENTS, encoding="utf-8")
    officer = Access("sari@contoh", "Sari", (Grant(Role.OFFICER, "ORG", "A"),))
    options = ImportOptions("ORG", made_by="Sari", dry_run=is_tried)

    with pytest.raises(AccessRefused, match="B: you may not report figures"):
        import_commentary(store, file, options, officer)
    file.write_text(HEADER + FIRST, encoding="utf-8")
    assert import_commentary(store, file, options, officer).accepted == 1


def test_who_imports_is_the_author_where_a_file_names_none(tmp_path, store):
    file = tmp_path / "comments.csv"
    file.write_text(HEADER + FIRST.replace("sari", ""), encoding="utf-8")
    import_commentary(store, file, ImportOptions("ORG", made_by="Budi"), Access("b", "B", (Grant(Role.LOCAL),)))

    assert main(["publish", "--store", str(store)]) == 0
    assert Snapshot.open(store).commentary("ORG")["author"].tolist() == ["Budi"]


def test_commentary_and_events_don_t_go_together(tmp_path, store, capsys):
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    words = ["import", str(tmp_path / "comments.csv"), "--commentary", "--events", "--organisation", "ORG"]
    assert main([*words, "--store", str(store)]) == 2
    assert "don't go together" in capsys.readouterr().err
