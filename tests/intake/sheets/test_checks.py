"""Checks before figures are handed on: what refuses, what only warns."""

from __future__ import annotations

from kpi.intake.sheets.findings import Severity
from kpi.intake.sheets.names import KnownCodes
from kpi.intake.sheets.understanding import UnderstandOptions, Understood, understand
from kpi.model import Indicator, Polarity

UNITS = {"DINKES": "Dinas Kesehatan"}


def known(**definition: object) -> KnownCodes:
    indicator = Indicator("KEM", "X", "Ukuran X", polarity=Polarity.MAXIMIZE, **definition)  # type: ignore[arg-type]  # keywords
    return KnownCodes(UNITS, {"X": indicator})


def read(text: str, codes: KnownCodes | None = None, **options: object) -> Understood:
    said = UnderstandOptions(unit="DINKES", year=2025, **options)  # type: ignore[arg-type]  # keywords of UnderstandOptions
    return understand(text.encode(), codes or known(), said)


def found(understood: Understood, severity: Severity) -> list[tuple[str | None, str]]:
    return [(one.cell, one.message) for one in understood.findings if one.severity is severity]


def test_a_value_outside_the_possible_range_is_refused():
    understood = read("Indikator;Realisasi\nX;101,5\n", known(unit_of_measure="persen", highest_possible=100.0))
    assert ("B2", "101.5 is outside what is possible for Ukuran X (any to 100).") in found(understood, Severity.ERROR)
    assert not read("Indikator;Realisasi\nX;100\n", known(highest_possible=100.0)).is_refused


def test_a_share_above_100_percent_is_doubted_but_a_gross_rate_is_not():
    doubted = read("Indikator;Satuan;Realisasi\nX;persen;101,5\n")
    assert [cell for cell, _ in found(doubted, Severity.WARNING)] == ["C2"]
    gross = KnownCodes(UNITS, {"APK": Indicator("KEM", "APK", "Angka Partisipasi Kasar", polarity=Polarity.MAXIMIZE)})
    assert not found(read("Indikator;Satuan;Realisasi\nAPK;persen;101,5\n", gross), Severity.WARNING)


def test_a_numerator_above_its_denominator_is_refused_in_a_share():
    text = "Indikator;Satuan;Pembilang;Penyebut\nX;{measure};12;10\n"
    assert found(read(text.format(measure="persen")), Severity.ERROR)[0][0] == "C2"
    assert not read(text.format(measure="per 1.000 KH")).is_refused
    assert "denominator is 0" in found(read("Indikator;Pembilang;Penyebut\nX;1;0\n"), Severity.ERROR)[0][1]


def test_a_changed_unit_of_measure_is_refused():
    understood = read("Indikator;Satuan;Realisasi\nX;orang;12\n", known(unit_of_measure="persen"))
    assert "is in 'orang' here, but in 'persen' by its definition" in found(understood, Severity.ERROR)[0][1]
    inside = read("Indikator;Satuan;Tahun;Realisasi\nX;orang;2024;12\nX;persen;2025;12\n")
    assert "further up" in found(inside, Severity.ERROR)[0][1]


def test_a_value_without_the_target_its_table_has_room_for_is_a_warning():
    understood = read("Indikator;2024;Target 2025;Realisasi 2025\nX;5;;7\nY;5;6;7\n", create=True)
    assert ("D2", "Ukuran X has a value for 2025, but no target.") in found(understood, Severity.WARNING)
    assert not found(read("Indikator;Target 2025;Realisasi 2025\nX;;7\n"), Severity.WARNING)


def test_a_word_becomes_its_declared_level_or_is_left_out_in_words():
    levels = read("Indikator;Realisasi\nX;wtp\n", known(ordinal_levels="WTP:4;WDP:3"))
    assert levels.table["value"].to_pylist() == [4.0]
    without = read("Indikator;Target;Realisasi\nX;5;WTP\n")
    assert without.table["value"].to_pylist() == [None]
    assert "'WTP' is a word" in found(without, Severity.WARNING)[0][1]


def test_a_target_range_has_two_ends_and_a_reversed_one_is_refused():
    table = read("Indikator;Target;Realisasi\nX;80-90;85\n").table
    assert (table["target"].to_pylist(), table["target_high"].to_pylist()) == ([80.0], [90.0])
    assert read("Indikator;Target;Batas atas target\nX;80;70\n").is_refused
    assert "only a target can be" in found(read("Indikator;Target;Realisasi\nX;5;80-90\n"), Severity.ERROR)[0][1]
