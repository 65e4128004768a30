"""A person's word on how a file is to be read: given back as TOML, it overrides what was recognised."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping as AnyMapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kpi.errors import UsageError
from kpi.intake.sheets.headers import OF_TIDY_FILES, Role
from kpi.intake.sheets.numbers import NumberRule
from kpi.model import Polarity


class DateOrder(StrEnum):
    """Which comes first in 05/04/2025."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _of_tables(role: Role) -> Role:
    if role in OF_TIDY_FILES:
        raise ValueError(f"'{role}' is read from tidy files alone. Write the table as one, or leave the column out")
    return role


class ColumnMapping(_Part):
    """One column, by its letter. What is None stays as it was recognised."""

    role: Annotated[Role, AfterValidator(_of_tables)] | None = None
    period: str | None = Field(
        default=None, pattern=r"^(?:\d{4}(?:-(?:\d\d|M\d\d|Q[1-4]|S[12]))?|M\d\d|Q[1-4]|S[12]|year)$"
    )
    numbers: NumberRule | None = None


class SheetMapping(_Part):
    """One sheet. Rows count from 1, as the spreadsheet shows them; `read = false` leaves the sheet out.

    `unit`, `indicator`, `year` and `period` stand where the sheet itself names none; `indicator` is a code.
    """

    read: bool = True
    header_rows: tuple[int, int] | None = None
    last_row: int | None = Field(default=None, ge=1)
    unit: str | None = None
    indicator: str | None = None
    year: int | None = Field(default=None, ge=1900, le=2200)
    period: str | None = None
    numbers: NumberRule | None = None
    dates: DateOrder | None = None
    columns: dict[str, ColumnMapping] = Field(default_factory=dict)


class Mapping(_Part):
    """The whole of it: sheets by name, and names in the file → codes that a person has confirmed.

    A name mapped to `new` is a new unit or indicator, however close another one is. `polarities` are by code.
    """

    sheets: dict[str, SheetMapping] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    indicators: dict[str, str] = Field(default_factory=dict)
    polarities: dict[str, Polarity] = Field(default_factory=dict)


NEW: Final = "new"
EMPTY: Final = Mapping()


def mapping_of(content: AnyMapping[str, object], where: str = "mapping") -> Mapping:
    """Return a mapping from plain data. Raises UsageError that names every entry that can't be."""
    try:
        return Mapping.model_validate(content)
    except ValidationError as problem:
        faults = [f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}" for fault in problem.errors()]
        raise UsageError("{where}: {faults}.", where=where, faults="; ".join(faults[:10])) from None


def mapping_from_toml(text: str, where: str = "mapping") -> Mapping:
    """Read a mapping file. Raises UsageError where it is no TOML or says what can't be."""
    try:
        return mapping_of(tomllib.loads(text), where)
    except tomllib.TOMLDecodeError as problem:
        raise UsageError("{where}: it is no sound TOML ({why}).", where=where, why=str(problem)) from None


def mapping_to_dict(mapping: Mapping) -> dict[str, object]:
    """Return a mapping as plain data, without what is not set."""
    return mapping.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def to_toml(content: AnyMapping[str, object]) -> str:
    """Write plain data (texts, numbers, booleans, lists of them, and tables) as TOML."""
    return "\n".join(_table(content, ())) + "\n"


def _table(content: AnyMapping[str, object], path: tuple[str, ...]) -> list[str]:
    """Write one table: its own entries first, then the tables inside it."""
    own = [f"{_key(key)} = {_plain(value)}" for key, value in content.items() if not isinstance(value, AnyMapping)]
    lines = [f"[{'.'.join(_key(step) for step in path)}]"] if path and own else []
    lines += [*own, ""] if own else []
    for key, value in content.items():
        if isinstance(value, AnyMapping):
            lines += _table(value, (*path, key))
    return lines


def _plain(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case list() | tuple():
            return f"[{', '.join(_plain(part) for part in value)}]"
        case _:
            return _text(str(value))


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(text: str) -> str:
    r"""Write a text as a TOML basic string; JSON's form is one, but for the sign DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
