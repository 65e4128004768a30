"""What is said of a unit's people: counts, breaches of the pattern, and in words why something is hidden."""

from __future__ import annotations

from typing import Final

import pandas as pd

from kpi.appraisal.distribution import PATTERNS, Breach
from kpi.appraisal.predicate import MATRIX, predicate
from kpi.appraisal.rules import DISTRIBUTION_RULE, MATRIX_RULE, Rule
from kpi.appraisal.suppression import LEAST
from kpi.appraisal.suppression_tree import Hidden
from kpi.i18n import MISSING, Translator, mark
from kpi.people_model import FollowUpState, Level, Predicate
from kpi.periods import Period
from kpi.views.markdown import plain
from kpi.views.people import OVERDUE, PROGRESS, Group, Round, UnitPeople
from kpi.views.ratings import Tone, tinted
from kpi.views.steps_words import MARKS

SIGNS: Final[dict[Predicate, str]] = {
    Predicate.VERY_GOOD: "★",
    Predicate.GOOD: "●",
    Predicate.NEEDS_IMPROVEMENT: "◐",
    Predicate.POOR: "▼",
    Predicate.VERY_POOR: "✖",
}
"""What stands beside each predicate's word, so that colour is never the only sign."""
COLOURS: Final[dict[Predicate, str]] = {
    Predicate.VERY_GOOD: "#0072b2",
    Predicate.GOOD: "#009e73",
    Predicate.NEEDS_IMPROVEMENT: "#e69f00",
    Predicate.POOR: "#d55e00",
    Predicate.VERY_POOR: "#a23b72",
}
HIDDEN: Final[dict[Hidden, str]] = {
    Hidden.SMALL: mark("fewer than {least} persons, or its own total would tell of so few: not broken down"),
    Hidden.COMPLEMENTARY: mark("not broken down, so that nobody can work out a smaller group from the rest"),
    Hidden.ABOVE: mark("not broken down, as the unit above it isn't"),
}
STEPS: Final[dict[str, str]] = {
    FollowUpState.PLANNED: mark("Planned"),
    FollowUpState.UNDER_WAY: mark("Under way"),
    OVERDUE: mark("Overdue"),
    FollowUpState.DONE: mark("Done"),
    FollowUpState.DROPPED: mark("Dropped"),
}


def round_said(of: Round, year_starts_in: int, t: Translator) -> str:
    """Return a round in words: Periodik, Triwulan III 2026."""
    return f"{t.label(of.kind)}, {span_said(of, year_starts_in, t)}"


def span_said(of: Round, year_starts_in: int, t: Translator) -> str:
    """Return the time that a round is about."""
    period = Period.of_span(of.start, of.end, year_starts_in)
    if period is not None:
        return t.period(period)
    return t("{first} to {last}", first=t.date(of.start), last=t.date(of.end))


def word(of: Predicate, t: Translator) -> str:
    """Return a predicate with its sign: ● Baik."""
    return f"{SIGNS[of]} {t.label(of)}"


def rule_said(rule: Rule, t: Translator) -> str:
    """Return what a rule is called, and how sure it is: PermenPANRB 6/2022 [S: second-hand …]."""
    return f"{rule.name} [{rule.mark.value}: {t(MARKS[rule.mark])}]"


def hidden_said(why: Hidden, t: Translator) -> str:
    """Return why a group is not broken down."""
    return t(HIDDEN[why], least=LEAST)


def sentence(view: UnitPeople, year_starts_in: int, t: Translator) -> str:
    """Return one sentence on the unit: how many were appraised, and how many are at which predicate."""
    whole, said = view.whole, {"round": round_said(view.round, year_starts_in, t)}
    name = plain(whole.unit.name)
    if not whole.persons:
        return t("{round}: nobody in {unit} has been appraised.", unit=name, **said)
    count = t.plural("{n} person appraised in {unit}", "{n} persons appraised in {unit}", whole.persons, unit=name)
    if whole.hidden is not None:
        return t("{round}: {count}; {why}.", count=count, why=hidden_said(whole.hidden, t), **said)
    found = ", ".join(f"{t.label(each)} {t.number(n)}" for each, n in whole.predicates.items() if n)
    return t("{round}: {count}: {predicates}.", count=count, predicates=found, **said)


def matrix_cells(group: Group, t: Translator) -> pd.DataFrame:
    """Return a row per cell of the matrix, for `charts.overview.heatmap`: work result downwards, behaviour across."""
    return pd.DataFrame(
        [
            {
                "unit_code": work.value,
                "unit": t.label(work),
                "period": t.label(behaviour),
                "text": f"{SIGNS[predicate(work, behaviour)]} {t.number(group.cells[work, behaviour])}",
                "hover": _cell_said(group, work, behaviour, t),
                "fill": tinted(COLOURS[predicate(work, behaviour)]),
            }
            for work in Level
            for behaviour in reversed(Level)
        ]
    )


def matrix_table(group: Group, t: Translator) -> pd.DataFrame:
    """Return the matrix as a table: work result and behaviour, the predicate, how many persons."""
    return pd.DataFrame(
        [
            {
                t("Work result"): t.label(work),
                t("Behaviour"): t.label(behaviour),
                t("Predicate"): word(MATRIX[work, behaviour], t),
                t("Persons"): t.number(group.cells[work, behaviour]),
            }
            for work in Level
            for behaviour in Level
        ]
    )


def bars(group: Group, t: Translator, tone: Tone) -> pd.DataFrame:
    """Return a row per predicate for `charts.people.distribution`: share, words, and the bound of the pattern."""
    least, most = _bounds(group)
    return pd.DataFrame(
        [
            {
                "predicate": word(each, t),
                "share": n / group.persons,
                "text": f"{t.number(n)} ({_share(n / group.persons, t)})",
                "colour": tinted(COLOURS[each], 0.85 if tone == "light" else 0.75),
                "bound": least.get(each, most.get(each, float("nan"))),
                "bound_said": _bound_said(least.get(each), most.get(each), t),
            }
            for each, n in group.predicates.items()
        ]
    )


def pattern_said(group: Group, t: Translator) -> str:
    """Return as Markdown what the unit's own predicate asks of its persons' predicates, and each breach with its mark.

    Where there is nothing to hold them against, it says so.
    """
    if group.predicate is None:
        return t("{unit} has no predicate of its own in this round: there is no pattern.", unit=plain(group.unit.name))
    own = t("{unit} is judged {predicate}.", unit=plain(group.unit.name), predicate=f"**{t.label(group.predicate)}**")
    if group.check is None:
        return own
    if not group.check.is_checked:
        return own + " " + t("Fewer than {least} persons: the pattern is not checked.", least=LEAST)
    if not group.check.breaches:
        return own + " " + t("✔ The predicates of its persons keep the pattern.")
    lines = [f"- ⚠ {breach_said(breach, t)}" for breach in group.check.breaches]
    return own + "\n\n" + "\n".join(lines)


def breach_said(breach: Breach, t: Translator) -> str:
    """Return a breach in words, with the mark of the rule that it breaks."""
    named = {name: _named(value, t) for name, value in breach.values.items()}  # noqa: PD011 - no frame
    return f"{t(breach.text, **named)} [{breach.mark.value}]"


def rules_said(t: Translator) -> str:
    """Return the rules behind matrix and pattern, and that a breach changes nothing."""
    return t(
        "Matrix: {matrix}. Pattern: {pattern}; that “most” means the largest group is our reading [D]. A breach "
        "changes nobody's predicate.",
        matrix=rule_said(MATRIX_RULE, t),
        pattern=rule_said(DISTRIBUTION_RULE, t),
    )


def parts_table(view: UnitPeople, t: Translator) -> pd.DataFrame:
    """Return a row per part of the unit: persons, predicates, its own predicate, breaches; hidden ones say why."""
    return pd.DataFrame([_part(group, t) for group in view.parts])


def breaches_below(view: UnitPeople, t: Translator) -> str:
    """Return as Markdown the breaches of the units below, a line each; empty where there are none."""
    return "\n".join(
        f"- **{plain(group.unit.name)}** ({t.label(group.predicate)}): {breach_said(breach, t)}"
        for group in view.breaches
        if group is not view.whole and group.check is not None and group.predicate is not None
        for breach in group.check.breaches
    )


def progress_table(view: UnitPeople, t: Translator) -> pd.DataFrame:
    """Return a row for the unit and each part of it: follow-ups by how far they have come; hidden ones say why."""
    rows = []
    for group in (view.whole, *view.parts):
        counts = group.progress
        steps = {t(STEPS[step]): MISSING if counts is None else t.number(counts[str(step)]) for step in PROGRESS}
        note = "" if group.progress_hidden is None else hidden_said(group.progress_hidden, t)
        rows.append({t("Unit"): _name(group, t), **steps, t("Why hidden"): note})
    return _without_empty(pd.DataFrame(rows), t("Why hidden"))


def progress_said(view: UnitPeople, t: Translator) -> str:
    """Return one sentence on the unit's follow-ups."""
    whole = view.whole
    if whole.progress is None or whole.progress_hidden is not None:
        return t("Follow-ups: {why}.", why=hidden_said(whole.progress_hidden or Hidden.SMALL, t))
    if not sum(whole.progress.values()):
        return t("No follow-ups have been set here.")
    said = ", ".join(f"{t(STEPS[step]).lower()} {t.number(n)}" for step in PROGRESS if (n := whole.progress[str(step)]))
    return t("Follow-ups: {steps}.", steps=said)


def alt(group: Group, t: Translator) -> str:
    """Return in words what the matrix shows."""
    return "; ".join(_cell_said(group, work, behaviour, t) for work in Level for behaviour in Level)


def _cell_said(group: Group, work: Level, behaviour: Level, t: Translator) -> str:
    return t(
        "work result {work}, behaviour {behaviour}: {predicate}, {persons}",
        work=t.label(work).lower(),
        behaviour=t.label(behaviour).lower(),
        predicate=t.label(MATRIX[work, behaviour]),
        persons=t.plural("{n} person", "{n} persons", group.cells[work, behaviour]),
    )


def _part(group: Group, t: Translator) -> dict[str, str]:
    counts = group.predicates
    found = {t.label(each): t.number(counts[each]) if counts else MISSING for each in Predicate}
    own = "" if group.predicate is None else t.label(group.predicate)
    return {
        t("Unit"): _name(group, t),
        t("Appraised"): t.number(group.persons),
        **found,
        t("The unit's own predicate"): own,
        t("Pattern"): _kept(group, t),
    }


def _kept(group: Group, t: Translator) -> str:
    if group.hidden is not None:
        return hidden_said(group.hidden, t)
    if group.check is None or not group.check.is_checked:
        return MISSING
    broken = len(group.check.breaches)
    return t.plural("⚠ {n} breach", "⚠ {n} breaches", broken) if broken else t("✔ kept")


def _name(group: Group, t: Translator) -> str:
    return t("right in {unit}", unit=group.unit.name) if group.is_own else group.unit.name


def _share(share: float, t: Translator) -> str:
    """Return a share in whole percent; a small one is never said to be none."""
    return f"< {t.percent(0.01, 0)}" if 0 < share < 0.01 else t.percent(share, 0)


def bound_of(group: Group, of: Predicate, t: Translator) -> str:
    """Return what the pattern asks of the share of one predicate; empty where it asks nothing of it alone."""
    least, most = _bounds(group)
    return _bound_said(least.get(of), most.get(of), t)


def _bound_said(least: float | None, most: float | None, t: Translator) -> str:
    if least is not None:
        return t("pattern: at least {share}", share=t.percent(least, 0))
    return "" if most is None else t("pattern: at most {share}", share=t.percent(most, 0))


def _bounds(group: Group) -> tuple[dict[Predicate, float], dict[Predicate, float]]:
    """Return the least and the most share that the pattern asks of single predicates."""
    asked = PATTERNS[group.predicate] if group.predicate is not None else ()
    single = [each for each in asked if len(each.predicates) == 1]
    least = {each.predicates[0]: each.at_least for each in single if each.at_least is not None}
    most = {each.predicates[0]: each.at_most for each in single if each.at_most is not None}
    return least, most


def _named(value: object, t: Translator) -> str:
    if isinstance(value, tuple):
        return ", ".join(t.label(each) for each in value)
    if isinstance(value, float):
        return t.percent(value, 0)
    return str(value)


def _without_empty(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table if (table[column] != "").any() else table.drop(columns=column)
