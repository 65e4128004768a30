"""Every unit's index as published: from its own figures, from its children, and equal to what scoring says live."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.periods import Grain
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from kpi.scoring.weighting import unit_indices
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, published

I = Indicator(CODE, "I", "I", polarity=Polarity.MAXIMIZE)  # noqa: E741 - as in the other tests
J = Indicator(CODE, "J", "J", polarity=Polarity.MINIMIZE)
N = Indicator(CODE, "N", "N", polarity=Polarity.NEUTRAL)
LAST = date(2024, 12, 31)


def unit(code: str, parent: str = CODE, weight: float | None = None, **more) -> Unit:
    return Unit(CODE, code, code, parent, weight_in_parent=weight, **more)


def index_of(snapshot: Snapshot, code: str, grain: Grain = Grain.YEAR, *, to_date: bool = False) -> pd.Series:
    rows = snapshot.unit_index(CODE, unit_codes=[code], grain=grain, last=LAST, to_date=to_date)
    return rows.iloc[-1]


def test_a_units_index_is_the_weighted_mean_of_its_scored_indicators(tmp_path):
    rows = [
        figure("A", "I", "2024", 50.0, target=100.0, weight=3.0),
        figure("A", "J", "2024", 100.0, target=100.0, weight=1.0),
        figure("A", "N", "2024", 5.0, target=1.0),
    ]

    row = index_of(published(tmp_path, definitions([unit("A")], [I, J, N]), rows), "A")

    assert row["index"] == pytest.approx(0.625)
    assert (row["coverage"], row["indicators_scored"], row["indicators_agreed"], row["basis"]) == (1.0, 2, 2, "own")


def test_an_agreed_indicator_without_a_figure_lowers_the_coverage(tmp_path):
    rows = [
        figure("A", "I", "2024-01", 50.0, target=100.0, weight=1.0),
        figure("A", "J", "2024", 100.0, target=100.0, weight=3.0),
    ]

    row = index_of(published(tmp_path, definitions([unit("A")], [I, J]), rows), "A", Grain.MONTH)

    assert (row["index"], row["coverage"], row["is_rated"]) == (0.5, 0.25, False)
    assert pd.isna(row["rating"])


@pytest.mark.parametrize(
    ("weights", "basis", "index"),
    [
        pytest.param((None, None), "children_equal", 0.7, id="none declared"),
        pytest.param((3.0, 1.0), "children_weighted", 0.6, id="declared"),
        pytest.param((3.0, None), "children_weighted", 0.5, id="one has none and counts 0"),
    ],
)
def test_a_parent_without_figures_takes_its_childrens(tmp_path, weights, basis, index):
    units = [unit("A", weight=weights[0]), unit("B", weight=weights[1])]
    rows = [figure("A", "I", "2024", 50.0, target=100.0), figure("B", "I", "2024", 90.0, target=100.0)]

    snapshot = published(tmp_path, definitions(units, [I]), rows)

    row = index_of(snapshot, CODE)
    assert (row["index"], row["basis"]) == (pytest.approx(index), basis)
    lost = snapshot.losses(CODE, unit_code=CODE, grain=Grain.YEAR, period_end=LAST, to_date=False, limit=10)
    assert lost["loss"].sum() == pytest.approx(1 - index)
    assert lost["source_unit_code"].iloc[0] == "A"


def test_a_parents_own_figures_come_before_children_without_weights(tmp_path):
    both = Indicator(CODE, "I", "I", polarity=Polarity.MAXIMIZE, aggregation_over_units=AggregationOverUnits.SUM)
    rows = [figure("A", "I", "2024", 50.0, target=100.0), figure("B", "I", "2024", 10.0, target=10.0)]

    equal = published(tmp_path / "equal", definitions([unit("A"), unit("B")], [both]), rows)
    declared = published(
        tmp_path / "declared", definitions([unit("A", weight=1.0), unit("B", weight=1.0)], [both]), rows
    )

    assert tuple(index_of(equal, CODE)[["index", "basis"]]) == (pytest.approx(60 / 110), "own")
    assert tuple(index_of(declared, CODE)[["index", "basis"]]) == (pytest.approx(0.75), "children_weighted")


def test_grandchildren_are_handed_up_level_by_level(tmp_path):
    units = [unit("A", weight=1.0), unit("B", weight=3.0), unit("A1", "A"), unit("A2", "A")]
    rows = [figure(code, "I", "2024", value, target=100.0) for code, value in (("A1", 20.0), ("A2", 60.0), ("B", 80.0))]

    snapshot = published(tmp_path, definitions(units, [I]), rows)

    assert index_of(snapshot, CODE)["index"] == pytest.approx(0.25 * 0.4 + 0.75 * 0.8)
    lost = snapshot.losses(CODE, unit_code=CODE, grain=Grain.YEAR, period_end=LAST, to_date=False, limit=10)
    found = lost.set_index("source_unit_code")["loss"].round(12).to_dict()
    assert found == {"B": 0.15, "A1": 0.1, "A2": 0.05}


def test_a_child_that_is_gone_is_not_missed(tmp_path):
    units = [unit("A"), unit("B", valid_to=date(2023, 12, 31))]
    rows = [figure("A", "I", "2024", 50.0, target=100.0), figure("B", "I", "2023", 90.0, target=100.0)]

    row = index_of(published(tmp_path, definitions(units, [I]), rows), CODE)

    assert (row["index"], row["coverage"]) == (0.5, 1.0)


def test_a_partial_sum_is_not_scored_for_the_year_but_to_date(tmp_path):
    summed = Indicator(
        CODE, "I", "I", polarity=Polarity.MAXIMIZE, grain="month", aggregation_over_periods=AggregationOverPeriods.SUM
    )
    rows = [figure("A", "I", f"2024-{month:02d}", 5.0, target=10.0) for month in range(1, 10)]

    snapshot = published(tmp_path, definitions([unit("A")], [summed]), rows)

    assert pd.isna(index_of(snapshot, "A")["index"])
    assert index_of(snapshot, "A", Grain.MONTH, to_date=True)["index"] == 0.5


def test_the_chosen_profile_of_each_year_scores_it(tmp_path):
    rows = [figure("A", "I", str(year), 150.0, target=100.0) for year in (2023, 2024)]
    published(tmp_path, definitions([unit("A")], [I]), rows)
    with Record.opened(tmp_path, writing=True) as opened:
        opened.choose_profile(CODE, "permenpan8", made_by="a test", from_year=2024)

    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    found = snapshot.unit_index(CODE, unit_codes=["A"], grain=Grain.YEAR)
    assert found["profile_code"].tolist() == ["kmk", "permenpan8"]
    assert [snapshot.chosen_profile(CODE, year) for year in (2023, 2024, None)] == ["kmk", "permenpan8", "permenpan8"]


def test_the_published_index_is_what_scoring_says_live(tmp_path):
    summed = Indicator(
        CODE, "S", "S", polarity=Polarity.MAXIMIZE, grain="month", aggregation_over_periods=AggregationOverPeriods.SUM
    )
    rows = [
        figure(code, "S", f"{year}-{month:02d}", month * scale, target=6.0, weight=2.0)
        for code, scale in (("A", 1.0), ("B", 0.7))
        for year in (2023, 2024)
        for month in range(1, 13 if year == 2023 else 8)
    ] + [figure("A", "J", str(year), 9.0, target=10.0) for year in (2023, 2024)]
    snapshot = published(tmp_path, definitions([unit("A"), unit("B")], [summed, J]), rows)

    live = unit_indices(
        score_table(snapshot.index_rows(CODE), load_profile("kmk")),
        load_profile("kmk"),
        ["unit_code", "grain", "period_start", "is_to_date"],
    )

    for grain in Grain:
        for to_date in (False, True):
            stored = snapshot.unit_index(CODE, unit_codes=["A", "B"], grain=grain, to_date=to_date)
            wanted = live[(live["grain"] == grain.value) & (live["is_to_date"] == to_date)]
            merged = stored.merge(wanted, on=["unit_code", "period_start"], suffixes=("", "_live"), validate="1:1")
            assert len(merged) == len(stored) == len(wanted) > 0
            for column in ("index", "coverage", "weight_scored", "weight_agreed"):
                assert merged[column].to_numpy() == pytest.approx(merged[f"{column}_live"].to_numpy(), nan_ok=True)
            assert merged["rating"].fillna("-").tolist() == merged["rating_live"].fillna("-").tolist()
