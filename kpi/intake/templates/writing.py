"""Makes the workbook that a unit fills in for a period and gives back. Reads a snapshot, writes nothing to it."""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from kpi.access import AllowedSnapshot
from kpi.i18n import Language, Translator
from kpi.intake.sheet_faults import MULTIPLIERS
from kpi.intake.templates.content import Content, content_of
from kpi.intake.templates.definition_sheet import Lists, draw_definitions
from kpi.intake.templates.drawing import Drawing
from kpi.intake.templates.entry_sheet import cells_of_targets, draw_entries
from kpi.intake.templates.guide_sheet import draw_guide
from kpi.intake.templates.marker import SHEET, VERSION, Marker
from kpi.intake.templates.words import CHOICES, choices
from kpi.periods import Period

_LISTS_FROM = 4


def template(
    snapshot: AllowedSnapshot,
    organisation_code: str,
    unit_code: str,
    period: Period,
    language: Language,
    *,
    with_units_below: bool = False,
) -> bytes:
    """Return an xlsx with the unit's figures of the period, what it states of its indicators, and a help sheet.

    Every own period that ends inside `period` gets a row per indicator; what is reported already stands in it. Raises
    UnknownCode.
    """
    content = content_of(snapshot, organisation_code, unit_code, period, with_units_below=with_units_below)
    return drawn(content, Translator(language))


def drawn(content: Content, t: Translator) -> bytes:
    """Return the workbook of a content."""
    drawing = Drawing()
    names = (t("Entry"), t("Definitions"))
    entries, definitions = (drawing.book.add_worksheet(name) for name in names)
    guide, hidden = drawing.book.add_worksheet(t("Guide")), drawing.book.add_worksheet(SHEET)
    draw_entries(drawing, entries, content, t)
    targets = {key: f"'{names[0]}'!{cell}" for key, cell in cells_of_targets(content).items()}
    draw_definitions(drawing, definitions, content, _write_marker(drawing, hidden, content, t), targets, t)
    draw_guide(drawing, guide, content, names, t)
    entries.activate()
    drawing.book.set_properties({"title": t("Figures to fill in"), "subject": content.units[content.unit_code]})
    return drawing.done()


def _write_marker(drawing: Drawing, sheet: Worksheet, content: Content, t: Translator) -> Lists:
    """Write the hidden sheet: the marker, then each closed list in a column of its own."""
    marker = Marker(
        version=str(VERSION),
        organisation_code=content.organisation.organisation_code,
        unit_code=content.unit_code,
        period_code=content.period.code,
        year_starts_in=content.organisation.year_starts_in,
        language=t.language,
        periods={t.period(entry.period): entry.period.code for entry in content.entries},
    )
    for row, cells in enumerate(marker.rows()):
        for column, text in enumerate(cells):
            drawing.text(sheet, row, column, text)
    lists = {key: choices(kind, t) for key, kind in CHOICES.items()}
    sources: dict[str, str] = {}
    for column, (key, words) in enumerate(lists.items(), start=_LISTS_FROM):
        for row, word in enumerate(words):
            drawing.text(sheet, row, column, word)
        sources[key] = f"={SHEET}!{xl_range_abs(0, column, len(words) - 1, column)}"
    place = _LISTS_FROM + len(lists)
    for row, multiplier in enumerate(MULTIPLIERS):
        sheet.write_number(row, place, multiplier)
    sources["multiplier"] = f"={SHEET}!{xl_range_abs(0, place, len(MULTIPLIERS) - 1, place)}"
    drawing.book.define_name("kpi_template", f"={SHEET}!$A$1")
    sheet.very_hidden()
    return Lists(sources)
