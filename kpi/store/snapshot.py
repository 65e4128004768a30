"""Answers questions from a published snapshot. Knows SQL; knows nothing of scoring, screens or the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final  # Any: values bound to the SQL's parameters

import pandas as pd
import pyarrow as pa

from kpi.model import Organisation
from kpi.periods import Grain
from kpi.store.engine import sql
from kpi.store.history import History
from kpi.store.profiles import DEFAULT_PROFILE, profile_of_year
from kpi.store.score_rows import number, rows_to_score
from kpi.store.versions import current_version

__all__ = ["Snapshot", "current_version"]

_INDEX_ROWS: Final = "index_rows"
"""The question that several statements answer: those by which indices are made at publish."""


class Snapshot(History):
    """A published state of the record; made by `Snapshot.open` alone."""

    _kept: ClassVar[frozenset[str]] = frozenset({"units", "indicators", "periods", "events"})

    def organisations(self) -> list[Organisation]:
        """Return the organisations, by code."""
        return [Organisation(*row) for row in self._kept_rows("organisations")]

    def chosen_profile(self, organisation_code: str, year: int | None = None) -> str:
        """Return the code of the rule profile that the organisation chose for the year (None: its latest choice)."""
        rows = self._kept_rows("profile_choices")
        choices = [(from_year, code) for owner, from_year, code in rows if owner == organisation_code]
        return profile_of_year(choices, year) or DEFAULT_PROFILE

    def units(self, organisation_code: str) -> pd.DataFrame:
        """One row per unit, the root first.

        unit_code, name, parent_code, level (root 0), is_leaf, valid_from, valid_to, successor_code, successor_share,
        weight_in_parent.
        """
        return self._frame("units", organisation_code=organisation_code)

    def indicators(self, organisation_code: str) -> pd.DataFrame:
        """One row per indicator, columns as the fields of `model.Indicator`.

        Of a computed indicator the aggregations are the ones in force: ratio.
        """
        return self._frame("indicators", organisation_code=organisation_code)

    def agreements(self, organisation_code: str, year: int | None = None) -> pd.DataFrame:
        """One row per unit, indicator and year that were agreed: unit_code, indicator_code, year, weight."""
        return self._frame("agreements", organisation_code=organisation_code, year=year)

    def periods(self, organisation_code: str) -> pd.DataFrame:
        """One row per grain and period that has figures, finest grain first.

        grain, period_start, period_end, year, value_count, target_count, is_finished.
        """
        return self._frame("periods", organisation_code=organisation_code)

    def facts(
        self,
        organisation_code: str,
        *,
        unit_codes: Sequence[str] | None = None,
        indicator_codes: Sequence[str] | None = None,
        grain: Grain | None = None,
        first: date | None = None,
        last: date | None = None,
        to_date: bool = False,
    ) -> pd.DataFrame:
        """One row per consolidated figure, by unit, indicator and period. None = all; no grain = each indicator's own.

        `first` and `last` are inclusive, by period_end. `to_date`: value, target, parts, verification and batch are
        those from the start of the organisation's year (span_start) to the end of the period; figures without one are
        left out. Missing value or target: NaN. `origin`: see `model.Origin`. `is_withheld`: there is a value, left
        out for this reader (kpi.access), else False. Columns as in the SQL file.
        """
        parameters = _fact_parameters(organisation_code, unit_codes, indicator_codes, grain, first, last, to_date)
        return self._frame(_fact_table(unit_codes, indicator_codes), **parameters)

    def facts_arrow(
        self,
        organisation_code: str,
        *,
        unit_codes: Sequence[str] | None = None,
        indicator_codes: Sequence[str] | None = None,
        grain: Grain | None = None,
        first: date | None = None,
        last: date | None = None,
        to_date: bool = False,
    ) -> pa.Table:
        """Return the rows and columns of `facts` as an Arrow table; missing = null."""
        parameters = _fact_parameters(organisation_code, unit_codes, indicator_codes, grain, first, last, to_date)
        return self._table(_fact_table(unit_codes, indicator_codes), **parameters)

    def carried(self, organisation_code: str, *, unit_codes: Sequence[str], first: date, last: date) -> pd.DataFrame:
        """One row per unit and indicator with a figure, also one without a value, whose period ends in the span.

        unit_code, indicator_code. Figures of the indicator's own grain and of years count. `first`, `last`: inclusive.
        """
        return self._frame(
            "carried", organisation_code=organisation_code, unit_codes=list(unit_codes), first=first, last=last
        )

    def newest_facts(self, organisation_code: str, indicator_code: str) -> pd.DataFrame:
        """One row per unit with figures of an indicator and state of verification: its newest with a value, if any has.

        Columns: of `facts`, those that scoring reads, and verification and is_withheld.
        """
        return self._frame("newest_facts", organisation_code=organisation_code, indicator_code=indicator_code)

    def index_rows(
        self,
        organisation_code: str,
        *,
        grain: Grain | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per indicator that a unit carries in a year, for each of the unit's periods with a fact.

        Also indicators without a fact there (value NaN): what a unit's index and coverage are made of. None = all;
        `first` and `last` are inclusive, by period_end. Columns: unit_code, indicator_code, grain, period_start,
        period_end, year, is_to_date, value, target, target_high, is_partial_sum, weight, polarity, worst_value,
        is_full_at_target, conversion_scale, verification.
        """
        asked = {"grain": grain.value if grain else None, "first": first, "last": last}
        return self._frame(_INDEX_ROWS, organisation_code=organisation_code, **asked)

    def measurements(
        self,
        organisation_code: str,
        *,
        unit_codes: Sequence[str] | None = None,
        indicator_codes: Sequence[str] | None = None,
        grain: Grain | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per figure as it was reported, in the columns that an import reads. None = all."""
        parameters = _fact_parameters(organisation_code, unit_codes, indicator_codes, grain, first, last, to_date=False)
        del parameters["to_date"]
        return self._frame("measurements", **parameters)

    def unit_index(
        self,
        organisation_code: str,
        *,
        unit_codes: Sequence[str] | None = None,
        parent_code: str | None = None,
        grain: Grain,
        first: date | None = None,
        last: date | None = None,
        to_date: bool = False,
    ) -> pd.DataFrame:
        """One row per unit and period: its index by the chosen profile (ratio, NaN = none), coverage, rating, basis.

        `basis`: own, children_weighted or children_equal. `verification`: the least of the figures in it. `first` and
        `last` are inclusive, by period_end. `is_withheld`: left out for this reader (kpi.access), else False.
        """
        return self._frame(
            "unit_index",
            organisation_code=organisation_code,
            unit_codes=_listed(unit_codes),
            parent_code=parent_code,
            grain=grain.value,
            first=first,
            last=last,
            to_date=to_date,
        )

    def losses(
        self, organisation_code: str, *, unit_code: str, grain: Grain, period_end: date, to_date: bool, limit: int
    ) -> pd.DataFrame:
        """One row per indicator that cost a unit's index most, costliest first (at most 25 are kept).

        Columns source_unit_code, indicator_code, loss: a ratio of the unit's index.
        `source_unit_code` is the unit below it, or itself, that lost it.
        """
        return self._frame(
            "losses",
            organisation_code=organisation_code,
            unit_code=unit_code,
            grain=grain.value,
            period_end=period_end,
            to_date=to_date,
            limit=limit,
        )

    def reporting(self, organisation_code: str, grain: Grain, period_end: date) -> pd.DataFrame:
        """One row per unit that reports itself and was valid: expected and reported indicators of that period."""
        periods = self.periods(organisation_code)
        chosen = periods[(periods["grain"] == grain.value) & (periods["period_end"] == pd.Timestamp(period_end))]
        if chosen.empty:
            return pd.DataFrame({"unit_code": pd.Series(dtype="str"), "expected": [], "reported": []})
        period = chosen.iloc[0]
        return self._frame(
            "reporting",
            organisation_code=organisation_code,
            grain=grain.value,
            period_start=period["period_start"].date(),
            period_end=period_end,
            year=int(period["year"]),
        )

    def _asked(self, query: str, **parameters: Any) -> pd.DataFrame:
        if query != _INDEX_ROWS:
            return super()._asked(query, **parameters)
        with self._cursor() as cursor:
            first, last = parameters["first"], parameters["last"]
            # an organisation's year may end in the next one
            years = {"first_year": first.year, "last_year": last.year + 1} if first and last else {}
            number(cursor, parameters["organisation_code"], **years)
            return rows_to_score(cursor, **parameters, **years).whole()

    def _table(self, query: str, **parameters: Any) -> pa.Table:
        """As `_frame`, for an answer as an Arrow table."""
        with self._cursor() as cursor:
            return cursor.execute(sql(f"snapshot/{query}"), parameters).to_arrow_table()


def _fact_table(unit_codes: Sequence[str] | None, indicator_codes: Sequence[str] | None) -> str:
    """Return the question whose table is sorted for what is asked: the fewer codes, the less of it is read."""
    if indicator_codes is None or (unit_codes is not None and len(unit_codes) <= len(indicator_codes)):
        return "facts_by_unit"
    return "facts_by_indicator"


def _fact_parameters(
    organisation_code: str,
    unit_codes: Sequence[str] | None,
    indicator_codes: Sequence[str] | None,
    grain: Grain | None,
    first: date | None,
    last: date | None,
    to_date: bool,
) -> dict[str, Any]:
    return {
        "organisation_code": organisation_code,
        "unit_codes": _listed(unit_codes),
        "indicator_codes": _listed(indicator_codes),
        "grain": grain.value if grain else None,
        "first": first,
        "last": last,
        "to_date": to_date,
    }


def _listed(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else list(codes)
