"""Three dashboard processes over one store, behind the shipped nginx."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.front import Front, free_port, front
from tests.survival.place import file_of

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180


@dataclass
class Site:
    """The processes by their ports, and nginx before them."""

    store: Path
    folder: Path
    front: Front
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, port: int) -> None:
        words = [
            sys.executable,
            "-m",
            "kpi",
            "serve",
            "--store",
            str(self.store),
            "--port",
            str(port),
            "--behind-proxy",
        ]
        with (self.folder / f"{port}.log").open("ab") as log:
            self.processes[port] = subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=log)

    def wait_for(self, port: int) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.processes[port].poll() is None, (self.folder / f"{port}.log").read_text()
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(f"the process at {port} is not well after {START_SECONDS} s")

    def kill(self, port: int) -> None:
        self.processes[port].kill()
        self.processes[port].wait()

    def port_of(self, route: str) -> int:
        """The process that answers this route now; asked anew, since a session is logged only when it ends."""
        before = len(self.front.processes_of().get(route, []))
        request = urllib.request.Request(
            f"{self.front.address}/_stcore/health", headers={"Cookie": f"iku_route={route}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200
        until = time.monotonic() + 30
        while len(self.front.processes_of().get(route, [])) == before:  # the line comes after the answer
            assert time.monotonic() < until, "nginx logged nothing"
            time.sleep(0.01)
        return int(self.front.processes_of()[route][-1])


@contextmanager
def site(store: Path, folder: Path) -> Iterator[Site]:
    """Run nginx and three processes for the length of the block."""
    ports = [free_port() for _ in range(3)]
    with front(folder, free_port(), ports) as before:
        running = Site(store, folder, before)
        try:
            for port in ports:
                running.start(port)
            for port in ports:
                running.wait_for(port)
            yield running
        finally:
            for process in running.processes.values():
                if process.poll() is None:
                    process.terminate()
                    process.wait(timeout=30)


def verified_file(number: int, folder: Path) -> Path:
    """The place's file, its figures verified: behind a proxy and without a sign-in nobody sees others."""
    path = file_of(number, folder)
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{header},verification", *(f"{row},verified" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
