"""A snapshot laid together from pieces is the one that `publish` makes, or there is none."""

from __future__ import annotations

import re
import shutil

import pyarrow.parquet as pq
import pytest

from kpi.cli import main
from kpi.errors import StoreError
from kpi.store.check import check
from kpi.store.engine import connect, sql
from kpi.store.opening import FILE_NAME
from kpi.store.partitions import KINDS, export_partitions
from kpi.store.piece import RefusedFigures, make_piece
from kpi.store.pieces import publish_in_pieces
from kpi.store.publish import publish
from kpi.store.versions import current_version
from tests.store.building import TODAY
from tests.store.one_by_one import figures_of, make_here
from tests.store.same_snapshot import row_counts, rows_that_differ
from tests.store.several_organisations import ODD, build


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    store = tmp_path_factory.mktemp("several") / "store"
    build(store)
    return store


@pytest.fixture
def store(built, tmp_path):
    return shutil.copytree(built, tmp_path / "store")


@pytest.fixture
def figures(store, tmp_path):
    """The store's figures as Parquet, to be spoilt."""
    export_partitions(store, tmp_path / "figures")
    return tmp_path / "figures"


def refusal(store, figures) -> str:
    with pytest.raises(StoreError) as refused:
        publish_in_pieces(store, make_here, figures=str(figures), today=TODAY)
    assert not list((store / "snapshots").glob("*.duckdb")), "nothing is published"
    assert not (store / "snapshots" / ".making").exists()
    return str(refused.value)


def file_of(folder, code="K"):
    files = folder.glob("part=*/*.parquet")
    return next(path for path in files if code in pq.read_table(path)["organisation_code"].to_pylist())


def test_every_table_says_the_same_to_the_row(store):
    pieces = publish_in_pieces(store, make_here, today=TODAY)
    whole = publish(store, today=TODAY, force=True)

    assert rows_that_differ(store, pieces.version, whole.version) == {}
    counts = row_counts(store, pieces.version)
    assert [name for name, count in counts.items() if not count] == [], "each table has rows to compare"
    assert counts["organisation"] == 3
    assert (pieces.record_version, pieces.today) == (whole.record_version, whole.today)
    assert current_version(store) == whole.version
    assert check(store).is_sound


def test_what_was_known_then_says_the_same_too(store):
    day = TODAY.replace(year=2030)
    pieces = publish_in_pieces(store, make_here, as_known_at=day, today=TODAY)
    whole = publish(store, as_known_at=day, today=TODAY, force=True)

    assert rows_that_differ(store, pieces.version, whole.version) == {}
    assert pieces.as_known_at == day


def test_a_snapshot_that_says_the_same_already_is_kept(store):
    first = publish(store, today=TODAY)

    assert publish_in_pieces(store, make_here, today=TODAY) == first
    assert publish_in_pieces(store, make_here, today=TODAY, force=True).version != first.version


def test_figures_that_were_exported_once_do_as_well_as_the_records_own(store, figures):
    from_files = publish_in_pieces(store, make_here, figures=str(figures), today=TODAY)

    assert rows_that_differ(store, from_files.version, publish(store, today=TODAY, force=True).version) == {}


def test_a_lost_file_is_noticed(store, figures):
    file_of(figures / "target").unlink()

    assert "figures of K are not those of the record (record: every batch has the rows" in refusal(store, figures)


def test_figures_of_another_organisation_are_refused_by_name(store):
    def make(order, report):
        first, *_ = order.organisations
        another = order.organisations.index(ODD)
        assert first != ODD
        return [make_piece(order, another, figures_of(order, 0))]

    with pytest.raises(RefusedFigures, match="no organisation of the record, came with"):
        publish_in_pieces(store, make, today=TODAY)


def test_a_figure_that_the_record_would_not_take_is_refused(store, figures):
    def with_infinity(rows):
        values = rows["value"].to_pylist()
        return rows.set_column(rows.column_names.index("value"), "value", [[float("inf"), *values[1:]]])

    path = file_of(figures / "measurement")
    pq.write_table(with_infinity(pq.read_table(path, partitioning=None)), path)

    assert re.search("K has a figure that the record wouldn't take .*isfinite", refusal(store, figures))


def test_a_piece_that_does_not_come_publishes_nothing(store):
    with pytest.raises(StoreError, match=f"1 organisations were not made, {re.escape(ODD)} among them"):
        publish_in_pieces(store, lambda order, report: make_here(order, report)[:-1], today=TODAY)


def test_a_record_without_organisation_has_nothing_to_publish(tmp_path):
    with connect(tmp_path / FILE_NAME) as opened:
        opened.execute(sql("record/schema"))
    with pytest.raises(StoreError, match="no organisation to publish"):
        publish_in_pieces(tmp_path, make_here, today=TODAY)


def test_every_table_of_the_record_is_handed_on(store):
    with connect(store / FILE_NAME, is_read_only=True) as opened:
        tables = {name for (name,) in opened.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for query in ("copy_definitions", "copy_organisation"):
        handed_on = set(re.findall(r"INSERT INTO \w+\.(\w+)", sql(f"pieces/{query}")))
        assert handed_on == tables - set(KINDS), query


def test_export_record_writes_a_new_folder_whole(store, tmp_path, capsys):
    words = ["export", "record", "--store", str(store), "-o", str(tmp_path / "out")]

    assert main(words) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(KINDS)
    assert main(words) == 1
    assert "is there already. Name a new folder." in capsys.readouterr().err
    assert main(["export", "record", "--store", str(store)]) == 2
    assert main([*words, "--unit", "A"]) == 2


def test_the_cluster_is_asked_for_by_name_alone(store, tmp_path, capsys):
    assert main(["publish", "--store", str(store), "--master", "local[1]"]) == 2
    words = ["publish", "--store", str(store), "--engine", "spark", "--measurements", str(tmp_path)]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "go with --engine spark" in said
    assert "there is no folder 'measurement' in it" in said
