"""The words by which headers and titles name periods: months, Triwulan, Semester, years; knows no column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from kpi.intake.sheets.cells import CellValue, as_text
from kpi.intake.sheets.words import fold
from kpi.periods import Grain, Period

_MONTHS: Final = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agt agu ags aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
MONTH_NUMBER: Final = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH: Final = re.compile(
    rf"\b(?:bulan )?({'|'.join(sorted(MONTH_NUMBER, key=len, reverse=True))})(?: ?(\d\d)(?!\d))?\b"
)
_MONTH_NUMBER: Final = re.compile(r"\b(?:bulan|bln|b) ?(?:ke ?)?(1[0-2]|0?[1-9])\b")
_QUARTER: Final = re.compile(
    r"\b(?:triwulan|triwulanan|triw|trw|tw|tri wulan|kuartal|kwartal|quarter|q) ?(?:ke ?)?(iv|iii|ii|i|[1-4])\b"
)
_SEMESTER: Final = re.compile(r"\b(?:semester|smtr|smstr|smt|sem|sm|s(?=[12]\b)) ?(?:ke ?)?(ii|i|[12])\b")
_ISO_MONTH: Final = re.compile(r"\b((?:19|20)\d\d) (0[1-9]|1[0-2])(?: 01)?\b")
_YEAR: Final = re.compile(r"\b((?:19[5-9]|20[0-9])\d)\b")
_TO_DATE: Final = re.compile(r"\b(?:s d|sd|sampai dengan|sampai|hingga|kumulatif|ytd|to date)\b")
_AROUND: Final = re.compile(
    r"\b(?:tahun anggaran|tahun|thn|th|ta|t a|bulan|bln|periode|posisi|pada|keadaan|per(?= ?$))\b"
)


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """A period as a header names it. `year` None = the header does not say; `number` counts inside the year.

    `is_to_date`: the header says that its figures run from the start of the year (`s.d. TW II`).
    """

    grain: Grain
    number: int
    year: int | None
    is_to_date: bool = False

    def period(self, year: int, year_starts_in: int = 1) -> Period:
        """Return the period, in the header's own year or else in `year` (a year of the organisation)."""
        named = self.year or year
        if self.grain is Grain.MONTH:
            is_before = self.year is None and year_starts_in > 1 and self.number >= year_starts_in
            return Period.parse(f"{named - is_before:04d}-{self.number:02d}", year_starts_in)
        suffix = {Grain.QUARTER: f"-Q{self.number}", Grain.SEMESTER: f"-S{self.number}"}.get(self.grain, "")
        return Period.parse(f"{named:04d}{suffix}", year_starts_in)

    @property
    def code(self) -> str:
        """How a mapping writes it: `2025-Q1`, or `Q1`, `S2`, `M09`, `year` where the year is stated elsewhere."""
        part = {Grain.MONTH: f"M{self.number:02d}", Grain.QUARTER: f"Q{self.number}", Grain.SEMESTER: f"S{self.number}"}
        if self.year is None:
            return part.get(self.grain, "year")
        return f"{self.year}-{part[self.grain]}" if self.grain in part else f"{self.year}"

    @classmethod
    def parse(cls, code: str) -> PeriodWords | None:
        """Read what `code` writes, and `2025-09`; None when it is none of them."""
        found = re.fullmatch(r"(?:(\d{4})(?:-|$))?(?:M?(\d\d)|Q([1-4])|S([12])|year)?", code)
        if found is None or not code:
            return None
        year = int(found[1]) if found[1] else None
        if found[2]:
            return cls(Grain.MONTH, int(found[2]), year) if 1 <= int(found[2]) <= 12 else None
        if found[3]:
            return cls(Grain.QUARTER, int(found[3]), year)
        return cls(Grain.SEMESTER, int(found[4]), year) if found[4] else cls(Grain.YEAR, 1, year)


@lru_cache(maxsize=5_000)
def period_words(text: str) -> tuple[PeriodWords | None, str]:
    """Find the one period that a header names, and return it with the folded words that are left.

    None where none or more than one is named: `2021–2026` and `Jan – Mar` are spans, not periods.
    """
    words = fold(text)
    to_date = _TO_DATE.search(words)
    if to_date:
        words = _TO_DATE.sub(" ", words)
    iso = _ISO_MONTH.search(words)
    if iso:
        rest = words[: iso.start()] + words[iso.end() :]
        return PeriodWords(Grain.MONTH, int(iso[2]), int(iso[1]), bool(to_date)), _rest(rest)
    part, rest = _part_of_year(words)
    years = _YEAR.findall(rest)
    is_span = part is not None and _part_of_year(rest)[0] is not None
    if is_span or len(set(years)) > 1 or (part is None and not years):
        return None, _rest(words)
    rest = _YEAR.sub(" ", rest)
    grain, number, year = part or (Grain.YEAR, 1, None)
    named = int(years[0]) if years else year
    return PeriodWords(grain, number, named, bool(to_date)), _rest(rest)


def _part_of_year(words: str) -> tuple[tuple[Grain, int, int | None] | None, str]:
    """Find a quarter, semester or month; return it and the words without it."""
    for grain, pattern in ((Grain.QUARTER, _QUARTER), (Grain.SEMESTER, _SEMESTER)):
        if found := pattern.search(words):
            number = _ROMAN.get(found[1]) or int(found[1])
            return (grain, number, None), f"{words[: found.start()]} {words[found.end() :]}"
    if found := _MONTH.search(words):
        year = 2000 + int(found[2]) if found[2] else None
        return (Grain.MONTH, MONTH_NUMBER[found[1]], year), f"{words[: found.start()]} {words[found.end() :]}"
    if found := _MONTH_NUMBER.search(words):
        return (Grain.MONTH, int(found[1]), None), f"{words[: found.start()]} {words[found.end() :]}"
    return None, words


def _rest(words: str) -> str:
    return " ".join(_AROUND.sub(" ", words).split())


def header_text(value: CellValue) -> str:
    """Return a header cell as text; a typed date is the month in which it lies."""
    if isinstance(value, datetime | date):
        return f"{value.year:04d}-{value.month:02d}"
    return as_text(value)


_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_LOCAL_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORD_DATE: Final = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")


def dates_read(value: CellValue) -> tuple[date, ...]:
    """Return the dates that a cell can mean: none, one, or two (day first, then month first)."""
    if isinstance(value, datetime):
        return (value.date(),)
    if isinstance(value, date):
        return (value,)
    text = as_text(value).strip()
    if iso := _ISO_DATE.fullmatch(text):
        return _valid((int(iso[1]), int(iso[2]), int(iso[3])))
    if local := _LOCAL_DATE.fullmatch(text):
        first, second, year = int(local[1]), int(local[2]), int(local[3])
        return _valid((year, second, first), (year, first, second))
    if (word := _WORD_DATE.fullmatch(fold(text))) and word[2] in MONTH_NUMBER:
        return _valid((int(word[3]), MONTH_NUMBER[word[2]], int(word[1])))
    return ()


def _valid(*parts: tuple[int, int, int]) -> tuple[date, ...]:
    """Return those that are dates, each once."""
    found: list[date] = []
    for year, month, day in parts:
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate not in found:
            found.append(candidate)
    return tuple(found)
