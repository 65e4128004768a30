"""A real rate on real data: NHS accident and emergency waits roll up as sums over sums, not as means of rates."""

from __future__ import annotations

import pandas as pd
import pytest

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.periods import Grain
from kpi.store.snapshot import Snapshot
from tests.store.building import definitions, published

ENGLAND = "ENGLAND"
WITHIN_4_HOURS = Indicator(
    ENGLAND,
    "WITHIN_4_HOURS",
    "Patients dealt with within four hours",
    "percent",
    Polarity.MAXIMIZE,
    grain="month",
    aggregation_over_periods=AggregationOverPeriods.RATIO,
    aggregation_over_units=AggregationOverUnits.RATIO,
    multiplier=100.0,
)


@pytest.fixture(scope="module")
def counts(shared_data) -> pd.DataFrame:
    """One row per provider and month: attendances and breaches over all types of department."""
    folder = shared_data / "data" / "real" / "nhs-ae-bulanan-2016-2019"
    rows = pd.read_csv(folder / "data.csv", dtype={"unit_code": "str"}, parse_dates=["period_start", "period_end"])
    rows["kind"] = rows["indicator_code"].str.split("_").str[0]
    keys = ["unit_code", "period_start", "period_end"]
    return rows.pivot_table(index=keys, columns="kind", values="value", aggfunc="sum").reset_index()


@pytest.fixture(scope="module")
def england(counts, tmp_path_factory) -> Snapshot:
    units = [Unit(ENGLAND, code, code, ENGLAND) for code in counts["unit_code"].unique()]
    rows = [
        {
            "unit_code": row.unit_code,
            "indicator_code": WITHIN_4_HOURS.indicator_code,
            "grain": "month",
            "period_start": row.period_start.date(),
            "period_end": row.period_end.date(),
            "numerator": row.ATTENDANCES - row.BREACHES,
            "denominator": row.ATTENDANCES,
            "target": 95.0,
        }
        for row in counts.itertuples()
    ]
    return published(tmp_path_factory.mktemp("nhs"), definitions(units, [WITHIN_4_HOURS], code=ENGLAND), rows)


def test_england_per_quarter_is_the_sum_over_the_sum_and_not_the_mean_of_rates(counts, england):
    quarter = counts["period_start"].dt.to_period("Q")
    totals = counts.groupby(quarter)[["ATTENDANCES", "BREACHES"]].sum()
    wanted = 100 * (1 - totals["BREACHES"] / totals["ATTENDANCES"])

    found = england.facts(ENGLAND, unit_codes=[ENGLAND], grain=Grain.QUARTER)

    assert list(found["period_start"].dt.to_period("Q")) == list(wanted.index)
    assert found["value"].to_numpy() == pytest.approx(wanted.to_numpy(), rel=1e-12)
    assert found["denominator"].tolist() == totals["ATTENDANCES"].tolist()
    assert found["target"].to_numpy() == pytest.approx(95.0)
    rates = 1 - counts["BREACHES"] / counts["ATTENDANCES"]
    assert (abs(100 * rates.groupby(quarter).mean() - wanted) > 1).all(), "the mean of rates would tell another story"


def test_england_to_date_and_per_year_agree_in_december(counts, england):
    december = england.facts(ENGLAND, unit_codes=[ENGLAND], grain=Grain.MONTH, to_date=True)
    december = december[december["period_start"].dt.month == 12]
    year = england.facts(ENGLAND, unit_codes=[ENGLAND], grain=Grain.YEAR)

    merged = december.merge(year, on="year", suffixes=("", "_year"))

    assert len(merged) == 3
    assert merged["value"].to_numpy() == pytest.approx(merged["value_year"].to_numpy(), rel=1e-12)


def test_no_join_multiplies_a_row(counts, england):
    months = england.facts(ENGLAND, grain=Grain.MONTH)

    assert len(months) == len(counts) + 36
    assert not months.duplicated(["unit_code", "indicator_code", "period_start"]).any()
    providers = counts["unit_code"].nunique()
    quarter = months.loc[months["unit_code"] == ENGLAND]
    assert (quarter["parts_expected"] == providers).all(), "no provider has a stated end, so each is expected"
    assert (quarter["parts_present"].to_numpy() == counts.groupby("period_start").size().to_numpy()).all()
