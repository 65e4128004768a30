"""Makes the demo store: figures, events, commentary and people through the doors of imports; publishes not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kpi.demo.commentary import commentary
from kpi.demo.definitions import definitions
from kpi.demo.events import events
from kpi.demo.figures import figures
from kpi.demo.people import make_people
from kpi.errors import KpiError
from kpi.store.record import Batch, BatchHeader, Definitions, Record


def make_demo(store: Path, progress: Callable[[float, str], None] | None = None) -> list[Batch]:
    """Record all batches of the demo and return those of figures, events and commentary; snapshots stay as they are.

    `progress` is told the share done and the file at hand. Raises KpiError when Kemuning stands in the store already.
    """
    known = definitions()
    code = known.organisation.organisation_code
    recorded = []
    with Record.opened(store, writing=True) as record:
        if record.definitions(code) is not None:
            raise KpiError(f"{store}: organisation {code} is there already. Choose another folder with --store.")
        batches = figures()
        for place, batch in enumerate(batches):
            if progress:
                progress(place / len(batches), batch.header.file_name or "")
            given = Definitions(known.organisation) if recorded else known
            if (added := record.append(batch.header, given, batch.figures)) is not None:
                recorded.append(added)
        header = BatchHeader(code, "event", "kejadian.csv", made_by="petugas-bappeda")
        if (added := record.add_events(header, events())) is not None:
            recorded.append(added)
        header = BatchHeader(code, "commentary", "komentar-capaian.csv", made_by="petugas-bappeda")
        if (added := record.add_comments(header, commentary())) is not None:
            recorded.append(added)
    make_people(store)
    return recorded
