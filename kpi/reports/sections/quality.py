"""How far the figures can be relied on: how far checked, who has reported, what is not scored and why."""

from __future__ import annotations

from math import isnan

from kpi.i18n import Translator
from kpi.model import Verification
from kpi.periods import Grain
from kpi.reports.cells import count, target, text, value
from kpi.reports.content import Cell, Column, Section, Slide, Table
from kpi.reports.gathered import Gathered, OfUnit
from kpi.reports.sections.links import link
from kpi.views.gaps import Gap
from kpi.views.withheld import what_to_do, why_not


def section(found: Gathered, t: Translator) -> Section:
    """Return the state of the data behind the index."""
    known = [gap for gap in found.figures if not isnan(gap.value)]
    checked = sum(gap.verification in (Verification.VERIFIED, Verification.LOCKED) for gap in known)
    unscored = [gap for gap in found.figures if gap.reason is not None]
    message = t(
        "{checked} of {all} figures are verified; {n} are not scored.",
        checked=t.number(checked),
        all=t.number(len(known)),
        n=t.number(len(unscored)),
    )
    return Section(
        code="quality",
        heading=t("How far the data can be relied on"),
        message=message,
        notes=(verification_said(found, t), coverage_said(found, t), reported_said(found, t)),
        tables=(_by_unit(found, t), _not_scored(unscored, found.request.selection.period.grain, t)),
        slide=Slide(columns=(0, 1, 2, 3, 4, 5), rows=11, notes=3),
        link=link(found, "data", part="states"),
    )


def verification_said(found: Gathered, t: Translator) -> str:
    """Return how many of the figures with a value are in which state."""
    known = [gap for gap in found.figures if not isnan(gap.value)]
    counted = [
        f"{t.number(_in_state(known, state))} {t.label(state).lower()}"
        for state in Verification
        if _in_state(known, state)
    ]
    return t("Of {all} figures: {counted}.", all=t.number(len(known)), counted=", ".join(counted) or t("none"))


def coverage_said(found: Gathered, t: Translator) -> str:
    """Return how much of the agreed weight could be scored."""
    return t("{coverage} of the agreed weight is scored.", coverage=t.percent(found.gaps.standing.coverage, 0))


def reported_said(found: Gathered, t: Translator) -> str:
    """Return who has reported, and whether the period is over."""
    fresh = found.fresh
    said = [
        t(
            "{reported} of {expected} units reported",
            reported=t.number(fresh.units_reported),
            expected=t.number(fresh.units_expected),
        ),
        t("figures up to {date}", date=t.date(fresh.data_to)),
    ]
    return "; ".join([*said, *([] if fresh.is_finished else [t("this period is not finished")])]) + "."


def _in_state(figures: list[Gap], state: Verification) -> int:
    return sum(gap.verification is state for gap in figures)


def _by_unit(found: Gathered, t: Translator) -> Table:
    columns = (
        Column(t("Unit"), 48),
        Column(t("Figures"), 10, True),
        *(Column(t.label(state), 13, True) for state in Verification),
        Column(t("Without a value"), 13, True),
        Column(t("Parts missing"), 13, True),
        Column(t("Not scored"), 13, True),
    )
    return Table(t("State of the figures by unit"), columns, tuple(_row(each, t) for each in found.behind))


def _row(each: OfUnit, t: Translator) -> tuple[Cell, ...]:
    known = [gap for gap in each.figures if not isnan(gap.value)]
    counts = (
        len(each.figures),
        *(_in_state(known, state) for state in Verification),
        len(each.figures) - len(known),
        sum(gap.parts_present < gap.parts_expected for gap in known),
        len(each.not_scored),
    )
    return (text(each.unit.name), *(count(number, t) for number in counts))


def _not_scored(unscored: list[Gap], asked: Grain, t: Translator) -> Table:
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Unit"), 36),
        Column(t("Value"), 15, True),
        Column(t("Target"), 15, True),
        Column(t("Why it is not scored"), 34),
        Column(t("What to do"), 60),
    )
    rows = tuple(
        (
            text(gap.sheet.name),
            text(gap.unit_name),
            value(gap.value, gap.sheet, t),
            target(gap.target, gap.target_high, gap.sheet, t),
            text(why_not(gap, t)),
            text(what_to_do(gap, t, own=gap.sheet.grain, asked=asked)),
        )
        for gap in unscored
        if gap.reason is not None
    )
    return Table(t("Figures that are not scored"), columns, rows)
