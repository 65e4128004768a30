"""Starts and stops the servers that benches ask: the dashboard over a store, and the floor page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
START_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process, and the seconds from the command to its first answer."""

    address: str
    process: int
    started_in: float

    def memory(self) -> int:
        """Return the resident memory of its process in bytes."""
        status = Path(f"/proc/{self.process}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024


@contextmanager
def dashboard(store: Path) -> Iterator[Server]:
    """Run `python -m kpi serve` over a store."""
    with _running(["-m", "kpi", "serve", "--store", str(store), "--port"], "/healthz") as server:
        yield server


@contextmanager
def sampled(store: Path, samples: Path) -> Iterator[Server]:
    """Run the dashboard as above while a thread writes to `samples` what it is doing (bench/sampling.py)."""
    told = {"KPI_SAMPLES": str(samples)}
    with _running(["-m", "bench.sampling", "serve", "--store", str(store), "--port"], "/healthz", told) as server:
        yield server


@contextmanager
def floor(units: int) -> Iterator[Server]:
    """Run the floor page with so many units in its list, by Streamlit's own command and defaults."""
    page = str(Path(__file__).parent / "floor_app.py")
    options = [
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
        "--server.port",
    ]
    told = {"KPI_FLOOR_UNITS": str(units)}
    with (
        tempfile.TemporaryDirectory() as elsewhere,  # no configuration of ours lies there
        _running(["-m", "streamlit", "run", page, *options], "/_stcore/health", told, Path(elsewhere)) as server,
    ):
        yield server


@contextmanager
def _running(
    arguments: list[str], health: str, told: Mapping[str, str] | None = None, where: Path = ROOT
) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, began = f"http://localhost:{port}", time.perf_counter()
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, *arguments, str(port)]
        process = subprocess.Popen(command, cwd=where, stdout=log, stderr=log, env={**os.environ, **(told or {})})
        try:
            _wait(process, address + health)
            yield Server(address, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer within {START_SECONDS} s")
