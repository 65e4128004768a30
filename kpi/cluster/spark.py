"""Publishes on a Spark cluster: Spark reads the figures, hands each organisation's to one task, and tries again.

What a task does with them is `make_piece`: the consolidation and the scoring of every other publish, in `mapInArrow`.
Knows no SQL and no figure. Needs pyspark (requirements-spark.txt), here and on every worker.
"""

from __future__ import annotations

import dataclasses
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from kpi.cluster.release import digest
from kpi.errors import StoreError, UsageError
from kpi.store.partitions import INCOMING, KINDS
from kpi.store.piece import RefusedFigures, make_piece
from kpi.store.pieces import Maker, Order, Piece

if TYPE_CHECKING:  # the pages' environment has no pyspark
    from pyspark.sql import DataFrame, SparkSession  # pyright: ignore[reportMissingImports]

ROOT: Final = Path(__file__).resolve().parents[2]
_HANDED_ON: Final = ("KPI_MEMORY", "KPI_PROFILES", "TZ")
_REPORT: Final = "place INT, name STRING, facts BIGINT, seconds DOUBLE, host STRING, release STRING, refusal STRING"
_REPORT_ARROW: Final = pa.schema(
    [
        ("place", pa.int32()),
        ("name", pa.string()),
        ("facts", pa.int64()),
        ("seconds", pa.float64()),
        ("host", pa.string()),
        ("release", pa.string()),
        ("refusal", pa.string()),
    ]
)


def spark_maker(master: str) -> Maker:
    """Return what makes pieces on the cluster `master` (`spark://host:7077`, `local[*]`).

    Each piece gets $KPI_THREADS cores (1). The store's folder must lie under the same path on every worker, and this
    program too, with its environment. Raises UsageError when pyspark isn't installed, StoreError when the cluster or a
    piece fails.
    """
    try:
        from py4j.protocol import Py4JError  # pyright: ignore[reportMissingImports]
        from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        text = "--engine spark needs pyspark, which isn't installed here. Run `pip install -r requirements-spark.txt`."
        raise UsageError(text) from error

    def make(order: Order, report: Callable[[float, str], object]) -> Sequence[Piece]:
        report(0.0, f"{len(order.organisations)} organisations on {master}")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # pyspark asks for it here, not in the settings
        try:
            session = _configured(SparkSession.builder, master).getOrCreate()
            session.sparkContext.setLogLevel("ERROR")
            try:
                rows = _dealt_out(session, order).mapInArrow(_task(order), _REPORT).collect()
            finally:
                session.stop()
        except (PySparkException, Py4JError) as error:
            text = "Spark at {master} failed ({why}). Readers keep the snapshot they have."
            raise StoreError(text, master=master, why=_in_short(error)) from error
        report(1.0, "made")
        return [_piece(row.asDict()) for row in rows]

    return make


def _configured(builder: SparkSession.Builder, master: str) -> SparkSession.Builder:
    """Tell the executors which Python and which settings are ours, and Spark to change nothing that it reads."""
    handed_on = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    threads = os.environ.get("KPI_THREADS", "1")
    environment = {"PYTHONPATH": str(ROOT), "KPI_THREADS": threads, **handed_on}
    settings = {
        "spark.task.cpus": "1" if master.startswith("local") else threads,
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # 0011 is a code and no number
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **{f"spark.executorEnv.{name}": value for name, value in environment.items()},
    }
    builder = builder.master(master).appName("kpi publish")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder


def _dealt_out(session: SparkSession, order: Order) -> DataFrame:
    """Return all figures (INCOMING) with one partition an organisation, numbered as `order` has them."""
    from pyspark.sql import functions as F  # noqa: N812 # pyright: ignore[reportMissingImports]

    numbered = list(enumerate(order.organisations))
    places = session.createDataFrame(numbered, "place INT, organisation_code STRING")
    figures = None
    for kind, columns in KINDS.items():
        read = _read(session, order.figures, kind, columns)
        figures = read if figures is None else figures.unionByName(read, allowMissingColumns=True)
    assert figures is not None
    # Figures of an organisation that the record doesn't know go to the first task, which refuses them by name.
    placed = figures.join(F.broadcast(places), "organisation_code", "left")
    return placed.repartitionById(len(numbered), F.coalesce("place", F.lit(0))).select(*INCOMING)


def _read(session: SparkSession, folder: str, kind: str, columns: dict[str, str]) -> DataFrame:
    from pyspark.sql import functions as F  # noqa: N812 # pyright: ignore[reportMissingImports]

    place = f"{folder.rstrip('/')}/{kind}"
    if "://" not in folder and Path(place).is_dir() and next(Path(place).rglob("*.parquet"), None) is None:
        return session.createDataFrame(
            [], ", ".join(f"{name} {kept}" for name, kept in ({"kind": "string"} | columns).items())
        )
    read = session.read.parquet(place)
    if missing := [name for name in columns if name not in read.columns]:
        text = "{place}: column {column} is missing. Write the Parquet with `python -m kpi export record`."
        raise StoreError(text, place=place, column=missing[0])
    typed = [F.col(name).cast(kept).alias(name) for name, kept in columns.items()]
    return read.select(F.lit(kind).alias("kind"), *typed)


def _task(order: Order) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what a worker does with one partition: its organisation's piece, reported in one row.

    Figures that are refused are reported too, since to try them again would change nothing; whatever else goes wrong is
    Spark's to try again.
    """

    def make(figures: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext  # pyright: ignore[reportMissingImports]

        context = TaskContext.get()
        assert context is not None
        told = {"place": context.partitionId(), "host": socket.gethostname(), "release": digest()}
        try:
            told |= dataclasses.asdict(make_piece(order, context.partitionId(), figures))
        except RefusedFigures as error:
            told["refusal"] = str(error)
        yield pa.RecordBatch.from_pylist([told], schema=_REPORT_ARROW)

    return make


def _piece(told: dict[str, object]) -> Piece:
    if told["release"] != digest():
        text = "{host} runs another version of this program. Install the same one on every worker."
        raise StoreError(text, host=told["host"])
    if told["refusal"]:
        raise StoreError("{refusal}", refusal=told["refusal"])
    return Piece(**{field.name: told[field.name] for field in dataclasses.fields(Piece)})  # pyright: ignore[reportArgumentType] - as _REPORT says


def _in_short(error: Exception) -> str:
    """Return the line that says what went wrong: the last one of a worker's traceback, the first of Java's."""
    lines = str(error).strip().splitlines()
    of_java = [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return (of_java or lines[-1:] if lines[0].endswith((":", ".")) else lines)[0]
