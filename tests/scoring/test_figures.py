"""Columns of figures check themselves."""

import numpy as np
import pytest

from kpi.scoring.figures import Figures


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        Figures(np.ones(2), np.ones(3), np.zeros(2, np.int8))


@pytest.mark.parametrize("code", [-2, 4])
def test_an_unknown_polarity_code_is_refused(code):
    with pytest.raises(ValueError, match="polarity"):
        Figures(np.ones(1), np.ones(1), np.array([code], np.int8)).check()


def test_a_range_that_ends_before_it_begins_is_refused_with_its_row():
    figures = Figures(np.ones(2), np.array([1.0, 8.0]), np.zeros(2, np.int8), target_high=np.array([np.nan, 7.0]))
    with pytest.raises(ValueError, match=r"Row 1: target_high 7.0 is less than target 8.0"):
        figures.check()


def test_a_part_is_a_view_of_the_same_rows():
    figures = Figures(np.arange(4.0), np.arange(4.0), np.zeros(4, np.int8), worst_value=np.arange(4.0))
    part = figures.part(slice(1, 3))
    assert part.value.tolist() == [1.0, 2.0]
    assert part.worst_value is not None
    assert np.shares_memory(part.value, figures.value)
