"""The words of headers and titles for periods."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.intake.sheets.headers import Role, header_words
from kpi.intake.sheets.periods import PeriodWords, dates_read, period_words
from kpi.periods import Grain


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("Target 2025", "2025", "target"),
        ("Realisasi Tahun 2024", "2024", "realisasi"),
        ("TW IV", "Q4", ""),
        ("Triwulan 1", "Q1", ""),
        ("Q3 2025", "2025-Q3", ""),
        ("Smt. II", "S2", ""),
        ("Semester 1 Tahun 2025", "2025-S1", ""),
        ("Peb", "M02", ""),
        ("Agt", "M08", ""),
        ("Nopember", "M11", ""),
        ("Jan-25", "2025-M01", ""),
        ("2025-09", "2025-M09", ""),
        ("Bulan 12", "M12", ""),
    ],
)
def test_period_words_are_found_and_the_rest_is_left(text, code, rest):
    words, left = period_words(text)
    assert words is not None
    assert (words.code, left) == (code, rest)
    assert PeriodWords.parse(words.code) == words


@pytest.mark.parametrize("text", ["2021-2026", "Januari - September 2025", "Satuan", "Target Renstra 2021 s.d. 2026"])
def test_a_span_or_nothing_is_no_period(text):
    assert period_words(text)[0] is None


def test_figures_from_the_start_of_the_year_are_marked():
    words, _ = period_words("s.d. TW II")
    assert words is not None
    assert words.is_to_date


def test_months_count_inside_the_organisations_year():
    october = PeriodWords(Grain.MONTH, 10, None)
    assert october.period(2023, year_starts_in=7).start == date(2022, 10, 1)
    assert october.period(2023).start == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("path", "role", "code"),
    [
        (("Realisasi Triwulan", "I"), Role.VALUE, "Q1"),
        (("Tahun 2025", "Triwulan II", "Target"), Role.TARGET, "2025-Q2"),
        (("Capaian (%)",), Role.ACHIEVEMENT, None),
        (("2023",), Role.SERIES, "2023"),
        (("Realisasi Anggaran",), Role.UNKNOWN, None),
        (("Pagu 2025",), Role.UNKNOWN, "2025"),
        (("Indikator Kinerja Utama (IKU)",), Role.INDICATOR_NAME, None),
        (("Satuan",), Role.UNIT_OF_MEASURE, None),
        (("No.",), Role.ROW_NUMBER, None),
    ],
)
def test_headers_are_read_strictly(path, role, code):
    words = header_words(path)
    assert (words.role, words.period.code if words.period else None) == (role, code)


def test_a_date_that_reads_in_two_ways_has_two_readings():
    assert dates_read("05/04/2025") == (date(2025, 4, 5), date(2025, 5, 4))
    assert dates_read("31/12/2025") == (date(2025, 12, 31),)
    assert dates_read("31 Desember 2025") == (date(2025, 12, 31),)
    assert dates_read("2025-12-31") == (date(2025, 12, 31),)
    assert dates_read("31 Februari 2025") == ()
