"""Real servers on localhost, with sign-in and without, over the small town."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.access import LOCAL, Grant, Role, set_grants
from tests.browser.conftest import free_port, served
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]

SECRET = "for tests alone, and long enough to sign with"
PLANNER, OFFICER, STRANGER = "planner@kota.test", "officer@kota.test", "stranger@kota.test"


def secrets_file(folder: Path, port: int, provider: str = "http://localhost:1") -> Path:
    """Write the settings of a sign-in for a server on this port; `provider` is where people would be sent."""
    path = folder / f"secrets-{port}.toml"
    path.write_text(
        f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        'client_id = "kpi"\nclient_secret = "of-a-test"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
    return path


@pytest.fixture(scope="session")
def town_store(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with a planner, and with an officer of Education."""
    store = tmp_path_factory.mktemp("roles") / "store"
    shutil.copytree(small_store, store)
    set_grants(store, LOCAL, PLANNER, [Grant(Role.PLANNER)], "for a test")
    set_grants(store, LOCAL, OFFICER, [Grant(Role.OFFICER, TOWN, "DISDIK")], "for a test")
    return store


@pytest.fixture(scope="module")
def guarded(town_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with sign-in."""
    port = free_port()
    secrets = secrets_file(tmp_path_factory.mktemp("secrets"), port)
    with served(town_store, port=port, KPI_SECRETS=str(secrets)) as address:
        yield address
