"""A report as a PDF for paper and archive: tagged (PDF/UA-1), vector charts, one document with contents.

The layout is `report.typ`. Every text reaches it as data, so that no name is ever read as markup; fonts are the
typesetter's own, so that a server needs none.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final  # Any: JSON

import typst

from kpi.reports.content import Bullet, Chart, Column, Report, Section, Table
from kpi.reports.qr import qr_svg
from kpi.reports.svg import bullet_svg, chart_svg, spark_svg

LAYOUT: Final = Path(__file__).with_name("report.typ")
STANDARD: Final = "ua-1"
_LONG_WORD: Final = re.compile(r"\S{16}(?=\S)")
UPRIGHT: Final = 145
"""Letters of the widest table that a page in upright format has room for."""
STANDING: Final = 503
LYING: Final = 751
INSETS: Final = 7
"""Points of a page inside its margins, upright and on its side; of a cell's insets."""
MANY: Final = 9
LARGE: Final = 9.0
SMALL: Final = 7.5
BOLD: Final = 0.6
"""A table of more columns than that is set in the small size; a bold letter is so wide. As `report.typ` draws them."""


def document(report: Report) -> bytes:
    """Return the report as a PDF; the same report gives the same bytes."""
    content = json.dumps(_content(report), ensure_ascii=False)
    made_at = int(report.cover.made_at.timestamp())
    try:
        return _typeset(content, made_at, [STANDARD])
    except typst.TypstError:  # a name has a letter of which no font knows the shape: tagged, but not to the standard
        return _typeset(content, made_at, [])


def _typeset(content: str, made_at: int, standards: list[typst.PDFStandard]) -> bytes:
    compiler = typst.Compiler(LAYOUT.read_bytes(), font_paths=_fonts())
    made = compiler.compile(format="pdf", sys_inputs={"report": content}, pdf_standards=standards, timestamp=made_at)
    if not isinstance(made, bytes):
        raise TypeError(f"The typesetter returned {type(made).__name__} instead of one document.")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _content(report: Report) -> dict[str, Any]:
    cover = report.cover
    return {
        "language": report.language,
        "words": report.words,
        "title": cover.title,
        "unit": cover.unit,
        "organisation": cover.organisation,
        "period": cover.period,
        "facts": cover.facts,
        "sample": cover.sample,
        "link": cover.link,
        "link_said": cover.link_said,
        "author": cover.made_by,
        "footer": cover.footer,
        "qr": qr_svg(cover.link),
        "groups": [
            {"is_wide": is_wide, "sections": [_section(section, report.words) for section in group]}
            for is_wide, group in groupby(report.sections, is_wide_on_paper)
        ],
    }


def _section(section: Section, words: dict[str, str]) -> dict[str, Any]:
    labels = (words["seen"], words["made"], words["use"])
    return {
        "heading": section.heading,
        "message": section.message,
        "notes": section.notes,
        "bigs": [{"number": big.number, "words": big.words, "colour": big.colour} for big in section.bigs],
        "chart": _chart(section.chart),
        "tables": [_table(table, words) for table in section.tables if not table.is_annex],
        "annexes": [words["annex"].format(title=table.title) for table in section.tables if table.is_annex],
        "help": list(zip(labels, section.help, strict=False)),
        "link": section.link,
    }


def _chart(chart: Chart | None) -> dict[str, str] | None:
    return None if chart is None else {"title": chart.title, "alt": chart.alt, "svg": chart_svg(chart)}


def _table(table: Table, words: dict[str, str]) -> dict[str, Any]:
    columns, pictured = list(table.columns), bool(table.pictures)
    if pictured:
        columns += [Column(words["bullet"], 17), Column(words["history"], 15)]
    return {
        "title": table.title,
        "names": [column.name for column in columns],
        "widths": _widths(columns),
        "is_number": [column.is_number for column in columns],
        "cells": [[_breakable(cell.text), cell.colour, cell.tint] for row in table.rows for cell in row],
        "in_a_row": len(table.columns),
        "pictures": [[_bullet(each.bullet), spark_svg(each.spark)] for each in table.pictures],
    }


def _widths(columns: list[Column]) -> list[float]:
    """Return how wide columns are in proportion: none is narrower than the longest word of its name."""
    total = sum(column.width for column in columns)
    points = (LYING if total > UPRIGHT else STANDING) / total
    letter = BOLD * (SMALL if len(columns) > MANY else LARGE)
    longest = [max(map(len, column.name.split()), default=0) for column in columns]
    least = [(letters * letter + INSETS) / points for letters in longest]
    return [max(column.width, width) for column, width in zip(columns, least, strict=True)]


def _breakable(words: str) -> str:
    """Let a word that is longer than a narrow column be broken."""
    return _LONG_WORD.sub("\\g<0>\u200b", words)


def _bullet(bullet: Bullet | None) -> str:
    return "" if bullet is None else bullet_svg(bullet)


def is_wide_on_paper(section: Section) -> bool:
    """Whether a section needs pages that lie on their side."""
    return any(sum(column.width for column in table.columns) > UPRIGHT for table in section.tables)
