"""Texts become no live formulas in files that we write, and come back as they were."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.inert import as_it_was, inert, inert_frame

SIGNS = "=+-@\t\r\n＝＋－＠"


@given(st.text(alphabet=f"{SIGNS}'a1.,e% ", max_size=8))
def test_every_text_comes_back_as_it_was(text):
    assert as_it_was(inert(text)) == text


@given(st.text(alphabet=f"{SIGNS}'ab(", min_size=2, max_size=8))
def test_no_inert_text_begins_like_a_formula(text):
    assert inert(text)[0] not in SIGNS or not set(text) - set("+-")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("+cmd", "'+cmd"),
        ("'=1", "''=1"),
        ("-12.5", "-12.5"),
        ("+3,2e-4", "+3,2e-4"),
        ("-", "-"),
        ("5=5", "5=5"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_what_is_written(text, written):
    assert inert(text) == written


def test_a_table_keeps_its_numbers_and_what_is_missing():
    table = inert_frame(pd.DataFrame({"=name": ["=1", None, "b"], "value": [-1.5, 2.0, None]}))

    assert list(table.columns) == ["'=name", "value"]
    assert table["'=name"].tolist()[0] == "'=1"
    assert pd.isna(table["'=name"].tolist()[1])
    assert table["value"].tolist()[:2] == [-1.5, 2.0]
