"""A few figures typed on a form: read row by row, then proposed as a file of them would be. Draws nothing.

Fields hold texts, so that nothing typed is lost and no number is guessed; what can't be read is said at its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Final

from kpi.access import Access
from kpi.i18n import Language
from kpi.intake.judging import Progress
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions
from kpi.intake.proposal import Proposal, propose
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sources import Source
from kpi.intake.templates.amount import Amount, Wanted, amount_in, written
from kpi.intake.templates.content import Entry, Filling
from kpi.model import Indicator
from kpi.periods import Period
from kpi.scoring.ordinal import parse_levels

KIND: Final = "form"
NUMBERS: Final = ("target", "value", "numerator", "denominator")
FIELDS: Final = (*NUMBERS, "note")
"""The fields of a row that a person fills in."""
_COLUMNS: Final = (
    "unit_code",
    "indicator_code",
    "period_start",
    "period_end",
    *NUMBERS,
    "target_high",
    "note",
    "weight",
)
_LOCKED: Final = mark(
    "this figure is locked and stays as it is. Whoever may change it opens it first under Status, with a reason."
)
_EMPTIED: Final = mark(
    "an emptied field takes nothing back. Write the right figure, or withdraw its entry under History."
)
_NOTE_ALONE: Final = mark("a note without a figure is not kept. Fill in the value.")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One figure of the form: `texts` as they stand in the fields now, `known` as they stood when it was opened."""

    unit_code: str
    indicator: Indicator
    period: Period
    known: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def is_touched(self) -> bool:
        """Whether a person changed anything in it."""
        return any(self.texts[name].strip() != self.known[name].strip() for name in FIELDS)


@dataclass(frozen=True, slots=True)
class FormFinding:
    """What is said of a row (its place from 0; None: of the whole form) and one of its fields (None: all of it)."""

    row: int | None
    field: str | None
    severity: Severity
    message: Message


@dataclass(frozen=True, slots=True)
class FormProposal:
    """What the form would do to the record. `proposal` None: nothing was filled in, or nothing of it can be read."""

    proposal: Proposal | None
    findings: tuple[FormFinding, ...]
    touched: tuple[int, ...]

    @property
    def is_refused(self) -> bool:
        """Nothing may be written as things stand."""
        has_errors = any(finding.severity is Severity.ERROR for finding in self.findings)
        return self.proposal is None or self.proposal.is_refused or has_errors


def known_texts(entry: Entry, language: Language) -> dict[str, str]:
    """Return what a form's fields show of a figure that is known; a value that follows from its parts stays empty."""
    known = entry.known
    levels = parse_levels(entry.indicator.ordinal_levels) if entry.indicator.ordinal_levels else None
    texts = {name: written(getattr(known, name), language) for name in NUMBERS}
    for name in ("value", "target") if levels else ():
        texts[name] = (levels.text(getattr(known, name)) if levels else None) or texts[name]
    if not isnan(known.target_high):
        texts["target"] = f"{written(known.target, language)}–{written(known.target_high, language)}"
    if entry.filling is Filling.PARTS and texts["numerator"]:
        texts["value"] = ""
    return {**texts, "note": known.note}


def form_proposal(
    store: Path, access: Access, organisation_code: str, rows: Sequence[FormRow], progress: Progress | None = None
) -> FormProposal:
    """Look at what was filled in without writing anything; rows that nobody touched are left out.

    A change of a locked figure is refused here: forms are for officers. Raises AccessRefused for what `access` may not
    enter, StoreError when the record can't be read.
    """
    touched = tuple(place for place, row in enumerate(rows) if row.is_touched)
    findings: list[FormFinding] = []
    lines: list[tuple[int, dict[str, object]]] = []
    for place in touched:
        read, faults = _read(rows[place])
        findings += [FormFinding(place, field, Severity.ERROR, message) for field, message in faults]
        if read and not faults:
            lines.append((place, read))
    if not lines:
        return FormProposal(None, tuple(findings), touched)
    options = ImportOptions(organisation_code, kind=KIND)
    first = rows[touched[0]]
    source = typed_source(f"form {first.unit_code} {first.period.code}", [line for _, line in lines])
    proposal = propose(store, access, [source], options, progress)
    places = [place for place, _ in lines]
    findings += [_at_row(finding, places) for finding in proposal.findings]
    findings += _locked(proposal, places)
    return FormProposal(proposal, tuple(findings), touched)


def _read(row: FormRow) -> tuple[dict[str, object], list[tuple[str, Message]]]:
    """Return what a touched row says by column, and what can't be taken of it."""
    said: dict[str, object] = {}
    faults: list[tuple[str, Message]] = []
    for name in NUMBERS:
        found = _amount(row, name)
        match found:
            case Message():
                faults.append((name, found))
            case Amount(value, high):
                said[name] = value
                said |= {"target_high": high} if high is not None else {}
            case None if row.known[name].strip():
                faults.append((name, Message(_EMPTIED)))
            case None:
                pass
    if not said and not faults:
        return {}, [("note", Message(_NOTE_ALONE))]
    place = {"unit_code": row.unit_code, "indicator_code": row.indicator.indicator_code}
    days = {"period_start": row.period.start.isoformat(), "period_end": row.period.end.isoformat()}
    return {**place, **days, **said, "note": row.texts["note"].strip()}, faults


def _amount(row: FormRow, name: str) -> Amount | Message | None:
    is_part = name in ("numerator", "denominator")
    levels = row.indicator.ordinal_levels
    wanted = Wanted(
        measured="" if is_part else row.indicator.unit_of_measure,
        levels=parse_levels(levels) if levels and not is_part else None,
        may_be_range=name == "target",
    )
    return amount_in(row.texts[name].strip(), wanted)


def typed_source(name: str, lines: Sequence[Mapping[str, object]]) -> Source:
    """Return rows as a tidy file, a line each after the header; a number stands in it with all its digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(line.get(column, "")) for column in _COLUMNS] for line in lines)
    return Source.upload(name, text.getvalue().encode())


def _cell(value: object) -> str:
    match value:
        case float():
            return written(value, "en")
        case str():
            return " ".join(value.split())  # a line a row, so that findings name the row
        case _:
            return str(value)


def _at_row(finding: Finding, places: Sequence[int]) -> FormFinding:
    """Return a finding of the file at the row of the form that it stands for; the header is line 1."""
    row = places[finding.line - 2] if finding.line is not None and 2 <= finding.line < len(places) + 2 else None
    column = _COLUMNS[ord(finding.cell[0]) - ord("A")] if finding.cell else None
    field = column if column in FIELDS else "target" if column == "target_high" else None
    return FormFinding(row, field, finding.severity, Message(finding.text, finding.values))


def _locked(proposal: Proposal, places: Sequence[int]) -> Iterator[FormFinding]:
    """Yield the rows that would change a locked figure."""
    found = proposal.difference
    changed = found[found["is_locked"].astype(bool) & (found["status"] != "unchanged")]
    for line in dict.fromkeys(changed["line"].tolist()):
        yield FormFinding(places[int(line) - 2], None, Severity.ERROR, Message(_LOCKED))
