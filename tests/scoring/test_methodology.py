"""docs/methodology.md says what the code does: its worked examples are calculated, its lists are whole."""

import re

import pandas as pd
import pytest

from kpi.model import Reason
from kpi.scoring.formula import FORMULAS
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from tests.scoring.strategies import PROFILES

EXAMPLE = ["profile", "polarity", "target", "value", "more", "achievement", "index", "rating", "from"]


@pytest.fixture(scope="module")
def text(root) -> str:
    return (root / "docs" / "methodology.md").read_text(encoding="utf-8")


def table_rows(text: str, header: list[str]) -> list[list[str]]:
    after = text.split("| " + " | ".join(header) + " |\n", 1)[1].splitlines()[1:]
    rows = []
    for line in after:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def as_frame(target: str, value: str, polarity: str, more: str) -> pd.DataFrame:
    frame = pd.DataFrame({"value": [float(value)], "target": [float(target)], "polarity": [polarity]})
    if not more:
        return frame
    name, said = more.split("=", 1)
    return frame.assign(**{name: said if ":" in said else said == "true" if said.isalpha() else float(said)})


def test_every_worked_example_comes_out_as_written(text):
    rows = table_rows(text, EXAMPLE)
    assert {row[0] for row in rows} == set(PROFILES)
    for profile, polarity, target, value, more, achievement, index, rating, _ in rows:
        found = score_table(as_frame(target, value, polarity, more), load_profile(profile)).iloc[0]
        for wanted, name in ((achievement, "achievement"), (index, "index")):
            percent = float("nan") if wanted == "–" else float(wanted)
            assert found[name] * 100 == pytest.approx(percent, abs=0.005, nan_ok=True), (profile, target, value)
        assert (None if pd.isna(found["rating"]) else found["rating"]) == (None if rating == "–" else rating)


def test_every_formula_stands_with_its_expression(text):
    rows = table_rows(text, ["formula", "expression", "used for", "source", "mark"])
    assert {row[0].strip("`"): row[1] for row in rows} == {formula.code: formula.expression for formula in FORMULAS}


def test_every_reason_stands_in_the_order_in_which_it_is_tried(text):
    rows = table_rows(text, ["reason", "when"])
    assert [row[0].strip("`") for row in rows] == [reason.value for reason in Reason]


def test_every_band_stands_with_its_bound(text):
    for line, bands in {
        "`kmk` indicator": load_profile("kmk").bands,
        "`kmk` unit": load_profile("kmk").bands_of_units,
        "`lkjip_a`, `lkjip_b`": load_profile("lkjip_a").bands,
        "`permenpan8`": load_profile("permenpan8").bands,
    }.items():
        row = next(row for row in table_rows(text, ["profile", "bands"]) if row[0].startswith(line))
        assert re.findall(r"(\w+) ≥ (\d+)", row[1]) == [(band.code, f"{band.from_percent:.0f}") for band in bands]
    assert load_profile("lkjip_a").bands == load_profile("lkjip_b").bands


def test_every_source_of_a_profile_is_listed(text):
    listed = {row[0] for row in table_rows(text, ["id", "publication"])}
    assert listed == {source for code in PROFILES for source in load_profile(code).sources}
