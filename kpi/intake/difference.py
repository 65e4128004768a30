"""What files would change in the record, figure by figure: new, changed from old to new, unchanged. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from kpi.intake.judging import Judged
from kpi.store.record import ComparedCounts, Comparison, Definitions

DIFFERENCE: Final = (
    "file", "line", "unit_code", "unit_name", "indicator_code", "indicator_name", "unit_of_measure", "grain",
    "period_start", "period_end", "field", "old", "new", "status", "is_locked", "is_published", "sheet", "cell",
)  # fmt: skip
"""The columns of a difference."""
_FIELDS: Final = {
    "value": ("value_state", "known_value", "value"),
    "target": ("target_state", "known_target", "target"),
    "weight": ("weight_state", "known_weight", "weight"),
}
_KEYS: Final = ["line", "unit_code", "indicator_code", "grain", "period_start", "period_end"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One file held against the record."""

    file: Judged
    comparison: Comparison

    @property
    def counts(self) -> ComparedCounts:
        """How many lines are new, changed, unchanged; locked or published and changed."""
        found = self.comparison
        return ComparedCounts(found.new, found.changed, found.unchanged, found.locked, found.published)

    def difference(self) -> pd.DataFrame:
        """One row per line and field that it states, in the file's order; columns as DIFFERENCE. Missing is NaN."""
        plan = self.file.plan
        assert plan is not None  # only what can be planned is compared
        assert plan.definitions is not None  # a plan with sound rows has them
        lines = self.comparison.lines.to_pandas()
        wide = plan.figures.select(_KEYS).to_pandas().merge(lines, on="line", validate="one_to_one")
        wide = wide.assign(file=self.file.source.name, **_named(wide, plan.definitions))
        parts = [_field(wide, field) for field in _FIELDS]
        parts += [_upper_end(wide)]
        table = pd.concat(parts, ignore_index=True).sort_values("line", kind="stable", ignore_index=True)
        return table.assign(**_placed(table, self.file))[list(DIFFERENCE)]


def _named(wide: pd.DataFrame, definitions: Definitions) -> dict[str, pd.Series]:
    units = {code: unit.name for code, unit in definitions.units.items()}
    names = {code: indicator.name for code, indicator in definitions.indicators.items()}
    measures = {code: indicator.unit_of_measure for code, indicator in definitions.indicators.items()}
    return {
        "unit_name": wide["unit_code"].map(units),
        "indicator_name": wide["indicator_code"].map(names),
        "unit_of_measure": wide["indicator_code"].map(measures),
    }


def _field(wide: pd.DataFrame, field: str) -> pd.DataFrame:
    state, old, new = _FIELDS[field]
    rows = wide[wide[state].notna()]
    return rows.assign(
        field=field, old=rows[old].astype("float64"), new=rows[new].astype("float64"), status=rows[state]
    )


def _upper_end(wide: pd.DataFrame) -> pd.DataFrame:
    """Return the upper ends of targets that are ranges, with their own state."""
    rows = wide[wide["target_state"].notna() & (wide["target_high"].notna() | wide["known_target_high"].notna())]
    old, new = rows["known_target_high"].astype("float64"), rows["target_high"].astype("float64")
    status = pd.Series("changed", index=rows.index, dtype="str")
    status = status.mask(old.isna(), "new").mask((old == new) | new.isna(), "unchanged")
    return rows.assign(field="target_high", old=old, new=new, status=status)


def _placed(table: pd.DataFrame, file: Judged) -> dict[str, pd.Series]:
    """Return sheet and cell of each row, None where the file has no cells."""
    assert file.plan is not None  # only what can be planned is compared
    cells: Mapping[tuple[int, str], tuple[str, str]] = file.plan.sheet.cells or {}
    found = [
        cells.get((int(line), field), (None, None)) for line, field in zip(table["line"], table["field"], strict=True)
    ]
    return {name: pd.Series([place[at] for place in found], dtype="str") for at, name in enumerate(("sheet", "cell"))}
