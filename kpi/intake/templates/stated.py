"""Reads what a unit states on the definition sheet, and lays it over what is known of its indicators."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.i18n import mark
from kpi.intake.messages import Message
from kpi.intake.sheet_faults import MOST_DECIMALS, MULTIPLIERS, faults_of_code, faults_of_sheet
from kpi.intake.sheets.findings import Finding, error
from kpi.intake.sheets.words import plain
from kpi.intake.templates.definition_sheet import NUMBERS, TEXTS
from kpi.intake.templates.grid import Grid
from kpi.intake.templates.words import CHOICES, meant
from kpi.model import Indicator
from kpi.scoring.ordinal import OrdinalLevels, parse_levels


@dataclass(frozen=True, slots=True)
class StatedIndicator:
    """What the sheet states of one indicator: fields of `model.Indicator` by name, and the cell of each.

    `cell` is that of its code. A field that is not among `fields` is not stated, which changes nothing.
    """

    indicator_code: str
    sheet: str
    cell: str
    fields: Mapping[str, object]
    cells: Mapping[str, str]

    def error(self, name: str, message: Message) -> Finding:
        """Return a fault at the cell of a field, else at that of the code."""
        return error(self.sheet, self.cells.get(name, self.cell), message.text, **message.values)


def stated_indicators(grid: Grid) -> tuple[StatedIndicator, ...]:
    """Return what the rows state, one entry per indicator; rows that contradict each other are noted in the grid."""
    found: dict[str, StatedIndicator] = {}
    for row in grid.rows:
        code = grid.text(row, "indicator_code")
        if not code:
            if grid.has_any(row, (*TEXTS, *CHOICES, "weight")):
                grid.refuse(row, "indicator_code", mark("The row states an indicator without a code. Give it one."))
            continue
        fields = _fields(grid, row)
        stated = StatedIndicator(
            code,
            grid.sheet.name,
            grid.cell(row, "indicator_code"),
            fields,
            {name: grid.cell(row, name) for name in fields},
        )
        found[code] = _together(found[code], stated, grid, row) if code in found else stated
    return tuple(found.values())


def levels_by_code(stated: Sequence[StatedIndicator]) -> dict[str, OrdinalLevels]:
    """Return the levels of the indicators whose figures are words."""
    texts = {one.indicator_code: str(one.fields.get("ordinal_levels", "")) for one in stated}
    return {code: parse_levels(text) for code, text in texts.items() if text}


def indicators_of(
    stated: Sequence[StatedIndicator], known: Mapping[str, Indicator], organisation_code: str
) -> tuple[dict[str, Indicator], tuple[Finding, ...]]:
    """Return the indicators that become new or other by what is stated, and what stands against it."""
    changed: dict[str, Indicator] = {}
    findings: list[Finding] = []
    for one in stated:
        before = known.get(one.indicator_code)
        if before is None:
            findings += [one.error(name, message) for name, message in faults_of_code(one.indicator_code)]
            before = Indicator(organisation_code, one.indicator_code, "")
        told = {name: value for name, value in one.fields.items() if not _is_same(getattr(before, name), value)}
        if told or one.indicator_code not in known:
            changed[one.indicator_code] = dataclasses.replace(before, **told)
    findings += _faults_of_changed(stated, changed, {**known, **changed})
    return changed, tuple(findings)


def _fields(grid: Grid, row: int) -> dict[str, object]:
    fields: dict[str, object] = {name: text for name in TEXTS if (text := grid.text(row, name))}
    if "ordinal_levels" in fields:
        try:
            parse_levels(str(fields["ordinal_levels"]))
        except ValueError:
            grid.refuse(row, "ordinal_levels", mark("The levels can't be read. Write them as WTP:4;WDP:3;TW:2;TMP:1."))
            del fields["ordinal_levels"]
    for name, kind in CHOICES.items():
        text = grid.text(row, name)
        member = meant(kind, text) if text else None
        if member is not None:
            fields[name] = member.value if name == "grain" else member
        elif text:
            grid.refuse(
                row, name, mark("'{text}' is not in the list of this column. Choose one of the list."), text=text
            )
    for name in NUMBERS:
        number = _number(grid, row, name)
        if number is not None:
            fields[name] = number
    return fields


def _number(grid: Grid, row: int, name: str) -> float | int | None:
    amount = grid.amount(row, name)
    if amount is None:
        return None
    if name == "multiplier" and amount.value not in MULTIPLIERS:
        grid.refuse(row, name, mark("The multiplier is one of 1, 100, 1000 and 100000."))
        return None
    if name != "decimals":
        return amount.value
    if amount.value not in range(MOST_DECIMALS + 1):
        grid.refuse(row, name, mark("Decimals are a whole number from 0 to 4."))
        return None
    return int(amount.value)


def _together(one: StatedIndicator, other: StatedIndicator, grid: Grid, row: int) -> StatedIndicator:
    """Join two rows that state the same indicator (for two units); a field that differs is noted."""
    for name, value in other.fields.items():
        if name in one.fields and not _is_same(one.fields[name], value):
            said = mark("Indicator {code} is stated differently in {cell}. Keep one of the two.")
            grid.refuse(row, name, said, code=one.indicator_code, cell=one.cells[name])
    return dataclasses.replace(one, fields={**other.fields, **one.fields}, cells={**other.cells, **one.cells})


def _is_same(known: object, told: object) -> bool:
    """Say whether a cell tells what is known; a spreadsheet may change spaces and line ends of a text."""
    if isinstance(told, str) and isinstance(known, str):
        return plain(known) == plain(told)
    return known == told


def _faults_of_changed(
    stated: Sequence[StatedIndicator], changed: Mapping[str, Indicator], known: Mapping[str, Indicator]
) -> list[Finding]:
    """Return what is wrong with the sheets as they would stand."""
    return [
        one.error(name, message)
        for one in stated
        if one.indicator_code in changed
        for name, message in faults_of_sheet(changed[one.indicator_code], known)
    ]
