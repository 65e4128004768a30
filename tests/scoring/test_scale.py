"""Conversion scales: reading them, and reading indices off them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.scale import parse_scale
from tests.scoring.strategies import scales

KMK = "0:0;90:100;100:120"


@pytest.mark.parametrize(
    ("achievement", "index"),
    [(-0.5, 0.0), (0.0, 0.0), (0.45, 0.5), (0.9, 1.0), (0.96, 1.12), (0.98, 1.16), (1.0, 1.2), (1.3, 1.2)],
)
def test_the_kmk_example_scale_reads_as_published_and_holds_at_its_ends(achievement, index):
    assert parse_scale(KMK).converted(np.array([achievement]))[0] == pytest.approx(index, abs=1e-12)


def test_every_point_of_a_scale_gives_exactly_its_index():
    scale = parse_scale("10:3.3;70:70.1;90:100;99.9:107;100:120")
    assert scale.converted(np.array(scale.achievements)).tolist() == list(scale.indices)


def test_a_missing_achievement_stays_missing():
    assert np.isnan(parse_scale(KMK).converted(np.array([np.nan]))[0])


@given(scales(), st.floats(-1, 2), st.floats(-1, 2))
def test_a_higher_achievement_never_converts_to_less(text, one, other):
    low, high = parse_scale(text).converted(np.array(sorted([one, other])))
    assert low <= high


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "can't be read"),
        ("90", "can't be read"),
        ("90:100:110", "can't be read"),
        ("ninety:100;100:120", "can't be read"),
        ("90:100", "at least two points"),
        ("90:100;90:120", "must rise"),
        ("100:120;90:100", "must rise"),
        ("0:0;90:120;100:100", "must not fall"),
        ("0:0;90:nan", "finite"),
        ("0:0;inf:100", "finite"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused_in_words(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_scale(text)
