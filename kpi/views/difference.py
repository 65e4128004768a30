"""The difference between an entry and what is known, in words: a table and a sentence. Gets a frame, asks no store.

Needs the columns that `Proposal.difference` gives: file, unit_name, unit_code, indicator_name, unit_of_measure, grain,
period_start, field, old, new, status (new, changed, unchanged), is_locked, is_published, sheet, cell, line.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any, Final  # Any: the cells of a frame

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.periods import Grain, Period
from kpi.views.turned import Touched

STATES: Final[dict[str, tuple[str, str]]] = {
    "changed": ("↻", mark("changed")),
    "new": ("+", mark("new")),
    "unchanged": ("=", mark("unchanged")),
}
"""Sign and word of each state, in the order in which a person should look."""
FIELDS: Final[dict[str, str]] = {
    "value": mark("Value"),
    "target": mark("Target"),
    "target_high": mark("Upper end of the target"),
    "weight": mark("Weight"),
}
_DECIMALS: Final = 10
"""Digits are shown as they were read: what is confirmed here is kept."""
_MOST_TOUCHED: Final = 20_000
"""Figures whose ratings are compared after an entry; of more the others are left out."""


def counted(difference: pd.DataFrame) -> dict[str, int]:
    """Return how many figures are in each state, in the order of STATES."""
    found = difference["status"].value_counts()
    return {state: int(found.get(state, 0)) for state in STATES}


def state_said(state: str, t: Translator) -> str:
    """Return sign and word of a state."""
    sign, word = STATES[state]
    return f"{sign} {t(word)}"


def difference_table(
    rows: pd.DataFrame, year_starts_in: int, t: Translator, *, with_file: bool = False
) -> pd.DataFrame:
    """Return the rows with names and texts made for the reader: what, when, old → new, marks, place in the file."""
    return pd.DataFrame([_row(row, year_starts_in, t, with_file=with_file) for row in rows.to_dict("records")])


def touched_by(difference: pd.DataFrame, year_starts_in: int) -> tuple[Touched, ...]:
    """Return the figures that are new or changed, each once; at most `_MOST_TOUCHED`, the newest periods first."""
    rows = difference[difference["status"] != "unchanged"]
    keys = rows[["unit_code", "indicator_code", "grain", "period_start"]].drop_duplicates()
    newest = keys.sort_values("period_start", ascending=False, kind="stable").head(_MOST_TOUCHED)
    return tuple(
        Touched(str(unit), str(indicator), Period.beginning(pd.Timestamp(start).date(), Grain(grain), year_starts_in))
        for unit, indicator, grain, start in newest.itertuples(index=False, name=None)
    )


def _row(row: Mapping[Hashable, Any], year_starts_in: int, t: Translator, *, with_file: bool) -> dict[str, str]:
    start = pd.Timestamp(row["period_start"]).date()
    measure = "" if row["field"] == "weight" or pd.isna(row["unit_of_measure"]) else str(row["unit_of_measure"])
    is_mind = row["status"] != "unchanged"
    return {
        t("State"): state_said(row["status"], t),
        t("Indicator"): str(row["indicator_code"] if pd.isna(row["indicator_name"]) else row["indicator_name"]),
        t("Field"): t(FIELDS[row["field"]]),
        t("Known so far"): _number(row["old"], measure, t),
        t("As sent"): _number(row["new"], measure, t),
        t("Period"): t.period(Period.beginning(start, Grain(row["grain"]), year_starts_in)),
        t("Unit"): str(row["unit_code"] if pd.isna(row["unit_name"]) else row["unit_name"]),
        t("Mind"): marks_said(bool(row["is_locked"]), bool(row["is_published"]), t) if is_mind else "",
        t("Place"): _place(row, t, with_file=with_file),
    }


def marks_said(is_locked: bool, is_published: bool, t: Translator) -> str:
    """Return what makes a change a matter for a reason."""
    marks = [t("⚿ locked")] if is_locked else []
    return ", ".join([*marks, t("◉ published")] if is_published else marks)


def _number(number: float | None, measure: str, t: Translator) -> str:
    return MISSING if number is None or isnan(number) else t.measure(number, measure, _DECIMALS)


def _place(row: Mapping[Hashable, Any], t: Translator, *, with_file: bool) -> str:
    file = f"{row['file']}, " if with_file else ""
    if pd.isna(row["cell"]):
        return file + t("line {line}", line=row["line"])
    return f"{file}{row['sheet']}!{row['cell']}"
