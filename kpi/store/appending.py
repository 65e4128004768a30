"""Adds figures and definitions to the record, and says beforehand what they would change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from kpi.errors import LockedFigures, StoreError, UnknownCode
from kpi.messages import Message, mark
from kpi.model import Comment, Indicator, Organisation, Unit
from kpi.store.batch import Batch, BatchHeader
from kpi.store.commentary import Commenting
from kpi.store.definitions import Definitions, as_arrow, codes_as_arrow
from kpi.store.engine import sql
from kpi.store.entry import Alias, AliasKind, BatchFinding, Entry
from kpi.store.figures import ComparedCounts, Comparison, in_layout, places_in_layout
from kpi.store.versions import published_batch


class Appending(Commenting):
    """The part of the record that takes figures."""

    def compare(
        self, organisation_code: str, figures: pa.Table, *, definitions: Definitions | None = None
    ) -> Comparison:
        """Say for each line of `figures` (FIGURES) whether it is new, a correction or known; writes nothing.

        `definitions`: what would be appended with them, so that new indicators' multipliers are known.
        """
        self._compare_with_known(organisation_code, figures, definitions)
        return Comparison(
            self._connection.execute(
                sql("record/compared_lines"), {"organisation_code": organisation_code}
            ).to_arrow_table()
        )

    def counts(
        self, organisation_code: str, figures: pa.Table, *, definitions: Definitions | None = None
    ) -> ComparedCounts:
        """Return how many lines `compare` would call what, without a row for each: for millions of lines."""
        self._compare_with_known(organisation_code, figures, definitions)
        counts = self._rows("record/compared_counts")[0]
        return ComparedCounts(**{name: counts[name] for name in ComparedCounts.__slots__})

    def append(
        self,
        header: BatchHeader,
        definitions: Definitions,
        figures: pa.Table,
        *,
        places: pa.Table | None = None,
        findings: Sequence[BatchFinding] = (),
        aliases: Sequence[Alias] = (),
        comments: Sequence[Comment] = (),
        may_change_locked: bool = False,
    ) -> Batch | None:
        """Add new and changed definitions and figures in one transaction, all or nothing.

        `definitions` may hold only what is new or changed, or everything; `figures` is laid out as FIGURES. Lines that
        are known already are not written. Returns None, and writes nothing, when there is nothing new at all: no
        figure, no definition, no alias, no comment. Raises StoreError or UnknownCode, naming the line, for what the
        record can't take, and LockedFigures where a locked figure would change without a reason or without
        `may_change_locked`.
        """
        entry = Entry(header, definitions, figures, places, findings, aliases, comments)
        return self.append_all([entry], may_change_locked=may_change_locked)[0]

    def append_all(self, entries: Sequence[Entry], *, may_change_locked: bool = False) -> list[Batch | None]:
        """Append all entries in one transaction, all or nothing; each is held against those before it.

        Returns for each its batch, or None where it says nothing new. Raises as `append`.
        """
        with self._transaction():
            return [self._append(entry, may_change_locked=may_change_locked) for entry in entries]

    def aliases(self, organisation_code: str) -> list[Alias]:
        """Return the names that were confirmed for units and indicators, as they stand, by kind and name."""
        rows = self._rows("record/newest_aliases", organisation_code=organisation_code)
        return [Alias(AliasKind(row["kind"]), row["name"], row["code"]) for row in rows]

    def add_aliases(self, header: BatchHeader, aliases: Sequence[Alias]) -> Batch | None:
        """Add new and changed aliases as one batch; None, and nothing written, when all are known."""
        with self._transaction():
            known = self._known(header.organisation_code)
            new = self._new_aliases(known, aliases)
            if not new:
                return None
            batch = self._next_batch(header)
            self._add_batch(batch)
            self._add_aliases(batch, new)
            return batch

    # inside -------------------------------------------------------------------------------------------------------

    def _append(self, entry: Entry, *, may_change_locked: bool) -> Batch | None:
        header = entry.header
        known = self.definitions(header.organisation_code)
        changes, merged = _settled(known, entry.definitions)
        self._check_year(known, changes)
        self._compare(merged, entry.figures)
        self._refuse_faults(merged)
        counts = self._rows("record/compared_counts")[0]
        if counts["locked"] and not (may_change_locked and header.reason):
            self._refuse_locked(counts["locked"], has_reason=bool(header.reason))
        aliases = self._new_aliases(merged, entry.aliases)
        comments = self._new_comments(merged, entry.comments)
        is_new_organisation = known is None or known.organisation != changes.organisation
        count = changes.count + is_new_organisation
        if not (count or aliases or comments or counts["measurements"] or counts["targets"] or counts["agreements"]):
            return None
        accepted = len(entry.figures) - counts["unchanged"]
        batch = self._next_batch(header, accepted=accepted, unchanged=counts["unchanged"])
        self._add_batch(batch, counts, count)
        if count:
            self._add_definitions(batch, changes, is_new_organisation=is_new_organisation)
        self._add_figures(batch, counts)
        self._add_aliases(batch, aliases)
        self._add_comments(batch, comments)
        self._add_places(batch, entry.places)
        self._add_findings(batch, entry.findings)
        return batch

    def _compare_with_known(self, organisation_code: str, figures: pa.Table, given: Definitions | None) -> None:
        known = self.definitions(organisation_code) or Definitions(Organisation(organisation_code, organisation_code))
        self._compare(known.merged_with(given) if given else known, figures)

    def _compare(self, definitions: Definitions, figures: pa.Table) -> None:
        """Leave the temporary view `compared`: each incoming line beside what is known under its keys."""
        indicators = definitions.indicators.values()
        multipliers = {
            "indicator_code": pa.array([indicator.indicator_code for indicator in indicators], pa.string()),
            "multiplier": pa.array([indicator.multiplier for indicator in indicators], pa.float64()),
        }
        organisation = definitions.organisation
        setting = {
            "year_starts_in": pa.array([organisation.year_starts_in], pa.int64()),
            "published_batch": pa.array([published_batch(self._path.parent)], pa.int64()),
        }
        places = pa.array(np.arange(len(figures), dtype=np.int64))
        self._connection.register("incoming", in_layout(figures).append_column("place", places))
        self._connection.register("incoming_multiplier", pa.table(multipliers))
        self._connection.register("incoming_unit_code", codes_as_arrow("unit_code", definitions.units))
        self._connection.register("incoming_setting", pa.table(setting))
        self._connection.execute(
            sql("record/known_lines"),
            {
                "organisation_code": organisation.organisation_code,
                "year_starts_in": organisation.year_starts_in,
            },
        )
        self._connection.execute(sql("record/compared"))
        self._connection.execute(sql("record/compared_state"))

    def _refuse_faults(self, definitions: Definitions) -> None:
        faults = self._rows("record/compared_faults", year_starts_in=definitions.organisation.year_starts_in)
        if faults:
            first = faults[0]
            raise StoreError(
                "Line {line} ({unit}, {indicator}): {fault}. {count} such in all; nothing was written.",
                line=first["line"],
                unit=first["unit_code"],
                indicator=first["indicator_code"],
                fault=Message(first["fault"]),
                count=len(faults),
            )

    def _refuse_locked(self, count: int, *, has_reason: bool) -> None:
        first = self._rows("record/first_locked")[0]
        names = ("line", "unit_code", "indicator_code", "period_start", "period_end")
        text = mark("line {line} ({unit_code}, {indicator_code}, {period_start} to {period_end})")
        raise LockedFigures(count, Message(text, {name: first[name] for name in names}), has_reason=has_reason)

    def _check_year(self, known: Definitions | None, changes: Definitions) -> None:
        if known is None or known.organisation.year_starts_in == changes.organisation.year_starts_in:
            return
        if any(batch.accepted for batch in self.batches(known.organisation.organisation_code)):
            raise StoreError(
                "Organisation {code}: its year starts in month {month} and has figures. Keep that month, or start "
                "another organisation.",
                code=known.organisation.organisation_code,
                month=known.organisation.year_starts_in,
            )

    def _new_aliases(self, definitions: Definitions, aliases: Sequence[Alias]) -> list[Alias]:
        """Return those of `aliases` that don't stand as they are. Raises UnknownCode for a code that isn't defined."""
        for alias in aliases:
            codes = definitions.units if alias.kind is AliasKind.UNIT else definitions.indicators
            if alias.code not in codes:
                where = Message(mark("alias '{name}'"), {"name": alias.name})
                raise UnknownCode(alias.kind.value, alias.code, codes, where)
        standing = set(self.aliases(definitions.organisation.organisation_code)) if aliases else set()
        return [alias for alias in dict.fromkeys(aliases) if alias not in standing]

    def _add_definitions(self, batch: Batch, changes: Definitions, *, is_new_organisation: bool) -> None:
        organisations = [changes.organisation] if is_new_organisation else []
        self._connection.register("incoming_organisation", as_arrow(organisations, Organisation))
        self._connection.register("incoming_unit", as_arrow(list(changes.units.values()), Unit))
        self._connection.register("incoming_indicator", as_arrow(list(changes.indicators.values()), Indicator))
        for query in ("record/add_organisation", "record/add_units", "record/add_indicators"):
            self._connection.execute(sql(query), {"batch_number": batch.batch_number})

    def _add_figures(self, batch: Batch, counts: dict[str, int]) -> None:
        for table in ("measurements", "targets", "agreements"):
            if not counts[table]:
                continue
            self._connection.execute(
                sql(f"record/add_{table}"),
                {"organisation_code": batch.organisation_code, "batch_number": batch.batch_number},
            )

    def _add_places(self, batch: Batch, places: pa.Table | None) -> None:
        if places is None:
            return
        self._connection.register("incoming_place", places_in_layout(places))
        self._connection.execute(sql("record/add_places"), {"batch_number": batch.batch_number})

    def _add_aliases(self, batch: Batch, aliases: Sequence[Alias]) -> None:
        for alias in aliases:
            row = {"kind": alias.kind.value, "name": alias.name, "code": alias.code}
            keys = {"organisation_code": batch.organisation_code, "batch_number": batch.batch_number}
            self._connection.execute(sql("record/add_alias"), {**row, **keys})

    def _add_findings(self, batch: Batch, findings: Sequence[BatchFinding]) -> None:
        if not findings:
            return
        columns = {
            "place": pa.array(range(1, len(findings) + 1), pa.int64()),
            "line": pa.array([finding.line for finding in findings], pa.int64()),
            "values_json": pa.array([finding.values_json for finding in findings], pa.string()),
            **{
                name: pa.array([getattr(finding, name) for finding in findings], pa.string())
                for name in ("severity", "sheet", "cell", "text")
            },
        }
        self._connection.register("incoming_finding", pa.table(columns))
        self._connection.execute(sql("record/add_findings"), {"batch_number": batch.batch_number})


def _settled(known: Definitions | None, given: Definitions) -> tuple[Definitions, Definitions]:
    """Return what of `given` is new or changed, and all that will be known; checked as one set."""
    merged = (known.merged_with(given) if known else given).completed()
    merged.check()
    return merged.changes_since(known), merged
