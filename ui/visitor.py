"""Who is here and what they may: of a script run, and of a request beside the pages. Draws nothing."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final  # Any: claims come from outside

import streamlit as st
from starlette.requests import HTTPConnection
from streamlit.web.server.starlette import starlette_websocket as session_door
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from kpi.access import LOCAL, PUBLIC, Access, Right, access_of, public_is_open
from kpi.access.rights import NOBODY
from ui import loaders, sign_in
from ui.sign_in import Identity, Standing, Way

_OWN: Final = ("is_logged_in", "origin", "tokens")
"""What Streamlit adds to a provider's claims, or keeps beside them."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door: how they stand there, and what they may."""

    identity: Identity
    access: Access

    @property
    def is_admitted(self) -> bool:
        """Whether there is anything that they may see."""
        return self.access.may(Right.READ_PUBLISHED)

    @property
    def is_signed_in(self) -> bool:
        """Whether a name stands behind them that a provider or a proxy vouches for."""
        return self.identity.standing is Standing.SIGNED_IN


class SignOuts:
    """The sign-ins that were ended before their time: another window, or a kept cookie, can't go on with them.

    Kept in this process, until each would have ended by itself; a restart forgets them.
    """

    def __init__(self) -> None:
        self._ended: dict[str, float] = {}
        self._changing = threading.Lock()

    def end(self, claims: Mapping[str, Any], now: datetime) -> None:
        """End a sign-in."""
        until = claims.get("exp")
        with self._changing:
            self._ended = {key: end for key, end in self._ended.items() if end > now.timestamp()}
            if isinstance(until, int | float):
                self._ended[_digest(claims)] = until

    def has(self, claims: Mapping[str, Any]) -> bool:
        """Whether the sign-in was ended."""
        return bool(self._ended) and _digest(claims) in self._ended


SIGN_OUTS: Final = SignOuts()


def of_this_run() -> Visitor:
    """Return who looks at the page that runs. Raises StoreError where their roles can't be found out."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    connection = sign_in.connection_of(headers, st.context.ip_address) if headers else None
    return _visitor(st.user.to_dict(), connection)


def of_request(request: HTTPConnection) -> Visitor:
    """Return who sent a request beside the pages (the API, a download). Raises StoreError as above."""
    peer = request.client.host if request.client else ""
    return _visitor(claims_of(request), sign_in.connection_of(dict(request.headers), peer))


def claims_of(request: HTTPConnection) -> dict[str, Any]:
    """Return the claims of a request's sign-in, read as Streamlit reads them for its own pages; empty = none."""
    match sign_in.settings().way:
        case Way.OPENID:
            kept = session_door._get_signed_cookie_with_chunks(request.cookies, USER_COOKIE_NAME)  # noqa: SLF001 - has no public name
            claims = json.loads(kept) if kept else {}
            return claims if isinstance(claims, dict) else {}
        case Way.PROXY:
            return session_door.gather_user_info(request.headers)
        case Way.NONE | Way.BROKEN:
            return {}


def end_sign_in(request: HTTPConnection) -> None:
    """End the sign-in that a request bears, if any: its other windows stop too."""
    if claims := claims_of(request):
        SIGN_OUTS.end(claims, datetime.now(UTC))


def _visitor(claims: Mapping[str, Any], connection: sign_in.Connection | None) -> Visitor:
    now = datetime.now(UTC)
    seen = {} if SIGN_OUTS.has(claims) else claims
    identity = sign_in.identity_of(seen, sign_in.settings(), sign_in.bound_to(), connection, now)
    return Visitor(identity, _access(identity))


def _access(identity: Identity) -> Access:
    match identity.standing:
        case Standing.LOCAL:
            return LOCAL
        case Standing.OPEN:
            return PUBLIC
        case Standing.SIGNED_IN:
            return access_of(loaders.store_folder(), identity.code, identity.name)
        case Standing.SIGNED_OUT | Standing.EXPIRED | Standing.UNCONFIRMED:
            return PUBLIC if public_is_open(loaders.store_folder()) else NOBODY
        case Standing.BROKEN:
            return NOBODY


def _digest(claims: Mapping[str, Any]) -> str:
    own = {name: value for name, value in claims.items() if name not in _OWN}
    return hashlib.sha256(json.dumps(own, sort_keys=True, default=str).encode()).hexdigest()
