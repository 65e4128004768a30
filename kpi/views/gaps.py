"""The gaps of one unit in a period: what each indicator, or each unit below it, takes from its index.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import Any, Final  # Any: the cells of a frame

import numpy as np
import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Polarity, Reason, Status, Verification
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.scoring.weighting import losses
from kpi.views.indices import indices_of_units, losses_of_unit
from kpi.views.overview import NotRated, Standing
from kpi.views.selection import Selection
from kpi.views.sheets import Pair, Sheet, sheets_of
from kpi.views.tree import Place, UnitTree, tree_of

BULLETS_ON_A_PAGE: Final = 20
COSTLIEST: Final = 25
"""As many costliest figures of the units below as a snapshot keeps for a parent."""
_FIGURE: Final = ["value", "target", "target_high", "parts_expected", "parts_present", "is_finished", "verification"]
_MARKS: Final = ["is_partial_sum", "is_withheld"]
_SHEET: Final = ["indicator_code", "polarity", "worst_value", "is_full_at_target", "conversion_scale"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One figure and what it takes from the unit's index.

    value, targets and worst_value stand in the indicator's own unit of measure; achievement, index, `share` (of the
    weight that is scored) and `loss` (share × (1 − index); below 0 = a gain) are ratios. NaN and None = none.
    """

    unit_code: str
    unit_name: str
    sheet: Sheet
    value: float
    target: float
    target_high: float
    worst_value: float
    achievement: float
    index: float
    rating: str | None
    reason: Reason | None
    share: float
    loss: float
    parts_expected: int
    parts_present: int
    is_finished: bool
    verification: Verification | None
    is_withheld: bool = False

    @property
    def pair(self) -> Pair:
        """The unit and the indicator that it is of."""
        return self.unit_code, self.sheet.code

    @property
    def is_missed(self) -> bool:
        """Whether the figure costs its unit anything: an index below 100 %, float noise set aside."""
        return round(self.index, 9) < 1.0

    @property
    def distance(self) -> float:
        """How far the value lies on the wrong side of its target or range; 0 = on the right side, NaN = not known."""
        high = self.target if isnan(self.target_high) else self.target_high
        below, above = self.target - self.value, self.value - high
        match self.sheet.rules.polarity:
            case Polarity.MAXIMIZE:
                return max(below, 0.0)
            case Polarity.MINIMIZE:
                return max(above, 0.0)
            case _:
                return max(below, above, 0.0)


@dataclass(frozen=True, slots=True)
class Cut:
    """One step on the way from 100 to the unit's index: what an indicator or a unit below takes (below 0: gives)."""

    code: str
    name: str
    index: float
    share: float
    loss: float


@dataclass(frozen=True, slots=True)
class GapsOfUnit:
    """A unit's index, the figures behind it and the cuts that lead to it.

    `is_own`: the index comes from the unit's own figures; else from the units below, whose costliest figures `scored`
    holds then. `cuts` sum to 1 − index, the costliest first; empty where there is no index. `without_index` names the
    units below that have none.
    """

    unit: Place
    way: tuple[Place, ...]
    standing: Standing
    is_own: bool
    scored: tuple[Gap, ...]
    not_scored: tuple[Gap, ...]
    cuts: tuple[Cut, ...]
    without_index: tuple[Place, ...]

    @property
    def missed(self) -> tuple[Gap, ...]:
        """The figures that cost the unit something, the costliest first."""
        return tuple(gap for gap in self.scored if gap.is_missed)

    def shown(self, *, missed_only: bool) -> tuple[Gap, ...]:
        """Return the figures that a reader asks to see, the costliest first."""
        return self.missed if missed_only else self.scored

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Unit and indicator of every figure, scored or not."""
        return tuple(gap.pair for gap in (*self.scored, *self.not_scored))

    @property
    def losing(self) -> tuple[Cut, ...]:
        """The cuts that take something, the largest first; those that a reader would see as 0 are no cuts."""
        return tuple(cut for cut in self.cuts if round(cut.loss, 9) > 0)

    @property
    def gaining(self) -> tuple[Cut, ...]:
        """The cuts that give something, the largest gain last."""
        return tuple(cut for cut in self.cuts if round(cut.loss, 9) < 0)


def gaps_of_unit(snapshot: AllowedSnapshot, selection: Selection, unit_code: str, profile: RuleProfile) -> GapsOfUnit:
    """Return the gaps of a unit in the selection's period and span. Raises UnknownCode."""
    tree = tree_of(snapshot.units(selection.organisation_code))
    way = tree.way_to(unit_code)
    end = selection.period.end
    children = tree.children(unit_code, selection.period)
    indices = indices_of_units(snapshot, selection, (unit_code, *children), end, end, profile)
    rows = {str(row["unit_code"]): row for row in indices.to_dict("records")}
    own = rows.get(unit_code)
    standing = _standing(own, selection.period)
    if own is None or own["basis"] == "own":
        scored, not_scored = own_gaps(snapshot, selection, (way[-1],), profile)[unit_code]
        weighed = (gap for gap in scored if not isnan(gap.loss))
        cuts = tuple(Cut(gap.sheet.code, gap.sheet.name, gap.index, gap.share, gap.loss) for gap in weighed)
        return GapsOfUnit(way[-1], way, standing, True, scored, not_scored, cuts, ())
    cuts = _child_cuts(rows, tree, unit_code, children, profile)
    having = {cut.code for cut in cuts}
    absent = tuple(Place(code, tree.name(code)) for code in children if code not in having)
    scored = _costliest_below(snapshot, selection, unit_code, profile)
    return GapsOfUnit(way[-1], way, standing, False, scored, (), cuts, absent)


def pages_of(shown: tuple[Gap, ...]) -> int:
    """Return how many pages of bullets there are, at least one."""
    return max(1, -(-len(shown) // BULLETS_ON_A_PAGE))


def page_of(shown: tuple[Gap, ...], number: int) -> tuple[Gap, ...]:
    """Return the figures of a page, from 1."""
    return shown[(number - 1) * BULLETS_ON_A_PAGE : number * BULLETS_ON_A_PAGE]


def units_in(snapshot: AllowedSnapshot, selection: Selection) -> pd.DataFrame:
    """Return the units that existed in the period, as rows of `snapshot.units()`, each below its parent."""
    units = snapshot.units(selection.organisation_code).set_index("unit_code", drop=False)
    tree = tree_of(units)
    roots = [code for code in units["unit_code"] if tree.nodes[code].parent_code is None]
    codes = [code for root in roots for code in _in_order(tree, root, selection.period)]
    return units.loc[codes].reset_index(drop=True)


def _in_order(tree: UnitTree, code: str, period: Period) -> list[str]:
    return [code, *(below for child in tree.children(code, period) for below in _in_order(tree, child, period))]


def _standing(row: Mapping[Hashable, Any] | None, period: Period) -> Standing:
    if row is None:
        return Standing(period, None, None, None, NotRated.NO_FIGURES)
    index, coverage = _or_none(row["index"]), _or_none(row["coverage"])
    rating = None if pd.isna(row["rating"]) else str(row["rating"])
    why = None if rating else NotRated.NOTHING_SCORED if index is None else NotRated.LOW_COVERAGE
    return Standing(period, index, rating, coverage, why)


def own_gaps(
    snapshot: AllowedSnapshot, selection: Selection, units: tuple[Place, ...], profile: RuleProfile
) -> dict[str, tuple[tuple[Gap, ...], tuple[Gap, ...]]]:
    """Return by unit its own figures: scored ones costliest first, then those that are not scored, by name.

    All indicators that a unit carries in the year count, as at publish: also those without a figure now.
    """
    names = {unit.unit_code: unit.name for unit in units}
    rows = _carried(snapshot, selection, tuple(names))
    found = losses(score_table(rows, profile), profile, ["unit_code"])
    sheets = sheets_of(snapshot, selection.organisation_code)
    gaps: dict[str, list[Gap]] = {code: [] for code in names}
    for row in found.to_dict("records"):
        code = str(row["unit_code"])
        gaps[code].append(_gap(row, names[code], sheets))
    return {code: _parted(of_unit) for code, of_unit in gaps.items()}


def _parted(gaps: list[Gap]) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    scored = sorted((gap for gap in gaps if gap.reason is None), key=_costliest_first)
    return tuple(scored), tuple(sorted((gap for gap in gaps if gap.reason), key=lambda gap: gap.sheet.name))


def _carried(snapshot: AllowedSnapshot, selection: Selection, unit_codes: tuple[str, ...]) -> pd.DataFrame:
    organisation, year = (
        selection.organisation_code,
        Period.containing(selection.period.end, Grain.YEAR, selection.period.year_starts_in),
    )
    keys = ["unit_code", "indicator_code"]
    agreed = snapshot.agreements(organisation, selection.year)
    agreed = agreed[agreed["unit_code"].isin(list(unit_codes))]
    figures = snapshot.facts(
        organisation,
        unit_codes=unit_codes,
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=selection.to_date,
    )
    of_year = snapshot.carried(organisation, unit_codes=unit_codes, first=year.start, last=year.end)
    sheets = snapshot.indicators(organisation)[_SHEET]
    carried = pd.concat([agreed[keys], figures[keys], of_year], ignore_index=True).drop_duplicates()
    rows = carried.merge(sheets, on="indicator_code")
    rows = rows.merge(figures[[*keys, *_FIGURE, *_MARKS]], on=keys, how="left")
    rows = rows.merge(agreed[[*keys, "weight"]], on=keys, how="left")
    # A column of booleans with absent rows is a column of objects.
    return rows.assign(**{name: rows[name].eq(True) for name in _MARKS})


def _costliest_below(
    snapshot: AllowedSnapshot, selection: Selection, unit_code: str, profile: RuleProfile
) -> tuple[Gap, ...]:
    """Return the figures of the units below that take most from this unit's index, the costliest first."""
    costs = losses_of_unit(snapshot, selection, unit_code, COSTLIEST, profile)
    costs = costs[costs["loss"] > 0].rename(columns={"source_unit_code": "unit_code"})
    facts = snapshot.facts(
        selection.organisation_code,
        unit_codes=sorted(set(costs["unit_code"])),
        indicator_codes=sorted(set(costs["indicator_code"])),
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=selection.to_date,
    )
    rows = costs.merge(score_table(facts, profile), on=["unit_code", "indicator_code"])
    sheets = sheets_of(snapshot, selection.organisation_code)
    rows = rows.assign(weight_share=np.nan)
    return tuple(_gap(row, str(row["unit_name"]), sheets) for row in rows.to_dict("records"))


def _child_cuts(
    rows: Mapping[str, Mapping[Hashable, Any]],
    tree: UnitTree,
    unit_code: str,
    children: tuple[str, ...],
    profile: RuleProfile,
) -> tuple[Cut, ...]:
    """Return what each unit below takes: its share of the declared weights (equal without any) × (1 − its index)."""
    frame = pd.DataFrame(
        {
            "unit_code": unit_code,
            "child": list(children),
            "index": [float(rows[code]["index"]) if code in rows else nan for code in children],
            "weight": [tree.nodes[code].weight_in_parent for code in children],
        }
    ).astype({"weight": "float64"})
    status = np.where(frame["index"].notna(), Status.SCORED.value, Status.NOT_SCORED.value)
    found = losses(frame.assign(status=status, polarity=Polarity.MAXIMIZE.value), profile, ["unit_code"])
    found = found[found["loss"].notna()].sort_values(["loss", "child"], ascending=[False, True])
    return tuple(
        Cut(str(code), tree.name(str(code)), float(index), float(share), float(loss))
        for code, index, share, loss in found[["child", "index", "weight_share", "loss"]].itertuples(index=False)
    )


def _gap(row: Mapping[Hashable, Any], unit_name: str, sheets: Mapping[str, Sheet]) -> Gap:
    return Gap(
        unit_code=str(row["unit_code"]),
        unit_name=unit_name,
        sheet=sheets[str(row["indicator_code"])],
        **{name: float(row[name]) for name in ("value", "target", "target_high", "worst_value")},
        **{name: float(row[name]) for name in ("achievement", "index", "loss")},
        rating=None if pd.isna(row["rating"]) else str(row["rating"]),
        reason=None if pd.isna(row["reason"]) else Reason(str(row["reason"])),
        share=float(row["weight_share"]),
        parts_expected=0 if pd.isna(row["parts_expected"]) else int(row["parts_expected"]),
        parts_present=0 if pd.isna(row["parts_present"]) else int(row["parts_present"]),
        is_finished=bool(row["is_finished"] == True),  # noqa: E712 - absent is NaN, which is true
        verification=None if pd.isna(row["verification"]) else Verification(str(row["verification"])),
        is_withheld=bool(row["is_withheld"]),
    )


def _costliest_first(gap: Gap) -> tuple[float, str]:
    return 0.0 if isnan(gap.loss) else -gap.loss, gap.sheet.name


def _or_none(cell: float) -> float | None:
    return None if isnan(cell) else float(cell)
