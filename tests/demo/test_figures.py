from __future__ import annotations

import time
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from kpi.deadlines import due_on
from kpi.demo import plan as planning
from kpi.demo.figures import figures
from kpi.demo.tables import rows
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from kpi.store.figures import FIGURES

KEYS = ["unit_code", "indicator_code", "period_start"]


COMPUTED = ("AKI", "AKB", "PRODUKTIVITAS_PADI")


def with_rules(frame, known):
    by_code = known.indicators
    return frame.assign(
        polarity=[by_code[code].polarity for code in frame.indicator_code],
        worst_value=[by_code[code].worst_value for code in frame.indicator_code],
        is_full_at_target=[by_code[code].is_full_at_target for code in frame.indicator_code],
        conversion_scale=[by_code[code].conversion_scale for code in frame.indicator_code],
    )


def digests(found) -> list[str | None]:
    return [batch.header.file_digest for batch in found]


def test_drawing_twice_gives_the_same_files(batches):
    started = time.process_time()
    again = figures()

    assert digests(again) == digests(batches)
    assert time.process_time() - started < 3


def test_the_order_of_the_tables_changes_nothing(batches, monkeypatch):
    monkeypatch.setattr(planning, "rows", lambda name: tuple(reversed(rows(name))))

    assert digests(figures()) == digests(batches)


def test_batches_have_the_layout_of_the_record_and_say_where_they_come_from(batches):
    for batch in batches:
        assert batch.figures.schema == FIGURES
        assert batch.header.rows == len(batch.figures)
        assert batch.header.kind == "demo"
        assert batch.header.made_by == f"petugas-{batch.header.file_name.split('_')[0].lower()}"


@pytest.mark.parametrize("field", ["value", "target", "weight"])
def test_no_figure_stands_twice_in_a_batch_or_in_two_but_for_the_correction(batches, field):
    every = pa.concat_tables([batch.figures for batch in batches]).to_pandas()
    stated = every[every[field].notna()]
    repeated = stated[stated.duplicated(KEYS, keep=False)]

    assert set(repeated.unit_code) == ({"PKM_ANYELIRJAYA"} if field == "value" else set())
    assert len(repeated) == (2 * len(rows("corrections")) if field == "value" else 0)


def test_files_come_in_the_order_of_their_days_and_after_what_they_report(batches):
    days = [batch.header.recorded_at.date() for batch in batches]

    assert days == sorted(days)
    for day, batch in zip(days, batches, strict=True):
        found = batch.figures.to_pandas()
        assert (found[found.value.notna()].period_end < day).all()


def test_late_units_alone_report_after_the_due_day(batches):
    late = {
        (row.unit_code, f"{row.period_end:%Y-%m}")
        for batch in batches
        for row in batch.figures.to_pandas().itertuples()
        if row.value == row.value
        and row.period_end.year > 2024
        and batch.header.recorded_at.date() > due_on(row.period_end)
        and "koreksi" not in batch.header.file_name
    }

    assert late == {(row["unit_code"], row["month"]) for row in rows("late")}


def test_every_period_is_one_of_the_indicators_own_grain(reported, known):
    for row in reported[["indicator_code", "grain", "period_start", "period_end"]].drop_duplicates().itertuples():
        assert row.grain == known.indicators[row.indicator_code].grain
        period = Period.beginning(row.period_start.date(), Grain(row.grain))
        assert period == Period.of_span(period.start, row.period_end.date())


def test_figures_run_from_2021_to_october_2026_and_targets_to_its_end(reported):
    with_value = reported[reported.value.notna()]

    assert f"{with_value.period_start.min():%F}" == "2021-01-01"
    assert f"{with_value.period_end.max():%F}" == "2026-10-31"
    assert f"{reported[reported.target.notna()].period_end.max():%F}" == "2026-12-31"


def test_every_indicator_has_figures_or_is_computed(reported, known):
    has_value = set(reported[reported.value.notna()].indicator_code)
    computed = {code for code, i in known.indicators.items() if i.numerator_indicator_code}

    assert has_value | computed == set(known.indicators)
    assert not has_value & computed


def test_values_agree_with_numerator_and_denominator(reported):
    rated = reported[reported.numerator.notna()]

    assert (rated.denominator > 0).all()
    assert np.allclose(rated.value, rated.multiplier * rated.numerator / rated.denominator, rtol=1e-12)


def test_values_lie_in_the_range_that_the_definition_calls_possible(reported, known):
    for code, values in reported.groupby("indicator_code")["value"]:
        lowest, highest = known.indicators[code].lowest_possible, known.indicators[code].highest_possible
        assert lowest is None or not (values < lowest).any(), code
        assert highest is None or not (values > highest + 1e-9).any(), code


def test_targets_of_most_indicators_change_by_year_and_sums_add_up_to_the_years(reported):
    paddy = reported[(reported.unit_code == "DISPERTAN") & (reported.indicator_code == "PRODUKSI_PADI")]
    stated = next(r for r in rows("targets") if r["indicator_code"] == "PRODUKSI_PADI")

    of_year = paddy.groupby(paddy.period_start.dt.year)["target"].sum()
    assert of_year.to_dict() == {year: float(stated[str(year)]) for year in range(2021, 2027)}
    per_series = reported[reported.target.notna()].groupby(["unit_code", "indicator_code"])["target"].nunique()
    assert (per_series > 1).mean() > 0.9


def test_budget_absorption_grows_to_december_and_starts_anew(reported):
    spent = reported[(reported.unit_code == "DINKES") & (reported.indicator_code == "SERAPAN_ANGGARAN")]
    by_year = spent[spent.value.notna()].groupby(spent.period_start.dt.year)["value"]

    assert all(values.is_monotonic_increasing for _, values in by_year)
    assert (by_year.first() < 10).all()


def test_21_of_24_units_have_reported_october_2026(reported):
    october = reported[reported.period_start.eq("2026-10-01") & reported.grain.eq("month")]

    assert october.unit_code.nunique() == 24
    assert set(october.unit_code) - set(october[october.value.notna()].unit_code) == {
        "DPUPR", "KW_KENANGAPURI", "PKM_MELURASIH",
    }  # fmt: skip


def test_gaps_are_missing_and_never_zero(reported):
    gap = reported[reported.unit_code.eq("DINSOS") & reported.indicator_code.eq("BANSOS_TEPAT")]

    assert gap[gap.period_start.eq("2023-02-01")].value.isna().all()
    assert gap[gap.period_start.eq("2023-03-01")].value.notna().all()


def test_a_correction_with_its_reason_follows_what_it_corrects(batches):
    names = [batch.header.file_name for batch in batches]
    correction = batches[names.index("DINKES_2025_koreksi.csv")]
    wrong = [batches[names.index(f"BAPPEDA_{month}.csv")] for month in ("2025-03", "2025-04")]

    assert "tercatat ganda" in (correction.header.reason or "")
    assert {f"{row['corrected_on']}" for row in rows("corrections")} == {f"{correction.header.recorded_at:%Y-%m-%d}"}
    assert [f"{row['reported_on']}" for row in rows("corrections")] == [
        f"{batch.header.recorded_at:%Y-%m-%d}" for batch in wrong
    ]
    first = pa.concat_tables([batch.figures for batch in wrong]).to_pandas()
    both = first.merge(correction.figures.to_pandas(), on=KEYS)
    assert len(both) == 2
    assert (both.value_x > both.value_y).all()


def test_figures_are_locked_then_verified_then_only_reported(reported):
    has_value = reported[reported.value.notna()]

    assert set(has_value[has_value.period_end < "2025"].verification) == {"locked"}
    assert set(has_value[has_value.period_end >= "2026-07"].verification) == {"reported"}


def test_ended_departments_report_until_2023_and_successors_carry_on(reported):
    placed = reported[reported.indicator_code.eq("PENCAKER_DITEMPATKAN") & reported.value.notna()]
    years = placed.groupby("unit_code")["period_start"].agg(["min", "max"])

    assert years.loc["DISNAKER", "max"].date() == date(2023, 12, 1)
    assert years.loc["DPMPTSP", "min"].date() == date(2024, 1, 1)


def test_ratings_are_mixed_under_the_default_profile(reported, known):
    agreed = reported[reported.weight > 0].reset_index(drop=True)
    scored = score_table(with_rules(agreed, known), load_profile("kmk"))
    is_due = scored.period_end <= "2026-10-31"
    has_own_value = ~scored.indicator_code.isin([*COMPUTED]) & ~(scored.unit_code.isin(["DINKES", "DISDIK"]))
    mix = scored[is_due & has_own_value].rating.fillna("none").value_counts(normalize=True)

    assert mix["green"] == pytest.approx(0.45, abs=0.07)
    assert mix["yellow"] == pytest.approx(0.30, abs=0.07)
    assert mix["red"] == pytest.approx(0.20, abs=0.07)
    reasons = set(scored[is_due].reason.dropna())
    assert {"no_value", "no_target", "zero_target", "no_conversion_scale"} <= reasons
