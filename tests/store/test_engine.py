"""How much memory DuckDB may take, and what it does where that doesn't do."""

from __future__ import annotations

import subprocess
import sys
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
        connection.execute(
            "CREATE VIEW placed AS SELECT i, text, row_number() OVER (ORDER BY text) AS place FROM figure"
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


def test_a_question_that_needs_more_than_the_bound_is_answered_all_the_same_and_leaves_nothing(path, monkeypatch):
    monkeypatch.setenv("KPI_READING_MEMORY", "128MiB")
    with connect(path, is_read_only=True) as connection:
        folder = Path(connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0])
        connection.execute("FROM placed")
        spilled = list(folder.iterdir())
        found = connection.execute("SELECT count(*), max(place), sum(length(text)) FROM placed").fetchall()

    assert found == [(ROWS, ROWS, ROWS * 256)]
    assert spilled, "the bound was too wide for this test"
    assert folder.parent.stat().st_mode & 0o077 == 0, "others could read what was spilled"
    assert not folder.exists()
    assert [each.name for each in path.parent.iterdir()] == [path.name], "and nothing stands beside the file"


def test_two_processes_spill_into_folders_of_their_own(path):
    ask = (
        "import sys; from kpi.store.engine import connect; connection = connect(sys.argv[1], is_read_only=True); "
        "print(*connection.execute(\"SELECT current_setting('temp_directory')\").fetchone())"
    )
    folders = [subprocess.check_output([sys.executable, "-c", ask, path], text=True).strip() for _ in range(2)]

    assert folders[0] != folders[1]
    assert not any(Path(each).parent.exists() for each in folders), "they go with their processes"
