"""A report as slides: the message of each section is the slide's title, charts are native and can be edited."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import Final, cast

from pptx import Presentation
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as NativeSlide
from pptx.table import _Cell as NativeCell
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from kpi.reports.content import Big, Cell, Chart, ChartKind, Report, Section, Table
from kpi.reports.qr import qr_png
from kpi.reports.settled import settled

ACCENT: Final = "#0b5c8a"
INK: Final = "#1c2b36"
QUIET: Final = "#5b6b76"
PALE: Final = "#eef3f6"
WARNING: Final = "#fff3cd"
WIDE: Final = Inches(13.333)
HIGH: Final = Inches(7.5)
LEFT: Final = Inches(0.55)
INSIDE: Final = Inches(12.23)
TOP: Final = Inches(1.75)
BOTTOM: Final = Inches(6.85)
LETTERS_AN_INCH: Final = 11.5
"""Letters of the table's size that an inch holds on average."""
LINE: Final = 0.2
ROW_AIR: Final = 0.13
TITLE_ONLY: Final = 5
"""The place of the layout with a title alone in python-pptx's own template."""
MOST_NOTES: Final = 230
"""Letters of a note that a slide has room for; longer ones stand in the speaker's notes alone."""


def slides(report: Report) -> bytes:
    """Return the report as a presentation; the same report gives the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    _properties(deck, report)
    _cover(deck, report)
    for section in report.sections:
        if section.slide is not None:
            _section(deck, report, section)
    out = BytesIO()
    deck.save(out)
    return settled(out.getvalue(), report.cover.made_at)


def _properties(deck: Slides, report: Report) -> None:
    properties, cover = deck.core_properties, report.cover
    properties.title = f"{cover.title}: {cover.unit}, {cover.period}"
    properties.author = properties.last_modified_by = cover.made_by
    properties.created = properties.modified = cover.made_at
    properties.language = report.language


def _cover(deck: Slides, report: Report) -> None:
    cover = report.cover
    slide = _slide(deck, report, f"{cover.title}: {cover.unit}", cover.period, size=34)
    rows = cover.facts[4:]
    frame = _box(slide, LEFT, Inches(2.2), Inches(9.4), Inches(4.4))
    for at, (label, said) in enumerate(rows):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(5)
        for words, bold in ((f"{label}: ", True), (said, False)):
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(13), bold, _rgb(INK)
    picture = slide.shapes.add_picture(BytesIO(qr_png(cover.link)), Inches(10.6), Inches(2.3), Inches(2.1))
    _describe(picture, f"{cover.link_said}: {cover.link}")
    _said(slide, cover.link_said, Inches(10.4), Inches(4.45), Inches(2.5), Inches(0.5), 11, centred=True)


def _section(deck: Slides, report: Report, section: Section) -> None:
    wanted = section.slide
    if wanted is None:
        return
    slide = _slide(deck, report, section.message, section.heading)
    top, bottom = TOP, BOTTOM
    if section.bigs:
        _bigs(slide, section.bigs)
        top = Inches(3.15)
    notes = [note for note in section.notes if len(note) <= MOST_NOTES][: wanted.notes]
    if notes:
        high = Inches(0.2 + 0.3 * sum(ceil(len(note) / 125) for note in notes))
        bottom = Length(bottom - high)
        _paragraphs(slide, notes, LEFT, bottom, INSIDE, high)
    height = Length(bottom - top - Inches(0.1))
    if section.chart is not None and wanted.has_chart:
        _chart(slide, section.chart, top, height)
    elif section.tables and wanted.columns:
        part = section.tables[0].part(wanted.columns, wanted.rows)
        _table(slide, report, part, len(section.tables[0].rows), top, height)
    _speaker(slide, report, section)


def _slide(deck: Slides, report: Report, title: str, above: str, size: int = 24) -> NativeSlide:
    """Add a slide with its title, the small line above it, the footer, and the band of sample data."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    if shape is None:
        raise ValueError("The layout has no title.")
    shape.left, shape.top, shape.width, shape.height = LEFT, Inches(0.72), INSIDE, Inches(0.95)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    _no_margins(frame)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = title
    long = len(title) > 95
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size - 4 if long else size), True, _rgb(INK)
    _said(slide, above, LEFT, Inches(0.36), Inches(9), Inches(0.34), 14, colour=ACCENT, bold=True)
    footer = f"{report.cover.footer} · {len(deck.slides)}"
    _said(slide, footer, LEFT, Inches(7.02), INSIDE, Inches(0.3), 10, colour=QUIET)
    if report.cover.sample:
        _band(slide, report.cover.sample)
    return slide


def _band(slide: NativeSlide, sample: str) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Length(0), Length(0), WIDE, Inches(0.3))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(WARNING)
    shape.line.fill.background()
    shape.shadow.inherit = False
    frame = shape.text_frame
    _no_margins(frame)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(frame, sample, 11, INK, bold=True, centred=True)


def _bigs(slide: NativeSlide, bigs: tuple[Big, ...]) -> None:
    width = INSIDE // len(bigs)
    for at, big in enumerate(bigs):
        frame = _box(slide, Length(LEFT + at * width), TOP, Length(width - Inches(0.15)), Inches(1.3))
        _write(frame, big.number, 40, big.colour or ACCENT, bold=True)
        paragraph = frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.color.rgb = big.words, Pt(13), _rgb(INK)


def _paragraphs(slide: NativeSlide, notes: list[str], left: int, top: int, width: int, height: int) -> None:
    frame = _box(slide, left, top, width, height)
    for at, note in enumerate(notes):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(4)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.color.rgb = note, Pt(13), _rgb(QUIET)


def _chart(slide: NativeSlide, chart: Chart, top: Length, height: Length) -> None:
    data = ChartData(number_format=_plain(chart.decimals))
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    is_lines = chart.kind is ChartKind.LINES
    if is_lines and chart.line_at is not None:
        data.add_series(chart.line_name, (chart.line_at,) * len(chart.categories))
    kinds = {
        ChartKind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        ChartKind.STACKED: XL_CHART_TYPE.BAR_STACKED,
        ChartKind.LINES: XL_CHART_TYPE.LINE_MARKERS,
    }
    frame = cast("GraphicFrame", slide.shapes.add_chart(kinds[chart.kind], LEFT, top, INSIDE, height, data))
    _describe(frame, chart.alt)
    native = frame.chart
    native.has_title = False
    native.font.size, native.font.color.rgb = Pt(12), _rgb(INK)
    native.has_legend = len(chart.series) > 1 or is_lines
    if native.legend is not None:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(native, chart)
    _draw_lines(native, chart) if is_lines else _draw_bars(native, chart)


def _axes(native: NativeChart, chart: Chart) -> None:
    category, value = native.category_axis, native.value_axis
    category.format.line.color.rgb = _rgb("#aab4bb")
    category.has_major_gridlines = False
    category.tick_labels.font.size = Pt(12)
    value.format.line.fill.background()
    value.tick_labels.font.size, value.tick_labels.font.color.rgb = Pt(10), _rgb(QUIET)
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "#,##0", False
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = _rgb("#d5dde3")
    value.has_title = True
    value.axis_title.text_frame.text = chart.axis
    run = value.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb = Pt(10), False, _rgb(QUIET)
    if chart.kind is ChartKind.LINES:
        return
    category.reverse_order = True  # the first one at the top
    value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    value.minimum_scale = 0
    if chart.line_at is not None:
        value.major_unit = chart.line_at  # the one line across is that at the target
        value.maximum_scale = ceil(1.1 * max([chart.line_at, *_known(chart)]))
        value.major_gridlines.format.line.color.rgb = _rgb(QUIET)
        value.major_gridlines.format.line.dash_style = MSO_LINE.DASH


def _draw_bars(native: NativeChart, chart: Chart) -> None:
    plot = next(iter(native.plots))
    plot.gap_width = 45
    inside = chart.kind is ChartKind.STACKED
    if inside:
        plot.overlap = 100
    for series, drawn in zip(chart.series, plot.series, strict=True):
        colours = series.colours
        label_colour = "#ffffff" if inside and _is_dark(colours[0]) else INK
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(colours[0])
        drawn.invert_if_negative = False
        for at, (number, label) in enumerate(zip(series.values, series.labels, strict=True)):
            if number is None or (inside and not number):
                continue
            point = drawn.points[at]
            if len(colours) > 1:
                point.format.fill.solid()
                point.format.fill.fore_color.rgb = _rgb(colours[at])
            place, ink = _label_place(chart, number, colours[at if len(colours) > 1 else 0])
            _label(point.data_label.text_frame, label, label_colour if inside else ink)
            point.data_label.position = XL_LABEL_POSITION.CENTER if inside else place


def _label_place(chart: Chart, number: float, colour: str) -> tuple[XL_LABEL_POSITION, str]:
    """Return where the label of a bar stands and its colour: not on the line at the target, which runs beside bars."""
    if chart.line_at is None or number < chart.line_at / 4:
        return XL_LABEL_POSITION.OUTSIDE_END, INK
    return XL_LABEL_POSITION.INSIDE_END, "#ffffff" if _is_dark(colour) else INK


def _label(frame: TextFrame, words: str, colour: str) -> None:
    run = next(iter(frame.paragraphs)).add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(12), True, _rgb(colour)


def _draw_lines(native: NativeChart, chart: Chart) -> None:
    drawn = list(next(iter(native.plots)).series)
    for series, line in zip(chart.series, drawn, strict=False):
        line.smooth = False
        line.format.line.color.rgb, line.format.line.width = _rgb(series.colours[0]), Pt(2.5)
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = _rgb(series.colours[0])
        for at, label in enumerate(series.labels):
            if series.values[at] is not None:
                _label(line.points[at].data_label.text_frame, label, INK)
                line.points[at].data_label.position = XL_LABEL_POSITION.ABOVE
    if chart.line_at is not None:
        target = drawn[-1]
        target.smooth = False
        target.format.line.color.rgb, target.format.line.width = _rgb(QUIET), Pt(1.5)
        target.format.line.dash_style = MSO_LINE.DASH
        target.marker.format.fill.background()
        target.marker.format.line.fill.background()


def _table(slide: NativeSlide, report: Report, table: Table, all_rows: int, top: Length, height: Length) -> None:
    """Draw as many rows as there is room for, and say how many more there are."""
    total = sum(column.width for column in table.columns)
    widths = [INSIDE * column.width / total / 914400 for column in table.columns]
    heights = [_row_height([column.name for column in table.columns], widths)]
    shown: list[tuple[Cell, ...]] = []
    room = height / 914400 - 0.3
    for cells in table.rows:
        needed = _row_height([cell.text for cell in cells], widths)
        if sum(heights) + needed > room:
            break
        heights.append(needed)
        shown.append(cells)
    frame = slide.shapes.add_table(len(shown) + 1, len(table.columns), LEFT, top, INSIDE, Inches(sum(heights)))
    native = frame.table
    native.horz_banding = False
    for at, column in enumerate(table.columns):
        native.columns[at].width = Inches(widths[at])
        _fill(native.cell(0, at), Cell(column.name, colour="#ffffff", tint=ACCENT), is_number=column.is_number)
    for below, cells in enumerate(shown, start=1):
        for at, cell in enumerate(cells):
            _fill(native.cell(below, at), cell, is_number=table.columns[at].is_number)
    for at, needed in enumerate(heights):
        native.rows[at].height = Inches(needed)
    left_out = all_rows - len(shown)
    if left_out > 0:
        said = report.words["more"].format(n=left_out)
        _said(slide, said, LEFT, Length(top + height - Inches(0.28)), INSIDE, Inches(0.28), 11, colour=QUIET)


def _row_height(texts: list[str], widths: list[float]) -> float:
    lines = max(ceil(len(text) / ((width - 0.16) * LETTERS_AN_INCH)) for text, width in zip(texts, widths, strict=True))
    return max(lines, 1) * LINE + ROW_AIR


def _fill(cell: NativeCell, given: Cell, *, is_number: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(given.tint or "#ffffff")
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = given.text, Pt(12), given.colour is not None
    run.font.color.rgb = _rgb(given.colour or INK)


def _speaker(slide: NativeSlide, report: Report, section: Section) -> None:
    """Put what explains the slide, and the link to its page, into the speaker's notes."""
    words = report.words
    labels = (words["seen"], words["made"], words["use"])
    said = [*section.notes, *(f"{label} {text}" for label, text in zip(labels, section.help, strict=False))]
    if section.link:
        said.append(f"{words['live']}: {section.link}")
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(said)


def _describe(shape: BaseShape, words: str) -> None:
    """Give a shape its alternative text, for which python-pptx has no public way."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)  # noqa: SLF001


def _box(slide: NativeSlide, left: int, top: int, width: int, height: int) -> TextFrame:
    frame = slide.shapes.add_textbox(Length(left), Length(top), Length(width), Length(height)).text_frame
    frame.word_wrap = True
    _no_margins(frame)
    return frame


def _said(
    slide: NativeSlide,
    words: str,
    left: int,
    top: int,
    width: int,
    height: int,
    size: int,
    *,
    colour: str = INK,
    bold: bool = False,
    centred: bool = False,
) -> None:
    _write(_box(slide, left, top, width, height), words, size, colour, bold=bold, centred=centred)


def _write(frame: TextFrame, words: str, size: int, colour: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(size), bold, _rgb(colour)


def _no_margins(frame: TextFrame) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Length(0)


def _known(chart: Chart) -> list[float]:
    return [number for series in chart.series for number in series.values if number is not None]


def _is_dark(colour: str) -> bool:
    return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) < 384


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _plain(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
