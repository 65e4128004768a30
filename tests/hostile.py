"""A published store in which every free text bears HTML and Markdown that would do harm where it is rendered.

They are put into every column of texts of the snapshots: a column that is added later is covered from the day on which
it exists, unless it is named here as one of codes or closed lists.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import duckdb

HOSTILE: Final = '<img src=x onerror="alert(1)">[x](javascript:alert(1))'
CLOSED: Final = frozenset(
    (
        *("kind", "state", "grain", "polarity", "verification", "to_date_verification", "origin", "basis", "rating"),
        *("severity", "aggregation_over_periods", "aggregation_over_units", "conversion_scale", "ordinal_levels"),
        *("control_level", "validity_level", "target_aspect", "version", "field", "cell", "file_digest", "work_result"),
        *("behaviour", "service", "accountable", "competent", "harmonious", "loyal", "adaptive", "collaborative"),
        *("rule_mark", "functional_level", "cascade", "predicate", "code", "values_json", "body", "given_by"),
    )
)
"""Columns of closed lists, of cells' addresses and digests, and of JSON; `_code` ends the names of those of codes."""


def make_hostile(store: Path, into: Path) -> Path:
    """Copy a published store and put the texts in; return the copy."""
    shutil.copytree(store, into)
    for path in [*into.glob("snapshots/*.duckdb"), *into.glob("people/*.duckdb")]:
        if path.name != "people.duckdb":
            _spoil(path)
    return into


def _spoil(path: Path) -> None:
    mode = path.stat().st_mode
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        found = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'VARCHAR'"
        ).fetchall()
        for table, column in found:
            if column not in CLOSED and not column.endswith("_code"):
                connection.execute(f'UPDATE "{table}" SET "{column}" = "{column}" || $text', {"text": HOSTILE})
    path.chmod(mode)
