"""`kpi score`: score a file without a store; the door for outside oracles."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpi.cli import Subparsers
from kpi.cli.output import write_table
from kpi.scoring.file import score_file
from kpi.scoring.profile import load_profile


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `score`."""
    score = subparsers.add_parser("score", parents=parents, help="score the rows of a CSV file")
    score.add_argument("file", type=Path, metavar="FILE.csv")
    score.add_argument("--profile", required=True, metavar="P")
    score.add_argument("-o", "--output", type=Path, metavar="F", help="write there instead of stdout")
    score.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the rows back with their scores."""
    write_table(score_file(args.file, load_profile(args.profile)).to_pandas(), "csv", args.output)
    return 0
