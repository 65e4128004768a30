"""What intake's closed lists are called on screen, each with a sign, so that no colour stands alone."""

from __future__ import annotations

from typing import Final

from kpi.i18n import mark
from kpi.intake.sheets.findings import Severity
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import LayoutKind
from kpi.intake.sheets.mapping import DateOrder
from kpi.intake.sheets.numbers import NumberRule
from kpi.intake.shown import Kind

KINDS: Final[dict[Kind, tuple[str, str]]] = {
    Kind.VALUE: ("●", mark("value")),
    Kind.TARGET: ("◎", mark("target or weight")),
    Kind.CHECKED: ("≈", mark("only compared: the file's own achievement")),
    Kind.NAME: ("◇", mark("name, unit of measure, period or note")),
    Kind.HEADER: ("▤", mark("header")),
    Kind.MISSING: ("○", mark("no figure: missing")),
    Kind.IGNORED: ("▫", mark("not read")),
    Kind.DOUBTFUL: ("?", mark("doubtful")),
    Kind.ERROR: ("✖", mark("error")),
}
SEVERITIES: Final[dict[Severity, tuple[str, str, str]]] = {
    Severity.ERROR: ("✖", mark("Error"), "red"),
    Severity.WARNING: ("?", mark("Warning"), "orange"),
    Severity.INFO: ("ℹ", mark("Note"), "gray"),
}
"""Sign, word and the name of the colour in Streamlit's Markdown."""
LAYOUTS: Final[dict[LayoutKind, str]] = {
    LayoutKind.TIDY: mark("a row per figure: the rows name the period"),
    LayoutKind.WIDE: mark("a row per indicator: the columns name the periods"),
    LayoutKind.ONE_PERIOD: mark("a row per indicator, for one period that the table itself does not name"),
}
RULES: Final[dict[NumberRule, str]] = {
    NumberRule.DECIMAL_COMMA: mark("decimal comma: 1.234,5"),
    NumberRule.DECIMAL_POINT: mark("decimal point: 1,234.5"),
}
DATES: Final[dict[DateOrder, str]] = {
    DateOrder.DAY_FIRST: mark("the day comes first"),
    DateOrder.MONTH_FIRST: mark("the month comes first"),
}
ROLES: Final[dict[Role, str]] = {
    Role.UNIT_CODE: mark("code of the unit"),
    Role.UNIT_NAME: mark("name of the unit"),
    Role.INDICATOR_CODE: mark("code of the indicator"),
    Role.INDICATOR_NAME: mark("name of the indicator"),
    Role.UNIT_OF_MEASURE: mark("unit of measure"),
    Role.POLARITY: mark("direction"),
    Role.PERIOD_START: mark("first day of the period"),
    Role.PERIOD_END: mark("last day of the period"),
    Role.PERIOD: mark("period"),
    Role.YEAR: mark("year"),
    Role.VALUE: mark("value"),
    Role.TARGET: mark("target"),
    Role.TARGET_HIGH: mark("upper end of the target"),
    Role.NUMERATOR: mark("numerator"),
    Role.DENOMINATOR: mark("denominator"),
    Role.ACHIEVEMENT: mark("the file's own achievement (only compared)"),
    Role.SERIES: mark("value of the period in the header"),
    Role.NOTE: mark("note"),
    Role.ROW_NUMBER: mark("row number (not read)"),
    Role.IGNORED: mark("understood, not needed here"),
    Role.CAPAIAN: mark("value or achievement: not clear"),
    Role.UNKNOWN: mark("not understood, not read"),
    Role.MULTIPLIER: mark("multiplier of the rate"),
    Role.VERIFICATION: mark("state of verification"),
    Role.WEIGHT: mark("weight in the unit's index"),
    Role.PARENT_CODE: mark("code of the unit above"),
    Role.AGGREGATION_OVER_PERIODS: mark("rule over periods"),
    Role.AGGREGATION_OVER_UNITS: mark("rule over units"),
    Role.EVERY_YEARS: mark("years from one figure to the next"),
    Role.ORGANISATION_CODE: mark("code of the organisation"),
}
