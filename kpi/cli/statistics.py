"""`kpi spc` and `kpi project`: control charts and projections of a file of series, without a store."""

from __future__ import annotations

import argparse
import math
from datetime import UTC, date, datetime
from pathlib import Path

from kpi.analysis.projection import Aggregation
from kpi.analysis.projection.table import projections_table
from kpi.analysis.series_file import read_series
from kpi.analysis.spc import Direction
from kpi.analysis.spc.chart import LEAST_TO_FIX
from kpi.analysis.spc.table import Options, points_table, segments_table
from kpi.cli import Subparsers
from kpi.cli.output import write_table


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `spc` and `project`."""
    _add_spc(subparsers, parents)
    _add_project(subparsers, parents)


def _add_spc(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    spc = subparsers.add_parser("spc", parents=parents, help="control limits and signals of the series in a CSV file")
    spc.add_argument("file", type=Path, metavar="FILE.csv", help="columns series_id, date, value")
    spc.add_argument("--direction", type=Direction, choices=list(Direction), default=Direction.INCREASE)
    spc.add_argument("--target", type=_number, metavar="X")
    spc.add_argument("--rebase", type=_day, action="append", default=[], metavar="DATE", help="limits start anew here")
    spc.add_argument("--fix-after", type=_fix_after, metavar="N", help="limits from the first N points of a segment")
    spc.add_argument("--no-screening", action="store_true", help="keep large moving ranges in their average")
    spc.add_argument("--summary", action="store_true", help="one line a segment instead of one a point")
    spc.add_argument("-o", "--output", type=Path, metavar="F", help="write there instead of stdout")
    spc.set_defaults(run=run_spc)


def run_spc(args: argparse.Namespace) -> int:
    """Write one line a point, or a segment, with limits, flags and labels."""
    options = Options(
        direction=args.direction,
        target=args.target,
        rebase_dates=args.rebase,
        fix_after=args.fix_after,
        screen=not args.no_screening,
    )
    table = segments_table if args.summary else points_table
    write_table(table(read_series(args.file), options), "csv", args.output)
    return 0


def _add_project(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    project = subparsers.add_parser("project", parents=parents, help="year-end projections of the series in a CSV file")
    project.add_argument("file", type=Path, metavar="FILE.csv", help="columns series_id, date, value")
    project.add_argument("--aggregation", type=Aggregation, choices=list(Aggregation), required=True)
    project.add_argument("--until", type=_month, required=True, metavar="YYYY-MM", help="the last month of the year")
    project.add_argument("--target", type=_number, metavar="X")
    project.add_argument(
        "--direction",
        type=Direction,
        choices=[Direction.INCREASE, Direction.DECREASE],
        default=Direction.INCREASE,
    )
    project.add_argument("-o", "--output", type=Path, metavar="F", help="write there instead of stdout")
    project.set_defaults(run=run_project)


def run_project(args: argparse.Namespace) -> int:
    """Write one line a series: the year's figure foretold, its interval, odds, errors and the pace needed."""
    table = projections_table(
        read_series(args.file),
        aggregation=args.aggregation,
        until=args.until,
        target=args.target,
        direction=args.direction,
    )
    write_table(table, "csv", args.output)
    return 0


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no month; write it as 2026-12") from error


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f"'{text}' is no number")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2026-09-01") from error


def _fix_after(text: str) -> int:
    points = int(text)
    if points < LEAST_TO_FIX:
        raise argparse.ArgumentTypeError(f"limits need at least {LEAST_TO_FIX} points to be fixed on, not {points}")
    return points
