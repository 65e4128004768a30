"""What units by indicators say, as a matrix and side by side: sentences, cells for the charts, tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.comparison import UnitIndex
from kpi.views.figures_words import measured, shortened, target_said
from kpi.views.matrix import Matrix
from kpi.views.ratings import Tone, rating_style
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet
from kpi.views.side_by_side import Side, SideBySide
from kpi.views.trends import Point
from kpi.views.trends_words import rated, wholeness

NOTHING: Final = "rgba(0,0,0,0)"
BETWEEN: Final = "\t"
"""Stands between the codes of a unit and an indicator: no code has one."""


def matrix_sentence(matrix: Matrix, selection: Selection, profile: RuleProfile, t: Translator) -> str:
    """Return what the matrix shows, in words made from the numbers."""
    when = t.period(selection.period, to_date=selection.to_date)
    if not matrix.cells:
        return t("No unit of this group has a figure of {period}.", period=when)
    counted = [
        f"{t.number(matrix.count(band.code))} {band.symbol} {band.labels[t.language]}"
        for band in profile.bands
        if matrix.count(band.code)
    ]
    if matrix.count(None):
        counted.append(t.plural("{n} ○ not rated", "{n} ○ not rated", matrix.count(None)))
    return t(
        "{units} and {indicators} in {period}: {counted}.",
        units=t.plural("{n} unit", "{n} units", len(matrix.units)),
        indicators=t.plural("{n} indicator", "{n} indicators", matrix.indicator_count),
        period=when,
        counted=", ".join(counted),
    )


def matrix_notes(matrix: Matrix, t: Translator) -> tuple[str, ...]:
    """Return what a reader must know of the matrix."""
    said = [t("A cell is the index (100 = on target); an empty one: the unit doesn't have the indicator.")]
    if matrix.at_other_grains:
        said.append(
            t.plural(
                "{n} agreed indicator has no figure at this length of period.",
                "{n} agreed indicators have no figure at this length of period.",
                matrix.at_other_grains,
            )
        )
    return tuple(said)


def cells(matrix: Matrix, indicators: Sequence[Sheet], profile: RuleProfile, t: Translator, tone: Tone) -> pd.DataFrame:
    """Return a row per unit and indicator as the chart wants it: shape above index, empty where there is no pair."""
    rows = []
    for code, name in matrix.units:
        for sheet in indicators:
            point = matrix.cells.get((code, sheet.code))
            style = rating_style(profile, point.rating if point else None, t.language, tone)
            rows.append(
                {
                    "unit_code": code,
                    "unit": name,
                    "indicator_code": sheet.code,
                    "indicator": sheet.name,
                    "text": "" if point is None else f"{style.symbol}<br>{index_said(point.index, t)}",
                    "fill": NOTHING if point is None else style.tint,
                    "hover": f"<b>{name}</b><br>{sheet.name}<br>{figure_said(point, sheet, profile, t)}",
                    "drill": f"{code}{BETWEEN}{sheet.code}",
                }
            )
    return pd.DataFrame(rows)


def matrix_table(matrix: Matrix, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per unit and a column per indicator, all of them: `● 104`."""
    rows = []
    for code, name in matrix.units:
        pairs = {sheet.name: matrix.cells.get((code, sheet.code)) for sheet in matrix.indicators}
        rows.append({t("Unit"): name} | {indicator: _cell(point, profile, t) for indicator, point in pairs.items()})
    return pd.DataFrame(rows)


def drilled(drill: str) -> dict[str, str | None]:
    """Return the choices that a clicked pair leads to."""
    unit_code, indicator_code = drill.split(BETWEEN)
    return {"unit": unit_code, "indicator": indicator_code}


def sides_sentence(found: SideBySide, profile: RuleProfile, t: Translator) -> str:
    """Return how the units stand beside each other, in words made from the numbers."""
    names = ", ".join(f"{side.unit_name} {standing_said(side.standing, profile, t)}" for side in found.sides)
    return t(
        "{units}. They share {shared}; {own} are theirs alone.",
        units=names,
        shared=t.plural("{n} indicator", "{n} indicators", len(found.shared)),
        own=t.number(sum(len(side.own) for side in found.sides)),
    )


def standing_said(standing: UnitIndex, profile: RuleProfile, t: Translator) -> str:
    """Return a unit's index with shape and word: 97,5 ◆ Cukup."""
    style = rating_style(profile, standing.rating, t.language, "light")
    return f"{index_said(standing.index, t, 1)} {style.words}".strip()


def dots(found: SideBySide, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per shared indicator and unit that has it, as the dumbbell chart wants it; index 100 = on target."""
    return pd.DataFrame(
        {
            "indicator_code": sheet.code,
            "indicator": sheet.name,
            "unit": shortened(side.unit_name),
            "look": look,
            "index": point.index * 100,
            "hover": f"<b>{side.unit_name}</b><br>{sheet.name}<br>{figure_said(point, sheet, profile, t)}",
            "drill": f"{side.unit_code}{BETWEEN}{sheet.code}",
        }
        for sheet in found.shared
        for look, side in enumerate(found.sides)
        if (point := found.cells.get((side.unit_code, sheet.code))) is not None
    )


def shared_alt(found: SideBySide, t: Translator) -> str:
    """Return in words what the dumbbell chart shows."""
    return t(
        "The index of {indicators} for {units}, a mark for each unit.",
        indicators=t.plural("{n} shared indicator", "{n} shared indicators", len(found.shared)),
        units=", ".join(side.unit_name for side in found.sides),
    )


def standings_table(found: SideBySide, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per unit: index, rating, coverage, how many indicators it shares and has alone."""
    return pd.DataFrame(
        {
            t("Unit"): side.unit_name,
            t("Index"): index_said(side.standing.index, t, 1),
            t("Rating"): rating_style(profile, side.standing.rating, t.language, "light").words,
            t("Weight scored"): t.percent(side.standing.coverage, 0),
            t("Shared"): t.number(sum((side.unit_code, sheet.code) in found.cells for sheet in found.shared)),
            t("Its own"): t.number(len(side.own)),
        }
        for side in found.sides
    )


def shared_table(found: SideBySide, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per shared indicator: of each unit the value and the index with its rating's shape."""
    return pd.DataFrame(
        {t("Indicator"): sheet.name}
        | {
            f"{side.unit_name}: {title}": said
            for side in found.sides
            for title, said in _pair(found.cells.get((side.unit_code, sheet.code)), sheet, profile, t).items()
        }
        for sheet in found.shared
    )


def own_table(found: SideBySide, side: Side, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per indicator that only this unit has."""
    points = [(sheet, found.cells[side.unit_code, sheet.code]) for sheet in side.own]
    return pd.DataFrame(
        {
            t("Indicator"): sheet.name,
            t("Value"): measured(point.value, sheet, t),
            t("Target"): target_said(point.target, point.target_high, sheet, t),
            t("Index"): index_said(point.index, t, 1),
            t("Rating"): rated(point, profile, t),
        }
        for sheet, point in points
    )


def figure_said(point: Point | None, sheet: Sheet, profile: RuleProfile, t: Translator) -> str:
    """Return a pair's figure over several lines, for a hover text."""
    if point is None:
        return t("The unit doesn't have this indicator.")
    said = (
        measured(point.value, sheet, t),
        t("Target {target}", target=target_said(point.target, point.target_high, sheet, t)),
        rated(point, profile, t),
        wholeness(point, t),
    )
    return "<br>".join(line for line in said if line)


def index_said(index: float, t: Translator, decimals: int = 0) -> str:
    """Return an index in points, 100 = on target; a dash where there is none."""
    return t.number(index * 100, decimals)


def _cell(point: Point | None, profile: RuleProfile, t: Translator) -> str:
    if point is None:
        return ""
    return f"{rating_style(profile, point.rating, t.language, 'light').symbol} {index_said(point.index, t)}"


def _pair(point: Point | None, sheet: Sheet, profile: RuleProfile, t: Translator) -> dict[str, str]:
    value = MISSING if point is None else measured(point.value, sheet, t)
    return {t("Value"): value, t("Index"): _cell(point, profile, t) or MISSING}
