"""`kpi undo`: take a batch out of force by a new entry."""

from __future__ import annotations

import argparse
import getpass
import json
import sys

from kpi.access import LOCAL
from kpi.cli import Subparsers
from kpi.cli.progress import Progress
from kpi.intake.undoing import undo
from kpi.store.publish import publish


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `undo`."""
    undoing = subparsers.add_parser("undo", parents=parents, help="withdraw a batch by a new entry, and publish")
    undoing.add_argument("batch", type=int, metavar="BATCH", help="its number, as the Data page and `import` show it")
    undoing.add_argument("--reason", required=True, metavar="TEXT", help="why; it stays in the record")
    undoing.add_argument("--locked-too", action="store_true", help="also where figures of it are locked")
    undoing.add_argument("--no-publish", action="store_true", help="leave the snapshot as it is")
    undoing.add_argument("--json", action="store_true", help="one JSON object on stdout")
    undoing.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Withdraw the batch; what it had corrected stands again."""
    batch = undo(args.store, LOCAL, args.batch, getpass.getuser(), args.reason, locked_too=args.locked_too)
    print(f"Batch {args.batch} is withdrawn by batch {batch.batch_number}.", file=sys.stderr)
    version = None
    if not args.no_publish:
        progress = Progress()
        version = publish(args.store, progress=progress).version
        progress.close()
        print(f"Published snapshot {version}.", file=sys.stderr)
    if args.json:
        print(json.dumps({"batch": batch.batch_number, "withdraws": args.batch, "snapshot": version}))
    return 0
