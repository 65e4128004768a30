"""Five workbooks as offices make them, built by code, each with the tidy rows that it must give, written by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from kpi.intake.sheets.names import KnownCodes
from kpi.model import Indicator, Polarity

Row = tuple[str, str, date, date, float | None, float | None]
"""unit_code, indicator_code, period_start, period_end, value, target"""


def _known(code: str, name: str, measure: str, polarity: Polarity | None, **more: object) -> Indicator:
    return Indicator("KEM", code, name, measure, polarity, **more)  # type: ignore[arg-type]  # keywords of Indicator


KNOWN = KnownCodes(
    units={
        "DINKES": "Dinas Kesehatan",
        "DISDIK": "Dinas Pendidikan",
        "BKAD": "Badan Keuangan dan Aset Daerah",
    },
    indicators={
        "AKI": _known("AKI", "Angka Kematian Ibu (AKI)", "per 100.000 kelahiran hidup", Polarity.MINIMIZE),
        "AKB": _known("AKB", "Angka Kematian Bayi (AKB)", "per 1.000 kelahiran hidup", Polarity.MINIMIZE),
        "STUNTING": _known("STUNTING", "Prevalensi Stunting", "persen", Polarity.MINIMIZE),
        "PHBS": _known("PHBS", "Persentase Rumah Tangga ber-PHBS", "persen", Polarity.MAXIMIZE),
        "APM_SD": _known("APM_SD", "Angka Partisipasi Murni SD", "persen", Polarity.MAXIMIZE),
        "RLS": _known("RLS", "Rata-rata Lama Sekolah", "tahun", Polarity.MAXIMIZE),
        "PAD": _known("PAD", "Pendapatan Asli Daerah", "rupiah", Polarity.MAXIMIZE),
        "SERAPAN": _known("SERAPAN", "Persentase Serapan Anggaran", "persen", Polarity.MAXIMIZE),
        "OPINI": _known("OPINI", "Opini BPK", "opini", Polarity.MAXIMIZE, ordinal_levels="WTP:4;WDP:3;TW:2;TMP:1"),
    },
)


@dataclass(frozen=True)
class Workbook:
    """A file and what it must give. `rows` in the order of the tidy table."""

    name: str
    content: bytes
    rows: list[Row]


def _made(draw: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    draw(book)
    book.close()
    return stream.getvalue()


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def merged_headers() -> Workbook:
    """Title rows, a header of two merged rows, column numbers, a section, history, notes and a signature below."""

    def draw(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Lampiran I")
        sheet.merge_range("A1:I1", "CAPAIAN INDIKATOR KINERJA UTAMA (IKU) RENSTRA 2021-2026")
        sheet.merge_range("A2:I2", "DINAS KESEHATAN KABUPATEN KEMUNING")
        sheet.merge_range("A3:I3", "TAHUN 2025")
        for area, text in (("A5:A6", "No."), ("B5:B6", "Indikator Kinerja"), ("C5:C6", "Satuan")):
            sheet.merge_range(area, text)
        sheet.merge_range("D5:E5", "Realisasi")
        sheet.merge_range("F5:H5", "Tahun 2025")
        sheet.merge_range("I5:I6", "Ket.")
        sheet.write_row("D6", [2023, 2024, "Target", "Realisasi", "Capaian (%)"])
        sheet.write_row("A7", ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8) = (7)/(6)", "(9)"])
        sheet.merge_range("A8:I8", "Sasaran 1: Meningkatnya derajat kesehatan masyarakat")
        sheet.write_row("A9", [1, "Angka Kematian Ibu (AKI)", "Per 100.000 KH", 103.36, 87.15, 84, 81.07])
        sheet.write_formula("H9", "=(2*F9-G9)/F9*100", None, 103.4881)
        sheet.write("I9", "Audit maternal 4 kali")
        sheet.write_row("A10", [2, "PREVALENSI  STUNTING", "% ", 21.6, 18.9, 14, 17.2, 77.14])
        sheet.write_row("A11", [3, "Persentase Rumah Tangga ber-PHBS", "persen ", "n/a", 64.1, 70, "Belum Rilis"])
        sheet.write("A12", "Rata-rata capaian")
        sheet.write("H12", 90.31)
        sheet.write("A14", "Sumber: Bidang Kesehatan Masyarakat")
        sheet.write("G16", "Kemuning, 12 Januari 2026")
        sheet.write("G17", "Kepala Dinas Kesehatan")

    rows: list[Row] = [
        ("DINKES", "AKI", *_year(2023), 103.36, None),
        ("DINKES", "AKI", *_year(2024), 87.15, None),
        ("DINKES", "AKI", *_year(2025), 81.07, 84.0),
        ("DINKES", "STUNTING", *_year(2023), 21.6, None),
        ("DINKES", "STUNTING", *_year(2024), 18.9, None),
        ("DINKES", "STUNTING", *_year(2025), 17.2, 14.0),
        ("DINKES", "PHBS", *_year(2024), 64.1, None),
        ("DINKES", "PHBS", *_year(2025), None, 70.0),
    ]
    return Workbook("iku-dinkes-2025.xlsx", _made(draw), rows)


def several_sheets() -> Workbook:
    """A sheet per unit, named after it; one of text alone, one empty, one hidden; bare years beside the year's own."""

    def draw(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Petunjuk").write("A1", "Isilah tiap lembar sesuai perangkat daerah.")
        head = ["No", "Indikator", "Satuan", 2023, 2024, "Target 2025", "Realisasi 2025", "Capaian (%)"]
        schools = book.add_worksheet("Dinas Pendidikan")
        schools.write_row("A2", head)
        schools.write_row("A3", [1, "Angka Partisipasi Murni SD", "Persen", 95.25, 95.31, 96, 95.61, 99.59])
        schools.write_row("A4", [2, "Rata-rata lama sekolah", "Tahun", 7.55, 7.56, 7.6, 7.58, 99.74])
        health = book.add_worksheet("dinas kesehatan")
        health.write_row("A2", head)
        health.write_row("A3", [1, "Angka Kematian Bayi (AKB)", "per 1000 kelahiran hidup", 9.8, 9.53, 9.2, 9.05])
        book.add_worksheet("Kosong")
        hidden = book.add_worksheet("lama")
        hidden.write_row("A1", ["Indikator", "Target 2020", "Realisasi 2020"])
        hidden.write_row("A2", ["Rata-rata Lama Sekolah", 7, 6.9])
        hidden.hide()

    rows: list[Row] = [
        ("DISDIK", "APM_SD", *_year(2023), 95.25, None),
        ("DISDIK", "APM_SD", *_year(2024), 95.31, None),
        ("DISDIK", "APM_SD", *_year(2025), 95.61, 96.0),
        ("DISDIK", "RLS", *_year(2023), 7.55, None),
        ("DISDIK", "RLS", *_year(2024), 7.56, None),
        ("DISDIK", "RLS", *_year(2025), 7.58, 7.6),
        ("DINKES", "AKB", *_year(2023), 9.8, None),
        ("DINKES", "AKB", *_year(2024), 9.53, None),
        ("DINKES", "AKB", *_year(2025), 9.05, 9.2),
    ]
    return Workbook("rekap-iku.xlsx", _made(draw), rows)


def months_as_text() -> Workbook:
    """Wide by month, Indonesian numbers typed as text, the unit after a label, months not yet there."""
    months = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des"]

    def draw(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Realisasi")
        sheet.write("A1", "REALISASI BULANAN TAHUN ANGGARAN 2025")
        sheet.write_row("A2", ["Unit Kerja", ":", "Badan Keuangan dan Aset Daerah"])
        sheet.write_row("A4", ["No", "Uraian Indikator", "Satuan", *months])
        absorbed = [
            "4,15",
            "9,8\u00a0%",
            "１５，２",
            "21,70",
            " 30,05 ",
            "38,4",
            "44,91",
            "52,0",
            "61,33",
            "-",
            "–",
            "",
        ]
        income = ["Rp 1.250.000", "Rp1.310.500,-", "1.298.750,50", "1 305 000,0", "1.401.000", "1.390.250,75"]
        income += ["1.500.000,00", "1.450.000,5", "1.475.250,25", "Belum Rilis", "n/a", "N/A"]
        sheet.write_row("A5", ["1", "Persentase Serapan Anggaran", "%", *absorbed])
        sheet.write_row("A6", ["2", "Pendapatan Asli Daerah", "Rp", *income])

    absorbed = [4.15, 9.8, 15.2, 21.7, 30.05, 38.4, 44.91, 52.0, 61.33]
    income = [1250000, 1310500, 1298750.5, 1305000, 1401000, 1390250.75, 1500000, 1450000.5, 1475250.25]
    ends = [31, 28, 31, 30, 31, 30, 31, 31, 30]
    spans = [(date(2025, month, 1), date(2025, month, end)) for month, end in enumerate(ends, start=1)]
    rows: list[Row] = [
        ("BKAD", code, *span, float(value), None)
        for code, values in (("SERAPAN", absorbed), ("PAD", income))
        for span, value in zip(spans, values, strict=True)
    ]
    return Workbook("bkad-bulanan.xlsx", _made(draw), rows)


def quarters_with_achievement() -> Workbook:
    """TW I–IV with target, realisation and an achievement of its own: capped, of another formula, of a wrong cell."""

    def draw(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("TW")
        sheet.write("A1", "PENGUKURAN KINERJA TRIWULANAN TAHUN 2025")
        sheet.write("A2", "Perangkat Daerah: Dinas Kesehatan")
        for area, text in (("A4:A5", "No"), ("B4:B5", "Indikator Kinerja Utama"), ("C4:C5", "Satuan")):
            sheet.merge_range(area, text)
        for number, quarter in enumerate(("TW I", "TW II", "TW III", "TW IV")):
            first = 3 + 3 * number
            sheet.merge_range(3, first, 3, first + 2, quarter)
            sheet.write_row(4, first, ["Target", "Realisasi", "Capaian"])
        percent = book.add_format({"num_format": "0.00%"})
        sheet.write_row("A6", [1, "Persentase Rumah Tangga ber-PHBS", "Persen"])
        for column, target, value, shown in ((3, 50, 45, 0.9), (6, 55, 66, 1.2), (9, 60, 78, 1.2)):
            sheet.write_row(5, column, [target, value])
            sheet.write_formula(5, column + 2, "=MIN(E6/D6,1.2)", percent, shown)
        sheet.write("M6", 65)
        sheet.write_row("A7", [2, "Prevalensi Stunting", "Persen"])
        for column, target, value, shown in ((3, 18, 20, 0.9), (6, 17, 20, 0.85), (9, 16, 20, 0.85)):
            sheet.write_row(6, column, [target, value])
            sheet.write_formula(6, column + 2, "=D7/E7", percent, shown)
        sheet.write("M7", "80-90 %")

    spans = [
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 12, 31)),
    ]
    numbers = {
        "PHBS": [(45.0, 50.0), (66.0, 55.0), (78.0, 60.0), (None, 65.0)],
        "STUNTING": [(20.0, 18.0), (20.0, 17.0), (20.0, 16.0), (None, 80.0)],
    }
    rows: list[Row] = [
        ("DINKES", code, *span, value, target)
        for code, pairs in numbers.items()
        for span, (value, target) in zip(spans, pairs, strict=True)
    ]
    return Workbook("tw-dinkes.xlsx", _made(draw), rows)


def tidy_semicolon() -> Workbook:
    """A tidy CSV from an Indonesian Excel: semicolons, Windows-1252, decimal commas, columns with their own names."""
    lines = [
        "Kode OPD;Nama OPD;Kode Indikator;Nama Indikator;Satuan;Polarisasi;Tahun;Triwulan;Target;Realisasi;Keterangan",
        "DISDIK;Dinas Pendidikan;APM_SD;Angka Partisipasi Murni SD;Persen;maksimal;2025;I;95,5;94,25;data sementara",
        "DISDIK;Dinas Pendidikan;APM_SD;Angka Partisipasi Murni SD;Persen;maksimal;2025;TW II;95,5;95,00;",
        "DISDIK;Dinas Pendidikan;APM_SD;Angka Partisipasi Murni SD;Persen;maksimal;2025;3;96;-;belum rilis",
        "BKAD;;;Pendapatan Asli Daerah;Rupiah;positif;2025;1;24.738,28;10.274.076;",
        "BKAD;;OPINI;Opini BPK;;;2025;4;WTP;WDP;caf\xe9",
    ]
    quarter = [
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 12, 31)),
    ]
    rows: list[Row] = [
        ("DISDIK", "APM_SD", *quarter[0], 94.25, 95.5),
        ("DISDIK", "APM_SD", *quarter[1], 95.0, 95.5),
        ("DISDIK", "APM_SD", *quarter[2], None, 96.0),
        ("BKAD", "PAD", *quarter[0], 10274076.0, 24738.28),
        ("BKAD", "OPINI", *quarter[3], 3.0, 4.0),
    ]
    return Workbook("rapi.csv", "\r\n".join(lines).encode("cp1252"), rows)


ALL = (merged_headers, several_sheets, months_as_text, quarters_with_achievement, tidy_semicolon)
