"""A standalone Spark cluster here: one master and two workers, each a process of its own, on loopback alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
MASTER_PORT, MASTER_PAGE, WORKER_PORT = 17077, 17078, 17081
START_SECONDS = 120


def why_not() -> str | None:
    """What is missing here, in words; None when a cluster can be started."""
    if shutil.which("java") is None:
        return "Java isn't on this machine: `apt-get install openjdk-17-jre-headless`, then `make test-spark`"
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark isn't in this environment: `make test-spark` has one of its own"
    return None


@dataclass
class Cluster:
    """A running master and its workers; `folder` takes their logs and scratch files."""

    folder: Path
    master: subprocess.Popen | None = None
    workers: list[subprocess.Popen] = field(default_factory=list)
    url: str = f"spark://{HOST}:{MASTER_PORT}"

    def start(self, workers: int = 2) -> None:
        self.master = self._run("master", "--host", HOST, "--port", str(MASTER_PORT), "--webui-port", str(MASTER_PAGE))
        for _ in range(workers):
            self.add_worker()
        self.wait_for(workers)

    def add_worker(self) -> None:
        number = len(self.workers)
        ports = ["--port", str(WORKER_PORT + 2 * number), "--webui-port", str(WORKER_PORT + 2 * number + 1)]
        work = ["--work-dir", str(self.folder / f"work-{number}")]
        sizes = ["--cores", "1", "--memory", "2g"]
        self.workers.append(self._run("worker", "--host", HOST, *ports, *work, *sizes, self.url))

    def wait_for(self, alive: int) -> None:
        """Wait until the master counts that many workers alive."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://{HOST}:{MASTER_PAGE}/json/") as answer:
                    if f'"aliveworkers" : {alive}' in answer.read().decode():
                        return
            except OSError:
                pass  # not up yet
            time.sleep(0.3)
        raise TimeoutError(f"no {alive} workers after {START_SECONDS} s; the logs are in {self.folder}")

    def kill_worker(self, number: int) -> None:
        """Kill a worker with the executors that it started, without a word."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def stop(self) -> None:
        for process in [*self.workers, *([self.master] if self.master else [])]:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=60)

    def _run(self, role: str, *words: str) -> subprocess.Popen:
        import pyspark

        home = Path(pyspark.__file__).parent
        name = f"org.apache.spark.deploy.{role}.{role.capitalize()}"
        log = (self.folder / f"{role}-{len(self.workers)}.log").open("w")
        environment = {**os.environ, "SPARK_LOCAL_IP": HOST, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable,
                       "SPARK_LOCAL_DIRS": str(self.folder / "local")}  # fmt: skip
        command = [str(home / "bin" / "spark-class"), name, *words]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
