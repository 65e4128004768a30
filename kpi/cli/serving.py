"""`kpi serve`: start the dashboard."""

from __future__ import annotations

import argparse
import os
from typing import Final

from kpi.cli import Subparsers

READING_MEMORY: Final = "256MB"
"""What DuckDB may take to read a snapshot, unless $KPI_READING_MEMORY says otherwise; what needs more goes to disk.
Without a bound a server keeps all that was ever read, the whole file in the end (decision 0047)."""


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `serve`."""
    serve = subparsers.add_parser("serve", parents=parents, help="start the dashboard")
    serve.add_argument("--host", default="localhost", help="the address to bind to (localhost unless told)")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which people reach the server (those of this machine and of the sign-in unless told)",
    )
    serve.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a proxy sends people on: take nobody for this machine's own user, whatever a request says",
    )
    serve.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted; the pages read the store from $KPI_STORE."""
    from ui import brief_start

    brief_start.begin()
    from ui import server

    os.environ["KPI_STORE"] = str(args.store.resolve())
    os.environ.setdefault("KPI_READING_MEMORY", READING_MEMORY)
    if args.behind_proxy:
        os.environ["KPI_BEHIND_PROXY"] = "1"
    server.serve(args.host, args.port, args.allow_host)
    return 0
