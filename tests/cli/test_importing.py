"""The contract of `python -m kpi import`: exit codes, JSON, messages, and a store that a refusal never touches."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kpi.cli import main

HEAD = "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,value,target"
GOOD = "A,Health,I,Stunting,%,lower,2024-01-01,2024-12-31,20,14"
NEXT = "A,Health,I,Stunting,%,lower,2025-01-01,2025-12-31,"


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def digest(folder: Path) -> dict[str, str] | None:
    """Every file with the digest of its bytes; None where there is no folder."""
    if not folder.exists():
        return None
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def run(tmp_path, capsys):
    """Run `import` in this process; return the exit code, the JSON and what was said on stderr."""

    def command(*words: object, json_wanted: bool = True):
        options = ["--organisation", "KMN", "--store", tmp_path / "store", *(["--json"] if json_wanted else [])]
        code = main([str(word) for word in ("import", *options, *words)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if json_wanted and told.out else None, told.err

    return command


@pytest.fixture
def known_store(tmp_path, run):
    """A store that knows one figure of organisation KMN."""
    path = tmp_path / "known.csv"
    path.write_bytes(text(HEAD, GOOD))
    assert run(path, "--create", "--no-publish")[0] == 0
    return tmp_path / "store"


# Each bad file: its content, and the line, the column and words of the first error.
BAD_FILES = {
    "not UTF-8": (text(HEAD, GOOD)[:-1] + b"\n" + b"A,Kesehat\xe1n\n", 3, None, ["not UTF-8", "0xe1", "line 3"]),
    "UTF-16": (text(HEAD, GOOD).decode().encode("utf-16"), None, None, ["UTF-16"]),
    "semicolons": (text(HEAD.replace(",", ";"), GOOD.replace(",", ";")), 1, None, ["delimiter", "semicolons"]),
    "tabs": (text(HEAD.replace(",", "\t"), GOOD.replace(",", "\t")), 1, None, ["delimiter", "tabs"]),
    "missing column": (text(HEAD.replace("period_end", "until"), GOOD), 1, "period_end", ["'period_end' is missing"]),
    "no figure column": (
        text("unit_code,indicator_code,period_start,period_end", "A,I,2024-01-01,2024-12-31"),
        1,
        "value",
        ["'value'", "is missing"],
    ),
    "column twice": (text(f"{HEAD},value", f"{GOOD},1"), 1, "value", ["stands twice"]),
    "duplicated key": (text(HEAD, NEXT + "1,", NEXT + "2,"), 3, None, ["duplicate", "line 2"]),
    "text for number": (text(HEAD, NEXT + "dua puluh,"), 2, "value", ["'dua puluh' is not a number"]),
    "decimal comma": (text(HEAD, NEXT + '"59,89",'), 2, "value", ["'59,89'", "59.89"]),
    "NaN": (text(HEAD, NEXT + "NaN,"), 2, "value", ["'NaN'", "finite"]),
    "infinity": (text(HEAD, NEXT + "1,-inf"), 2, "target", ["'-inf'", "finite"]),
    "both empty": (text(HEAD, NEXT + ","), 2, "value", ["both empty"]),
    "end before start": (
        text(HEAD, "A,Health,I,Stunting,%,lower,2025-12-31,2025-01-01,1,"),
        2,
        "period_end",
        ["before it starts"],
    ),
    "two polarities": (
        text(HEAD, NEXT + "1,", "B,B,I,Stunting,%,higher,2025-01-01,2025-12-31,1,"),
        3,
        "polarity",
        ["minimize", "maximize"],
    ),
    "overlapping periods": (
        text(HEAD, NEXT + "1,", "A,Health,I,Stunting,%,lower,2025-07-01,2026-06-30,1,"),
        3,
        "period_start",
        ["overlaps 2025 and 2026", "--year-starts-in 7"],
    ),
    "bad date": (text(HEAD, "A,Health,I,Stunting,%,lower,01/01/2025,2025-12-31,1,"), 2, "period_start", ["2026-09-30"]),
    "bad word": (text(HEAD, NEXT.replace("lower", "down") + "1,"), 2, "polarity", ["'down'", "lower"]),
    "ragged row": (text(HEAD, NEXT + "1,2,3"), 2, None, ["11 cells", "10"]),
    "open quotation mark": (text(HEAD, NEXT + '"1,'), 2, None, ["line 2", "quotation mark"]),
    "empty file": (b"", None, None, ["is empty"]),
    "blank lines only": (b"\n\n", None, None, ["blank lines only"]),
    "header only": (text(HEAD), None, None, ["no rows"]),
    "Excel file": (b"PK\x03\x04 and so on", None, None, ["Excel"]),
    "broken Parquet": (b"PAR1 and then nothing of the kind", None, None, ["not a sound Parquet file"]),
    "value off its parts": (
        text(f"{HEAD},numerator,denominator", f"{NEXT}20,,1,4"),
        2,
        "value",
        ["is not 1 × 1 ÷ 4 = 0.25"],
    ),
    "fault behind blank lines and breaks": (
        text(f"{HEAD},note", f'{GOOD},"one\ntwo"', "", f"{NEXT}x,,"),
        5,
        "value",
        ["'x'"],
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("is_known", [False, True], ids=["no store", "a store"])
def test_bad_input_is_refused_with_line_and_column_and_the_store_stays_as_it_was(
    kind, is_known, run, tmp_path, request
):
    content, line, column, words = BAD_FILES[kind]
    store = request.getfixturevalue("known_store") if is_known else tmp_path / "store"
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = digest(store)
    code, answer, said = run(path, "--create")

    assert code == 1
    first = answer["errors"][0]
    assert (first["line"], first["column"]) == (line, column)
    for word in words:
        assert word in first["message"]
        assert word in said
    assert (answer["batch"], answer["accepted"], answer["unchanged"]) == (None, 0, 0)
    assert answer["rows"] == answer["rejected"] + answer["held"]
    assert "Traceback" not in said
    assert digest(store) == before


@pytest.mark.parametrize(
    ("name", "word"), [("", "is a directory"), ("absent.csv", "no such file")], ids=["a directory", "a missing file"]
)
def test_what_is_no_file_is_refused(run, tmp_path, name, word):
    code, answer, _ = run(tmp_path / name, "--create")

    assert code == 1
    assert word in answer["errors"][0]["message"]
    assert not (tmp_path / "store").exists()


def test_a_file_over_the_size_limit_is_refused(run, tmp_path, monkeypatch):
    path = tmp_path / "large.csv"
    path.write_bytes(text(HEAD, GOOD))
    monkeypatch.setenv("KPI_MAX_FILE_BYTES", "50")
    code, answer, _ = run(path, "--create")

    assert code == 1
    assert "more than the limit of 50" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ["--year-starts-in", "13"],
        ["--aggregation-over-units", "last"],
        ["--skip-refused"],
        ["--unheard-of"],
        ["--aggregation-over-periods", "sum"],
    ],
)
def test_wrong_usage_exits_2_and_writes_nothing(run, tmp_path, words):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(f"{HEAD},aggregation_over_periods", f"{GOOD},mean"))
    code, answer, said = run(path, "--create", *words)

    assert code == 2
    assert answer is None
    assert said
    assert not (tmp_path / "store").exists()


def test_a_limit_that_is_no_number_is_wrong_usage(run, tmp_path, monkeypatch):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, GOOD))
    monkeypatch.setenv("KPI_MAX_FILE_BYTES", "2 GB")

    assert run(path, "--create")[0] == 2


def test_good_rows_beside_a_bad_one_are_held(run, known_store, tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_bytes(text(HEAD, GOOD, NEXT + "x,", NEXT.replace("2025", "2023") + "1,"))
    code, answer, said = run(path)

    assert code == 1
    assert [answer[name] for name in ("rows", "accepted", "unchanged", "rejected", "held")] == [3, 0, 0, 1, 2]
    assert "Refused, nothing was written" in said


def test_refused_rows_are_skipped_on_wish(run, known_store, tmp_path):
    path, aside = tmp_path / "mixed.csv", tmp_path / "aside.csv"
    path.write_bytes(text(HEAD, GOOD, NEXT + "x,", NEXT.replace("2025", "2023") + "1,"))
    code, answer, said = run(path, "--skip-refused", aside, "--no-publish")

    assert code == 0
    assert [answer[name] for name in ("rows", "accepted", "unchanged", "rejected", "held")] == [3, 1, 1, 1, 0]
    assert answer["batch"] == 2
    assert aside.read_text().splitlines()[1].startswith(NEXT + "x,,")
    assert str(aside) in said


def test_a_file_with_refused_rows_alone_exits_1_although_they_may_be_skipped(run, known_store, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(text(HEAD, NEXT + "x,"))
    before = digest(known_store)

    assert run(path, "--skip-refused", tmp_path / "aside.csv")[0] == 1
    assert digest(known_store) == before


def test_an_import_is_published_and_the_same_file_again_is_not(run, tmp_path):
    path, store = tmp_path / "figures.csv", tmp_path / "store"
    path.write_bytes(text(HEAD, GOOD))
    code, answer, said = run(path, "--create", "--organisation-name", "Kemuning")
    assert (code, answer["batch"], answer["accepted"]) == (0, 1, 1)
    assert "Published snapshot" in said
    before = digest(store)
    code, answer, said = run(path)

    assert (code, answer["batch"], answer["accepted"], answer["unchanged"]) == (0, None, 0, 1)
    assert "known already" in said
    assert digest(store) == before


def test_no_publish_leaves_the_snapshot_as_it_is(run, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, GOOD))

    assert run(path, "--create", "--no-publish")[0] == 0
    assert not (tmp_path / "store" / "snapshots").exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, GOOD))
    code, answer, said = run(path, "--create", "--dry-run")

    assert (code, answer["batch"], answer["accepted"]) == (0, None, 1)
    assert "Dry run" in said
    assert "units registered" in said
    assert not (tmp_path / "store").exists()


def test_without_json_nothing_stands_on_stdout(tmp_path, capsys):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, GOOD))
    words = ["import", path, "--organisation", "KMN", "--create", "--store", tmp_path / "store", "--no-publish"]

    assert main([str(word) for word in words]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "1 accepted" in told.err


def test_a_column_that_an_import_does_not_know_is_named_and_passed_over(run, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(f"{HEAD},colour", f"{GOOD},red"))
    code, _, said = run(path, "--create", "--no-publish")

    assert code == 0
    assert "column 'colour'" in said


def test_an_unknown_unit_is_refused_with_the_closest_one(run, known_store, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, GOOD.replace("A,", "a,", 1)))
    code, answer, _ = run(path)

    assert code == 1
    assert answer["errors"][0]["column"] == "unit_code"
    assert "Did you mean 'A'?" in answer["errors"][0]["message"]


def test_parquet_goes_in_like_csv_and_counts_its_rows_from_1(run, tmp_path):
    columns = dict(zip(HEAD.split(","), zip(GOOD.split(","), (NEXT + "x,").split(","), strict=True), strict=True))
    path = tmp_path / "figures.parquet"
    pq.write_table(pa.table({name: list(cells) for name, cells in columns.items()}), path)
    code, answer, _ = run(path, "--create")

    assert code == 1
    assert [(error["line"], error["column"]) for error in answer["errors"]] == [(2, "value")]


def test_many_errors_are_all_in_the_json_and_few_on_the_screen(run, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(text(HEAD, *[f"U{n},U,I,I,%,lower,2024-01-01,2024-12-31,x," for n in range(50)]))
    _, answer, said = run(path, "--create")

    assert [error["line"] for error in answer["errors"]] == list(range(2, 52))
    assert "… and 30 more." in said
    assert said.count("is not a number") == 20


@pytest.mark.parametrize(("content", "code"), [(text(HEAD, GOOD), 0), (text(HEAD, NEXT + "x,"), 1)])
def test_the_command_line_itself_exits_with_the_code_and_prints_one_object(tmp_path, root, content, code):
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    words = ["import", path, "--organisation", "KMN", "--create", "--json", "--store", tmp_path / "store"]
    done = subprocess.run(
        [sys.executable, "-m", "kpi", *map(str, words)], cwd=root, capture_output=True, text=True, check=False
    )

    assert done.returncode == code, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rows"] == 1
    counts = {"batch", "rows", "accepted", "unchanged", "rejected", "held"}
    assert set(answer) == {*counts, "errors", "understood", "findings"}
