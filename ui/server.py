"""Starts the dashboard as one ASGI app: Streamlit's pages and `/healthz`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from kpi.api import routes as api
from kpi.errors import StoreError
from kpi.i18n import Translator
from kpi.store.snapshot import current_version
from ui import assets, brief_start, faces, loaders, sign_in, sign_in_check, visitor
from ui.compressed import Compressed
from ui.dressing import Dressing
from ui.front_page import FrontPage
from ui.hardening import Hardening
from ui.upkeep import upkeep

ROOT: Final = Path(__file__).resolve().parents[1]


def make_app() -> App:
    """Return the ASGI app.

    A folder named pages/ beside the script makes Streamlit run a page alone when the first request of a process is a
    deep link, past app.py and all that it guards; the flag says that ours is no such app. Set it before the start.
    """
    PagesManager.uses_pages_directory = False
    brief_start.shorten()
    return App(
        ROOT / "app.py",
        lifespan=upkeep,
        routes=[Route("/healthz", healthz), assets.route(), *api.routes(loaders.store_folder, _caller)],
        middleware=[
            Middleware(Hardening, is_https=sign_in.is_https),
            Middleware(Dressing),
            Middleware(Compressed),
            Middleware(FrontPage),
        ],
        on_script_error=say_calmly,
    )


def serve(host: str, port: int, hosts: Sequence[str] = ()) -> None:
    """Serve until interrupted, in one process (the snapshot's connection is shared inside it).

    `hosts` are the names that people may ask for; without any, those of this machine and of the sign-in. The event loop
    is uvloop's, which takes less of the processor; on Windows, where there is none, Python's own. Raises UsageError
    where sign-in is set up in part.
    """
    configure(host, hosts)
    uvicorn.run(make_app(), host=host, port=port, log_level="warning", access_log=False, server_header=False)


def configure(host: str, hosts: Sequence[str]) -> None:
    """Tell Streamlit what `streamlit run` takes from its own options, and look at the sign-in. Raises UsageError.

    Who is let in without signing in depends on the address (ui/sign_in.py).
    """
    config.set_option("server.address", host)
    if secrets := os.environ.get("KPI_SECRETS"):
        config.set_option("secrets.files", [secrets])
    sign_in_check.check()
    allowed = [*hosts, *config.get_option("server.allowedHosts")]
    config.set_option("server.allowedHosts", allowed or list(sign_in.own_hosts(sign_in.settings(), host)))


async def healthz(_request: Request) -> JSONResponse:
    """Say whether a reader would see figures: 200 with the published version, else 503."""
    try:
        return JSONResponse({"status": "ok", "version": current_version(loaders.store_folder())})
    except StoreError as error:
        return JSONResponse({"status": "no figures", "message": str(error)}, status_code=503)


def _caller(request: Request) -> api.Caller:
    """Return who reads figures beside the pages: who signed in there, else the public, or the user of this machine."""
    who = visitor.of_request(request)
    return api.Caller(who.access, who.is_signed_in)


def say_calmly(error: Exception) -> bool:
    """Write an unforeseen error to the log, and show the reader a sentence in place of its trace."""
    import structlog  # loads for a while, and is needed when something fails alone

    structlog.get_logger().exception("page failed", exc_info=error)
    faces.unexpected(Translator("en" if st.session_state.get("lang") == "en" else "id"))
    return True
