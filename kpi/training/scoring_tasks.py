"""Tasks about scoring: which index a figure gets and why, what another profile says, what an empty cell does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isnan, nan
from typing import Final

from kpi.i18n import Translator, mark
from kpi.model import Reason
from kpi.scoring.explanation import Explanation, explain
from kpi.scoring.profile import load_profile, profile_codes
from kpi.training.task import MOST_OPTIONS, Ground, Option, Task, Way, by_words
from kpi.training.units_tasks import own_of_units
from kpi.views.figures_words import measured, target_said
from kpi.views.gaps import Gap
from kpi.views.markdown import plain
from kpi.views.ratings import index_text
from kpi.views.remedies import REMEDIES
from kpi.views.why import Why, why_scored
from kpi.views.why_words import remedy, steps

INDICATORS: Final = "pages/indicators.py"
FIGURES_LOOKED_AT: Final = 10
TELLING: Final = 0.01
"""A difference of two indices that a reader sees: one point."""
EMPTY: Final[dict[str, str]] = {
    "empty": mark("Leave the cell empty"),
    "zero": mark("Write 0"),
    "last": mark("Write the last known figure again"),
}


def which_index(ground: Ground, t: Translator) -> Task | None:
    """Ask which index a figure gets: one that the cap holds, where there is one."""
    gap = next((gap for gap in _scored(ground) if _is_capped(gap)), None) or next(iter(_scored(ground)), None)
    if gap is None:
        return None
    why: Why = ground.found(why_scored, ground.selection, gap.sheet.code, gap.unit_code, ground.profile)
    share = gap.value / gap.target if gap.target else nan
    answers = {"index": gap.index, "achievement": gap.achievement, "share": share, "target": 1.0}
    feedback = {
        "index": " ".join(steps(why, ground.profile, t)),
        "achievement": t("That is the achievement, before the rule's cap. The index is what counts in the unit."),
        "share": t("That is value ÷ target. The steps show which formula this indicator's direction asks for."),
        "target": t("100 is for a figure exactly on target. This one is not."),
    }
    options: dict[str, Option] = {}
    for code, number in answers.items():
        said = _index(number, ground, t)
        if not isnan(number) and said not in options:
            options[said] = Option(code, said, feedback[code])
    if len(options) < 2:
        return None
    return Task(
        "which_index",
        t(
            "“{indicator}” of {unit} stands at {value}, target {target}. Which index does it get?",
            **_named(gap, t),
        ),
        t("Look at “Why this score”: the steps, with the cap where it acts."),
        tuple(sorted(options.values(), key=lambda option: answers[option.code])),
        "index",
        _sheet(gap, ground),
    )


def not_scored(ground: Ground, t: Translator) -> Task | None:
    """Ask why a figure is not scored."""
    gap = next(_unscored(ground), None)
    if gap is None or gap.reason is None:
        return None
    why: Why = ground.found(why_scored, ground.selection, gap.sheet.code, gap.unit_code, ground.profile)
    likely = (gap.reason, Reason.NO_TARGET, Reason.NO_VALUE, Reason.PARTIAL_SUM, Reason.ZERO_TARGET)
    reasons = list(dict.fromkeys(likely))[:MOST_OPTIONS]
    right = t(
        "The page says: {reason}. {remedy} It counts as missing, never as zero.",
        reason=t.label(gap.reason),
        remedy=remedy(why, t),
    )
    options = [
        Option(reason.value, t.label(reason), right if reason is gap.reason else _then(reason, t)) for reason in reasons
    ]
    return Task(
        "not_scored",
        t("Why is “{indicator}” of {unit} not scored in {period}?", period=t.period(ground.selection.period),
          **_named(gap, t)),
        t("Look at “Why this score”: the reason, and what to do about it."),
        by_words(options),
        gap.reason.value,
        _sheet(gap, ground),
    )  # fmt: skip


def _unscored(ground: Ground) -> Iterator[Gap]:
    """Return figures that need a remedy, without those whose values this reader may not see."""
    found = (gap for gaps in own_of_units(ground) for gap in gaps.not_scored)
    return (gap for gap in found if gap.reason is not Reason.NEUTRAL and not gap.is_withheld)


def other_profile(ground: Ground, t: Translator) -> Task | None:
    """Ask which index a figure gets under another rule profile, where the profiles disagree."""
    likely = sorted(_scored(ground), key=lambda gap: not _is_capped(gap, TELLING))
    for gap in likely[:FIGURES_LOOKED_AT]:
        why: Why = ground.found(why_scored, ground.selection, gap.sheet.code, gap.unit_code, ground.profile)
        found = {code: explain(why.explanation.figure, load_profile(code)) for code in profile_codes()}
        said = {code: _index(each.index, ground, t) for code, each in found.items() if each.index is not None}
        own = found[ground.profile.code].index if ground.profile.code in found else None
        other = next((code for code in said if own and abs((found[code].index or own) - own) > TELLING), None)
        if other:
            return _under(other, gap, said, found, ground, t)
    return None


def _under(
    other: str, gap: Gap, said: dict[str, str], found: dict[str, Explanation], ground: Ground, t: Translator
) -> Task:
    names = {code: load_profile(code).name[t.language] for code in found}
    options: dict[str, Option] = {}
    for code in (other, ground.profile.code, *said):
        if said[code] not in options:
            holds = t("{profile} gives {index}.", profile=names[code], index=said[code])
            lesson = t("The figure is the same; the rule differs. Say which profile you used whenever you compare.")
            options[said[code]] = Option(code, said[code], f"{holds} {lesson if code == other else ''}".strip())
    return Task(
        "other_profile",
        t("Under the rule profile “{profile}”, which index does “{indicator}” of {unit} get?", profile=names[other],
          **_named(gap, t)),
        t("The link has chosen that profile at the left; look at “Why this score”."),
        by_words(list(options.values())),
        other,
        Way(INDICATORS, {**_sheet(gap, ground).choices, "profile": other}),
    )  # fmt: skip


def empty_cell(ground: Ground, t: Translator) -> Task | None:
    """Ask what to enter for a figure that is not known yet; the scoring of each answer says what it does."""
    gap = next(iter(_scored(ground)), None)
    if gap is None:
        return None
    why: Why = ground.found(why_scored, ground.selection, gap.sheet.code, gap.unit_code, ground.profile)
    figure = why.explanation.figure
    empty = explain(replace(figure, value=None), ground.profile)
    zero = explain(replace(figure, value=0.0), ground.profile)
    right = next(code for code, is_so in (("empty", empty.reason is Reason.NO_VALUE), ("zero", True)) if is_so)
    feedback = {
        "empty": t(
            "It is then not scored ({reason}), and its weight is left out until you know it. Nobody takes it for a "
            "zero.",
            reason=t.label(empty.reason) if empty.reason else t("scored"),
        ),
        "zero": t(
            "A zero is a figure: its index would be {index}. Write it only where the count was really zero.",
            index=_index(zero.index, ground, t),
        ),
        "last": t("That is a figure that nobody counted. It would hide a change, and must be corrected later."),
    }
    options = tuple(Option(code, t(words), feedback[code]) for code, words in EMPTY.items())
    return Task(
        "empty_cell",
        t("You report “{indicator}” of {unit}, and it is not known yet. What do you do?", **_named(gap, t)),
        t("Look at the form: an empty field takes nothing back and adds nothing."),
        options,
        right,
        Way("pages/data.py", {"part": "form", "unit": gap.unit_code}),
    )


def _then(reason: Reason, t: Translator) -> str:
    """Return what would follow if a wrong reason were the right one."""
    return t("Then the page would say: {remedy} Look for what it does say.", remedy=t(REMEDIES[reason]))


def _is_capped(gap: Gap, least: float = 0.0) -> bool:
    return not isnan(gap.achievement) and round(gap.achievement - gap.index, 9) > least


def _scored(ground: Ground) -> Iterator[Gap]:
    return (gap for gaps in own_of_units(ground) for gap in gaps.scored)


def _named(gap: Gap, t: Translator) -> dict[str, str]:
    return {
        "indicator": plain(gap.sheet.name),
        "unit": plain(gap.unit_name),
        "value": plain(measured(gap.value, gap.sheet, t)),
        "target": plain(target_said(gap.target, gap.target_high, gap.sheet, t)),
    }


def _index(number: float | None, ground: Ground, t: Translator) -> str:
    return index_text(number, ground.profile, t, is_unit=False)


def _sheet(gap: Gap, ground: Ground) -> Way:
    everything = {"carrier": None, "polarity": None, "perspective": None}
    chosen = {"indicator": gap.sheet.code, "unit": gap.unit_code, "period": ground.selection.period.code}
    return Way(INDICATORS, {**everything, **chosen, "span": "period", "profile": ground.profile.code})
