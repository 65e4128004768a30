"""How people sign in here, and what a sign-in or a connection says of who somebody is. Reads no store, draws nothing.

An operator configures sign-in in Streamlit's `secrets.toml` (OpenID Connect), or names the header that a proxy on this
machine sets (`server.trustedUserHeaders`). Without either, whoever sits at this machine is its one local user.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final  # Any: claims and settings come from outside
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config

DEFAULT_CLAIM: Final = "email"
DEFAULT_PROVIDER: Final = "default"
_LOOPBACK_NAMES: Final = frozenset({"localhost"})
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers that a proxy adds: a request that bears one comes from somewhere else."""


class Way(StrEnum):
    """How people sign in."""

    NONE = "none"
    OPENID = "openid"
    PROXY = "proxy"
    BROKEN = "broken"


class Standing(StrEnum):
    """What is known of who is here."""

    LOCAL = "local"
    OPEN = "open"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Settings:
    """How people sign in: the way, the providers' names, and the claim that says who somebody is."""

    way: Way
    providers: tuple[str, ...] = ()
    claim: str = DEFAULT_CLAIM


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a request comes from: the host that it asks for, the address of its other end, whether a proxy sent it."""

    host: str | None
    peer: str | None
    is_forwarded: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: `code` is the claim's value, `until` when the sign-in ends; both only for who signed in."""

    standing: Standing
    code: str = ""
    name: str = ""
    until: datetime | None = None


def settings() -> Settings:
    """Return how people sign in. A file of secrets that can't be read is BROKEN, never a server without sign-in."""
    claim = os.environ.get("KPI_IDENTITY_CLAIM") or DEFAULT_CLAIM
    if config.get_option("server.trustedUserHeaders"):
        return Settings(Way.PROXY, claim=claim)
    if not st.secrets.load_if_toml_exists():
        is_there = any(Path(path).exists() for path in config.get_option("secrets.files"))
        return Settings(Way.BROKEN if is_there else Way.NONE, claim=claim)
    section = st.secrets.get("auth")
    if section is None:
        return Settings(Way.NONE, claim=claim)
    providers = providers_in(section) if isinstance(section, Mapping) else ()
    return Settings(Way.OPENID if providers else Way.BROKEN, providers, claim)


def bound_to() -> str | None:
    """Return the address that the server listens on; None = all of them."""
    return config.get_option("server.address")


def connection_of(headers: Mapping[str, str], peer: str | None) -> Connection:
    """Return where a request comes from; `headers` with names in small letters."""
    return Connection(headers.get("host"), peer, any(name in headers for name in FORWARDED))


def is_alone(address: str | None, connection: Connection | None) -> bool:
    """Whether only this machine reaches the server, and this request comes from it.

    A name of another host, and a proxy's header, tell of a proxy in front, or of a web page that has its own name point
    at this machine. `connection` is None where there is none: a script run by a test. Nobody is alone behind a proxy
    that the operator told of (`kpi serve --behind-proxy`): one that sets no header looks like this machine's own user.
    """
    if os.environ.get("KPI_BEHIND_PROXY") or not is_loopback(address):
        return False
    if connection is None:
        return True
    is_near = connection.peer is None or is_loopback(connection.peer)
    return is_near and not connection.is_forwarded and is_loopback(_host_name(connection.host))


def identity_of(
    claims: Mapping[str, Any], chosen: Settings, address: str | None, connection: Connection | None, now: datetime
) -> Identity:
    """Return who somebody is, from the claims of the sign-in (empty = none) and where the connection comes from."""
    match chosen.way:
        case Way.NONE:
            return Identity(Standing.LOCAL if is_alone(address, connection) else Standing.OPEN)
        case Way.BROKEN:
            return Identity(Standing.BROKEN)
        case Way.PROXY:
            return _by_header(claims, chosen.claim, address)
        case Way.OPENID:
            return _by_claims(claims, chosen.claim, now)


def is_https() -> bool:
    """Whether people reach the server by https, as the provider is told to send them back."""
    if settings().way is not Way.OPENID:
        return bool(config.get_option("server.sslCertFile"))
    return str(st.secrets["auth"].get("redirect_uri", "")).startswith("https://")


def _by_header(claims: Mapping[str, Any], claim: str, address: str | None) -> Identity:
    """Believe a header only where nobody but a proxy on this machine can have sent it."""
    if not is_loopback(address):
        return Identity(Standing.BROKEN)
    code = _text(claims.get(claim))
    return Identity(Standing.SIGNED_IN, code, _name(claims) or code) if code else Identity(Standing.SIGNED_OUT)


def _by_claims(claims: Mapping[str, Any], claim: str, now: datetime) -> Identity:
    code = _text(claims.get(claim))
    if claims.get("is_logged_in") is not True or not code:
        return Identity(Standing.SIGNED_OUT)
    name, until = _name(claims) or code, _moment(claims.get("exp"))
    if until is None or until <= now:
        return Identity(Standing.EXPIRED, code, name, until)
    if claim == DEFAULT_CLAIM and claims.get("email_verified") in (False, "false"):
        return Identity(Standing.UNCONFIRMED, code, name, until)
    return Identity(Standing.SIGNED_IN, code, name, until)


def providers_in(section: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the providers that a section `[auth]` configures: its own, and its sections."""
    named = [name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value]
    return (*([DEFAULT_PROVIDER] if "client_id" in section else []), *named)


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):  # no time that there is: as good as none
        return None


def _name(claims: Mapping[str, Any]) -> str:
    return _text(claims.get("name"))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _host_name(host: str | None) -> str | None:
    try:
        return urlsplit(f"//{host or ''}").hostname
    except ValueError:
        return None


def is_loopback(address: str | None) -> bool:
    """Whether an address or a name is this machine's own."""
    if address is None:
        return False
    name = address.lower().rstrip(".").removeprefix("[").removesuffix("]")
    if name in _LOOPBACK_NAMES:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def own_hosts(chosen: Settings, address: str | None) -> Sequence[str]:
    """Return the names that requests may ask for, where the operator named none; empty = any.

    With sign-in it is the name that the provider sends people back to; alone on this machine, this machine's.
    """
    here = ["localhost", "127.0.0.1", "::1"]
    if chosen.way is Way.OPENID:
        back = _host_name(urlsplit(str(st.secrets["auth"].get("redirect_uri", ""))).netloc)
        return [*here, back] if back else here
    if chosen.way is Way.NONE and is_loopback(address):
        return sorted({*here, str(address)})
    return []
