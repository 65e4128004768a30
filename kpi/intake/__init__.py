"""Intake: reads outside files, checks them whole and hands sound figures to the record. Knows no screen."""

from kpi.intake.answers import answer
from kpi.intake.asking import Ask, AskKind, Choice
from kpi.intake.importing import import_files
from kpi.intake.messages import Message, translated
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.proposal import FileProposal, Proposal, commit, propose
from kpi.intake.sources import Source

__all__ = [
    "Ask",
    "AskKind",
    "Choice",
    "FileProposal",
    "ImportOptions",
    "ImportReport",
    "Message",
    "Proposal",
    "RowError",
    "Source",
    "answer",
    "commit",
    "import_files",
    "propose",
    "translated",
]
