"""A template, filled in, through `python -m kpi import`: its figures, definitions and weights, and what refuses it."""

from __future__ import annotations

import io
import json
import shutil

import openpyxl
import pytest

from kpi.cli import main
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]


@pytest.fixture
def store(small_store, tmp_path):
    """A copy of the town's store, to be written to."""
    return shutil.copytree(small_store, tmp_path / "store")


@pytest.fixture
def template(store, tmp_path):
    """A template of DISDIK for the third quarter of 2026, in English."""
    words = ["--organisation", TOWN, "--unit", "DISDIK", "--period", "2026-Q3", "--language", "en"]
    path = tmp_path / "entry.xlsx"
    assert main(["template", *words, "-o", str(path), "--store", str(store)]) == 0
    return path


@pytest.fixture
def run(store, capsys):
    def command(*words: object, organisation: str = TOWN):
        options = ["import", "--organisation", organisation, "--store", store, "--json"]
        code = main([str(word) for word in (*options, *words)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return command


def fill(path, sheet_name: str, cells: dict[tuple[str, str], object]) -> None:
    """Put values into the cells that a row's indicator code and a column's hidden name mean."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book[sheet_name]
    keys = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
    codes = {sheet.cell(row, keys["indicator_code"]).value: row for row in range(sheet.max_row, 7, -1)}
    for (code, key), value in cells.items():
        sheet.cell(codes[code] if code in codes else int(code), keys[key]).value = value
    book.save(path)


def test_a_template_given_back_as_it_is_changes_nothing(run, template):
    code, answer, said = run(template)

    assert code == 0, said
    assert (answer["accepted"], answer["batch"], answer["errors"]) == (0, None, [])


def test_a_filled_in_figure_goes_in_and_leads_to_its_cell(run, template, store):
    fill(template, "Entry", {("APS", "value"): 91.5, ("APS", "note"): "counted anew"})
    code, answer, said = run(template)

    assert code == 0, said
    assert answer["accepted"] == 1
    snapshot = Snapshot.open(store)
    sources = snapshot.sources(TOWN, unit_code="DISDIK", indicator_code="APS")
    new = sources[sources["batch_number"] == answer["batch"]]
    value = new[new["field"] == "value"].iloc[0]
    assert (value["figure"], value["sheet"], value["note"]) == (91.5, "Entry", "counted anew")


def test_a_new_indicator_with_target_and_weight_is_defined(run, template, store):
    book = openpyxl.load_workbook(template)
    sheet = book["Definitions"]
    keys = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
    used = [row for row in range(8, sheet.max_row + 1) if sheet.cell(row, keys["indicator_code"]).value]
    row = max(used) + 1
    stated = {"indicator_code": "BARU", "name": "Rasio guru", "unit_of_measure": "guru", "weight": 10}
    stated |= {name: 5 for name in keys if name and str(name).startswith("target") and "2026" in str(name)}
    for name, value in stated.items():
        sheet.cell(row, keys[name]).value = value
    if "unit_code" in keys:
        sheet.cell(row, keys["unit_code"]).value = "DISDIK"
    book.save(template)
    code, _, said = run(template)

    assert code == 0, said
    assert "indicators registered: 1 (BARU)" in said
    with Record.opened(store, writing=False) as record:
        definitions = record.definitions(TOWN)
    assert definitions is not None
    assert definitions.indicators["BARU"].name == "Rasio guru"


def test_a_template_of_another_organisation_is_refused(run, template, store):
    code, answer, _ = run(template, "--create", organisation="DESA")

    assert code == 1
    assert "template of organisation 'KOTA', not of 'DESA'" in answer["errors"][0]["message"]


def test_a_word_where_a_number_belongs_is_refused_at_its_cell(run, template):
    fill(template, "Entry", {("APS", "value"): "many"})
    code, answer, _ = run(template)

    assert code == 1
    assert {(error["sheet"], error["cell"] is not None) for error in answer["errors"]} == {("Entry", True)}


def test_cause_and_follow_up_go_in_with_the_figure_and_stand_in_the_next_template(run, template, store, capsys):
    said = {"cause": "Sekolah rusak", "follow_up": "Perbaiki", "owner": "Sekretaris", "due": "2026-12-31"}
    fill(template, "Entry", {("APS", column): text for column, text in said.items()})
    code, answer, told = run(template)

    assert code == 0, told
    assert "causes and follow-ups that are new or changed: 1" in told
    row = Snapshot.open(store).commentary(TOWN).iloc[0]
    assert (row["unit_code"], row["grain"], row["cause"], row["obstacle"]) == ("DISDIK", "quarter", "Sekolah rusak", "")
    assert (row["batch_number"], bool(row["author"])) == (answer["batch"], True)
    words = ["--organisation", TOWN, "--unit", "DISDIK", "--period", "2026-Q3", "--language", "en"]
    assert main(["template", *words, "-o", str(template), "--store", str(store)]) == 0
    sheet = openpyxl.load_workbook(template)["Entry"]
    assert "Sekolah rusak" in {cell.value for row in sheet.iter_rows() for cell in row}
    capsys.readouterr()
    assert run(template)[1]["batch"] is None


def test_a_comment_without_its_follow_up_refuses_the_file_at_its_cell(run, template):
    fill(template, "Entry", {("APS", "value"): 91.5, ("APS", "cause"): "Sekolah rusak"})
    code, answer, _ = run(template)

    assert code == 1
    assert {error["message"] for error in answer["errors"]} == {"is empty. Fill it in."}
    assert answer["batch"] is None
