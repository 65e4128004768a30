"""Looks at an operator's settings of the sign-in before the server starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final  # Any: settings come from outside

import streamlit as st
from streamlit import config

from kpi.errors import UsageError
from ui import sign_in
from ui.sign_in import Way

LEAST_SECRET: Final = 32
"""Signs of the secret that cookies are signed with: who guesses it can be anybody."""


def check() -> None:
    """Raise UsageError where sign-in is set up in part: better no server than one that lets in nobody, or anybody."""
    wanted = os.environ.get("KPI_SECRETS")
    if wanted and not Path(wanted).exists():
        raise UsageError("$KPI_SECRETS: there is no file {path}. Write it, or leave the setting out.", path=wanted)
    match sign_in.settings().way:
        case Way.BROKEN:
            files = ", ".join(config.get_option("secrets.files"))
            text = "{files}: sign-in can't be read: it needs a section [auth] with client_id. See docs/operations.md."
            raise UsageError(text, files=files)
        case Way.OPENID:
            _check_section(st.secrets["auth"])
        case Way.PROXY if not sign_in.is_loopback(sign_in.bound_to()):
            raise UsageError(
                "server.trustedUserHeaders counts only behind a proxy on this machine. Bind the server to localhost."
            )
        case _:
            pass


def _check_section(section: Mapping[str, Any]) -> None:
    for key in ("redirect_uri", "cookie_secret"):
        if not section.get(key):
            raise UsageError("secrets.toml, [auth]: {key} is missing. See docs/operations.md.", key=key)
    if not str(section["redirect_uri"]).endswith("/oauth2callback"):
        raise UsageError("secrets.toml, [auth]: redirect_uri must end with /oauth2callback.")
    if len(str(section["cookie_secret"])) < LEAST_SECRET:
        text = "secrets.toml, [auth]: cookie_secret is shorter than {least} signs. Draw a new one."
        raise UsageError(text, least=LEAST_SECRET)
    for name in sign_in.providers_in(section):
        part = section if name == sign_in.DEFAULT_PROVIDER else section[name]
        for key in ("client_id", "client_secret", "server_metadata_url"):
            if not part.get(key):
                text = "secrets.toml, [auth], provider {name}: {key} is missing. See docs/operations.md."
                raise UsageError(text, name=name, key=key)
