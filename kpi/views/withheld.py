"""Says of a figure that has no score why not, and what to do: also where it is there and this reader may not see it."""

from __future__ import annotations

from typing import Protocol

from kpi.i18n import Translator
from kpi.model import Reason
from kpi.periods import MONTHS, Grain
from kpi.views.remedies import REMEDIES, REPORTED_BY


class Unscored(Protocol):
    """What is known of a figure without a score."""

    @property
    def reason(self) -> Reason | None:
        """Why it isn't scored; None = it is."""
        ...

    @property
    def is_withheld(self) -> bool:
        """Whether there is a value that this reader may not see."""
        ...


def hides(figure: Unscored) -> bool:
    """Whether a figure isn't scored because this reader may not see its value."""
    return figure.reason is Reason.NO_VALUE and figure.is_withheld


def why_not(figure: Unscored, t: Translator) -> str:
    """Return why a figure isn't scored, empty where it is."""
    if hides(figure):
        return t("reported, but not verified yet, so not shown to you")
    return "" if figure.reason is None else t.label(figure.reason)


def what_to_do(figure: Unscored, t: Translator, *, own: Grain | None = None, asked: Grain | None = None) -> str:
    """Return what to do so that a figure is scored, empty where it is.

    `own` is the grain that the indicator is reported by, `asked` that of the period: within a year nobody can report
    what is reported by year.
    """
    if hides(figure):
        return t("Wait until it is verified; its unit has reported it.")
    if figure.reason is Reason.NO_VALUE and own and asked and MONTHS[own] > MONTHS[asked]:
        return t(REPORTED_BY[own])
    return "" if figure.reason is None else t(REMEDIES[figure.reason])
