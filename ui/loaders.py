"""Cached doors to the snapshot and to views. What is handed out is a copy or frozen: no page can change another's."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from kpi.access import Access, AllowedSnapshot, open_allowed
from kpi.scoring.profile import RuleProfile
from kpi.store.versions import current_version

P = ParamSpec("P")
T = TypeVar("T")


def store_folder() -> Path:
    """Return the store: $KPI_STORE where it is set, else data/store beside app.py."""
    return Path(os.environ.get("KPI_STORE") or Path(__file__).resolve().parents[1] / "data" / "store")


def newest_snapshot(access: Access) -> AllowedSnapshot:
    """Return the published snapshot of now as `access` may see it. Raises StoreError where nothing is published."""
    store = store_folder()
    return open_allowed(store, access, current_version(store))


def snapshot_of(version: str, access: Access) -> AllowedSnapshot:
    """Return a published version as `access` may see it. Raises StoreError where it is not there any more."""
    return open_allowed(store_folder(), access, version)


def ask(
    view: Callable[Concatenate[AllowedSnapshot, P], T], snapshot: AllowedSnapshot, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return `view(snapshot, …)`, cached by view, store, version, rights and arguments. The language is no argument.

    Arguments must be hashable by Streamlit: codes, tuples, dates, frozen dataclasses and rule profiles.
    """
    name = f"{view.__module__}.{view.__qualname__}"
    return _ask(name, str(store_folder()), snapshot.meta.version, snapshot.rights_key, args, kwargs, view, snapshot)


@st.cache_data(
    show_spinner=False,
    max_entries=2000,
    hash_funcs={RuleProfile: lambda profile: profile.model_dump_json()},
)
def _ask(
    name: str,  # noqa: ARG001 - part of the key
    store: str,  # noqa: ARG001 - part of the key
    version: str,  # noqa: ARG001 - part of the key
    rights: tuple[object, ...],  # noqa: ARG001 - part of the key
    args: tuple[object, ...],
    kwargs: dict[str, object],
    _view: Callable[..., T],
    _snapshot: AllowedSnapshot,
) -> T:
    return _view(_snapshot, *args, **kwargs)
