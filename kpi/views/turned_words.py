"""What an entry turned, in words and as a table: old → new, with the rating's word and shape."""

from __future__ import annotations

from math import isnan
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import measured
from kpi.views.markdown import plain
from kpi.views.ratings import index_text, rating_style
from kpi.views.turned import Side, Turn, Turned

SAID: Final = 6
"""Turns that are said in a sentence; all stand in the table."""


def summary(found: Turned, t: Translator) -> str:
    """Return how much differs, in a sentence."""
    if not (found.figures or found.units):
        return t("No figure, score or rating differs.")
    return t(
        "{figures} and {units} differ; {ratings}.",
        figures=t.plural("{n} figure", "{n} figures", len(found.figures)),
        units=t.plural("{n} unit's index", "{n} units' indices", len(found.units)),
        ratings=t.plural("{n} has another rating", "{n} have another rating", found.rated_otherwise),
    )


def lines(found: Turned, profile: RuleProfile, t: Translator) -> str:
    """Return what is rated otherwise as a list, figures first; empty where nothing is."""
    turns = [turn for turn in (*found.figures, *found.units) if turn.is_rated_otherwise][:SAID]
    return "\n".join(f"- {line(turn, profile, t)}" for turn in turns)


def line(turn: Turn, profile: RuleProfile, t: Translator) -> str:
    """Return one turn: `Dinas Kesehatan, Imunisasi, Triwulan III 2026: ● Hijau 101,2 → ▲ Kuning 84,0`."""
    return t(
        "{unit}, {what}, {period}: {before} → {after}",
        unit=plain(turn.unit_name),
        what=plain(turn.sheet.name) if turn.sheet else t("index of the unit"),
        period=t.period(turn.period),
        before=rated(turn.before, profile, t, is_unit=turn.sheet is None),
        after=rated(turn.after, profile, t, is_unit=turn.sheet is None),
    )


def rated(side: Side, profile: RuleProfile, t: Translator, *, is_unit: bool = False) -> str:
    """Return the rating's shape and word with the index; a dash where there is neither."""
    if isnan(side.index):
        return MISSING
    words = rating_style(profile, side.rating, t.language, "light").words if side.rating else t("not rated")
    return f"{words} {index_text(side.index, profile, t, is_unit=is_unit)}"


def table(found: Turned, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return every difference, a row each, figures before units' indices."""
    return pd.DataFrame([_row(turn, profile, t) for turn in (*found.figures, *found.units)])


def _row(turn: Turn, profile: RuleProfile, t: Translator) -> dict[str, str]:
    is_unit = turn.sheet is None
    return {
        t("Unit"): turn.unit_name,
        t("Indicator"): turn.sheet.name if turn.sheet else t("index of the unit"),
        t("Period"): t.period(turn.period),
        t("Value, before"): MISSING if turn.sheet is None else measured(turn.before.value, turn.sheet, t),
        t("Value, now"): MISSING if turn.sheet is None else measured(turn.after.value, turn.sheet, t),
        t("Rating and index, before"): rated(turn.before, profile, t, is_unit=is_unit),
        t("Rating and index, now"): rated(turn.after, profile, t, is_unit=is_unit),
    }
