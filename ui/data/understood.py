"""What was understood of the files: per sheet the layout and why, each cell by how it was read, each column's part."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from kpi.charts.theme import Tone
from kpi.i18n import Translator, mark
from kpi.intake import FileProposal, Message, Proposal, translated
from kpi.intake.judging import Judged
from kpi.intake.sheets.cells import column_letters
from kpi.intake.sheets.figures import ColumnUnderstood
from kpi.intake.sheets.understanding import SheetUnderstood
from kpi.intake.shown import Kind, ShownCell, ShownSheet, sheet_names, shown_sheet
from kpi.views.markdown import plain
from ui import figure
from ui.data.words import KINDS, LAYOUTS, ROLES, RULES

ROWS: Final = 40
"""Rows of a sheet that are shown at once."""
_COLOURS: Final[dict[Tone, dict[Kind, tuple[str, str]]]] = {
    "light": {
        Kind.VALUE: ("#d7ebf7", "#0b3d5c"),
        Kind.TARGET: ("#dff0dc", "#1f4d1a"),
        Kind.CHECKED: ("#ece4f5", "#45306b"),
        Kind.NAME: ("#f6efd9", "#4f3f0b"),
        Kind.HEADER: ("#d5dde3", "#1c2b36"),
        Kind.MISSING: ("#ffffff", "#5b6b76"),
        Kind.IGNORED: ("#ffffff", "#5b6b76"),
        Kind.DOUBTFUL: ("#ffd08a", "#5c3d00"),
        Kind.ERROR: ("#ffc7ce", "#8a0512"),
    },
    "dark": {
        Kind.VALUE: ("#0f3a55", "#d7ebf7"),
        Kind.TARGET: ("#1d4420", "#dff0dc"),
        Kind.CHECKED: ("#3a2c55", "#ece4f5"),
        Kind.NAME: ("#453a17", "#f6efd9"),
        Kind.HEADER: ("#33424d", "#e6edf2"),
        Kind.MISSING: ("#0e1117", "#9fb0bc"),
        Kind.IGNORED: ("#0e1117", "#9fb0bc"),
        Kind.DOUBTFUL: ("#6b4300", "#ffe6c2"),
        Kind.ERROR: ("#6e1420", "#ffd9dd"),
    },
}
"""Ground and ink of each kind, with a contrast of 4.5 and more."""


def draw(t: Translator, proposal: Proposal) -> None:
    """Draw what became of each file."""
    for file, judged in zip(proposal.files, proposal.judgement.files, strict=True):
        with st.container(border=True, key=f"understood-{file.name}"):
            st.markdown(f"**{plain(file.name)}** · {_of_file(file, judged, t)}")
            if lines := [_of_sheet(sheet, t) for sheet in file.sheets]:
                st.markdown("\n".join(f"- {line}" for line in lines))
            _cells(judged, file, t)
            if file.columns:
                with st.expander(t("What each column was taken for"), icon=":material/view_column:"):
                    alt = t("What each column of {file} was taken for", file=file.name)
                    st.dataframe(_columns(file.columns, t), hide_index=True, alt=alt, key=f"columns-{file.name}")


def _of_file(file: FileProposal, judged: Judged, t: Translator) -> str:
    """Return in one sentence what the file was taken for."""
    rows = t.plural("{n} row of figures", "{n} rows of figures", file.report.rows)
    if judged.office is not None and judged.office.template is not None:
        found = judged.office.template
        when = t.period(found.period) if found.period else ""
        return t("the template of {unit}, {period}: {rows}", unit=plain(found.unit_code), period=when, rows=rows)
    if judged.content is None:
        return t("it can't be read")
    if file.understood is None:
        return t("a table in this application's own columns, read as it stands: {rows}", rows=rows)
    read = sum(sheet.is_read for sheet in file.sheets)
    sheets = t.plural("{n} table understood", "{n} tables understood", read)
    return f"{sheets}, {rows}"


def _of_sheet(sheet: SheetUnderstood, t: Translator) -> str:
    """Return a sheet's layout and why, or why it is not read."""
    name = plain(sheet.name)
    if sheet.layout is None:
        return translated(t, Message(mark("**{sheet}** is not read: {why}."), {"sheet": name, "why": sheet.why}))
    first, last = sheet.layout.header[0] + 1, sheet.layout.header[1] + 1
    rows = t("row {row}", row=first) if first == last else t("rows {first} to {last}", first=first, last=last)
    said = t(
        "**{sheet}**, {area}: {layout}. The header is {rows}.",
        sheet=name,
        area=sheet.layout.area,
        layout=t(LAYOUTS[sheet.layout.kind]),
        rows=rows,
    )
    title = sheet.layout.title
    if title.year is not None:
        said += " " + t("The year {year} stands in the titles or in the sheet's name.", year=title.year)
    if title.unit is not None and title.unit.cell is not None:
        said += " " + t("The unit “{unit}” stands in {cell}.", unit=plain(title.unit.text), cell=title.unit.cell)
    elif title.unit is not None:
        said += " " + t("The unit is the sheet's name.")
    return said


def _cells(judged: Judged, file: FileProposal, t: Translator) -> None:
    """Draw the cells of one sheet, as the reader chooses."""
    names = sheet_names(judged)
    if not names:
        return
    with st.expander(t("Each cell, by how it was read"), icon=":material/grid_on:", expanded=True):
        name = names[0]
        if len(names) > 1:
            read = next((sheet.name for sheet in file.sheets if sheet.is_read and sheet.name in names), names[0])
            name = st.selectbox(t("Sheet"), names, index=names.index(read), key=f"sheet-{file.name}")
        whole = shown_sheet(judged, name, 0, 0)
        pages = -(-whole.row_count // ROWS)
        page = st.pagination(pages, key=f"rows-{file.name}-{name}") if pages > 1 else 1
        sheet = shown_sheet(judged, name, (page - 1) * ROWS, ROWS)
        st.markdown(" · ".join(f"{KINDS[kind][0]} {t(KINDS[kind][1])}" for kind in sheet.kinds))
        alt = t("Cells of sheet {sheet}: a sign before each says how it was read", sheet=sheet.name)
        st.dataframe(_styled(sheet, figure.tone(), t), alt=alt, key=f"cells-{file.name}-{sheet.name}-{page}")


def _styled(sheet: ShownSheet, tone: Tone, t: Translator) -> object:
    """Return the rows with a sign and a colour in each cell; columns and rows as the spreadsheet names them."""
    rows = range(sheet.first, min(sheet.first + ROWS, sheet.row_count))
    letters = [column_letters(column) for column in range(sheet.width)]
    texts = [[_text(sheet.cells.get((row, column)), t) for column in range(sheet.width)] for row in rows]
    looks = [[_look(sheet.cells.get((row, column)), tone) for column in range(sheet.width)] for row in rows]
    index = [row + 1 for row in rows]
    css = pd.DataFrame(looks, index=index, columns=letters)
    return pd.DataFrame(texts, index=index, columns=letters).style.apply(lambda _: css, axis=None)


def _text(cell: ShownCell | None, t: Translator) -> str:
    if cell is None:
        return ""
    text = f"{KINDS[cell.kind][0]} {cell.text}"
    read = "" if cell.number is None else t.measure(cell.number, "", 10)
    return text if read in ("", cell.text.strip()) else f"{text} → {read}"


def _look(cell: ShownCell | None, tone: Tone) -> str:
    if cell is None:
        return ""
    ground, ink = _COLOURS[tone][cell.kind]
    return f"background-color: {ground}; color: {ink}"


def _columns(columns: tuple[ColumnUnderstood, ...], t: Translator) -> pd.DataFrame:
    return pd.DataFrame(_column(column, t) for column in columns)


def _column(column: ColumnUnderstood, t: Translator) -> dict[str, str]:
    return {
        t("Sheet"): column.sheet,
        t("Column"): column.column,
        t("Header"): column.header,
        t("Taken for"): t(ROLES[column.role]),
        t("Period"): column.period or "",
        t("Numbers"): t(RULES[column.numbers]) if column.numbers else "",
        t("Cells"): t.number(column.cells),
        t("Because"): translated(t, Message("{why}", {"why": column.why})),
    }
