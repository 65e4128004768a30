"""Beside every chart stands what it shows, how it was made, with its own numbers, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from kpi.i18n import Translator
from kpi.views.glossary import TERMS
from tests.pages.conftest import ROOT, OpenPage
from tests.pages.parts import CHART, placed, unfold
from tests.pages.test_language import english

WALKED = [
    ("overview", {}),
    ("overview", {"parent": "DINKES"}),
    ("trends", {"indicator": "IMUNISASI", "units": "PKM_A"}),
    ("trends", {"indicator": "IMUNISASI", "units": "PKM_A,PKM_B"}),
    ("trends", {"indicator": "IMUNISASI", "units": "PKM_A,PKM_B", "charts": "each"}),
    ("comparison", {"show": "order", "by": "index"}),
    ("comparison", {"show": "order", "by": "indicator", "indicator": "IMUNISASI", "parent": "DINKES"}),
    ("comparison", {"show": "matrix"}),
    ("comparison", {"show": "sides", "sides": "PKM_A,PKM_B"}),
    ("gaps", {"unit": "PKM_A"}),
    ("gaps", {"unit": "DPU"}),
    ("indicators", {"indicator": "IMUNISASI", "unit": "PKM_A"}),
]
HELP, TITLE = "help", "subheader"


def marks(block) -> Iterator[str]:
    """Charts, explanations and headings, in the order of the page."""
    for child in block.children.values():
        if child.type == TITLE:
            yield TITLE
        elif child.type == "bidi_component":
            yield child.proto.component_name
        elif child.type == "expander" and child.label == "Apa yang saya lihat?":
            yield HELP
        elif hasattr(child, "children"):
            yield from marks(child)


def unexplained(page: AppTest) -> int:
    """How many parts of a page, from heading to heading, have a chart and no explanation after the last one."""
    parts = "|".join(marks(page.main)).split(TITLE)
    return sum(part.rfind(CHART) > part.rfind(HELP) for part in parts)


@pytest.mark.parametrize(
    ("name", "choices"), WALKED, ids=lambda each: each if isinstance(each, str) else "-".join(each)
)
def test_every_chart_has_its_explanation_with_its_own_numbers(open_page: OpenPage, name: str, choices: dict[str, str]):
    page = open_page(name, **choices)
    helps = [each for each in page.expander if each.label == "Apa yang saya lihat?"]
    said = [each.markdown[0].value for each in helps]

    assert not page.exception
    assert placed(page, CHART)
    assert unexplained(page) == 0
    assert all("**Dengan angka ini.**" in each for each in said if "tren" not in name)
    assert not english(page)


def test_every_module_that_draws_a_chart_explains_it():
    """A new chart is explained where it is drawn: `ui.help.beside`."""
    drawing = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for place in ("ui", "pages")
        for path in (ROOT / place).rglob("*.py")
        if "figure.show(" in path.read_text(encoding="utf-8")
    }

    assert drawing
    assert not [name for name, text in drawing.items() if "beside(" not in text]


def test_headings_and_columns_say_what_their_words_mean(open_page: OpenPage):
    page = open_page("gaps", unit="PKM_A")
    helps = {each.value: each.proto.help for each in page.subheader}

    assert "poin hilang" in helps["Dari 100 ke indeks"]
    columns = unfold(page).dataframe[0].proto.columns
    assert "rata-rata tertimbang" in columns


def test_the_glossary_of_the_screens_is_that_of_the_documents():
    """A word that is added to docs/glossary.md goes into kpi/views/glossary.py too, and the other way round."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*([^*]+)\*\*[^|]*\| ([^|]+) \| (.*) \|$", text, re.MULTILINE)
    documented = {word: (shown.strip(), re.sub(r"[`*]", "", meaning).strip()) for word, shown, meaning in rows}
    on_screen = {term.en: (term.id, term.meaning) for term in TERMS.values()}

    assert on_screen == documented


@pytest.mark.parametrize("code", TERMS)
def test_a_word_has_its_meaning_in_both_languages(code: str):
    meaning = TERMS[code].meaning

    assert Translator("id")(meaning) != meaning
