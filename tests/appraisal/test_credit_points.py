from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpi.appraisal.credit_points import COEFFICIENTS, SHARES, credit_points, with_credit_points
from kpi.model import Mark
from kpi.people_model import FunctionalLevel, Predicate


@pytest.mark.parametrize(
    ("predicate", "level", "months", "expected"),
    [
        pytest.param(Predicate.VERY_GOOD, FunctionalLevel.EXPERT_FIRST, 12, 18.75, id="BKN's example, annual"),
        pytest.param(Predicate.GOOD, FunctionalLevel.EXPERT_FIRST, 2, 2.08, id="BKN's example, two months"),
        pytest.param(Predicate.GOOD, FunctionalLevel.EXPERT_JUNIOR, 12, 25.0, id="BKN 3/2023, page 5"),
        pytest.param(Predicate.VERY_POOR, FunctionalLevel.EXPERT_FIRST, 12, 3.13, id="a quarter"),
    ],
)
def test_worked_examples_from_the_methodology(predicate, level, months, expected):
    assert credit_points(predicate, level, months) == pytest.approx(expected, abs=0.005)


def test_columns_give_the_same_and_nobody_without_a_functional_position_has_points():
    rows = pd.DataFrame(
        {
            "predicate": ["very_good", "good", "poor"],
            "functional_level": pd.Series(["ahli_pertama", "ahli_pertama", None], dtype="str"),
            "period_start": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-01-01"]),
            "period_end": pd.to_datetime(["2025-12-31", "2025-09-30", "2025-12-31"]),
        }
    )

    found = with_credit_points(rows)

    assert found.credit_points.iloc[:2].tolist() == [18.75, 12.5 * 3 / 12]
    assert np.isnan(found.credit_points.iloc[2])
    assert found.credit_mark.iloc[0] == "V"
    assert pd.isna(found.credit_mark.iloc[2])


@pytest.mark.parametrize("months", [0, 13])
def test_more_or_less_than_a_year_is_refused(months):
    with pytest.raises(ValueError, match="1 to 12 months"):
        credit_points(Predicate.GOOD, FunctionalLevel.SKILLED, months)


def test_a_coefficient_without_a_source_says_that_it_is_recalled():
    assert set(COEFFICIENTS) == set(FunctionalLevel)
    assert set(SHARES) == set(Predicate)
    for known in COEFFICIENTS.values():
        assert (known.mark is Mark.RECALLED) == (not known.sources)
