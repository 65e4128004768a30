"""Every figure leads to its file and cell, its batch, who reported it, when and why."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from kpi.i18n import Translator
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import PLACES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views import sources_words as words
from kpi.views import why_words
from kpi.views.selection import Selection
from kpi.views.sources import sources_of
from kpi.views.why import why_scored
from tests.small_organisation import QUARTERS, TODAY, TOWN, figures, town

SELECTION = Selection(TOWN, QUARTERS[-1], False, "kmk")
english = Translator("en")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The town from a text file; PKM_A's newest immunisation then corrected by a workbook, cell C7."""
    table = figures()
    rows = [row for row in table.to_pylist() if row["unit_code"] == "PKM_A" and row["indicator_code"] == "IMUNISASI"]
    changed = type(table).from_pylist([{**rows[6], "value": 40.0, "line": 7, "note": "cek"}], table.schema)
    places = pa.Table.from_pylist([{"line": 7, "field": "value", "sheet": "TW III", "cell": "C7"}], PLACES)
    with Record.opened(tmp_path, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test", file_name="kota.csv"), town(), table)
        header = BatchHeader(TOWN, made_by="budi", reason="salah hitung", file_name="koreksi.xlsx")
        record.append(header, Definitions(town().organisation), changed, places=places)
    return Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)


def test_a_value_from_a_workbook_leads_to_its_cell_and_a_target_from_text_to_its_line(snapshot):
    found = sources_of(snapshot, SELECTION, "IMUNISASI", "PKM_A")

    assert found.is_own
    value = next(line for line in found.lines if line.field == "value")
    target = next(line for line in found.lines if line.field == "target")
    assert (words.place(value, english), value.file_name, value.batch_number) == ("TW III!C7", "koreksi.xlsx", 2)
    assert (value.made_by, value.reason, value.note, value.figure) == ("budi", "salah hitung", "cek", 40.0)
    assert (words.place(target, english), target.file_name, target.batch_number) == ("line 8", "kota.csv", 1)
    assert found.batches == (2, 1)
    assert words.table(found, english)["Sheet and cell, or line"].tolist().count("TW III!C7") == 1


def test_a_figure_made_of_units_below_leads_to_their_reports(snapshot):
    found = sources_of(snapshot, SELECTION, "IMUNISASI", "DINKES")

    assert not found.is_own
    assert {line.unit_code for line in found.lines} == {"PKM_A", "PKM_B"}
    assert words.sentence(found, english) == "4 reported figures of the units below it."


def test_to_date_leads_to_every_period_since_the_year_began(snapshot):
    found = sources_of(snapshot, Selection(TOWN, QUARTERS[-1], True, "kmk"), "KEMATIAN", "PKM_B")

    assert [line.period.code for line in found.lines if line.field == "value"] == ["2026-Q3", "2026-Q2", "2026-Q1"]


def test_nothing_reported_is_said(snapshot):
    assert words.sentence(sources_of(snapshot, SELECTION, "JALAN", "ARSIP"), english).startswith("No report")


def test_why_names_the_file_and_the_cell(snapshot):
    why = why_scored(snapshot, SELECTION, "IMUNISASI", "PKM_A", load_profile("kmk"))
    said = " ".join(why_words.origin(why, english))

    assert "Batch 2: koreksi.xlsx, TW III!C7, budi, " in said
    assert said.endswith("salah hitung")
