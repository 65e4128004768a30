"""The command line: reads options, calls a room, prints; holds no rule. docs/command-line.md is its contract.

Exit 0 done, 1 refused by its content (nothing written), 2 wrong usage. Messages for people go to stderr, results to
stdout or `-o`. Each command lives in a module that `_COMMANDS` names, imported only when it is asked for.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from kpi.errors import KpiError, UsageError

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 (argparse names it no other way)

_COMMANDS = {
    "serve": "kpi.cli.serving",
    "demo": "kpi.cli.keeping",
    "publish": "kpi.cli.keeping",
    "check": "kpi.cli.checking",
    "profile": "kpi.cli.keeping",
    "deadline": "kpi.cli.reporting",
    "roles": "kpi.cli.roles",
    "import": "kpi.cli.importing",
    "undo": "kpi.cli.undoing",
    "template": "kpi.cli.templating",
    "export": "kpi.cli.exporting",
    "report": "kpi.cli.report",
    "score": "kpi.cli.scoring",
    "spc": "kpi.cli.statistics",
    "project": "kpi.cli.statistics",
}


def default_store() -> Path:
    """Return the store's folder: $KPI_STORE, else data/store below the working folder."""
    return Path(os.environ.get("KPI_STORE") or Path("data") / "store")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = _parser(words)
    try:
        args = parser.parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return args.run(args)
    except UsageError as error:
        print(f"kpi {args.command}: {error}", file=sys.stderr)
        return 2
    except KpiError as error:
        print(f"kpi {args.command}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (the reader left; Python flushes stdout at exit)
        return 0


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kpi", description="Kemuning's key performance indicators.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument(
        "--store",
        type=Path,
        default=default_store(),
        metavar="DIR",
        help="the store's folder ($KPI_STORE, else data/store)",
    )
    asked = [word for word in words if word in _COMMANDS][:1]
    for module in dict.fromkeys(_COMMANDS[name] for name in (asked or _COMMANDS)):
        import_module(module).add_parsers(subparsers, [store])
    return parser
