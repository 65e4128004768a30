"""The record: the append-only book of everything ever reported. Knows nothing of files, snapshots or scores.

Rows are added and never changed: a correction is a row of a later batch, and a batch is withdrawn by a later one. The
newest batch that stands wins for each key.
"""

from __future__ import annotations

from kpi.store.batch import Batch, BatchHeader
from kpi.store.definitions import Definitions
from kpi.store.entries import Entries
from kpi.store.entry import Alias, AliasKind, BatchFinding, Entry
from kpi.store.figures import FIGURES, PLACES, ComparedCounts, Comparison
from kpi.store.statements import Statement, Statements, StatementState
from kpi.store.states import PeriodState, States
from kpi.store.withdrawal import Withdrawals

__all__ = [
    "FIGURES",
    "PLACES",
    "Alias",
    "AliasKind",
    "Batch",
    "BatchFinding",
    "BatchHeader",
    "ComparedCounts",
    "Comparison",
    "Definitions",
    "Entry",
    "PeriodState",
    "Record",
    "Statement",
    "StatementState",
]


class Record(Statements, Entries, States, Withdrawals):
    """One opening of the record; made by `Record.opened` alone."""
