"""The gaps as frames of ready-made texts: what the two charts draw, their tables, and what is not scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kpi.i18n import Translator, mark
from kpi.model import Polarity
from kpi.periods import Grain
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import PERCENT, measured, shortened, target_said, without_long_measure
from kpi.views.gaps import Gap, GapsOfUnit
from kpi.views.gaps_words import better, effect, step_name
from kpi.views.ratings import Tone, index_text, rating_style
from kpi.views.waterfall import Step
from kpi.views.withheld import what_to_do, why_not

NAME_LENGTH: Final = 44
"""Letters of a name that a telephone's screen holds in one line."""
TITLE_LENGTH: Final = 46
"""Letters of an indicator's and its unit's name together, for the same line."""
AGAINST: Final[dict[Polarity | None, str]] = {
    Polarity.MAXIMIZE: mark("{value}, target at least {target}"),
    Polarity.MINIMIZE: mark("{value}, target at most {target}"),
    Polarity.STABILIZE: mark("{value}, target {target}"),
    Polarity.NEUTRAL: mark("{value}, target {target}"),
    None: mark("{value}, target {target}"),
}


def bullets(shown: Sequence[Gap], gaps: GapsOfUnit, profile: RuleProfile, t: Translator, tone: Tone) -> pd.DataFrame:
    """Return a row per figure as the bullet chart wants it, in the order given; `key` is its place."""
    return pd.DataFrame(
        [
            {
                "key": str(place),
                "title": _title(gap, gaps, profile, t, tone),
                "value": gap.value,
                "target": gap.target,
                "target_high": gap.target_high,
                "worst_value": gap.worst_value,
                "fill": rating_style(profile, gap.rating, t.language, tone).colour,
                "said": _line(gap, profile, t),
                "hover": _hover(gap, profile, t),
            }
            for place, gap in enumerate(shown)
        ]
    )


def bullets_alt(shown: Sequence[Gap], t: Translator) -> str:
    """Return in words what the bullet chart shows."""
    return t.plural(
        "A bar per figure with its target as a mark; {n} figure, the costliest first: {names}.",
        "A bar per figure with its target as a mark; {n} figures, the costliest first: {names}.",
        len(shown),
        names="; ".join(f"{gap.sheet.name} {_value(gap, t)} / {_target(gap, t)}" for gap in shown[:10]),
    )


def table(shown: Sequence[Gap], gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return the figures as a table of texts made for the reader."""
    return pd.DataFrame(
        [
            ({} if gaps.is_own else {t("Unit"): gap.unit_name})
            | {
                t("Indicator"): gap.sheet.name,
                t("Value"): _value(gap, t),
                t("Target"): _target(gap, t),
                t("Better"): better(gap.sheet.rules.polarity, t),
                t("Achievement"): t.percent(gap.achievement),
                t("Index"): index_text(gap.index, profile, t, is_unit=False),
                t("Rating"): rating_style(profile, gap.rating, t.language, "light").words,
            }
            | ({t("Share of weight"): t.percent(gap.share)} if gaps.is_own else {})
            | {t("Effect on the index"): effect(gap.loss, t)}
            for gap in shown
        ]
    )


def not_scored(gaps: GapsOfUnit, asked: Grain, t: Translator) -> pd.DataFrame:
    """Return the figures of a period of this grain that are not scored, why, and what to do: texts for the reader."""
    return pd.DataFrame(
        [
            {
                t("Indicator"): gap.sheet.name,
                t("Value"): _value(gap, t),
                t("Target"): _target(gap, t),
                t("Why it is not scored"): why_not(gap, t),
                t("What to do"): what_to_do(gap, t, own=gap.sheet.grain, asked=asked),
            }
            for gap in gaps.not_scored
            if gap.reason is not None
        ]
    )


def steps(found: Sequence[Step], gaps: GapsOfUnit, t: Translator) -> pd.DataFrame:
    """Return a row per step as the waterfall wants it: start and end in points; `key` is a code, empty for a group."""
    return pd.DataFrame(
        [
            {
                "key": step.cuts[0].code if len(step.cuts) == 1 else "",
                "title": shortened(step_name(step, gaps, t), NAME_LENGTH),
                "start": step.start * 100,
                "end": step.end * 100,
                "said": effect(-step.change, t),
                "hover": f"<b>{step_name(step, gaps, t)}</b><br>{effect(-step.change, t)}",
            }
            for step in found
        ]
    )


def steps_table(found: Sequence[Step], gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return every cut behind the steps as a table, from 100 to the unit's index."""
    what = t("Indicator") if gaps.is_own else t("Unit")
    rows = [
        {
            what: cut.name,
            t("Index"): index_text(cut.index, profile, t, is_unit=not gaps.is_own),
            t("Share of weight"): t.percent(cut.share),
            t("Effect on the index"): effect(cut.loss, t),
        }
        for step in found
        for cut in step.cuts
    ]
    return pd.DataFrame(rows)


def steps_alt(found: Sequence[Step], gaps: GapsOfUnit, t: Translator) -> str:
    """Return in words what the waterfall shows."""
    return t(
        "Steps from 100 to the index of {unit}: {steps}.",
        unit=gaps.unit.name,
        steps="; ".join(f"{step_name(step, gaps, t)} {effect(-step.change, t)}" for step in found),
    )


def _title(gap: Gap, gaps: GapsOfUnit, profile: RuleProfile, t: Translator, tone: Tone) -> str:
    style = rating_style(profile, gap.rating, t.language, tone)
    name = shortened(gap.sheet.name, NAME_LENGTH if gaps.is_own else NAME_LENGTH - 14)
    unit = "" if gaps.is_own else f" · {shortened(gap.unit_name, TITLE_LENGTH - len(name))}"
    return f'<span style="color:{style.colour}">{style.symbol}</span> <b>{name}</b>{unit}'


def _line(gap: Gap, profile: RuleProfile, t: Translator) -> str:
    style = rating_style(profile, gap.rating, t.language, "light")
    is_percent = gap.sheet.unit_of_measure in PERCENT
    value = _value(gap, t) if is_percent else t.measure(gap.value, "", gap.sheet.decimals)  # the target names the unit
    sheet = without_long_measure(gap.sheet)
    said = t(AGAINST[gap.sheet.rules.polarity], value=value, target=target_said(gap.target, gap.target_high, sheet, t))
    return f"{said} · {style.word} · {effect(gap.loss, t)}"


def _hover(gap: Gap, profile: RuleProfile, t: Translator) -> str:
    style = rating_style(profile, gap.rating, t.language, "light")
    lines = [
        f"<b>{gap.sheet.name}</b>",
        gap.unit_name,
        t("Value {value}", value=_value(gap, t)),
        t("Target {target}", target=_target(gap, t)),
        better(gap.sheet.rules.polarity, t),
        t("Achievement {achievement}", achievement=t.percent(gap.achievement)),
        style.words,
        effect(gap.loss, t),
    ]
    if gap.parts_present < gap.parts_expected:
        present, expected = t.number(gap.parts_present), t.number(gap.parts_expected)
        lines.append(t("{present} of {expected} parts reported", present=present, expected=expected))
    return "<br>".join(lines)


def _value(gap: Gap, t: Translator) -> str:
    return measured(gap.value, gap.sheet, t)


def _target(gap: Gap, t: Translator) -> str:
    return target_said(gap.target, gap.target_high, gap.sheet, t)
