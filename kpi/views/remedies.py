"""What to do about a figure that is not scored."""

from __future__ import annotations

from typing import Final

from kpi.i18n import mark
from kpi.model import Reason
from kpi.periods import Grain

REMEDIES: Final[dict[Reason, str]] = {
    Reason.NEUTRAL: mark("Nothing: it is shown for context."),
    Reason.DIRECTION_NOT_STATED: mark("State in the definition sheet whether higher or lower is better."),
    Reason.NO_VALUE: mark("Report the value for this period."),
    Reason.NO_TARGET: mark("Agree a target for this period and import it."),
    Reason.PARTIAL_SUM: mark("Report the missing parts; until then the sum would look too small."),
    Reason.NO_RULE_FOR_POLARITY: mark("Choose a rule profile that has a rule for this direction."),
    Reason.NEGATIVE_TARGET: mark("Choose a rule profile with a rule for targets below zero, or restate the indicator."),
    Reason.ZERO_TARGET: mark("State the worst value in the definition sheet, or set a target other than zero."),
    Reason.ZERO_VALUE: mark("Choose a rule profile whose formula doesn't divide by the value."),
    Reason.NEGATIVE_VALUE: mark("Choose a rule profile whose formula doesn't divide by the value."),
    Reason.NO_CONVERSION_SCALE: mark("Declare a conversion scale in the definition sheet."),
}
REPORTED_BY: Final[dict[Grain, str]] = {
    Grain.MONTH: mark("It is reported by month."),
    Grain.QUARTER: mark("It is reported by quarter."),
    Grain.SEMESTER: mark("It is reported by semester."),
    Grain.YEAR: mark("It is reported by year."),
}
