"""Hands a workbook to the bound process that opens it, and takes typed cells back; refuses in words what fails."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, TypedDict

from kpi.errors import RefusedFile
from kpi.intake.sheets.cells import Area, CellValue, Sheet
from kpi.intake.sheets.limits import Limits
from kpi.intake.sheets.worker import ENDS

_WORKER: Final = Path(__file__).with_name("worker.py")
JsonCell = str | int | float | bool | list[str | float] | None


class JsonSheet(TypedDict):
    """A sheet as the process prints it."""

    name: str
    hidden: bool
    start: list[int] | None
    rows: list[list[JsonCell]]
    merged: list[list[int]]


def open_workbook(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Return the sheets of an xlsx, xls or ods file with their cells in place.

    Raises RefusedFile for a password, for damage, and where the file asks for more time, memory or cells than
    `limits` gives; the process that calls is never at risk.
    """
    try:
        done = subprocess.run(  # noqa: S603  our own file, run by our own interpreter
            [sys.executable, "-I", str(_WORKER), json.dumps(asdict(limits))],
            input=content,
            capture_output=True,
            timeout=limits.seconds + 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(name, limits) from None
    if done.returncode != 0:
        raise _refusal(name, done.returncode, done.stderr.decode("utf-8", "replace"), limits)
    sheets: list[JsonSheet] = json.loads(done.stdout)
    return [_sheet(sheet) for sheet in sheets]


def _refusal(name: str, code: int, words: str, limits: Limits) -> RefusedFile:
    """Say why the process gave the file up."""
    if code == ENDS["password"]:
        return locked_by_password(name)
    if code == ENDS["too_large"]:
        sheet, height, width = [*words.split("\n"), "?", "?", "?"][:3]
        text = (
            "{file}, sheet '{sheet}': it spans {height} rows × {width} columns; at most {rows} rows, {columns} columns "
            "and {cells} cells are read. Delete stray cells far from the table, or import a large table as tidy CSV."
        )
        return RefusedFile(text, file=name, sheet=sheet, height=height, width=width, **limits.in_words())
    if "memory allocation" in words or "MemoryError" in words or code == -9:
        text = (
            "{file}: opening it needs more memory than is allowed ({limit} MB). Delete stray cells far from the table, "
            "or save the one sheet that is needed as a new workbook."
        )
        return RefusedFile(text, file=name, limit=limits.memory >> 20)
    if code == -24:
        return _too_long(name, limits)
    detail = "" if "panicked" in words or "Traceback" in words or not words else f" ({words.strip()[:150]})"
    text = "{file}: the workbook is damaged and can't be opened{detail}. Open it in a spreadsheet and save it anew."
    return RefusedFile(text, file=name, detail=detail)


def _too_long(name: str, limits: Limits) -> RefusedFile:
    text = "{file}: opening it takes more than {seconds} s. Save the one sheet that is needed as a new workbook."
    return RefusedFile(text, file=name, seconds=limits.seconds)


def locked_by_password(name: str) -> RefusedFile:
    """Say that a workbook is locked, and what to do."""
    text = "{file}: the workbook is protected with a password. Open it, remove the password, save, and try again."
    return RefusedFile(text, file=name)


def _sheet(sheet: JsonSheet) -> Sheet:
    """Return a printed sheet with its cells where they stand; empty rows at the end fall away."""
    top, left = sheet["start"] or (0, 0)
    rows: list[Sequence[CellValue]] = [()] * top
    for row in sheet["rows"]:
        cells: list[CellValue] = [None] * left
        cells.extend(_cell(value) for value in row)
        rows.append(cells)
    merged = tuple(Area(top, left, bottom, right) for top, left, bottom, right in sheet["merged"])
    return Sheet(sheet["name"], rows, merged, is_hidden=sheet["hidden"])


def _cell(value: JsonCell) -> CellValue:
    """Return a printed cell as its own type."""
    if not isinstance(value, list):
        return value
    kind, text = value
    match kind, text:
        case "datetime", str():
            return datetime.fromisoformat(text)
        case "date", str():
            return date.fromisoformat(text)
        case "time", str():
            return time.fromisoformat(text)
        case "seconds", float() | int():
            return timedelta(seconds=text)
    raise RefusedFile("The cell {value!r} has an unknown type.", value=value)
