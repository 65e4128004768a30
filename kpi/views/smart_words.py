"""SMART-C in words: what each letter asks, what a draft lacks and what to do, and the quality weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kpi.i18n import Translator, mark
from kpi.model import Indicator
from kpi.views.markdown import plain
from kpi.views.smart import SMART_C, TABLE_14, Criterion, Flaw, Note, quality_weight
from kpi.views.steps_words import source
from kpi.views.weaknesses import SOURCES, Weakness
from kpi.views.weaknesses_words import ADVICE


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its word and its question."""

    letter: str
    word: str
    question: str


LETTERS: Final[dict[Criterion, Letter]] = {
    Criterion.SPECIFIC: Letter("S", mark("Specific"), mark("Would two people count the same thing?")),
    Criterion.MEASURABLE: Letter("M", mark("Measurable"), mark("Can anybody recalculate it from a source?")),
    Criterion.AGREEABLE: Letter("A", mark("Agreeable"), mark("Who answers for it, and how much is in their hands?")),
    Criterion.REALISTIC: Letter("R", mark("Realistic"), mark("Is there a target, and can it be reached?")),
    Criterion.TIME_BOUND: Letter("T", mark("Time-bound"), mark("By when, and is there time to act on the way?")),
    Criterion.CONTINUOUSLY_IMPROVED: Letter(
        "C", mark("Continuously improved"), mark("Does it ask for more than there was?")
    ),
}
FLAWS: Final[dict[Flaw, tuple[str, str]]] = {
    Flaw.NO_NAME: (mark("No name"), mark("Name what is measured, as one would call it in a talk.")),
    Flaw.NUMBER_IN_NAME: (
        mark("A number in the name"),
        mark("Numbers belong in the target: they change, the name stays."),
    ),
    Flaw.WISH_IN_NAME: (
        mark("The name is a wish or an activity"),
        mark("Name the thing that is counted (share, number, time, index), not that it rises or is carried out."),
    ),
    Flaw.TWO_IN_ONE: (
        mark("Perhaps two things in one"),
        mark("One may rise while the other falls. If both matter, state two indicators."),
    ),
    Flaw.VAGUE_WORD: (
        mark("A word that everybody reads differently"),
        mark("Say in the definition what counts as such, or leave the word out."),
    ),
    Flaw.THIN_DEFINITION: (
        mark("The definition says little more than the name"),
        mark("Say what counts and what does not: who, where, from when to when, with which exception."),
    ),
    Flaw.NO_UNIT_OF_MEASURE: (mark("No unit of measure"), mark("Say what a number counts: %, orang, kasus, hari, Rp.")),
    Flaw.SHARE_WITHOUT_DIVISION: (
        mark("A percentage whose formula divides by nothing"),
        mark("Name the numerator and the denominator: of whom, out of whom."),
    ),
    Flaw.NO_RESPONSIBLE: (mark("Nobody answers for it"), mark("Name the post that explains the figure.")),
    Flaw.LEVELS_NOT_STATED: (
        mark("Validity or control is not stated"),
        mark("Say how directly it measures the objective, and how much of it lies in the owner's hands."),
    ),
    Flaw.LOW_CONTROL: (
        mark("Little of it lies in the owner's hands"),
        mark("Fair only if that is said: name who else moves it, and add an indicator of the owner's own part."),
    ),
    Flaw.NO_TARGET: (mark("No target"), mark("Agree one; without it nothing can be scored.")),
    Flaw.IMPOSSIBLE_TARGET: (
        mark("The target lies outside what is possible"),
        mark("Compare it with the lowest and the highest possible value."),
    ),
    Flaw.FAR_TARGET: (
        mark("The target lies more than half away from the last value"),
        mark("Write down what will be done otherwise; else it discourages rather than leads."),
    ),
    Flaw.YEARLY_ONLY: (
        mark("It is known once a year only"),
        mark("Then it is too late to act. Add an indicator by month or quarter that moves before it does."),
    ),
    Flaw.SAME_AS_BEFORE: (
        mark("The target is what there was already"),
        mark("Fine where the best is reached and must be kept; say so. Else ask for a step more."),
    ),
    Flaw.NOTHING_BEFORE: (
        mark("Nothing is known of before"),
        mark("State the last value, so that everybody sees what the target asks for."),
    ),
}
GOOD, ADVISED, GRAVE = "✔", "▲", "✖"


def heading(criterion: Criterion, notes: Sequence[Note], t: Translator) -> str:
    """Return a letter with its word, its question and how it stands, as sign and word (Markdown)."""
    letter, own = LETTERS[criterion], [note for note in notes if note.criterion is criterion]
    sign, word, colour = GOOD, t("nothing to mend"), "green"
    if own:
        sign, word, colour = ADVISED, t("could be better"), "orange"
    if any(note.is_grave for note in own):
        sign, word, colour = GRAVE, t("must be mended"), "red"
    return f"**{letter.letter} · {t(letter.word)}** :{colour}[{sign} {word}]  \n:small[{t(letter.question)}]"


def line(note: Note, t: Translator) -> str:
    """Return one note: what, the word that shows it, what to do, and the source where one stands behind it."""
    sign = GRAVE if note.is_grave else ADVISED
    match note.kind:
        case Flaw():
            what, remedy = FLAWS[note.kind]
            behind = ""
        case Weakness():
            what, remedy = ADVICE[note.kind].what, ADVICE[note.kind].remedy
            behind = source(SOURCES[note.kind], t) if note.kind in SOURCES else ""
    shown = f" (“{plain(note.word)}”)" if note.word else ""
    return " ".join(part for part in (f"{sign} **{t(what)}**{shown}.", t(remedy), behind) if part)


def verdict(notes: Sequence[Note], t: Translator) -> str:
    """Return in one sentence whether the draft can be agreed."""
    grave = sum(note.is_grave for note in notes)
    if grave:
        return t.plural(
            "{n} thing must be mended before it can be agreed.",
            "{n} things must be mended before it can be agreed.",
            grave,
        )
    if notes:
        return t.plural("It can be agreed. {n} thing could be better.", "It can be agreed. {n} things could be better.",
                        len(notes))  # fmt: skip
    return t("Nothing to mend: this draft can be agreed.")


def quality(indicator: Indicator, t: Translator) -> str:
    """Return the quality weight with its source; empty where validity or control is not stated."""
    if indicator.validity_level is None or indicator.control_level is None:
        return ""
    weight = quality_weight(indicator)
    if weight is None:
        return t("For this pair of validity and control no quality weight is defined.") + f" {source(TABLE_14, t)}"
    return (
        t("Quality weight by validity and control: {weight}.", weight=t.number(weight, 2)) + f" {source(TABLE_14, t)}"
    )


def behind(t: Translator) -> str:
    """Return where SMART-C comes from, and what of it is ours."""
    return t("That indicators meet SMART-C:") + f" {source(SMART_C, t)} " + t(
        "What each letter asks for here is our own reading."
    )  # fmt: skip
