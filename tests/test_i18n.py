"""The catalogues are whole, and numbers and dates read as Indonesians write them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kpi import i18n
from kpi.appraisal import behaviour, coaching, distribution
from kpi.i18n import CATALOGUES, LABELS, MISSING, Translator, catalogue
from kpi.model import Reason
from kpi.periods import Grain, Period
from kpi.scoring.messages import MESSAGES

ROOT = Path(__file__).resolve().parents[1]
SPOKEN_IN = (
    "app.py",
    "ui",
    "pages",
    "kpi/i18n.py",
    "kpi/messages.py",
    "kpi/errors.py",
    "kpi/periods.py",
    "kpi/views",
    "kpi/charts",
    "kpi/reports",
    "kpi/scoring",
    "kpi/intake",
    "kpi/store",
    "kpi/access",
    "kpi/appraisal",
    "kpi/training",
)
ERRORS = {"KpiError", "UsageError", "StoreError", "RefusedFile", "ProfileError", "FileFault"}
"""Errors whose first argument is a message id; UnknownCode and LockedFigures have texts of their own."""
ONLY_ON_THE_COMMAND_LINE = {
    "kpi/scoring/file.py",
    "kpi/store/partitions.py",
    "kpi/store/pieces.py",
}
"""Whose errors no page can show; they stay English."""
SAID_BY_SQL = re.compile(r"'((?:[^']|'')+)' AS (?:fault|rule)\b")
SQL_THAT_SPEAKS = ("**/compared_faults.sql", "**/made_rules.sql")
SPEAKERS = {"t", "mark", "plural", "self"}
"""Who is called with a message id: `t(…)`, `page.t(…)`, `t.plural(…)`, `mark(…)`, and `self(…)` in the translator."""
indonesian, english = Translator("id"), Translator("en")


def spoken() -> dict[str, str]:
    """Every message id in the sources, with the place where it stands. Nested calls count too."""
    found = dict.fromkeys(MESSAGES, "kpi/scoring/messages.py")
    found |= dict.fromkeys(distribution.MESSAGES, "kpi/appraisal/distribution.py")
    for module in (behaviour, coaching):
        found |= dict.fromkeys(module.MESSAGES.values(), module.__name__)
    for call, place in calls(SPEAKERS):
        found |= dict.fromkeys(literals(call.args[0]), place)
    for call, place in calls(ERRORS):
        found |= dict.fromkeys(msgids(call, place), place)
    for pattern in SQL_THAT_SPEAKS:
        for path in (ROOT / "kpi/store/sql").glob(pattern):
            said = SAID_BY_SQL.findall(path.read_text(encoding="utf-8"))
            found |= {text.replace("''", "'"): path.name for text in said}
    found.pop("", None)
    return found


@cache
def tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def calls(names: set[str]) -> Iterator[tuple[ast.Call, str]]:
    """Every call of one of `names` with an argument, and the place where it stands."""
    for place in SPOKEN_IN:
        path = ROOT / place
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = source.relative_to(ROOT).as_posix()
            for call in ast.walk(tree(source)):
                if isinstance(call, ast.Call) and speaker(call) in names and call.args:
                    yield call, f"{name}:{call.lineno}"


def literals(argument: ast.expr) -> list[str]:
    match argument:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return literals(one) + literals(other)
    return []


def msgids(call: ast.Call, place: str) -> list[str]:
    """The message ids of an error: a literal, or those that are given to the name which stands there."""
    file = place.partition(":")[0]
    if file in ONLY_ON_THE_COMMAND_LINE:
        return []
    first = call.args[0]
    if not isinstance(first, ast.Name):
        return literals(first)
    given = (node for node in ast.walk(tree(ROOT / file)) if isinstance(node, ast.Assign))
    named = (node for node in given if any(isinstance(t, ast.Name) and t.id == first.id for t in node.targets))
    return [text for node in named for text in literals(node.value)]


def is_readable(call: ast.Call, place: str) -> bool:
    """Whether the catalogues can be checked for an error: it says a literal, what is marked, or another's text."""
    match call.args[0]:
        case ast.Name() | ast.Constant() | ast.Attribute(attr="text"):
            return True
        case ast.Call() as inner:
            return speaker(inner) == "mark"
    return place.partition(":")[0] in ONLY_ON_THE_COMMAND_LINE


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


def test_every_error_says_a_text_that_can_be_translated():
    """An f-string has no message id: give the text its {places}, and the values beside it."""
    assert not [place for call, place in calls(ERRORS) if not is_readable(call, place)]


def test_both_languages_put_in_the_same_values():
    different = {msgid: text for msgid, text in catalogue().items() if placeholders(msgid) != placeholders(text)}

    assert not different


def test_the_catalogues_are_read_as_babel_reads_them():
    found = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            found |= {each.id: each.string for each in read_po(file) if not each.fuzzy and each.id and each.string}

    assert catalogue() == found


def test_an_entry_on_several_lines_is_one_and_a_fuzzy_one_is_none():
    written = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\n#: x\nmsgid ""\n"c\\n"\n"d"\nmsgstr "\\"e\\\\"'

    assert i18n._entries(written) == {"c\nd": '"e\\'}


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
