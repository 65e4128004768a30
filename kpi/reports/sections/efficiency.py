"""Efficiency of resources: a unit's index beside the share of its budget that was spent, where that is an indicator."""

from __future__ import annotations

import re
from math import isnan
from typing import Final

from kpi.i18n import Translator
from kpi.periods import Grain
from kpi.reports.cells import change, index, target, text, value
from kpi.reports.content import NONE, Cell, Column, Section, Table
from kpi.reports.gathered import Gathered
from kpi.views.figures_words import PERCENT
from kpi.views.gaps import Gap

BUDGET: Final = re.compile(
    r"\b(?:(?:serapan|penyerapan|realisasi) (?:\w+ )?anggaran|budget (?:absorption|realisation))\b", re.IGNORECASE
)
"""Names of indicators that say which share of a budget was spent; their unit of measure is percent."""


def section(found: Gathered, t: Translator) -> Section | None:
    """Return units with an indicator of their spending; None where there is none with a value."""
    spending = [gap for gap in found.figures if BUDGET.search(gap.sheet.name) and _is_share(gap)]
    if not spending:
        return None
    first = spending[0]
    columns = (
        Column(t("Unit"), 48),
        Column(t("Index"), 10, True),
        Column(t("Indicator of spending"), 36),
        Column(t("Budget spent"), 14, True),
        Column(t("Target"), 14, True),
        Column(t("Index less spending"), 16, True),
    )
    said = value(first.value, first.sheet, t).text
    message = t.plural(
        "{unit} spent {share} of its budget; {n} unit has an indicator of spending.",
        "{unit} spent {share} of its budget; {n} units have an indicator of spending.",
        len(spending),
        unit=first.unit_name,
        share=said,
    )
    note = t(
        "Index less spending, in points: above 0 the unit reached more than the share of the budget that it spent. "
        "Some annual reports reckon so (S38, seen in one report only, no rule). It is counted for whole years alone."
    )
    rows = tuple(_row(gap, found, t) for gap in spending)
    return Section(
        code="efficiency",
        heading=t("Efficiency of resources"),
        message=message,
        notes=(note,),
        tables=(Table(t("Efficiency of resources"), columns, rows),),
    )


def _is_share(gap: Gap) -> bool:
    return gap.sheet.unit_of_measure in PERCENT and not isnan(gap.value)


def _row(gap: Gap, found: Gathered, t: Translator) -> tuple[Cell, ...]:
    tiles = {tile.unit_code: tile.now.index for tile in (found.level.parent, *found.level.tiles)}
    reached = tiles.get(gap.unit_code)
    is_year = found.request.selection.period.grain is Grain.YEAR
    difference = change(reached - gap.value / 100, t) if is_year and reached is not None else NONE
    return (
        text(gap.unit_name),
        index(reached, found.profile, t),
        text(gap.sheet.name),
        value(gap.value, gap.sheet, t),
        target(gap.target, gap.target_high, gap.sheet, t),
        difference,
    )
