"""States, completeness and punctuality in words: each state and each arrival has a word and a shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.model import Verification
from kpi.periods import Period
from kpi.views.moments import moment_said
from kpi.views.states import ORDER, Arrival, Cell, Set, StateMatrix, UnitStates

SHAPES: Final[dict[Verification, str]] = {
    Verification.REPORTED: "○",
    Verification.VERIFIED: "◐",
    Verification.LOCKED: "●",
}
ARRIVALS: Final[dict[Arrival, tuple[str, str]]] = {
    Arrival.IN_TIME: ("✓", mark("in time")),
    Arrival.LATE: ("▲", mark("late")),
    Arrival.INCOMPLETE: ("◧", mark("incomplete")),
    Arrival.MISSING: ("✕", mark("nothing came")),
    Arrival.NOT_DUE: ("…", mark("not due yet")),
}


def state_said(state: Verification, t: Translator) -> str:
    """Return a state as shape and word: `● Terkunci`."""
    return f"{SHAPES[state]} {t.label(state)}"


def arrival_said(arrival: Arrival, t: Translator) -> str:
    """Return an arrival as shape and word: `✓ tepat waktu`."""
    shape, word = ARRIVALS[arrival]
    return f"{shape} {t(word)}"


def cell_said(cell: Cell | None, t: Translator) -> str:
    """Return a cell: state, how much is there, how it came; a dash where the unit reports nothing then."""
    if cell is None:
        return MISSING
    counted = f"{t.number(cell.reported)}/{t.number(cell.expected)}"
    came = f"{counted} {arrival_said(cell.arrival, t)}"
    return came if _is_blank(cell) else f"{state_said(cell.state, t)} · {came}"


def _is_blank(cell: Cell) -> bool:
    """Whether there is nothing yet that could be reported, verified or locked."""
    return cell.state is Verification.REPORTED and not cell.reported


def sentence(matrix: StateMatrix, t: Translator) -> str:
    """Return how the year stands: cells by state, and what came late or is missing."""
    cells = [cell for unit in matrix.units for cell in unit.cells if cell]
    count = {state: sum(cell.state is state and not _is_blank(cell) for cell in cells) for state in Verification}
    late = sum(cell.arrival is Arrival.LATE for cell in cells)
    absent = sum(cell.arrival in (Arrival.MISSING, Arrival.INCOMPLETE) for cell in cells)
    return t(
        "{units} × {periods}: {locked} locked, {verified} verified, {reported} reported; {late} late, {absent} with "
        "figures missing after the due date.",
        units=t.plural("{n} unit", "{n} units", len(matrix.units)),
        periods=t.plural("{n} period", "{n} periods", len(matrix.periods)),
        locked=t.number(count[Verification.LOCKED]),
        verified=t.number(count[Verification.VERIFIED]),
        reported=t.number(count[Verification.REPORTED]),
        late=t.number(late),
        absent=t.number(absent),
    )


def now_said(matrix: StateMatrix, unit_codes: Sequence[str], period: Period, t: Translator) -> str:
    """Return how units stand in a period now, and how many of them have figures missing."""
    states = [matrix.state_of(code, period) for code in unit_codes]
    counts = (f"{state_said(state, t)}: {t.number(states.count(state))}" for state in ORDER if state in states)
    said = t("Now: {states}.", states=" · ".join(counts))
    due = matrix.due_in(period) if period in matrix.periods else ()
    lacking = [code for code, cell in due if code in unit_codes and cell.reported < cell.expected]
    if not lacking:
        return said
    return f"{said} ✕ {t.plural('{n} unit has figures missing.', '{n} units have figures missing.', len(lacking))}"


def matrix_table(matrix: StateMatrix, t: Translator) -> pd.DataFrame:
    """Return units by periods; the year's shares first, then the newest period; names are indented."""
    return pd.DataFrame(_row(unit, matrix, t) for unit in matrix.units)


def _row(unit: UnitStates, matrix: StateMatrix, t: Translator) -> dict[str, str]:
    return {
        t("Unit"): "\u2003" * unit.level + unit.unit_name,
        t("Complete"): t.percent(unit.completeness, 0),
        t("In time"): t.percent(unit.punctuality, 0),
        **{
            t.period_short(period): cell_said(cell, t)
            for period, cell in reversed(tuple(zip(matrix.periods, unit.cells, strict=True)))
        },
    }


def arrivals_table(matrix: StateMatrix, t: Translator) -> pd.DataFrame:
    """Return a row per unit and period with its due date, what is there, when the last came, and who set its state."""
    return pd.DataFrame(
        {
            t("Unit"): unit.unit_name,
            t("Period"): t.period(cell.period),
            t("Checked"): state_said(cell.state, t),
            t("Set by"): set_by(cell.because, t),
            t("Due on"): t.date(cell.due_on),
            t("There"): f"{t.number(cell.reported)}/{t.number(cell.expected)}",
            t("Arrival"): arrival_said(cell.arrival, t),
            t("Last came"): moment_said(cell.last_reported_at, t),
        }
        for unit in matrix.units
        for cell in reversed(unit.cells)
        if cell
    )


def history_table(matrix: StateMatrix, names: dict[str, str], year_starts_in: int, t: Translator) -> pd.DataFrame:
    """Return every state that was set in the year, the newest first."""
    return pd.DataFrame(
        {
            t("Recorded"): moment_said(each.recorded_at, t),
            t("Unit"): names.get(each.unit_code, each.unit_code),
            t("Period"): span_said(each, year_starts_in, t),
            t("Checked"): state_said(each.state, t),
            t("Who"): each.made_by or t("nobody named"),
            t("Reason"): each.reason or MISSING,
        }
        for each in matrix.history
    )


def set_by(because: Set | None, t: Translator) -> str:
    """Return who set a state and when; a dash where nobody did."""
    if because is None:
        return MISSING
    return f"{because.made_by or t('nobody named')}, {moment_said(because.recorded_at, t)}"


def span_said(each: Set, year_starts_in: int, t: Translator) -> str:
    """Return the span of a state as its period in words."""
    period = Period.of_span(each.first, each.last, year_starts_in)
    return t.period(period) if period else f"{t.date(each.first)} – {t.date(each.last)}"
