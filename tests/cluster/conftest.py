"""A Spark cluster for the tests of this folder; skips in words where Java or pyspark is absent."""

from __future__ import annotations

import pytest

from tests.cluster.cluster import HOST, Cluster, why_not


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    missing = why_not()
    if missing:
        pytest.skip(missing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", HOST)
        running = Cluster(tmp_path_factory.mktemp("cluster"))
        try:
            running.start()
            yield running
        finally:
            running.stop()
