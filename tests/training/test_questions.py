"""Answers to those who doubt are short, in both languages, and true of the product's own rules."""

from __future__ import annotations

import re

import pytest

from kpi.access import RIGHTS, Right, Role
from kpi.appraisal.suppression import LEAST
from kpi.i18n import Translator
from kpi.scoring.profile import load_profile
from kpi.training.questions import QUESTIONS, WORRIES, Question, answered
from tests.conftest import ROOT

KMK = load_profile("kmk")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_an_answer_is_short_and_in_both_languages(question: Question):
    english, indonesian = (answered(question, KMK, Translator(language)) for language in ("en", "id"))  # type: ignore[arg-type]

    assert english != indonesian
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", english)) <= 9
    assert "{" not in english + indonesian


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_ways_lead_to_pages_that_are_there(question: Question):
    for lead in question.leads:
        assert (ROOT / lead.page).is_file()


def test_every_worry_has_questions():
    assert {question.worry for question in QUESTIONS} == set(WORRIES)


def test_who_sees_an_appraisal_is_as_the_rights_say():
    allowed = {role for role, rights in RIGHTS.items() if Right.READ_PERSON in rights}
    said = answered(next(q for q in QUESTIONS if q.code == "who_sees"), KMK, Translator("en"))

    assert allowed == {Role.EMPLOYEE, Role.SUPERIOR, Role.PEOPLE_MANAGER, Role.LOCAL}
    assert "You yourself, your own superior, and the people manager" in said
    assert f"under {LEAST} persons" in said


def test_the_least_coverage_is_that_of_the_profile():
    said = answered(next(q for q in QUESTIONS if q.code == "empty"), KMK, Translator("en"))

    assert "less than 50%" in said
