"""The ledger in words: batches, what undoing one would change, and restatements as tables of ready-made texts."""

from __future__ import annotations

from math import isnan
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import finer, measured, target_said
from kpi.views.ledger import BatchLine, KeptFinding, Restated, Restatements
from kpi.views.moments import moment_said
from kpi.views.sheets import Sheet
from kpi.views.turned import Side
from kpi.views.turned_words import rated

KINDS: Final[dict[str, str]] = {
    "import": mark("File sent"),
    "demo": mark("Sample data"),
    "form": mark("Form on screen"),
    "profile": mark("Choice of rule profile"),
    "event": mark("Event"),
    "alias": mark("Confirmed names"),
    "state": mark("State of a period"),
    "deadline": mark("Due date"),
    "statement": mark("Stated indicator"),
    "commentary": mark("Commentary"),
    "withdrawal": mark("Undoing"),
}
"""What each kind of batch is."""
CAUSES: Final[dict[str, str]] = {
    "correction": mark("Value corrected"),
    "target": mark("Target changed"),
    "withdrawal": mark("Batch undone"),
}
MOST_DECIMALS: Final = 9
FIELDS: Final[dict[str, str]] = {"value": mark("Value"), "target": mark("Target"), "both": mark("Value and target")}


def batch_name(batch: BatchLine, t: Translator) -> str:
    """Return a batch in one line, for a list to choose from."""
    parts = [f"{batch.number}", what(batch, t), batch.file_name or "", batch.made_by, moment_said(batch.recorded_at, t)]
    return " · ".join(part for part in parts if part)


def what(batch: BatchLine, t: Translator) -> str:
    """Return what kind of entry a batch is."""
    if batch.withdraws is not None:
        return t("Undoing of batch {number}", number=batch.withdraws)
    return t(KINDS[batch.kind]) if batch.kind in KINDS else batch.kind


def standing(batch: BatchLine, t: Translator) -> str:
    """Return whether a batch is in force, as word and shape."""
    return t("✕ undone") if batch.is_withdrawn else t("● in force")


def batch_table(batches: tuple[BatchLine, ...], t: Translator) -> pd.DataFrame:
    """Return all batches, the newest first; texts made for the reader."""
    return pd.DataFrame(
        {
            t("Batch"): batch.number,
            t("Recorded"): moment_said(batch.recorded_at, t),
            t("Who"): batch.made_by or t("nobody named"),
            t("What"): what(batch, t),
            t("File"): batch.file_name or MISSING,
            t("New or changed"): t.number(batch.accepted),
            t("Known already"): t.number(batch.unchanged),
            t("Refused"): t.number(batch.rejected),
            t("Held back"): t.number(batch.held),
            t("Reason"): batch.reason or MISSING,
            t("Standing"): standing(batch, t),
        }
        for batch in batches
    )


def place_of(finding: KeptFinding, t: Translator) -> str:
    """Return where in the file a finding is."""
    if finding.cell:
        return f"{finding.sheet}!{finding.cell}" if finding.sheet else finding.cell
    if finding.line is not None:
        return t("line {line}", line=finding.line)
    return finding.sheet or MISSING


def sentence(found: Restatements, t: Translator) -> str:
    """Return what the ledger holds, in a sentence."""
    if not found.rows:
        return t("Nothing was restated here.")
    said = t(
        "{figures} by {batches}; {ratings}.",
        figures=t.plural("{n} figure restated", "{n} figures restated", found.total),
        batches=t.plural("{n} batch", "{n} batches", found.batches),
        ratings=t.plural("{n} rating turned", "{n} ratings turned", found.turned),
    )
    if found.total > len(found.rows):
        limit = t("The newest {n} are shown: choose a unit, an indicator or a period.", n=t.number(len(found.rows)))
        return f"{said} {limit}"
    return said


def ledger_table(rows: tuple[Restated, ...], profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return the restatements: what, from, to, which rating turned, when, who, why; the newest first."""
    return pd.DataFrame(
        {
            t("Recorded"): moment_said(row.recorded_at, t),
            **_change(row, profile, t),
            t("How"): t(CAUSES[row.kind]) if row.kind in CAUSES else row.kind,
            t("Who"): row.made_by or t("nobody named"),
            t("Reason"): row.reason or MISSING,
            t("Batch"): row.batch_number,
        }
        for row in rows
    )


def ahead_table(rows: tuple[Restated, ...], profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return what undoing a batch would change, a figure a row."""
    return pd.DataFrame(_change(row, profile, t) for row in rows)


def ahead_sentence(rows: tuple[Restated, ...], t: Translator) -> str:
    """Return how much undoing a batch would change."""
    if not rows:
        return t("No figure would change.")
    gone = sum(isnan(row.after.value) and not isnan(row.before.value) for row in rows)
    return t(
        "{figures} would change, {gone} of them would have no value any more; {ratings}.",
        figures=t.plural("{n} figure", "{n} figures", len(rows)),
        gone=t.number(gone),
        ratings=t.plural("{n} rating would turn", "{n} ratings would turn", sum(row.turns_rating for row in rows)),
    )


def _change(row: Restated, profile: RuleProfile, t: Translator) -> dict[str, str]:
    was, now = _from_to(row, t)
    return {
        t("Unit"): row.unit_name,
        t("Indicator"): row.sheet.name,
        t("Period"): t.period(row.period),
        t("What changed"): t(FIELDS[row.field]),
        t("From"): was,
        t("To"): now,
        t("Rating from"): rated(row.before, profile, t),
        t("Rating to"): rated(row.after, profile, t),
        t("Rating turned"): t("◆ yes") if row.turns_rating else t("no"),
    }


def _from_to(row: Restated, t: Translator) -> tuple[str, str]:
    """Return both figures with as many decimals as it takes to tell them apart."""
    sheet = row.sheet
    while True:
        was, now = (_figure(side, row.field, sheet, t) for side in (row.before, row.after))
        if was != now or sheet.decimals >= MOST_DECIMALS:
            return was, now
        sheet = finer(sheet)


def _figure(side: Side, field: str, sheet: Sheet, t: Translator) -> str:
    value, target = measured(side.value, sheet, t), target_said(side.target, side.target_high, sheet, t)
    match field:
        case "value":
            return value
        case "target":
            return target
        case _:
            return t("{value}, target {target}", value=value, target=target)
