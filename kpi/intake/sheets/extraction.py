"""From a recognised table to figures: names, periods and numbers of every row, each with its cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.amounts import NumberCell, column_rules, own_measure, read_amount, rule_findings
from kpi.intake.sheets.cells import Sheet, address
from kpi.intake.sheets.figures import Amount, CellReading, ColumnUnderstood, Figure, ReadOptions
from kpi.intake.sheets.findings import Finding, error, question, warning
from kpi.intake.sheets.headers import FIGURES, ROLE_WORDS, Role
from kpi.intake.sheets.layout import Layout
from kpi.intake.sheets.mapping import DateOrder, SheetMapping
from kpi.intake.sheets.measures import Measure, agree
from kpi.intake.sheets.naming import Naming
from kpi.intake.sheets.numbers import NUMBERS, ColumnRule, read_number
from kpi.intake.sheets.row_facts import Row, RowReader
from kpi.intake.sheets.row_periods import column_period, date_order, row_period, sheet_year
from kpi.intake.sheets.table_body import RowKind
from kpi.intake.sheets.table_header import Column
from kpi.intake.sheets.words import shortened
from kpi.periods import Period


@dataclass(slots=True)
class SheetFigures:
    """All that one table gave."""

    figures: list[Figure] = field(default_factory=list)
    cells: list[CellReading] = field(default_factory=list)
    columns: list[ColumnUnderstood] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Table:
    """One recognised table being read. Reads each row once, from top to bottom."""

    def __init__(
        self, sheet: Sheet, layout: Layout, mapping: SheetMapping, naming: Naming, options: ReadOptions
    ) -> None:
        self.sheet = sheet
        self.layout = layout
        self.mapping = mapping
        self.options = options
        self.out = SheetFigures()
        self.rules = column_rules(sheet, layout)
        self.order: DateOrder | None = date_order(layout, sheet, mapping)
        said = sheet_year(layout, mapping, options)
        self.year = said.year
        self.out.findings += [said.finding] if said.finding else []
        self.row_texts = RowReader(sheet, layout, mapping, naming, self.out.cells, self.out.findings)
        self._periods: dict[int, Period | None] = {}

    def read(self) -> SheetFigures:
        """Read the whole table."""
        self.out.findings += rule_findings(self.layout, self.rules) + self._column_findings()
        has_row_periods = bool(self.layout.of_role(Role.PERIOD_START, Role.PERIOD, Role.YEAR))
        if not has_row_periods:
            self._periods = {column.number: self._column_period(column) for column in self._figure_columns()}
        for row, kind in enumerate(self.layout.rows, start=self.layout.body[0]):
            match kind:
                case RowKind.DATA:
                    self._data(row, has_row_periods)
                case RowKind.SECTION:
                    self.row_texts.section(row)
                case RowKind.ORPHAN:
                    text = mark("The row has figures but names no indicator. Name it, or clear the row.")
                    self.out.findings.append(error(self.sheet.name, address(row, 0), text))
                case _:
                    pass
        self._below()
        counts = Counter(reading.cell.rstrip("0123456789") for reading in self.out.cells)
        self.out.columns = [self._understood(column, counts) for column in self.layout.columns]
        return self.out

    def _figure_columns(self) -> list[Column]:
        return [column for column in self.layout.columns if column.role in FIGURES]

    def _column_findings(self) -> list[Finding]:
        """Name the columns that are not understood, and those that could be two things."""
        found: list[Finding] = []
        for column in self.layout.columns:
            cell = address(self.layout.header[1], column.number)
            if column.role is Role.UNKNOWN:
                text = mark("The column '{header}' is not understood; it is not read.")
                found.append(warning(self.sheet.name, cell, text, header=shortened(column.header)))
            elif column.role is Role.CAPAIAN:
                text = mark(
                    "'{header}' can be the value found or its share of the target. State the role of column {column} "
                    "in the mapping: value or achievement."
                )
                header = shortened(column.header)
                found.append(question("role", self.sheet.name, cell, text, header=header, column=column.letter))
        return found

    def _column_period(self, column: Column) -> Period | None:
        period, finding = column_period(column, self.layout, self.year, self.mapping, self.options)
        if finding and finding.text not in {known.text for known in self.out.findings if known.cell == finding.cell}:
            self.out.findings.append(finding)
        return period

    def _data(self, row: int, has_row_periods: bool) -> None:
        """Read one row of figures."""
        facts = self.row_texts.facts(row)
        own: Period | None = None
        own_cell: str | None = None
        if has_row_periods:
            own, own_cell, finding = row_period(self.sheet, self.layout, row, self.year, self.order, self.options)
            self.out.findings += [finding] if finding else []
        by_period: dict[Period, dict[Role, Amount]] = {}
        series: dict[Period, Amount] = {}
        period_cells: dict[Period, str | None] = {}
        for column in self._figure_columns():
            period = own if has_row_periods else self._periods.get(column.number)
            cell = self._amount(row, column, facts)
            if period is None:
                continue
            period_cells.setdefault(period, own_cell or address(self.layout.header[1], column.number))
            self._place(column, cell, by_period.setdefault(period, {}), series, period)
        for period, amounts in by_period.items():
            self._keep(facts, period, period_cells[period], amounts, series.get(period))

    def _place(
        self,
        column: Column,
        cell: NumberCell,
        amounts: dict[Role, Amount],
        series: dict[Period, Amount],
        period: Period,
    ) -> None:
        """Put a number where its column says; a second column for the same place is an error unless both agree."""
        amount = Amount(cell.parsed, self.sheet.name, cell.reading.cell)
        if column.role is Role.SERIES:
            series[period] = amount
            return
        first = amounts.get(column.role)
        if first is None or first.parsed.value is None:
            amounts[column.role] = amount
        elif amount.parsed.value is not None and amount.parsed.value != first.parsed.value:
            text = mark("{role} for {period} stands twice in this row: {one} in {cell}, {other} here.")
            values = {
                "role": Message(ROLE_WORDS[column.role]),
                "period": period.code,
                "one": first.parsed.value,
                "cell": first.cell,
            }
            found = error(self.sheet.name, amount.cell, text, **values, other=amount.parsed.value)
            self.out.findings.append(found)

    def _keep(
        self, row: Row, period: Period, cell: str | None, amounts: dict[Role, Amount], series: Amount | None
    ) -> None:
        """Make a figure when it has a number; a series gives the value where no other column does."""
        has_value = Role.VALUE in amounts and amounts[Role.VALUE].parsed.value is not None
        if series is not None and not has_value:
            amounts = {**amounts, Role.VALUE: series}
            series = None
        numbers = {role for role, amount in amounts.items() if amount.parsed.value is not None}
        if not numbers & {Role.VALUE, Role.TARGET, Role.NUMERATOR, Role.DENOMINATOR}:
            return
        self.out.figures.append(
            Figure(
                self.sheet.name,
                row.number,
                row.unit,
                row.indicator,
                row.measure or self._measure_of(amounts),
                row.measure_cell,
                row.polarity,
                row.polarity_cell,
                period,
                cell,
                row.note,
                row.note_cell,
                amounts,
                series,
            )
        )

    @staticmethod
    def _measure_of(amounts: dict[Role, Amount]) -> Measure | None:
        """Return the unit of measure that the cells themselves name, where the row states none."""
        own = [found for amount in amounts.values() if (found := own_measure(amount.parsed))]
        return own[0] if own and all(agree(own[0], other) for other in own) else None

    def _amount(self, row: int, column: Column, facts: Row) -> NumberCell:
        """Read one number cell and keep how it was read."""
        known = self.options.indicators.get(facts.indicator.code or "")
        rule = self.rules.get(column.number, ColumnRule(None, 0, 0, 0))
        cell = read_amount(self.sheet, row, column, rule, facts.measure, known)
        self.out.cells.append(cell.reading)
        self.out.findings += [cell.finding] if cell.finding else []
        return cell

    def _below(self) -> None:
        """Say what stands below the table and is not read, where it holds figures."""
        first = self.layout.body[1] + 1
        rows = range(max(first, self.layout.body[0]), len(self.sheet.rows))
        figures = [row for row in rows if self._numbers_in(row) > 1]
        if figures:
            text = mark(
                "Below the table, from row {row} on, stand figures that are not read. Put them on a sheet of their own."
            )
            self.out.findings.append(warning(self.sheet.name, address(figures[0], 0), text, row=figures[0] + 1))

    def _numbers_in(self, row: int) -> int:
        return sum(read_number(value).reading in NUMBERS for _, value in self.sheet.filled(row))

    def _understood(self, column: Column, counts: Counter[str]) -> ColumnUnderstood:
        """Describe a column with what its cells turned out to be."""
        rule = self.rules.get(column.number)
        period = self._periods.get(column.number)
        return ColumnUnderstood(
            self.sheet.name,
            column.letter,
            column.header,
            column.role,
            period.code if period else (column.period.code if column.period else None),
            rule.rule if rule else None,
            column.why,
            counts[column.letter],
            rule.ambiguous_cells if rule and rule.rule is None else 0,
        )
