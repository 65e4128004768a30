from __future__ import annotations

import pandas as pd
import pytest

from kpi.appraisal.behaviour import MESSAGES, Contradiction, contradictions
from kpi.people_model import CoreValue


def judged(overall: str, *notes: str | None) -> pd.DataFrame:
    given = [*notes, *[None] * (7 - len(notes))]
    columns = {value.value: pd.Series([note], dtype="str") for value, note in zip(CoreValue, given, strict=True)}
    return pd.DataFrame({"behaviour": [overall], **columns})


@pytest.mark.parametrize(
    ("overall", "notes", "expected"),
    [
        pytest.param("above", ("as_expected", "as_expected"), "better_than_all", id="nothing noted is that good"),
        pytest.param("below", ("as_expected", "above"), "worse_than_all", id="nothing noted is that bad"),
        pytest.param("above", ("above", "below"), "above_with_one_below", id="one is below, and wants a reason"),
        pytest.param("as_expected", ("above", "below"), None, id="in between is the superior's to weigh"),
        pytest.param("above", ("above", "as_expected"), None, id="one carries it"),
        pytest.param("below", (), None, id="nothing noted"),
    ],
)
def test_an_overall_level_contradicts_the_notes_only_outside_them(overall, notes, expected):
    found = contradictions(judged(overall, *notes)).iloc[0]

    assert found == expected if expected else pd.isna(found)


def test_every_contradiction_has_words():
    assert set(MESSAGES) == set(Contradiction)
