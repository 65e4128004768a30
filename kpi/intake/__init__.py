"""Intake: reads outside files, checks them whole and hands sound figures to the record. Knows no screen."""

from kpi.intake.importing import import_files
from kpi.intake.options import ImportOptions, ImportReport, RowError

__all__ = ["ImportOptions", "ImportReport", "RowError", "import_files"]
