"""Appending: several files at once, where each figure lies, names that were confirmed, warnings that were given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from kpi.errors import LockedFigures, StoreError, UnknownCode
from kpi.model import Indicator, Unit
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import PLACES, Alias, AliasKind, Batch, BatchFinding, BatchHeader, Entry, Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, published, record, table

A = Unit(CODE, "A", "Dinas A", CODE)
I = Indicator(CODE, "I", "Indikator")  # noqa: E741 - the indicator of every test here
KNOWN = definitions([A], [I])
NONE = definitions()


def entry(*rows: dict[str, object], file_name: str = "a.csv", **more: object) -> Entry:
    return Entry(BatchHeader(CODE, file_name=file_name, made_by="x"), KNOWN, table(rows), **more)


def appended(store: Path, *entries: Entry) -> list[Batch | None]:
    with Record.opened(store, writing=True) as opened:
        return opened.append_all(entries)


def places(*rows: tuple[int, str, str, str]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(PLACES.names, row, strict=True)) for row in rows], schema=PLACES)


def snapshot_of(store: Path) -> Snapshot:
    return Snapshot.open(store, publish(store, today=TODAY).version)


def test_several_files_make_a_batch_each_and_later_ones_see_earlier_ones(tmp_path):
    same = figure("A", "I", "2024", 1.0)

    batches = appended(tmp_path, entry(same), entry(same), entry(same, figure("A", "I", "2025", 2.0)))

    assert [batch and (batch.batch_number, batch.accepted, batch.unchanged) for batch in batches] == [
        (1, 1, 0),
        None,
        (2, 1, 1),
    ]
    assert check_is_sound(tmp_path)


def test_one_bad_file_among_several_leaves_nothing_behind(tmp_path):
    with pytest.raises(StoreError, match="its unit is not defined"):
        appended(tmp_path, entry(figure("A", "I", "2024", 1.0)), entry(figure("NOPE", "I", "2024", 1.0)))

    assert not list(tmp_path.iterdir())


def test_a_batch_lies_at_the_time_that_it_states_but_never_before_the_last(tmp_path):
    jakarta = timezone(timedelta(hours=7))
    with Record.opened(tmp_path, writing=True) as opened:
        stated = datetime(2025, 4, 6, 0, 30, tzinfo=jakarta)
        first = opened.append(BatchHeader(CODE, recorded_at=stated), KNOWN, table([figure("A", "I", "2024", 1.0)]))
        with pytest.raises(StoreError, match="2025-04-05 17:00 can't follow one of 2025-04-05 17:30"):
            opened.append(
                BatchHeader(CODE, recorded_at=datetime(2025, 4, 5, 17, tzinfo=UTC)),
                NONE,
                table([figure("A", "I", "2024", 2.0)]),
            )

    assert first is not None
    assert first.recorded_at == datetime(2025, 4, 5, 17, 30)  # noqa: DTZ001 - the record keeps UTC without a zone


def test_a_figure_leads_to_its_batch_file_sheet_and_cell(tmp_path):
    cells = places((2, "value", "Kinerja", "D7"), (2, "target", "Kinerja", "C7"))
    appended(tmp_path, entry(figure("A", "I", "2024", 1.0, target=2.0), file_name="lkjip.xlsx", places=cells))
    record(tmp_path, NONE, [figure("A", "I", "2024", 1.5)])
    snapshot = snapshot_of(tmp_path)

    sources = snapshot.sources(CODE, unit_code="A", indicator_code="I").set_index("field")

    assert sources.loc["target", ["batch_number", "line", "file_name", "sheet", "cell"]].tolist() == [
        1, 2, "lkjip.xlsx", "Kinerja", "C7",
    ]  # fmt: skip
    assert sources.loc["value", ["figure", "batch_number", "line"]].tolist() == [1.5, 2, 2]
    assert sources.loc[["value"], "cell"].isna().all()
    assert snapshot.place(1, 2).to_dict("records") == [
        {"field": "target", "sheet": "Kinerja", "cell": "C7"},
        {"field": "value", "sheet": "Kinerja", "cell": "D7"},
    ]
    assert snapshot.place(2, 2).empty


def test_sources_may_be_asked_for_some_periods(tmp_path):
    snapshot = published(tmp_path, KNOWN, [figure("A", "I", str(year), 1.0) for year in (2023, 2024, 2025)])
    start, end = figure("A", "I", "2024")["period_start"], figure("A", "I", "2024")["period_end"]

    found = snapshot.sources(CODE, unit_code="A", indicator_code="I", first=start, last=end)  # type: ignore[arg-type]

    assert found["period_end"].dt.year.tolist() == [2024]


def test_places_of_lines_that_say_nothing_new_are_not_kept(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    rows = [figure("A", "I", "2024", 1.0), figure("A", "I", "2025", 2.0)]

    appended(tmp_path, entry(*rows, places=places((2, "value", "S", "B2"), (3, "value", "S", "B3"))))

    with duckdb.connect(str(tmp_path / "record.duckdb"), read_only=True) as book:
        assert book.execute("SELECT batch_number, line, cell FROM place").fetchall() == [(2, 3, "B3")]


def test_a_cell_stated_twice_is_found_by_check(tmp_path):
    twice = places((2, "value", "S", "B2"), (2, "value", "S", "B3"))
    appended(tmp_path, entry(figure("A", "I", "2024", 1.0), places=twice))

    assert [one.rule for one in check(tmp_path).broken] == ["record: a field of a line lies in one cell of a batch"]


def test_confirmed_names_go_in_with_their_batch_and_the_newest_stands(tmp_path):
    b = Unit(CODE, "B", "Dinas B", CODE)
    first, second = Alias(AliasKind.UNIT, "Dinkes", "A"), Alias(AliasKind.UNIT, "Dinkes", "B")
    other = Alias(AliasKind.INDICATOR, "Dinkes", "I")
    rows = table([figure("A", "I", "2024", 1.0)])

    with Record.opened(tmp_path, writing=True) as opened:
        header = BatchHeader(CODE, made_by="ani")
        batch = opened.append(header, definitions([A, b], [I]), rows, aliases=[first, other])
        assert opened.aliases(CODE) == [other, first]
        assert opened.append(header, NONE, rows, aliases=[first]) is None
        alone = opened.append(header, NONE, rows, aliases=[second])
        assert opened.aliases(CODE) == [other, second]
        assert opened.add_aliases(BatchHeader(CODE, "alias", made_by="ani"), [second]) is None

    assert batch is not None
    assert alone is not None
    assert (batch.batch_number, alone.accepted, alone.unchanged) == (1, 0, 1)
    found = snapshot_of(tmp_path).aliases(CODE)
    assert found[["kind", "name", "code", "made_by", "batch_number"]].to_numpy().tolist() == [
        ["indicator", "Dinkes", "I", "ani", 1],
        ["unit", "Dinkes", "B", "ani", 2],
    ]
    assert check_is_sound(tmp_path)


def test_an_alias_of_an_unknown_code_is_refused_with_its_name(tmp_path):
    with Record.opened(tmp_path, writing=True) as opened, pytest.raises(UnknownCode, match="alias 'Dinkes'"):
        opened.append(BatchHeader(CODE), KNOWN, table([]), aliases=[Alias(AliasKind.UNIT, "Dinkes", "NOPE")])


def test_an_alias_of_a_unit_that_is_withdrawn_is_no_longer_one(tmp_path):
    record(tmp_path, definitions(indicators=[I]), [])
    with Record.opened(tmp_path, writing=True) as opened:
        opened.append(BatchHeader(CODE), definitions([A]), table([]))
        opened.add_aliases(BatchHeader(CODE, "alias"), [Alias(AliasKind.UNIT, "Dinkes", "A")])
        opened.withdraw(2, "x", "salah")
        assert opened.aliases(CODE) == []

    assert snapshot_of(tmp_path).aliases(CODE).empty


def test_warnings_stay_with_their_batch_as_text_and_values(tmp_path):
    warned = BatchFinding("warning", "{value} is far from {mean}", {"value": 9.5, "mean": 2, "on": TODAY}, "S", "C7", 4)
    appended(tmp_path, entry(figure("A", "I", "2024", 1.0), findings=[warned, BatchFinding("info", "Read as a year")]))

    found = snapshot_of(tmp_path).batch_findings(1)

    first = found.iloc[0]
    assert first[["severity", "line", "sheet", "cell", "text"]].tolist() == [
        "warning", 4, "S", "C7", "{value} is far from {mean}",
    ]  # fmt: skip
    assert first["values"] == {"value": 9.5, "mean": 2, "on": "2026-11-15"}
    assert found["values"].iloc[1] == {}
    assert snapshot_of(tmp_path).batch_findings(2).empty


def test_a_comparison_shows_old_beside_new(tmp_path):
    record(
        tmp_path, KNOWN, [figure("A", "I", "2024", 50.0, numerator=1.0, denominator=2.0, multiplier=100.0, target=5.0)]
    )
    rows = [
        figure("A", "I", "2024", None, numerator=3.0, denominator=4.0, multiplier=100.0),
        figure("A", "I", "2025", 1.0),
    ]

    with Record.opened(tmp_path, writing=False) as opened:
        comparison = opened.compare(CODE, table(rows))
        counts = opened.counts(CODE, table(rows))

    old, new = comparison.lines.to_pylist()
    assert (old["state"], old["value_state"], old["target_state"]) == ("changed", "changed", None)
    assert (old["value"], old["known_value"], old["known_numerator"], old["known_target"]) == (75.0, 50.0, 1.0, 5.0)
    assert (old["known_batch_number"], old["is_locked"], old["is_published"]) == (1, False, False)
    assert (new["state"], new["known_value"], new["known_batch_number"]) == ("new", None, None)
    assert (counts.new, counts.changed, counts.unchanged, counts.locked, counts.published) == (1, 1, 0, 0, 0)


def test_only_a_correction_of_what_is_shown_changes_something_published(tmp_path):
    published(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [figure("A", "I", "2025", 1.0)])
    rows = [figure("A", "I", "2024", 2.0), figure("A", "I", "2025", 2.0), figure("A", "I", "2026", 2.0)]

    with Record.opened(tmp_path, writing=False) as opened:
        comparison = opened.compare(CODE, table(rows))

    assert comparison.lines["is_published"].to_pylist() == [True, False, False]
    assert comparison.published == 1


def test_a_new_indicators_multiplier_counts_when_its_definition_is_given(tmp_path):
    rows = table([figure("A", "N", "2024", None, numerator=1.0, denominator=4.0)])
    new = definitions([A], [Indicator(CODE, "N", "Baru", multiplier=100.0)])

    with Record.opened(tmp_path, writing=False) as opened:
        assert opened.compare(CODE, rows, definitions=new).lines["value"].to_pylist() == [25.0]


LOCKED = figure("A", "I", "2024", 1.0, target=2.0, verification="locked")


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        pytest.param(figure("A", "I", "2024", 3.0), True, id="another value"),
        pytest.param(figure("A", "I", "2024", None, target=3.0), True, id="another target"),
        pytest.param(figure("A", "I", "2024", 1.0, verification="reported"), True, id="unlocked"),
        pytest.param(figure("A", "I", "2024", None, weight=3.0), False, id="a first weight"),
        pytest.param(figure("A", "I", "2025", 3.0), False, id="another year"),
        pytest.param(figure("A", "I", "2024", 1.0), False, id="the same again"),
    ],
)
def test_a_locked_figure_changes_only_with_a_reason_by_one_who_may(tmp_path, change, is_refused):
    record(tmp_path, KNOWN, [LOCKED])
    silent, reasoned = BatchHeader(CODE), BatchHeader(CODE, reason="salah hitung")

    with Record.opened(tmp_path, writing=True) as opened:
        assert opened.compare(CODE, table([change])).locked == is_refused
        if not is_refused:
            opened.append(silent, NONE, table([change]))
            return
        with pytest.raises(LockedFigures, match=r"1 locked.*line 2 \(A, I, 2024-01-01 to 2024-12-31\).*Give a reason"):
            opened.append(silent, NONE, table([change]), may_change_locked=True)
        with pytest.raises(LockedFigures, match="Only one who may"):
            opened.append(reasoned, NONE, table([change]))
        assert opened.append(reasoned, NONE, table([change]), may_change_locked=True) is not None


def test_a_batch_with_a_locked_figure_in_force_is_withdrawn_by_one_who_may(tmp_path):
    record(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    record(tmp_path, NONE, [{**LOCKED, "value": 5.0}])

    with Record.opened(tmp_path, writing=True) as opened:
        with pytest.raises(LockedFigures, match=r"A, I, 2024-01-01 to 2024-12-31"):
            opened.withdraw(2, "x", "salah")
        opened.withdraw(2, "x", "salah", may_change_locked=True)


def test_a_record_of_an_earlier_program_says_so(tmp_path):
    with duckdb.connect(str(tmp_path / "record.duckdb")) as book:
        book.execute("CREATE TABLE batch (batch_number BIGINT)")

    with pytest.raises(StoreError, match="earlier version"), Record.opened(tmp_path, writing=False):
        pass


def check_is_sound(store: Path) -> bool:
    publish(store, today=TODAY)
    return check(store).is_sound
