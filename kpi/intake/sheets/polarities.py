"""The words by which a file states an indicator's direction, and those that say one; proposes nothing."""

from __future__ import annotations

from typing import Final

from kpi.intake.messages import mark
from kpi.intake.sheets.words import fold
from kpi.model import Polarity

WAYS: Final[dict[Polarity, str]] = {
    Polarity.MAXIMIZE: mark("maximize"),
    Polarity.MINIMIZE: mark("minimize"),
    Polarity.STABILIZE: mark("stabilize"),
    Polarity.NEUTRAL: mark("neutral"),
}
"""What a direction is called in a sentence; in English as a mapping writes it."""
_WORDS: Final[dict[Polarity, str]] = {
    Polarity.MAXIMIZE: (
        "maximize,maximise,max,maks,maksimal,maksimum,higher,higher is better,positif,positive,naik,meningkat,"
        "progresif,makin tinggi makin baik,semakin tinggi semakin baik,tren positif,increase"
    ),
    Polarity.MINIMIZE: (
        "minimize,minimise,min,minimal,minimum,lower,lower is better,negatif,negative,turun,menurun,"
        "regresif,makin rendah makin baik,semakin rendah semakin baik,tren negatif,decrease"
    ),
    Polarity.STABILIZE: "stabilize,stabilise,stabil,stable,tetap,menetap,stab,konstan",
    Polarity.NEUTRAL: "neutral,netral,konteks,tidak dinilai",
}
_BY_WORD: Final = {word: polarity for polarity, words in _WORDS.items() for word in words.split(",")}


def polarity_said(text: str) -> Polarity | None:
    """Return the direction that a cell states in words, None when the words are not known."""
    return _BY_WORD.get(fold(text))
