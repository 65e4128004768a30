"""Draws the sheet on which a unit states its indicators: definitions, the targets of the years ahead, weights."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kpi.i18n import Translator, mark
from kpi.intake.templates.content import Content, Statement
from kpi.intake.templates.drawing import Drawing, height, number_format
from kpi.intake.templates.marker import BEFORE, DEFINITION_KEY, TARGET_OF
from kpi.intake.templates.page import FIRST_ROW, PLACE, Column, finished, head, joined, keep_number, write_notice
from kpi.intake.templates.validation import level_words, limit, offer
from kpi.intake.templates.words import CHOICES, word

EMPTY_ROWS: Final = 10
"""Rows in which indicators that nobody knows yet can be stated."""
_FIRST: Final = (
    Column(DEFINITION_KEY, mark("No."), 5),
    Column("unit_code", mark("Unit code"), 14, is_input=True),
    Column("indicator_code", mark("Indicator code"), 16, is_input=True),
    Column("name", mark("Indicator"), 36, is_input=True),
    Column("unit_of_measure", mark("Unit of measure"), 16, is_input=True),
    Column("polarity", mark("Direction"), 18, is_input=True),
    Column("grain", mark("Reported every"), 12, is_input=True),
    Column("weight", mark("Weight"), 9, is_input=True),
    Column("unit_weight", mark("Sum of the unit's weights"), 12),
)
_DEFINITION: Final = (
    Column("definition", mark("Definition"), 40, is_input=True),
    Column("formula", mark("Formula"), 34, is_input=True),
    Column("purpose", mark("Why it is measured"), 34, is_input=True),
    Column("strategic_objective", mark("Strategic objective"), 30, is_input=True),
    Column("responsible", mark("Responsible"), 22, is_input=True),
    Column("data_provider", mark("Data provider"), 22, is_input=True),
    Column("data_source", mark("Data source"), 26, is_input=True),
    Column("baseline", mark("Baseline"), 18, is_input=True),
    Column("control_level", mark("In the unit's hands"), 18, is_input=True),
    Column("validity_level", mark("What it stands for"), 20, is_input=True),
    Column("aggregation_over_periods", mark("Over periods"), 24, is_input=True),
    Column("aggregation_over_units", mark("Over units"), 24, is_input=True),
    Column("multiplier", mark("Multiplier"), 11, is_input=True),
    Column("decimals", mark("Decimals"), 10, is_input=True),
    Column("lowest_possible", mark("Lowest possible"), 11, is_input=True),
    Column("highest_possible", mark("Highest possible"), 11, is_input=True),
    Column("ordinal_levels", mark("Levels (WTP:4;WDP:3)"), 22, is_input=True),
)
NUMBERS: Final = ("multiplier", "decimals", "lowest_possible", "highest_possible")
"""The definition's columns that hold numbers."""
TEXTS: Final = tuple(column.key for column in (*_FIRST[3:5], *_DEFINITION) if column.key not in (*NUMBERS, *CHOICES))
"""The definition's columns that hold free text."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the hidden sheet keeps the words of each closed list, as a formula names the cells."""

    sources: Mapping[str, str]


def draw_definitions(
    drawing: Drawing,
    sheet: Worksheet,
    content: Content,
    lists: Lists,
    target_cells: Mapping[tuple[str, str, str], str],
    t: Translator,
) -> None:
    """Draw the whole sheet. `target_cells`: where the other sheet has a year's target, which is only shown here."""
    columns = _columns(content, t)
    sentence = t(
        "State new indicators in the empty rows at the end, and targets for the years ahead. "
        "An emptied cell changes nothing."
    )
    head(drawing, sheet, content, t, t("Indicators, targets and weights"), sentence, columns)
    table = _Table(
        drawing,
        sheet,
        content,
        lists,
        target_cells,
        t,
        {column.key: at for at, column in enumerate(columns)},
        {column.key: column.width for column in columns},
    )
    for number, statement in enumerate(content.statements):
        table.draw(number, statement)
    for number in range(len(content.statements), table.count):
        table.draw_empty(number)
    table.finish()
    frozen = table.at["name"] + 1
    finished(sheet, content, t, frozen, (FIRST_ROW + table.count - 1, len(columns) - 1), pages_wide=4)


def _columns(content: Content, t: Translator) -> list[Column]:
    years = [Column(f"{TARGET_OF}{year}", t("Target {year}", year=year), 12, is_input=True) for year in content.years]
    is_single = len(content.units) == 1
    hidden = ("unit_code", "unit_weight") if is_single else ()
    titled = [dataclasses.replace(column, title=t(column.title), is_hidden=column.key in hidden) for column in _FIRST]
    weight = next(place for place, column in enumerate(titled) if column.key == "weight")
    titled[weight] = dataclasses.replace(titled[weight], title=t("Weight {year}", year=content.period.year))
    kept = [f"{BEFORE}{key}" for key in ("weight", *(column.key for column in years))]
    return [
        *titled,
        *years,
        *(dataclasses.replace(column, title=t(column.title)) for column in _DEFINITION),
        *(Column(key, "", 9, is_hidden=True) for key in kept),
    ]


@dataclass(slots=True)
class _Table:
    """Draws the rows of the sheet."""

    drawing: Drawing
    sheet: Worksheet
    content: Content
    lists: Lists
    target_cells: Mapping[tuple[str, str, str], str]
    t: Translator
    at: Mapping[str, int]
    widths: Mapping[str, float]

    @property
    def count(self) -> int:
        """How many rows there are, the empty ones with them."""
        return len(self.content.statements) + EMPTY_ROWS

    def draw(self, number: int, statement: Statement) -> None:
        """Draw what one unit states of one indicator."""
        row, indicator = FIRST_ROW + number, statement.indicator
        self.drawing.number(self.sheet, row, 0, number + 1, "shown", "0")
        self._text(row, "unit_code", statement.unit_code, "shown")
        self._text(row, "indicator_code", indicator.indicator_code, "shown")
        look = "input" if statement.is_first else "shown"
        is_computed = indicator.numerator_indicator_code is not None  # the aggregations in force are not stated ones
        self.sheet.set_row(row, self._height(statement))
        for key in TEXTS:
            is_shown = statement.is_first or key in ("name", "unit_of_measure")
            self._text(row, key, getattr(indicator, key) or "" if is_shown else "", look)
        for key in CHOICES:
            member = getattr(indicator, key)
            kind = CHOICES[key]
            is_said = member is not None and statement.is_first and not (is_computed and key.startswith("aggregation"))
            self._text(row, key, word(_member(kind, member), self.t) if is_said else "", look)
        for key in NUMBERS:
            known = getattr(indicator, key) if statement.is_first else None
            self.drawing.number(
                self.sheet, row, self.at[key], float("nan") if known is None else known, look, "General"
            )
        self.drawing.number(self.sheet, row, self.at["weight"], statement.weight, "input", "General")
        keep_number(self.drawing, self.sheet, row, self.at[f"{BEFORE}weight"], statement.weight)
        self._sum_of_unit(row)
        for year, (low, high) in statement.targets.items():
            self._target(row, statement, year, low, high)
            keep_number(self.drawing, self.sheet, row, self.at[f"{BEFORE}{TARGET_OF}{year}"], low)

    def _height(self, statement: Statement) -> float:
        """Return the height at which every text of a row can be read."""
        keys = TEXTS if statement.is_first else ("name", "unit_of_measure")
        texts = {key: getattr(statement.indicator, key) or "" for key in keys}
        if statement.is_first:
            members = {key: getattr(statement.indicator, key) for key in CHOICES}
            texts |= {key: word(_member(CHOICES[key], member), self.t) for key, member in members.items() if member}
        return height([(text, self.widths[key]) for key, text in texts.items()])

    def draw_empty(self, number: int) -> None:
        """Draw a row in which a new indicator can be stated."""
        row = FIRST_ROW + number
        self.drawing.number(self.sheet, row, 0, number + 1, "shown", "0")
        for key, place in self.at.items():
            if key not in (DEFINITION_KEY, "unit_weight") and not key.startswith(BEFORE):
                self.drawing.text(self.sheet, row, place, "", "input")
        self._text(row, "unit_code", self.content.unit_code if len(self.content.units) == 1 else "", "input")
        self._sum_of_unit(row)

    def finish(self) -> None:
        """Offer the closed lists, accept numbers alone where numbers go, and show the sum of the weights."""
        rows = (FIRST_ROW, FIRST_ROW + self.count - 1)
        for key, source in self.lists.sources.items():
            offer(self.sheet, rows, self.at[key], source, self.t)
        limit(self.sheet, rows, self.at["weight"], 0.0, None, "", self.t)
        limit(self.sheet, rows, self.at["decimals"], 0.0, 4.0, "", self.t)
        for key in ("lowest_possible", "highest_possible"):
            limit(self.sheet, rows, self.at[key], None, None, "", self.t)
        if len(self.content.units) == 1:
            self._sum_of_weights()

    def _text(self, row: int, key: str, text: str, look: str) -> None:
        self.drawing.text(self.sheet, row, self.at[key], text, look)

    def _target(self, row: int, statement: Statement, year: int, low: float, high: float) -> None:
        """Draw a year's target: a number, a level's word, a range as text, or what the other sheet has for the year."""
        place, indicator = self.at[f"{TARGET_OF}{year}"], statement.indicator
        shape = number_format(indicator.decimals)
        other = self.target_cells.get((statement.unit_code, indicator.indicator_code, str(year)))
        if other is not None:
            known = level_words(indicator, low) or ("" if isnan(low) else low)
            self.drawing.formula(
                self.sheet, row, place, f'=IF({other}="","",{other})', known, self.drawing.look("shown", shape)
            )
            return
        words = level_words(indicator, low) if isnan(high) else _range(low, high, self.t)
        if words is not None:
            self.drawing.text(self.sheet, row, place, words, "input")
            return
        self.drawing.number(self.sheet, row, place, low, "input", shape)

    def _sum_of_unit(self, row: int) -> None:
        """Show the sum of the weights of the row's unit, where the template has several units."""
        if len(self.content.units) == 1:
            self._text(row, "unit_weight", "", "shown")
            return
        units, weights = self._span("unit_code"), self._span("weight")
        own = xl_rowcol_to_cell(row, self.at["unit_code"], col_abs=True)
        number = row - FIRST_ROW
        known: float | str = ""
        if number < len(self.content.statements):
            unit = self.content.statements[number].unit_code
            known = _sum([one.weight for one in self.content.statements if one.unit_code == unit])
        formula = f'=IF({own}="","",SUMIF({units},{own},{weights}))'
        look = self.drawing.look("shown", "General")
        self.drawing.formula(self.sheet, row, self.at["unit_weight"], formula, known, look)

    def _sum_of_weights(self) -> None:
        """Write a line with the sum of the weights, which says in words whether it is 100."""
        year = self.content.period.year
        total = f"ROUND(SUM({self._span('weight')}),6)"
        whole, other = self._sum_in_words(PLACE, year)
        formula = f"=IF({total}=100,{joined(whole, total)},{joined(other, total)})"
        known = _sum([statement.weight for statement in self.content.statements])
        write_notice(self.drawing, self.sheet, formula, self._sum_in_words(f"{known:g}", year)[known != 100])

    def _sum_in_words(self, total: str, year: int) -> tuple[str, str]:
        """Return what is said of a sum of exactly 100, and of another one."""
        return (
            self.t("Sum of the weights of {year}: {sum} (exactly 100)", year=year, sum=total),
            self.t(
                "Sum of the weights of {year}: {sum} (not 100: each weight counts as its share of the sum)",
                year=year,
                sum=total,
            ),
        )

    def _span(self, key: str) -> str:
        """Return a column's cells over all rows, as a formula names them."""
        place = self.at[key]
        first = xl_rowcol_to_cell(FIRST_ROW, place, row_abs=True, col_abs=True)
        return f"{first}:{xl_rowcol_to_cell(FIRST_ROW + self.count - 1, place, row_abs=True, col_abs=True)}"


def _member(kind: type[StrEnum], value: object) -> StrEnum:
    return kind(str(value))


def _sum(weights: Sequence[float]) -> float:
    return round(sum(weight for weight in weights if not isnan(weight)), 6)


def _range(low: float, high: float, t: Translator) -> str:
    """Return a range as a person writes it, in digits that can be read in one way only."""
    ends = []
    for end in (low, high):
        whole, _, decimals = f"{end:.10f}".rstrip("0").partition(".")
        padded = decimals if len(decimals) != 3 else f"{decimals}0"
        ends.append(whole + (f"{',' if t.language == 'id' else '.'}{padded}" if padded else ""))
    return "–".join(ends)
