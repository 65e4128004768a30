"""Units of measure as offices type them, brought to one spelling; knows no indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kpi.intake.sheets.words import fold, plain


class MeasureKind(StrEnum):
    """What sort of figure a unit of measure makes."""

    PERCENT = "percent"
    RATE = "rate"  # so many per 1.000 or 100.000
    MONEY = "money"
    POINTS = "points"  # poin, nilai, indeks, rasio, angka: a figure without a thing counted
    THING = "thing"  # orang, dokumen, ton, tahun
    LEVEL = "level"  # predikat, kategori, level: a word or a rank
    NONE = "none"  # nothing was written


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure. `name` is the one spelling that is kept, `written` what the file said.

    `base` is 100 for percent, 100000 for a rate per 100,000, and 1 else.
    """

    name: str
    kind: MeasureKind
    base: float
    written: str

    @property
    def is_bounded_share(self) -> bool:
        """The figure is a share of a whole in percent: as a rule 0 to 100."""
        return self.kind is MeasureKind.PERCENT


_PERCENT: Final = frozenset(
    {
        "%",
        "persen",
        "percent",
        "persentase",
        "presentase",
        "prosentase",
        "prosen",
        "persen %",
        "% persen",
        "pct",
        "persent",
    }
)
_POINTS: Final = frozenset(
    {"poin", "point", "points", "nilai", "indeks", "index", "rasio", "ratio", "angka", "skor", "score", "skala"}
)
_LEVELS: Final = frozenset(
    {"predikat", "kategori", "level", "peringkat", "opini", "kriteria", "klasifikasi", "grade", "tingkat", "ranking"}
)
_SPELLINGS: Final = {
    "point": "poin",
    "points": "poin",
    "index": "indeks",
    "ratio": "rasio",
    "score": "skor",
    "rp": "rupiah",
    "idr": "rupiah",
    "org": "orang",
    "jiwa": "jiwa",
    "thn": "tahun",
    "th": "tahun",
    "bln": "bulan",
    "dok": "dokumen",
    "kel": "kelurahan",
    "kec": "kecamatan",
    "permil": "per 1.000",
    "promil": "per 1.000",
}
_ABBREVIATED: Final = {"kh": "kelahiran hidup", "lh": "kelahiran hidup", "pddk": "penduduk", "pend": "penduduk"}
_SIGNS: Final = re.compile(r"/(?=\s*1[0., ]*0\b)")
_PER: Final = re.compile(
    r"(?:(?P<thing>[a-z ]+?) )?(?:per|/) ?(?P<base>1(?:[ .,]?0{3}){1,2}|100 ?000|10 ?000|100|1000)(?: (?P<whole>.*))?"
)
_MONEY: Final = re.compile(
    r"(?:(?:ribu|juta|miliar|milyar|triliun|trilyun) )?(?:rupiah|rp|idr)|"
    r"(?:rp|rupiah) (?:ribu|juta|miliar|milyar|triliun)"
)


@lru_cache(maxsize=5_000)
def measure(text: str) -> Measure:
    """Return the unit of measure that a text means, in one spelling: `% ` is persen.

    A text that is not known keeps its words, in small letters and without needless spaces. An empty text has the kind
    NONE and an empty name.
    """
    words = fold(_SIGNS.sub(" per ", text).replace("‰", "permil"))
    if not words:
        return Measure("", MeasureKind.NONE, 1.0, text)
    if words in _PERCENT:
        return Measure("persen", MeasureKind.PERCENT, 100.0, text)
    if rate := _PER.fullmatch(_spelled_out(words)):
        return _rate(rate, text)
    name = _SPELLINGS.get(words, _kept(text))
    if name == "per 1.000":
        return Measure(name, MeasureKind.RATE, 1_000.0, text)
    if _MONEY.fullmatch(words):
        return Measure(name.replace("milyar", "miliar").replace("trilyun", "triliun"), MeasureKind.MONEY, 1.0, text)
    if words in _POINTS:
        return Measure(name, MeasureKind.POINTS, 1.0, text)
    return Measure(name, MeasureKind.LEVEL if words in _LEVELS else MeasureKind.THING, 1.0, text)


def _spelled_out(words: str) -> str:
    return " ".join(_ABBREVIATED.get(word, word) for word in words.split())


def _kept(text: str) -> str:
    """Return an unknown unit of measure with its own marks (`ton/ha`), in small letters."""
    return re.sub(r"\s*/\s*", "/", plain(text)).casefold().strip(" .")


def _rate(found: re.Match[str], text: str) -> Measure:
    """Return a rate as `per 100.000 kelahiran hidup`, with what is counted before it when that was written."""
    base = int(re.sub(r"[^0-9]", "", found["base"]))
    dotted = f"{base:,}".replace(",", ".")
    thing = f"{found['thing']} " if found["thing"] else ""
    whole = f" {found['whole']}" if found["whole"] else ""
    return Measure(f"{thing}per {dotted}{whole}", MeasureKind.RATE, float(base), text)


def agree(one: Measure, other: Measure) -> bool:
    """Say whether two units of measure can mean the same; one that was not written agrees with any.

    `poin`, `nilai` and `indeks` are used for one another, so they agree too.
    """
    if MeasureKind.NONE in (one.kind, other.kind) or one.name == other.name:
        return True
    if one.kind is MeasureKind.RATE and other.kind is MeasureKind.RATE:
        return one.base == other.base and (one.name.endswith(other.name) or other.name.endswith(one.name))
    return one.kind is other.kind is MeasureKind.POINTS
