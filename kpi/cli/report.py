"""`kpi report`: what the pages show of a unit and a period, as a file to be read, shown or printed."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kpi.access import LOCAL, AllowedSnapshot, allowed_snapshot
from kpi.cli import Subparsers
from kpi.cli.output import write_file
from kpi.cli.progress import Progress
from kpi.errors import UnknownCode, UsageError
from kpi.i18n import LANGUAGES
from kpi.model import Organisation
from kpi.periods import Period
from kpi.reports.building import build
from kpi.reports.formats import LINK_BASE, Format, written
from kpi.reports.gathered import Request
from kpi.scoring.profile import load_profile
from kpi.store.publish import as_known
from kpi.store.snapshot import Snapshot
from kpi.views.selection import Selection


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `report`."""
    report = subparsers.add_parser("report", parents=parents, help="write a report of a unit or the whole organisation")
    report.add_argument("--organisation", required=True, metavar="CODE")
    report.add_argument(
        "--unit", metavar="CODE", help="one unit with those below it; the whole organisation unless told"
    )
    report.add_argument("--period", required=True, metavar="PERIOD", help="2026, 2026-S1, 2026-Q3 or 2026-09")
    report.add_argument("--to-date", action="store_true", help="from the start of the year to the end of the period")
    report.add_argument("--format", choices=[str(each) for each in Format], required=True)
    report.add_argument("--profile", metavar="P", help="the organisation's chosen profile unless told")
    report.add_argument("--language", choices=LANGUAGES, default="id", help="Indonesian (id) unless told")
    report.add_argument(
        "--as-known-at", type=date.fromisoformat, metavar="DATE", help="what was known at the end of DATE"
    )
    report.add_argument(
        "--made-at", type=_moment, metavar="TIME", help="when it was made, 2026-11-20T09:30 (now unless told)"
    )
    report.add_argument(
        "--link-base", type=_address, default=_link_base(), metavar="URL", help="the dashboard's address for its links"
    )
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    report.set_defaults(run=run)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise argparse.ArgumentTypeError(f"'{text}' is no address. Write it as {LINK_BASE}.")
    return text


def _link_base() -> str:
    return os.environ.get("KPI_LINK_BASE") or LINK_BASE


def run(args: argparse.Namespace) -> int:
    """Write the report."""
    as_format = Format(args.format)
    if args.output.suffix.lower() != f".{as_format}":
        raise UsageError(f"-o {args.output}: the report is written as {as_format}. Let the name end with .{as_format}.")
    opened = as_known(args.store, args.as_known_at) if args.as_known_at else Snapshot.open(args.store)
    snapshot = allowed_snapshot(args.store, opened, LOCAL)
    organisation = _organisation(snapshot, args.organisation)
    period = Period.parse(args.period, organisation.year_starts_in)
    profile = load_profile(args.profile or snapshot.chosen_profile(args.organisation, period.year))
    request = Request(
        selection=Selection(args.organisation, period, args.to_date, profile.code),
        unit_code=args.unit or args.organisation,
        language=args.language,
        made_by=getpass.getuser(),
        made_at=args.made_at or datetime.now().astimezone(),
        link_base=args.link_base,
    )
    progress = Progress()
    content = written(build(snapshot, request, profile, progress), as_format)
    progress.close()
    write_file(content, args.output)
    print(f"Written to {args.output}.", file=sys.stderr)
    return 0


def _organisation(snapshot: AllowedSnapshot, code: str) -> Organisation:
    known = {organisation.organisation_code: organisation for organisation in snapshot.organisations()}
    if code not in known:
        raise UnknownCode("organisation", code, known)
    return known[code]
