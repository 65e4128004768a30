"""Overview's own numbers, put into the explanations beside its charts: how one mark of each came about.

As `kpi.views.numbers_words`, which knows the charts of all other pages and loads what they are made of.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.change_and_target import Aim, ChangeAndTarget, Move
from kpi.views.costs import Cost
from kpi.views.markdown import plain
from kpi.views.overview import Level
from kpi.views.ratings import index_text


def two_verdicts(seen: ChangeAndTarget, t: Translator) -> str:
    """Return how many figures stand in the matrix, and how many of them could be judged."""
    judged = sum(figure.move is not Move.NOT_JUDGED for figure in seen.figures)
    return t(
        "{all} figures are counted; of {judged} it can be told whether they changed, {worse} of these got worse, and "
        "{missed} of all miss their targets.",
        all=t.number(len(seen.figures)),
        judged=t.number(judged),
        worse=t.number(sum(figure.move is Move.WORSE for figure in seen.figures)),
        missed=t.number(sum(figure.aim is Aim.MISSED for figure in seen.figures)),
    )


def tiles(level: Level, profile: RuleProfile, t: Translator) -> str:
    """Return what the first tile's index stands on."""
    first = next((tile for tile in level.tiles if tile.now.index is not None), None)
    if first is None:
        return ""
    return t(
        "{unit}: {scored} of {agreed} indicators are scored, {share} of the weight; their weighted mean is {index}.",
        unit=plain(first.name),
        scored=t.number(first.indicators_scored),
        agreed=t.number(first.indicators_agreed),
        share=t.percent(first.now.coverage, 0),
        index=index_text(first.now.index, profile, t),
    )


def heatmap(level: Level, profile: RuleProfile, t: Translator) -> str:
    """Return the first row in numbers."""
    first = next((tile for tile in level.tiles if tile.now.index is not None), None)
    if first is None:
        return ""
    cells = ", ".join(
        f"{t.period(each.period)} {index_text(each.index, profile, t)}"
        for each in first.history
        if each.index is not None
    )
    return t("The row of {unit} reads: {cells}.", unit=plain(first.name), cells=cells)


def costs(found: Sequence[Cost], t: Translator) -> str:
    """Return the first cost, and what all that are listed cost together."""
    if not found:
        return ""
    return t(
        "{indicator} takes {loss}; the {n} that are listed take {sum} together.",
        indicator=plain(found[0].indicator_name),
        loss=t.points(found[0].loss),
        n=t.number(len(found)),
        sum=t.points(sum(cost.loss for cost in found)),
    )
