"""What a column's header says that it holds: role and period; strict: `Realisasi Anggaran` is no `Realisasi`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kpi.intake.messages import mark
from kpi.intake.sheets.periods import PeriodWords, period_words
from kpi.intake.sheets.words import fold


class Role(StrEnum):
    """What a column holds. The names are those that a mapping writes."""

    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    INDICATOR_CODE = "indicator_code"
    INDICATOR_NAME = "indicator_name"
    UNIT_OF_MEASURE = "unit_of_measure"
    POLARITY = "polarity"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    PERIOD = "period"
    YEAR = "year"
    VALUE = "value"
    TARGET = "target"
    TARGET_HIGH = "target_high"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    ACHIEVEMENT = "achievement"
    SERIES = "series"  # a period alone for a header: the value found in that period
    NOTE = "note"
    ROW_NUMBER = "row_number"
    IGNORED = "ignored"  # understood, and of no use here: weight, formula, source of data
    CAPAIAN = "capaian"  # the word alone can mean the value or its share of the target
    UNKNOWN = "unknown"
    MULTIPLIER = "multiplier"
    VERIFICATION = "verification"
    WEIGHT = "weight"
    PARENT_CODE = "parent_code"
    AGGREGATION_OVER_PERIODS = "aggregation_over_periods"
    AGGREGATION_OVER_UNITS = "aggregation_over_units"
    EVERY_YEARS = "every_years"
    ORGANISATION_CODE = "organisation_code"


FIGURES: Final = frozenset(
    {Role.VALUE, Role.TARGET, Role.TARGET_HIGH, Role.NUMERATOR, Role.DENOMINATOR, Role.ACHIEVEMENT, Role.SERIES}
)
"""Roles whose cells are numbers of a period."""
OF_TIDY_FILES: Final = frozenset(
    {
        Role.MULTIPLIER,
        Role.VERIFICATION,
        Role.WEIGHT,
        Role.PARENT_CODE,
        Role.AGGREGATION_OVER_PERIODS,
        Role.AGGREGATION_OVER_UNITS,
        Role.EVERY_YEARS,
        Role.ORGANISATION_CODE,
    }
)
"""Roles that only a column of the tidy contract has: a table of an office's own can't be given them by a mapping."""

ROLE_WORDS: Final[dict[Role, str]] = {
    Role.UNIT_CODE: mark("unit_code"),
    Role.UNIT_NAME: mark("unit_name"),
    Role.INDICATOR_CODE: mark("indicator_code"),
    Role.INDICATOR_NAME: mark("indicator_name"),
    Role.UNIT_OF_MEASURE: mark("unit_of_measure"),
    Role.POLARITY: mark("polarity"),
    Role.PERIOD: mark("period"),
    Role.YEAR: mark("year"),
    Role.NOTE: mark("note"),
    Role.VALUE: mark("value"),
    Role.TARGET: mark("target"),
    Role.TARGET_HIGH: mark("target_high"),
    Role.NUMERATOR: mark("numerator"),
    Role.DENOMINATOR: mark("denominator"),
    Role.ACHIEVEMENT: mark("achievement"),
    Role.SERIES: mark("series"),
}
"""What a role is called in a sentence; in English as a mapping writes it."""

_PHRASES: Final[dict[Role, tuple[str, ...]]] = {
    Role.UNIT_CODE: (
        r"unit code",
        r"kode (?:unit|unit kerja|opd|skpd|perangkat daerah|puskesmas|kecamatan|satker|instansi)",
    ),
    Role.UNIT_NAME: (
        r"unit name",
        r"(?:nama )?(?:unit|unit kerja|unit organisasi|opd|skpd|perangkat daerah|puskesmas|kecamatan|instansi|satker)",
        r"(?:nama )?(?:satuan kerja|dinas|dinas badan|upt|uptd|kelurahan|desa|sekolah)",
        r"bidang urusan|opd penanggung jawab",
    ),
    Role.INDICATOR_CODE: (r"indicator code|kode(?: indikator| iku| ikk| ik)?|id indikator",),
    Role.INDICATOR_NAME: (
        r"indicator(?: name)?|iku|ikk|nama iku|uraian",
        r"(?:nama |uraian )?indikator(?: kinerja)?(?: utama| kunci| program| kegiatan| sasaran| tujuan)?"
        r"(?: iku| ikk| ik)?(?: program| sasaran| strategis)?",
    ),
    Role.UNIT_OF_MEASURE: (r"unit of measure|satuan(?: pengukuran| indikator| ukuran| target)?|unit pengukuran",),
    Role.POLARITY: (r"polarity|polaritas|polarisasi|arah(?: indikator)?|direction|sifat(?: indikator)?",),
    Role.PERIOD_START: (r"period start|awal periode|mulai|tanggal (?:mulai|awal)|periode (?:mulai|awal)",),
    Role.PERIOD_END: (r"period end|akhir periode|selesai|tanggal (?:selesai|akhir)|periode (?:selesai|akhir)",),
    Role.PERIOD: (r"period|periode(?: pelaporan)?|bulan|triwulan|tw|semester|smt|quarter|month|kuartal",),
    Role.YEAR: (r"year|tahun(?: anggaran)?|thn|th|ta",),
    Role.TARGET_HIGH: (r"target high|target (?:atas|tertinggi|maksimal|maksimum)|batas atas(?: target)?",),
    Role.TARGET: (
        r"target(?: kinerja| indikator| iku| tahunan| capaian| awal| bawah| pk| perjanjian kinerja| renstra| rpjmd)?",
        r"rencana|goal",
    ),
    Role.ACHIEVEMENT: (
        r"(?:%|persen|persentase|prosentase|tingkat|rasio)(?: tingkat)? (?:capaian|realisasi|ketercapaian|pencapaian)"
        r"(?: kinerja| target| iku| terhadap target)*(?: %)?",
        r"(?:tingkat )?(?:capaian|pencapaian|ketercapaian)(?: kinerja| target| iku)? (?:%|persen|dalam %)",
        r"realisasi terhadap target(?: %)?|%|persen|persentase|achievement(?: percent| %)?",
    ),
    Role.CAPAIAN: (r"(?:capaian|pencapaian)(?: kinerja| target| indikator| iku)?|realisasi (?:%|persen)",),
    Role.VALUE: (
        r"value|realisasi(?: kinerja| indikator| iku| capaian| fisik| target)?|capaian realisasi",
        r"hasil(?: pengukuran)?|nilai|actual|aktual",
    ),
    Role.NUMERATOR: (r"numerator|pembilang|jumlah pembilang",),
    Role.DENOMINATOR: (r"denominator|penyebut|jumlah penyebut",),
    Role.NOTE: (r"note|notes|keterangan|ket|catatan|penjelasan|analisis",),
    Role.ROW_NUMBER: (r"no|nomor|nomer|no urut|#|nr",),
    Role.IGNORED: (
        r"tujuan|sasaran(?: strategis| program| kegiatan)?|program(?: kegiatan)?|kegiatan|sub kegiatan|misi|perspektif",
        r"bobot(?: %)?|formula|formulasi|rumus|cara perhitungan|formulasi perhitungan|definisi(?: operasional)?",
        r"sumber(?: data)?|penanggung jawab|pic|predikat|kategori|status|kriteria|peringkat|notifikasi|tipe",
        r"kondisi awal|baseline|(?:target )?akhir (?:renstra|rpjmd)|jenis indikator|tindak lanjut|rekomendasi",
        r"faktor (?:pendorong|penghambat)|multiplier|verification|weight|parent code",
        r"aggregation over (?:periods|units)",
    ),
}
_COMPILED: Final = {role: re.compile("|".join(patterns)) for role, patterns in _PHRASES.items()}
_FILLERS: Final = re.compile(r"\b(?:kinerja indikator|tahun berjalan|data)\b")


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What one header says, read strictly: words that are not understood make the role UNKNOWN."""

    role: Role
    period: PeriodWords | None
    text: str

    @property
    def is_known(self) -> bool:
        """The header was understood."""
        return self.role is not Role.UNKNOWN


@lru_cache(maxsize=5_000)
def header_words(path: tuple[str, ...]) -> HeaderWords:
    """Read a header, given as its texts from the top row to the bottom one (`("Target", "TW I")`)."""
    parts = tuple(part for position, part in enumerate(path) if fold(part) and part not in path[:position])
    text = " / ".join(" ".join(part.split()) for part in parts)
    period, rest = period_words(" ".join(parts))
    rest = " ".join(_FILLERS.sub(" ", rest).split())
    alone = fold(" ".join(parts))
    if period is None:
        return HeaderWords(role_of(alone), None, text)
    if not rest:
        return HeaderWords(Role.SERIES, period, text)
    role = role_of(rest)
    return HeaderWords(role if role in FIGURES | {Role.CAPAIAN} else Role.UNKNOWN, period, text)


def role_of(words: str) -> Role:
    """Return the role that folded words name in full; a word said twice (by two header rows) counts once."""
    said = list(dict.fromkeys(words.split()))
    for candidate in (words, " ".join(said)):
        for role, pattern in _COMPILED.items():
            if pattern.fullmatch(candidate):
                return role
    return Role.UNKNOWN
