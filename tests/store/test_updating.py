"""A snapshot that is updated is the one that would be made anew, whatever was reported, corrected or withdrawn."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.model import AggregationOverPeriods as OverPeriods
from kpi.model import AggregationOverUnits as OverUnits
from kpi.model import Comment, Event, EventKind, Indicator, Polarity, Unit, Verification
from kpi.periods import GRAINS, Grain, Period
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import Alias, AliasKind, BatchHeader, Definitions, Record
from kpi.store.versions import make_current, path_of
from tests import small_organisation as town
from tests.store.building import CODE, TODAY, definitions, figure, record, table
from tests.store.same_snapshot import rows_that_differ
from tests.store.several_organisations import ODD, build
from tests.store.test_consolidation_against_oracle import as_rows, figures, sheets, stated_part, tree

UPDATED = "published what was touched"
TWO_YEARLY = Indicator(
    CODE, "TWO", "every two years", polarity=Polarity.MAXIMIZE, grain="year", every_years=2,
    aggregation_over_periods=OverPeriods.LAST, aggregation_over_units=OverUnits.SUM,
)  # fmt: skip
HEADER = BatchHeader(CODE, made_by="test", reason="a test")


def published(store: Path, today: date = TODAY) -> tuple[str, bool]:
    """Publish; return the version, and whether the last snapshot was updated."""
    said: list[str] = []
    version = publish(store, today=today, keep=99, progress=lambda _, what: said.append(what)).version
    return version, said[-1] == UPDATED


def differing(store: Path, version: str, today: date = TODAY) -> dict[str, int]:
    """Make the same anew, and return in which tables it differs; `version` stays the current one."""
    anew = publish(store, today=today, keep=99, force=True).version
    make_current(store, version)
    return rows_that_differ(store, version, anew)


def branching(chance: random.Random, year_starts_in: int) -> Definitions:
    """A tree of three levels with every rule, a computed and a two-yearly indicator, and weights of children."""
    units = [dataclasses.replace(unit, weight_in_parent=chance.choice([None, 0.5, 2.0, 0.0])) for unit in tree(chance)]
    return definitions(units, [*sheets(), TWO_YEARLY], year_starts_in)


def some_figures(chance: random.Random, known: Definitions, year_starts_in: int) -> list[dict[str, object]]:
    """New figures, corrections and targets of one unit, in a known year or a new one."""
    unit = chance.choice(sorted(known.units))
    rows: dict[tuple[str, Grain, date], dict[str, object]] = {}
    for _ in range(chance.choice([1, 3, 12])):
        indicator = known.indicators[chance.choice(sorted(known.indicators))]
        grain = Grain.YEAR if indicator is TWO_YEARLY else chance.choice(GRAINS)
        day = date(chance.choice([2023, 2023, 2024, 2024, 2025]), chance.randint(1, 12), 1)
        start = Period.containing(day, grain, year_starts_in).start
        part = stated_part(chance, indicator, 0.5)
        if part.value is not None or part.target is not None:
            key = (indicator.indicator_code, grain, start)
            rows[key] = as_rows({(unit, *key): part}, year_starts_in)[0]
    return list(rows.values())


def one_step(store: Path, chance: random.Random, known: Definitions, year_starts_in: int) -> None:
    """Report or correct figures, comment on one, or withdraw a batch that was neither the first nor withdrawn."""
    with Record.opened(store, writing=True) as opened:
        batches = opened.batches()
        withdrawn = {batch.withdraws for batch in batches}
        standing = [b for b in batches[1:] if b.withdraws is None and b.batch_number not in withdrawn]
        kind = chance.choice(["figures"] * 6 + ["withdrawal"] * 3 + ["comment"])
        if kind == "withdrawal" and standing:
            opened.withdraw(chance.choice(standing).batch_number, "test", "a wrong file", may_change_locked=True)
        elif kind == "comment":
            opened.add_comments(HEADER, [a_comment(CODE, chance.choice(sorted(known.units)), "I0", chance)])
        else:
            opened.append(HEADER, known, table(some_figures(chance, known, year_starts_in)), may_change_locked=True)


def a_comment(organisation: str, unit: str, indicator: str, chance: random.Random) -> Comment:
    month = Period.parse("2024-03")
    return Comment(
        organisation, unit, indicator, month.grain, month.start, month.end, "Hujan", "", "Tambal", "Kepala",
        date(2026, 9, 1), f"author {chance.random()}",
    )  # fmt: skip


@pytest.mark.parametrize(("seed", "year_starts_in"), [(1, 1), (2, 7), (3, 1)])
def test_any_import_or_withdrawal_gives_what_is_made_anew(tmp_path, seed, year_starts_in):
    chance = random.Random(seed)
    known = branching(chance, year_starts_in)
    record(tmp_path, known, as_rows(figures(chance, known, year_starts_in), year_starts_in))
    publish(tmp_path, today=TODAY)
    for number in range(6):
        one_step(tmp_path, chance, known, year_starts_in)
        version, is_updated = published(tmp_path)

        assert is_updated, f"step {number}"
        assert differing(tmp_path, version) == {}, f"step {number}"
    assert check(tmp_path).is_sound


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    store = tmp_path_factory.mktemp("several") / "store"
    build(store)
    publish(store, today=TODAY)
    return store


@pytest.fixture
def store(built, tmp_path):
    """Several organisations with everything that a record can say, published."""
    return shutil.copytree(built, tmp_path / "store")


def _words(opened: Record) -> None:
    opened.add_events(
        BatchHeader(town.TOWN, "event", made_by="test"),
        [Event(town.TOWN, "E2", date(2026, 4, 1), EventKind.OTHER, "Banjir", "test")],
    )
    opened.add_aliases(BatchHeader(town.TOWN, "alias", made_by="test"), [Alias(AliasKind.UNIT, "Dinas PU", "DPU")])
    opened.add_comments(HEADER, [a_comment(CODE, "A1", "I0", random.Random(1))])


def _another_organisation(opened: Record) -> None:
    rows = [figure("001", "1", "2025-03", 9.0, note="baru"), figure("001", "1", "2026-01", 3.0, target=5.0)]
    known = opened.definitions(ODD)
    assert known is not None
    opened.append(BatchHeader(ODD, made_by="test", file_name="baru.csv"), known, table(rows))


def _two_organisations_in_two_years(opened: Record) -> None:
    _another_organisation(opened)
    known = opened.definitions(CODE)
    assert known is not None
    rows = [figure("A1", "I0", "2024-03", 5.0, year_starts_in=7), figure("B", "I1", "2023-Q2", 8.0, year_starts_in=7)]
    opened.append(HEADER, known, table(rows), may_change_locked=True)


@pytest.mark.parametrize("change", [_words, _another_organisation, _two_organisations_in_two_years])
def test_what_people_say_and_what_one_organisation_reports_is_updated(store, change):
    with Record.opened(store, writing=True) as opened:
        change(opened)
    version, is_updated = published(store)

    assert is_updated
    assert differing(store, version) == {}


def _a_state(opened: Record) -> None:
    opened.set_state(town.TOWN, "DINKES", Period.parse("2026-Q2"), Verification.VERIFIED, "test")


def _a_deadline(opened: Record) -> None:
    opened.set_reporting_rule(town.TOWN, Grain.MONTH, 3, "test")


def _a_profile(opened: Record) -> None:
    opened.choose_profile(town.TOWN, "lkjip_b", "test", 2026)


def _a_unit(opened: Record) -> None:
    known = opened.definitions(CODE)
    assert known is not None
    opened.append(HEADER, known.merged_with(definitions([Unit(CODE, "C", "C", CODE)], (), 7)), table([]))


def _a_weight(opened: Record) -> None:
    known = opened.definitions(CODE)
    assert known is not None
    row = figure("A1", "I0", "2024-03", 5.0, weight=3.0, year_starts_in=7)
    opened.append(HEADER, known, table([row]), may_change_locked=True)


@pytest.mark.parametrize("change", [_a_state, _a_deadline, _a_profile, _a_unit, _a_weight])
def test_what_reaches_further_than_its_figures_is_made_anew(store: Path, change: Callable[[Record], None]):
    with Record.opened(store, writing=True) as opened:
        change(opened)
    version, is_updated = published(store)

    assert not is_updated
    assert differing(store, version) == {}


def test_another_day_of_the_month_is_an_update_and_another_month_is_not(store):
    same_month, next_month = date(2026, 11, 30), date(2026, 12, 1)
    version, is_updated = published(store, same_month)

    assert is_updated
    assert differing(store, version, same_month) == {}
    assert not published(store, next_month)[1]


def test_a_multiplier_of_its_own_is_made_anew(store):
    known = definitions([Unit(ODD, "001", "Satu", ODD)], code=ODD)
    row = figure("001", "1", "2025-01", 50.0, numerator=1.0, denominator=2.0, multiplier=100.0)
    for value, is_updated in ((50.0, True), (51.0, False)):
        with Record.opened(store, writing=True) as opened:
            opened.append(BatchHeader(ODD, made_by="test"), known, table([{**row, "value": value}]))

        assert published(store)[1] == is_updated


@pytest.mark.parametrize(
    "change",
    ["UPDATE meta SET made_with = 'another'", "UPDATE batch SET made_by = 'another' WHERE batch_number = 2"],
    ids=["another program", "another past of the record"],
)
def test_what_another_program_or_another_record_made_is_not_gone_on_with(store, change):
    spoilt = "v000001-20200101T000000"
    shutil.copyfile(path_of(store, published(store)[0]), path_of(store, spoilt))
    with duckdb.connect(str(path_of(store, spoilt))) as snapshot:
        snapshot.execute(change)
    make_current(store, spoilt)
    with Record.opened(store, writing=True) as opened:
        opened.add_comments(HEADER, [a_comment(CODE, "A1", "I0", random.Random(1))])
    version, is_updated = published(store)

    assert not is_updated
    assert differing(store, version) == {}


def test_a_record_without_news_gives_the_snapshot_that_is_there(store):
    first = published(store)[0]

    assert published(store)[0] == first
