"""One opening of the record, with what every kind of entry needs: the definitions. Knows no kind of entry."""

from __future__ import annotations

import dataclasses

from kpi.errors import UnknownCode
from kpi.store.batch import Batch
from kpi.store.definitions import Definitions, indicator_from, organisation_from, unit_from
from kpi.store.engine import sql
from kpi.store.ledger import Ledger


class Book(Ledger):
    """What every kind of entry shares; `Record` has them all."""

    def definitions(self, organisation_code: str) -> Definitions | None:
        """Return the organisation with all its units and indicators as they stand, or None when it isn't known."""
        found = self._rows("record/newest_organisation", organisation_code=organisation_code)
        if not found:
            return None
        units = [unit_from(row) for row in self._rows("record/newest_units", organisation_code=organisation_code)]
        indicators = [
            indicator_from(row) for row in self._rows("record/newest_indicators", organisation_code=organisation_code)
        ]
        return Definitions(
            organisation_from(found[0]),
            {unit.unit_code: unit for unit in units},
            {indicator.indicator_code: indicator for indicator in indicators},
        )

    def _known(self, organisation_code: str) -> Definitions:
        """Return the definitions of an organisation. Raises UnknownCode when it isn't known."""
        known = self.definitions(organisation_code)
        if known is None:
            codes = sorted({batch.organisation_code for batch in self.batches()})
            raise UnknownCode("organisation", organisation_code, codes, where=str(self._path))
        return known

    def _add_batch(self, batch: Batch, counts: dict[str, int] | None = None, definitions: int = 0) -> None:
        written = {name: (counts or {}).get(name, 0) for name in ("measurements", "targets", "agreements")}
        self._connection.execute(
            sql("record/add_batch"), {**dataclasses.asdict(batch), **written, "definitions": definitions}
        )
