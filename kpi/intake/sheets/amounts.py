"""Reads the number cells of one table, column by column, and says what could not be read; knows no name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Sheet, address, as_text
from kpi.intake.sheets.figures import CellReading
from kpi.intake.sheets.findings import Finding, error, info, question, warning
from kpi.intake.sheets.headers import FIGURES, Role
from kpi.intake.sheets.layout import Layout
from kpi.intake.sheets.measures import Measure, MeasureKind, agree, measure
from kpi.intake.sheets.numbers import ColumnRule, NumberRule, ParsedNumber, Reading, column_rule, read_number
from kpi.intake.sheets.table_body import RowKind
from kpi.intake.sheets.table_header import Column
from kpi.intake.sheets.words import shortened
from kpi.model import Indicator
from kpi.scoring.ordinal import parse_levels

_WRITTEN = {
    NumberRule.DECIMAL_COMMA: mark("the column writes a decimal comma"),
    NumberRule.DECIMAL_POINT: mark("the column writes a decimal point"),
}


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number cell as read, with its finding, if any."""

    parsed: ParsedNumber
    reading: CellReading
    finding: Finding | None


def column_rules(sheet: Sheet, layout: Layout) -> dict[int, ColumnRule]:
    """Decide for each column of figures how its texts are written, from the table's rows alone."""
    rows = [row for row, kind in enumerate(layout.rows, start=layout.body[0]) if kind is RowKind.DATA]
    return {
        column.number: column_rule((sheet.value(row, column.number) for row in rows), column.numbers)
        for column in layout.columns
        if column.role in FIGURES
    }


def rule_findings(layout: Layout, rules: dict[int, ColumnRule]) -> list[Finding]:
    """Name the columns that mix both ways of writing."""
    mixed = [column for column in layout.columns if column.number in rules and rules[column.number].is_mixed]
    text = mark("The column '{header}' writes decimals in two ways ({comma} cells with a comma, {point} with a point).")
    return [
        warning(
            layout.sheet,
            address(layout.header[1], column.number),
            text,
            header=column.header,
            comma=rules[column.number].comma_cells,
            point=rules[column.number].point_cells,
        )
        for column in mixed
    ]


def read_amount(
    sheet: Sheet, row: int, column: Column, rule: ColumnRule, written: Measure | None, indicator: Indicator | None
) -> NumberCell:
    """Read one number cell; `written` is the row's unit of measure, `indicator` what is known of its indicator."""
    spot, cell = (row, column.number), address(row, column.number)
    if spot in sheet.unvalued:
        why = mark("the formula has never been computed")
        parsed = ParsedNumber(Reading.UNREADABLE, "", why=why)
        text = mark(
            "The formula in this cell has no saved value. Open the file in Excel or LibreOffice, save it, try again."
        )
        return NumberCell(parsed, _reading(sheet, cell, column, parsed), error(sheet.name, cell, text))
    if spot in sheet.errors:
        parsed = ParsedNumber(Reading.MISSING, sheet.errors[spot], why=mark("the formula in the cell failed"))
        text = mark("The formula in this cell gives {failure}; it is read as missing.")
        found = warning(sheet.name, cell, text, failure=shortened(sheet.errors[spot]))
        return NumberCell(parsed, _reading(sheet, cell, column, parsed), found)
    parsed = read_number(sheet.value(*spot), rule.rule, sheet.formats.get(spot, ""))
    parsed, finding = _with_levels(parsed, indicator, sheet.name, cell)
    if finding is None:
        finding = _doubt(parsed, column, sheet.name, cell) or _measure_doubt(parsed, column, written, sheet.name, cell)
    if finding is None and parsed.reading is Reading.BY_COLUMN and rule.rule is not None:
        parsed = replace(parsed, why=_WRITTEN[rule.rule])
    return NumberCell(parsed, _reading(sheet, cell, column, parsed), finding)


def _reading(sheet: Sheet, cell: str, column: Column, parsed: ParsedNumber) -> CellReading:
    return CellReading(
        sheet.name, cell, column.role, parsed.text, parsed.reading.value, parsed.value, Message(parsed.why)
    )


def _with_levels(
    parsed: ParsedNumber, indicator: Indicator | None, sheet: str, cell: str
) -> tuple[ParsedNumber, Finding | None]:
    """Give a word the number of the level that its indicator declares (`WTP:4;WDP:3`)."""
    if parsed.reading is not Reading.WORD:
        return parsed, None
    level = _level(parsed.text, indicator.ordinal_levels if indicator else None)
    if level is not None:
        why = mark("the indicator declares the level")
        return replace(parsed, reading=Reading.WRITTEN, value=level, why=why), None
    text = mark(
        "'{word}' is a word, not a number; it is left out until the indicator declares its levels (WTP:4;WDP:3)."
    )
    return parsed, warning(sheet, cell, text, word=shortened(parsed.text))


def _level(word: str, declared: str | None) -> float | None:
    """Return the number that declared levels give a word, None where they give none."""
    try:
        return parse_levels(declared).number(word) if declared else None
    except ValueError:
        return None


def _doubt(parsed: ParsedNumber, column: Column, sheet: str, cell: str) -> Finding | None:
    """Say what stands in the way of a cell's number."""
    match parsed.reading:
        case Reading.AMBIGUOUS:
            comma, point = parsed.alternatives[0], parsed.alternatives[len(parsed.alternatives) // 2]
            text = mark(
                "'{text}' can be {comma} (decimal comma) or {point} (decimal point), and no other cell of the column "
                "decides. State `numbers` for column {column} in the mapping."
            )
            values = {"comma": as_text(comma), "point": as_text(point), "column": column.letter}
            return question("numbers", sheet, cell, text, **values, text=shortened(parsed.text))
        case Reading.UNREADABLE:
            text = mark("'{text}' can't be read as a number: {why}.")
            return error(sheet, cell, text, text=shortened(parsed.text), why=Message(parsed.why))
        case Reading.RANGE | Reading.AT_LEAST | Reading.AT_MOST if column.role is not Role.TARGET:
            text = mark("'{text}' is a range or a bound, which only a target can be. Write the one number.")
            return error(sheet, cell, text, text=shortened(parsed.text))
    return None


def _measure_doubt(
    parsed: ParsedNumber, column: Column, written: Measure | None, sheet: str, cell: str
) -> Finding | None:
    """Say where the cell's own unit (`97 %`, `12 juta`) is not that of its row."""
    if written is None or parsed.value is None or column.role is Role.ACHIEVEMENT:
        return None
    own = own_measure(parsed)
    if own is None or agree(own, written):
        return None
    if parsed.is_money and written.kind is MeasureKind.MONEY:
        return info(sheet, cell, mark("The cell is written as money; its row counts {measure}."), measure=written.name)
    text = mark("'{text}' is written in {own}, but its row's unit of measure is {measure}. Mend one of the two.")
    return error(sheet, cell, text, text=shortened(parsed.text), own=own.name, measure=written.name)


def own_measure(parsed: ParsedNumber) -> Measure | None:
    """Return the unit of measure that a cell itself names."""
    if parsed.is_percent:
        return measure("persen")
    if parsed.is_money:
        return measure(f"{parsed.unit_text} rupiah".strip())
    return measure(parsed.unit_text) if parsed.unit_text else None
