"""Draws the sheet that is filled in: a row per figure, its cells coloured and worded by what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpi.i18n import Translator, mark
from kpi.intake.comment_rows import SAID
from kpi.intake.templates.content import Content, Entry, Filling
from kpi.intake.templates.drawing import Drawing, height, number_format
from kpi.intake.templates.marker import BEFORE, ENTRY_KEY
from kpi.intake.templates.page import (
    FIRST_ROW,
    NOTICE,
    PLACE,
    Column,
    finished,
    head,
    joined,
    keep_number,
    write_notice,
)
from kpi.intake.templates.validation import level_words, levels_of, limit_numbers, offer_levels
from kpi.intake.templates.words import word
from kpi.model import Polarity

_NAME: Final = "indicator_name"
_PARTS: Final = ("numerator", "denominator")
_COLUMNS: Final = (
    Column(ENTRY_KEY, mark("No."), 5),
    Column("unit_code", mark("Unit code"), 14),
    Column("unit_name", mark("Unit"), 24),
    Column("indicator_code", mark("Indicator code"), 16),
    Column(_NAME, mark("Indicator"), 32),
    Column("unit_of_measure", mark("Unit of measure"), 13),
    Column("polarity", mark("Direction"), 14),
    Column("period", mark("Period"), 14),
    Column("year_before", mark("Same period before"), 11),
    Column("last", mark("Last value"), 11),
    Column("last_period", mark("Period of the last value"), 13),
    Column("target", mark("Target"), 11, is_input=True),
    Column("target_high", mark("Target, upper end"), 11, is_input=True),
    Column("numerator", mark("Numerator"), 12, is_input=True),
    Column("denominator", mark("Denominator"), 12, is_input=True),
    Column("value", mark("Value"), 12, is_input=True),
    Column("note", mark("Note"), 26, is_input=True),
    Column("filling", mark("How it is filled in"), 22),
    Column("cause", mark("Cause, where the target is missed"), 30, is_input=True),
    Column("obstacle", mark("Obstacle"), 26, is_input=True),
    Column("follow_up", mark("Follow-up"), 30, is_input=True),
    Column("owner", mark("Responsible post"), 20, is_input=True),
    Column("due", mark("Done by, as 2026-12-31"), 14, is_input=True),
    *(Column(f"{BEFORE}{key}", "", 9, is_hidden=True) for key in ("value", "target", "target_high", *_PARTS)),
)
_AT: Final = {column.key: place for place, column in enumerate(_COLUMNS)}


def draw_entries(drawing: Drawing, sheet: Worksheet, content: Content, t: Translator) -> None:
    """Draw the whole sheet."""
    hidden = _hidden(content)
    sentence = t(
        "Yellow cells are to be filled in, grey ones are for reading. Leave a cell empty where nothing is known yet."
    )
    columns = [_in_words(column, hidden, t) for column in _COLUMNS]
    head(drawing, sheet, content, t, t("Figures to fill in"), sentence, columns)
    for number, entry in enumerate(content.entries):
        _Row(drawing, sheet, content, t, FIRST_ROW + number, hidden).draw(number + 1, entry)
    _count_filled(drawing, sheet, content, t)
    last = (FIRST_ROW + len(content.entries) - 1, len(_COLUMNS) - 1)
    finished(sheet, content, t, _AT[_NAME] + 1, last, pages_wide=2)


def _in_words(column: Column, hidden: set[str], t: Translator) -> Column:
    title = t(column.title) if column.title else ""
    return replace(column, title=title, is_hidden=column.is_hidden or column.key in hidden)


def cells_of_targets(content: Content) -> dict[tuple[str, str, str], str]:
    """Return the cell of each figure's target, by unit, indicator and period code."""
    return {
        (entry.unit_code, entry.indicator.indicator_code, entry.period.code): xl_rowcol_to_cell(
            FIRST_ROW + number, _AT["target"]
        )
        for number, entry in enumerate(content.entries)
    }


def _hidden(content: Content) -> set[str]:
    hidden = {"unit_code", "unit_name"} if len(content.units) == 1 else set()
    if not any(entry.filling is Filling.PARTS for entry in content.entries):
        hidden.update(_PARTS)
    if not any(_has_range(entry) for entry in content.entries):
        hidden.add("target_high")
    return hidden


def _has_range(entry: Entry) -> bool:
    return entry.indicator.polarity is Polarity.STABILIZE or not isnan(entry.known.target_high)


def _count_filled(drawing: Drawing, sheet: Worksheet, content: Content, t: Translator) -> None:
    """Write a live count of the values that are there, of those that the unit is asked for."""
    asked = [entry for entry in content.entries if entry.filling.is_asked]
    if not asked:
        said = t("No figure is due in this period; definitions and targets can be stated all the same.")
        drawing.text(sheet, NOTICE, 0, said, "bold_line")
        return
    top = xl_rowcol_to_cell(FIRST_ROW, _AT["value"])
    bottom = xl_rowcol_to_cell(FIRST_ROW + len(content.entries) - 1, _AT["value"])
    done = sum(not isnan(entry.known.value) for entry in asked)
    count = f"SUMPRODUCT(--(LEN({top}:{bottom})>0))"
    formula = joined(t("Values filled in: {done} of {count}", done=PLACE, count=len(asked)), count)
    write_notice(drawing, sheet, f"={formula}", t("Values filled in: {done} of {count}", done=done, count=len(asked)))


def _commented(entry: Entry) -> dict[str, str]:
    """Return what stands of a figure already, by column; empty texts where nothing does."""
    return {key: str(getattr(entry.comment, key)) if entry.comment else "" for key in SAID}


@dataclass(slots=True)
class _Row:
    """Draws one figure."""

    drawing: Drawing
    sheet: Worksheet
    content: Content
    t: Translator
    row: int
    hidden: set[str]

    def draw(self, number: int, entry: Entry) -> None:
        """Draw all cells of the row."""
        self.drawing.number(self.sheet, self.row, 0, number, "shown", "0")
        texts = self._texts(entry)
        typed = {"note": entry.known.note, **_commented(entry)}
        shown = {key: text for key, text in {**texts, **typed}.items() if key not in self.hidden}
        self.sheet.set_row(self.row, height([(text, _COLUMNS[_AT[key]].width) for key, text in shown.items()]))
        for key, text in texts.items():
            self.drawing.text(self.sheet, self.row, _AT[key], text, "shown")
        self._number("year_before", entry.year_before, entry, "shown")
        self._number("last", entry.last, entry, "shown")
        self._fill("target", entry.known.target, entry, is_open=True)
        self._fill("target_high", entry.known.target_high, entry, is_open=_has_range(entry))
        has_parts = entry.filling is Filling.PARTS
        self._fill("numerator", entry.known.numerator, entry, is_open=has_parts)
        self._fill("denominator", entry.known.denominator, entry, is_open=has_parts)
        if has_parts and (isnan(entry.known.value) or not isnan(entry.known.numerator)):
            self._follow(entry)
        else:
            self._fill("value", entry.known.value, entry, is_open=entry.filling.is_asked)
        for key, text in typed.items():
            self.drawing.text(self.sheet, self.row, _AT[key], text, "input")
        for key in ("value", "target", "target_high", *_PARTS):
            keep_number(self.drawing, self.sheet, self.row, _AT[f"{BEFORE}{key}"], getattr(entry.known, key))

    def _texts(self, entry: Entry) -> dict[str, str]:
        """Return what the cells say that are for reading."""
        indicator = entry.indicator
        return {
            "unit_code": entry.unit_code,
            "unit_name": self.content.units[entry.unit_code],
            "indicator_code": indicator.indicator_code,
            _NAME: indicator.name,
            "unit_of_measure": indicator.unit_of_measure,
            "polarity": word(indicator.polarity, self.t) if indicator.polarity else self.t("not stated yet"),
            "period": self.t.period(entry.period),
            "last_period": self.t.period(entry.last_period) if entry.last_period else "",
            "filling": word(entry.filling, self.t),
        }

    def _number(self, key: str, number: float, entry: Entry, look: str) -> None:
        words = level_words(entry.indicator, number)
        if words is not None and key not in _PARTS:
            self.drawing.text(self.sheet, self.row, _AT[key], words, look)
            return
        is_part = key in _PARTS
        shape = number_format(0 if is_part and not number % 1 else 2 if is_part else entry.indicator.decimals)
        self.drawing.number(self.sheet, self.row, _AT[key], number, look, shape)

    def _fill(self, key: str, number: float, entry: Entry, *, is_open: bool) -> None:
        """Draw a cell to be filled in; one that is not asked of this row is closed, and shows what stands there."""
        self._number(key, number, entry, "input" if is_open else "shown" if not isnan(number) else "closed")
        if not is_open:
            return
        if key not in _PARTS and levels_of(entry.indicator):
            offer_levels(self.sheet, self.row, _AT[key], entry.indicator, self.t)
        else:
            limit_numbers(self.sheet, self.row, _AT[key], entry.indicator, key, self.t)

    def _follow(self, entry: Entry) -> None:
        """Let the value follow from its parts; whoever knows the value alone may type over the formula."""
        above = xl_rowcol_to_cell(self.row, _AT["numerator"])
        below = xl_rowcol_to_cell(self.row, _AT["denominator"])
        ratio = f"{entry.indicator.multiplier:g}*{above}/{below}"
        formula = f'=IF(AND(ISNUMBER({above}),ISNUMBER({below})),IF({below}>0,{ratio},""),"")'
        shape = self.drawing.look("follows", number_format(entry.indicator.decimals))
        known = "" if isnan(entry.known.value) else entry.known.value
        self.drawing.formula(self.sheet, self.row, _AT["value"], formula, known, shape)
        limit_numbers(self.sheet, self.row, _AT["value"], entry.indicator, "value", self.t)
