"""The HTML file shows every figure of the report and needs nothing but itself."""

from __future__ import annotations

import re

import pytest

from kpi.reports.cells import mixed
from kpi.reports.content import Report
from kpi.reports.html import page
from kpi.scoring.profile import load_profile, profile_codes
from tests.reports.reading import letters, read_page
from tests.ui.test_look import AA, contrast

ASKED = [
    pytest.param(("KEMUNING", "2026-Q3"), {}, id="the whole district"),
    pytest.param(("DINKES", "2026-Q3"), {"language": "en"}, id="a department, in English"),
]


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_every_figure_is_read_back(made, args, options):
    report: Report = made(*args, **options)
    read = read_page(page(report))
    compared = 0
    assert list(read.texts) == [section.code for section in report.sections]
    for section in report.sections:
        words = letters(read.texts[section.code])
        for said in (section.heading, section.message, *section.notes, *(big.number for big in section.bigs)):
            assert letters(said) in words
        shown = [table for table in section.tables if table.rows]
        for table, (title, rows) in zip(shown, read.tables[section.code], strict=True):
            assert title == table.title
            for cells, row in zip(table.rows, rows, strict=True):
                assert row[: len(cells)] == [(cell.text, cell.number) for cell in cells]
                compared += len(cells)
    assert compared > 1000


def test_charts_show_the_labels_of_their_figures(made):
    report: Report = made()
    read = read_page(page(report))
    for section in report.sections:
        if section.chart is not None:
            marks = letters(read.texts[section.code])
            for series in section.chart.series:
                for label, value in zip(series.labels, series.values, strict=True):
                    assert not value or letters(label) in marks


def test_nothing_is_fetched(made):
    report: Report = made()
    content = page(report).decode()
    outside = {address for address in read_page(content.encode()).addresses if not address.startswith("#")}

    assert outside == {report.cover.link, *(section.link for section in report.sections if section.link)}
    assert "default-src 'none'" in content
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|<link|<iframe|<img", content)


def test_it_says_what_every_report_says_of_itself(made):
    report: Report = made()
    content = page(report).decode()

    for label, said in report.cover.facts:
        assert f"<dt>{label}</dt><dd>{said}</dd>" in content
    assert f'<p class="sample">{report.cover.sample}</p>' in content
    assert '@top-center { content: "Data contoh' in content


def test_the_same_report_gives_the_same_bytes(made):
    assert page(made()) == page(made())


@pytest.mark.parametrize("code", profile_codes())
def test_the_word_of_a_rating_can_be_read_on_its_ground(code: str):
    for band in load_profile(code).bands:
        colour = band.colour.light
        assert contrast(colour, mixed(colour)) >= AA, (code, band.code)
