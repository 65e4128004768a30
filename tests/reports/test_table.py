"""A table of the screen as a workbook: numbers are numbers that look as on the screen, everything else is text."""

from __future__ import annotations

import pandas as pd
import pytest

from kpi.i18n import MISSING, Translator
from kpi.reports.table import read_back, table_workbook
from tests.reports.reading import sheets


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        pytest.param("94,9%", "id", 0.949, id="percent"),
        pytest.param("94.9%", "en", 0.949, id="percent in English"),
        pytest.param("1.204 orang", "id", 1204.0, id="a count"),
        pytest.param("1,204 people", "en", 1204.0, id="a count in English"),
        pytest.param("−2,6 poin", "id", -2.6, id="a loss"),
        pytest.param("±0,0 poin", "id", 0.0, id="nothing"),
        pytest.param("90 per 100.000 kelahiran hidup", "id", 90.0, id="a rate"),
        pytest.param("2026", "id", None, id="a year"),
        pytest.param("12 Oktober 2026", "id", None, id="a day"),
        pytest.param("Triwulan III 2026", "id", None, id="a period"),
        pytest.param("1.204", "en", 1.204, id="the language decides"),
        pytest.param("012", "id", None, id="a code"),
        pytest.param("3/4", "id", None, id="parts"),
        pytest.param(MISSING, "id", None, id="missing"),
        pytest.param("=1+1", "id", None, id="no formula"),
    ],
)
def test_only_what_the_language_writes_as_a_number_is_one(text, language, number):
    cell = read_back(text, language)

    assert cell.number == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_number_is_shown_in_the_workbook_as_on_the_screen(language):
    t = Translator(language)
    shown = [t.percent(0.9491), t.measure(1204.5, "kg", 2), t.points(0.026), t.number(-3, 1), "=2+2", "2026", MISSING]
    sheet = next(
        iter(sheets(table_workbook(pd.DataFrame({"=A": shown, "B": [None] * 7}), language), language).values())
    )

    numbers = sheet.values  # noqa: PD011 - no frame

    assert [row[0] for row in sheet.texts] == ["=A", *shown]
    assert [type(row[0]) for row in numbers[1:]] == [float, float, float, int, str, str, str]
    assert sheet.formulas == 0
