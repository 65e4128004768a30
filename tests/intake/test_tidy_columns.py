"""What is said of the columns of a tidy file."""

from __future__ import annotations

from pathlib import Path

from kpi.intake.columns import KNOWN_COLUMNS, REASON
from kpi.intake.csv_file import read_csv
from kpi.intake.tidy_columns import tidy_columns


def test_every_column_of_the_contract_is_said_to_be_read_as_itself(tmp_path: Path):
    header = [*KNOWN_COLUMNS, REASON, "anything"]
    file = tmp_path / "tidy.csv"
    file.write_text(",".join(header) + "\n" + "," * (len(header) - 1) + "\n")

    roles = {column.header: column.role.value for column in tidy_columns(read_csv(file))}

    assert roles == {**{name: name for name in KNOWN_COLUMNS}, REASON: "ignored", "anything": "unknown"}
