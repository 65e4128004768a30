"""The shipped nginx configuration before processes here: names, ports and folders changed, nothing else."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
START_SECONDS = 30


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def nginx() -> str | None:
    """The program, which Debian keeps where only root's path leads; None where it is absent."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@dataclass(frozen=True)
class Front:
    """A running nginx."""

    address: str
    log: Path

    def processes_of(self) -> dict[str, list[str]]:
        """Each route's answers, in order: the process that gave it. Read from the log whose format is shipped."""
        found: dict[str, list[str]] = {}
        for line in self.log.read_text().splitlines():
            *_, process, route = line.split()
            found.setdefault(route, []).append(process.rsplit(":", 1)[-1])
        return found


@contextmanager
def front(folder: Path, port: int, backends: Sequence[int]) -> Iterator[Front]:
    """Run the shipped configuration without TLS on `port` before processes at `backends`."""
    configuration = folder / "nginx.conf"
    configuration.write_text(_of_processes(folder, port, backends))
    program = nginx()
    assert program is not None
    command = [program, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]
    running = subprocess.Popen([*command, "-g", "daemon off; master_process on;"])
    try:
        _wait_for(port, running)
        yield Front(f"http://localhost:{port}", folder / "iku.log")
    finally:
        running.terminate()
        running.wait(timeout=20)


def whole(folder: Path, certificate: Path, key: Path) -> Path:
    """Write the shipped configuration as it stands, TLS and all, with files of this machine; for `nginx -t`."""
    text = (DEPLOY / "nginx" / "iku.conf").read_text()
    text = text.replace("/etc/ssl/certs/iku.pem", str(certificate)).replace("/etc/ssl/private/iku.key", str(key))
    return _written(folder, _placed(folder, text))


def _of_processes(folder: Path, port: int, backends: Sequence[int]) -> str:
    text = (DEPLOY / "nginx" / "iku.conf").read_text()
    shared, *_ = text.split("server {", 1)
    inside = f"access_log {folder}/iku.log iku; include {folder}/iku-locations.conf;"
    server = f"server {{ listen 127.0.0.1:{port}; listen [::1]:{port}; {inside} }}"
    path = _written(folder, _placed(folder, shared + server))
    upstream = folder / "iku-upstream.conf"
    shipped = upstream.read_text()
    for number, backend in enumerate(backends, 8501):
        assert f":{number} " in shipped
        shipped = shipped.replace(f":{number} ", f":{backend} ")
    upstream.write_text(shipped)
    return path.read_text()


def _placed(folder: Path, text: str) -> str:
    """Lead the text to copies of the other files, and its logs into the folder."""
    for name in ("iku-upstream.conf", "iku-locations.conf"):
        shutil.copy(DEPLOY / "nginx" / name, folder / name)
    return text.replace("/etc/nginx/iku/", f"{folder}/").replace("/var/log/nginx/", f"{folder}/")


def _written(folder: Path, text: str) -> Path:
    bodies = [f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    path = folder / "nginx.conf"
    path.write_text(f"pid {folder}/pid; worker_processes 1; events {{}}\nhttp {{ {' '.join(bodies)}\n{text}\n}}\n")
    return path


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert running.poll() is None, "nginx stopped; see error.log"
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers; whether the processes do is the test's to see
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("nginx did not answer")
