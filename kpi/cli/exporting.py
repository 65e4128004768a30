"""`kpi export`: figures, scores, measurements, events and commentary out of the snapshot."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kpi.access import LOCAL, allowed_snapshot
from kpi.cli import Subparsers
from kpi.cli.output import write_table
from kpi.errors import UsageError
from kpi.periods import GRAINS, Grain, Period
from kpi.store.partitions import export_partitions
from kpi.store.publish import as_known
from kpi.store.snapshot import Snapshot
from kpi.views import export as views


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `export`."""
    export = subparsers.add_parser(
        "export", parents=parents, help="write facts, scores, measurements, events or commentary as CSV or Parquet"
    )
    export.add_argument("what", choices=("facts", "scores", "measurements", "events", "commentary", "record"))
    export.add_argument("--organisation", metavar="CODE", help="one organisation; all of them unless told")
    export.add_argument("--unit", nargs="+", action="extend", metavar="CODE")
    export.add_argument("--indicator", nargs="+", action="extend", metavar="CODE")
    export.add_argument("--grain", choices=[str(grain) for grain in GRAINS], help="each indicator's own unless told")
    export.add_argument("--to-date", action="store_true", help="from the start of the year to the end of each period")
    export.add_argument("--from", dest="first", type=_month, metavar="YYYY-MM", help="periods that end in or after it")
    export.add_argument("--to", dest="last", type=_month, metavar="YYYY-MM", help="periods that end in or before it")
    export.add_argument(
        "--as-known-at", type=date.fromisoformat, metavar="DATE", help="what was known at the end of DATE"
    )
    export.add_argument("--profile", metavar="P", help="the organisation's chosen profile unless told")
    export.add_argument("--format", choices=("csv", "parquet"), default="csv")
    export.add_argument(
        "-o", "--output", type=Path, metavar="F", help="write there instead of stdout; for record a new folder"
    )
    export.set_defaults(run=run)


def _month(text: str) -> Period:
    try:
        period = Period.parse(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if period.grain is not Grain.MONTH:
        raise argparse.ArgumentTypeError(f"'{text}' is no month. Write it as 2026-09.")
    return period


def run(args: argparse.Namespace) -> int:
    """Write the table; periods are chosen by their last day, both ends included."""
    if args.what == "record":
        return _run_record(args)
    first: date | None = args.first.start if args.first else None
    last: date | None = args.last.end if args.last else None
    if first and last and first > last:
        raise UsageError(f"--from {first:%Y-%m} lies after --to {last:%Y-%m}. Swap them.")
    selection = views.ExportSelection(
        organisation_code=args.organisation,
        unit_codes=tuple(args.unit or ()),
        indicator_codes=tuple(args.indicator or ()),
        grain=Grain(args.grain) if args.grain else None,
        first=first,
        last=last,
        to_date=args.to_date,
    )
    opened = as_known(args.store, args.as_known_at) if args.as_known_at else Snapshot.open(args.store)
    snapshot = allowed_snapshot(args.store, opened, LOCAL)
    match args.what:
        case "facts":
            table = views.facts(snapshot, selection)
        case "scores":
            table = views.scores(snapshot, selection, args.profile)
        case "measurements":
            table = views.measurements(snapshot, selection)
        case "commentary":
            table = views.commentary(snapshot, selection)
        case _:
            table = views.events(snapshot, selection)
    write_table(table, args.format, args.output)
    return 0


def _run_record(args: argparse.Namespace) -> int:
    """Write the record's figures as Parquet for `publish --measurements`."""
    chosen = (args.organisation, args.unit, args.indicator, args.grain, args.first, args.last, args.as_known_at)
    if args.output is None or args.to_date or any(chosen):
        raise UsageError(
            "export record writes all figures into a new folder: name it with -o, and choose nothing else."
        )
    export_partitions(args.store, args.output)
    return 0
