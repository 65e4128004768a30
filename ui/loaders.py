"""Cached doors to the snapshot and to views: all readers are handed the same answer, and no page can change another's.

An answer is frozen, or a frame that copies itself when it is written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st

from kpi.access import Access, AllowedSnapshot, open_allowed
from kpi.scoring.profile import RuleProfile
from kpi.store.versions import current_version

P = ParamSpec("P")
T = TypeVar("T")
KEPT: Final = 500
"""Answers kept: what every page asks for, and what readers go to and fro between."""


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
    """Return `view(snapshot, …)`, cached by view, store, version, rights and arguments.

    A view's answer knows no language; what is drawn from it for all (decision 0044) is told its language. Arguments are
    codes, numbers, dates, tuples, frozen dataclasses and rule profiles.
    """
    asked = (view.__module__, view.__qualname__, str(store_folder()), snapshot.meta.version, snapshot.rights_key, args)
    key = repr(tuple(written_out(each) for each in (*asked, *sorted(kwargs.items()))))
    kept = _ask(key=key, _view=view, _snapshot=snapshot, _args=args, _kwargs=kwargs)
    return cast(T, kept.copy(deep=False)) if isinstance(kept, pd.DataFrame) else kept


def written_out(value: object) -> object:
    """Return an argument as texts and tuples that differ wherever it does. Raises TypeError where they might not.

    Streamlit's own way to tell arguments apart takes longer than to read the kept answer.
    """
    if value is None or isinstance(value, str | int | float | date):
        return repr(value)
    if isinstance(value, tuple):
        return tuple(written_out(each) for each in value)
    if isinstance(value, RuleProfile):
        return value.written
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(written_out(getattr(value, each.name)) for each in fields(value)))
    raise TypeError(f"{type(value).__name__} can't be part of a kept question.")


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _ask(
    *,
    key: str,  # noqa: ARG001 - what the answer is kept under; the others are not looked at
    _view: Callable[..., T],
    _snapshot: AllowedSnapshot,
    _args: tuple[object, ...],
    _kwargs: dict[str, object],
) -> T:
    return _view(_snapshot, *_args, **_kwargs)
