"""Cells as the screen writes them, by the same functions, each with its number unrounded beside the text."""

from __future__ import annotations

from math import isnan

from kpi.i18n import Translator
from kpi.reports.content import NONE, Cell, Kind
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import PERCENT, measured, target_said
from kpi.views.gaps_words import effect
from kpi.views.ratings import index_text, rating_style
from kpi.views.sheets import Sheet

PAGE = "#ffffff"
TINTED = 0.08
"""How much of a rating's colour lies behind its word: more, and the word could not be read on it (AA)."""
INDEX_DECIMALS = 1


def text(words: str) -> Cell:
    """Return words."""
    return Cell(words)


def value(amount: float, sheet: Sheet, t: Translator) -> Cell:
    """Return a value in the indicator's unit of measure."""
    if isnan(amount):
        return NONE
    suffix = "%" if sheet.unit_of_measure in PERCENT else f" {sheet.unit_of_measure}".rstrip()
    return Cell(measured(amount, sheet, t), amount, _places(amount, sheet.decimals), suffix=suffix)


def target(low: float, high: float, sheet: Sheet, t: Translator) -> Cell:
    """Return a target; a range is words, for it is no number."""
    return value(low, sheet, t) if isnan(high) else Cell(target_said(low, high, sheet, t))


def percent(ratio: float | None, t: Translator, decimals: int = 1) -> Cell:
    """Return a ratio as percent."""
    if ratio is None or isnan(ratio):
        return NONE
    return Cell(t.percent(ratio, decimals), ratio, decimals, Kind.PERCENT)


def index(ratio: float | None, profile: RuleProfile, t: Translator, *, is_unit: bool = True) -> Cell:
    """Return an index, 100 = on target."""
    if ratio is None or isnan(ratio):
        return NONE
    written = index_text(ratio, profile, t, INDEX_DECIMALS, is_unit=is_unit)
    decimals = len(written.rpartition("," if t.language == "id" else ".")[2])
    return Cell(written, ratio * 100, decimals)


def rating(band: str | None, profile: RuleProfile, t: Translator, otherwise: str = "") -> Cell:
    """Return shape and word of a rating in its colour; without one `otherwise`."""
    style = rating_style(profile, band, t.language, "light")
    if band is None:
        return Cell(f"{style.symbol} {otherwise}".strip())
    return Cell(style.words, colour=style.colour, tint=mixed(style.colour))


def loss(ratio: float, t: Translator) -> Cell:
    """Return what a loss does to the index, in points with its sign."""
    if isnan(ratio):
        return NONE
    written = effect(ratio, t)
    decimals = sum(letter.isdigit() for letter in written.partition("," if t.language == "id" else ".")[2])
    return Cell(written, -ratio * 100, decimals, is_signed=True)


def change(ratio: float | None, t: Translator) -> Cell:
    """Return a difference of two indices, in points with its sign."""
    if ratio is None or isnan(ratio):
        return NONE
    return Cell(t.change(ratio), ratio * 100, 1, is_signed=True)


def count(number: int, t: Translator) -> Cell:
    """Return how many."""
    return Cell(t.number(number), float(number))


def mixed(colour: str, share: float = TINTED) -> str:
    """Return a colour as a pale area on white paper."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)


def _places(amount: float, most: int) -> int:
    """Return how many decimals the screen shows of a value: no zeros at the end."""
    return next((places for places in range(most) if round(amount, places) == round(amount, most)), most)
