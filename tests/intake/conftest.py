"""Small files and a store of their own for the tests of intake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi.access import LOCAL
from kpi.intake import ImportOptions, ImportReport, import_files

HEADER = (
    "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,value,target"
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write lines (or bytes) to a file and return its path."""

    def write(*lines: str | bytes, name: str = "figures.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines))
        return path

    return write


@pytest.fixture
def imported(store: Path, csv_file: Callable[..., Path]) -> Callable[..., ImportReport]:
    """Import lines below a header of their own into organisation KMN; options as in ImportOptions."""

    def run(*lines: str | bytes, name: str = "figures.csv", create: bool = True, **options: Any) -> ImportReport:
        return import_files(store, LOCAL, [csv_file(*lines, name=name)], ImportOptions("KMN", create=create, **options))

    return run


@pytest.fixture
def header() -> str:
    return HEADER
