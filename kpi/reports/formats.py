"""The formats of a report and who writes each; a writer is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

# Every page names a format below its tables, and none but Reports has a report to load the classes of.
if TYPE_CHECKING:
    from kpi.reports.content import Report

LINK_BASE: Final = "http://localhost:8501"
"""Where the dashboard answers unless told."""


class Format(StrEnum):
    """What a report is written as; also the ending of its file's name."""

    XLSX = "xlsx"
    PPTX = "pptx"
    PDF = "pdf"
    HTML = "html"

    @property
    def media_type(self) -> str:
        """What a browser is told that the file is."""
        return MEDIA_TYPES[self]


MEDIA_TYPES: Final[dict[Format, str]] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.PDF: "application/pdf",
    Format.HTML: "text/html",
}


def written(report: Report, as_format: Format) -> bytes:
    """Return the report as a file; the same report gives the same bytes."""
    return _writer(as_format)(report)


def _writer(as_format: Format) -> Callable[[Report], bytes]:
    match as_format:
        case Format.XLSX:
            from kpi.reports.xlsx import workbook

            return workbook
        case Format.PPTX:
            from kpi.reports.pptx import slides

            return slides
        case Format.PDF:
            from kpi.reports.pdf import document

            return document
        case Format.HTML:
            from kpi.reports.html import page

            return page
        case _:
            assert_never(as_format)
