"""What one append takes: figures with their definitions, and what a person confirmed or should know about them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

from kpi.model import Comment
from kpi.store.batch import BatchHeader
from kpi.store.definitions import Definitions


class AliasKind(StrEnum):
    """What an alias names."""

    UNIT = "unit"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in files that a person confirmed to mean the unit or indicator `code`; matched as it is written here."""

    kind: AliasKind
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """What a file was warned of when it was taken. `text` is an English msgid with {places} that `values` fill."""

    severity: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None

    @property
    def values_json(self) -> str:
        """The values as JSON; what JSON has no word for stands as text."""
        return json.dumps(dict(self.values), ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Entry:
    """One batch to append: `figures` in the columns of FIGURES, `places` in those of PLACES (None: no workbook)."""

    header: BatchHeader
    definitions: Definitions
    figures: pa.Table
    places: pa.Table | None = None
    findings: Sequence[BatchFinding] = ()
    aliases: Sequence[Alias] = ()
    comments: Sequence[Comment] = ()
