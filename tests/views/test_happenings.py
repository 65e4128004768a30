"""Which events concern a series, where they stand, and where limits start anew: for every view the same."""

from __future__ import annotations

from datetime import date
from math import nan

import numpy as np
import pandas as pd
import pytest

from kpi.i18n import Translator
from kpi.model import EventKind
from kpi.periods import Period
from kpi.views.event_words import event_marks, events_said
from kpi.views.happenings import Happening, happenings_of, new_starts
from kpi.views.tree import UnitTree, tree_of

indonesian, english = Translator("id"), Translator("en")
MONTHS = [Period.parse("2026-01"), Period.parse("2026-02"), Period.parse("2026-03")]


@pytest.fixture
def tree() -> UnitTree:
    units = pd.DataFrame({"unit_code": ["R", "A", "B"], "name": ["R", "A", "B"], "parent_code": [None, "R", "R"]})
    return tree_of(
        units.assign(valid_from=pd.NaT, valid_to=pd.NaT, level=[0, 1, 1], weight_in_parent=nan, is_leaf=False)
    )


def events(*rows: tuple[str, str | None, str | None, str], rebases: bool = False) -> pd.DataFrame:
    columns = ["event_code", "unit_code", "indicator_code", "happened_on"]
    return pd.DataFrame(list(rows), columns=columns).assign(
        kind="other", text="something", author="somebody", rebases_limits=rebases
    )


def happening(on: date, *, rebases: bool = True, text: str = "begun", code: str = "E") -> Happening:
    return Happening(code, 0.5, on, EventKind.DEFINITION_CHANGED, text, "petugas", rebases)


def test_events_concern_a_unit_those_below_it_and_every_indicator(tree):
    known = events(
        ("ALL", None, None, "2026-02-15"),
        ("ROOT", "R", "X", "2026-02-01"),
        ("OTHER_UNIT", "B", "X", "2026-02-01"),
        ("OTHER_INDICATOR", "A", "Y", "2026-02-01"),
        ("TOO_LATE", "A", "X", "2027-02-01"),
    )

    found = happenings_of(known, tree, ["A"], "X", MONTHS[:2])

    assert [(event.code, event.place) for event in found] == [("ROOT", 0.5), ("ALL", 1.0)]


def test_an_event_that_concerns_several_units_is_one_mark(tree):
    known = events(("E", "A", "X", "2026-02-01"), ("E", "B", "X", "2026-02-01"))

    assert len(happenings_of(known, tree, ["A", "B"], "X", MONTHS)) == 1


def test_an_event_between_periods_that_do_not_meet_still_starts_limits_anew(tree):
    every_two_years = [Period.parse("2021"), Period.parse("2023"), Period.parse("2025")]
    found = happenings_of(events(("E", None, None, "2022-05-01"), rebases=True), tree, ["A"], "X", every_two_years)

    assert [event.place for event in found] == [0.5]
    assert new_starts(every_two_years, found).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 2, 1), [False, True, False], id="on the first day"),
        pytest.param(date(2026, 1, 31), [False, True, False], id="on the last day before"),
        pytest.param(date(2026, 2, 2), [False, False, True], id="within a period"),
        pytest.param(date(2026, 3, 2), [False, False, False], id="within the last one"),
    ],
)
def test_limits_start_anew_at_the_first_whole_period_after_an_event(on, expected):
    assert new_starts(MONTHS, [happening(on)]).tolist() == expected


def test_an_event_that_does_not_rebase_starts_nothing():
    assert not np.any(new_starts(MONTHS, [happening(date(2026, 2, 1), rebases=False)]))


def test_events_are_listed_with_number_date_and_author():
    said = events_said([happening(date(2025, 7, 1), text="Definisi baru")], indonesian)

    assert said == "1 · 1 Juli 2025, definisi berubah: Definisi baru (petugas); rentang wajar dihitung ulang"


def test_what_people_wrote_is_shown_as_written():
    odd = happening(date(2025, 7, 1), text="<b>5 * 3</b> ~x~")

    assert "\\<b\\>5 \\* 3" in events_said([odd], english)
    assert "&lt;b&gt;5 *<br>3&lt;/b&gt;" in event_marks([odd], english)["hover"].iloc[0]


def test_a_chart_with_some_of_the_events_numbers_them_as_the_list_does():
    first, second = happening(date(2025, 7, 1), code="A"), happening(date(2025, 8, 1), code="B")

    assert event_marks([second], english, [first, second])["number"].tolist() == ["2"]
