"""How a rating looks and reads: word, shape and colour, from the rule profile that gave it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from kpi.i18n import MISSING, Language, Translator
from kpi.scoring.profile import RuleProfile
from kpi.scoring.rating import DECIMALS

Tone = Literal["light", "dark"]
GREY: Final[dict[Tone, str]] = {"light": "#5f6b74", "dark": "#9aa7b1"}


@dataclass(frozen=True, slots=True)
class RatingStyle:
    """`shape` is the name that charts use, `symbol` its sign in text, `colour_name` that of Streamlit's markdown.

    `colour` can be read as text on the page; `tint` is a pale area on which the page's own text can be read.
    """

    word: str
    symbol: str
    shape: str
    colour: str
    colour_name: str
    tint: str

    @property
    def words(self) -> str:
        """Shape and word, as in `● Hijau`: what stands wherever the colour stands."""
        return f"{self.symbol} {self.word}".strip()


def rating_style(profile: RuleProfile, rating: str | None, language: Language, tone: Tone) -> RatingStyle:
    """Return how a rating of indicators or units looks; None (not rated) is a grey open circle without a word."""
    if rating is None:
        return RatingStyle("", "○", "circle-open", GREY[tone], "gray", tinted(GREY[tone], 0.12))
    band = profile.band(rating)
    colour = band.colour.dark if tone == "dark" else band.colour.light
    return RatingStyle(band.labels[language], band.symbol, band.shape, colour, band.colour.name, tinted(colour))


def index_text(
    index: float | None, profile: RuleProfile, t: Translator, decimals: int = 1, *, is_unit: bool = True
) -> str:
    """Return the index of a unit, else of an indicator, as it is written: 100 = on target, with `decimals` places.

    It takes more places where rounding would show it in another band: 99,97 rated below 100 is not written 100,0.
    """
    if index is None or math.isnan(index):
        return MISSING
    percent = round(index * 100, DECIMALS)
    bounds = [band.from_percent for band in (profile.bands_of_units if is_unit else profile.bands)]
    while decimals < DECIMALS and any((round(percent, decimals) >= each) != (percent >= each) for each in bounds):
        decimals += 1
    return t.number(percent, decimals)


def tinted(colour: str, opacity: float = 0.26) -> str:
    """Return a colour `#rrggbb` that lets the page shine through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
