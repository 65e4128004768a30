"""A report shows the figures of the pages: its tables are held against the tables that the pages show."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kpi.i18n import MISSING, Translator
from kpi.reports.content import Report, Table
from kpi.scoring.profile import load_profile
from kpi.views import commentary_words, gaps_tables, overview_words, pace_words
from kpi.views.change_and_target import Aim, Move, change_and_target
from kpi.views.commentary import commentary_for
from kpi.views.gaps import gaps_of_unit
from kpi.views.overview import level
from kpi.views.pace import paces
from kpi.views.trends import indicator_over_time
from kpi.views.waterfall import waterfall
from tests.reports.conftest import requested

KMK = load_profile("kmk")
ASKED = [
    pytest.param(("KEMUNING", "2026-Q3"), {}, id="the whole district"),
    pytest.param(("DINKES", "2026-Q3"), {"language": "en"}, id="a department, in English"),
    pytest.param(("DPUPR", "2026-09"), {"to_date": True}, id="a month to date"),
    pytest.param(("PKM_SEROJA_HILIR", "2025"), {}, id="a puskesmas in a whole year"),
]


def same(table: Table, screen: pd.DataFrame, keys: list[str]) -> int:
    """Compare the columns that both have, row by row; return how many cells were compared."""
    names = [column.name for column in table.columns]
    shared = [name for name in names if name in screen.columns]
    rows = {tuple(row[names.index(key)].text for key in keys): row for row in table.rows}
    assert len(rows) == len(table.rows) == len(screen)
    for said in screen.to_dict("records"):
        row = rows[tuple(str(said[key]) for key in keys)]
        for name in shared:
            text = row[names.index(name)].text
            assert text == said[name] or text.endswith(f" {said[name]}") or {text, said[name]} <= {MISSING, ""}, name
    return len(shared) * len(screen)


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_the_units_below_stand_as_on_the_overview(kemuning, made, args, options):
    request, report = requested(*args, **options), made(*args, **options)
    t = Translator(request.language)
    seen = level(kemuning, request.selection, args[0], "year_before" if request.selection.to_date else "previous", KMK)
    shown = {section.code: section for section in report.sections}
    if seen.units == 1:
        assert "units" not in shown
        return
    assert same(shown["units"].tables[0], overview_words.table(seen, KMK, t), [t("Unit")]) >= 5 * len(seen.tiles)


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_figures_and_steps_stand_as_on_the_gaps_page(kemuning, made, args, options):
    request, report = requested(*args, **options), made(*args, **options)
    t = Translator(request.language)
    gaps = gaps_of_unit(kemuning, request.selection, args[0], KMK)
    figures, cuts = report.section("costs").tables
    keys = [t("Indicator")] if gaps.is_own else [t("Indicator"), t("Unit")]

    assert same(figures, gaps_tables.table(gaps.scored, gaps, KMK, t), keys)
    taking = tuple(row for row in cuts.rows if round(row[-1].number, 9))  # the page leaves out what takes nothing
    cuts = replace(cuts, rows=taking)
    assert same(cuts, gaps_tables.steps_table(waterfall(gaps), gaps, KMK, t), keys[-1:])


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_every_unit_behind_the_index_stands_as_on_its_own_gaps_page(kemuning, made, args, options):
    request, report = requested(*args, **options), made(*args, **options)
    t, achieved = Translator(request.language), report.section("achievements")
    units = {str(row["name"]): str(row["unit_code"]) for row in kemuning.units("KEMUNING").to_dict("records")}
    assert achieved.tables
    for table in achieved.tables:
        name = next(name for name in units if table.title == name or table.title.startswith(f"{name}: "))
        gaps = gaps_of_unit(kemuning, request.selection, units[name], KMK)
        unscored = gaps_tables.not_scored(gaps, request.selection.period.grain, t)
        screen = pd.concat([gaps_tables.table(gaps.scored, gaps, KMK, t), unscored])
        screen = screen.reindex(columns=[t("Indicator"), t("Value"), t("Target")])
        assert same(table, screen, [t("Indicator")])
        scored = replace(table, rows=table.rows[: len(gaps.scored)], pictures=())
        assert same(scored, gaps_tables.table(gaps.scored, gaps, KMK, t), [t("Indicator")])


@pytest.mark.parametrize(("args", "options"), ASKED)
def test_both_verdicts_are_counted_as_on_the_overview(kemuning, made, args, options):
    request, summary = requested(*args, **options), made(*args, **options).section("summary")
    judged = change_and_target(kemuning, request.selection, args[0], KMK)
    counted = [[cell.number for cell in row[1:]] for row in summary.tables[0].rows]

    assert counted == [[len(judged.cell(move, aim)) for aim in Aim] for move in judged.moves]
    assert summary.bigs[3].number == str(sum(figure.move is Move.WORSE for figure in judged.figures))


@pytest.mark.parametrize(("args", "options"), ASKED[:3])
def test_the_rest_of_the_year_stands_as_on_the_gaps_page(kemuning, made, args, options):
    request, report = requested(*args, **options), made(*args, **options)
    t = Translator(request.language)
    table = report.section("year_end").tables[0]
    gaps = gaps_of_unit(kemuning, request.selection, args[0], KMK)
    screen = pace_words.table(paces(kemuning, request.selection, gaps.pairs), {}, t)
    if not gaps.is_own:
        names = {gap.unit_code: gap.unit_name for gap in gaps.scored}
        screen = pace_words.table(paces(kemuning, request.selection, gaps.pairs), names, t)
    shown = {tuple(cell.text for cell in row) for row in table.rows}
    order = [column.name for column in table.columns if column.name in screen.columns]
    places = [at for at, column in enumerate(table.columns) if column.name in screen.columns]
    for said in screen[order].itertuples(index=False):
        assert tuple(said) in {tuple(row[at] for at in places) for row in shown}


def test_causes_and_follow_ups_stand_as_on_the_gaps_page(kemuning, made):
    request, report, t = requested(), made(), Translator("id")
    gaps = gaps_of_unit(kemuning, request.selection, "KEMUNING", KMK)
    comments = commentary_for(kemuning, request.selection, gaps.pairs)
    names = {(gap.unit_code, gap.sheet.code): (gap.unit_name, gap.sheet.name) for gap in gaps.scored}
    screen = commentary_words.table(comments, names, kemuning.meta.today, t)
    table = report.section("commentary").tables[0]
    order = [column.name for column in table.columns]
    shown = {tuple(cell.text or MISSING for cell in row) for row in table.rows}
    decided = {(row[0].text, row[1].text): row[-1].text for row in report.section("decisions").tables[0].rows}
    first = screen.drop_duplicates([t("Indicator"), t("Unit")])

    assert len(screen) > 3
    assert {tuple(row) for row in screen[order].itertuples(index=False)} <= shown
    for said in first.to_dict("records"):
        assert decided[said[t("Indicator")], said[t("Unit")]].startswith(said[t("Follow-up")])


def test_earlier_years_are_those_of_the_trend(kemuning, made):
    request, report = requested("DINKES", "2025"), made("DINKES", "2025")
    t, compared = Translator("id"), 0
    table = report.section("achievements").tables[0]
    codes = {str(row["name"]): str(row["indicator_code"]) for row in kemuning.indicators("KEMUNING").to_dict("records")}
    names = [column.name for column in table.columns]
    for row in table.rows:
        trend = indicator_over_time(kemuning, request.selection, codes[row[0].text], ("DINKES",), KMK)
        points = {point.period.code: point.value for point in trend.units[0].points}
        for year in ("2023", "2024"):
            cell = row[names.index(t("Value {period}", period=year))]
            if cell.number is not None and year in points:
                compared += 1
                assert cell.number == points[year]
    assert compared >= 10


def test_a_sentence_of_the_report_is_the_sentence_of_its_page(kemuning, made):
    level_seen = level(kemuning, requested().selection, "KEMUNING", "previous", KMK)
    said = overview_words.sentence(level_seen, KMK, Translator("id"))

    assert made().section("units").message == said.replace("**", "").replace("\\", "")


def test_a_section_that_does_not_exist_is_no_section(made):
    report: Report = made()
    with pytest.raises(StopIteration):
        report.section("nothing")
