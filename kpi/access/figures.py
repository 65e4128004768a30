"""A snapshot as one access may see it: the only reader of figures that views are given.

Every question of a snapshot passes one place, `_frame` (or `_table`, its twin for Arrow), which knows for each what has
to be left out; a question that it doesn't know is refused. A figure that is only reported, not verified, is missing
(value, numerator, denominator) for whoever may not see it; so is the index of a unit, and what cost it, where one such
figure is in it, and what the unit says of it. Targets, definitions, states and who reported in time are open to
everybody who may see published figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final  # Any: values bound to the SQL's parameters

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kpi.access.checks import refuse
from kpi.access.rights import Access, Right
from kpi.access.unit_tree import is_bound, parents_of
from kpi.model import Organisation, Verification
from kpi.periods import Grain
from kpi.store.snapshot import Snapshot

PUBLISHED: Final = (Verification.VERIFIED.value, Verification.LOCKED.value)
_WHO: Final = ["made_by", "reason", "file_name", "file_digest", "author"]
"""Columns that name an officer or what they said."""
_FIGURES: Final = ["value", "numerator", "denominator", "note"]
_INDEX: Final = ["index", "coverage", "rating"]
Units = frozenset[str]
"""The units whose reported figures may be seen; the whole organisation is no such set, nothing is left out of it."""
Rule = Callable[["AllowedSnapshot", pd.DataFrame, dict[str, Any], Units], pd.DataFrame]


class AllowedSnapshot(Snapshot):
    """One opening of a snapshot in the eyes of one access; made by `allowed_snapshot` alone."""

    def __init__(self, store: Path, snapshot: Snapshot, access: Access) -> None:
        super().__init__(snapshot.shared)
        self.store = store
        self.access = access
        self._whole = snapshot
        self._units: dict[tuple[Right, str], Units | None] = {}

    @cached_property
    def rights_key(self) -> tuple[object, ...]:
        """What its answers depend on besides version and question: caches are keyed by it."""
        return self.access.grants

    def organisations(self) -> list[Organisation]:
        """Return the organisations of which this access may see published figures, by code."""
        return [each for each in self._whole.organisations() if self._may(each.organisation_code)]

    def reads_reported(self, organisation_code: str) -> frozenset[str] | None:
        """Return the units whose figures are seen before they are verified; None = all."""
        return self.units_for(Right.READ_REPORTED, organisation_code)

    def units_for(self, right: Right, organisation_code: str) -> frozenset[str] | None:
        """Return the units for which the right is given; None = all."""
        asked = right, organisation_code
        if asked not in self._units:
            parents = parents_of(self._whole.units(organisation_code)) if is_bound(self.access) else {}
            self._units[asked] = self.access.units(right, organisation_code, parents)
        return self._units[asked]

    # inside -------------------------------------------------------------------------------------------------------

    def _may(self, organisation_code: str) -> bool:
        return self.access.may(Right.READ_PUBLISHED, organisation_code)

    def _shown_in(self, organisation_code: str) -> frozenset[str] | None:
        """As `reads_reported`, for who may read the organisation at all. Raises AccessRefused, and logs it."""
        if not self._may(organisation_code):
            refuse(self.store, self.access, Right.READ_PUBLISHED, organisation_code)
        return self.reads_reported(organisation_code)

    def _frame(self, query: str, **parameters: Any) -> pd.DataFrame:
        """Answer a question without what this access may not see. Raises AccessRefused, and logs it."""
        if query not in RULES:
            raise KeyError(f"kpi.access.figures has no rule for the question {query}.")
        if "organisation_code" not in parameters:
            return self._of_batch(query, **parameters)
        units = self._shown_in(parameters["organisation_code"])
        found = super()._frame(query, **parameters)
        return found if units is None else RULES[query](self, found, parameters, units)

    def _table(self, query: str, **parameters: Any) -> pa.Table:
        """As `_frame`, for an answer as an Arrow table: figures alone are answered so."""
        if RULES.get(query) is not _figures:
            raise KeyError(f"kpi.access.figures has no rule for the question {query} as an Arrow table.")
        units = self._shown_in(parameters["organisation_code"])
        found = super()._table(query, **parameters)
        return found if units is None else _blank_arrow(found, units)

    def _of_batch(self, query: str, **parameters: Any) -> pd.DataFrame:
        """Answer a question about one batch's rows: shown to who may see all that the batch reported."""
        found = super()._frame(query, **parameters)
        owners = super()._frame("batch_units", batch_number=parameters["batch_number"], unit_codes=None)
        for organisation_code, group in owners.groupby("organisation_code"):
            units = self.reads_reported(str(organisation_code)) if self._may(str(organisation_code)) else frozenset()
            if units is not None and not set(group["unit_code"]) <= units:
                return found.iloc[:0]
        is_known = not owners.empty or self.access.may(Right.READ_REPORTED)
        return found if is_known else found.iloc[:0]


def allowed_snapshot(store: Path, snapshot: Snapshot, access: Access) -> AllowedSnapshot:
    """Return `snapshot`, which was published in `store`, as `access` may see it."""
    return AllowedSnapshot(Path(store), snapshot, access)


def open_allowed(store: Path, access: Access, version: str | None = None) -> AllowedSnapshot:
    """Open a published version, or the current one, as `access` may see it. Raises StoreError where it isn't there."""
    return allowed_snapshot(store, Snapshot.open(store, version), access)


def _open(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], _u: Units) -> pd.DataFrame:
    return found


def _without_names(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out who entered a row, unless it is of a unit whose figures the reader keeps."""
    is_other = ~found["unit_code"].isin(list(units)) if "unit_code" in found else pd.Series(True, index=found.index)
    return _blank(found, is_other, _WHO)


def _own(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], units: Units) -> pd.DataFrame:
    return found[found["unit_code"].isin(list(units))].reset_index(drop=True)


def _of_asked_unit(_: AllowedSnapshot, found: pd.DataFrame, asked: dict[str, Any], units: Units) -> pd.DataFrame:
    return found if asked["unit_code"] in units else found.iloc[:0]


def _figures(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], units: Units) -> pd.DataFrame:
    is_withheld = _is_withheld(found, units)
    told = found.assign(is_withheld=is_withheld & found["value"].notna()) if "is_withheld" in found else found
    return _blank(told, is_withheld, _FIGURES)


def _indices(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], units: Units) -> pd.DataFrame:
    is_withheld = _is_withheld(found, units)
    shown = _blank(found, is_withheld, _INDEX)
    return shown.assign(is_rated=shown["is_rated"].astype(bool) & ~is_withheld, is_withheld=is_withheld)


def _index_rows(_: AllowedSnapshot, found: pd.DataFrame, _p: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out all figures of a unit's period where one of them is left out: a part of them makes no index."""
    occasion = [found[name] for name in ("unit_code", "grain", "period_start", "is_to_date")]
    is_withheld = (_is_withheld(found, units) & found["value"].notna()).groupby(occasion).transform("any")
    return _blank(found, is_withheld, _FIGURES)


def _losses(snapshot: AllowedSnapshot, found: pd.DataFrame, asked: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out what cost a unit's index where the index itself is left out."""
    index = snapshot.unit_index(
        asked["organisation_code"],
        unit_codes=[asked["unit_code"]],
        grain=Grain(asked["grain"]),
        first=asked["period_end"],
        last=asked["period_end"],
        to_date=asked["to_date"],
    )
    is_shown = asked["unit_code"] in units or (not index.empty and bool(index["index"].notna().all()))
    return found if is_shown else found.iloc[:0]


def _comments(_: AllowedSnapshot, found: pd.DataFrame, asked: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out what is said of other units' figures that aren't verified, and who said the rest."""
    return _without_names(_, found[~_is_withheld(found, units)].reset_index(drop=True), asked, units)


def _agreed(_: AllowedSnapshot, found: pd.DataFrame, asked: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out other units' drafts, and who agreed on what."""
    shown = found[(found["state"] == "agreed") | found["unit_code"].isin(list(units))].reset_index(drop=True)
    return _without_names(_, shown, asked, units)


def _batches(snapshot: AllowedSnapshot, found: pd.DataFrame, asked: dict[str, Any], units: Units) -> pd.DataFrame:
    """Leave out the names in batches that report no figure of the reader's units."""
    owners = super(AllowedSnapshot, snapshot)._frame("batch_units", batch_number=None, unit_codes=sorted(units))
    is_here = owners["organisation_code"] == asked["organisation_code"]
    return _blank(found, ~found["batch_number"].isin(owners.loc[is_here, "batch_number"]), _WHO)


def _is_withheld(found: pd.DataFrame, units: Units) -> pd.Series:
    is_checked = found["verification"].isin(PUBLISHED)
    return ~is_checked & ~found["unit_code"].isin(list(units))


def _blank(found: pd.DataFrame, where: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
    return found.assign(**{name: found[name].mask(where) for name in columns if name in found})


def _blank_arrow(found: pa.Table, units: Units) -> pa.Table:
    """Do to an Arrow table what `_figures` does to a frame; its types stay."""
    is_checked, is_own = _is_in(found["verification"], PUBLISHED), _is_in(found["unit_code"], sorted(units))
    is_shown = pa.array(is_checked | is_own)
    is_withheld = pc.call_function("and", [found["value"].is_valid(), pc.call_function("invert", [is_shown])])
    found = found.set_column(found.column_names.index("is_withheld"), "is_withheld", is_withheld)
    for name in (name for name in found.column_names if name in _FIGURES):
        nothing = pa.scalar(None, found[name].type)
        blanked = pc.call_function("if_else", [is_shown, found[name], nothing])
        found = found.set_column(found.column_names.index(name), name, blanked)
    return found


def _is_in(column: pa.ChunkedArray, words: Sequence[str]) -> np.ndarray:
    return column.to_pandas().isin(list(words)).to_numpy(dtype=bool)


RULES: Final[dict[str, Rule]] = {
    "units": _open,
    "indicators": _open,
    "agreements": _open,
    "carried": _open,
    "periods": _open,
    "reporting": _open,
    "punctuality": _open,
    "facts_by_unit": _figures,
    "facts_by_indicator": _figures,
    "newest_facts": _figures,
    "index_rows": _index_rows,
    "measurements": _figures,
    "unit_index": _indices,
    "losses": _losses,
    "findings": _own,
    "restatements": _own,
    "sources": _of_asked_unit,
    "batches": _batches,
    "place": _open,
    "batch_findings": _open,
    "aliases": _without_names,
    "events": _without_names,
    "commentary": _comments,
    "states": _without_names,
    "definition_versions": _without_names,
    "statements": _agreed,
}
"""What is left out of each question's answer for whoever may not see all of the organisation's reported figures."""
