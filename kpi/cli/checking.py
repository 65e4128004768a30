"""`kpi check`: verify record and snapshot, those of people and of access too, and say what was checked."""

from __future__ import annotations

import argparse
import json

from kpi.cli import Subparsers
from kpi.store.access_check import check_access
from kpi.store.check import check
from kpi.store.people.check import check_people


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `check`."""
    checking = subparsers.add_parser("check", parents=parents, help="verify record and snapshot")
    checking.add_argument("--json", action="store_true", help="one JSON object on stdout")
    checking.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was checked; 1 when something is wrong."""
    report, people, access = check(args.store), check_people(args.store), check_access(args.store)
    reports = [each for each in (report, people, access) if each]
    if args.json:
        more = {"people": people.as_dict() if people else None, "access": access.as_dict() if access else None}
        is_sound = all(each.is_sound for each in reports)
        print(json.dumps({**report.as_dict(), "is_sound": is_sound, **more}, ensure_ascii=False))
    else:
        for line in (line for each in reports for line in each.lines()):
            print(line)
    return 0 if all(each.is_sound for each in reports) else 1
