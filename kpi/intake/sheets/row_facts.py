"""What a row says beside its numbers: unit, indicator, unit of measure, direction, note; each with its cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from kpi.intake.messages import mark
from kpi.intake.sheets.cells import Sheet, address
from kpi.intake.sheets.figures import CellReading, Name
from kpi.intake.sheets.findings import Finding, info, warning
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import Layout
from kpi.intake.sheets.mapping import SheetMapping
from kpi.intake.sheets.measures import Measure, measure
from kpi.intake.sheets.naming import Naming
from kpi.intake.sheets.polarities import polarity_said
from kpi.intake.sheets.words import shortened
from kpi.model import Polarity


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says beside its numbers."""

    number: int
    unit: Name | None
    indicator: Name
    measure: Measure | None
    measure_cell: str | None
    polarity: Polarity | None
    polarity_cell: str | None
    note: str | None
    note_cell: str | None


@dataclass(slots=True)
class RowReader:
    """Reads the texts of one table's rows, from top to bottom: sections and merged cells hold for rows below them."""

    sheet: Sheet
    layout: Layout
    mapping: SheetMapping
    naming: Naming
    cells: list[CellReading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _section_unit: Name | None = None
    _unit_above: Name | None = None

    def facts(self, row: int) -> Row:
        """Read names, unit of measure, polarity and note of a row."""
        indicator = self.naming.indicator(self.sheet, self.layout, self.mapping, row, self.sheet.anchors)
        unit = self._unit(row)
        written, measure_cell = self._text(row, Role.UNIT_OF_MEASURE)
        polarity_text, polarity_cell = self._text(row, Role.POLARITY)
        note, note_cell = self._text(row, Role.NOTE)
        polarity = polarity_said(polarity_text) if polarity_text else None
        if polarity_text and polarity is None and polarity_cell:
            text = mark("The direction '{text}' is not known; write maximize, minimize, stabilize or neutral.")
            self.findings.append(warning(self.sheet.name, polarity_cell, text, text=shortened(polarity_text)))
        for name, role in ((indicator, Role.INDICATOR_NAME), (unit, Role.UNIT_NAME)):
            if name and name.cell:
                reading = CellReading(
                    self.sheet.name, name.cell, role, name.match.text, name.match.matched_by.value, name.code
                )
                self.cells.append(reading)
        kept = measure(written) if written else None
        if kept and measure_cell:
            reading = CellReading(
                self.sheet.name, measure_cell, Role.UNIT_OF_MEASURE, kept.written, kept.kind.value, kept.name
            )
            self.cells.append(reading)
        return Row(row, unit, indicator, kept, measure_cell, polarity, polarity_cell, note, note_cell)

    def section(self, row: int) -> None:
        """Take the unit that a section row names; other sections only group indicators."""
        texts = [(column, self.sheet.text(row, column).strip()) for column, _ in self.sheet.filled(row)]
        for column, text in texts:
            name = self.naming.unit_named(text, address(row, column))
            if name is not None:
                self._section_unit, self._unit_above = name, None
                return
        if texts:
            words = mark("The row '{text}' is a heading inside the table; it holds no figures.")
            cell = address(row, texts[0][0])
            self.findings.append(info(self.sheet.name, cell, words, text=shortened(texts[0][1])))

    def _unit(self, row: int) -> Name | None:
        """Return the row's unit: its own cell, else the section's, else the cell above's, else the sheet's."""
        own = self.naming.unit_in_row(self.sheet, self.layout, row, self.sheet.anchors)
        if own is not None:
            self._unit_above = own
            return own
        if self._section_unit is not None:
            return self._section_unit
        if self._unit_above is not None:
            cell = address(row, self.layout.of_role(Role.UNIT_NAME, Role.UNIT_CODE)[0].number)
            text = mark("The unit is not stated in this row; '{unit}' of {above} holds.")
            found = info(self.sheet.name, cell, text, unit=self._unit_above.name, above=self._unit_above.cell)
            self.findings.append(found)
            return self._unit_above
        return self.naming.unit_of_sheet(self.layout, self.mapping)

    def _text(self, row: int, role: Role) -> tuple[str | None, str | None]:
        """Return a row's text of a role, through a merge that runs down its column, with the cell that holds it."""
        for column in self.layout.of_role(role):
            top, left = self.sheet.anchors.get((row, column.number), (row, column.number))
            text = self.sheet.text(top, left).strip() if left == column.number else ""
            if text:
                return text, address(top, left)
        return None, None
