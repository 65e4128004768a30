"""`kpi import`: workbooks, CSV and Parquet files into the record. Prints what intake reports; holds no rule."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Final

from kpi.access import LOCAL
from kpi.cli import Subparsers
from kpi.cli.progress import Progress
from kpi.errors import KpiError, UsageError
from kpi.intake import ImportOptions, ImportReport, import_files
from kpi.intake.commentary import import_commentary
from kpi.intake.events import import_events
from kpi.intake.people import PeopleFile, import_people
from kpi.intake.sheets.layout import LayoutKind
from kpi.intake.sheets.mapping import EMPTY, Mapping, mapping_from_toml, to_toml
from kpi.model import AggregationOverPeriods, AggregationOverUnits
from kpi.store.people.publish import publish_people
from kpi.store.publish import publish

_SHOWN: Final = 20
"""Errors and warnings put on the screen; --json has them all."""
_EPILOG: Final = """\
Several files go in together or not at all, a batch for each. With --json one object comes on stdout: batch (the last
one's number, null when nothing was written), rows, accepted, unchanged, rejected, held, errors; for several files the
counts are sums, `batches` lists the numbers, and each error names its `file`. Of more than 100,000 errors in a file the
first are listed and `errors_left_out` counts the rest. `understood` says what each column was taken for, `findings`
what is wrong or doubtful, and in which cell. $KPI_MAX_FILE_BYTES is the largest file that is read (2 GiB).
"""


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `import`."""
    parser = subparsers.add_parser(
        "import",
        parents=parents,
        help="read workbooks, CSV and Parquet files into the record, and publish",
        epilog=_EPILOG,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="whose figures they are")
    parser.add_argument("--organisation-name", metavar="NAME", help="its name, when --create registers it")
    parser.add_argument(
        "--year-starts-in",
        type=int,
        choices=range(1, 13),
        metavar="1..12",
        help="the month in which its year starts, when --create registers it (1 unless told)",
    )
    parser.add_argument(
        "--create", action="store_true", help="register the organisation, units and indicators that aren't known"
    )
    parser.add_argument("--dry-run", action="store_true", help="do everything but write")
    parser.add_argument(
        "--skip-refused", type=Path, metavar="FILE", help="set refused rows aside there as CSV, and import the others"
    )
    _add_how_to_read(parser)
    _add_other_kinds(parser)
    parser.add_argument("--no-publish", action="store_true", help="leave the snapshot as it is")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.set_defaults(run=run)


def _add_how_to_read(parser: argparse.ArgumentParser) -> None:
    """Add what a person says of a file that it doesn't say itself."""
    parser.add_argument(
        "--layout",
        type=LayoutKind,
        choices=list(LayoutKind),
        help="how every table is laid out; recognised unless told",
    )
    parser.add_argument(
        "--unit", metavar="U", help="whose figures they are, where a file names no unit: a code or a name"
    )
    parser.add_argument("--year", type=int, metavar="Y", help="of which year, where a file names none")
    parser.add_argument("--mapping", type=Path, metavar="M.toml", help="your answers on how the file is read")
    parser.add_argument(
        "--write-mapping",
        type=Path,
        metavar="FILE",
        help="write there how the file was read, to be changed and given back",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why; needed where a locked figure changes")
    for name, rules in (("periods", AggregationOverPeriods), ("units", AggregationOverUnits)):
        parser.add_argument(
            f"--aggregation-over-{name}",
            type=str,
            choices=[rule.value for rule in rules],
            help=f"how every indicator of the files combines over {name}",
        )


def _add_other_kinds(parser: argparse.ArgumentParser) -> None:
    """Add what a file may hold in place of figures."""
    parser.add_argument("--events", action="store_true", help="FILE holds events, as `export events` writes them")
    parser.add_argument(
        "--commentary", action="store_true", help="FILE holds comments on figures, as `export commentary` writes them"
    )
    parser.add_argument(
        "--people",
        type=PeopleFile,
        choices=list(PeopleFile),
        help="FILE holds employees, their individual indicators (IKI) with figures, or appraisals",
    )


def run(args: argparse.Namespace) -> int:
    """Import, publish what is new, and report; 1 when the content is refused."""
    progress = Progress()
    try:
        report = _imported(args, progress)
    finally:
        progress.close()
    _tell(report)
    if args.write_mapping:
        _write_mapping(report, args.write_mapping)
    version = None
    try:
        if report.batches and not args.no_publish:
            version = _published(args, progress)
    finally:
        progress.close()
        if args.json:
            print(json.dumps(report.as_dict(), ensure_ascii=False))
    if version is not None:
        print(f"Published snapshot {version}.", file=sys.stderr)
    return 1 if report.is_refused else 0


def _imported(args: argparse.Namespace, progress: Progress) -> ImportReport:
    asked = [f"--{kind}" for kind in ("events", "commentary", "people") if getattr(args, kind)]
    if not asked:
        return import_files(args.store, LOCAL, args.files, _options(args), progress=progress)
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} don't go together: a file holds one of them.")
    if len(args.files) > 1:
        raise UsageError(f"{asked[0]} takes one file at a time.")
    if args.people:
        return import_people(args.store, LOCAL, args.files[0], args.people, _options(args))
    if args.commentary:
        return import_commentary(args.store, args.files[0], _options(args), LOCAL)
    return import_events(args.store, LOCAL, args.files[0], _options(args))


def _published(args: argparse.Namespace, progress: Progress) -> str:
    if args.people:
        return publish_people(args.store).version
    return publish(args.store, progress=progress).version


def _options(args: argparse.Namespace) -> ImportOptions:
    over_periods, over_units = args.aggregation_over_periods, args.aggregation_over_units
    return ImportOptions(
        organisation_code=args.organisation,
        organisation_name=args.organisation_name,
        year_starts_in=args.year_starts_in,
        create=args.create,
        dry_run=args.dry_run,
        skip_refused=args.skip_refused,
        aggregation_over_periods=AggregationOverPeriods(over_periods) if over_periods else None,
        aggregation_over_units=AggregationOverUnits(over_units) if over_units else None,
        made_by=getpass.getuser(),
        reason=args.reason,
        mapping=_mapping(args.mapping),
        unit=args.unit,
        year=args.year,
        layout=args.layout,
    )


def _mapping(path: Path | None) -> Mapping:
    if path is None:
        return EMPTY
    try:
        return mapping_from_toml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the mapping can't be read ({error}). Give a TOML file in UTF-8.") from error


def _write_mapping(report: ImportReport, path: Path) -> None:
    """Write how a file was read, so that a person can change it and give it back."""
    if len(report.mappings) != 1:
        print(f"{path} is not written: one file that is no tidy table has a mapping.", file=sys.stderr)
        return
    try:
        path.write_text(to_toml(report.mappings[0]), encoding="utf-8")
    except OSError as error:
        raise KpiError(f"{path}: can't be written ({error.strerror}). Choose a folder that exists.") from error


def _tell(report: ImportReport) -> None:
    """Say on stderr what happened, in words."""
    doubts = len(report.warnings) + report.findings_left_out
    for sentence in _shortened([f"Note: {warning}" for warning in report.warnings[:_SHOWN]], doubts):
        print(sentence, file=sys.stderr)
    everything = len(report.errors) + report.errors_left_out
    for sentence in _shortened([str(error) for error in report.errors[:_SHOWN]], everything):
        print(sentence, file=sys.stderr)
    for sentence in report.created:
        print(f"Created: {sentence}.", file=sys.stderr)
    print(_outcome(report), file=sys.stderr)


def _shortened(sentences: list[str], total: int) -> list[str]:
    shown = sentences[:_SHOWN]
    return [*shown, f"… and {total - len(shown)} more."] if total > len(shown) else shown


def _outcome(report: ImportReport) -> str:
    counts = (
        f"{report.rows} rows: {report.accepted} accepted, {report.unchanged} unchanged, "
        f"{report.rejected} rejected, {report.held} held"
    )
    if report.is_refused:
        return f"Refused, nothing was written. {counts}."
    if report.is_dry_run:
        return f"Dry run, nothing was written. {counts}."
    aside = f" The refused rows are in {report.refused_file}." if report.refused_file else ""
    if not report.batches:
        return f"Everything is known already, nothing was written. {counts}.{aside}"
    named = ", ".join(str(number) for number in report.batches)
    return f"Recorded as batch {named}. {counts}.{aside}"
