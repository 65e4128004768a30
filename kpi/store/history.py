"""Asks a snapshot where its figures come from: batches, files and cells, states, changes, who reported in time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pandas as pd

from kpi.periods import Grain
from kpi.store.reading import Reading


class History(Reading):
    """The questions about a snapshot's origin; times are UTC, a missing text is NaN."""

    def batches(self, organisation_code: str) -> pd.DataFrame:
        """One row per batch of the organisation, newest first; `recorded_at` in UTC, `is_withdrawn`."""
        return self._frame("batches", organisation_code=organisation_code)

    def events(self, organisation_code: str) -> pd.DataFrame:
        """One row per event and what it concerns, oldest first; unit_code, indicator_code missing = everything.

        event_code, happened_on, kind, unit_code, indicator_code, text, author, rebases_limits, batch_number.
        """
        return self._frame("events", organisation_code=organisation_code)

    def commentary(
        self,
        organisation_code: str,
        *,
        unit_codes: Sequence[str] | None = None,
        indicator_codes: Sequence[str] | None = None,
        first: date | None = None,
        last: date | None = None,
        with_earlier: bool = False,
    ) -> pd.DataFrame:
        """One row per comment on a figure as it stands; with_earlier: per version, the newest first. None = all.

        unit_code, indicator_code, grain, period_start, period_end, cause, obstacle (empty: none), follow_up, owner,
        due, author, recorded_at, batch_number, is_current, verification (the least of the figure and of the one to
        date).
        `first` and `last` are inclusive, by period_end.
        """
        return self._frame(
            "commentary",
            organisation_code=organisation_code,
            unit_codes=None if unit_codes is None else list(unit_codes),
            indicator_codes=None if indicator_codes is None else list(indicator_codes),
            first=first,
            last=last,
            with_earlier=with_earlier,
        )

    def findings(self, organisation_code: str) -> pd.DataFrame:
        """One row per contradiction that publishing found.

        kind (differs_from_periods, differs_from_units, differs_from_computed, outside_validity), unit_code,
        indicator_code, grain, period_start, period_end, reported, other,
        parts_expected and parts_present of the other.
        """
        return self._frame("findings", organisation_code=organisation_code)

    def place(self, batch_number: int, line: int) -> pd.DataFrame:
        """One row per cell of the workbook that a line of a batch was read from: field, sheet, cell; none for text."""
        return self._frame("place", batch_number=batch_number, line=line)

    def sources(
        self,
        organisation_code: str,
        *,
        unit_code: str,
        indicator_code: str,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per value and per target that the unit itself reported, with the file and cell it came from.

        grain, period_start, period_end, field (value, target), figure, batch_number, line, file_name, made_by,
        recorded_at, note, sheet, cell (missing: not from a workbook). `first` and `last` are inclusive, by period_end.
        """
        return self._frame(
            "sources",
            organisation_code=organisation_code,
            unit_code=unit_code,
            indicator_code=indicator_code,
            first=first,
            last=last,
        )

    def batch_findings(self, batch_number: int) -> pd.DataFrame:
        """One row per warning that was kept with a batch: severity, line, sheet, cell, text, values (a dict).

        `text` is an English msgid with {places} that `values` fill.
        """
        found = self._frame("batch_findings", batch_number=batch_number)
        found["values"] = pd.Series(
            [json.loads(text) for text in found["values_json"]], index=found.index, dtype=object
        )
        return found.drop(columns="values_json")

    def aliases(self, organisation_code: str) -> pd.DataFrame:
        """One row per confirmed name as it stands: kind (unit, indicator), name, code, made_by, recorded_at, batch."""
        return self._frame("aliases", organisation_code=organisation_code)

    def states(self, organisation_code: str) -> pd.DataFrame:
        """One row per unit and period that has a state: how far it is checked; the newest first.

        unit_code, period_start, period_end, state (reported, verified, locked), made_by, recorded_at, reason,
        batch_number. It covers the periods within it; a unit's period without any is reported.
        """
        return self._frame("states", organisation_code=organisation_code, unit_code=None, with_earlier=False)

    def state_history(self, organisation_code: str, unit_code: str | None = None) -> pd.DataFrame:
        """One row per state that was ever set and not withdrawn, the newest first; columns as `states`."""
        return self._frame("states", organisation_code=organisation_code, unit_code=unit_code, with_earlier=True)

    def restatements(
        self,
        organisation_code: str,
        unit_codes: Sequence[str] | None = None,
        indicator_code: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> pd.DataFrame:
        """One row per value or target that stopped standing: the ledger, the newest change first. None = all.

        unit_code, indicator_code, grain, period_start, period_end, field (value, target), kind (correction, target,
        withdrawal), from_… and to_… of value, numerator, denominator, target and target_high as they stood before and
        after the batch (missing: none stood), batch_number, recorded_at, made_by, reason. A batch that changes both
        value and target makes two rows. `first` and `last` are inclusive, by period_end. A first report is none.
        """
        return self._frame(
            "restatements",
            organisation_code=organisation_code,
            unit_codes=None if unit_codes is None else list(unit_codes),
            indicator_code=indicator_code,
            first=first,
            last=last,
        )

    def punctuality(
        self, organisation_code: str, grain: Grain, first: date | None = None, last: date | None = None
    ) -> pd.DataFrame:
        """One row per unit and begun period in which it reports indicators at this very grain.

        unit_code, period_start, period_end, due_on (the last day in time), expected, reported, in_time (counts of
        indicators), first_reported_at and last_reported_at (missing: nothing came; a later correction doesn't count).
        `first` and `last` are inclusive, by period_end.
        """
        return self._frame(
            "punctuality", organisation_code=organisation_code, grain=grain.value, first=first, last=last
        )

    def statements(self, organisation_code: str) -> pd.DataFrame:
        """One row per statement as it stands, dropped ones too; `body` is a dict.

        statement_code, unit_code, indicator_code, year, state (draft, agreed, dropped), body, made_by, recorded_at,
        reason, batch_number.
        """
        return self._statements(organisation_code, None, with_earlier=False)

    def statement_history(self, organisation_code: str, statement_code: str) -> pd.DataFrame:
        """One row per version of a statement, the newest first; columns as `statements`."""
        return self._statements(organisation_code, statement_code, with_earlier=True)

    def definition_versions(self, organisation_code: str, indicator_code: str) -> pd.DataFrame:
        """One row per batch that changed an indicator's definition sheet, the newest first.

        The sheet's columns as fields of `model.Indicator`, batch_number, recorded_at, made_by, reason, file_name.
        """
        return self._frame("definition_versions", organisation_code=organisation_code, indicator_code=indicator_code)

    def _statements(self, organisation_code: str, statement_code: str | None, *, with_earlier: bool) -> pd.DataFrame:
        found = self._frame(
            "statements", organisation_code=organisation_code, statement_code=statement_code, with_earlier=with_earlier
        )
        bodies = pd.Series([json.loads(text) for text in found["body"]], index=found.index, dtype=object)
        return found.assign(body=bodies)
