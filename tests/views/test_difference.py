"""A difference in words: states with signs, old beside new, marks where a reason is asked for, the place."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kpi.i18n import Translator
from kpi.periods import Period
from kpi.views.difference import counted, difference_table, touched_by
from kpi.views.turned import Touched

ROW = {
    "file": "a.xlsx", "line": 9, "unit_code": "PKM_A", "unit_name": "Puskesmas A", "indicator_code": "IMUNISASI",
    "indicator_name": "Imunisasi", "unit_of_measure": "%", "grain": "quarter", "period_start": date(2026, 7, 1),
    "field": "value", "old": 80.0, "new": 84.125, "status": "changed", "is_locked": True, "is_published": True,
    "sheet": "Isian", "cell": "G9",
}  # fmt: skip
OTHERS = [
    {**ROW, "field": "target", "old": None, "new": 90.0, "status": "new", "is_locked": False, "is_published": False},
    {**ROW, "field": "weight", "new": 80.0, "status": "unchanged", "sheet": None, "cell": None},
    {**ROW, "unit_code": "X", "unit_name": None, "indicator_code": "Y", "indicator_name": None, "status": "new"},
]
FRAME = pd.DataFrame([ROW, *OTHERS])
indonesian, english = Translator("id"), Translator("en")


def test_every_digit_is_shown_as_it_was_sent_with_what_asks_for_a_reason():
    first = difference_table(FRAME, 1, indonesian, with_file=True).iloc[0]

    assert first["Keadaan"] == "↻ berubah"
    assert (first["Diketahui"], first["Dikirim"]) == ("80%", "84,125%")
    assert first["Perhatian"] == "⚿ terkunci, ◉ sudah terbit"
    assert first["Tempat"] == "a.xlsx, Isian!G9"


def test_what_is_not_known_is_a_dash_and_a_weight_counts_no_percent():
    table = difference_table(FRAME, 1, english)

    assert table["Known so far"].tolist()[:3] == ["80%", "–", "80"]
    assert table["Place"].tolist()[2] == "line 9"
    assert table["Mind"].tolist()[2] == ""
    assert (table["Unit"].tolist()[3], table["Indicator"].tolist()[3]) == ("X", "Y")


def test_states_are_counted_in_the_order_in_which_to_look():
    assert list(counted(FRAME).items()) == [("changed", 1), ("new", 2), ("unchanged", 1)]


def test_what_an_entry_touches_is_each_figure_once_and_nothing_unchanged():
    period = Period.parse("2026-Q3")

    assert touched_by(FRAME, 1) == (Touched("PKM_A", "IMUNISASI", period), Touched("X", "Y", period))
