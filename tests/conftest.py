"""What every test may ask for: the data shared beside the project, and a folder for a store."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder `shared` beside the project, read in place; skips where it is absent."""
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("the folder ../shared (real data and oracles) is not beside the project")
    return shared
