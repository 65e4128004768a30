"""Did they really change? Single figures, wherever they stand in the tree, judged in one call. Knows no screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.views.control import Control
from kpi.views.controls import PAIR, bounds_in, histories
from kpi.views.selection import Selection
from kpi.views.sheets import Pair, sheets_in
from kpi.views.tree import tree_of
from kpi.views.trends import indicator_over_time

_HISTORY: Final = [*PAIR, "grain", "period_start", "value", "target", "is_finished", "is_complete"]


def changes_of(
    snapshot: AllowedSnapshot, selection: Selection, pairs: tuple[Pair, ...], profile: RuleProfile
) -> dict[Pair, Control]:
    """Return of each figure what Trends says of its change: its control chart up to the selection's period.

    Changes are judged on single periods, also where the selection is to date. Of the chart's lines the last place
    alone is there, except for a figure that has none in the period itself, which is looked at as Trends does.
    """
    organisation, period = selection.organisation_code, selection.period
    single = replace(selection, to_date=False)
    units, codes = sorted({unit for unit, _ in pairs}), sorted({code for _, code in pairs})
    found = snapshot.facts_arrow(organisation, unit_codes=units, indicator_codes=codes, grain=period.grain)
    facts = found.select(_HISTORY).to_pandas(date_as_object=False, categories=[*PAIR, "grain"])
    facts = facts.assign(is_complete=facts["is_complete"].eq(True))  # null = no
    known, now = (
        set(facts.loc[rows, PAIR].itertuples(index=False, name=None))
        for rows in (facts["value"].notna(), facts["period_start"].eq(pd.Timestamp(period.start)))
    )
    together = [pair for pair in pairs if pair in known and pair in now]
    indicators = snapshot.indicators(organisation)
    events, tree = snapshot.events(organisation), tree_of(snapshot.units(organisation))
    judged = histories(facts, together, period, sheets_in(indicators), bounds_in(indicators), events, tree)
    alone = {
        pair: indicator_over_time(snapshot, single, pair[1], (pair[0],), profile).units[0].control
        for pair in pairs
        if pair not in judged
    }
    return {pair: history.control for pair, history in judged.items()} | alone
