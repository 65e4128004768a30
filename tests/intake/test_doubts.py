"""Checks of figures beside the record: what can't be refuses, what looks wrong is kept as a warning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi.access import LOCAL
from kpi.intake import ImportOptions, import_files
from kpi.periods import Grain, Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Record
from kpi.store.snapshot import Snapshot

HEAD = "unit_code,indicator_code,indicator_name,unit_of_measure,period_start,period_end,value,target"
PARTS = f"{HEAD},numerator,denominator,multiplier"
YEAR = "2024-01-01,2024-12-31"
NEXT = "2025-01-01,2025-12-31"


def month(number: int, year: int = 2024) -> str:
    period = Period.containing(date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1), Grain.MONTH)
    return f"{period.start},{period.end}"


def said(report) -> list[str]:
    return [warning.message for warning in report.warnings]


def define(store, **definition):
    """Give indicator I a definition."""
    with Record.opened(store, writing=True) as record:
        known = record.definitions("KMN")
        changed = replace(known.indicators["I"], **definition)
        record.append(BatchHeader("KMN"), replace(known, indicators={"I": changed}), FIGURES.empty_table())


def test_a_figure_outside_the_declared_range_is_refused(imported, store):
    imported(HEAD, f"A,I,Ukuran,poin,{YEAR},5,")
    define(store, lowest_possible=0.0, highest_possible=10.0)

    assert imported(HEAD, f"A,I,Ukuran,poin,{NEXT},10,10").accepted == 1
    report = imported(HEAD, f"A,I,Ukuran,poin,{NEXT},10.5,-1")
    assert [(error.column, error.cell) for error in report.errors] == [("value", "G2"), ("target", "H2")]
    assert "10.5 is outside what is possible for Ukuran (0 to 10)" in report.errors[0].message


def test_a_share_outside_0_to_100_is_doubted_unless_its_name_says_growth(imported):
    report = imported(HEAD, f"A,I,Persentase layanan,persen,{YEAR},101,", f"A,J,Laju pertumbuhan,persen,{YEAR},-3,")

    assert (report.accepted, len(report.warnings)) == (2, 1)
    assert report.warnings[0].cell == "G2"
    assert "101 percent" in said(report)[0]


def test_an_indicator_that_is_no_share_after_all_is_doubted_once(imported):
    rows = [f"U{n},I,Sex Ratio,persen,{YEAR},{95 + n}," for n in range(30)]

    assert [finding.line for finding in imported(HEAD, *rows).warnings] == [8]


def test_a_numerator_above_its_denominator_is_refused_in_a_share_and_doubted_in_a_coverage(imported):
    row = "A,{code},{name},{measure},2024-01-01,2024-12-31,,,12,10,{multiplier}"
    share = imported(PARTS, row.format(code="I", name="Persentase lulus", measure="%", multiplier=100))
    coverage = imported(PARTS, row.format(code="J", name="Cakupan imunisasi", measure="%", multiplier=100))
    ratio = imported(PARTS, row.format(code="K", name="Rasio guru", measure="rasio", multiplier=1))

    assert "numerator 12 is above its denominator 10" in share.errors[0].message
    assert (coverage.accepted, any("above its denominator" in text for text in said(coverage))) == (1, True)
    assert (ratio.accepted, said(ratio)) == (1, [])


def test_another_unit_of_measure_is_refused_and_another_spelling_is_not(imported):
    imported(HEAD, f"A,I,Ukuran,persen,{YEAR},5,")
    assert imported(HEAD, f"A,I,Ukuran,% ,{NEXT},5,").accepted == 1

    report = imported(HEAD, f"A,I,Ukuran,orang,{NEXT},6,")
    assert report.errors[0].column == "unit_of_measure"
    assert "in 'orang' here, but in 'persen' by its definition" in report.errors[0].message
    inside = imported(HEAD, f"A,J,Lain,orang,{YEAR},5,", f"A,J,Lain,ton,{NEXT},6,")
    assert "further up" in inside.errors[0].message


def test_a_value_without_a_target_is_doubted_where_most_others_of_its_period_have_one(imported):
    rows = [f"{unit},I,Ukuran,poin,{YEAR},5,6" for unit in "ABC"]
    report = imported(HEAD, *rows, f"D,I,Ukuran,poin,{YEAR},5,", f"A,I,Ukuran,poin,{NEXT},5,")

    assert [(finding.cell, finding.line) for finding in report.warnings] == [("H5", 5)]
    assert "but no target" in said(report)[0]


def test_a_month_at_zero_among_others_is_doubted_and_stays_zero(imported):
    values = [5, 6, 0, 7]
    report = imported(HEAD, *[f"A,I,Ukuran,poin,{month(n)},{value}," for n, value in enumerate(values, start=1)])

    assert (report.accepted, [finding.cell for finding in report.warnings]) == (4, ["G4"])
    assert "I is 0 in 2024-03" in said(report)[0].replace("Ukuran", "I")
    rare = imported(HEAD, *[f"A,J,Kasus,orang,{month(n)},{int(n == 2)}," for n in range(1, 5)])
    assert said(rare) == []


@pytest.fixture
def history(imported, store):
    """Two years of months of an indicator that moves between 49 and 52, published."""
    values = [50, 51, 49, 52, 50, 49, 51, 50, 52, 49, 50, 51, 49, 50, 52, 51, 49, 50, 51, 52, 50, 49, 51, 50]
    rows = [f"A,I,Ukuran,poin,{month(n)},{value}," for n, value in enumerate(values, start=1)]
    imported(HEAD, *rows)
    publish(store, today=date(2026, 1, 10))
    return imported


@pytest.mark.parametrize(("value", "is_jump"), [("51", False), ("60", True), ("0", True)])
def test_a_jump_beyond_the_limits_of_what_is_known_is_doubted(history, value, is_jump):
    report = history(HEAD, f"A,I,Ukuran,poin,{month(1, 2026)},{value},")

    assert report.accepted == 1
    assert any("jumps beyond what Ukuran has varied by" in text for text in said(report)) == is_jump


def test_a_first_month_at_zero_is_doubted_beside_the_known_ones(history):
    report = history(HEAD, f"A,I,Ukuran,poin,{month(1, 2026)},0,")

    assert any("is 0 in 2026-01" in text for text in said(report))


def test_a_series_that_begins_anew_each_year_has_no_jumps(imported, store):
    rows = [f"A,I,Serapan,poin,{month(n)},{8 * ((n - 1) % 12 + 1) + n % 3}," for n in range(1, 37)]
    imported(HEAD, *rows)
    publish(store, today=date(2027, 1, 10))

    assert said(imported(HEAD, f"A,I,Serapan,poin,{month(1, 2027)},7,")) == []


def test_warnings_are_kept_with_the_batch_and_many_are_counted(store, csv_file):
    rows = [f"U{n},I{n},Persentase layanan,persen,{YEAR},101," for n in range(1_100)]
    report = import_files(store, LOCAL, [csv_file(HEAD, *rows)], ImportOptions("KMN", create=True))

    assert (len(report.warnings), report.findings_left_out) == (1_000, 100)
    publish(store, today=date(2026, 1, 10))
    kept = Snapshot.open(store).batch_findings(report.batches[0])
    assert len(kept) == 1_000
    assert set(kept["severity"]) == {"warning"}
