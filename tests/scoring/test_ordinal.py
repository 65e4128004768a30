"""Grades as numbers and back."""

import math

import pandas as pd
import pytest

from kpi.scoring.ordinal import parse_levels
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table

OPINION = "WTP:4;WDP:3;TW:2;TMP:1"


def test_a_grade_reads_as_its_number_and_back():
    levels = parse_levels(OPINION)
    assert [levels.number(grade) for grade in ("WTP", " wdp ", "TMP")] == [4.0, 3.0, 1.0]
    assert [levels.text(number) for number in (4.0, 3.0000000001, 3.5, math.nan)] == ["WTP", "WDP", None, None]


def test_an_audit_opinion_scores_through_its_levels():
    levels = parse_levels(OPINION)
    frame = pd.DataFrame(
        {
            "value": [levels.number("WTP"), levels.number("WDP")],
            "target": [levels.number("WTP")] * 2,
            "polarity": ["maximize"] * 2,
            "is_full_at_target": [True] * 2,
        }
    )
    scored = score_table(frame, load_profile("kmk"))
    assert scored["index"].tolist() == [1.2, 0.75]
    assert scored["rating"].tolist() == ["green", "red"]


def test_an_unknown_grade_names_the_levels():
    with pytest.raises(ValueError, match=r"'WTPP' is not one of the levels WTP, WDP, TW, TMP. Did you mean 'WTP'"):
        parse_levels(OPINION).number("WTPP")


@pytest.mark.parametrize(
    "text", ["", "WTP", "WTP:4", "WTP:4;WDP:x", "WTP:4;wtp:3", "WTP:4;WDP:4", ":4;WDP:3", "A:1;B:inf"]
)
def test_levels_that_make_no_sense_are_refused(text):
    with pytest.raises(ValueError, match="level"):
        parse_levels(text)
