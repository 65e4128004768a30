"""The explanations beside charts are short, plain, and there in both languages."""

from __future__ import annotations

import re

import pytest

from kpi.i18n import Translator
from kpi.views.help_texts import Topic, help_text

JARGON = {"xmr", "spc", "sigma", "standard", "deviation", "deviasi", "confidence", "variance", "varians", "binomial"}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("topic", Topic)
def test_a_chart_is_explained_in_few_plain_sentences(topic: Topic, language: str):
    said = help_text(topic, Translator("id" if language == "id" else "en"))
    sentences = re.findall(r"[.!?](?:\s|$)", re.sub(r"\*\*.*?\*\*", "", said))

    assert 3 <= len(sentences) <= 6
    assert not JARGON & set(re.findall(r"\w+", said.lower()))


@pytest.mark.parametrize("topic", Topic)
def test_both_languages_say_something_of_their_own(topic: Topic):
    assert help_text(topic, Translator("id")) != help_text(topic, Translator("en"))
