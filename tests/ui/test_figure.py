"""Columns are as wide as their texts need, where the browser would measure them too narrow."""

from __future__ import annotations

import pandas as pd

from kpi.i18n import Translator
from ui.figure import PER_LETTER, WIDEST, _columns


def test_a_column_of_few_long_texts_gets_its_width_and_no_other():
    table = pd.DataFrame(
        {
            "Place": ["A very long name of a unit that stands alone", "B", "C"],
            "Even": ["twelve", "eleven", "seven"],
            "Rare": ["–", "–", "5 per 1.000 kelahiran hidup"],
            "Huge": ["–", "–", "x" * 400],
        }
    )

    config = _columns(table, None, Translator("en"))

    assert set(config) == {"Rare", "Huge"}  # the first column is left to the browser, for a telephone's sake
    assert config["Rare"]["width"] >= PER_LETTER * 27
    assert config["Huge"]["width"] == WIDEST


def test_a_width_has_room_for_the_name_of_its_column():
    table = pd.DataFrame({"Unit": ["a", "b", "c"], "Number of parts": ["–", "–", "1 of 2"]})

    assert _columns(table, None, Translator("en"))["Number of parts"]["width"] >= PER_LETTER * 15
