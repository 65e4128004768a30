"""Workbooks through `python -m kpi import`: five as offices make them, with their figures, questions and refusals."""

from __future__ import annotations

import json

import pytest

from kpi.cli import main
from kpi.model import Indicator, Organisation, Unit, Verification
from kpi.periods import Period
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from tests.intake.sheets.strange_files import ods, ods_row, xls
from tests.intake.sheets.workbooks import ALL, KNOWN, merged_headers, months_as_text, quarters_with_achievement

ORGANISATION = Organisation("KEM", "Kabupaten Kemuning")
DEFINITIONS = Definitions(
    ORGANISATION,
    {code: Unit("KEM", code, name, "KEM") for code, name in KNOWN.units.items()},
    dict(KNOWN.indicators),
)


@pytest.fixture
def store(tmp_path):
    """A store that knows the units and indicators of the workbooks, and no figure."""
    with Record.opened(tmp_path / "store", writing=True) as record:
        record.append(BatchHeader("KEM", made_by="test"), DEFINITIONS, FIGURES.empty_table())
    return tmp_path / "store"


@pytest.fixture
def run(store, capsys):
    """Run `import` in this process; return the exit code, the JSON and what was said on stderr."""

    def command(*words: object):
        options = ["import", "--organisation", "KEM", "--store", store, "--json"]
        code = main([str(word) for word in (*options, *words)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return command


@pytest.fixture
def put(tmp_path):
    def write(name: str, content: bytes | str):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def figures(store) -> set[tuple[object, ...]]:
    """All that the snapshot holds, as the workbooks' rows are written by hand."""
    table = Snapshot.open(store).measurements("KEM")
    columns = ["unit_code", "indicator_code", "period_start", "period_end", "value", "target"]
    rows = table[columns].astype(object).where(table[columns].notna(), None)
    return {(unit, code, start.date(), end.date(), *rest) for unit, code, start, end, *rest in rows.to_numpy().tolist()}


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_each_workbook_goes_in_and_its_figures_are_those_written_by_hand(make, run, put, store):
    workbook = make()
    path = put(workbook.name, workbook.content)
    code, answer, said = run(path)

    assert code == 0, said
    assert (answer["accepted"], answer["errors"]) == (len(workbook.rows), [])
    assert figures(store) == set(workbook.rows)
    assert answer["understood"]
    code, again, _ = run(path)
    assert (code, again["accepted"], again["unchanged"], again["batch"]) == (0, 0, len(workbook.rows), None)


def test_each_figure_leads_to_its_cell_and_the_batch_names_the_file(run, put, store):
    workbook = merged_headers()
    code, answer, _ = run(put(workbook.name, workbook.content))
    snapshot = Snapshot.open(store)
    place = snapshot.place(answer["batch"], 3)
    places = {row.field: (row.sheet, row.cell) for row in place.itertuples()}
    batch = snapshot.batches("KEM").iloc[0]

    assert code == 0
    assert (places["value"], places["target"]) == (("Lampiran I", "G9"), ("Lampiran I", "F9"))
    assert batch["file_name"] == workbook.name


def test_what_was_understood_and_found_stands_in_the_json(run, put):
    code, answer, said = run(put("tw.xlsx", quarters_with_achievement().content), "--dry-run")

    columns = {(column["column"], column["role"], column["period"]) for column in answer["understood"]}
    assert code == 0
    assert {("D", "target", "2025-Q1"), ("E", "value", "2025-Q1"), ("F", "achievement", "2025-Q1")} <= columns
    found = {(finding["sheet"], finding["cell"], finding["severity"]) for finding in answer["findings"]}
    assert {("TW", "L6", "warning"), ("TW", "L7", "warning")} <= found
    assert "Note: TW!L7: " in said


def test_a_fault_refuses_the_file_names_its_cell_and_writes_nothing(run, put, store):
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    table = "Indikator;Target 2025;Realisasi 2025\nPrevalensi Stunting;14;17\nAngka Kematian Ibu (AKI);84;1.234\n"
    path = put("dinkes.csv", table)
    code, answer, said = run(path, "--unit", "DINKES")

    assert code == 1
    (error,) = answer["errors"]
    assert (error["line"], error["column"], error["sheet"], error["cell"]) == (3, "C", "csv", "C3")
    assert "1234 (decimal comma) or 1.234 (decimal point)" in error["message"]
    assert (answer["rows"], answer["rejected"], answer["held"]) == (2, 1, 1)
    assert "csv!C3: '1.234' can be" in said
    assert before == {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_a_mapping_answers_is_written_and_given_back(run, put, store, tmp_path):
    table = "Indikator;Satuan;Target;Realisasi\nAngka Kematian Ibu (AKI);;84;1.234\n"
    path, mapping = put("dinkes.csv", table), tmp_path / "m.toml"
    refused, _, _ = run(path, "--unit", "DINKES", "--year", "2025", "--write-mapping", mapping)
    assert refused == 1
    text = mapping.read_text(encoding="utf-8")
    assert '[sheets.csv.columns.D]\nrole = "value"' in text
    mapping.write_text(text.replace('role = "value"', 'role = "value"\nnumbers = "decimal_point"'), encoding="utf-8")
    code, _, said = run(path, "--unit", "DINKES", "--year", "2025", "--mapping", mapping)

    assert code == 0, said
    assert {row[4:] for row in figures(store)} == {(1.234, 84.0)}


def test_a_confirmed_name_is_remembered_with_its_batch(run, put, store):
    table = "Indikator;Target 2025;Realisasi 2025\nAngka Kematain Ibu;84;81\n"
    code, answer, _ = run(put("first.csv", table), "--unit", "DINKES")
    assert code == 1
    assert "AKI" in answer["errors"][0]["message"]
    mapping = put("m.toml", '[indicators]\n"Angka Kematain Ibu" = "AKI"\n')

    assert run(put("first.csv", table), "--unit", "DINKES", "--mapping", mapping)[0] == 0
    code, answer, said = run(put("next.csv", table.replace("81", "80").replace("2025", "2026")), "--unit", "DINKES")
    assert (code, answer["accepted"]) == (0, 1), said
    aliases = Snapshot.open(store).aliases("KEM")
    assert aliases[["kind", "name", "code"]].to_numpy().tolist() == [["indicator", "Angka Kematain Ibu", "AKI"]]


def test_a_confirmed_direction_goes_into_the_definition(run, put, store):
    table = "Indikator;Satuan;Target 2025;Realisasi 2025\nAngka Kecelakaan Kerja;orang;10;12\n"
    code, answer, _ = run(put("a.csv", table), "--unit", "DINKES", "--create")
    assert code == 0
    assert any("Proposed: minimize" in finding["message"] for finding in answer["findings"])
    mapping = put("m.toml", '[polarities]\nANGKA_KECELAKAAN_KERJA = "minimize"\n')
    code, _, said = run(put("a.csv", table), "--unit", "DINKES", "--mapping", mapping)

    assert code == 0, said
    assert "polarity is now minimize" in said
    indicators = Snapshot.open(store).indicators("KEM").set_index("indicator_code")
    assert indicators.loc["ANGKA_KECELAKAAN_KERJA", "polarity"] == "minimize"


def test_a_layout_that_the_table_has_not_is_refused(run, put):
    code, answer, _ = run(put("bulanan.xlsx", months_as_text().content), "--layout", "tidy")

    assert code == 1
    assert "laid out as wide, but tidy was given" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--mapping", "absent.toml"], "can't be read"),
        (["--layout", "sideways"], "invalid"),
        (["--year", "soon"], "invalid"),
        (["--skip-refused", "aside.csv"], "tidy CSV"),
    ],
)
def test_wrong_usage_of_workbooks_exits_2(run, put, words, said):
    code, answer, told = run(put("a.xlsx", months_as_text().content), *words)

    assert (code, answer) == (2, None)
    assert said in told


def test_two_workbooks_go_in_together_or_not_at_all(run, put, store):
    good, bad = put("good.xlsx", months_as_text().content), put("bad.csv", "Indikator;Realisasi 2025\nX Y Z;1.234\n")
    code, answer, _ = run(good, bad, "--unit", "BKAD")
    assert (code, answer["accepted"], answer["held"]) == (1, 0, 18)
    assert {error["file"] for error in answer["errors"]} == {str(bad)}
    code, answer, _ = run(good, put("tw.xlsx", quarters_with_achievement().content))
    assert (code, len(answer["batches"]), answer["accepted"]) == (0, 2, 26)


def test_a_locked_figure_changes_only_with_a_reason(run, put, store):
    table = "Indikator;Target 2025;Realisasi 2025\nPrevalensi Stunting;14;{}\n"
    path = put("a.csv", table.format("17,2"))
    assert run(path, "--unit", "DINKES")[0] == 0
    with Record.opened(store, writing=True) as record:
        record.set_state("KEM", "DINKES", Period.parse("2025"), Verification.LOCKED, "head")
    path = put("a.csv", table.format("17,3"))
    code, _, said = run(path, "--unit", "DINKES")
    assert code == 1
    assert "locked" in said
    assert run(path, "--unit", "DINKES", "--reason", "counted again")[0] == 0
    assert {row[4] for row in figures(store)} == {17.3}


CHECKS = {
    "outside the possible range": ("Indikator;Realisasi 2025\nUmur;130\n", "error", "B2", "outside what is possible"),
    "numerator above denominator": (
        "Indikator;Satuan;Tahun;Pembilang;Penyebut\nPersentase Lulus;%;2025;12;10\n",
        "error",
        "D2",
        "above its denominator",
    ),
    "another unit of measure": (
        "Indikator;Satuan;Realisasi 2025\nPrevalensi Stunting;orang;17\n",
        "error",
        "B2",
        "by its definition",
    ),
    "a series that contradicts the realisation": (
        "Indikator;2025;Target 2025;Realisasi 2025\nPrevalensi Stunting;18;14;17\n",
        "error",
        "B2",
        "Mend one of the two",
    ),
    "a duplicate": (
        "Indikator;Realisasi 2025\nPrevalensi Stunting;17\nPrevalensi Stunting;18\n",
        "error",
        "B3",
        "stands twice",
    ),
    "a missing target": (
        "Indikator;Target 2025;Realisasi 2025\nPrevalensi Stunting;14;17\nAngka Kematian Ibu (AKI);;81\n",
        "warning",
        "C3",
        "no target",
    ),
    "a month at zero": (
        "Indikator;Jan 2025;Feb 2025;Mar 2025;Apr 2025\nPrevalensi Stunting;5;0;6;7\n",
        "warning",
        "C2",
        "periods beside it are not",
    ),
    "a share above 100": (
        "Indikator;Satuan;Realisasi 2025\nPersentase Lulus;persen;101\n",
        "warning",
        "C2",
        "between 0 and 100",
    ),
}


@pytest.mark.parametrize("kind", CHECKS)
def test_each_check_speaks_at_its_cell(kind, run, put, store):
    table, severity, cell, words = CHECKS[kind]
    with Record.opened(store, writing=True) as record:
        known = record.definitions("KEM")
        age = Indicator("KEM", "UMUR", "Umur", "tahun", lowest_possible=0.0, highest_possible=120.0)
        record.append(BatchHeader("KEM"), Definitions(known.organisation, {}, {"UMUR": age}), FIGURES.empty_table())
    code, answer, _ = run(put("a.csv", table), "--unit", "DINKES", "--create", "--no-publish")

    found = [(one["severity"], one["sheet"], one["cell"]) for one in answer["findings"] if words in one["message"]]
    assert (severity, "csv", cell) in found
    assert code == (1 if severity == "error" else 0)


def test_a_jump_in_a_workbook_is_doubted_at_its_cell(run, put):
    months = ";".join(
        f"{name} 2024" for name in ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]
    )
    values = [50, 51, 49, 52, 50, 49, 51, 50, 52, 49, 50, 51]
    table = f"Indikator;{months}\nPrevalensi Stunting;{';'.join(map(str, values))}\n"
    assert run(put("2024.csv", table), "--unit", "DINKES")[0] == 0
    code, answer, _ = run(put("2025.csv", "Indikator;Jan 2025\nPrevalensi Stunting;75\n"), "--unit", "DINKES")

    jumps = [finding for finding in answer["findings"] if "jumps beyond" in finding["message"]]
    assert (code, [(jump["severity"], jump["cell"]) for jump in jumps]) == (0, [("warning", "B2")])


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_and_open_formats_go_in_too(kind, run, put, store):
    rows = [["Indikator", "Target 2025", "Realisasi 2025"], ["Prevalensi Stunting", 14.0, 17.5]]
    content = xls(rows) if kind == "xls" else ods("".join(ods_row(*row) for row in rows))
    code, answer, said = run(put(f"a.{kind}", content), "--unit", "DINKES")

    assert (code, answer["accepted"]) == (0, 1), said
    assert {row[4:] for row in figures(store)} == {(17.5, 14.0)}
