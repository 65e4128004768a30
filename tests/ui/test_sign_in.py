"""What claims and connections say of who somebody is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import Secrets

from kpi.errors import UsageError
from ui import sign_in, sign_in_check
from ui.sign_in import Connection, Identity, Settings, Standing, Way
from ui.visitor import SignOuts

NOW = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
OPENID = Settings(Way.OPENID, ("default",))
HERE = Connection("localhost:8501", "127.0.0.1", is_forwarded=False)


def claims(**changes: object) -> dict[str, object]:
    until = (NOW + timedelta(minutes=5)).timestamp()
    return {"is_logged_in": True, "email": "ani@kemuning.test", "name": "Ani", "exp": until, **changes}


def identity(of: dict[str, object], chosen: Settings = OPENID, address: str | None = "localhost") -> Identity:
    return sign_in.identity_of(of, chosen, address, HERE, NOW)


@pytest.mark.parametrize(
    ("address", "connection", "is_alone"),
    [
        pytest.param("localhost", HERE, True, id="localhost"),
        pytest.param("127.0.0.2", HERE, True, id="another loopback address"),
        pytest.param("::1", Connection("[::1]:8501", "::1", False), True, id="IPv6"),
        pytest.param("localhost", None, True, id="no connection to judge"),
        pytest.param("0.0.0.0", HERE, False, id="bound to all addresses"),
        pytest.param(None, HERE, False, id="bound to whatever there is"),
        pytest.param("10.1.2.3", HERE, False, id="bound to a network"),
        pytest.param("unix:///run/kpi", HERE, False, id="bound to a socket that others may open"),
        pytest.param("localhost", Connection("localhost", "10.1.2.3", False), False, id="from another machine"),
        pytest.param("localhost", Connection("iku.kemuning.test", "127.0.0.1", False), False, id="another host's name"),
        pytest.param("localhost", Connection("localhost", "127.0.0.1", True), False, id="sent on by a proxy"),
        pytest.param("localhost", Connection(None, "127.0.0.1", False), False, id="no host named"),
        pytest.param("localhost", Connection("[", "127.0.0.1", False), False, id="a host that can't be read"),
        pytest.param(
            "localhost", Connection("localhost.evil.test", "::1", False), False, id="a name that begins alike"
        ),
    ],
)
def test_only_this_machine_is_alone(address: str | None, connection: Connection | None, is_alone: bool):
    assert sign_in.is_alone(address, connection) is is_alone

    standing = sign_in.identity_of({}, Settings(Way.NONE), address, connection, NOW).standing
    assert standing is (Standing.LOCAL if is_alone else Standing.OPEN)


@pytest.mark.parametrize("connection", [HERE, None])
def test_behind_a_proxy_that_says_nothing_nobody_is_this_machines_own_user(connection, monkeypatch):
    monkeypatch.setenv("KPI_BEHIND_PROXY", "1")

    assert not sign_in.is_alone("localhost", connection)
    assert sign_in.identity_of({}, Settings(Way.NONE), "localhost", connection, NOW).standing is Standing.OPEN


@pytest.mark.parametrize("header", sign_in.FORWARDED)
def test_a_header_of_a_proxy_tells_of_one(header: str):
    assert sign_in.connection_of({"host": "localhost", header: "10.1.2.3"}, "127.0.0.1").is_forwarded
    assert not sign_in.connection_of({"host": "localhost"}, "127.0.0.1").is_forwarded


def test_a_sign_in_counts_until_it_ends_and_not_a_second_longer():
    end = NOW.timestamp()

    assert identity(claims(exp=end + 1)).standing is Standing.SIGNED_IN
    assert identity(claims(exp=end)).standing is Standing.EXPIRED
    assert identity(claims(exp=end + 1)).code == "ani@kemuning.test"


@pytest.mark.parametrize("end", [None, "tomorrow", True, 1e300, float("nan")])
def test_a_sign_in_without_an_end_that_can_be_read_has_ended(end: object):
    assert identity(claims(exp=end)).standing is Standing.EXPIRED


@pytest.mark.parametrize("changes", [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"email": " "}, {"email": None}])
def test_without_a_claim_nobody_is_signed_in(changes: dict[str, object]):
    assert identity(claims(**changes)).standing is Standing.SIGNED_OUT


def test_an_address_that_the_provider_did_not_confirm_is_none():
    assert identity(claims(email_verified=False)).standing is Standing.UNCONFIRMED
    assert identity(claims(email_verified=True)).standing is Standing.SIGNED_IN


def test_another_claim_may_say_who_somebody_is():
    by_number = Settings(Way.OPENID, ("default",), "nip")

    assert identity(claims(nip="197001", email_verified=False), by_number).code == "197001"
    assert identity(claims(), by_number).standing is Standing.SIGNED_OUT


def test_a_proxys_header_counts_only_where_nobody_else_can_send_it():
    proxy = Settings(Way.PROXY)

    assert identity({"email": "ani@kemuning.test"}, proxy).standing is Standing.SIGNED_IN
    assert identity({"email": None}, proxy).standing is Standing.SIGNED_OUT
    assert identity({"email": "ani@kemuning.test"}, proxy, "0.0.0.0").standing is Standing.BROKEN


def test_a_sign_in_that_was_ended_stays_ended_and_others_go_on():
    ended = SignOuts()
    ended.end({**claims(nonce="1"), "tokens": {}, "origin": "http://localhost"}, NOW)

    assert ended.has(claims(nonce="1"))
    assert not ended.has(claims(nonce="2"))


def test_an_ended_sign_in_is_forgotten_when_it_would_have_ended_by_itself():
    ended = SignOuts()
    ended.end(claims(nonce="1"), NOW)
    ended.end(claims(nonce="2"), NOW + timedelta(hours=1))

    assert not ended.has(claims(nonce="1"))


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of secrets that Streamlit will read, empty of any that were read before."""
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(st, "secrets", Secrets())
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    yield path
    config.set_option("secrets.files", before)


def test_without_secrets_there_is_no_sign_in(secrets: Path):
    assert sign_in.settings().way is Way.NONE


def test_secrets_without_a_section_auth_configure_none(secrets: Path):
    secrets.write_text('[mail]\nhost = "localhost"\n')

    assert sign_in.settings().way is Way.NONE


def test_each_provider_is_offered(secrets: Path):
    secrets.write_text('[auth]\nclient_id = "a"\n[auth.office]\nclient_id = "b"\n')

    assert sign_in.settings() == Settings(Way.OPENID, ("default", "office"))


@pytest.mark.parametrize("text", ["[auth", "[auth]\n", "auth = 1\n", '[auth]\nredirect_uri = "x"\n'])
def test_secrets_that_are_broken_never_mean_no_sign_in(secrets: Path, text: str):
    secrets.write_text(text)

    assert sign_in.settings().way is Way.BROKEN


def test_hosts_are_those_of_this_machine_and_of_the_sign_in(secrets: Path):
    assert "localhost" in sign_in.own_hosts(Settings(Way.NONE), "localhost")
    assert sign_in.own_hosts(Settings(Way.NONE), "0.0.0.0") == []

    secrets.write_text('[auth]\nclient_id = "a"\nredirect_uri = "https://iku.kemuning.test/oauth2callback"\n')
    assert "iku.kemuning.test" in sign_in.own_hosts(sign_in.settings(), "0.0.0.0")


WHOLE = """[auth]
redirect_uri = "https://iku.kemuning.test/oauth2callback"
cookie_secret = "a secret of thirty-two signs, at least"
client_id = "kpi"
client_secret = "x"
server_metadata_url = "https://masuk.kemuning.test/.well-known/openid-configuration"
"""


def test_a_whole_sign_in_is_taken(secrets: Path):
    secrets.write_text(WHOLE)

    sign_in_check.check()
    assert sign_in.is_https()


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("[auth]", "[auth", "sign-in can't be read"),
        ('client_id = "kpi"', "", "needs a section"),
        ('client_secret = "x"', "", "client_secret is missing"),
        ("server_metadata_url", "url", "server_metadata_url is missing"),
        ("cookie_secret", "secret", "cookie_secret is missing"),
        ("a secret of thirty-two signs, at least", "short", "shorter than 32"),
        ("/oauth2callback", "/back", "must end with /oauth2callback"),
    ],
)
def test_a_sign_in_that_is_set_up_in_part_starts_no_server(secrets: Path, line: str, instead: str, said: str):
    secrets.write_text(WHOLE.replace(line, instead, 1))

    with pytest.raises(UsageError, match=re.escape(said)):
        sign_in_check.check()


def test_a_file_of_secrets_that_was_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KPI_SECRETS", str(tmp_path / "none.toml"))

    with pytest.raises(UsageError, match=re.escape("there is no file")):
        sign_in_check.check()
