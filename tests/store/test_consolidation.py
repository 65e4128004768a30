"""The rules of consolidation by worked examples, one or two figures each."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pandas as pd
import pytest

from kpi.model import AggregationOverPeriods as OverPeriods
from kpi.model import AggregationOverUnits as OverUnits
from kpi.model import Indicator, Polarity, Unit
from kpi.periods import Grain, Period
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, definitions, figure, published

A, B = Unit(CODE, "A", "A", CODE), Unit(CODE, "B", "B", CODE)


def indicator(over_periods=OverPeriods.NONE, over_units=OverUnits.NONE, code="I", **more) -> Indicator:
    return Indicator(
        CODE, code, code, polarity=Polarity.MAXIMIZE, grain=more.pop("grain", "month"),
        aggregation_over_periods=over_periods, aggregation_over_units=over_units, **more,
    )  # fmt: skip


def fact(
    snapshot: Snapshot, unit: str, period: str, *, to_date: bool = False, code: str = "I", year_starts_in: int = 1
):
    """The one fact of a unit and period."""
    wanted = Period.parse(period, year_starts_in)
    rows = snapshot.facts(
        CODE,
        unit_codes=[unit],
        indicator_codes=[code],
        grain=wanted.grain,
        first=wanted.end,
        last=wanted.end,
        to_date=to_date,
    )
    assert len(rows) == 1, rows
    return rows.iloc[0]


def months(unit: str, values: list[float | None], first: int = 1, year: int = 2024, **more) -> list[dict[str, object]]:
    return [
        figure(unit, "I", f"{year}-{month:02d}", value, **more)
        for month, value in enumerate(values, first)
        if value is not None
    ]


def test_a_sum_of_some_months_is_partial_with_the_target_over_the_same_months(tmp_path):
    rows = [figure("A", "I", f"2024-{m:02d}", v, target=10.0) for m, v in ((1, 4.0), (2, 5.0), (3, None))]

    row = fact(published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows), "A", "2024-Q1")

    assert (row["value"], row["target"]) == (9.0, 20.0)
    assert (row["parts_expected"], row["parts_present"]) == (3, 2)
    assert not row["is_complete"]
    assert row["is_partial_sum"]
    assert row["origin"] == "periods"


@pytest.mark.parametrize("values", list(permutations([1.1, 2.2, 3.3])))
def test_a_sum_does_not_depend_on_the_order_in_which_its_parts_come(tmp_path, values):
    rows = [figure("A", "I", f"2024-{m:02d}", v, target=v) for m, v in enumerate(values, 1)]
    rows += [figure("B", "I", f"2024-{m:02d}", 1.1, target=1.1) for m in (1, 2)]

    snapshot = published(tmp_path, definitions([A, B], [indicator(OverPeriods.SUM, OverUnits.SUM)]), rows)

    for unit, sum_of_quarter in (("A", 6.6), (CODE, 8.8)):
        row = fact(snapshot, unit, "2024-Q1")
        assert (row["value"], row["target"]) == (sum_of_quarter, sum_of_quarter)


def test_a_target_that_one_part_lacks_is_missing_not_smaller(tmp_path):
    rows = [
        figure("A", "I", "2024-01", 4.0, target=10.0),
        figure("A", "I", "2024-02", 5.0),
        figure("A", "I", "2024-03", 6.0, target=1.0),
    ]

    row = fact(published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows), "A", "2024-Q1")

    assert row["value"] == 15.0
    assert pd.isna(row["target"])


def test_last_takes_value_and_target_of_the_last_month_with_a_value(tmp_path):
    rows = [
        figure("A", "I", "2024-01", 4.0, target=10.0),
        figure("A", "I", "2024-02", 5.0, target=11.0),
        figure("A", "I", "2024-03", None, target=12.0),
    ]

    snapshot = published(tmp_path, definitions([A], [indicator(OverPeriods.LAST)]), rows)

    assert tuple(fact(snapshot, "A", "2024-Q1")[["value", "target", "parts_present"]]) == (5.0, 11.0, 2)
    assert tuple(fact(snapshot, "A", "2024-03", to_date=True)[["value", "target"]]) == (5.0, 11.0)
    assert not fact(snapshot, "A", "2024-Q1")["is_partial_sum"]


def test_a_ratio_comes_from_the_sums_and_its_target_is_weighted_by_the_denominators(tmp_path):
    known = definitions([A, B], [indicator(OverPeriods.RATIO, OverUnits.RATIO, multiplier=100.0)])
    rows = [
        figure("A", "I", "2024-01", numerator=1.0, denominator=10.0, target=20.0),
        figure("A", "I", "2024-02", numerator=30.0, denominator=40.0, target=60.0),
        figure("B", "I", "2024-02", numerator=9.0, denominator=10.0, target=10.0),
    ]

    snapshot = published(tmp_path, known, rows)

    assert tuple(fact(snapshot, "A", "2024-Q1")[["value", "numerator", "denominator", "target"]]) == (
        62.0,
        31.0,
        50.0,
        52.0,
    )
    assert fact(snapshot, "A", "2024-02", to_date=True)["value"] == 62.0
    assert tuple(fact(snapshot, CODE, "2024-02")[["value", "target"]]) == (78.0, 50.0)
    assert fact(snapshot, CODE, "2024-Q1")["value"] == pytest.approx(100 * 40 / 60)


def test_without_a_rule_there_is_no_coarser_figure_none_to_date_and_none_of_the_parent(tmp_path):
    snapshot = published(tmp_path, definitions([A], [indicator()]), months("A", [1.0, 2.0, 3.0]))

    assert list(snapshot.periods(CODE)["grain"].unique()) == ["month"]
    assert set(snapshot.facts(CODE)["unit_code"]) == {"A"}
    assert snapshot.facts(CODE, to_date=True).empty


def test_a_year_is_its_own_figure_to_date_even_without_a_rule(tmp_path):
    snapshot = published(tmp_path, definitions([A], [indicator(grain="year")]), [figure("A", "I", "2024", 7.0)])

    row = fact(snapshot, "A", "2024", to_date=True)

    assert (row["value"], row["span_start"]) == (7.0, pd.Timestamp(2024, 1, 1))


def test_a_reported_coarser_figure_beats_the_finer_ones_and_the_difference_is_a_finding(tmp_path):
    rows = [*months("A", [1.0, 2.0, 3.0], target=5.0), figure("A", "I", "2024-Q1", 10.0, target=9.0)]

    snapshot = published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows)

    row = fact(snapshot, "A", "2024-Q1")
    assert (row["value"], row["target"], row["origin"], row["parts_expected"]) == (10.0, 9.0, "reported", 1)
    assert fact(snapshot, "A", "2024-S1")["value"] == 6.0, "from the finest finer figures of its own"
    found = snapshot.findings(CODE)
    assert found[["kind", "unit_code", "grain", "reported", "other"]].to_numpy().tolist() == [
        ["differs_from_periods", "A", "quarter", 10.0, 6.0]
    ]


def test_a_parents_own_figure_beats_its_childrens_and_the_difference_is_a_finding_never_added(tmp_path):
    rows = [figure("A", "I", "2024", 4.0), figure("B", "I", "2024", 5.0), figure(CODE, "I", "2024", 12.0)]

    snapshot = published(tmp_path, definitions([A, B], [indicator(over_units=OverUnits.SUM, grain="year")]), rows)

    assert fact(snapshot, CODE, "2024")["value"] == 12.0
    found = snapshot.findings(CODE).iloc[0]
    assert (found["kind"], found["reported"], found["other"]) == ("differs_from_units", 12.0, 9.0)


def test_figures_that_agree_give_no_finding(tmp_path):
    rows = [figure("A", "I", "2024", 4.1), figure("B", "I", "2024", 5.2), figure(CODE, "I", "2024", 9.3)]

    snapshot = published(tmp_path, definitions([A, B], [indicator(over_units=OverUnits.SUM, grain="year")]), rows)

    assert snapshot.findings(CODE).empty


def test_a_coarser_reported_target_wins_over_the_monthly_ones(tmp_path):
    rows = [*months("A", [1.0] * 12, target=2.0), figure("A", "I", "2024", None, target=30.0)]

    row = fact(published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows), "A", "2024")

    assert (row["value"], row["target"], row["is_complete"]) == (12.0, 30.0, True)


def test_quarterly_targets_serve_monthly_values(tmp_path):
    rows = [
        *months("A", [1.0] * 6),
        figure("A", "I", "2024-Q1", None, target=4.0),
        figure("A", "I", "2024-Q2", None, target=5.0),
    ]

    snapshot = published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows)

    assert tuple(fact(snapshot, "A", "2024-S1")[["value", "target"]]) == (6.0, 9.0)


def test_targets_stand_alone_where_there_is_no_value_yet(tmp_path):
    rows = [figure("A", "I", f"2027-{m:02d}", None, target=float(m)) for m in (1, 2, 3)]

    row = fact(published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows), "A", "2027-Q1")

    assert pd.isna(row["value"])
    assert (row["target"], row["parts_expected"], row["parts_present"], row["is_finished"]) == (6.0, 3, 0, False)


def test_a_missing_child_makes_the_parents_sum_partial(tmp_path):
    known = definitions([A, B], [indicator(OverPeriods.SUM, OverUnits.SUM)])

    snapshot = published(tmp_path, known, [*months("A", [1.0, 1.0, 1.0]), *months("B", [1.0, 1.0])])

    quarter = fact(snapshot, CODE, "2024-Q1")
    assert (quarter["value"], quarter["parts_expected"], quarter["parts_present"]) == (5.0, 6, 5)
    assert quarter["is_partial_sum"]
    assert fact(snapshot, CODE, "2024-02")["is_complete"]
    to_date = fact(snapshot, CODE, "2024-03", to_date=True)
    assert (to_date["value"], to_date["parts_expected"], to_date["parts_present"]) == (5.0, 6, 5)


def test_only_units_and_months_that_were_valid_are_expected(tmp_path):
    closed = Unit(CODE, "A", "A", CODE, valid_to=date(2024, 2, 10))
    opened = Unit(CODE, "B", "B", CODE, valid_from=date(2024, 2, 11))
    known = definitions([closed, opened], [indicator(OverPeriods.SUM, OverUnits.SUM)])

    snapshot = published(tmp_path, known, [*months("A", [1.0, 1.0]), *months("B", [1.0, 1.0], first=2)])

    for unit, parts in (("A", 2), ("B", 2), (CODE, 4)):
        row = fact(snapshot, unit, "2024-Q1")
        assert (row["parts_expected"], row["parts_present"], row["is_complete"]) == (parts, parts, True)
    assert fact(snapshot, CODE, "2024-03")["parts_expected"] == 1


def test_a_figure_outside_its_units_life_is_kept_and_a_finding(tmp_path):
    closed = Unit(CODE, "A", "A", CODE, valid_to=date(2024, 1, 31))

    snapshot = published(tmp_path, definitions([closed], [indicator()]), months("A", [1.0, 2.0]))

    assert list(snapshot.facts(CODE)["value"]) == [1.0, 2.0]
    assert list(snapshot.findings(CODE)["kind"]) == ["outside_validity"]


def test_a_computed_rate_takes_only_months_that_have_both(tmp_path):
    deaths = indicator(OverPeriods.SUM, OverUnits.SUM, code="DEATHS")
    births = indicator(OverPeriods.SUM, OverUnits.SUM, code="BIRTHS")
    rate = indicator(
        code="AKI", multiplier=100_000.0, numerator_indicator_code="DEATHS", denominator_indicator_code="BIRTHS"
    )
    rows = [
        *(figure("A", "DEATHS", f"2024-{m:02d}", v) for m, v in ((1, 1.0), (2, 2.0), (3, 5.0))),
        *(figure("A", "BIRTHS", f"2024-{m:02d}", v) for m, v in ((1, 100.0), (2, 200.0))),
    ]

    snapshot = published(tmp_path, definitions([A], [deaths, births, rate]), rows)

    assert fact(snapshot, "A", "2024-01", code="AKI")["origin"] == "computed"
    for unit in ("A", CODE):
        row = fact(snapshot, unit, "2024-Q1", code="AKI")
        assert (row["value"], row["numerator"], row["denominator"]) == (1000.0, 3.0, 300.0)
        assert (row["parts_expected"], row["parts_present"]) == (3, 2)
        assert not row["is_partial_sum"]
    assert snapshot.indicators(CODE).set_index("indicator_code").loc["AKI", "aggregation_over_units"] == "ratio"


def test_a_reported_rate_beats_the_computed_one_and_the_difference_is_a_finding(tmp_path):
    parts = [indicator(code=code) for code in ("N", "D")]
    rate = indicator(code="R", numerator_indicator_code="N", denominator_indicator_code="D")
    rows = [figure("A", "N", "2024-01", 1.0), figure("A", "D", "2024-01", 2.0), figure("A", "R", "2024-01", 0.6)]

    snapshot = published(tmp_path, definitions([A], [*parts, rate]), rows)

    assert fact(snapshot, "A", "2024-01", code="R")["value"] == 0.6
    assert list(snapshot.findings(CODE)["kind"]) == ["differs_from_computed"]


def test_a_fiscal_year_is_named_by_the_year_it_ends_in(tmp_path):
    known = definitions([A], [indicator(OverPeriods.SUM)], year_starts_in=7)
    rows = [*months("A", [1.0] * 6, first=7, year=2022), *months("A", [2.0] * 6, year=2023)]

    snapshot = published(tmp_path, known, rows)

    year = fact(snapshot, "A", "2023", year_starts_in=7)
    assert (year["value"], year["year"], year["period_start"], year["period_end"]) == (
        18.0, 2023, pd.Timestamp(2022, 7, 1), pd.Timestamp(2023, 6, 30),
    )  # fmt: skip
    assert fact(snapshot, "A", "2023-Q1", year_starts_in=7)["period_start"] == pd.Timestamp(2022, 7, 1)
    december = fact(snapshot, "A", "2022-12", to_date=True)
    assert (december["value"], december["year"], december["span_start"]) == (6.0, 2023, pd.Timestamp(2022, 7, 1))


def test_a_leap_february_is_a_whole_month(tmp_path):
    snapshot = published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), months("A", [1.0, 1.0, 1.0]))

    assert fact(snapshot, "A", "2024-02")["period_end"] == pd.Timestamp(2024, 2, 29)
    assert fact(snapshot, "A", "2024-Q1")["is_complete"]


def test_a_two_yearly_indicator_expects_nothing_of_the_years_between(tmp_path):
    known = definitions([A, B], [indicator(over_units=OverUnits.SUM, grain="year", every_years=2)])
    rows = [
        *(figure("A", "I", str(year), 1.0) for year in (2019, 2021)),
        *(figure("B", "I", str(year), 1.0) for year in (2020, 2022)),
        figure("A", "I", "2023", 1.0),
    ]

    snapshot = published(tmp_path, known, rows)

    for year in (2019, 2020, 2021, 2022, 2023):
        row = fact(snapshot, CODE, str(year))
        assert (row["value"], row["parts_expected"], row["is_complete"]) == (1.0, 1, True)


def test_a_period_is_finished_on_the_day_after_its_last(tmp_path):
    rows = [figure("A", "I", "2026-10", 1.0), figure("A", "I", "2026-11", 1.0)]

    snapshot = published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows)

    assert fact(snapshot, "A", "2026-10")["is_finished"]
    assert not fact(snapshot, "A", "2026-11")["is_finished"]
    assert not fact(snapshot, "A", "2026-Q4")["is_finished"]


def test_verification_of_a_roll_up_is_that_of_its_least_verified_part(tmp_path):
    rows = [
        figure("A", "I", "2024-01", 1.0, verification="locked"),
        figure("A", "I", "2024-02", 1.0, verification="verified"),
    ]

    row = fact(published(tmp_path, definitions([A], [indicator(OverPeriods.SUM)]), rows), "A", "2024-Q1")

    assert row["verification"] == "verified"


def test_codes_are_unique_only_inside_an_organisation(tmp_path):
    other = definitions([Unit("O", "A", "A", "O")], [Indicator("O", "I", "I", grain="year")], code="O")
    published(
        tmp_path, definitions([A], [indicator(over_units=OverUnits.SUM, grain="year")]), [figure("A", "I", "2024", 1.0)]
    )

    snapshot = published(tmp_path, other, [figure("A", "I", "2024", 2.0)])

    assert list(snapshot.facts(CODE)["value"]) == [1.0, 1.0]
    assert list(snapshot.facts("O")["value"]) == [2.0]


def test_reporting_counts_the_indicators_that_are_due(tmp_path):
    yearly = indicator(code="Y", grain="year")
    known = definitions([A, B], [indicator(OverPeriods.SUM, OverUnits.SUM), yearly])
    rows = [*months("A", [1.0, 2.0]), *months("B", [1.0]), figure("A", "Y", "2023", 1.0)]

    found = published(tmp_path, known, rows).reporting(CODE, Grain.MONTH, date(2024, 2, 29))

    assert found.to_numpy().tolist() == [["A", 1, 1], ["B", 1, 0]]


def test_the_worked_example_of_the_documentation(tmp_path):
    health = Unit(CODE, "H", "H", CODE)
    below = [Unit(CODE, code, code, "H") for code in ("A", "B")]
    known = definitions([health, *below], [indicator(OverPeriods.SUM, OverUnits.SUM)])
    rows = [*months("A", [1.0, 2.0, 1.0], target=2.0), *months("B", [3.0, None, 2.0], target=2.0)]
    columns = ["value", "target", "parts_expected", "parts_present"]

    snapshot = published(tmp_path, known, rows)

    assert fact(snapshot, "A", "2024-Q1")[columns].tolist() == [4.0, 6.0, 3, 3]
    assert fact(snapshot, "B", "2024-Q1")[columns].tolist() == [5.0, 4.0, 3, 2]
    assert fact(snapshot, "H", "2024-Q1")[columns].tolist() == [9.0, 10.0, 6, 5]
    assert fact(snapshot, "H", "2024-02")[columns].tolist() == [2.0, 2.0, 2, 1]

    snapshot = published(tmp_path, known, [figure("H", "I", "2024-Q1", 11.0)])

    assert fact(snapshot, "H", "2024-Q1")[["value", "origin", "parts_expected"]].tolist() == [11.0, "reported", 1]
    assert fact(snapshot, "H", "2024-01")["value"] == 4.0
    assert snapshot.findings(CODE)[["reported", "other"]].to_numpy().tolist() == [[11.0, 9.0]]
