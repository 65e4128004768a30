"""The figure worked out on Help is scored by the rules themselves, and every rule names its source."""

from __future__ import annotations

import pytest

from kpi.i18n import Translator
from kpi.scoring.explanation import FigureInputs, evaluate, explain
from kpi.scoring.profile import load_profile, profile_codes
from kpi.views.worked import EXAMPLES, Example, rules_table, steps_text, under_each

t = Translator("en")
KMK = load_profile("kmk")
EXPECTED = {
    "under": 0.95,
    "beyond": 1.2,
    "over_limit": 0.8,
    "twice": 0.0,
    "zero": 0.6,
    "range": 92 / 90,
    "full": 1.2,
    "near": 1.12,
}
"""By hand, as docs/methodology.md has them."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_each_example_comes_to_what_the_methodology_says(example: Example):
    explanation = explain(example.figure, KMK)

    assert explanation.index == pytest.approx(EXPECTED[example.code])
    assert evaluate(explanation) == pytest.approx(EXPECTED[example.code])
    assert "Index" in steps_text(explanation, KMK, t)


def test_a_figure_that_no_rule_scores_says_why_and_what_to_do():
    said = steps_text(explain(FigureInputs(4.0, 0.0, EXAMPLES[0].figure.polarity), KMK), KMK, t)

    assert "Not scored: no rule for a target of zero." in said
    assert "What to do" in said


@pytest.mark.parametrize("code", profile_codes())
def test_every_rule_of_a_profile_stands_there_with_a_mark(code: str):
    profile = load_profile(code)
    table = rules_table(profile, t)
    bands = sum(table["Rule"].str.startswith("Band"))

    assert bands == len(profile.bands)
    assert table["How sure"].str.match(r"\[[VSRD]\] ").all()
    assert set(", ".join(table["Source"]).replace(",", " ").split()) >= set(
        profile.rules["maximize"].positive_target.sources
    )  # type: ignore[index]


def test_profiles_may_disagree_on_one_figure():
    table = under_each(
        FigureInputs(186.0, 162.0, EXAMPLES[2].figure.polarity), {c: load_profile(c) for c in profile_codes()}, t
    )

    assert {"85.2", "87.1"} <= set(table["Index"])
