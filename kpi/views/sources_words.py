"""Where a figure comes from, in words: a table of its reports with file, cell, batch, who, when and why."""

from __future__ import annotations

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.views.figures_words import measured
from kpi.views.ledger_words import FIELDS
from kpi.views.moments import moment_said
from kpi.views.sources import SourceLine, Sources


def sentence(found: Sources, t: Translator) -> str:
    """Return how many reports there are, and whose."""
    if not found.lines:
        return t("No report of this period stands behind it.")
    reports = t.plural("{n} reported figure", "{n} reported figures", len(found.lines))
    if found.is_own:
        return t("{reports} of the unit itself.", reports=reports)
    said = t("{reports} of the units below it.", reports=reports)
    if found.left_out:
        more = t.plural("{n} more unit is not listed.", "{n} more units are not listed.", found.left_out)
        return f"{said} {more}"
    return said


def place(line: SourceLine, t: Translator) -> str:
    """Return where in its file a figure stands: `Sheet1!C7`, else the line; a dash where it came from no file."""
    if line.cell:
        return f"{line.workbook_sheet}!{line.cell}" if line.workbook_sheet else line.cell
    return t("line {line}", line=line.line) if line.line is not None else MISSING


def table(found: Sources, t: Translator) -> pd.DataFrame:
    """Return a row per report, the newest period first."""
    return pd.DataFrame(
        {
            t("Unit"): line.unit_name,
            t("Indicator"): line.sheet.name,
            t("Period"): t.period(line.period),
            t("What"): t(FIELDS[line.field]),
            t("Figure"): measured(line.figure, line.sheet, t),
            t("File"): line.file_name or t("no file"),
            t("Sheet and cell, or line"): place(line, t),
            t("Batch"): line.batch_number,
            t("Who"): line.made_by or t("nobody named"),
            t("Recorded"): moment_said(line.recorded_at, t),
            t("Reason"): line.reason or MISSING,
            t("Note"): line.note or MISSING,
        }
        for line in found.lines
    )
