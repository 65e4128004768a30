"""The vocabulary of people's performance: Enums and frozen facts about employees and appraisals. Does no I/O.

docs/methodology-people.md says where each word comes from. All of it is personal data: it lives in the people's record
and its private snapshots alone, never in the public snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kpi.model import Mark, Polarity


class Level(StrEnum):
    """How work or behaviour stands to what was expected; the superior's judgement. Best first."""

    ABOVE = "above"
    AS_EXPECTED = "as_expected"
    BELOW = "below"


class CoreValue(StrEnum):
    """The seven core values of civil servants (BerAKHLAK), in their order; each is a field of `Appraisal`."""

    SERVICE = "service"
    ACCOUNTABLE = "accountable"
    COMPETENT = "competent"
    HARMONIOUS = "harmonious"
    LOYAL = "loyal"
    ADAPTIVE = "adaptive"
    COLLABORATIVE = "collaborative"


class Predicate(StrEnum):
    """What an appraisal comes to: Sangat Baik, Baik, Butuh Perbaikan (Cukup), Kurang, Sangat Kurang. Best first."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs_improvement"
    POOR = "poor"
    VERY_POOR = "very_poor"


class OrganisationPredicate(StrEnum):
    """What a unit as a whole is judged at: Istimewa, Baik, Butuh Perbaikan, Kurang, Sangat Kurang. Best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs_improvement"
    POOR = "poor"
    VERY_POOR = "very_poor"


class AppraisalKind(StrEnum):
    """Whether an appraisal is one of the year's periodic ones or the year's own."""

    PERIODIC = "periodic"
    ANNUAL = "annual"


class Cascade(StrEnum):
    """How an individual indicator follows from one of a unit: taken over whole, a part of it, or the person's own."""

    DIRECT = "direct"
    PARTIAL = "partial"
    NEW = "new"


class FunctionalLevel(StrEnum):
    """The level (jenjang) of a functional position: four of expertise, four of skill."""

    EXPERT_FIRST = "ahli_pertama"
    EXPERT_JUNIOR = "ahli_muda"
    EXPERT_SENIOR = "ahli_madya"
    EXPERT_PRINCIPAL = "ahli_utama"
    SKILLED_BEGINNER = "pemula"
    SKILLED = "terampil"
    SKILLED_ADVANCED = "mahir"
    SKILLED_SUPERVISOR = "penyelia"


class FollowUpKind(StrEnum):
    """What may follow an appraisal."""

    COACHING = "coaching"
    MENTORING = "mentoring"
    TRAINING = "training"
    ROLE_CHANGE = "role_change"
    SANCTION_PROCESS = "sanction_process"
    DEVELOPMENT = "development"
    TALENT_POOL = "talent_pool"


class FollowUpState(StrEnum):
    """How far a follow-up has come. Done and dropped ones are closed."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class CoachingReason(StrEnum):
    """Why the coaching list names a person."""

    LOW_PREDICATE = "low_predicate"
    FALLING = "falling"
    INDICATOR_MISSED = "indicator_missed"
    UNIT_WORSENING = "unit_worsening"
    STRONG = "strong"


CLOSED_STATES: Final = (FollowUpState.DONE, FollowUpState.DROPPED)


def _check_span(what: str, start: date, end: date | None) -> None:
    if end is not None and start > end:
        raise ValueError(f"{what}: it starts {start}, after it ends {end}.")


@dataclass(frozen=True, slots=True)
class Employee:
    """A person in a post: where, under whom, from when to when (both inside; None = still). A move is a new post.

    `superior_code` is the employee who appraises, None at the top. `functional_level` None = no functional position.
    """

    organisation_code: str
    employee_code: str
    name: str
    position: str
    unit_code: str
    valid_from: date
    valid_to: date | None = None
    superior_code: str | None = None
    functional_level: FunctionalLevel | None = None

    def __post_init__(self) -> None:
        _check_span(f"Employee {self.employee_code}", self.valid_from, self.valid_to)
        if self.superior_code == self.employee_code:
            raise ValueError(f"Employee {self.employee_code} can't be their own superior.")


@dataclass(frozen=True, slots=True)
class IndividualIndicator:
    """What one employee is to achieve (IKI); `indicator_code` is unique within the employee.

    Cascaded from `from_indicator_code` of `from_unit_code`, which a new one has not. Targets and values are figures.
    """

    organisation_code: str
    employee_code: str
    indicator_code: str
    name: str
    cascade: Cascade
    unit_of_measure: str = ""
    polarity: Polarity | None = None
    grain: str = "year"
    multiplier: float = 1.0
    decimals: int = 2
    from_unit_code: str | None = None
    from_indicator_code: str | None = None

    def __post_init__(self) -> None:
        is_cascaded = self.from_unit_code is not None and self.from_indicator_code is not None
        is_bare = self.from_unit_code is None and self.from_indicator_code is None
        if not (is_bare if self.cascade is Cascade.NEW else is_cascaded):
            raise ValueError(
                f"Indicator {self.indicator_code} of {self.employee_code}: name the unit and indicator that it is "
                f"cascaded from, and none of both for a new one."
            )


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A superior's judgement of one employee in one period; entered, never computed.

    `behaviour` is the overall judgement; the seven core values stand beside it, None = nothing noted. `rule_mark` says
    how sure the rule is under which the predicate follows from both.
    """

    organisation_code: str
    employee_code: str
    kind: AppraisalKind
    period_start: date
    period_end: date
    superior_code: str
    work_result: Level
    behaviour: Level
    service: Level | None = None
    accountable: Level | None = None
    competent: Level | None = None
    harmonious: Level | None = None
    loyal: Level | None = None
    adaptive: Level | None = None
    collaborative: Level | None = None
    note: str | None = None
    rule_mark: Mark = Mark.SECONDARY

    def __post_init__(self) -> None:
        _check_span(f"Appraisal of {self.employee_code}", self.period_start, self.period_end)
        if self.superior_code == self.employee_code:
            raise ValueError(f"Employee {self.employee_code} can't appraise themselves.")

    @property
    def values(self) -> dict[CoreValue, Level]:
        """The core values that something is noted for, in their order."""
        noted = {value: getattr(self, value.value) for value in CoreValue}
        return {value: level for value, level in noted.items() if level is not None}


@dataclass(frozen=True, slots=True)
class UnitPredicate:
    """What a unit as a whole is judged at in a period; entered by whom `given_by` names, never computed."""

    organisation_code: str
    unit_code: str
    kind: AppraisalKind
    period_start: date
    period_end: date
    predicate: OrganisationPredicate
    given_by: str
    note: str | None = None

    def __post_init__(self) -> None:
        _check_span(f"Predicate of {self.unit_code}", self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that was decided to be done for an employee; each change of it is a new version of the same code.

    `owner_code` is the employee who sees to it. `reason` is what the coaching list said, None = somebody's own idea.
    `outcome` is needed to close it.
    """

    organisation_code: str
    follow_up_code: str
    employee_code: str
    kind: FollowUpKind
    owner_code: str
    due_on: date
    state: FollowUpState
    text: str
    reason: CoachingReason | None = None
    outcome: str | None = None

    def __post_init__(self) -> None:
        if self.state in CLOSED_STATES and not self.outcome:
            raise ValueError(f"Follow-up {self.follow_up_code} is {self.state}: say what came of it.")


@dataclass(frozen=True, slots=True)
class FeedbackNote:
    """What an employee, or someone about them, wrote down; `about_period_end` names the appraisal it answers."""

    organisation_code: str
    note_code: str
    employee_code: str
    author_code: str
    written_on: date
    text: str
    about_period_end: date | None = None
