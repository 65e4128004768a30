"""Weights: a unit's index from its indicators, what each cost it, and a parent's index from its children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from kpi.model import Polarity, Status
from kpi.scoring.profile import RuleProfile
from kpi.scoring.rating import DECIMALS, rating

GROUP_KEYS: Final = ("organisation_code", "unit_code", "grain", "period_start", "period_end", "span")
"""What makes a unit's index one figure, unless the caller says otherwise: those of these columns that are there."""
CHILD_KEYS: Final = ("organisation_code", "parent_code", "grain", "period_start", "period_end", "span")


def unit_indices(scored: pd.DataFrame, profile: RuleProfile, keys: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the index of each group of `keys` (default: those of GROUP_KEYS that are there), in order of appearance.

    `scored` holds a row per indicator *agreed*, also those without a value or not scored: `index` (ratio, NaN = none),
    `status`, `polarity`, `weight` (NaN = none declared). Gives index = Σ w·index ÷ Σ w over the scored indicators;
    coverage = weight scored ÷ weight agreed, over all but neutral indicators; `rating` (NaN below the profile's least
    coverage, where `is_rated` is False and the index still stands), `weight_scored`, `weight_agreed`,
    `indicators_scored`, `indicators_agreed`, `weights_are_equal` (no weight declared in the group: each counts 1) and
    `indicators_without_weight` (count 0 beside others that have one). Raises ValueError for a negative weight.
    """
    keys = _keys(scored, keys, GROUP_KEYS)
    group, result = _groups(scored, keys)
    agreed = (scored["polarity"] != Polarity.NEUTRAL.value).to_numpy()
    counted = agreed & (scored["status"] == Status.SCORED.value).to_numpy()
    weight, equal, missing = _effective(scored["weight"], agreed, group, len(result))
    sums = _weighted(group, len(result), weight, counted, scored["index"].to_numpy(np.float64, na_value=np.nan))
    result["index"], result["weight_scored"] = sums
    result["weight_agreed"] = np.bincount(group, weight, len(result))
    result["coverage"] = _divided(result["weight_scored"], result["weight_agreed"])
    result["indicators_scored"] = np.bincount(group[counted], minlength=len(result))
    result["indicators_agreed"] = np.bincount(group[agreed], minlength=len(result))
    result["indicators_without_weight"] = np.bincount(group[missing], minlength=len(result))
    result["weights_are_equal"] = equal
    return _rated(result, profile)


def losses(
    scored: pd.DataFrame,
    profile: RuleProfile,  # noqa: ARG001 - how indicators weigh is the profile's to say; today's all say it alike
    keys: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of `scored` with `weight_share` and `loss`: what each indicator took from its unit's index.

    Rows and columns as for `unit_indices`. weight_share = w ÷ Σ w over the scored indicators of the group; loss =
    weight_share × (1 − index), a ratio, below 0 for an indicator above 100 %. Both NaN where a figure isn't scored.
    The losses of a group sum to 1 − its index.
    """
    keys = _keys(scored, keys, GROUP_KEYS)
    group, result = _groups(scored, keys)
    agreed = (scored["polarity"] != Polarity.NEUTRAL.value).to_numpy()
    counted = agreed & (scored["status"] == Status.SCORED.value).to_numpy()
    weight, _, _ = _effective(scored["weight"], agreed, group, len(result))
    total = np.bincount(group, np.where(counted, weight, 0.0), len(result))
    share = _divided(np.where(counted, weight, np.nan), total[group])
    return scored.assign(weight_share=share, loss=share * (1.0 - scored["index"].to_numpy(np.float64, na_value=np.nan)))


def combine_children(children: pd.DataFrame, profile: RuleProfile, keys: Sequence[str] | None = None) -> pd.DataFrame:
    """Return each parent's index from its children's.

    `children` holds a row per child of a parent and period, also children without an index: the `keys` (default: those
    of CHILD_KEYS that are there), `index`, `weight_in_parent` (NaN = none declared: equal when no child of the parent
    has one, else 0) and `coverage` where known. coverage = Σ w·child's coverage ÷ Σ w (a child with an index and no
    coverage counts 1, one without an index 0). Columns as `unit_indices`, counting children: `children_scored`,
    `children_agreed`.
    """
    keys = _keys(children, keys, CHILD_KEYS)
    group, result = _groups(children, keys)
    everyone = np.ones(len(children), dtype=bool)
    index = children["index"].to_numpy(np.float64, na_value=np.nan)
    counted = ~np.isnan(index)
    weight, equal, _ = _effective(children["weight_in_parent"], everyone, group, len(result))
    covered = counted.astype(float)
    if "coverage" in children.columns:
        known = children["coverage"].to_numpy(np.float64, na_value=np.nan)
        covered = np.where(counted, np.where(np.isnan(known), 1.0, known), 0.0)
    result["index"], _ = _weighted(group, len(result), weight, counted, index)
    result["weight_scored"] = np.bincount(group, weight * covered, len(result))
    result["weight_agreed"] = np.bincount(group, weight, len(result))
    result["coverage"] = _divided(result["weight_scored"], result["weight_agreed"])
    result["children_scored"] = np.bincount(group[counted], minlength=len(result))
    result["children_agreed"] = np.bincount(group, minlength=len(result))
    result["weights_are_equal"] = equal
    return _rated(result, profile)


def without_weight(scored: pd.DataFrame, keys: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of `scored` that count 0 because others of their group have a weight and they have none."""
    keys = _keys(scored, keys, GROUP_KEYS)
    group, result = _groups(scored, keys)
    agreed = (scored["polarity"] != Polarity.NEUTRAL.value).to_numpy()
    return scored[_effective(scored["weight"], agreed, group, len(result))[2]]


def _keys(frame: pd.DataFrame, keys: Sequence[str] | None, usual: Sequence[str]) -> list[str]:
    return list(keys) if keys is not None else [key for key in usual if key in frame.columns]


def _groups(frame: pd.DataFrame, keys: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the number of each row's group, and the groups' keys, both in order of appearance."""
    numbers = frame.groupby(keys, sort=False, dropna=False, observed=True).ngroup().to_numpy()
    return numbers, frame.loc[~frame.duplicated(keys).to_numpy(), keys].reset_index(drop=True)


def _effective(
    declared: pd.Series, agreed: np.ndarray, group: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the weight that each row has, which groups have none declared, and which rows alone lack one."""
    weight = declared.to_numpy(np.float64, na_value=np.nan)
    if (weight < 0).any():
        raise ValueError("A weight is negative.")
    is_declared = agreed & ~np.isnan(weight)
    equal = np.bincount(group[is_declared], minlength=groups) == 0
    effective = np.where(equal[group], 1.0, np.where(is_declared, weight, 0.0))
    return np.where(agreed, effective, 0.0), equal, agreed & ~is_declared & ~equal[group]


def _weighted(
    group: np.ndarray, groups: int, weight: np.ndarray, counted: np.ndarray, index: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    scored = np.where(counted, weight, 0.0)
    total = np.bincount(group, scored, groups)
    return _divided(np.bincount(group, np.where(counted, weight * index, 0.0), groups), total), total


def _divided(part: np.ndarray | pd.Series, whole: np.ndarray | pd.Series) -> np.ndarray:
    part, whole = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)


def _rated(result: pd.DataFrame, profile: RuleProfile) -> pd.DataFrame:
    coverage = np.round(result["coverage"].to_numpy(), DECIMALS)
    is_rated = (coverage >= profile.least_coverage) & ~np.isnan(result["index"].to_numpy())
    codes = np.array([*(band.code for band in profile.bands_of_units), None], dtype=object)
    places = np.where(is_rated, rating(result["index"].to_numpy(), profile.bands_of_units), -1)
    return result.assign(rating=pd.Series(codes[places], dtype="str"), is_rated=is_rated)
