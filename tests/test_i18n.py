"""The catalogues are whole, and numbers and dates read as Indonesians write them."""

from __future__ import annotations

import ast
import re
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kpi.appraisal import behaviour, coaching, distribution
from kpi.i18n import CATALOGUES, LABELS, MISSING, Translator, catalogue
from kpi.model import Reason
from kpi.periods import Grain, Period
from kpi.scoring.messages import MESSAGES

ROOT = Path(__file__).resolve().parents[1]
SPOKEN_IN = ("app.py", "ui", "pages", "kpi/i18n.py", "kpi/views", "kpi/charts", "kpi/scoring", "kpi/intake")
SPEAKERS = {"t", "mark", "plural", "self"}
"""Who is called with a message id: `t(…)`, `page.t(…)`, `t.plural(…)`, `mark(…)`, and `self(…)` in the translator."""
indonesian, english = Translator("id"), Translator("en")


def spoken() -> dict[str, str]:
    """Every message id in the sources, with the place where it stands. Nested calls count too."""
    found = dict.fromkeys(MESSAGES, "kpi/scoring/messages.py")
    found |= dict.fromkeys(distribution.MESSAGES, "kpi/appraisal/distribution.py")
    for module in (behaviour, coaching):
        found |= dict.fromkeys(module.MESSAGES.values(), module.__name__)
    for place in SPOKEN_IN:
        path = ROOT / place
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and speaker(call) in SPEAKERS and call.args:
                    first = call.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found[first.value] = f"{source.relative_to(ROOT)}:{call.lineno}"
    return found


def speaker(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_every_text_on_screen_has_an_indonesian_translation():
    missing = {msgid: place for msgid, place in spoken().items() if msgid not in catalogue()}

    assert not missing


def test_both_languages_put_in_the_same_values():
    different = {msgid: text for msgid, text in catalogue().items() if placeholders(msgid) != placeholders(text)}

    assert not different


def test_no_two_catalogues_translate_a_text_differently():
    texts: dict[str, set[str]] = {}
    for path in CATALOGUES.glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    texts.setdefault(str(message.id), set()).add(str(message.string))

    assert not {msgid: said for msgid, said in texts.items() if len(said) > 1}


def test_no_translation_is_left_that_nothing_says():
    assert not set(catalogue()) - set(spoken())


@pytest.mark.parametrize("kind", LABELS)
def test_every_member_of_an_enum_has_words(kind: type[StrEnum]):
    assert set(LABELS[kind]) == set(kind)


def test_a_label_is_translated():
    assert indonesian.label(Grain.QUARTER) == "Triwulan"
    assert indonesian.label(Reason.NO_TARGET) != english.label(Reason.NO_TARGET)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(indonesian.number(1234567.891, 2), "1.234.567,89", id="dots and comma"),
        pytest.param(english.number(1234567.891, 2), "1,234,567.89", id="English"),
        pytest.param(indonesian.number(-0.4), "0", id="no minus before a zero"),
        pytest.param(indonesian.number(-12.5, 1), "−12,5", id="a real minus"),
        pytest.param(indonesian.number(float("nan")), MISSING, id="missing is a dash"),
        pytest.param(indonesian.number(None), MISSING, id="None is a dash"),
        pytest.param(indonesian.percent(0.7243), "72,4%", id="percent"),
        pytest.param(indonesian.points(0.034), "3,4 poin", id="points"),
        pytest.param(indonesian.change(-0.012), "−1,2 poin", id="a fall"),
        pytest.param(english.change(0.0000012), "±0.0 points", id="no change has no direction"),
        pytest.param(indonesian.measure(12.5, "%", 2), "12,5%", id="a measure in percent"),
        pytest.param(indonesian.measure(1204, "orang", 2), "1.204 orang", id="a count"),
        pytest.param(indonesian.date(date(2026, 10, 12)), "12 Oktober 2026", id="a day"),
        pytest.param(indonesian.period(Period.parse("2026-Q3")), "Triwulan III 2026", id="a quarter"),
        pytest.param(english.period(Period.parse("2026-Q3")), "Q3 2026", id="an English quarter"),
        pytest.param(indonesian.period(Period.parse("2026")), "2026", id="a year"),
        pytest.param(
            indonesian.period(Period.parse("2026-Q3"), to_date=True), "Januari 2026 s.d. September 2026", id="to date"
        ),
        pytest.param(
            indonesian.period(Period.parse("2026-Q1"), to_date=True),
            "Triwulan I 2026",
            id="the first is its own to date",
        ),
        pytest.param(indonesian.period_short(Period.parse("2026-S2")), "Sem II", id="a semester's button"),
        pytest.param(indonesian.plural("{n} unit", "{n} units", 1200), "1.200 unit", id="Indonesian has one form"),
        pytest.param(english.plural("{n} unit", "{n} units", 2), "2 units", id="English has two"),
        pytest.param(english.plural("{n} unit", "{n} units", 1), "1 unit", id="one"),
    ],
)
def test_numbers_and_dates_read_as_people_write_them(said: str, expected: str):
    assert said == expected
