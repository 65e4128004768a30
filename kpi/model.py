"""The vocabulary: Enums and frozen facts about organisations, units and indicators. Does no I/O.

docs/glossary.md defines each word. A ratio of 1.0 is 100 %; percent exists on screen and in exports alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Polarity(StrEnum):
    """Which way is better."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"
    STABILIZE = "stabilize"
    NEUTRAL = "neutral"


POLARITY_CODE: Final[dict[Polarity, int]] = {
    Polarity.MAXIMIZE: 0,
    Polarity.MINIMIZE: 1,
    Polarity.STABILIZE: 2,
    Polarity.NEUTRAL: 3,
}
DIRECTION_NOT_STATED: Final = -1
"""The int8 code of an indicator whose polarity nobody has stated."""


class AggregationOverPeriods(StrEnum):
    """How finer periods make a coarser one, and how a year's periods make the figure to date."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    RATIO = "ratio"
    NONE = "none"


class AggregationOverUnits(StrEnum):
    """How the figures of child units make the parent's."""

    SUM = "sum"
    MEAN = "mean"
    RATIO = "ratio"
    NONE = "none"


class Verification(StrEnum):
    """How far a figure has been checked."""

    REPORTED = "reported"
    VERIFIED = "verified"
    LOCKED = "locked"


class Origin(StrEnum):
    """Where a consolidated figure comes from."""

    REPORTED = "reported"
    COMPUTED = "computed"
    PERIODS = "periods"
    UNITS = "units"


class Status(StrEnum):
    """Whether a figure got a score."""

    SCORED = "scored"
    NOT_SCORED = "not_scored"


class Reason(StrEnum):
    """Why a figure is not scored; the closed list, in the order in which the reasons are tried."""

    NEUTRAL = "neutral"
    DIRECTION_NOT_STATED = "direction_not_stated"
    NO_VALUE = "no_value"
    NO_TARGET = "no_target"
    PARTIAL_SUM = "partial_sum"
    NO_RULE_FOR_POLARITY = "no_rule_for_polarity"
    NEGATIVE_TARGET = "negative_target"
    ZERO_TARGET = "zero_target"
    ZERO_VALUE = "zero_value"
    NEGATIVE_VALUE = "negative_value"
    NO_CONVERSION_SCALE = "no_conversion_scale"


class Mark(StrEnum):
    """How sure a rule is (RULES.md): seen in the rule, second-hand, recalled, derived."""

    VERIFIED = "V"
    SECONDARY = "S"
    RECALLED = "R"
    DERIVED = "D"


class EventKind(StrEnum):
    """What kind of thing happened that a reader of a series should know."""

    PROGRAMME_STARTED = "programme_started"
    DEFINITION_CHANGED = "definition_changed"
    CENSUS_REVISED = "census_revised"
    REORGANISATION = "reorganisation"
    OUTBREAK = "outbreak"
    DISASTER = "disaster"
    OTHER = "other"


class ControlLevel(StrEnum):
    """How much of an indicator its owner controls (tingkat kendali)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class ValidityLevel(StrEnum):
    """How directly an indicator measures its objective (tingkat validitas)."""

    EXACT = "exact"
    PROXY = "proxy"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A government; it is the root unit of its tree and has the same code."""

    organisation_code: str
    name: str
    year_starts_in: int = 1
    is_synthetic: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.year_starts_in <= 12:
            raise ValueError(
                f"Organisation {self.organisation_code}: its year can't start in month {self.year_starts_in}."
            )


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that is measured; part of a tree. `valid_from` and `valid_to` are inside its life; None = open.

    `successor_share` is the part (0–1] of this unit's work that `successor_code` took over at `valid_to`.
    `weight_in_parent` is what its index counts in the parent's; None = none declared.
    """

    organisation_code: str
    unit_code: str
    name: str
    parent_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor_code: str | None = None
    successor_share: float | None = None
    weight_in_parent: float | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """The definition sheet of an indicator (RULES §1.4), and how its figures combine and score.

    `polarity` None = nobody stated the direction. `grain` is the indicator's own: the finest at which it is
    reported. `every_years` 2 = two-yearly. `numerator_indicator_code` and `denominator_indicator_code` both set =
    computed at publish from two indicators of the same unit and period. `conversion_scale` and `ordinal_levels` are
    written `0:0;90:100;100:120` and `WTP:4;WDP:3`.
    """

    organisation_code: str
    indicator_code: str
    name: str
    unit_of_measure: str = ""
    polarity: Polarity | None = None
    grain: str = "year"
    every_years: int = 1
    aggregation_over_periods: AggregationOverPeriods = AggregationOverPeriods.NONE
    aggregation_over_units: AggregationOverUnits = AggregationOverUnits.NONE
    multiplier: float = 1.0
    decimals: int = 2
    lowest_possible: float | None = None
    highest_possible: float | None = None
    worst_value: float | None = None
    is_full_at_target: bool = False
    conversion_scale: str | None = None
    ordinal_levels: str | None = None
    numerator_indicator_code: str | None = None
    denominator_indicator_code: str | None = None
    perspective: str | None = None
    strategic_objective: str | None = None
    objective_description: str | None = None
    definition: str | None = None
    formula: str | None = None
    purpose: str | None = None
    target_aspect: str | None = None
    control_level: ControlLevel | None = None
    validity_level: ValidityLevel | None = None
    responsible: str | None = None
    data_provider: str | None = None
    data_source: str | None = None
    baseline: str | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day and may explain a series; entered by a person, kept like any figure.

    It concerns `unit_code` with all below it (None: every unit) and `indicator_code` (None: every indicator). One
    event may concern several: rows with the same `event_code`. `rebases_limits`: control limits start anew at it.
    """

    organisation_code: str
    event_code: str
    happened_on: date
    kind: EventKind
    text: str
    author: str
    unit_code: str | None = None
    indicator_code: str | None = None
    rebases_limits: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What a unit says of one figure, above all of one that missed its target: why, and what is done about it.

    `obstacle` is what stood in the way; empty = none named. `follow_up` is to be done until `due` by `owner`: a post or
    a division, no person's name. One per unit, indicator, grain and first day; the newest that stands counts.
    """

    organisation_code: str
    unit_code: str
    indicator_code: str
    grain: str
    period_start: date
    period_end: date
    cause: str
    obstacle: str
    follow_up: str
    owner: str
    due: date
    author: str


@dataclass(frozen=True, slots=True)
class SnapshotMeta:
    """Which state of the record a snapshot shows, and when it was made.

    `record_version` is the number of the newest batch in it. `as_known_at` is set on a snapshot of the past only.
    """

    version: str
    record_version: int
    published_at: datetime
    today: date
    as_known_at: date | None = None
