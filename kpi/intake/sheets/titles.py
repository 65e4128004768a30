"""What stands above a table and in the sheet's name: year, period and unit; knows no column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Sheet, address
from kpi.intake.sheets.names import Catalogue
from kpi.intake.sheets.periods import PeriodWords, header_text, period_words
from kpi.intake.sheets.words import fold, plain
from kpi.periods import Grain

_YEAR_SAID: Final = re.compile(r"\b(?:tahun anggaran|tahun|ta|t a|year) ((?:19|20)\d\d)\b(?! (?:19|20)\d\d)")
_YEAR: Final = re.compile(r"\b((?:19|20)\d\d)\b")
_LABEL: Final = re.compile(
    r"(?:nama )?(?:unit kerja|unit organisasi|unit|opd|skpd|perangkat daerah|instansi|satuan kerja|satker|puskesmas)"
)
_PLAIN_NAME: Final = re.compile(
    r"(?:csv|parquet|sheet|lembar|lembar kerja|tabel|table|data|rekap|rekapitulasi|iku|ikk|indikator|kinerja|capaian|"
    r"realisasi|target|laporan|form|formulir|tw|triwulan|q|semester|bulan|i|ii|iii|iv| |\d)*"
)


_TITLE_SAYS: Final = (mark("the title rows say {year}"), mark("the title rows say several years"))
_NAME_SAYS: Final = (mark("the sheet's name says {year}"), mark("the sheet's name says several years"))


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a sheet says outside its table, with the place where it says so (a cell, or the sheet's name)."""

    text: str
    cell: str | None
    why: Message


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What title rows and the sheet's name say. `period` is finer than a year; None = not said, or said in two ways."""

    year: int | None = None
    year_why: Message | None = None
    period: PeriodWords | None = None
    unit: Said | None = None
    is_about_targets: bool = False


def title_facts(sheet: Sheet, header_row: int, units: Catalogue) -> TitleFacts:
    """Read the rows above `header_row` (from 0) and the sheet's name."""
    lines = [(row, [header_text(value) for _, value in sheet.filled(row)]) for row in range(min(header_row, 40))]
    texts = [" ".join(words) for _, words in lines if words]
    year, why = _year(texts, sheet.name)
    words = fold(" ".join([*texts, sheet.name]))
    return TitleFacts(
        year,
        why,
        _period([*texts, sheet.name]),
        _unit(sheet, min(header_row, 40), units),
        "target" in words.split() and "realisasi" not in words.split() and "capaian" not in words.split(),
    )


def _year(texts: list[str], sheet_name: str) -> tuple[int | None, Message | None]:
    """Return the one year that the titles name (`Tahun 2025` first), else the one in the sheet's name."""
    for places, words in ((texts, _TITLE_SAYS), ([sheet_name], _NAME_SAYS)):
        folded = [fold(text) for text in places]
        said = {year for text in folded for year in _YEAR_SAID.findall(text)}
        single = {years[0] for text in folded if len(set(years := _YEAR.findall(text))) == 1}
        for years in (said, single):
            if len(years) == 1:
                year = int(next(iter(years)))
                return year, Message(words[0], {"year": year})
            if len(years) > 1:
                return None, Message(words[1])
    return None, None


def _period(texts: list[str]) -> PeriodWords | None:
    """Return the one quarter, semester or month that titles name."""
    found = {words for text in texts if (words := period_words(text)[0]) and words.grain is not Grain.YEAR}
    parts = {(words.grain, words.number) for words in found}
    return max(found, key=lambda words: (words.is_to_date, words.year or 0)) if len(parts) == 1 else None


def _unit(sheet: Sheet, rows: int, units: Catalogue) -> Said | None:
    """Find the unit: after a label (`Unit Kerja :`), as a whole title cell, inside one, then as the sheet's name."""
    for row in range(rows):
        filled = [(column, header_text(value)) for column, value in sheet.filled(row)]
        for position, (column, text) in enumerate(filled):
            label, colon, rest = plain(text).partition(":")
            if _LABEL.fullmatch(fold(label)) and (colon or position + 1 < len(filled)):
                where, name = (column, rest) if fold(rest) else _next(filled, position)
                if fold(name):
                    why = Message(mark("the title row says '{label}'"), {"label": plain(label)})
                    return Said(plain(name).lstrip(": "), address(row, where), why)
    for row in range(rows):
        for column, value in sheet.filled(row):
            text = header_text(value)
            code = units.match(text).code or units.found_in(text)
            if code is not None:
                why = Message(mark("the title '{title}' names it"), {"title": plain(text)[:60]})
                return Said(code, address(row, column), why)
    if units.match(sheet.name).code is not None or _is_a_name(sheet.name):
        return Said(sheet.name, None, Message(mark("the sheet bears its name")))
    return None


def _next(filled: list[tuple[int, str]], position: int) -> tuple[int, str]:
    """Return the cell to the right of a label, past one that is only a colon."""
    after = [(column, text) for column, text in filled[position + 1 :] if fold(text)]
    return after[0] if after else (0, "")


def _is_a_name(sheet_name: str) -> bool:
    """Say whether a sheet's name could be that of a unit: not `Sheet1`, `Rekap`, `2025`, `TW I`."""
    words, rest = fold(sheet_name), period_words(sheet_name)[1]
    return bool(words) and not _PLAIN_NAME.fullmatch(words) and not _PLAIN_NAME.fullmatch(rest)
