"""Messages in the reader's language: numbers among the words too."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.intake.messages import Message, translated
from kpi.intake.sheets.checks import JUMP

VALUES = {"value": 88.03, "indicator": "Indeks v2.5", "low": 80.75, "high": 84.0}


def test_a_number_in_an_indonesian_sentence_has_a_decimal_comma_and_a_name_keeps_its_point():
    said = translated(Translator("id"), Message(JUMP, VALUES))

    assert "88,03 " in said
    assert "80,75" in said
    assert "Indeks v2.5" in said


def test_a_number_keeps_the_format_that_its_place_asks_for():
    message = Message("{size:,} and {number:g} in {year}", {"size": 1234567, "number": 0.25, "year": 2026})

    assert translated(Translator("id"), message) == "1.234.567 and 0,25 in 2026"
    assert translated(Translator("en"), message) == "1,234,567 and 0.25 in 2026"
