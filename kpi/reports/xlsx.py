"""A report as an Excel workbook: a sheet a section, numbers as numbers, native charts, headers that stay in sight."""

from __future__ import annotations

import re
from datetime import UTC
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpi.reports.content import Cell, Chart, ChartKind, Kind, Report, Section, Series, Table
from kpi.reports.qr import qr_png

FONT: Final = "Calibri"
ACCENT: Final = "#0b5c8a"
INK: Final = "#1c2b36"
PALE: Final = "#eef3f6"
WARNING: Final = "#fff3cd"
CHART_ROWS: Final = 20
WIDEST: Final = 60
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")


def workbook(report: Report) -> bytes:
    """Return the report as a workbook; the same report gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    made_at = report.cover.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": f"{report.cover.title}: {report.cover.unit}", "author": report.cover.made_by, "created": made_at}
    )
    _Workbook(book, report).write()
    book.close()
    return out.getvalue()


class _Workbook:
    """Writes one report into an open workbook; holds its formats."""

    def __init__(self, book: xlsxwriter.Workbook, report: Report) -> None:
        self.book = book
        self.report = report
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._names: set[str] = set()

    def write(self) -> None:
        """Write the cover and every section."""
        self._cover()
        for section in self.report.sections:
            self._section(section)

    def _format(self, **wanted: object) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            properties = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "top", **wanted}
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def _sheet(self, name: str) -> Worksheet:
        short = _NOT_IN_A_NAME.sub(" ", name)[:31].strip()
        number = 2
        while short.lower() in self._names:
            short = f"{short[:28]} {number}"
            number += 1
        self._names.add(short.lower())
        sheet = self.book.add_worksheet(short)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self.report.cover.footer.replace('&', '&&')}&R&8&P/&N")
        return sheet

    def _cover(self) -> None:
        cover = self.report.cover
        sheet = self._sheet(self.report.words["about"])
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        sheet.write_string(
            0, 0, f"{cover.title}: {cover.unit}", self._format(bold=True, font_size=18, font_color=ACCENT)
        )
        sheet.write_string(1, 0, cover.period, self._format(font_size=13))
        row = 3
        if cover.sample:
            sheet.merge_range(row, 0, row, 1, cover.sample, self._format(bold=True, bg_color=WARNING, text_wrap=True))
            row += 2
        for label, said in cover.facts:
            sheet.write_string(row, 0, label, self._format(bold=True))
            sheet.write_string(row, 1, said, self._format(text_wrap=True))
            row += 1
        sheet.write_string(row, 0, self.report.words["live"], self._format(bold=True))
        sheet.write_url(row, 1, cover.link, self._format(font_color=ACCENT, underline=1), cover.link)
        sheet.insert_image(
            row + 1,
            1,
            "qr.png",
            {"image_data": BytesIO(qr_png(cover.link)), "x_scale": 0.4, "y_scale": 0.4, "description": cover.link_said},
        )
        row += 12
        sheet.write_string(row, 0, self.report.words["contents"], self._format(bold=True))
        for section in self.report.sections:
            sheet.write_string(row, 1, f"{section.heading}: {section.message}", self._format(text_wrap=True))
            row += 1

    def _section(self, section: Section) -> None:
        sheet = self._sheet(section.heading)
        sheet.write_string(0, 0, section.heading, self._format(bold=True, font_size=16, font_color=ACCENT))
        sheet.write_string(1, 0, section.message, self._format(bold=True, font_size=12))
        row = 2
        for note in section.notes:
            sheet.write_string(row, 0, note, self._format())
            row += 1
        if section.link:
            sheet.write_url(
                row, 0, section.link, self._format(font_color=ACCENT, underline=1), self.report.words["live"]
            )
            row += 1
        if self.report.cover.sample:
            sheet.write_string(row, 0, self.report.cover.sample, self._format(bold=True, bg_color=WARNING))
            row += 1
        row += 1
        self._widths(sheet, section.tables)
        first_header = None
        for table in section.tables:
            header, row = self._table(sheet, row, table)
            first_header = header if first_header is None else first_header
        if section.chart is not None:
            row = self._chart(sheet, row, section.chart)
        self._help(sheet, row, section)
        if first_header is not None and len(section.tables) == 1:
            sheet.freeze_panes(first_header + 1, 1)
            sheet.repeat_rows(first_header)
        elif first_header is not None:
            sheet.freeze_panes(2, 1)

    def _widths(self, sheet: Worksheet, tables: tuple[Table, ...]) -> None:
        most = max((len(table.columns) for table in tables), default=0)
        for at in range(most):
            width = max(table.columns[at].width for table in tables if at < len(table.columns))
            sheet.set_column(at, at, min(width, WIDEST))

    def _table(self, sheet: Worksheet, row: int, table: Table) -> tuple[int, int]:
        """Write a table; return the row of its header and the next free one."""
        sheet.write_string(row, 0, table.title, self._format(bold=True, font_size=12, font_color=ACCENT))
        header = row + 1
        for at, column in enumerate(table.columns):
            aligned = "right" if column.is_number else "left"
            style = self._format(bold=True, bg_color=PALE, bottom=1, text_wrap=True, align=aligned)
            sheet.write_string(header, at, column.name, style)
        for below, cells in enumerate(table.rows, start=1):
            for at, cell in enumerate(cells):
                self._cell(sheet, header + below, at, cell)
        return header, header + len(table.rows) + 2

    def _cell(self, sheet: Worksheet, row: int, at: int, cell: Cell) -> None:
        if cell.number is None:
            wanted: dict[str, object] = {"text_wrap": True}  # a text goes on below: beside it stands another
            if cell.colour and cell.tint:
                wanted |= {"font_color": cell.colour, "bg_color": cell.tint, "bold": True}
            sheet.write_string(row, at, cell.text, self._format(**wanted))
        else:
            sheet.write_number(row, at, cell.number, self._format(num_format=number_format(cell), align="right"))

    def _help(self, sheet: Worksheet, row: int, section: Section) -> None:
        words = self.report.words
        for label, said in zip((words["seen"], words["made"], words["use"]), section.help, strict=False):
            sheet.write_string(row, 0, f"{label} {said}", self._format(font_color="#5b6b76", italic=True))
            row += 1

    def _chart(self, sheet: Worksheet, row: int, chart: Chart) -> int:
        """Write a chart beside the cells that it draws; return the next free row."""
        first = row + 1
        sheet.write_string(row, 0, chart.title, self._format(bold=True, font_size=12, font_color=ACCENT))
        lines = [*chart.series]
        if chart.line_at is not None:
            lines.append(Series(chart.line_name, (chart.line_at,) * len(chart.categories), ("#5b6b76",)))
        for at, series in enumerate(lines, start=1):
            sheet.write_string(first, at, series.name, self._format(bold=True, bg_color=PALE, text_wrap=True))
            for below, number in enumerate(series.values, start=1):
                if number is not None:
                    sheet.write_number(first + below, at, number, self._format(num_format=_plain(chart.decimals)))
        for below, category in enumerate(chart.categories, start=1):
            sheet.write_string(first + below, 0, category, self._format(text_wrap=True))
        native = self._native(str(sheet.get_name()), chart, lines, first)
        height = max(CHART_ROWS * 20, 24 * len(chart.categories) + 120)
        options = {"description": chart.alt[:1000], "object_position": 2}
        native.set_size({"width": 900, "height": height})
        bottom = first + len(chart.categories) + 2
        sheet.insert_chart(bottom, 0, native, options)
        return bottom + height // 20 + 2

    def _native(self, name: str, chart: Chart, lines: list[Series], first: int) -> NativeChart:
        count = len(chart.categories)
        kinds = {
            ChartKind.BARS: {"type": "bar"},
            ChartKind.STACKED: {"type": "bar", "subtype": "stacked"},
            ChartKind.LINES: {"type": "line"},
        }
        native = self.book.add_chart(kinds[chart.kind])
        if native is None:
            raise ValueError(f"No native chart for {chart.kind}.")
        shown = lines if chart.kind is ChartKind.LINES else lines[: len(chart.series)]
        for at, series in enumerate(shown, start=1):
            native.add_series(
                {
                    "name": [name, first, at],
                    "categories": [name, first + 1, 0, first + count, 0],
                    "values": [name, first + 1, at, first + count, at],
                    **_look(chart, series, is_line=at > len(chart.series)),
                }
            )
        native.set_title({"name": chart.title, "name_font": {"size": 12, "color": INK}})
        is_lying = chart.kind is not ChartKind.LINES
        across = {"name": chart.axis, "num_format": _plain(0)}
        if chart.line_at is not None:
            across |= {"min": 0, "major_unit": chart.line_at}  # the one line across is that at the target
        native.set_x_axis(across if is_lying else {})
        native.set_y_axis({"reverse": True} if is_lying else {"name": chart.axis, "num_format": _plain(0)})
        native.set_legend({"position": "bottom"} if len(shown) > 1 else {"none": True})
        return native


def _look(chart: Chart, series: Series, *, is_line: bool) -> dict[str, object]:
    colours = series.colours
    if chart.kind is ChartKind.LINES:
        dash = "dash" if is_line else "solid"
        look: dict[str, object] = {"line": {"color": colours[0], "width": 1.5 if is_line else 2.5, "dash_type": dash}}
        if not is_line:
            look["marker"] = {"type": "circle", "size": 6, "fill": {"color": colours[0]}}
            look["data_labels"] = {"value": True, "position": "above", "num_format": _plain(chart.decimals)}
        return look
    look = {"fill": {"color": colours[0]}, "gap": 50}
    if len(colours) > 1:
        look["points"] = [{"fill": {"color": colour}} for colour in colours]
    labels = [{"value": label} for label in series.labels]
    if chart.kind is ChartKind.STACKED:
        labels = [{"delete": True} if not number else {} for number in series.values]
    return {**look, "data_labels": {"value": True, "custom": labels, "num_format": _plain(chart.decimals)}}


def number_format(cell: Cell) -> str:
    """Return Excel's format for a cell's number: as many places as the screen shows, what it counts behind it."""
    number = _plain(cell.decimals)
    if cell.kind is Kind.PERCENT:
        return f"{number}%"
    suffix = '"{}"'.format(cell.suffix.replace('"', "")) if cell.suffix else ""
    return f"+{number}{suffix};-{number}{suffix};{number}{suffix}" if cell.is_signed else f"{number}{suffix}"


def _plain(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
