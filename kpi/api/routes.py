"""The routes of `/api/v1`: who asks, what for, is it known already, and the answer as it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final  # Any: cells of a frame
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from kpi.access import Access, AllowedSnapshot, Right, allowed_snapshot
from kpi.api import tables
from kpi.api.description import description
from kpi.api.faults import DESCRIPTION, Fault, fault_of
from kpi.api.questions import TABLES, Question, question
from kpi.errors import KpiError
from kpi.inert import inert_frame
from kpi.scoring.profile import load_profile, profile_codes
from kpi.store.publish import as_known
from kpi.store.snapshot import Snapshot

BASE: Final = "/api/v1"
_KEEPING: Final = {"cache-control": "private, no-cache", "vary": "Accept, Cookie"}
"""An answer is one reader's; it may be kept, and asked for again by its version."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: what they may, and whether they have said who they are."""

    access: Access
    is_known: bool


def routes(store: Callable[[], Path], caller: Callable[[Request], Caller]) -> list[Route]:
    """Return the routes, for the app that serves the pages. `caller` says who sent a request; it may raise KpiError."""

    def table(name: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            try:
                return _answer(name, request, store(), caller(request))
            except Fault as fault:
                return fault.answer()
            except KpiError as error:
                return fault_of(error).answer()

        return answer

    return [
        *(Route(f"{BASE}/{name}", table(name), methods=["GET"]) for name in TABLES),
        Route(DESCRIPTION, _described, methods=["GET"]),
        Route("/api/{rest:path}", _nothing_there, methods=["GET"]),
    ]


def _answer(table: str, request: Request, store: Path, caller: Caller) -> Response:
    if not caller.access.may(Right.READ_PUBLISHED):
        if caller.is_known:
            raise Fault(403, "this identity", "It has no role.", "Ask an administrator for one.")
        raise Fault(401, "this request", "It comes from nobody who has signed in.", "Sign in on the dashboard first.")
    asked = question(table, request.query_params, request.headers.get("accept", ""))
    snapshot = _snapshot(store, caller.access, asked.as_known_at)
    tag = _tag(snapshot, asked)
    headers = {**_KEEPING, "etag": tag, "x-data-version": snapshot.meta.version}
    if tag in [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    found = _begun(tables.pieces(snapshot, asked))
    if asked.format == "csv":
        lines = _csv(found, tables.columns(snapshot, asked))
        named = {**headers, "content-disposition": f'attachment; filename="{table}.csv"'}
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)
    return StreamingResponse(_json(found, snapshot, asked, request), media_type="application/json", headers=headers)


def _snapshot(store: Path, access: Access, day: date | None) -> AllowedSnapshot:
    if day is None:
        return allowed_snapshot(store, Snapshot.open(store), access)
    if not access.may(Right.READ_REPORTED):  # it may have to be made, and is kept
        remedy = "Leave it out, or ask with a role that sees figures before they are verified."
        raise Fault(403, "query parameter 'as_known_at'", "It isn't for everybody.", remedy)
    return allowed_snapshot(store, as_known(store, day), access)


def _tag(snapshot: AllowedSnapshot, asked: Question) -> str:
    """Return what changes whenever the answer may: the version, the reader's rights, the form, the profiles."""
    profiles = [load_profile(code).written for code in profile_codes()] if asked.table == "scores" else []
    said = repr((snapshot.meta.version, snapshot.rights_key, asked.format, profiles))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _begun(found: Iterator[tables.Piece]) -> Iterator[tables.Piece]:
    """Return the pieces once the first is there: what is refused is refused before anything is sent."""
    first = next(found, None)
    return iter(()) if first is None else chain([first], found)


def _csv(found: Iterator[tables.Piece], columns: list[str]) -> Iterator[str]:
    yield _csv_text(pd.DataFrame(columns=columns), is_first=True)
    for piece in found:
        yield _csv_text(piece.rows, is_first=False)


def _csv_text(rows: pd.DataFrame, *, is_first: bool) -> str:
    return inert_frame(rows).to_csv(index=False, header=is_first, lineterminator="\n", date_format="%Y-%m-%d")


def _json(found: Iterator[tables.Piece], snapshot: AllowedSnapshot, asked: Question, request: Request) -> Iterator[str]:
    yield f'{{"version": {json.dumps(snapshot.meta.version)}, "rows": ['
    sent, end = 0, None
    for piece in found:
        records = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in _records(piece.rows))
        yield (",\n" if sent else "") + records if records else ""
        sent, end = sent + len(piece.rows), piece.end
    is_full = asked.limit is not None and sent == asked.limit and end is not None
    yield f'], "next": {json.dumps(_next(request, end) if is_full and end else None)}}}'


def _next(request: Request, end: tables.Place) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', end.cursor())])}"


def _records(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows as JSON has them: days as texts, missing as null."""
    days = {str(name): rows[name].dt.strftime("%Y-%m-%d") for name in rows.select_dtypes("datetime")}
    told = rows.assign(**days).astype(object)
    return told.where(told.notna(), None).to_dict("records")


def _described(_request: Request) -> JSONResponse:
    return JSONResponse(description(), headers={"cache-control": "no-cache"})


def _nothing_there(request: Request) -> Response:
    return Fault(404, request.url.path, "There is nothing at this address.", f"See {DESCRIPTION}.").answer()
