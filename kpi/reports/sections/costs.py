"""What takes most from the index: units or indicators in order, and the figures behind it."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.reports.cells import index, loss, percent, rating, target, text, value
from kpi.reports.content import Cell, Chart, ChartKind, Column, Section, Series, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.reports.texts import unmarked
from kpi.views import gaps_words as words
from kpi.views.figures_words import shortened
from kpi.views.gaps import Gap
from kpi.views.help_texts import TEXTS, Topic

BARS = 10
TAKES = "#b3541e"


def section(found: Gathered, t: Translator) -> Section:
    """Return what costs the unit most."""
    gaps = found.gaps
    losing = gaps.losing
    message = t("Nothing cost {unit} any points.", unit=gaps.unit.name)
    if losing:
        message = t(
            "{name} costs {unit} most: {most} of the {lost} that are lost.",
            name=losing[0].name,
            unit=gaps.unit.name,
            most=words.points(losing[0].loss, t),
            lost=words.points(sum(cut.loss for cut in losing), t),
        )
    notes = (unmarked(words.sentence(gaps, found.profile, t)), unmarked(words.left_out(gaps, t)))
    return Section(
        code="costs",
        heading=t("What costs {unit} most", unit=gaps.unit.name),
        message=message,
        notes=tuple(note for note in notes if note),
        chart=_chart(found, t) if losing else None,
        tables=(figures_table(found, gaps.scored, t), _cuts(found, t)),
        help=tuple(t(text) for text in TEXTS[Topic.WAY]),
        slide=Slide(notes=1),
        link=link(found, "gaps", unit=gaps.unit.unit_code),
    )


def figures_table(found: Gathered, figures: tuple[Gap, ...], t: Translator) -> Table:
    """Return figures with what each takes from the index, as the page Gaps has them."""
    is_own = found.gaps.is_own
    columns = [Column(t("Indicator"), 44)]
    columns += [] if is_own else [Column(t("Unit"), 36)]
    columns += [
        Column(t("Better"), 20),
        Column(t("Value"), 16, True),
        Column(t("Target"), 16, True),
        Column(t("Achievement"), 12, True),
        Column(t("Index"), 9, True),
        Column(t("Rating"), 16),
        Column(t("State"), 14),
    ]
    columns += [Column(t("Share of weight"), 11, True)] if is_own else [Column(t("Parts"), 11)]
    columns.append(Column(t("Effect on the index"), 12, True))
    return Table(words.bullets_title(found.gaps, t), tuple(columns), tuple(_row(found, gap, t) for gap in figures))


def _row(found: Gathered, gap: Gap, t: Translator) -> tuple[Cell, ...]:
    profile = found.profile
    named = [text(gap.sheet.name)] + ([] if found.gaps.is_own else [text(gap.unit_name)])
    parts = "" if not gap.parts_expected else f"{t.number(gap.parts_present)}/{t.number(gap.parts_expected)}"
    return (
        *named,
        text(words.better(gap.sheet.rules.polarity, t)),
        value(gap.value, gap.sheet, t),
        target(gap.target, gap.target_high, gap.sheet, t),
        percent(gap.achievement, t),
        index(gap.index, profile, t, is_unit=False),
        rating(gap.rating, profile, t),
        text("" if gap.verification is None else t.label(gap.verification)),
        percent(gap.share, t) if found.gaps.is_own else text(parts),
        loss(gap.loss, t),
    )


def _cuts(found: Gathered, t: Translator) -> Table:
    gaps = found.gaps
    columns = (
        Column(t("Indicator") if gaps.is_own else t("Unit"), 48),
        Column(t("Index"), 9, True),
        Column(t("Share of weight"), 12, True),
        Column(t("Effect on the index"), 12, True),
    )
    rows = tuple(
        (
            text(cut.name),
            index(cut.index, found.profile, t, is_unit=not gaps.is_own),
            percent(cut.share, t),
            loss(cut.loss, t),
        )
        for cut in gaps.cuts
    )
    return Table(t("The way from 100 to the index"), columns, rows)


def _chart(found: Gathered, t: Translator) -> Chart:
    shown = found.gaps.losing[:BARS]
    labels = tuple(words.effect(cut.loss, t) for cut in shown)
    return Chart(
        kind=ChartKind.BARS,
        title=t("Points that each takes from the index"),
        categories=tuple(shortened(cut.name, 60) for cut in shown),
        series=(Series(t("Effect on the index"), tuple(cut.loss * 100 for cut in shown), (TAKES,), labels),),
        alt="; ".join(f"{cut.name} {label}" for cut, label in zip(shown, labels, strict=True)),
        axis=t("Points of the index"),
        decimals=1,
    )
