"""Sets refused rows aside as CSV: their cells as they were, the reason beside them, ready to be mended and imported.

No cell becomes a live formula in a spreadsheet program; the file comes back with the texts as they were (`kpi.inert`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from kpi.errors import KpiError
from kpi.inert import as_it_was, inert
from kpi.intake.columns import REASON, normalised
from kpi.intake.messages import reason_of
from kpi.intake.options import RowError
from kpi.intake.plan import Plan


@contextmanager
def set_aside(plan: Plan, target: Path | None) -> Iterator[None]:
    """Write the refused rows beside `target` first, and give them its name when the block succeeds.

    Writes nothing when no row is refused. Raises KpiError when the file can't be written.
    """
    if target is None or not len(plan.refused):
        yield
        return
    unfinished = target.with_name(f".{target.name}.part")
    try:
        _write(plan, unfinished)
        yield
        unfinished.replace(target)
    except OSError as error:
        text = "{file}: the refused rows can't be written ({why}). Choose a folder that exists and is yours."
        raise KpiError(text, file=target, why=reason_of(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write(plan: Plan, path: Path) -> None:
    names = normalised(plan.sheet.header)
    place = names.index(REASON) if REASON in names else None
    reasons = _reasons(plan)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(map(_inert, _with(list(plan.sheet.header), place, REASON)))
        for row, cells in zip(plan.refused.tolist(), plan.sheet.source.rows(plan.refused.tolist()), strict=True):
            padded = cells + [""] * (len(names) - len(cells))
            reason = reasons.get(int(plan.sheet.lines[row]), "see the other rows")
            writer.writerow(map(_inert, _with(padded, place, reason)))


def _with(cells: list[str], place: int | None, reason: str) -> list[str]:
    """Return the cells with the reason behind them, or in the place where an earlier reason stands."""
    return [*cells, reason] if place is None else [*cells[:place], reason, *cells[place + 1 :]]


def _reasons(plan: Plan) -> dict[int, str]:
    """Return the sentences on each line, the columns named; a line beyond those put into words has none."""
    return {line: " ".join(map(_said, errors)) for line, errors in groupby(plan.errors, lambda error: error.line or 0)}


def _said(error: RowError) -> str:
    return f"{error.column}: {error.message}" if error.column else error.message


def _inert(cell: str) -> str:
    """Return a cell made inert once, also when it was already in the file that was read."""
    return inert(as_it_was(cell))
