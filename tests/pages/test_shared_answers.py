"""Readers share one answer (ui/loaders.py): it is frozen, or a frame that copies itself when written to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

from kpi.access import LOCAL, open_allowed
from kpi.periods import Period
from kpi.views import gaps_tables
from kpi.views.gaps import units_in
from kpi.views.selection import Selection, offered_periods
from tests.pages.parts import CHART, placed, unfold
from tests.small_organisation import TOWN
from ui import figure, loaders


def _changeable(value: object, place: str) -> Iterator[str]:
    """Yield where in an answer something stands that can be changed in place; mappings are typed as read-only."""
    if is_dataclass(value) and not isinstance(value, type):
        if not type(value).__dataclass_params__.frozen:  # type: ignore[attr-defined]
            yield f"{place}: {type(value).__name__} is not frozen"
        for each in fields(value):
            yield from _changeable(getattr(value, each.name), f"{place}.{each.name}")
    elif isinstance(value, tuple):
        for each in value:
            yield from _changeable(each, f"{place}[]")
    elif isinstance(value, dict):
        for each in value.values():
            yield from _changeable(each, f"{place}{{}}")
    elif isinstance(value, list | set | bytearray):
        yield f"{place}: {type(value).__name__}"


@pytest.mark.parametrize(
    "name", ["overview", "trends", "comparison", "gaps", "indicators", "people", "data", "reports"]
)
def test_no_answer_that_readers_share_can_be_changed(open_page, monkeypatch, name):
    answers: list[tuple[str, object]] = []
    ask = loaders.ask

    def watched(view, *args, **kwargs):
        answers.append((view.__name__, ask(view, *args, **kwargs)))
        return answers[-1][1]

    monkeypatch.setattr(loaders, "ask", watched)
    page = open_page(name)

    assert not page.exception
    assert answers
    assert [fault for view, answer in answers for fault in _changeable(answer, view)] == []


@pytest.mark.parametrize("name", ["overview", "trends", "comparison", "gaps", "indicators"])
def test_a_kept_drawing_is_of_its_readers_language_and_tone(open_page, monkeypatch, name):
    def figures(language):
        return [json.loads(each.proto.bytes)["figure"] for each in placed(open_page(name, lang=language), CHART)]

    light = figures("id")
    assert {each["layout"]["separators"] for each in light} == {",."}
    assert {each["layout"]["separators"] for each in figures("en")} == {".,"}

    with monkeypatch.context() as at_night:
        at_night.setattr(figure, "tone", lambda: "dark")
        assert figures("id") != light
    assert figures("id") == light


def test_the_table_of_a_chart_is_made_when_it_is_opened(open_page, monkeypatch):
    made = []
    monkeypatch.setattr(gaps_tables, "table", lambda *given: made.append(given) or pd.DataFrame({"Unit": ["x"]}))
    page = open_page("gaps")
    assert not page.exception
    assert not made

    assert not unfold(page, "bullets-folded").exception
    assert len(made) == 1


def test_a_list_and_an_open_dataclass_would_be_found():
    assert list(_changeable((1, ["a"]), "x")) == ["x[]: list"]


def test_one_answer_is_kept_for_all_and_a_frame_written_to_is_the_writers_alone(small_store, monkeypatch):
    monkeypatch.setenv("KPI_STORE", str(small_store))
    loaders._ask.clear()
    snapshot = open_allowed(small_store, LOCAL)
    organisation = next(each for each in snapshot.organisations() if each.organisation_code == TOWN)
    offered = loaders.ask(offered_periods, snapshot, organisation)
    assert offered is loaders.ask(offered_periods, snapshot, organisation)

    selection = Selection(TOWN, Period.parse("2026-Q3"), to_date=False, profile_code="lkjip")
    mine, yours = loaders.ask(units_in, snapshot, selection), loaders.ask(units_in, snapshot, selection)
    mine["name"] = "?"
    assert not (yours["name"] == "?").any()
    assert not (loaders.ask(units_in, snapshot, selection)["name"] == "?").any()
