"""The adapter: frames and Arrow tables in, scores out."""

import pandas as pd

from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table


def test_a_missing_value_is_not_scored_and_says_why():
    frame = pd.DataFrame({"value": [9.0, None], "target": [10.0, 10.0], "polarity": ["maximize", "maximize"]})
    scored = score_table(frame, load_profile("kmk"))
    assert scored["index"].tolist()[0] == 0.9
    assert scored["status"].tolist() == ["scored", "not_scored"]
    assert scored["reason"].tolist()[1] == "no_value"
