"""Workbooks as an officer fills them in, and as a spreadsheet program shows them."""

from __future__ import annotations

import html
import io
from collections.abc import Mapping, Sequence
from typing import Final

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

_KEYS: Final = 6
"""The row of a template that names its columns."""
_FIRST: Final = 8
_LOOK: Final = """<meta charset=utf-8><style>
body { margin: 10px; font: 13px 'DejaVu Sans', sans-serif; }
table { border-collapse: collapse; }
td { border: 1px solid #b8c4cc; padding: 4px 6px; max-width: 26em; }
td.edge { background: #e8ecef; color: #5b6b76; text-align: center; }
</style>"""


def filled(
    template: bytes, name: str, figures: Mapping[str, tuple[float, ...]], words: Mapping[str, str] | None = None
) -> bytes:
    """Return a template with these figures by indicator in its sheet `name`: a value, or numerator and denominator.

    `words` stand where a number should, by indicator.
    """
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book[name]
    keys = {str(sheet.cell(_KEYS, column).value): column for column in range(1, sheet.max_column + 1)}
    for row in range(_FIRST, sheet.max_row + 1):
        code = str(sheet.cell(row, keys["indicator_code"]).value)
        value, *denominator = figures[code]
        if denominator:
            sheet.cell(row, keys["numerator"], value)
            sheet.cell(row, keys["denominator"], denominator[0])
            value = 100 * value / denominator[0]
        sheet.cell(row, keys["value"], (words or {}).get(code, value))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def drawn(sheet: Worksheet, rows: range, letters: Sequence[str]) -> str:
    """Return some rows and columns of a sheet as HTML: texts and fills, between the edges that name them."""
    lines = [
        "".join(f"<td class=edge>{letter}" for letter in ("", *letters)),
        *(f"<td class=edge>{row}" + "".join(_cell(sheet[f"{letter}{row}"]) for letter in letters) for row in rows),
    ]
    return f"{_LOOK}<table>{''.join(f'<tr>{line}' for line in lines)}</table>"


def _cell(cell: Cell | MergedCell) -> str:
    value, fill, font = cell.value, cell.fill.fgColor.rgb, cell.font
    is_number = isinstance(value, int | float)
    text = "" if value is None else f"{value:.4g}".replace(".", ",") if is_number else html.escape(str(value))
    ground = f"#{fill[-6:]}" if cell.fill.fill_type == "solid" and isinstance(fill, str) else "#fff"
    ink = f"#{font.color.rgb[-6:]}" if font.color is not None and isinstance(font.color.rgb, str) else "#1c2b36"
    weight, side = "bold" if font.b else "normal", "right" if is_number else "left"
    return f'<td style="background:{ground};color:{ink};font-weight:{weight};text-align:{side}">{text}'
