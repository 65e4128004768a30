"""The indicators that a unit carries or states in a year, with their weights; agreed ones and drafts. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

from kpi.i18n import Language
from kpi.intake.statement_body import Body, known_body
from kpi.intake.templates.amount import Amount, Wanted, amount_in
from kpi.intake.templates.content import Content
from kpi.model import Indicator
from kpi.periods import Grain, Period
from kpi.store.statements import Statement, StatementState


@dataclass(frozen=True, slots=True)
class Listed:
    """One indicator. `weight` is the agreed one, `draft_weight` that of the draft; NaN = none, or no number yet.

    `indicator` None: it is not defined yet. `target` and `target_high` are the year's, as they stand.
    """

    indicator_code: str
    name: str
    indicator: Indicator | None
    weight: float
    target: float
    target_high: float
    draft: Statement | None
    draft_weight: float = nan


@dataclass(frozen=True, slots=True)
class Weights:
    """The sums of a unit's weights in a year: of what is agreed, and with the drafts in the place of what they change.

    `count` and `count_with_drafts`: of how many indicators; 0 = no weight is stated.
    """

    agreed: float
    with_drafts: float
    count: int
    count_with_drafts: int


def listed(content: Content, statements: Sequence[Statement], year: int) -> tuple[Listed, ...]:
    """Return a unit's indicators of a year by name; `content` is its template's of that year."""
    drafts = {
        one.indicator_code: one
        for one in statements
        if (one.unit_code, one.year, one.state) == (content.unit_code, year, StatementState.DRAFT)
    }
    carried = {one.indicator.indicator_code: one for one in content.statements}
    found = []
    for code in {**carried, **drafts}:
        known, draft = carried.get(code), drafts.get(code)
        body = Body.of(draft) if draft else Body()
        low, high = known.targets.get(year, (nan, nan)) if known else (nan, nan)
        name = body.fields.get("name") or (known.indicator.name if known else code)
        weight = known.weight if known else nan
        indicator = known.indicator if known else None
        found.append(Listed(code, name, indicator, weight, low, high, draft, _weight(body) if draft else nan))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def weights(found: Sequence[Listed]) -> Weights:
    """Add the weights up."""
    agreed = [one.weight for one in found if not isnan(one.weight)]
    drafted = [one.weight if one.draft is None or isnan(one.draft_weight) else one.draft_weight for one in found]
    drafted = [weight for weight in drafted if not isnan(weight)]
    return Weights(round(sum(agreed), 6), round(sum(drafted), 6), len(agreed), len(drafted))


def body_known(content: Content, indicator: Indicator | None, grain: Grain, language: Language) -> Body:
    """Return what is known of an indicator for the form: its sheet, its targets of the years, and of finer periods.

    The targets hold an empty text where none stands, so that each has its field.
    """
    year = content.period
    stated = next((one for one in content.statements if one.indicator == indicator), None) if indicator else None
    targets = dict(stated.targets) if stated else {}
    by_code = {str(number): targets.get(number, (nan, nan)) for number in content.years}
    entries = [one for one in content.entries if indicator and one.indicator == indicator]
    known = {one.period.code: (one.known.target, one.known.target_high) for one in entries}
    for period in _periods_in(year, grain):
        by_code[period.code] = known.get(period.code, by_code.get(period.code, (nan, nan)))
    return known_body(indicator, by_code, stated.weight if stated else nan, language)


def _periods_in(year: Period, grain: Grain) -> list[Period]:
    if grain is Grain.YEAR:
        return []
    period = Period.containing(year.start, grain, year.year_starts_in)
    periods = []
    while period.end <= year.end:
        periods.append(period)
        period = period.shifted(1)
    return periods


def _weight(body: Body) -> float:
    found = amount_in(body.weight.strip(), Wanted())
    return found.value if isinstance(found, Amount) else nan
