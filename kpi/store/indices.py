"""Scores a snapshot in the making with each organisation's chosen profile: every unit's index, and what cost it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from kpi.scoring.profile import RuleProfile, load_profile
from kpi.scoring.table import score_table
from kpi.scoring.weighting import combine_children, losses, unit_indices
from kpi.store.engine import sql
from kpi.store.profiles import DEFAULT_PROFILE, profile_of_year
from kpi.store.score_rows import CHECKED, KEYS, RowsToScore, number, rows_to_score

OCCASION: Final = KEYS[1:]
_COLUMNS: Final = [
    *KEYS,
    "index",
    "coverage",
    "rating",
    "is_rated",
    "weight_scored",
    "weight_agreed",
    "indicators_scored",
    "indicators_agreed",
    "weights_are_equal",
    "basis",
    "checked",
]
_LOSSES: Final = [*KEYS, "source_unit_code", "indicator_code", "loss"]
_KEPT_LOSSES: Final = 25
"""Of a unit and period: what cost it most."""
_FACTS_AT_ONCE: Final = 500_000
"""Facts that are scored in one frame: about 1 GB of memory."""


class Part(NamedTuple):
    """Facts of an organisation that are scored together: years of one profile, or of a year one grain's periods."""

    organisation_code: str
    first_year: int
    last_year: int
    profile_code: str
    grain: str | None = None
    first: date | None = None
    last: date | None = None


def score_units(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `unit_index` and `loss` of the snapshot that `connection` is making.

    A parent's index comes from its children when one of them declares a weight in it; else from its own figures; else
    from its children, equally.
    """
    numbered = None
    for part in _parts(connection):
        if part.organisation_code != numbered:
            numbered = part.organisation_code
            number(connection, numbered)
        asked = {key: value for key, value in part._asdict().items() if key != "profile_code"}
        rows = rows_to_score(connection, **asked)
        if not rows.rows.empty:
            _score(connection, part.organisation_code, rows, part.profile_code)


def update_scores(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill both for the units and years that an update makes again; what other units have is kept and counts on."""
    choices = connection.execute(sql("snapshot/profile_choices")).fetchall()
    for organisation, year in connection.execute(sql("update/redone_years")).fetchall():
        of_organisation = {"organisation_code": organisation}
        units = [code for (code,) in connection.execute(sql("update/redone_units"), of_organisation).fetchall()]
        number(connection, organisation, first_year=year, last_year=year, unit_codes=units)
        rows = rows_to_score(connection, organisation, first_year=year, last_year=year, unit_codes=units)
        of_year = {**of_organisation, "year": year}
        known = (
            connection.execute(sql("update/known_indices"), of_year).df(),
            connection.execute(sql("update/known_losses"), of_year).df(),
        )
        if rows.rows.empty and known[0].empty:
            continue
        _score(connection, organisation, rows, _profile_code(choices, organisation, year), known)


def _score(
    connection: duckdb.DuckDBPyConnection,
    organisation: str,
    rows: RowsToScore,
    profile_code: str,
    known: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> None:
    """Add indices and losses made of `rows`; `known`: those of other units that parents' are made of too."""
    profile = load_profile(profile_code)
    units = connection.execute(sql("snapshot/units"), {"organisation_code": organisation}).df()
    if known is not None:
        known = (known[0].assign(checked=known[0]["verification"].map(CHECKED)), known[1])
    indices, costs = _scored(rows, units, profile, known)
    states = {place: state for state, place in CHECKED.items()}
    verification = indices["checked"].map(states).astype("str")
    indices = indices.drop(columns="checked").assign(profile_code=profile_code, verification=verification)
    _add(connection, "publish/add_unit_index", organisation, indices)
    _add(connection, "publish/add_loss", organisation, costs)


def _profile_code(choices: list[tuple[str, int, str]], organisation: str, year: int) -> str:
    """Return the profile that the organisation chose for the year."""
    chosen = [(from_year, code) for owner, from_year, code in choices if owner == organisation]
    return profile_of_year(chosen, year) or DEFAULT_PROFILE


def _parts(connection: duckdb.DuckDBPyConnection) -> Iterator[Part]:
    """Yield what is scored together: runs of years with one profile and few enough facts, and large years in pieces.

    Every period is scored by itself, so a year may be cut between any two; a period is not cut.
    """
    choices = connection.execute(sql("snapshot/profile_choices")).fetchall()
    spans = connection.execute(sql("publish/fact_spans")).fetchall()
    joined: Part | None = None
    facts = 0
    for (organisation, year), of_year in groupby(spans, key=lambda span: span[:2]):
        periods = [(grain, end, count) for _, _, grain, end, count in of_year]
        whole = Part(organisation, year, year, _profile_code(choices, organisation, year))
        size = sum(count for _, _, count in periods)
        joins = (
            joined is not None
            and (joined.organisation_code, joined.profile_code) == (organisation, whole.profile_code)
            and facts + size <= _FACTS_AT_ONCE
        )
        if joined is not None and not joins:
            yield joined
            joined, facts = None, 0
        if size > _FACTS_AT_ONCE:
            yield from _pieces(whole, periods)
        else:
            joined, facts = (joined or whole)._replace(last_year=year), facts + size
    if joined is not None:
        yield joined


def _pieces(year: Part, periods: Iterable[tuple[str, date, int]]) -> Iterator[Part]:
    """Yield a year's periods, grain by grain, in runs of few enough facts."""
    piece: Part | None = None
    facts = 0
    for grain, end, count in periods:
        if piece is not None and (piece.grain != grain or facts + count > _FACTS_AT_ONCE):
            yield piece
            piece, facts = None, 0
        piece, facts = (piece or year._replace(grain=grain, first=end))._replace(last=end), facts + count
    if piece is not None:
        yield piece


def _scored(
    found: RowsToScore,
    units: pd.DataFrame,
    profile: RuleProfile,
    known: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the index of every unit and period in `found`, and the losses behind it; bottom up through the tree.

    `known`: indices and losses of units that are not in `found`, of which those above them are made; not returned.
    """
    scored = score_table(found.to_be_scored(), profile)
    own, costs = _own_indices(found, scored, profile), _own_losses(found, scored, profile)
    if known is not None:
        own, costs = pd.concat([own, known[0]], ignore_index=True), pd.concat([costs, known[1]], ignore_index=True)
    for level in sorted(units.loc[~units["is_leaf"], "level"].unique(), reverse=True):
        own, costs = _with_parents(own, costs, units[units["level"] == level + 1], profile)
    if known is not None:
        own = own[~own["unit_code"].isin(known[0]["unit_code"])]
        costs = costs[~costs["unit_code"].isin(known[1]["unit_code"])]
    return own[_COLUMNS], costs


def _own_indices(found: RowsToScore, scored: pd.DataFrame, profile: RuleProfile) -> pd.DataFrame:
    """Return the indices that units have of their own figures; `checked`: the least state of verification in each."""
    present = scored["value"].notna()
    checked = scored.loc[present, "checked"].fillna(0.0).groupby(scored.loc[present, "occasion"], sort=False).min()
    own = unit_indices(scored, profile, ["occasion"]).assign(basis="own")
    own = own[own["indicators_agreed"] > 0].join(checked, on="occasion")
    return own.join(found.occasions[KEYS], on="occasion").drop(columns="occasion").reset_index(drop=True)


def _own_losses(found: RowsToScore, scored: pd.DataFrame, profile: RuleProfile) -> pd.DataFrame:
    """Return what cost each of these indices most, in _LOSSES."""
    costs = losses(scored, profile, ["occasion"])[["occasion", "indicator_number", "loss"]]
    costs = _dearest(costs[costs["loss"].notna()], ["occasion"], ["indicator_number"])
    occasions = found.occasions.take(costs["occasion"].to_numpy()).set_axis(costs.index)
    indicators = found.indicators["indicator_code"].take(costs["indicator_number"].to_numpy()).set_axis(costs.index)
    sources = {"source_unit_code": occasions["unit_code"], "indicator_code": indicators, "loss": costs["loss"]}
    return occasions.assign(**sources)[_LOSSES]


def _dearest(costs: pd.DataFrame, keys: list[str], among_equals: list[str]) -> pd.DataFrame:
    """Return the largest losses of each group of `keys`, largest first; equal ones in the order of `among_equals`."""
    order = [*keys, "loss", *among_equals]
    ordered = costs.sort_values(order, ascending=[name != "loss" for name in order], ignore_index=True)
    return ordered[ordered.groupby(keys, sort=False).cumcount() < _KEPT_LOSSES]


def _with_parents(
    indices: pd.DataFrame, costs: pd.DataFrame, children: pd.DataFrame, profile: RuleProfile
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both with the parents of `children` in them where their figures come from these."""
    occasions = _occasions_of_children(indices, children)
    if occasions.empty:
        return indices, costs
    combined = _of_children(indices, children, occasions, profile)
    replaced = indices.set_index(KEYS).index.isin(combined.set_index(KEYS).index)
    replaced_costs = costs.set_index(KEYS).index.isin(combined.set_index(KEYS).index)
    handed_up = _handed_up(costs, indices, children, combined)
    return (
        pd.concat([indices[~replaced], combined], ignore_index=True),
        pd.concat([costs[~replaced_costs], handed_up], ignore_index=True),
    )


def _occasions_of_children(indices: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    """Return the parents and periods whose index comes from children: a weight is declared, or the parent has none."""
    declared = children.loc[children["weight_in_parent"].notna(), "parent_code"].unique()
    known = indices[KEYS].merge(children[["unit_code", "parent_code"]], on="unit_code")
    occasions = known[["parent_code", *OCCASION]].drop_duplicates()
    own = indices[KEYS].rename(columns={"unit_code": "parent_code"}).assign(has_own=True)
    has_own = occasions.merge(own, on=["parent_code", *OCCASION], how="left")["has_own"].notna().to_numpy()
    return occasions[~has_own | occasions["parent_code"].isin(declared).to_numpy()]


def _of_children(
    indices: pd.DataFrame, children: pd.DataFrame, occasions: pd.DataFrame, profile: RuleProfile
) -> pd.DataFrame:
    """Return parents' index from their children, of which those that were valid then and have none count as missing."""
    lives = children[["unit_code", "parent_code", "valid_from", "valid_to", "weight_in_parent"]]
    grid = occasions.merge(lives, on="parent_code")
    began = grid["valid_from"].isna() | (grid["valid_from"] <= grid["period_end"])
    ended = grid["valid_to"].notna() & (grid["valid_to"] < grid["period_start"])
    measured = ["index", "coverage", "indicators_scored", "indicators_agreed", "checked"]
    grid = grid[began & ~ended].merge(indices[[*KEYS, *measured]], on=KEYS, how="left")
    keys = ["parent_code", *OCCASION]
    result = combine_children(grid, profile, keys)
    counts = grid.groupby(keys, sort=False, as_index=False)[["indicators_scored", "indicators_agreed"]].sum()
    with_any = grid.groupby(keys, sort=False, as_index=False)[["weight_in_parent"]].count()
    basis = np.where(with_any["weight_in_parent"].to_numpy() > 0, "children_weighted", "children_equal")
    least = grid.groupby(keys, sort=False, as_index=False)[["checked"]].min()
    result = result.merge(counts, on=keys).merge(least, on=keys).merge(with_any[keys].assign(basis=basis), on=keys)
    return result.rename(columns={"parent_code": "unit_code"})


def _handed_up(
    costs: pd.DataFrame, indices: pd.DataFrame, children: pd.DataFrame, parents: pd.DataFrame
) -> pd.DataFrame:
    """Return the children's losses as their parents', each times the child's share among those with an index."""
    keys = ["parent_code", *OCCASION]
    known = indices.loc[indices["index"].notna(), KEYS].merge(
        children[["unit_code", "parent_code", "weight_in_parent"]], on="unit_code"
    )
    known = known.merge(parents[KEYS].rename(columns={"unit_code": "parent_code"}), on=keys)
    is_declared = known["parent_code"].isin(children.loc[children["weight_in_parent"].notna(), "parent_code"])
    weight = known["weight_in_parent"].fillna(0.0).where(is_declared, 1.0)
    share = weight / weight.groupby([known[key] for key in keys]).transform("sum")
    losing = costs.merge(known.assign(share=share)[[*KEYS, "parent_code", "share"]], on=KEYS)
    losing = losing[losing["share"] > 0.0]
    losing = losing.assign(loss=losing["loss"] * losing["share"], unit_code=losing["parent_code"])
    return _dearest(losing[_LOSSES], KEYS, ["source_unit_code", "indicator_code"])


def _add(connection: duckdb.DuckDBPyConnection, query: str, organisation: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", pa.Table.from_pandas(frame, preserve_index=False))
    connection.execute(sql(query), {"organisation_code": organisation})
    connection.unregister("incoming")
