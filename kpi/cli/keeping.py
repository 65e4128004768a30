"""`kpi demo`, `publish` and `profile set`: what keeps a store up to date."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import date
from pathlib import Path

from kpi.access import LOCAL
from kpi.cli import Subparsers
from kpi.cli.progress import Progress
from kpi.errors import UsageError
from kpi.intake.setting import choose_profile
from kpi.store.people.publish import publish_people
from kpi.store.people.record import PEOPLE
from kpi.store.publish import publish


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add the three commands."""
    demo = subparsers.add_parser("demo", parents=parents, help="make the demo store of Kemuning (synthetic figures)")
    demo.add_argument(
        "--no-publish", action="store_true", help="leave the snapshot as it is; `publish` brings it up to date"
    )
    demo.set_defaults(run=run_demo)
    publishing = subparsers.add_parser("publish", parents=parents, help="make a new snapshot of the record")
    publishing.add_argument("--full", action="store_true", help="make it anew even when nothing has changed")
    publishing.add_argument(
        "--as-known-at", type=date.fromisoformat, metavar="DATE", help="what was known at the end of DATE"
    )
    publishing.add_argument(
        "--engine", choices=("duckdb", "spark"), default="duckdb", help="what works it out: this machine, or a cluster"
    )
    publishing.add_argument("--master", metavar="URL", help="the cluster: spark://HOST:7077 (local[*] unless told)")
    publishing.add_argument(
        "--measurements",
        metavar="PATH",
        help="the record's figures as `export record` writes them (its own unless told)",
    )
    publishing.set_defaults(run=run_publish)
    profile = subparsers.add_parser("profile", help="choose the rule profile of an organisation")
    setting = profile.add_subparsers(dest="profile_command", required=True).add_parser("set", parents=parents)
    setting.add_argument("profile", metavar="P", help="the profile's code (kmk, lkjip_a, lkjip_b, permenpan8, …)")
    setting.add_argument("--organisation", required=True, metavar="CODE")
    setting.add_argument(
        "--from-year", type=int, metavar="YEAR", help="the first year it holds for (all years unless told)"
    )
    setting.add_argument("--no-publish", action="store_true", help="leave the snapshot as it is")
    setting.set_defaults(run=run_profile_set)


def run_demo(args: argparse.Namespace) -> int:
    """Make the demo and publish it."""
    from kpi.demo import make_demo

    progress = Progress()
    batches = make_demo(args.store, progress=progress)
    progress.close()
    accepted = sum(batch.accepted for batch in batches)
    print(f"{len(batches)} batches with {accepted} synthetic figures recorded in {args.store}.", file=sys.stderr)
    return 0 if args.no_publish else _publish(args)


def run_publish(args: argparse.Namespace) -> int:
    """Publish the record, here or on a cluster."""
    if args.engine == "spark":
        return _publish_on_spark(args)
    if args.master or args.measurements:
        raise UsageError("--master and --measurements go with --engine spark.")
    return _publish(args, as_known_at=args.as_known_at, full=args.full)


def _publish_on_spark(args: argparse.Namespace) -> int:
    from kpi.cluster.spark import spark_maker
    from kpi.store.pieces import publish_in_pieces

    figures = args.measurements
    if figures and "://" not in figures:
        figures = str(Path(figures).resolve())
        if not (Path(figures) / "measurement").is_dir():
            raise UsageError(f"{figures}: there is no folder 'measurement' in it. Write one with `kpi export record`.")
    progress = Progress()
    meta = publish_in_pieces(
        args.store,
        spark_maker(args.master or "local[*]"),
        figures=figures,
        as_known_at=args.as_known_at,
        force=args.full,
        progress=progress,
    )
    progress.close()
    print(f"Published snapshot {meta.version}.", file=sys.stderr)
    return _publish_people(args, as_known_at=args.as_known_at, full=args.full)


def _publish(args: argparse.Namespace, as_known_at: date | None = None, *, full: bool = False) -> int:
    progress = Progress()
    meta = publish(args.store, as_known_at=as_known_at, force=full, progress=progress)
    progress.close()
    print(f"Published snapshot {meta.version}.", file=sys.stderr)
    return _publish_people(args, as_known_at=as_known_at, full=full)


def _publish_people(args: argparse.Namespace, as_known_at: date | None, *, full: bool) -> int:
    if as_known_at is None and (args.store / PEOPLE.file_name).exists():
        people = publish_people(args.store, force=full)
        print(f"Published people's private snapshot {people.version}.", file=sys.stderr)
    return 0


def run_profile_set(args: argparse.Namespace) -> int:
    """Record the choice of a profile, and publish so that unit indices follow it."""
    choose_profile(args.store, LOCAL, args.organisation, args.profile, getpass.getuser(), args.from_year)
    print(f"{args.organisation} is scored with {args.profile} from now on.", file=sys.stderr)
    return 0 if args.no_publish else _publish(args)
