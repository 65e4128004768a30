"""Where the results of long tests go: docs/reliability.md, when $KPI_RESULTS names it (`make soak`)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

Tell = Callable[[str, str], None]


@pytest.fixture
def tell() -> Tell:
    """Say a measured result under the name of its row; `make soak` puts it into the table of docs/reliability.md."""

    def said(name: str, result: str) -> None:
        print(f"{name}: {result}")
        if page := os.environ.get("KPI_RESULTS"):
            _write(Path(page), name, result)

    return said


def _write(page: Path, name: str, result: str) -> None:
    text = page.read_text(encoding="utf-8")
    row = re.compile(rf"^\| {re.escape(name)} \|([^|\n]*)\|[^|\n]*\|$", re.MULTILINE)
    assert row.search(text), f"{page}: the table has no row '{name}'"
    page.write_text(row.sub(lambda found: f"| {name} |{found[1]}| {result} |", text), encoding="utf-8")
