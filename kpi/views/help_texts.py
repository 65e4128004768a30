"""What a reader without statistics should know beside each chart: what it shows, how it was made, what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kpi.i18n import Translator, mark


class Topic(StrEnum):
    """What is explained; a chart or a list of the pages."""

    TWO_VERDICTS = "two_verdicts"
    TILES = "tiles"
    HEATMAP = "heatmap"
    COSTS = "costs"
    TREND = "trend"
    SEVERAL_TRENDS = "several_trends"
    SMALL_TRENDS = "small_trends"
    OWN_TRENDS = "own_trends"
    ORDER = "order"
    FUNNEL = "funnel"
    MATRIX = "matrix"
    SIDES = "sides"
    BULLETS = "bullets"
    WAY = "way"
    PACE = "pace"
    TARGETS = "targets"
    WORK_AND_BEHAVIOUR = "work_and_behaviour"
    PATTERN = "pattern"
    INDIVIDUAL = "individual"
    APPRAISALS = "appraisals"


TEXTS: Final[dict[Topic, tuple[str, str, str]]] = {
    Topic.TWO_VERDICTS: (
        mark(
            "Each cell counts indicators: the rows say whether a figure really changed, the columns whether its target "
            "is met. Worse and missed stands first."
        ),
        mark(
            "A change counts as real only where chance would hardly give such figures; fewer than 12 figures, or "
            "figures that swing with the season, are not judged, and that is said."
        ),
        mark(
            "Begin with what got worse and is missed. What is missed without a real change needs another way of "
            "working, not a reminder."
        ),
    ),
    Topic.TILES: (
        mark("Each tile is a unit: its index, its rating in shape and word, and the way its index went."),
        mark(
            "The index is the weighted mean of the unit's indicators, each capped as the rule profile says; coverage "
            "is the share of the weight that could be scored."
        ),
        mark("Open a unit with a low index to see what costs it most. An index with low coverage says little yet."),
    ),
    Topic.HEATMAP: (
        mark("A row is a unit, a column is a period, and each cell is the unit's index with its rating."),
        mark("An empty cell had no index: nothing reported, or too little of the weight could be scored."),
        mark(
            "Look along a row for a rating that stays low. A single low cell among good ones is seldom worth a meeting."
        ),
    ),
    Topic.COSTS: (
        mark("The indicators that take most from the index, the costliest first."),
        mark(
            "A cost is the weight of the indicator times what its index lacks of 100; all costs together are what is "
            "lost."
        ),
        mark("Mend the first line first: nothing else lifts the index as much."),
    ),
    Topic.TREND: (
        mark(
            "The line is the value of each period, the dashed steps are its target, and the grey band is where values "
            "lie as long as nothing changes. The dotted end is where the year is heading."
        ),
        mark(
            "The band rests on how far values usually move from one period to the next; it starts anew after an event "
            "that changed the way of working or of counting."
        ),
        mark(
            "Leave ups and downs inside the band alone, and ask for the reason of a ringed value. A target inside the "
            "band is met or missed by chance: only another way of working changes that."
        ),
    ),
    Topic.SEVERAL_TRENDS: (
        mark("Each line is a unit, the dashed steps are the target; an open mark is not finished or lacks parts."),
        mark("Values are as reported, or made from the units below; a gap is a period without a value."),
        mark(
            "Compare the course of the lines, not single points. Choose a chart per unit to see each one's usual range "
            "and whether its change is real."
        ),
    ),
    Topic.SMALL_TRENDS: (
        mark(
            "A small chart per unit, all on one scale, each with its target as steps and its own usual range in grey."
        ),
        mark("Each band rests on that unit's own figures: how far they usually move from one period to the next."),
        mark("Look for ringed values: there something really changed. A higher line alone does not mean better work."),
    ),
    Topic.OWN_TRENDS: (
        mark(
            "A small chart for each indicator that you have just sent: its values, its target as steps, and its usual "
            "range in grey."
        ),
        mark("Each band rests on that indicator's own figures: how far they usually move from one period to the next."),
        mark(
            "Look whether the newest value is what you meant to send. A ringed one really changed: write down why "
            "while you still know."
        ),
    ),
    Topic.ORDER: (
        mark("Each row is a unit, the best first; the thick mark is its target, the cross the year before."),
        mark(
            "There are no ranks. Where cases are counted, units that chance can't tell apart share a group, and a thin "
            "line shows how far a unit's rate may lie from what was counted."
        ),
        mark("Compare units of different groups only. Who stands first within a group is luck."),
    ),
    Topic.FUNNEL: (
        mark("Each mark is a unit: how high its rate is, and to the right how many cases it rests on."),
        mark(
            "The lines show how far chance alone carries a rate. Small units swing more, so the funnel is wide at the "
            "left: one case more or less is a lot there."
        ),
        mark(
            "Do not rank units inside the funnel. One outside deserves a question, not a verdict: first check the "
            "data, then who is served, then the work itself."
        ),
    ),
    Topic.MATRIX: (
        mark("A row is a unit, a column is an indicator, and each cell is the indicator's index with its rating."),
        mark("Every figure is scored by the same rule profile for the same period; an empty cell could not be scored."),
        mark(
            "A column that is low everywhere is a matter for the whole government; a single low cell is the unit's own."
        ),
    ),
    Topic.SIDES: (
        mark(
            "Each row is an indicator that these units share; each mark is one unit's index, and 100 means on target."
        ),
        mark("The index is compared, not the value, so that units with different targets stand on one scale."),
        mark(
            "Where marks lie close together, there is nothing to tell apart. Where they lie far apart, ask what the "
            "better one does."
        ),
    ),
    Topic.BULLETS: (
        mark("Each bar is the value of an indicator, the upright mark its target; each row has a scale of its own."),
        mark("The costliest figures stand first: those with much weight that lack most."),
        mark(
            "Click a bar to see why it scores so. One missed period is no trend: see below whether the figure really "
            "changed."
        ),
    ),
    Topic.WAY: (
        mark("The steps lead from 100 down to the unit's index; each step is what one indicator takes."),
        mark(
            "A step is the weight of the indicator times what its index lacks of 100, so all steps together give the "
            "index."
        ),
        mark("The longest steps are where work pays most; click one to follow it."),
    ),
    Topic.PACE: (
        mark("What each period that remains must bring so that the year still meets its target."),
        mark(
            "The target of the year less what is there already, shared among the periods that remain; no luck "
            "is counted in."
        ),
        mark(
            "Compare it with the best period so far. If even that was less, the target needs another plan, not more of "
            "the same effort."
        ),
    ),
    Topic.TARGETS: (
        mark("The steps are the target of each period, the marks are its value."),
        mark("Targets are as agreed in the plan; a step is a period whose target differs from the one before."),
        mark("A target that follows the values asks for nothing new; one far from all values needs a plan behind it."),
    ),
    Topic.WORK_AND_BEHAVIOUR: (
        mark(
            "Each cell counts persons: the rows are work result, the columns behaviour, both as the superior judged "
            "them."
        ),
        mark(
            "The sign in a cell is the predicate that follows from the two judgements. No index of a unit is put into"
            " it; groups of fewer than five persons are hidden."
        ),
        mark("Look for crowds, not for persons. Where nearly all stand in one cell, ask how the talks were held."),
    ),
    Topic.PATTERN: (
        mark(
            "Each bar is the share of persons with a predicate; the mark beside it is what the pattern for the unit's"
            " own predicate asks."
        ),
        mark(
            "Persons are counted once, by their newest appraisal of the period. The pattern is second-hand, not the "
            "official text."
        ),
        mark(
            "A pattern that is not kept is a reason to talk with the superiors, never to change one person's predicate."
        ),
    ),
    Topic.INDIVIDUAL: (
        mark("Each line is the index of one of the person's indicators over time; 100 means on target."),
        mark("They are scored as a unit's indicators are, by the same rule profile."),
        mark(
            "Use it as evidence in a talk: ask what helped and what stood in the way. No predicate is computed from it."
        ),
    ),
    Topic.APPRAISALS: (
        mark("Each mark is an appraisal: its predicate in shape and word, at the end of its period."),
        mark(
            "Each follows from the superior's two judgements at that time; a correction stands beside what it corrects."
        ),
        mark("Two appraisals make no trend. Look at what was agreed after each, and whether it was done."),
    ),
}
"""Of each topic: what it shows, how it was made, what to do with it."""


def help_text(topic: Topic, t: Translator, numbers: str = "") -> str:
    """Return the explanation of a chart as Markdown: three short paragraphs, and its own numbers where given."""
    seen, made, use = TEXTS[topic]
    parts = [
        t("**What you see.** {text}", text=t(seen)),
        t("**How it was made.** {text}", text=t(made)),
        t("**With these numbers.** {text}", text=numbers) if numbers else "",
        t("**What to do with it.** {text}", text=t(use)),
    ]
    return "\n\n".join(part for part in parts if part)
