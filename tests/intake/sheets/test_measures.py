"""Units of measure, against the 376 that officers of Kota Bandung typed."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from kpi.intake.sheets.measures import MeasureKind, agree, measure


def test_all_units_of_the_bandung_catalogue_are_brought_to_one_spelling(shared_data):
    path = shared_data / "data" / "real" / "rkpd-kota-bandung-indikator" / "indikator.csv"
    with path.open(encoding="utf-8", newline="") as file:
        found = [measure(row["Satuan"]) for row in csv.DictReader(file)]

    assert len(found) == 376
    assert Counter(one.name for one in found) == {
        "persen": 261, "poin": 57, "nilai": 24, "indeks": 7, "rasio": 4, "angka": 4, "orang": 2, "kategori": 2,
        "predikat": 2, "unit": 1, "": 1, "per 100.000 kelahiran hidup": 1, "per 1.000 kelahiran hidup": 1, "dokumen": 1,
        "keluarga": 1, "peringkat": 1, "kelurahan": 1, "triliun rupiah": 1, "ton/ha": 1, "ton": 1, "rupiah": 1,
        "level": 1,
    }  # fmt: skip
    assert Counter(one.kind for one in found)[MeasureKind.PERCENT] == 261


@pytest.mark.parametrize("text", ["persen ", "Persen", "%", "% ", "Persentase", "PERSEN", "prosentase", "persen (%)"])
def test_percent_is_one_unit_however_it_is_spelled(text):
    assert measure(text).name == "persen"
    assert measure(text).base == 100.0


@pytest.mark.parametrize(
    ("text", "name", "base"),
    [
        ("per 100.000 KH", "per 100.000 kelahiran hidup", 100_000),
        ("Per 1000 kelahiran hidup", "per 1.000 kelahiran hidup", 1_000),
        ("/1000 KH", "per 1.000 kelahiran hidup", 1_000),
        ("kasus per 100,000 penduduk", "kasus per 100.000 penduduk", 100_000),
        ("‰", "per 1.000", 1_000),
    ],
)
def test_a_rate_keeps_its_base(text, name, base):
    assert (measure(text).name, measure(text).base) == (name, base)


def test_other_bases_do_not_agree_and_points_do():
    assert not agree(measure("per 1000 KH"), measure("per 100.000 KH"))
    assert not agree(measure("persen"), measure("orang"))
    assert agree(measure("per 100.000 KH"), measure("kasus per 100.000 kelahiran hidup"))
    assert agree(measure("nilai"), measure("Poin"))
    assert agree(measure(""), measure("orang"))
