"""Published achievements, by source and profile: each row is used, or left out with the note that excuses it."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table

PROFILE_OF_SOURCE = {
    "S02": "permenpan8",
    "S03": "permenpan8",
    "S04": "permenpan8",
    "S07": "kmk",
    "S28": "lkjip_a",
    "S30": "lkjip_a",
    "S32": "lkjip_a",
    "S33": "lkjip_b",
    "S35": "lkjip_a",
    "S36": "lkjip_a",
    "S68": "lkjip_a",
    "S70": "lkjip_a",
}
TOLERANCE = 0.0101
"""Percentage points: sources print two decimals and calculate from unrounded inputs (81.95 / 81.95 printed 99.99)."""
WHOLE_PERCENT = 0.5
"""Percentage points: S03 and S04 print whole percents."""
MAGNITUDE = "no percent in print"
LEFT_OUT = {  # (source, target, realisation): a part of the note that excuses the row
    ("S03", "80-90", "92"): "arithmetic error in the regulation",
    ("S07", "4.39", "4.56"): "KMK misprint",
    ("S33", "0.64", "0.18"): "do not use as an oracle",
    ("S36", "5569088920.00", "3513771168.00"): "source has an error of 4.000.000",
    ("S38", "90.44", "97.04"): "efisiensi = capaian kinerja - serapan anggaran",
    ("S38", "90.44", "97.42"): "97.42 - 90.44",
    ("S38", "90.37", "98.68"): "98.68 - 90.37",
    ("S38", "98.74", "71.50"): "71.50 - 98.74",
}
WRONG_IN_PRINT = {key for key in LEFT_OUT if key[0] != "S38"}
"""Ours must differ from these. S38 prints differences of two percents instead, which is another figure."""
AGGREGATES = {"85.38": "simple mean", "91.02": "aggregate only", "100.41": "aggregate of several indicators"}
STATUS_AS_BAND = {  # (source, word in print): band; other words belong to scales that no profile holds
    ("S04", "Baik"): "good",
    ("S04", "Cukup"): "fair",
    ("S30", "Sangat Tinggi"): "very_high",
    ("S33", "Baik"): "high",
    ("S68", "sangat baik"): "very_high",
    ("S70", "Sangat Baik"): "very_high",
}
KMK_DETAIL = {  # what the notes of S07 tell in words: (target, realisation) → columns
    ("0", "4"): {"worst_value": 10.0},
    ("100", "96"): {"conversion_scale": "0:0;90:100;100:120"},
    ("100", "102"): {"conversion_scale": "0:0;90:100;100:120"},
    ("4", "4"): {"is_full_at_target": True},
    ("4", "3"): {"is_full_at_target": True},
}


@dataclass(frozen=True)
class Published:
    """A row of the oracle."""

    source: str
    polarity: str
    target: str
    realisation: str
    percent: str
    status: str
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.source, self.target, self.realisation

    @property
    def excuse(self) -> str | None:
        """Why the row is left out; None for a row that is used."""
        if self.key in LEFT_OUT:
            return LEFT_OUT[self.key]
        if not self.target:
            return AGGREGATES[self.percent]
        return MAGNITUDE if not self.percent else None

    def scored(self) -> pd.Series:
        low, _, high = self.target.partition("-") if not self.target.startswith("-") else (self.target, "", "")
        frame = pd.DataFrame(
            {
                "value": [float("nan") if self.realisation == "n/a" else float(self.realisation)],
                "target": [float(low)],
                "target_high": [float(high or "nan")],
                "polarity": [self.polarity],
            }
        ).assign(**KMK_DETAIL.get((self.target, self.realisation), {}) if self.source == "S07" else {})
        return score_table(frame, load_profile(PROFILE_OF_SOURCE[self.source])).iloc[0]

    def percent_found(self) -> float:
        """What the source prints: S07 an index, the others an achievement."""
        return float(self.scored()["index" if self.source == "S07" else "achievement"]) * 100


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Published]:
    with (shared_data / "oracles" / "achievement" / "published.csv").open(encoding="utf-8", newline="") as file:
        return [
            Published(
                *(row[name] for name in ("source_id", "polarity", "target", "realisation")),
                *(row[name] for name in ("published_capaian_percent", "published_status", "note")),
            )
            for row in csv.DictReader(file)
        ]


def used(rows: list[Published]) -> list[Published]:
    return [row for row in rows if row.excuse is None]


def test_every_row_is_used_or_left_out_with_the_note_that_excuses_it(rows):
    for row in rows:
        if row.excuse is None:
            assert row.source in PROFILE_OF_SOURCE, row
        elif row.excuse != MAGNITUDE:
            assert row.excuse in row.note, row
    assert set(LEFT_OUT) <= {row.key for row in rows}
    assert (len(rows), len(used(rows))) == (59, 40)


def test_used_rows_come_out_as_published(rows):
    for row in used(rows):
        if row.percent not in ("n/a", "121..."):
            is_whole = row.source in ("S03", "S04") and "." not in row.percent
            tolerance = WHOLE_PERCENT if is_whole else TOLERANCE
            assert row.percent_found() == pytest.approx(float(row.percent), abs=tolerance), row


def test_a_published_missing_realisation_is_not_scored(rows):
    (row,) = [row for row in rows if row.percent == "n/a"]
    assert row.scored()["reason"] == "no_value"


def test_a_published_percent_that_is_cut_off_lies_where_it_must(rows):
    (row,) = [row for row in rows if row.percent == "121..."]
    assert 121 <= row.percent_found() < 122


def test_rows_that_are_wrong_in_print_differ_from_ours(rows):
    for row in rows:
        if row.key in WRONG_IN_PRINT:
            assert abs(row.percent_found() - float(row.percent)) > TOLERANCE, row


def test_published_words_are_our_bands_where_the_scale_is_the_same(rows):
    seen = set()
    for row in used(rows):
        if (row.source, row.status) in STATUS_AS_BAND:
            seen.add((row.source, row.status))
            assert row.scored()["rating"] == STATUS_AS_BAND[row.source, row.status], row
    assert seen == set(STATUS_AS_BAND)
