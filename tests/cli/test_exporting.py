"""`kpi export`: the columns of the contract, the choices, and the way back in."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kpi.cli import main

ROOT = Path(__file__).resolve().parents[2]
HEADER = "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,"
TIDY = f"""{HEADER}value,target,weight
A,Alfa,TEPAT,Layanan tepat waktu,persen,higher,2026-01-01,2026-01-31,90,100,60
A,Alfa,TEPAT,Layanan tepat waktu,persen,higher,2026-02-01,2026-02-28,80,100,60
A,Alfa,LAMA,Waktu tunggu,hari,lower,2026-01-01,2026-01-31,12,10,40
B,Beta,TEPAT,Layanan tepat waktu,persen,higher,2026-01-01,2026-01-31,,95,
"""
KEYS = ["organisation_code", "unit_code", "unit_name", "indicator_code", "indicator_name"]
FIGURES = [*KEYS, "period_start", "period_end", "value", "target", "target_high"]
SCORES = [*FIGURES, "achievement_percent", "index_percent", "rating", "status", "reason", "weight"]
FACTS = [*FIGURES, "weight", "numerator", "denominator", "parts_expected", "parts_present", "is_complete"]


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "tidy.csv").write_text(TIDY, encoding="utf-8")
    options = ["--organisation", "ORG", "--create", "--aggregation-over-periods", "mean"]
    assert main(["import", str(folder / "tidy.csv"), *options, "--store", str(folder / "store")]) == 0
    return folder / "store"


def _export(capsys, store, *options) -> pd.DataFrame:
    assert main(["export", *options, "--store", str(store)]) == 0
    return pd.read_csv(io.StringIO(capsys.readouterr().out))


def test_scores_have_the_columns_of_the_contract_and_list_what_could_not_be_scored(store, capsys):
    table = _export(capsys, store, "scores")
    assert list(table.columns) == SCORES
    assert len(table) == 4
    missing = table[table["unit_code"] == "B"].iloc[0]
    assert (missing["status"], missing["reason"]) == ("not_scored", "no_value")
    late = table[table["indicator_code"] == "LAMA"].iloc[0]
    assert late["achievement_percent"] == pytest.approx(80.0)
    assert (late["rating"], late["weight"]) == ("yellow", 40)


def test_facts_have_the_columns_of_the_contract_and_to_date_also_where_the_span_begins(store, capsys):
    assert list(_export(capsys, store, "facts").columns) == FACTS
    one = ["--unit", "A", "--indicator", "TEPAT", "--organisation", "ORG"]
    to_date = _export(capsys, store, "facts", "--to-date", *one)
    assert list(to_date.columns) == [*FACTS, "span_start"]
    assert to_date["value"].tolist() == [90, 85]
    assert set(to_date["span_start"]) == {"2026-01-01"}


def test_a_coarser_grain_is_consolidated_and_marked(store, capsys):
    quarter = _export(capsys, store, "facts", "--grain", "quarter", "--indicator", "TEPAT", "--unit", "A")
    columns = ["value", "parts_expected", "parts_present", "is_complete"]
    assert quarter[columns].to_numpy().tolist() == [[85, 3, 2, False]]


def test_from_and_to_choose_by_the_last_day_and_both_are_inside(store, capsys):
    assert len(_export(capsys, store, "facts", "--from", "2026-02", "--to", "2026-02")) == 1
    assert len(_export(capsys, store, "facts", "--from", "2026-01", "--to", "2026-01")) == 3


def test_measurements_go_back_in_and_change_nothing(store, capsys, tmp_path):
    file = tmp_path / "out.csv"
    assert main(["export", "measurements", "--organisation", "ORG", "-o", str(file), "--store", str(store)]) == 0
    assert main(["import", str(file), "--organisation", "ORG", "--json", "--store", str(store)]) == 0
    assert '"accepted": 0' in capsys.readouterr().out


def test_parquet_holds_the_same_table(store, capsys, tmp_path):
    file = tmp_path / "out.parquet"
    assert main(["export", "scores", "--format", "parquet", "-o", str(file), "--store", str(store)]) == 0
    read = pd.read_parquet(file)
    assert list(read.columns) == SCORES
    assert len(read) == len(_export(capsys, store, "scores"))


def test_an_unknown_unit_is_refused_with_the_closest_one(store, capsys):
    assert main(["export", "facts", "--organisation", "ORGG", "--store", str(store)]) == 1
    assert "Did you mean 'ORG'?" in capsys.readouterr().err


def test_a_span_that_ends_before_it_begins_is_wrong_usage(store, capsys):
    assert main(["export", "facts", "--from", "2026-05", "--to", "2026-01", "--store", str(store)]) == 2
    assert "Swap them" in capsys.readouterr().err
    assert main(["export", "facts", "--from", "2026", "--store", str(store)]) == 2


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(store, capsys, tmp_path):
    assert main(["export", "facts", "-o", str(tmp_path / "no" / "x.csv"), "--store", str(store)]) == 1
    assert "can't be written" in capsys.readouterr().err


def test_the_command_line_runs_as_a_module_and_tells_wrong_usage_apart(store):
    def run(*words):
        command = [sys.executable, "-m", "kpi", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run("export", "nothing").returncode == 2
    assert run("nonsense").returncode == 2
    done = run("export", "scores", "--store", str(store))
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == ",".join(SCORES)
