"""Judges the files of one import against each other: a figure may stand in one of them only."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.messages import Message, mark
from kpi.intake.options import RowError
from kpi.intake.plan import Plan

_KEY = ["unit_code", "indicator_code", "grain", "period_start"]


def without_repeats(plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans with an error on each row whose unit, indicator and period stand in an earlier file."""
    keys = pd.concat([plan.figures.select(_KEY).to_pandas() for plan in plans], ignore_index=True)
    key, _ = pd.factorize(pd.MultiIndex.from_frame(keys))
    firsts = pd.Series(np.arange(len(key))).groupby(key).first().to_numpy()
    first = firsts[key]  # for each row of all files the row on which its key stands first
    ends = np.cumsum([len(plan.figures) for plan in plans])
    starts = ends - [len(plan.figures) for plan in plans]
    return [
        _with_errors(plan, np.arange(start, end), first[start:end], plans, starts)
        for plan, start, end in zip(plans, starts, ends, strict=True)
    ]


def _with_errors(
    plan: Plan, here: NDArray[np.int64], first: NDArray[np.int64], plans: Sequence[Plan], starts: NDArray[np.int64]
) -> Plan:
    repeated = np.flatnonzero(here != first)
    if not len(repeated):
        return plan
    lines = plan.figures["line"].to_numpy()[repeated]
    files = np.searchsorted(starts, first[repeated], side="right") - 1
    places = (first[repeated] - starts[files]).tolist()
    errors = [
        _error(plan, line, plans[file], place)
        for line, file, place in zip(lines.tolist(), files.tolist(), places, strict=True)
    ]
    is_kept = np.ones(len(plan.figures), dtype=np.bool_)
    is_kept[repeated] = False
    return dataclasses.replace(
        plan,
        figures=plan.figures.filter(pa.array(is_kept)),
        refused=np.union1d(plan.refused, np.searchsorted(plan.sheet.lines, lines)),
        errors=tuple(sorted([*plan.errors, *errors], key=lambda error: error.line or 0)),
    )


def _error(plan: Plan, line: int, earlier: Plan, place: int) -> RowError:
    text = mark(
        "duplicate: its unit, indicator and period stand on line {line} of {file} already. Remove one of the two rows."
    )
    values = {"line": earlier.figures["line"][place].as_py(), "file": earlier.sheet.path}
    return RowError.of(Message(text, values), plan.sheet.path, line)
