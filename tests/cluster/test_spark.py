"""A real standalone cluster publishes the same snapshot as this machine, also when a worker dies in the middle."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kpi.access import LOCAL
from kpi.cluster.spark import spark_maker
from kpi.errors import StoreError
from kpi.intake import ImportOptions, import_files
from kpi.model import AggregationOverPeriods, AggregationOverUnits
from kpi.store.partitions import export_partitions
from kpi.store.pieces import publish_in_pieces
from kpi.store.publish import publish
from tests.cluster.middle_size import build_middle_size
from tests.store.building import TODAY
from tests.store.same_snapshot import row_counts, rows_that_differ
from tests.store.several_organisations import build

FISCAL_YEARS = {"nyc-mmr-2016-2023": 7}


def on_cluster(store: Path, cluster, **more):
    return publish_in_pieces(store, spark_maker(cluster.url), today=TODAY, force=True, **more)


def test_all_that_a_record_can_say_is_the_same_to_the_row(cluster, tmp_path):
    build(tmp_path / "store")
    export_partitions(tmp_path / "store", tmp_path / "figures")
    made = on_cluster(tmp_path / "store", cluster, figures=str(tmp_path / "figures"))
    here = publish(tmp_path / "store", today=TODAY, force=True)

    assert rows_that_differ(tmp_path / "store", made.version, here.version) == {}
    assert row_counts(tmp_path / "store", made.version)["organisation"] == 3


def test_figures_of_an_unknown_organisation_are_refused(cluster, tmp_path):
    build(tmp_path / "store")
    export_partitions(tmp_path / "store", tmp_path / "figures")
    values = tmp_path / "figures" / "measurement"
    rows = pq.read_table(next(values.rglob("*.parquet")), partitioning=None)
    stranger = rows.set_column(0, "organisation_code", [["NOBODY"] * len(rows)])
    (values / "part=NOBODY").mkdir()
    pq.write_table(stranger, values / "part=NOBODY" / "a.parquet")

    with pytest.raises(StoreError, match="figures of 'NOBODY', no organisation of the record"):
        publish_in_pieces(tmp_path / "store", spark_maker("local[1]"), figures=str(tmp_path / "figures"), today=TODAY)


def test_a_cluster_that_is_not_there_is_named(cluster, tmp_path):
    build(tmp_path / "store")
    with pytest.raises(StoreError, match=r"Spark at no-cluster failed \(.*Readers keep"):
        publish_in_pieces(tmp_path / "store", spark_maker("no-cluster"), today=TODAY)


@pytest.mark.soak
def test_all_real_data_are_the_same_to_the_row(cluster, shared_data, tmp_path):
    store = tmp_path / "store"
    for path in sorted((shared_data / "data" / "real").glob("*/data.csv")):
        code = path.parent.name
        options = ImportOptions(
            code,
            create=True,
            year_starts_in=FISCAL_YEARS.get(code),
            aggregation_over_periods=AggregationOverPeriods.MEAN,
            aggregation_over_units=AggregationOverUnits.MEAN,
        )
        report = import_files(store, LOCAL, [path], options)
        assert not report.is_refused, code
    made = on_cluster(store, cluster)
    here = publish(store, today=TODAY, force=True)

    assert rows_that_differ(store, made.version, here.version) == {}
    counts = row_counts(store, made.version)
    assert counts["organisation"] == 11
    assert counts["facts_by_unit"] > counts["reported"], "coarser periods and parents were made too"


@pytest.mark.soak
def test_the_middle_size_is_the_same_to_the_row_though_a_worker_is_killed(cluster, tmp_path):
    store = tmp_path / "store"
    build_middle_size(store)
    pieces = store / "snapshots" / ".making" / "pieces"
    killed = threading.Thread(target=_kill_when_some_are_made, args=(cluster, pieces))
    killed.start()
    made = on_cluster(store, cluster)
    killed.join()
    here = publish(store, today=TODAY, force=True)

    assert cluster.workers[0].poll() is not None, "a worker died on the way"
    assert rows_that_differ(store, made.version, here.version) == {}
    assert row_counts(store, made.version)["reported"] > 1_700_000


def _kill_when_some_are_made(cluster, pieces: Path) -> None:
    """Kill one of two workers as soon as the first piece lies there: it is in the middle of the next."""
    while not (pieces.exists() and any(pieces.glob("*.duckdb"))):
        time.sleep(0.05)
    cluster.kill_worker(0)
