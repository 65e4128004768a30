"""`kpi deadline set`: by when figures are due."""

from __future__ import annotations

import argparse
import getpass
import sys

from kpi.access import LOCAL
from kpi.cli import Subparsers
from kpi.cli.progress import Progress
from kpi.intake.setting import set_deadline
from kpi.periods import GRAINS, Grain
from kpi.store.publish import publish


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `deadline set`."""
    deadline = subparsers.add_parser("deadline", help="state by when figures are due")
    setting = deadline.add_subparsers(dest="deadline_command", required=True).add_parser("set", parents=parents)
    setting.add_argument("grain", choices=[str(grain) for grain in GRAINS], help="the length of the period")
    setting.add_argument("days", type=int, metavar="DAYS", help="working days after the period's end (10 unless set)")
    setting.add_argument("--organisation", required=True, metavar="CODE")
    setting.add_argument("--no-publish", action="store_true", help="leave the snapshot as it is")
    setting.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Record the deadline, and publish so that punctuality follows it."""
    grain = Grain(args.grain)
    set_deadline(args.store, LOCAL, args.organisation, grain, args.days, getpass.getuser())
    print(f"{args.organisation}: figures of a {grain} are due {args.days} working days after its end.", file=sys.stderr)
    if not args.no_publish:
        progress = Progress()
        meta = publish(args.store, progress=progress)
        progress.close()
        print(f"Published snapshot {meta.version}.", file=sys.stderr)
    return 0
