"""How the figures were made, on one page, and the definition of every indicator in the report."""

from __future__ import annotations

from kpi.i18n import MISSING, Translator
from kpi.model import Indicator
from kpi.reports.cells import mixed, text
from kpi.reports.content import Cell, Column, Section, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.scoring.profile import Band, RuleProfile
from kpi.views.steps_words import MARKS
from kpi.views.why_words import OVER_PERIODS, OVER_UNITS


def section(found: Gathered, t: Translator) -> Section:
    """Return the method: what an index is, its bands, and both verdicts."""
    profile = found.profile
    return Section(
        code="method",
        heading=t("How the figures were made"),
        message=t(
            "Every figure is scored by {profile}, version {version}.",
            profile=profile.name[t.language],
            version=profile.version,
        ),
        notes=(
            profile.description[t.language],
            t(
                "Achievement is the share of the target that was reached, by a formula for each direction; the "
                "index is the achievement within the profile's limits, and a unit's index the mean of its indicators "
                "by weight."
            ),
            t(
                "A missing figure stays missing and never counts as 0. Below {least} of the weight scored, a unit is "
                "not rated.",
                least=t.percent(profile.least_coverage, 0),
            ),
            t(
                "Whether a figure really changed is judged apart from its target, by what its own ups and downs "
                "usually are (control chart, XmR)."
            ),
            t("Source of the rules: {sources}", sources=sources_said(profile, t)),
        ),
        tables=(_bands(profile, t),),
        slide=Slide(columns=(0, 1), rows=9, notes=3),
        link=link(found, "indicators"),
    )


def sources_said(profile: RuleProfile, t: Translator) -> str:
    """Return where the formulas stand, and how sure that is."""
    rules = [rule.positive_target for rule in profile.rules.values()]
    places = dict.fromkeys((rule.article, ", ".join(rule.sources), rule.mark) for rule in rules)
    return "; ".join(
        f"{article} ({', '.join(filter(None, (sources, f'{t(MARKS[known])} [{known}]')))})"
        for article, sources, known in places
    )


def definitions(found: Gathered, t: Translator) -> Section:
    """Return the definition sheets of the indicators behind the index, by name."""
    codes = dict.fromkeys(gap.sheet.code for gap in found.figures)
    sheets = sorted((found.definitions[code] for code in codes), key=lambda each: each.name)
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Definition"), 60),
        Column(t("Formula"), 44),
        Column(t("Unit of measure"), 16),
        Column(t("Better"), 20),
        Column(t("Over periods"), 34),
        Column(t("Over units"), 34),
        Column(t("Strategic objective"), 40),
        Column(t("Responsible"), 28),
        Column(t("Data source"), 34),
    )
    return Section(
        code="definitions",
        heading=t("Definitions"),
        message=t.plural(
            "{n} indicator stands behind this report.", "{n} indicators stand behind this report.", len(sheets)
        ),
        tables=(Table(t("Definitions"), columns, tuple(_sheet(each, t) for each in sheets)),),
        link=link(found, "indicators"),
    )


def _sheet(each: Indicator, t: Translator) -> tuple[Cell, ...]:
    words = (
        each.name,
        each.definition,
        each.formula,
        each.unit_of_measure,
        MISSING if each.polarity is None else t.label(each.polarity),
        t(OVER_PERIODS[each.aggregation_over_periods]),
        t(OVER_UNITS[each.aggregation_over_units]),
        each.strategic_objective,
        each.responsible,
        each.data_source,
    )
    return tuple(text(word or "") for word in words)


def _bands(profile: RuleProfile, t: Translator) -> Table:
    rows = [_band(band, t) for band in profile.bands]
    if profile.unit_bands:
        rows += [_band(band, t, t("units")) for band in profile.unit_bands]
    return Table(t("Ratings"), (Column(t("Rating"), 30), Column(t("From an index of"), 16)), tuple(rows))


def _band(band: Band, t: Translator, of: str = "") -> tuple[Cell, ...]:
    words = f"{band.symbol} {band.labels[t.language]}"
    low = t("below that") if band.from_percent == -float("inf") else t.measure(band.from_percent, "", 2)
    return (
        Cell(f"{words} ({of})" if of else words, colour=band.colour.light, tint=mixed(band.colour.light)),
        text(low),
    )
