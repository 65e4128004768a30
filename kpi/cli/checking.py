"""`kpi check`: verify record and snapshot, and say what was checked."""

from __future__ import annotations

import argparse
import json

from kpi.cli import Subparsers
from kpi.store.check import check


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `check`."""
    checking = subparsers.add_parser("check", parents=parents, help="verify record and snapshot")
    checking.add_argument("--json", action="store_true", help="one JSON object on stdout")
    checking.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was checked; 1 when something is wrong."""
    report = check(args.store)
    if args.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        for line in report.lines():
            print(line)
    return 0 if report.is_sound else 1
