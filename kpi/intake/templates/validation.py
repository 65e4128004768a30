"""What a cell of a template accepts, and the words that say so while it is filled in. Judges nothing itself."""

from __future__ import annotations

from math import isnan
from typing import Any, Final  # Any: options of xlsxwriter

from xlsxwriter.worksheet import Worksheet

from kpi.i18n import Translator
from kpi.model import Indicator
from kpi.scoring.ordinal import OrdinalLevels, parse_levels

_LONGEST_MESSAGE: Final = 255
_LONGEST_TITLE: Final = 32
_LARGEST: Final = 1e15
_PARTS: Final = ("numerator", "denominator")


def levels_of(indicator: Indicator) -> OrdinalLevels | None:
    """Return the levels by which an indicator's figures are words (WTP, WDP), None when they are numbers."""
    try:
        return parse_levels(indicator.ordinal_levels) if indicator.ordinal_levels else None
    except ValueError:
        return None


def level_words(indicator: Indicator, number: float) -> str | None:
    """Return the level's word for a number, None where the indicator has none for it."""
    levels = levels_of(indicator)
    return levels.text(number) if levels and not isnan(number) else None


def offer_levels(sheet: Worksheet, row: int, column: int, indicator: Indicator, t: Translator) -> None:
    """Offer an indicator's levels in a list."""
    levels = levels_of(indicator)
    words = list(levels.numbers) if levels else []
    if len(",".join(words)) > _LONGEST_MESSAGE or any("," in word or word.startswith("=") for word in words):
        return
    sheet.data_validation(
        row, column, row, column, _said({"validate": "list", "source": words}, t("Choose one of the list."), t)
    )


def offer(sheet: Worksheet, rows: tuple[int, int], column: int, source: str, t: Translator) -> None:
    """Offer the words of a closed list, which stand in cells of the hidden sheet, over several rows."""
    options = _said({"validate": "list", "source": source}, t("Choose one of the list."), t)
    sheet.data_validation(rows[0], column, rows[1], column, options)


def limit_numbers(sheet: Worksheet, row: int, column: int, indicator: Indicator, key: str, t: Translator) -> None:
    """Accept numbers alone, inside what is possible for the indicator; a part is never below 0."""
    low, high = (0.0, None) if key in _PARTS else (indicator.lowest_possible, indicator.highest_possible)
    measure = "" if key in _PARTS else indicator.unit_of_measure
    limit(sheet, (row, row), column, low, high, measure, t)


def limit(
    sheet: Worksheet,
    rows: tuple[int, int],
    column: int,
    low: float | None,
    high: float | None,
    measure: str,
    t: Translator,
) -> None:
    """Accept numbers from `low` to `high` (None = no bound) over several rows."""
    words = [t("A number.")] if not measure else [t("A number, in {measure}.", measure=measure)]
    if low is not None and high is not None:
        words.append(t("From {low} to {high}.", low=_shown(low, t), high=_shown(high, t)))
    elif low is not None:
        words.append(t("Not below {low}.", low=_shown(low, t)))
    elif high is not None:
        words.append(t("Not above {high}.", high=_shown(high, t)))
    options: dict[str, Any] = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_LARGEST if low is None else low,
        "maximum": _LARGEST if high is None else high,
    }
    sheet.data_validation(rows[0], column, rows[1], column, _said(options, " ".join(words), t))


def _shown(number: float, t: Translator) -> str:
    return t.number(number, 0 if float(number).is_integer() else 2)


def _said(options: dict[str, Any], words: str, t: Translator) -> dict[str, Any]:
    """Add the words shown beside the cell and on a refusal, as long as a spreadsheet allows."""
    return options | {
        "input_message": words[:_LONGEST_MESSAGE],
        "error_title": t("Please check")[:_LONGEST_TITLE],
        "error_message": words[:_LONGEST_MESSAGE],
    }
