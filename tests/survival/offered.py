"""Offers files to a record that knows a town and an office, and says what became of each and of the record."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import resource
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpi.access import LOCAL
from kpi.intake import ImportOptions, ImportReport, import_files
from kpi.intake.templates.writing import template
from kpi.model import Unit
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from tests.intake.sheets.damage import mutated
from tests.intake.sheets.strange_files import ods, ods_row, xls
from tests.intake.sheets.workbooks import ALL, KNOWN
from tests.small_organisation import TODAY, TOWN, figures, town

TIDY = "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,value,target"


@dataclass(frozen=True)
class Offer:
    """What became of one file. `seconds` are of the processor, so that a busy machine changes nothing."""

    seed: int
    is_refused: bool
    is_in_words: bool
    left_record_alone: bool
    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Offers:
    """What became of many, and the most memory in bytes of the process or of one that it started."""

    offers: list[Offer]
    memory: int


def make_store(store: Path) -> None:
    """Make a published store of the town that also knows the units and indicators of the hand-made workbooks."""
    known = town()
    units = {code: Unit(TOWN, code, name, TOWN) for code, name in KNOWN.units.items()}
    indicators = {code: dataclasses.replace(one, organisation_code=TOWN) for code, one in KNOWN.indicators.items()}
    office = Definitions(known.organisation, {**units, **known.units}, {**indicators, **known.indicators})
    with Record.opened(store, writing=True) as record:
        record.append(BatchHeader(TOWN, file_name="town.csv"), office, figures())
        record.append(BatchHeader(TOWN), office, FIGURES.empty_table())
    publish(store, today=TODAY)


def sources(store: Path) -> list[bytes]:
    """The files before they are damaged: workbooks of every kind and layout, a template, tidy CSV files."""
    old = xls([["Indikator", "Target 2025", "Realisasi 2025"], ["AKI", 84.5, 81.0]])
    opened = ods(ods_row("Indikator", "Target 2025") + ods_row("AKI", 84.5))
    snapshot = Snapshot.open(store)
    forms = [template(snapshot, TOWN, unit, Period.parse("2026-Q4"), "id") for unit in ("PKM_A", "DISDIK")]
    return [*(make().content for make in ALL), old, opened, *forms, tidy(12), tidy(300)]


def tidy(months: int) -> bytes:
    """A tidy CSV file of one series per unit; every row is sound."""
    rows = [TIDY]
    for place in range(months):
        month = Period.parse("2020-01").shifted(place % 60)
        unit = f"PKM_{place // 60}"
        rows.append(f"{unit},Puskesmas,CAKUPAN,Cakupan layanan,%,higher,{month.start},{month.end},{60 + place % 30},80")
    return ("\n".join(rows) + "\n").encode()


def digest(store: Path) -> dict[str, str]:
    """Every file of the store with the digest of its bytes."""
    paths = sorted(path for path in store.rglob("*") if path.is_file())
    return {str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def offered(store: Path, file: Path) -> ImportReport:
    """Import the file as `python -m kpi import --create` does."""
    return import_files(store, LOCAL, [file], ImportOptions(TOWN, unit="DINKES", year=2025, create=True))


def offer_mutated(seeds: Iterable[int], folder: Path) -> Offers:
    """Offer a damaged file per seed to the same record, which is put back after each that goes in."""
    store = folder / "store"
    make_store(store)
    whole, found = sources(store), []
    with _put_back(store) as put_back:
        for seed in seeds:
            chance = random.Random(seed)
            path = folder / "berkas"
            path.write_bytes(mutated(chance.choice(whole), chance))
            found.append(_offer(seed, store, path))
            if not found[-1].left_record_alone:
                put_back()
    return Offers(found, max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024)


def _own_peak() -> int:
    """Return this process's peak in kB. Its ru_maxrss would be at least what the process weighed that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


@contextmanager
def _put_back(store: Path) -> Iterator:
    record = store / "record.duckdb"
    content = record.read_bytes()
    yield lambda: record.write_bytes(content)


def _offer(seed: int, store: Path, path: Path) -> Offer:
    before, began = digest(store), _processor_seconds()
    try:
        report = offered(store, path)
    except Exception:  # whatever comes out is the finding
        return Offer(seed, False, False, digest(store) == before, 0.0, traceback.format_exc())
    seconds = _processor_seconds() - began
    words = [str(finding.message) for finding in report.all_findings]
    is_in_words = all(words) and bool(words or not report.is_refused)
    return Offer(seed, report.is_refused, is_in_words, digest(store) == before, seconds)


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
