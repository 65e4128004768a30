"""The numbers of the charts of people, put into the explanation beside them: how one mark of this chart came about.

Counts of a group stand here only where the chart beside them shows them: a hidden group has no chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from kpi.appraisal.predicate import MATRIX
from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import target_said
from kpi.views.markdown import plain
from kpi.views.people import Group, Round
from kpi.views.people_words import bound_of, round_said, word
from kpi.views.person import Expected, Person
from kpi.views.ratings import index_text


def work_and_behaviour(group: Group, t: Translator) -> str:
    """Return how many stand in the fullest cell, and which predicate follows there."""
    if group.hidden is not None or not group.persons:
        return ""
    work, behaviour = max(group.cells, key=lambda cell: group.cells[cell])
    count = group.cells[work, behaviour]
    return t(
        "{count} of {all} stand in the fullest cell: work result {work} and behaviour {behaviour}, from which "
        "{predicate} follows.",
        count=t.number(count),
        all=t.plural("{n} person", "{n} persons", group.persons),
        work=f"“{t.label(work)}”",
        behaviour=f"“{t.label(behaviour)}”",
        predicate=word(MATRIX[work, behaviour], t),
    )


def pattern(group: Group, t: Translator) -> str:
    """Return the share of the largest predicate reckoned out, with what the unit's own predicate asks of it."""
    if group.hidden is not None or not group.persons:
        return ""
    counts = group.predicates
    bounded = [each for each in counts if bound_of(group, each, t)]
    shown = max(bounded or counts, key=lambda each: counts[each])
    said = t(
        "{predicate}: {n} of {all}, that is {n} ÷ {all} = {share}.",
        predicate=word(shown, t),
        n=t.number(counts[shown]),
        all=t.number(group.persons),
        share=t.percent(counts[shown] / group.persons, 0),
    )
    bound = bound_of(group, shown, t)
    if not bound or group.predicate is None:
        return said
    asked = t("{unit} is judged {predicate}.", unit=plain(group.unit.name), predicate=t.label(group.predicate))
    return f"{said} {asked} {bound[:1].upper()}{bound[1:]}."


def individual(expected: Sequence[Expected], profile: RuleProfile, t: Translator) -> str:
    """Return the newest index of the first indicator that has one, reckoned out."""
    of = next((each for each in expected if each.now is not None and not isnan(each.now.index)), None)
    if of is None or of.now is None:
        return ""
    return t(
        "{indicator}, {period}: {value} against {target} gives {index}.",
        indicator=plain(of.sheet.name),
        period=t.period(of.now.period),
        value=plain(t.measure(of.now.value, of.sheet.unit_of_measure, of.sheet.decimals)),
        target=plain(target_said(of.now.target, of.now.target_high, of.sheet, t)),
        index=index_text(of.now.index, profile, t, is_unit=False),
    )


def appraisals(of: Person, year_starts_in: int, t: Translator) -> str:
    """Return the two judgements of the newest appraisal, and the predicate that follows."""
    if not of.appraisals:
        return ""
    newest = of.appraisals[0]
    return t(
        "{round}: work result {work} and behaviour {behaviour} give {predicate}.",
        round=round_said(Round(newest.kind, newest.start, newest.end), year_starts_in, t),
        work=f"“{t.label(newest.work_result)}”",
        behaviour=f"“{t.label(newest.behaviour)}”",
        predicate=word(newest.predicate, t),
    )
