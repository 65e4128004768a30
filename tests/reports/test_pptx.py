"""The presentation: a message as each slide's title, figures of the report, nothing outside the slide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.reports.content import Cell, Column, Report, Section, Slide, Table
from kpi.reports.pptx import HIGH, WIDE, slides
from tests.reports.reading import slides_in

ASKED = [
    pytest.param(("KEMUNING", "2026-Q3"), {}, id="the whole district"),
    pytest.param(("DINKES", "2026-Q3"), {"language": "en"}, id="a department, in English"),
]


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_every_figure_is_read_back(made, args, options):
    report: Report = made(*args, **options)
    shown = [section for section in report.sections if section.slide is not None]
    read = slides_in(slides(report))
    charts = 0
    assert [slide.title for slide in read[1:]] == [section.message for section in shown]
    for section, slide in zip(shown, read[1:], strict=True):
        assert {big.number for big in section.bigs} <= {text.partition("\n")[0] for text in slide.texts}
        for drawn, categories in zip(slide.charts, slide.categories, strict=True):
            charts += 1
            assert section.chart is not None
            assert categories == list(section.chart.categories)
            for series in section.chart.series:
                assert drawn[series.name] == pytest.approx(list(series.values))
        for table in slide.tables:
            columns, rows = section.slide.columns, section.tables[0].rows
            assert table[1:] == [[row[at].text for at in columns] for row in rows[: len(table) - 1]]
            assert len(table) > 1 or not rows
    assert charts >= 4


def test_sample_data_are_said_on_every_slide(made):
    for slide in slides_in(slides(made())):
        assert any(text.startswith("Data contoh") for text in slide.texts)
        assert any("DATA CONTOH" in text for text in slide.texts)


def test_the_cover_says_rules_data_and_who(made):
    report: Report = made()
    words = "\n".join(slides_in(slides(report))[0].texts)

    for label, said in report.cover.facts[4:]:
        assert f"{label}: {said}" in words


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_nothing_lies_outside_a_slide(made, args, options):
    for slide in slides_in(slides(made(*args, **options))):
        for left, top, right, bottom in slide.boxes:
            assert left >= 0
            assert top >= 0
            assert right <= WIDE
            assert bottom <= HIGH, slide.title


def test_a_long_table_says_how_many_rows_it_leaves_out(made):
    table = Table("T", (Column("A"),), tuple((Cell(f"row {number}"),) for number in range(50)))
    section = Section("long", "Long", "A long table", tables=(table,), slide=Slide(columns=(0,), rows=50))
    slide = slides_in(slides(replace(made(), sections=(section,))))[1]
    shown = len(slide.tables[0]) - 1

    assert 5 < shown < 50
    assert any(text.startswith(f"{50 - shown} ") for text in slide.texts)


def test_the_same_report_gives_the_same_bytes(made):
    assert slides(made()) == slides(made())
