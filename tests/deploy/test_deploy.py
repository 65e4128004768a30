"""What deploy/ ships is whole: nginx does what it says, systemd and compose read it, the backup restores."""

from __future__ import annotations

import http.server
import os
import shutil
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import yaml

from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.snapshot import Snapshot
from tests.deploy.front import DEPLOY, ROOT, free_port, front, nginx, whole
from tests.small_organisation import TODAY, small_store

__all__ = ["small_store"]

needs_nginx = pytest.mark.skipif(nginx() is None, reason="nginx isn't on this machine: apt-get install nginx-light")
ROUTE = "0123456789abcdef0123456789abcdef"


@contextmanager
def answering(port: int) -> Iterator[list[str]]:
    """A process that answers its own port, and notes the names that it was asked by."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']} {self.headers['X-Forwarded-For']}")
            self._say(str(port))

        def do_POST(self) -> None:
            asked.append("POST")
            self._say(str(port))

        def _say(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


def ask(address: str, route: str | None = None, **headers: str) -> tuple[str, str | None]:
    """The body, and the cookie that came with it."""
    cookie = {"Cookie": f"iku_route={route}"} if route else {}
    request = urllib.request.Request(address, headers={**cookie, **headers})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read().decode(), answer.headers.get("Set-Cookie")


@needs_nginx
def test_nginx_takes_the_shipped_configuration_as_it_stands(tmp_path):
    key, certificate = tmp_path / "iku.key", tmp_path / "iku.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=iku.test"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    configuration = whole(tmp_path, certificate, key)

    said = subprocess.run(
        [nginx() or "", "-t", "-p", str(tmp_path), "-c", str(configuration), "-e", str(tmp_path / "error.log")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


@needs_nginx
def test_a_reader_stays_with_one_process_and_goes_on_at_another_when_it_is_gone(tmp_path):
    ports = [free_port() for _ in range(3)]
    with answering(ports[0]), answering(ports[1]), front(tmp_path, free_port(), ports) as site:
        # The third one is not up: nobody notices.
        first, cookie = ask(site.address)
        assert cookie is not None
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        route = cookie.split(";")[0].removeprefix("iku_route=")
        assert {ask(site.address, route) for _ in range(10)} == {(first, None)}, "no second cookie, no other process"
        by_route = {number: ask(site.address, f"{number:032x}")[0] for number in range(40)}
        assert set(by_route.values()) == {str(ports[0]), str(ports[1])}
        with answering(ports[2]):
            pass
    with answering(ports[1]), front(tmp_path, free_port(), ports) as site:
        assert {ask(site.address, f"{number:032x}")[0] for number in range(40)} == {str(ports[1])}


@needs_nginx
def test_who_is_asked_for_and_who_asks_is_handed_on_and_cannot_be_invented(tmp_path):
    ports = [free_port() for _ in range(3)]
    with answering(ports[0]) as asked, front(tmp_path, free_port(), ports) as site:
        ask(site.address, ROUTE, **{"X-Forwarded-For": "198.51.100.7"})
        _, cookie = ask(site.address, "an invented route")

        assert set(asked[-2:]) <= {f"{site.address.removeprefix('http://')} {near}" for near in ("127.0.0.1", "::1")}
        assert cookie is not None
        assert "invented" not in cookie
        last = site.log.read_text().splitlines()[-1]
        assert "invented" not in last


@needs_nginx
def test_what_is_written_is_never_sent_twice(tmp_path):
    ports = [free_port() for _ in range(3)]
    with front(tmp_path, free_port(), ports) as site, pytest.raises(urllib.error.HTTPError, match="502"):
        urllib.request.urlopen(urllib.request.Request(site.address, data=b"x", method="POST"), timeout=20)


def test_systemd_reads_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze isn't on this machine")
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/opt/iku/.venv/bin/python", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("/opt/iku/deploy/backup.sh", "/bin/true"))
    units = sorted(str(path) for path in tmp_path.iterdir() if path.suffix in {".service", ".timer", ".target"})
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    ours = [line for line in said.stderr.splitlines() if "iku" in line]
    assert (said.returncode, ours) == (0, [])


def test_compose_names_files_and_processes_that_are_there():
    compose = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
    services = compose["services"]
    upstream = (DEPLOY / "compose" / "iku-upstream.conf").read_text()
    made_by_the_operator = {"./certificate/iku.pem", "./certificate/iku.key"}

    for volume in services["nginx"]["volumes"]:
        source = volume.split(":")[0]
        assert source in made_by_the_operator or (DEPLOY / "compose" / source).is_file(), source
    for name in ("iku1", "iku2", "iku3"):
        assert f"server {name}:8501" in upstream
        assert services[name]["build"]["dockerfile"] == "deploy/compose/Dockerfile"
    copied = [
        line.split()[1]
        for line in (DEPLOY / "compose" / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY")
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_a_backup_is_checked_and_restores(small_store, tmp_path):
    store, backup = tmp_path / "store", tmp_path / "backup"
    shutil.copytree(small_store, store)
    environment = {**os.environ, "KPI_STORE": str(store), "KPI_BACKUP": str(backup), "KPI_PYTHON": sys.executable}
    old = backup / "2020-01-01"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))
    (backup / f"{datetime.now().astimezone():%Y-%m-%d}").mkdir()  # one of the same day gives way
    subprocess.run([str(DEPLOY / "backup.sh")], env=environment, check=True, capture_output=True, cwd=ROOT)

    (made,) = backup.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    shutil.rmtree(store)
    shutil.copytree(made, store)
    assert publish(store, today=TODAY).record_version == Snapshot.open(small_store).meta.record_version
    assert check(store).is_sound


def test_a_backup_of_a_damaged_record_fails_and_leaves_the_last_one(small_store, tmp_path):
    store, backup = tmp_path / "store", tmp_path / "backup"
    shutil.copytree(small_store, store)
    (store / "record.duckdb").write_bytes(b"not a database")
    environment = {**os.environ, "KPI_STORE": str(store), "KPI_BACKUP": str(backup), "KPI_PYTHON": sys.executable}
    failed = subprocess.run([str(DEPLOY / "backup.sh")], env=environment, check=False, capture_output=True, cwd=ROOT)

    assert failed.returncode != 0
    assert not [path for path in backup.iterdir() if not path.name.startswith(".")]
