"""A tidy file of people as rows of texts with their places, and the ways to read one cell. Knows no kind of file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Final, TypeVar

from kpi.errors import RefusedFile
from kpi.inert import as_it_was
from kpi.intake.dates import read_day
from kpi.intake.faults import FileFault
from kpi.intake.messages import Message, close_to, mark
from kpi.intake.options import RowError
from kpi.intake.readers import check_readable
from kpi.intake.sheets.cells import Sheet, as_text
from kpi.intake.sheets.grid import read_book
from kpi.periods import Period

E = TypeVar("E", bound=StrEnum)
EMPTY: Final = mark("is empty. Fill it in.")


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One row: where it stands, and what its known columns hold as text, empty where nothing stands.

    What is read from it and can't be is put into `faults` with its column, so that a row tells all of them at once.
    """

    line: int
    cells: Mapping[str, str]
    faults: list[tuple[str | None, Message]] = field(default_factory=list)

    def text(self, column: str, *, needed: bool = False) -> str:
        """Return the text of a column."""
        found = self.cells.get(column, "")
        if needed and not found:
            self.faults.append((column, Message(EMPTY)))
        return found

    def refuse(self, column: str | None, text: str, /, **values: object) -> None:
        """Say what is wrong with the row."""
        self.faults.append((column, Message(text, values)))

    def known(self, column: str, codes: Collection[str], *, needed: bool = True) -> str:
        """Return a code, which must be one of `codes` when it is there."""
        code = self.text(column, needed=needed)
        if code and code not in codes:
            text = mark("'{code}' is not defined.{hint} Mend it, or import what defines it first.")
            self.refuse(column, text, code=code, hint=close_to(code, codes))
        return code

    def member(self, column: str, kind: type[E], words: Mapping[str, E], *, needed: bool = False) -> E | None:
        """Return the member of a closed set that a column names by its code or by a word; None when empty or wrong."""
        text = self.text(column, needed=needed)
        if not text:
            return None
        plain = " ".join(text.lower().replace("_", " ").split())
        found = {**{member.value.replace("_", " "): member for member in kind}, **words}.get(plain)
        if found is None:
            allowed = ", ".join(member.value for member in kind)
            words_text = mark("'{text}' is none of {allowed}.{hint}")
            self.refuse(column, words_text, text=text, allowed=allowed, hint=close_to(text, list(kind)))
        return found

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """Return the day that a column names."""
        text = self.text(column, needed=needed)
        found = read_day(text) if text else None
        if text and found is None:
            self.refuse(column, mark("'{text}' is no date. Write it as 2026-09-30."), text=text)
        return found

    def number(self, column: str) -> float | None:
        """Return the number of a column, None when it is empty or none."""
        text = self.text(column)
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not isfinite(found) or "_" in text:
            self.refuse(column, mark("'{text}' is not a number. Write digits, with a dot before decimals."), text=text)
            return None
        return found

    def period(self, year_starts_in: int, *, needed: bool = False) -> Period | None:
        """Return the month, quarter, semester or year from `period_start` to `period_end`."""
        start, end = self.day("period_start", needed=needed), self.day("period_end", needed=needed)
        if start is None or end is None:
            if (start is None) != (end is None) and not self.faults:
                self.refuse("period_start" if start is None else "period_end", EMPTY)
            return None
        found = Period.of_span(start, end, year_starts_in)
        if found is None:
            text = mark("{start} to {end} is no whole month, quarter, semester or year. Mend one of the two days.")
            self.refuse("period_end", text, start=start, end=end)
        return found


def read_rows(path: Path, needed: tuple[str, ...], columns: tuple[str, ...]) -> list[PeopleRow]:
    """Return the rows of the first sheet that has the needed columns, from a workbook or a text file.

    `columns`: all that are known; others are passed over. Raises RefusedFile, FileFault with the missing column.
    """
    check_readable(path)
    sheets = [sheet for sheet in read_book(path).sheets if not sheet.is_hidden and len(sheet.rows)]
    if not sheets:
        raise RefusedFile(mark("{file}: is empty. Give a file with a header and at least one row."), file=path.name)
    headers = [_header(sheet) for sheet in sheets]
    chosen = max(range(len(sheets)), key=lambda place: (len(set(needed) & set(headers[place][1])), -place))
    sheet, (top, names) = sheets[chosen], headers[chosen]
    _check_header(path, names, needed, top + 1)
    rows = list(_rows(sheet, top, names, columns))
    if not rows:
        raise RefusedFile(mark("{file}: has a header and no rows. Give at least one row."), file=path.name)
    return rows


def errors_of(rows: Iterable[PeopleRow], path: Path) -> list[RowError]:
    """Return all faults of the rows as errors of the file, in its order."""
    return [RowError.of(message, path, row.line, column) for row in rows for column, message in row.faults]


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    """Return the place of the first row that holds anything, and its cells as column names."""
    top = next(place for place, row in enumerate(sheet.rows) if any(as_text(cell) for cell in row))
    return top, [as_text(cell).strip().lower().replace(" ", "_") for cell in sheet.rows[top]]


def _check_header(path: Path, names: list[str], needed: tuple[str, ...], line: int) -> None:
    for name in needed:
        if name not in names:
            text = mark("{file}: column '{name}' is missing.{hint} The columns here are: {names}.")
            here = [other for other in names if other]
            values = {"file": path.name, "name": name, "hint": close_to(name, here), "names": ", ".join(here)}
            raise FileFault(text, line, name, **values)
        if names.count(name) > 1:
            text = mark("{file}: column '{name}' stands twice. Remove or rename one.")
            raise FileFault(text, line, name, file=path.name, name=name)


def _rows(sheet: Sheet, top: int, names: list[str], columns: tuple[str, ...]) -> Iterable[PeopleRow]:
    for place in range(top + 1, len(sheet.rows)):
        texts = {name: as_it_was(sheet.text(place, at).strip()) for at, name in enumerate(names) if name in columns}
        if any(texts.values()):
            yield PeopleRow(place + 1, texts)
