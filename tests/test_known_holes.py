"""No library of ours has a hole that is known, as far as the database of them can be reached."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 25
ACCEPTED: dict[str, str] = {}
"""Holes that don't concern us, by their number, each with the reason."""


def test_no_library_of_ours_has_a_known_hole():
    command = ["-m", "pip_audit", "-r", "requirements.txt", "--no-deps", "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            [sys.executable, *command, "--timeout", "5", "--progress-spinner", "off"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        pytest.skip("the database of known holes can't be reached from here")
    looked_up = [each for each in found if "vulns" in each]
    if not looked_up:
        pytest.skip("the database of known holes knows none of our libraries from here")
    holes = [(each["name"], hole["id"]) for each in looked_up for hole in each["vulns"]]
    assert not [hole for hole in holes if hole[1] not in ACCEPTED]
