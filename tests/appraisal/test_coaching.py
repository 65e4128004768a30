"""Who is on the coaching list, why, and with which proposal."""

from __future__ import annotations

import pandas as pd
import pytest

from kpi.appraisal.coaching import COLUMNS, MESSAGES, coaching_list
from kpi.appraisal.predicate import MATRIX, predicates
from kpi.people_model import CoachingReason, Level, Predicate

EMPLOYEES = pd.DataFrame({"employee_code": ["E1", "E2"], "unit_code": ["U", "U"], "superior_code": ["E2", None]})
NO_SCORES = pd.DataFrame(
    {
        "employee_code": pd.Series(dtype="str"),
        "indicator_code": pd.Series(dtype="str"),
        "period_end": pd.Series(dtype="datetime64[us]"),
        "index": pd.Series(dtype="float64"),
    }
)
INDICATORS = pd.DataFrame(
    {
        "employee_code": ["E1"],
        "indicator_code": ["I"],
        "name": ["Kunjungan rumah"],
        "from_unit_code": ["U"],
        "from_indicator_code": ["K4"],
    }
)
NO_VERDICTS = pd.DataFrame({"unit_code": pd.Series(dtype="str"), "indicator_code": [], "is_worsening": []})
JUDGED = {Predicate.GOOD: ("as_expected", "as_expected"), Predicate.VERY_GOOD: ("above", "above")} | {
    word: next((work.value, how.value) for (work, how), found in MATRIX.items() if found is word)
    for word in (Predicate.NEEDS_IMPROVEMENT, Predicate.POOR, Predicate.VERY_POOR)
}


def appraised(
    *words: Predicate, kind: str = "periodic", employee: str = "E1", until: str = "2026-12-31"
) -> pd.DataFrame:
    """One appraisal a quarter, oldest first, the last one at `until`."""
    ends = pd.date_range(end=until, periods=len(words), freq="QE")
    rows = pd.DataFrame([JUDGED[word] for word in words], columns=["work_result", "behaviour"])
    rows = rows.assign(employee_code=employee, kind=kind, period_end=ends)
    return rows.assign(predicate=predicates(rows.work_result, rows.behaviour))


def scored(*indices: float | None) -> pd.DataFrame:
    ends = pd.date_range(end="2026-09-30", periods=len(indices), freq="QE")
    return pd.DataFrame(
        {"employee_code": "E1", "indicator_code": "I", "period_end": ends, "index": pd.Series(indices, dtype="float64")}
    )


def reasons(appraisals: pd.DataFrame, scores: pd.DataFrame = NO_SCORES, verdicts: pd.DataFrame = NO_VERDICTS) -> list:
    found = coaching_list(EMPLOYEES, appraisals, scores, INDICATORS, verdicts)
    return list(zip(found.reason, found.proposed_kind, found.times.fillna(0).astype(int), strict=True))


VG, G, NI, P, VP = Predicate


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param((G, G), [], id="good is no reason"),
        pytest.param((G, NI), [("low_predicate", "coaching", 1)], id="low once"),
        pytest.param((NI, NI), [("low_predicate", "mentoring", 2)], id="low twice by work"),
        pytest.param((NI, NI, NI, NI), [("low_predicate", "role_change", 4)], id="low four times by work"),
        pytest.param((G, P), [("low_predicate", "coaching", 1)], id="behaviour once"),
        pytest.param((P, P), [("low_predicate", "sanction_process", 2)], id="behaviour twice"),
        pytest.param((NI, G), [], id="low before, good now"),
        pytest.param((VG, G, NI), [("low_predicate", "coaching", 1), ("falling", "mentoring", 0)], id="fell twice"),
        pytest.param((VG, G, G), [], id="fell once"),
        pytest.param((G, VG), [("strong", "development", 1)], id="strong once"),
        pytest.param((VG, VG, VG), [("strong", "talent_pool", 3)], id="strong three times"),
    ],
)
def test_appraisals_in_a_row(words, expected):
    assert reasons(appraised(*words)) == expected


def test_the_newest_appraisal_and_its_kind_decide():
    annual = appraised(NI, kind="annual", until="2025-12-31")

    assert reasons(pd.concat([appraised(G, G, G), annual], ignore_index=True)) == []
    assert reasons(pd.concat([appraised(NI, until="2025-09-30"), annual], ignore_index=True)) == [
        ("low_predicate", "coaching", 1)
    ]


@pytest.mark.parametrize(
    ("indices", "times"),
    [
        pytest.param((0.9, 0.9), 2, id="twice"),
        pytest.param((0.9, None, 0.8), 2, id="a period without a score is passed over"),
        pytest.param((1.0, 0.9), 0, id="once"),
        pytest.param((0.9, 0.9, 1.0), 0, id="met since"),
        pytest.param((0.9, 1.0 - 1e-12), 0, id="met but for binary noise"),
    ],
)
def test_an_individual_indicator_missed_twice(indices, times):
    found = reasons(appraised(G), scored(*indices))

    assert found == ([("indicator_missed", "training", times)] if times else [])


@pytest.mark.parametrize(("index", "is_listed"), [(0.8, True), (None, True), (1.0, False)])
def test_holders_of_a_worsening_indicator_are_listed_unless_their_own_part_is_met(index, is_listed):
    verdicts = pd.DataFrame({"unit_code": ["U", "V"], "indicator_code": ["K4", "K4"], "is_worsening": [True, True]})

    found = reasons(appraised(G), scored(index), verdicts)

    assert found == ([("unit_worsening", "mentoring", 0)] if is_listed else [])


def test_a_row_names_the_superior_and_fills_its_words():
    found = coaching_list(EMPLOYEES, appraised(P), scored(0.5, 0.5), INDICATORS, NO_VERDICTS)

    assert found.columns.tolist() == list(COLUMNS)
    assert found.superior_code.tolist() == ["E2", "E2"]
    for row in found.to_dict("records"):
        assert "{" not in str(row["text"]).format(**row)
    assert set(MESSAGES) == set(CoachingReason)


def test_who_is_no_longer_in_post_is_not_listed_and_nobody_may_be():
    assert reasons(appraised(P, employee="GONE")) == []
    assert reasons(appraised(G).iloc[:0]) == []


def test_behaviour_below_decides_the_proposal_of_the_newest_appraisal():
    mixed = pd.concat([appraised(NI, until="2026-03-31"), appraised(P, until="2026-06-30")], ignore_index=True)
    assert Level.BELOW.value in mixed.behaviour.tolist()

    assert reasons(mixed) == [("low_predicate", "sanction_process", 2), ("falling", "mentoring", 0)][:1]
