"""Comments on figures: the newest that stands counts, each version stays, and a withdrawn batch takes its own along."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from kpi.errors import StoreError, UnknownCode
from kpi.model import Comment, Indicator, Unit
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, record, table

KNOWN = definitions([Unit(CODE, "A", "Dinas A", CODE)], [Indicator(CODE, "MUTU", "Mutu", grain="quarter")])
FIGURES = [figure("A", "MUTU", "2026-Q3", 80.0, target=100.0)]


def comment(cause: str = "Alat rusak", **more: object) -> Comment:
    said = Comment(
        organisation_code=CODE,
        unit_code="A",
        indicator_code="MUTU",
        grain="quarter",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 9, 30),
        cause=cause,
        obstacle="",
        follow_up="Perbaiki alat",
        owner="Kepala Bidang",
        due=date(2026, 12, 31),
        author="petugas-a",
    )
    return dataclasses.replace(said, **more)


def add(store, *comments: Comment, recorded_at: datetime | None = None):
    with Record.opened(store, writing=True) as opened:
        return opened.add_comments(BatchHeader(CODE, made_by="petugas-a", recorded_at=recorded_at), comments)


def shown(store, **asked):
    meta = publish(store, today=TODAY)
    return Snapshot.open(store, meta.version).commentary(CODE, **asked)


@pytest.fixture
def store(tmp_path):
    record(tmp_path, KNOWN, FIGURES)
    return tmp_path


def test_the_newest_comment_on_a_figure_counts_and_the_earlier_one_stays_readable(store):
    add(store, comment())
    add(store, comment("Alat rusak dan petugas kurang"))

    assert shown(store)["cause"].tolist() == ["Alat rusak dan petugas kurang"]
    history = shown(store, with_earlier=True)
    assert history["cause"].tolist() == ["Alat rusak dan petugas kurang", "Alat rusak"]
    assert history["is_current"].tolist() == [True, False]
    assert check(store).is_sound


def test_a_withdrawn_batch_takes_its_comment_along_and_the_one_before_stands_again(store):
    add(store, comment())
    second = add(store, comment("Salah tulis"))
    with Record.opened(store, writing=True) as opened:
        opened.withdraw(second.batch_number, "petugas-a", "salah tulis")

    assert shown(store)["cause"].tolist() == ["Alat rusak"]
    assert check(store).is_sound


def test_what_stands_already_is_not_written_whoever_says_it_again(store):
    add(store, comment())

    assert add(store, comment(author="petugas-b")) is None
    with Record.opened(store, writing=False) as opened:
        assert opened.commentary(CODE) == [comment()]
        assert opened.new_comments(CODE, [comment(), comment("Lain")]) == [comment("Lain")]


def test_comments_go_in_with_the_figures_of_one_batch(store):
    with Record.opened(store, writing=True) as opened:
        header = BatchHeader(CODE, made_by="petugas-a")
        first = opened.append(header, KNOWN, table(FIGURES), comments=[comment()])
        again = opened.append(header, KNOWN, table(FIGURES), comments=[comment()])

    assert first.unchanged == 1
    assert again is None
    assert shown(store)["batch_number"].tolist() == [first.batch_number]


def test_what_was_known_on_a_day_holds_the_comments_of_that_day_alone(tmp_path):
    with Record.opened(tmp_path, writing=True) as opened:
        at = datetime(2026, 10, 5, 3, tzinfo=UTC)
        opened.append(BatchHeader(CODE, made_by="a", recorded_at=at), KNOWN, table(FIGURES))
    add(tmp_path, comment(), recorded_at=datetime(2026, 10, 8, 3, tzinfo=UTC))
    add(tmp_path, comment("Kemudian"), recorded_at=datetime(2026, 10, 20, 3, tzinfo=UTC))

    def known(day: int) -> list[str]:
        version = publish(tmp_path, as_known_at=date(2026, 10, day)).version
        return Snapshot.open(tmp_path, version).commentary(CODE)["cause"].tolist()

    assert (known(7), known(10), known(21)) == ([], ["Alat rusak"], ["Kemudian"])


@pytest.mark.parametrize("wrong", [{"unit_code": "AA"}, {"indicator_code": "MUTUU"}])
def test_a_comment_on_what_nobody_defined_is_refused(store, wrong):
    with pytest.raises(UnknownCode, match="Did you mean"):
        add(store, comment(**wrong))


@pytest.mark.parametrize("wrong", [{"period_end": date(2026, 8, 31)}, {"cause": ""}, {"grain": "week"}])
def test_a_comment_that_breaks_a_rule_of_the_record_is_refused(store, wrong):
    with pytest.raises(StoreError, match="Nothing was written"):
        add(store, comment(**wrong))


def test_a_batch_whose_unit_has_later_comments_can_not_be_withdrawn(tmp_path):
    record(tmp_path, KNOWN, [])
    add(tmp_path, comment())
    with Record.opened(tmp_path, writing=True) as opened, pytest.raises(StoreError, match="unit A or indicator MUTU"):
        opened.withdraw(1, "petugas-a", "salah")
