"""Draws the help sheet of a template: what to do, in plain words. Knows no figure."""

from __future__ import annotations

from typing import Final

from xlsxwriter.worksheet import Worksheet

from kpi.i18n import Translator, mark
from kpi.intake.templates.content import Content
from kpi.intake.templates.drawing import Drawing

_HELP: Final = (
    (
        mark("In short"),
        (
            mark("1. Open the sheet “{entry}” and fill in the yellow cells."),
            mark("2. Save the file as it is, under any name, as an Excel workbook (.xlsx)."),
            mark("3. Upload it on the page Data. What would change is shown before anything is written."),
        ),
    ),
    (
        mark("The sheet “{entry}”"),
        (
            mark("Each row is one figure: an indicator in one period. What was reported before stands in it already."),
            mark(
                "Write numbers alone, without Rp, %, or the unit of measure: 97.5 percent is written 97.5, not 0.975."
            ),
            mark("Where the row asks for numerator and denominator, fill in both; the value is computed from them."),
            mark("If only the value is known, write it over the computed one."),
            mark(
                "Where the target is missed, write the cause and the follow-up, who is responsible, and until when; an "
                "obstacle if there is one."
            ),
            mark("Leave a cell empty when the figure is not known yet. An empty cell never counts as 0."),
            mark("Write 0 only when the count was really zero."),
            mark(
                "A changed number is a correction: the earlier one stays in the history with who changed it and when."
            ),
        ),
    ),
    (
        mark("The sheet “{definition}”"),
        (
            mark("Here a unit states its indicators: definition, direction, targets of the years ahead, and weights."),
            mark("A new indicator goes into an empty row, with a code of its own: capitals, digits and underscores."),
            mark("Its figures can be filled in with the next template, once the indicator has been agreed."),
            mark("A target that is a range is written with a dash: 70–80."),
            mark("An emptied cell changes nothing; only what is written there is taken over."),
        ),
    ),
    (
        mark("If something is refused"),
        (
            mark(
                "The page Data names the cell and says what to do; the file can be downloaded with its faults marked."
            ),
            mark("Don't add or remove columns. Rows may be sorted or deleted."),
            mark("The sheets are protected without a password, so that nothing is changed by accident."),
        ),
    ),
)


def draw_guide(drawing: Drawing, sheet: Worksheet, content: Content, names: tuple[str, str], t: Translator) -> None:
    """Draw the whole sheet; `names` are those of the two sheets that are filled in."""
    sheet.set_column(0, 0, 100)
    drawing.text(sheet, 0, 0, t("How to fill in this workbook"), "title")
    drawing.text(sheet, 1, 0, f"{content.units[content.unit_code]} · {t.period(content.period)}", "subtitle")
    row = 2
    if content.organisation.is_synthetic:
        said = t("SAMPLE DATA: {name} is synthetic; every figure is made up.", name=content.organisation.name)
        drawing.text(sheet, row, 0, said, "sample")
        row += 1
    for heading, sentences in _HELP:
        drawing.text(sheet, row + 1, 0, _said(heading, names, t), "heading")
        for place, sentence in enumerate(sentences, start=row + 2):
            drawing.text(sheet, place, 0, _said(sentence, names, t), "plain")
        row += 1 + len(sentences)
    sheet.hide_gridlines(2)
    sheet.protect()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _said(text: str, names: tuple[str, str], t: Translator) -> str:
    return t(text, entry=names[0], definition=names[1])
