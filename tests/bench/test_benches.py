"""The benches run and their outputs are right; how fast is for `make bench` to say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.session_client import Answer, key_of

ROOT = Path(__file__).resolve().parents[2]
TITLES = [
    "Pages in a browser",
    "Where the time of a choice goes",
    "From the command to the first chart",
    "Many readers",
    "Publishing",
    "Scoring",
]


@pytest.mark.browser
def test_every_bench_runs_and_no_reader_is_answered_wrongly(tmp_path: Path):
    out = tmp_path / "performance.md"
    command = [sys.executable, "-m", "bench", "--short", "--folder", str(tmp_path / "made"), "--out", str(out)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1500)

    assert done.returncode == 0, done.stderr[-2000:]
    text = out.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == TITLES
    readers = first_row(text, "readers")
    assert (readers["readers"], readers["processes"], readers["choices"]) == ("3", "2", "6")
    assert (readers["errors"], readers["wrong"]) == ("0", "0")
    assert re.search(r"^\| Gaps \| \d+ \| \d", text, re.MULTILINE)
    assert re.search(r"^\| Gaps( \| [\d,]+){17} \|$", text, re.MULTILINE)  # the parts of a choice
    assert re.search(r"^\| Floor \| [\d.]+ \| [\d.]+ \| 1\.00 \|", text, re.MULTILINE)
    assert re.search(r"^\| tiny \| 288 \| ", text, re.MULTILINE)
    assert re.search(r"^- streamlit 1\.67", text, re.MULTILINE)


def first_row(text: str, column: str) -> dict[str, str]:
    """Return the first row of the table whose first column has that name, by the names of its columns."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"| {column} |"))
    names, cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in (lines[at], lines[at + 2]))
    return dict(zip(names, cells, strict=True))


def test_an_answer_is_what_stands_at_the_end_from_the_top_of_the_page():
    answer = Answer()
    answer.elements_at[(0, 10)] = ("markdown", "last")
    answer.elements_at[(0, 9)] = ("markdown", "first")
    answer.elements_at[(0, 2)] = ("heading", "another kind")
    answer.elements_at[(0, 9)] = ("markdown", "first, written again")

    assert answer.of("markdown") == ["first, written again", "last"]


@pytest.mark.parametrize(
    ("identity", "key"),
    [
        pytest.param("$$ID-0a1b2c-unit", "unit", id="a key"),
        pytest.param("$$ID-0a1b2c-None", "$$ID-0a1b2c-None", id="none"),
    ],
)
def test_a_widget_is_known_by_the_key_that_the_page_gave_it(identity: str, key: str):
    assert key_of(identity) == key
