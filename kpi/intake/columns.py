"""The columns of a tidy file: their names, which are text and which are numbers, which must be there. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kpi.intake.faults import FileFault
from kpi.intake.messages import Message, close_to, mark

CODED_COLUMNS: Final = (
    "unit_code", "unit_name", "indicator_code", "indicator_name", "unit_of_measure", "polarity", "period_start",
    "period_end", "multiplier", "verification", "parent_code", "aggregation_over_periods", "aggregation_over_units",
    "every_years", "organisation_code",
)  # fmt: skip
"""Columns in which few texts stand on many rows; they are read as codes into a dictionary."""
NUMBER_COLUMNS: Final = ("value", "target", "target_high", "numerator", "denominator", "weight")
TEXT_COLUMNS: Final = (*NUMBER_COLUMNS, "note")
"""Columns read as they are written, a text per row."""
KNOWN_COLUMNS: Final = (*CODED_COLUMNS, *TEXT_COLUMNS)
REASON: Final = "reason"
"""The column that a file of refused rows adds; passed over in silence when that file comes back."""
_OTHER_DELIMITERS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}
_ALWAYS: Final = ("unit_code", "indicator_code", "period_start", "period_end")


def normalised(header: Sequence[str]) -> tuple[str, ...]:
    """Return the column names without spaces around them, in lower case."""
    return tuple(name.strip().lower() for name in header)


def check_header(names: Sequence[str], path: Path, line: int | None = None) -> None:
    """Raise FileFault when a column is missing or named twice, or when commas don't part the names."""
    if "unit_code" not in names and (sign := next((m for m in _OTHER_DELIMITERS if m in "".join(names)), None)):
        raise FileFault(
            mark(
                "{file}: wrong delimiter: the columns are parted by {delimiters}, not by commas. "
                "Save the file as CSV with commas between columns and a dot before decimals."
            ),
            line=line,
            file=path.name,
            delimiters=_OTHER_DELIMITERS[sign],
        )
    for name in names:
        if name and names.count(name) > 1:
            text = mark("{file}: column '{name}' stands twice. Remove or rename one.")
            raise FileFault(text, line, name, file=path.name, name=name)
    for name in _ALWAYS:
        if name not in names:
            text = mark("{file}: column '{name}' is missing.{hint} The columns here are: {names}.")
            raise FileFault(text, line, name, file=path.name, **_missing(name, names))
    if not ({"value", "target"} & set(names) or {"numerator", "denominator"} <= set(names)):
        text = mark(
            "{file}: a column 'value', 'target' or 'numerator' and 'denominator' is missing.{hint} "
            "The columns here are: {names}."
        )
        raise FileFault(text, line, "value", file=path.name, **_missing("value", names))


def unknown_columns(names: Sequence[str]) -> tuple[str, ...]:
    """Return the named columns that an import passes over and says so."""
    return tuple(name for name in names if name and name not in KNOWN_COLUMNS and name != REASON)


def _missing(name: str, names: Sequence[str]) -> dict[str, object]:
    """Return what a message says of a missing column beside the file."""
    others = [other for other in names if other and other not in KNOWN_COLUMNS]
    near = close_to(name, others)
    hint = Message(mark(" Is it '{code}'?"), near.values) if near.text else near
    return {"name": name, "hint": hint, "names": ", ".join(names)}
