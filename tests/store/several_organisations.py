"""A store of several organisations with everything that a record can say: what a snapshot in pieces must not lose."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pyarrow as pa

from kpi.model import AggregationOverPeriods, Comment, Event, EventKind, Indicator, Polarity, Unit, Verification
from kpi.periods import Grain, Period
from kpi.store.figures import PLACES
from kpi.store.record import Alias, AliasKind, BatchFinding, BatchHeader, Record, Statement
from tests import small_organisation as town
from tests.store.building import CODE, definitions, figure, table
from tests.store.test_consolidation_against_oracle import as_rows, figures, sheets, tree

ODD = "0011 é/7"
"""A code that reads as a number, and as a path."""


def build(store: Path) -> None:
    """Record a town with all that is no figure, a tree with every rule and a withdrawal, and an odd code."""
    with Record.opened(store, writing=True) as record:
        record.append(BatchHeader(town.TOWN, made_by="test", file_name="town.csv"), town.town(), town.figures())
        _add_tree(record)
        _add_odd(record)
        _add_more(record)


def _add_tree(record: Record) -> None:
    chance = random.Random(7)
    known = definitions(tree(chance), sheets(), 7)
    stated = as_rows(figures(chance, known, 7), 7)
    record.append(BatchHeader(CODE, made_by="test"), known, table(stated))
    corrected = [{**row, "target": 7.0, "target_high": None} for row in stated[:40]]
    wrong = record.append(BatchHeader(CODE, made_by="test"), known, table(corrected))
    record.append(BatchHeader(CODE, made_by="test"), known, table(corrected[:20]))
    assert wrong is not None
    record.withdraw(wrong.batch_number, made_by="test", reason="a wrong file")


def _add_odd(record: Record) -> None:
    mean = AggregationOverPeriods.MEAN
    known = definitions(
        [Unit(ODD, "001", "Satu", ODD)],
        [Indicator(ODD, "1", "Angka", "%", Polarity.MAXIMIZE, "month", aggregation_over_periods=mean)],
        code=ODD,
    )
    rows = [figure("001", "1", f"2025-{month:02}", float(month), target=6.0, note="é, \"'") for month in range(1, 13)]
    places = pa.table({"line": [2], "field": ["value"], "sheet": ["Data"], "cell": ["C2"]}).cast(PLACES)
    header = BatchHeader(ODD, made_by="test", file_name="odd.xlsx")
    doubts = [BatchFinding("warning", "{n} doubts", {"n": 1}, line=2)]
    names = [Alias(AliasKind.UNIT, "Dinas Satu", "001")]
    record.append(header, known, table(rows), places=places, findings=doubts, aliases=names)


def _add_more(record: Record) -> None:
    header = BatchHeader(town.TOWN, "event", made_by="test")
    happened = Event(town.TOWN, "E1", date(2026, 3, 1), EventKind.OUTBREAK, "Wabah", "test", "DINKES")
    record.add_events(header, [happened])
    quarter = Period.parse("2026-Q2")
    said = Comment(
        town.TOWN,
        "DPU",
        "JALAN",
        quarter.grain,
        quarter.start,
        quarter.end,
        "Hujan",
        "",
        "Tambal",
        "Kepala",
        date(2026, 9, 1),
        "test",
    )
    record.add_comments(header, [said])
    record.set_state(town.TOWN, "DINKES", Period.parse("2026-Q1"), Verification.VERIFIED, "test")
    record.set_reporting_rule(town.TOWN, Grain.QUARTER, 5, "test")
    record.choose_profile(town.TOWN, "lkjip_a", "test", 2026)
    record.save_statement(Statement(town.TOWN, "S1", "DPU", "BARU", 2027, body={"name": "Baru"}), "test")
