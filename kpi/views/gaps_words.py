"""What the gaps say: the first sentence, headings, where a click leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kpi.i18n import MISSING, Translator
from kpi.model import Polarity
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import difference
from kpi.views.gaps import Gap, GapsOfUnit
from kpi.views.markdown import plain
from kpi.views.overview_words import why_not_rated
from kpi.views.ratings import index_text, rating_style
from kpi.views.tree import Place
from kpi.views.waterfall import Step

NAMED: Final = 5
"""Units named one by one; more are counted."""


def sentence(gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> str:
    """Return what there is to see, in words made from the numbers."""
    if gaps.standing.index is None:
        why = why_not_rated(gaps.standing, profile, t)
        return t(
            "{unit} has no index for {period}. {why}.", unit=plain(gaps.unit.name), period=period(gaps, t), why=why
        )
    said = [
        t(
            "{unit} reached {index} of 100 ({rating}).",
            unit=plain(gaps.unit.name),
            index=index_text(gaps.standing.index, profile, t),
            rating=rated(gaps, profile, t),
        ),
        _lost(gaps, t),
    ]
    gained = -sum(cut.loss for cut in gaps.gaining)
    if gaps.gaining:
        said.append(_gained(gaps, gained, t))
    return " ".join(said)


def period(gaps: GapsOfUnit, t: Translator) -> str:
    """Return the period in words."""
    return t.period(gaps.standing.period)


def rated(gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> str:
    """Return shape and word of the unit's rating, or why it has none."""
    style = rating_style(profile, gaps.standing.rating, t.language, "light")
    return style.words if gaps.standing.rating else f"{style.symbol} {why_not_rated(gaps.standing, profile, t)}"


def left_out(gaps: GapsOfUnit, t: Translator) -> str:
    """Return what the index leaves out, empty where it leaves out nothing."""
    if gaps.without_index:
        return t("Without an index in this period, so not counted: {units}.", units=_named(gaps.without_index, t))
    if not gaps.not_scored:
        return ""
    coverage = t.percent(gaps.standing.coverage, 0)
    return t.plural(
        "{n} figure is not scored; it stands below with its reason. {coverage} of the agreed weight is scored.",
        "{n} figures are not scored; they stand below with their reasons. {coverage} of the agreed weight is scored.",
        len(gaps.not_scored),
        coverage=coverage,
    )


def bullets_title(gaps: GapsOfUnit, t: Translator) -> str:
    """Return what the bullets are, as a heading."""
    if gaps.is_own:
        return t("Each indicator against its target")
    return t("The costliest figures of the units below")


def ends(gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> tuple[str, str]:
    """Return the words at both ends of the waterfall."""
    index = index_text(gaps.standing.index, profile, t)
    style = rating_style(profile, gaps.standing.rating, t.language, "light")
    return t("100: all on target"), t("Index {index} {rating}", index=index, rating=style.words).strip()


def clicked(key: str, shown: Sequence[Gap]) -> dict[str, str | None]:
    """Return the choices that a clicked bullet leads to: why its figure scores as it does."""
    gap = shown[int(key)]
    return {"unit": gap.unit_code, "indicator": gap.sheet.code}


def followed(key: str, gaps: GapsOfUnit) -> tuple[str, dict[str, str | None]]:
    """Return page and choices that a clicked step leads to: the gaps of that unit, or why the indicator scores so."""
    if gaps.is_own:
        return "pages/indicators.py", {"unit": gaps.unit.unit_code, "indicator": key}
    return "pages/gaps.py", {"unit": key}


def names(gaps: GapsOfUnit) -> dict[str, str]:
    """Return the names of the figures' units by code, empty where all are the unit's own."""
    return {} if gaps.is_own else {gap.unit_code: gap.unit_name for gap in gaps.scored}


def nothing(gaps: GapsOfUnit, t: Translator) -> str:
    """Return that there is no bullet to show, and why."""
    if gaps.scored:
        return t("No indicator of {unit} missed its target.", unit=plain(gaps.unit.name))
    return t("No figure of {unit} is scored in this period.", unit=plain(gaps.unit.name))


def met_or_missed(gap: Gap, gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> str:
    """Return the verdict on one figure's target, in Markdown: name, rating, how far off."""
    style = rating_style(profile, gap.rating, t.language, "light")
    name = plain(gap.sheet.name if gaps.is_own else f"{gap.sheet.name} · {gap.unit_name}")
    size = difference(gap.distance, gap.sheet, t)
    meets = t("off its target by {size}", size=size) if round(gap.distance, 9) > 0 else t("meets its target")
    return f"**{name}** – {style.words}, {meets}."


def step_name(step: Step, gaps: GapsOfUnit, t: Translator) -> str:
    """Return the name of a step: its indicator or unit, or how many small ones it holds."""
    if len(step.cuts) == 1:
        return step.cuts[0].name
    if gaps.is_own:
        return t.plural("{n} other indicator", "{n} other indicators", len(step.cuts))
    return t.plural("{n} other unit", "{n} other units", len(step.cuts))


def effect(loss: float, t: Translator) -> str:
    """Return what a loss does to the index: −2,4 poin; +0,3 poin for a gain; as many places as a small one needs."""
    return t.change(-loss, _places(loss))


def points(loss: float, t: Translator) -> str:
    """Return the size of a loss in points, a small one with as many places as it needs."""
    return t.points(loss, _places(loss))


def better(polarity: Polarity | None, t: Translator) -> str:
    """Return which way is better."""
    return MISSING if polarity is None else t.label(polarity)


def _lost(gaps: GapsOfUnit, t: Translator) -> str:
    losing = gaps.losing
    if not losing:
        return t("Nothing cost it any points.")
    lost, most = points(sum(cut.loss for cut in losing), t), points(losing[0].loss, t)
    if len(losing) == 1 and gaps.is_own:
        return t("One indicator cost it {lost}: {name}.", lost=lost, name=plain(losing[0].name))
    if len(losing) == 1:
        return t("One unit below cost it {lost}: {name}.", lost=lost, name=plain(losing[0].name))
    count = t.number(len(losing))
    if gaps.is_own:
        return t(
            "{n} indicators cost it {lost}, most of all {name} ({most}).",
            n=count, lost=lost, name=plain(losing[0].name), most=most,
        )  # fmt: skip
    return t(
        "{n} units below cost it {lost}, most of all {name} ({most}).",
        n=count, lost=lost, name=plain(losing[0].name), most=most,
    )  # fmt: skip


def _gained(gaps: GapsOfUnit, gained: float, t: Translator) -> str:
    count, given = len(gaps.gaining), points(gained, t)
    if gaps.is_own:
        return t.plural("{n} above target gave {gained}.", "{n} above target gave {gained}.", count, gained=given)
    return t.plural("{n} above 100 gave {gained}.", "{n} above 100 gave {gained}.", count, gained=given)


def _places(loss: float) -> int:
    """Return how many decimals show that a loss is not nothing: one, or up to three."""
    return next((places for places in (1, 2) if round(abs(loss) * 100, places) > 0), 3 if round(loss, 9) else 1)


def _named(places: Sequence[Place], t: Translator) -> str:
    names = ", ".join(plain(place.name) for place in places[:NAMED])
    more = len(places) - NAMED
    return names if more <= 0 else t("{names} and {n} more", names=names, n=t.number(more))
