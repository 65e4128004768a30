"""What is said of one person's record, of the coaching list and of follow-ups. Knows no screen."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Final

import pandas as pd

from kpi.access.role_words import ROLE_WORDS
from kpi.appraisal.credit_points import COEFFICIENTS
from kpi.appraisal.rules import CREDIT_RULE, MATRIX_RULE
from kpi.i18n import MISSING, Translator, mark
from kpi.people_model import Cascade, CoachingReason, CoreValue, Predicate
from kpi.scoring.profile import RuleProfile
from kpi.views.control_words import both_verdicts
from kpi.views.figures_words import target_said
from kpi.views.markdown import plain
from kpi.views.moments import moment_said
from kpi.views.people import Round
from kpi.views.people_coaching import Coaching, FollowedUp, Proposed, Step
from kpi.views.people_words import round_said, rule_said, word
from kpi.views.person import Expected, Judged, Look, Person, Post, Written
from kpi.views.ratings import index_text, rating_style
from kpi.views.why_words import rules_named, steps, symbols

CASCADES: Final[dict[Cascade, str]] = {
    Cascade.DIRECT: mark("It is {indicator} of {unit}, taken over whole."),
    Cascade.PARTIAL: mark("It is a part of {indicator} of {unit}."),
    Cascade.NEW: mark("It is the person's own, cascaded from no indicator of a unit."),
}
PLACES: Final = tuple(reversed(Predicate))
"""Predicates from the lowest, 1, upwards, for a chart over time."""


def post_said(post: Post, t: Translator) -> str:
    """Return a post in words: Bidan, Ahli Muda, Puskesmas A; superior …; from …."""
    level = f", {t.label(post.functional_level)}" if post.functional_level else ""
    said = [f"{plain(post.position)}{level}, {plain(post.unit_name)}"]
    if post.superior_name:
        said.append(t("superior: {name}", name=plain(post.superior_name)))
    since, until = t.date(post.valid_from), t.date(post.valid_to) if post.valid_to else ""
    said.append(t("{first} to {last}", first=since, last=until) if until else t("since {date}", date=since))
    return " · ".join(said)


def sentence(of: Person, year_starts_in: int, t: Translator) -> str:
    """Return one sentence on the newest appraisal and what is still to be done."""
    if not of.appraisals:
        return t("{name} has not been appraised yet.", name=plain(of.name))
    newest = of.appraisals[0]
    said = t(
        "{name}: {predicate} ({round}).",
        name=plain(of.name),
        predicate=word(newest.predicate, t),
        round=round_said(Round(newest.kind, newest.start, newest.end), year_starts_in, t),
    )
    still_open = sum(not each.is_closed for each in of.follow_ups)
    if not still_open:
        return said
    return f"{said} " + t.plural("{n} follow-up is open.", "{n} follow-ups are open.", still_open)


def expected_said(of: Expected, profile: RuleProfile, t: Translator) -> str:
    """Return as Markdown what is expected, how it stands, whether it changed, and how it serves the unit."""
    lines = [f"**{plain(of.sheet.name)}**", cascade_said(of, profile, t), standing(of, profile, t)]
    if of.now is not None:
        lines.append(both_verdicts(of.control, of, t))
    return "  \n".join(line for line in lines if line)


def cascade_said(of: Expected, profile: RuleProfile, t: Translator) -> str:
    """Return from which indicator of which unit it is cascaded, and how that one stands and weighs there."""
    if of.serves is None:
        return t(CASCADES[Cascade.NEW])
    serves = of.serves
    said = t(CASCADES[of.cascade], indicator=plain(serves.indicator_name), unit=plain(serves.unit_name))
    if not isnan(serves.weight):
        said += " " + t("There it is {share} of the unit's agreed weight.", share=t.percent(serves.weight, 0))
    if not isnan(serves.index):
        style = rating_style(profile, serves.rating, t.language, "light")
        index = index_text(serves.index, profile, t, is_unit=False)
        said += " " + t("In the chosen period the unit's index for it is {index} ({rating}).", index=index,
                        rating=style.words)  # fmt: skip
    return said


def standing(of: Expected, profile: RuleProfile, t: Translator) -> str:
    """Return the newest figure with its target, index and rating, and the target that lies ahead."""
    said = []
    if of.now is None:
        said.append(t("No value up to the chosen period."))
    else:
        point, style = of.now, rating_style(profile, of.now.rating, t.language, "light")
        said.append(
            t(
                "{period}: {value}, target {target}; index {index} {rating}.",
                period=t.period(point.period),
                value=t.measure(point.value, of.sheet.unit_of_measure, of.sheet.decimals),
                target=target_said(point.target, point.target_high, of.sheet, t),
                index=index_text(point.index, profile, t, is_unit=False),
                rating=style.words if point.rating else "",
            )
        )
    if of.ahead is not None and not isnan(of.ahead.target):
        target = target_said(of.ahead.target, of.ahead.target_high, of.sheet, t)
        said.append(t("Expected in {period}: {target}.", period=t.period(of.ahead.period), target=target))
    return " ".join(said)


def why_said(of: Expected, profile: RuleProfile, t: Translator) -> str:
    """Return the numbered steps that led to the newest score, as for units; empty without a figure."""
    if of.why is None:
        return ""
    numbered = "\n".join(f"{place}. {said}" for place, said in enumerate(steps(of.why, profile, t), start=1))
    letters = symbols(of.why, t)
    small = f":small[{letters}]" if letters else ""
    return "\n\n".join(part for part in (numbered, small, rules_named(profile, t)) if part)


def evidence_table(expected: Sequence[Expected], profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per individual indicator: its newest figure beside its target. What it comes to is said nowhere."""
    return pd.DataFrame([_evidence(of, profile, t) for of in expected])


def history_table(expected: Sequence[Expected], profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per individual indicator and period."""
    return pd.DataFrame(
        [
            {
                t("Indicator"): of.sheet.name,
                t("Period"): t.period(point.period),
                t("Value"): t.measure(point.value, of.sheet.unit_of_measure, of.sheet.decimals),
                t("Target"): target_said(point.target, point.target_high, of.sheet, t),
                t("Index"): index_text(point.index, profile, t, is_unit=False),
            }
            for of in expected
            for point in of.points
        ]
    )


def index_lines(expected: Sequence[Expected], profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return a row per individual indicator and scored period, for `charts.people.indices`."""
    rows = [
        {
            "indicator": of.sheet.name,
            "start": point.period.start,
            "period": t.period_short(point.period) + f" {point.period.year}",
            "index": point.index * 100,
            "hover": f"{of.sheet.name}, {t.period(point.period)}: {index_text(point.index, profile, t, is_unit=False)}",
        }
        for of in expected
        for point in of.points
        if not isnan(point.index)
    ]
    return pd.DataFrame(rows, columns=["indicator", "start", "period", "index", "hover"])


def appraisal_points(of: Person, year_starts_in: int, t: Translator) -> pd.DataFrame:
    """Return a row per appraisal, the oldest first, for `charts.people.over_time`; place 1 = the lowest predicate."""
    return pd.DataFrame(
        [
            {
                "kind": t.label(each.kind),
                "end": each.end,
                "tick": f"{each.end:%m}/{each.end:%Y}",
                "place": PLACES.index(each.predicate) + 1,
                "hover": f"{round_said(Round(each.kind, each.start, each.end), year_starts_in, t)}: "
                f"{t.label(each.predicate)}",
            }
            for each in reversed(of.appraisals)
        ]
    )


def places_said(t: Translator) -> list[str]:
    """Return the predicates from the lowest upwards, as the axis names them."""
    return [word(each, t) for each in PLACES]


def appraisals_table(appraisals: Sequence[Judged], year_starts_in: int, t: Translator) -> pd.DataFrame:
    """Return a row per appraisal, in their order, with its credit points and how sure they are."""
    return pd.DataFrame([_appraised(each, year_starts_in, t) for each in appraisals])


def credit_said(of: Person, t: Translator) -> str:
    """Return the rule of credit points and how sure this post's coefficient is; empty without a functional level."""
    level = of.post.functional_level
    if level is None:
        return ""
    known = COEFFICIENTS[level]
    return t(
        "Credit points: share of the predicate × {points} a year ({level} [{mark}]) × months ÷ 12, by {rule}.",
        points=t.number(known.points, 2),
        level=t.label(level),
        mark=known.mark.value,
        rule=rule_said(CREDIT_RULE, t),
    )


def matrix_said(of: Predicate, t: Translator) -> str:
    """Return the predicate that follows from both judgements, with its rule and mark."""
    return t(
        "Predicate by the matrix: **{predicate}**. Rule: {rule}. It follows from the two judgements alone; no "
        "indicator enters it.",
        predicate=word(of, t),
        rule=rule_said(MATRIX_RULE, t),
    )


def follow_ups_table(followed: Sequence[FollowedUp], t: Translator) -> pd.DataFrame:
    """Return a row per follow-up with its person, kind, owner, day, state and outcome."""
    return pd.DataFrame(
        [
            {
                t("Employee"): each.employee_name,
                t("Follow-up"): t.label(each.kind),
                t("What is to be done"): each.text,
                t("Owner"): each.owner_name,
                t("Due"): t.date(each.due_on),
                t("State"): state_said(each, t),
                t("Why"): t.label(each.reason) if each.reason else MISSING,
                t("Outcome"): each.outcome or MISSING,
            }
            for each in followed
        ]
    )


def steps_table(of: Sequence[Step], t: Translator) -> pd.DataFrame:
    """Return a row per entry of a follow-up, the oldest first."""
    return pd.DataFrame(
        [
            {
                t("When"): moment_said(each.at, t),
                t("Who"): each.made_by,
                t("State"): t.label(each.state),
                t("Due"): t.date(each.due_on),
                t("What is to be done"): each.text,
                t("Outcome"): each.outcome or MISSING,
            }
            for each in of
        ]
    )


def follow_up_said(of: FollowedUp, t: Translator) -> str:
    """Return a follow-up in one line: Pembimbingan, jatuh tempo …, terlambat."""
    return t("{kind}, due {date}: {state}", kind=t.label(of.kind), date=t.date(of.due_on), state=state_said(of, t))


def state_said(of: FollowedUp, t: Translator) -> str:
    """Return how far a follow-up has come; an open one whose day is past is overdue."""
    return t("{state}, overdue", state=t.label(of.state)) if of.is_overdue else t.label(of.state)


def why_listed(of: Proposed, t: Translator) -> str:
    """Return why somebody is on the coaching list."""
    values = {
        name: t.label(value) if isinstance(value, Predicate) else plain(str(value))
        for name, value in of.why.values.items()  # noqa: PD011 - a message, no frame
    }
    return t(of.why.text, **values)


def coaching_said(of: Coaching, t: Translator) -> str:
    """Return one sentence on the list."""
    persons = len({each.employee_code for each in of.proposed})
    if not persons:
        return t("Nobody whom you may see is on the coaching list.")
    return t.plural("{n} person is on the coaching list.", "{n} persons are on the coaching list.", persons)


def reasons_said(of: Coaching, t: Translator) -> dict[str, str]:
    """Return the reasons that occur in the list, the most urgent first, with how many rows each has; "all" first."""
    counted = {reason: sum(each.reason is reason for each in of.proposed) for reason in CoachingReason}
    found = {reason.value: f"{t.label(reason)} ({t.number(n)})" for reason, n in counted.items() if n}
    return {"all": t("All ({n})", n=t.number(len(of.proposed))), **found}


def coaching_table(of: Sequence[Proposed], t: Translator) -> pd.DataFrame:
    """Return a row per proposal, the most urgent reasons first."""
    return pd.DataFrame(
        [
            {
                t("Employee"): each.employee_name,
                t("Reason"): t.label(each.reason),
                t("Why"): why_listed(each, t).replace("\\", ""),
                t("Proposed"): t.label(each.kind),
                t("Open already"): ", ".join(t.label(one.kind) for one in each.open) or MISSING,
            }
            for each in of
        ]
    )


def note_said(of: Written, t: Translator) -> str:
    """Return a feedback note as Markdown."""
    about = " · " + t("on the appraisal to {date}", date=t.date(of.about)) if of.about else ""
    return f"**{plain(of.author_name)}**, {t.date(of.written_on)}{about}  \n{plain(of.text)}"


def looks_table(looks: Sequence[Look], t: Translator) -> pd.DataFrame:
    """Return a row per look at the record, as `looks` gives them."""
    return pd.DataFrame(
        [
            {
                t("When"): moment_said(each.at, t),
                t("Who"): each.who,
                t("Role"): ", ".join(t(ROLE_WORDS[role]) for role in each.roles),
                t("Looked at"): t(each.what),
            }
            for each in looks
        ]
    )


def _evidence(of: Expected, profile: RuleProfile, t: Translator) -> dict[str, str]:
    point = of.now
    style = rating_style(profile, point.rating if point else None, t.language, "light")
    return {
        t("Indicator"): of.sheet.name,
        t("Value"): t.measure(point.value, of.sheet.unit_of_measure, of.sheet.decimals) if point else MISSING,
        t("Target"): target_said(point.target, point.target_high, of.sheet, t) if point else MISSING,
        t("Index"): index_text(point.index, profile, t, is_unit=False) if point else MISSING,
        t("Rating"): style.words if point and point.rating else MISSING,
        t("Period"): t.period(point.period) if point else MISSING,
    }


def _appraised(of: Judged, year_starts_in: int, t: Translator) -> dict[str, str]:
    values = ", ".join(f"{t.label(value)}: {t.label(of.values[value])}" for value in CoreValue if value in of.values)  # noqa: PD011
    points = MISSING if of.points_mark is None else f"{t.number(of.points, 2)} [{of.points_mark.value}]"
    return {
        t("Round"): round_said(Round(of.kind, of.start, of.end), year_starts_in, t),
        t("Predicate"): word(of.predicate, t),
        t("Work result"): t.label(of.work_result),
        t("Behaviour"): t.label(of.behaviour),
        t("Credit points"): points,
        t("Superior"): of.superior_name,
        t("Note"): of.note or MISSING,
        t("Core values"): values or MISSING,
    }
