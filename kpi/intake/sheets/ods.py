"""What calamine does not tell about an ods file: merged areas, percent cells, formulas without value."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import Final

from kpi.errors import RefusedFile
from kpi.intake.sheets.cells import Area, Sheet, address
from kpi.intake.sheets.limits import Limits
from kpi.intake.sheets.opening import locked_by_password, open_workbook
from kpi.intake.sheets.package import Package

_TAG: Final = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)/?>")
_ATTRIBUTE: Final = re.compile(rb"\b(?:table|office|calcext):([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(slots=True)
class Survey:
    """What a sheet's XML says beside the values, and how far its filled cells reach."""

    merged: list[Area] = field(default_factory=list)
    percent: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unvalued: set[tuple[int, int]] = field(default_factory=set)
    last: tuple[int, int] = (-1, -1)


def read_ods(content: bytes, name: str, limits: Limits) -> tuple[list[Sheet], Package]:
    """Return the sheets of an ods file. Raises RefusedFile as `Package` and `open_workbook` do."""
    package = Package.opened(content, name, limits)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise locked_by_password(name)
    surveys = _surveys(package.part("content.xml") or b"", name, limits)
    return [_joined(sheet, surveys.get(sheet.name)) for sheet in open_workbook(content, name, limits)], package


def _joined(sheet: Sheet, survey: Survey | None) -> Sheet:
    if survey is None:
        return sheet
    return replace(
        sheet,
        merged=tuple(survey.merged),
        formats=survey.percent,
        errors=survey.errors,
        unvalued=frozenset(survey.unvalued),
    )


def _surveys(content: bytes, name: str, limits: Limits) -> dict[str, Survey]:
    """Look over all tables; repeated rows and cells count as often as they are repeated.

    Raises RefusedFile where the filled cells reach farther than the limits.
    """
    surveys: dict[str, Survey] = {}
    survey, table, row, column, rows = Survey(), "", 0, 0, 0
    tags = _TAG.finditer(content)
    tag = next(tags, None)
    while tag is not None:
        following = next(tags, None)
        said = {key.decode(): (one or other) for key, one, other in _ATTRIBUTE.findall(tag[2])}
        if tag[1] == b"table":
            survey, row, rows = Survey(), 0, 0
            table = html.unescape(said.get("name", b"").decode("utf-8", "replace"))
            surveys[table] = survey
        elif tag[1] == b"table-row":
            row, column, rows = row + rows, 0, _count(said.get("number-rows-repeated"))
        else:
            columns = _count(said.get("number-columns-repeated"))
            inside = content[tag.end() : following.start() if following else len(content)]
            _note(survey, said, inside, Area(row, column, row + rows - 1, column + columns - 1))
            _refuse_far_cells(survey, name, table, limits)
            column += columns
        tag = following
    return surveys


def _note(survey: Survey, said: dict[str, bytes], inside: bytes, area: Area) -> None:
    """Keep what is worth knowing of one cell (or a run of equal ones)."""
    cell = (area.top, area.left)
    spans = _count(said.get("number-rows-spanned")), _count(said.get("number-columns-spanned"))
    if spans != (1, 1) and len(survey.merged) < 20_000:
        survey.merged.append(Area(area.top, area.left, area.top + spans[0] - 1, area.left + spans[1] - 1))
    kind = said.get("value-type", b"")
    if "formula" in said and not kind:
        survey.unvalued.add(cell)
    if not kind:
        return
    survey.last = (max(survey.last[0], area.bottom), max(survey.last[1], area.right))
    if kind == b"percentage":
        for column in range(area.left, min(area.right, area.left + 1_000) + 1):
            survey.percent[area.top, column] = "0%"
    if "formula" in said and (failed := re.search(rb">(#[A-Z0-9/!?]+|Err:\d+)<", inside)):
        survey.errors[cell] = failed[1].decode("ascii")


def _count(text: bytes | None) -> int:
    return int(text) if text and re.fullmatch(rb"[1-9][0-9]{0,7}", text) else 1


def _refuse_far_cells(survey: Survey, name: str, sheet: str, limits: Limits) -> None:
    """Refuse a sheet whose filled cells reach farther than can be read."""
    rows, columns = survey.last[0] + 1, survey.last[1] + 1
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        text = (
            "{file}, sheet '{sheet}': its cells reach {last}; at most {rows} rows, {columns} columns and {cells} cells "
            "are read. Delete stray cells far from the table, or import tidy CSV."
        )
        raise RefusedFile(text, file=name, sheet=sheet, last=address(*survey.last), **limits.in_words())
