from __future__ import annotations

import pandas as pd
import pytest

from kpi.appraisal.distribution import MESSAGES, PATTERNS, counts_by, distribution_check, distribution_checks
from kpi.model import Mark
from kpi.people_model import OrganisationPredicate, Predicate

EXCELLENT, GOOD, IMPROVE, POOR, VERY_POOR = OrganisationPredicate


def broken(organisation: OrganisationPredicate, *persons: int) -> list[str]:
    check = distribution_check(dict(zip(Predicate, persons, strict=True)), organisation)
    said = [(breach.text, dict(**breach.values)) for breach in check.breaches]
    return [text.split("{predicates}")[1].split("{")[0] + str(values.get("persons", "")) for text, values in said]


SHARE, NONE, NOT_LARGEST = ": ", ": nobody of ", " should be the largest group, and "


@pytest.mark.parametrize(
    ("organisation", "persons", "expected"),
    [
        pytest.param(EXCELLENT, (7, 3, 0, 0, 0), [], id="70 % is the most"),
        pytest.param(EXCELLENT, (8, 2, 0, 0, 0), [SHARE + "1"], id="80 % is one of ten too many"),
        pytest.param(EXCELLENT, (4, 5, 1, 0, 0), [NOT_LARGEST], id="most are elsewhere"),
        pytest.param(EXCELLENT, (5, 5, 0, 0, 0), [], id="as many is largest too"),
        pytest.param(GOOD, (2, 7, 1, 0, 0), [], id="the pattern"),
        pytest.param(GOOD, (3, 7, 0, 0, 0), [NONE], id="nobody needs improvement"),
        pytest.param(GOOD, (2, 7, 0, 1, 0), [], id="one at poor is enough"),
        pytest.param(GOOD, (0, 10, 0, 0, 0), [SHARE + "3", NONE], id="everybody good"),
        pytest.param(GOOD, (6, 3, 1, 0, 0), [NOT_LARGEST], id="most very good"),
        pytest.param(IMPROVE, (1, 3, 6, 0, 0), [], id="60 % and 10 %"),
        pytest.param(IMPROVE, (2, 3, 5, 0, 0), [SHARE + "1", SHARE + "1"], id="one short and one too many"),
        pytest.param(POOR, (1, 2, 1, 6, 0), [], id="poor"),
        pytest.param(POOR, (0, 4, 0, 6, 0), [SHARE + "1"], id="nobody needs improvement at poor"),
        pytest.param(VERY_POOR, (0, 3, 1, 0, 6), [], id="very poor"),
        pytest.param(VERY_POOR, (1, 3, 0, 0, 6), [SHARE + "1", SHARE + "1"], id="no very good at very poor"),
    ],
)
def test_each_pattern_with_ten_persons(organisation, persons, expected):
    assert broken(organisation, *persons) == expected


def test_fewer_than_five_persons_are_not_checked():
    few = distribution_check({Predicate.VERY_GOOD: 4}, GOOD)

    assert (few.total, few.is_checked, few.breaches) == (4, False, ())
    assert distribution_check({Predicate.VERY_GOOD: 5}, GOOD).is_checked


def test_each_breach_fills_its_words_and_carries_the_mark_of_its_rule():
    seen = set()
    for organisation in OrganisationPredicate:
        for one in Predicate:
            for breach in distribution_check({one: 20}, organisation).breaches:
                assert "{" not in breach.text.format(**breach.values)
                assert breach.mark is (Mark.DERIVED if breach.requirement.is_largest else Mark.SECONDARY)
                seen.add(breach.text)
    assert seen == set(MESSAGES)
    assert set(PATTERNS) == set(OrganisationPredicate)


def test_a_unit_without_a_predicate_of_its_own_is_not_held_against_any():
    rows = pd.DataFrame({"unit_code": ["A"] * 6 + ["B"] * 2, "predicate": ["good"] * 6 + ["poor"] * 2})

    counts = counts_by(rows)
    checks = distribution_checks(counts, {"A": GOOD, "C": GOOD})

    assert counts.columns.tolist() == [word.value for word in Predicate]
    assert counts.loc["B"].tolist() == [0, 0, 0, 2, 0]
    assert list(checks) == ["A"]
    assert len(checks["A"].breaches) == 2
