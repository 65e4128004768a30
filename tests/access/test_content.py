"""What a batch holds decides who may undo it: every table of the record has its rule."""

from __future__ import annotations

import re

from kpi.intake.undoing import RULES
from kpi.store.engine import sql


def test_every_table_of_the_record_is_looked_into_before_a_batch_is_undone():
    tables = re.findall(r"CREATE TABLE (\w+) \(", sql("record/schema"))
    read = set(re.findall(r"FROM (\w+) AS", sql("record/batch_content")))

    assert set(tables) - read == {"batch", "batch_finding", "place"}


def test_every_content_has_a_rule_and_no_other_has():
    named = set(re.findall(r"'(\w+)' AS content|THEN '(\w+)' ELSE '(\w+)' END AS content", sql("record/batch_content")))

    assert {name for names in named for name in names if name} == set(RULES)
