"""Texts of the views become nodes of a part: bold, escaped signs and line ends, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.views.markdown import plain
from ui.parts import Tag, rich, tag


def said(nodes) -> str:
    return "".join(each if isinstance(each, str) else said(each.inner) for each in nodes)


@given(name=st.text(st.characters(exclude_characters="\n")))
def test_a_name_from_the_data_is_said_as_it_is_written(name: str):
    assert said(rich(plain(name))) == name
    assert all(isinstance(node, str) for node in rich(plain(name)))


@given(name=st.text("*_\\a<>&"))
def test_a_bold_name_is_one_bold_node(name: str):
    [node] = rich(f"**{plain(name)}**")

    assert isinstance(node, Tag)
    assert (node.name, said(node.inner)) == ("strong", name)


def test_bold_and_a_line_end_within_a_sentence():
    assert rich("**Met**: 12  \nNext") == (tag("strong", "Met"), ": 12", tag("br"), "Next")


@pytest.mark.parametrize("text", ["a ** b", "**", "**a** **"])
def test_a_sign_that_is_never_closed_stays_in_sight(text: str):
    assert said(rich(text)).count("**") == 1


def test_what_is_none_or_false_is_no_attribute():
    assert tag("button", "1", disabled=False, title=None, aria_pressed="true").attributes == {"aria-pressed": "true"}
