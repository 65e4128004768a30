"""The coaching list: for whom something should be done, why, and what is proposed. Proposes only; decides nothing.

Frames in, a frame out. Source of the reasons: methodology-people.md, "The coaching list"; the proposals are ours [D].
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from kpi.appraisal.predicate import PREDICATES, rank
from kpi.people_model import AppraisalKind, CoachingReason, FollowUpKind, Level, Predicate

LOWEST_GOOD: Final = PREDICATES.index(Predicate.GOOD)
COLUMNS: Final = (
    "employee_code", "unit_code", "superior_code", "reason", "proposed_kind", "text", "times", "predicate",
    "indicator_code", "indicator_name", "period_end",
)  # fmt: skip
WORK_PROPOSALS: Final = (FollowUpKind.COACHING, FollowUpKind.MENTORING, FollowUpKind.ROLE_CHANGE)
"""What is proposed at the first, second, and third or later low appraisal in a row that the work result caused."""
BEHAVIOUR_PROPOSALS: Final = (FollowUpKind.COACHING, FollowUpKind.SANCTION_PROCESS, FollowUpKind.SANCTION_PROCESS)
"""The same where the newest appraisal judges behaviour below expectation."""
STRONG_PROPOSALS: Final = (FollowUpKind.DEVELOPMENT, FollowUpKind.TALENT_POOL, FollowUpKind.TALENT_POOL)
MESSAGES: Final[dict[CoachingReason, str]] = {
    CoachingReason.LOW_PREDICATE: "Appraised at {predicate}, {times} times in a row.",
    CoachingReason.FALLING: "The predicate fell twice in a row, last to {predicate}.",
    CoachingReason.INDICATOR_MISSED: "{indicator_name}: below target {times} times in a row.",
    CoachingReason.UNIT_WORSENING: "{indicator_name}: the unit's indicator that it serves is getting worse.",
    CoachingReason.STRONG: "Appraised at {predicate}, {times} times in a row.",
}
"""Why, as message ids that a row's own columns fill."""


def coaching_list(
    employees: pd.DataFrame,
    appraisals: pd.DataFrame,
    indicator_scores: pd.DataFrame,
    individual_indicators: pd.DataFrame,
    unit_verdicts: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per employee, reason and indicator, the most urgent reasons first; columns COLUMNS.

    `employees` (who is in post): employee_code, unit_code, superior_code; nobody else appears. `appraisals`:
    employee_code, kind, period_end, work_result, behaviour, predicate. `indicator_scores`: employee_code,
    indicator_code, period_end, index (ratio, NaN = not scored), finished periods only. `individual_indicators`:
    employee_code, indicator_code, name, from_unit_code, from_indicator_code. `unit_verdicts`: unit_code,
    indicator_code, is_worsening. `times` counts appraisals or periods, NaN where the reason has none.
    """
    found = pd.concat(
        [
            *_by_appraisals(appraisals),
            _missed(indicator_scores, individual_indicators),
            _worsening(indicator_scores, individual_indicators, unit_verdicts),
        ],
        ignore_index=True,
    )
    posts = employees[["employee_code", "unit_code", "superior_code"]]
    listed = found.merge(posts, on="employee_code", how="inner", validate="many_to_one")
    order = {reason.value: place for place, reason in enumerate(CoachingReason)}
    listed = listed.assign(
        text=listed["reason"].map({reason.value: text for reason, text in MESSAGES.items()}),
        urgency=listed["reason"].map(order),
    ).sort_values(["urgency", "employee_code", "indicator_code"], ignore_index=True)
    return listed.reindex(columns=list(COLUMNS))


def _by_appraisals(appraisals: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows for low, falling and strong appraisals; each employee's newest appraisal and its kind decide."""
    ranked = appraisals.assign(
        rank=rank(appraisals["predicate"]), is_annual=appraisals["kind"] == AppraisalKind.ANNUAL.value
    )
    newest_first = ranked.sort_values(["period_end", "is_annual"], ascending=False)
    newest = newest_first.drop_duplicates("employee_code")
    alike = newest_first.merge(newest[["employee_code", "kind"]], on=["employee_code", "kind"])
    newest = newest.set_index("employee_code")
    is_behaviour = newest["behaviour"] == Level.BELOW.value
    low = _streak(alike, alike["rank"] > LOWEST_GOOD)
    strong = _streak(alike, alike["predicate"] == Predicate.VERY_GOOD.value)
    by_work, by_behaviour = _proposed(low, WORK_PROPOSALS), _proposed(low, BEHAVIOUR_PROPOSALS)
    return [
        _rows(newest, CoachingReason.LOW_PREDICATE, by_work.where(~is_behaviour[low.index], by_behaviour), low),
        _rows(newest, CoachingReason.FALLING, _always(_fallen(alike), FollowUpKind.MENTORING)),
        _rows(newest, CoachingReason.STRONG, _proposed(strong, STRONG_PROPOSALS), strong),
    ]


def _rows(
    newest: pd.DataFrame, reason: CoachingReason, proposed: pd.Series, times: pd.Series | None = None
) -> pd.DataFrame:
    """Return a row for each employee (the index of `proposed`), with what their newest appraisal says."""
    said = newest.loc[proposed.index, ["predicate", "period_end"]]
    return said.assign(reason=reason.value, proposed_kind=proposed, times=times).reset_index(names="employee_code")


def _streak(newest_first: pd.DataFrame, is_so: pd.Series) -> pd.Series:
    """Return how many of each employee's newest rows in a row are so; employees with none are left out."""
    unbroken = is_so.astype("int64").groupby(newest_first["employee_code"]).cumprod()
    counted = unbroken.groupby(newest_first["employee_code"]).sum()
    return counted[counted > 0]


def _fallen(newest_first: pd.DataFrame) -> pd.Index:
    """Return the employees whose newest appraisal is worse than the one before, and that worse than its own."""
    by_employee = newest_first.groupby("employee_code")["rank"]
    fell = newest_first["rank"] > by_employee.shift(-1)
    fell_before = by_employee.shift(-1) > by_employee.shift(-2)
    is_newest = newest_first.groupby("employee_code").cumcount() == 0
    return pd.Index(newest_first.loc[is_newest & fell & fell_before, "employee_code"])


def _proposed(times: pd.Series, proposals: tuple[FollowUpKind, FollowUpKind, FollowUpKind]) -> pd.Series:
    words = {place: kind.value for place, kind in enumerate(proposals, start=1)}
    return times.clip(upper=len(proposals)).map(words).astype("str")


def _always(employees: pd.Index, kind: FollowUpKind) -> pd.Series:
    return pd.Series(kind.value, index=employees, dtype="str")


def _missed(scores: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the individual indicators that missed their target in the last two periods that were scored, or more."""
    scored = _newest_first(scores)
    keys = [scored["employee_code"], scored["indicator_code"]]
    misses = (scored["index"].round(9) < 1.0).astype("int64").groupby(keys).cumprod().groupby(keys).sum()
    listed = misses[misses >= 2].rename("times").reset_index()
    names = indicators[["employee_code", "indicator_code", "name"]].rename(columns={"name": "indicator_name"})
    newest = scored.drop_duplicates(["employee_code", "indicator_code"])
    listed = listed.merge(names, on=["employee_code", "indicator_code"], how="left", validate="one_to_one").merge(
        newest[["employee_code", "indicator_code", "period_end"]], on=["employee_code", "indicator_code"]
    )
    return listed.assign(reason=CoachingReason.INDICATOR_MISSED.value, proposed_kind=FollowUpKind.TRAINING.value)


def _worsening(scores: pd.DataFrame, indicators: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return who holds a part of a unit's indicator that worsens, unless their own part met its target last."""
    worse = verdicts.loc[verdicts["is_worsening"].astype("bool"), ["unit_code", "indicator_code"]].drop_duplicates()
    worse = worse.rename(columns={"unit_code": "from_unit_code", "indicator_code": "from_indicator_code"})
    held = indicators.merge(worse, on=["from_unit_code", "from_indicator_code"])
    newest = _newest_first(scores).drop_duplicates(["employee_code", "indicator_code"])
    held = held.merge(
        newest[["employee_code", "indicator_code", "index", "period_end"]],
        on=["employee_code", "indicator_code"],
        how="left",
    )
    held = held[~(held["index"].round(9) >= 1.0)]
    return held.rename(columns={"name": "indicator_name"})[
        ["employee_code", "indicator_code", "indicator_name", "period_end"]
    ].assign(reason=CoachingReason.UNIT_WORSENING.value, proposed_kind=FollowUpKind.MENTORING.value)


def _newest_first(scores: pd.DataFrame) -> pd.DataFrame:
    return scores[scores["index"].notna()].sort_values("period_end", ascending=False, ignore_index=True)
