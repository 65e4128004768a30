"""How much memory DuckDB may take, and what it does where that doesn't do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.store.engine import connect

ROWS = 600_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file whose rows take more memory to sort than a server's reader has."""
    made = tmp_path / "some.duckdb"
    with connect(made) as connection:
        connection.execute(
            "CREATE TABLE figure AS SELECT i, repeat(md5(i::VARCHAR), 8) AS text FROM range(?) AS r(i)", [ROWS]
        )
    return made


def limit(path: Path, *, is_read_only: bool) -> str:
    with connect(path, is_read_only=is_read_only) as connection:
        return connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]


def test_what_is_only_read_has_a_bound_of_its_own(path, monkeypatch):
    monkeypatch.setenv("KPI_MEMORY", "640MiB")
    assert [limit(path, is_read_only=each) for each in (True, False)] == ["640.0 MiB", "640.0 MiB"]
    monkeypatch.setenv("KPI_READING_MEMORY", "128MiB")
    assert [limit(path, is_read_only=each) for each in (True, False)] == ["128.0 MiB", "640.0 MiB"]


def test_a_question_that_needs_more_than_the_bound_is_answered_all_the_same(path, monkeypatch):
    monkeypatch.setenv("KPI_READING_MEMORY", "128MiB")
    question = "SELECT i, text, row_number() OVER (ORDER BY text) AS place FROM figure"
    with connect(path, is_read_only=True) as connection:
        found = connection.execute(f"SELECT count(*), max(place), sum(length(text)) FROM ({question})").fetchall()
    assert found == [(ROWS, ROWS, ROWS * 256)]
    assert not list(path.parent.glob("*.tmp/*")), "nothing that was spilled is left behind"
