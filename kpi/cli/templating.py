"""`kpi template`: the workbook that a unit fills in for a period and gives back through `kpi import`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kpi.access import LOCAL, open_allowed
from kpi.cli import Subparsers
from kpi.cli.output import write_file
from kpi.errors import UnknownCode, UsageError
from kpi.i18n import LANGUAGES
from kpi.intake.templates.writing import template
from kpi.periods import Period


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `template`."""
    parser = subparsers.add_parser(
        "template", parents=parents, help="make the workbook that a unit fills in for a period and gives back"
    )
    parser.add_argument("--organisation", required=True, metavar="CODE")
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--period", required=True, metavar="PERIOD", help="2026, 2026-S1, 2026-Q3 or 2026-09")
    parser.add_argument("--units-below", action="store_true", help="with the units below it, however deep")
    parser.add_argument("--language", choices=LANGUAGES, default="id", help="Indonesian (id) unless told")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the workbook."""
    if args.output.suffix.lower() != ".xlsx":
        raise UsageError(f"-o {args.output}: a template is an Excel workbook. Let the name end with .xlsx.")
    snapshot = open_allowed(args.store, LOCAL)
    known = {organisation.organisation_code: organisation for organisation in snapshot.organisations()}
    if args.organisation not in known:
        raise UnknownCode("organisation", args.organisation, known)
    period = Period.parse(args.period, known[args.organisation].year_starts_in)
    content = template(snapshot, args.organisation, args.unit, period, args.language, with_units_below=args.units_below)
    write_file(content, args.output)
    print(f"Written to {args.output}. Fill in the yellow cells and import it.", file=sys.stderr)
    return 0
