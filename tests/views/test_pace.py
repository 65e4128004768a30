"""What the rest of a year needs, worked out by hand for each way in which periods make a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kpi.i18n import Translator
from kpi.model import AggregationOverPeriods as Over
from kpi.model import Indicator, Organisation, Polarity, Unit
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views import pace_words as words
from kpi.views.best import Best
from kpi.views.pace import NoPace, Pace, PaceVerdict, YearOfPaces, paces
from kpi.views.selection import Selection

TOWN = "KOTA"
MONTHS = tuple(Period.parse("2026-01").shifted(step) for step in range(12))
english = Translator("en")


def indicator(code: str, polarity: Polarity | None, over: Over, grain: str = "month", **more: float) -> Indicator:
    return Indicator(TOWN, code, code, "kasus", polarity, grain, aggregation_over_periods=over, decimals=1, **more)  # type: ignore[arg-type] - numbers of the sheet


INDICATORS = {
    each.indicator_code: each
    for each in (
        indicator("BUILT", Polarity.MAXIMIZE, Over.SUM),
        indicator("CASES", Polarity.MINIMIZE, Over.SUM),
        indicator("OVER", Polarity.MINIMIZE, Over.SUM),
        indicator("SERVED", Polarity.MAXIMIZE, Over.MEAN, highest_possible=100),
        indicator("WAIT", Polarity.MINIMIZE, Over.MEAN),
        indicator("SPENT", Polarity.MAXIMIZE, Over.LAST),
        indicator("RATE", Polarity.MINIMIZE, Over.RATIO, multiplier=1000),
        indicator("BEDS", Polarity.STABILIZE, Over.MEAN),
        indicator("PEOPLE", Polarity.NEUTRAL, Over.SUM),
        indicator("LOOSE", Polarity.MAXIMIZE, Over.NONE),
        indicator("AIMLESS", Polarity.MAXIMIZE, Over.SUM),
        indicator("ONCE", Polarity.MAXIMIZE, Over.SUM, "year"),
        indicator("STATED", Polarity.MAXIMIZE, Over.SUM),
    )
}
Row = tuple[str, Sequence[float | None], Sequence[float | None]]
ROWS: tuple[Row, ...] = (
    ("BUILT", [10] * 8, [20] * 12),
    ("CASES", [4, 4, None, 4], [5] * 12),
    ("OVER", [30, 40], [5] * 12),
    ("SERVED", [70] * 10, [80] * 12),
    ("WAIT", [20] * 9, [30] * 12),
    ("SPENT", [5, 15, 25, 35], [8 * n for n in range(1, 13)]),
    ("BEDS", [70] * 6, [60] * 12),
    ("PEOPLE", [9] * 6, [9] * 12),
    ("LOOSE", [9] * 6, [9] * 12),
    ("AIMLESS", [9] * 6, [None] * 12),
)


def tables() -> pa.Table:
    rows = []
    for code, values, targets in ROWS:
        padded = [*values, *[None] * 12][:12]
        for period, value, target in zip(MONTHS, padded, targets, strict=True):
            high = 85.0 if code == "BEDS" else None
            rows.append((code, period, {"value": value, "target": target, "target_high": high}))
    for period in MONTHS[:9]:
        rows.append(("RATE", period, {"value": 20.0, "numerator": 2.0, "denominator": 100.0, "target": 25.0}))
        rows.append(("STATED", period, {"value": 10.0}))
    rows += [("RATE", period, {"target": 25.0}) for period in MONTHS[9:]]
    year = Period.parse("2026")
    rows += [("STATED", year, {"target": 150.0}), ("ONCE", year, {"target": 3.0})]
    known = [
        {
            "line": line,
            "unit_code": TOWN,
            "indicator_code": code,
            "grain": period.grain.value,
            "period_start": period.start,
            "period_end": period.end,
            "multiplier": INDICATORS[code].multiplier,
            **{name: number if number is None else float(number) for name, number in cells.items()},
        }
        for line, (code, period, cells) in enumerate(rows, start=2)
        if cells.get("value") is not None or cells.get("target") is not None
    ]
    return pa.Table.from_pylist(known, FIGURES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pace")
    definitions = Definitions(Organisation(TOWN, "Kota"), {TOWN: Unit(TOWN, TOWN, "Kota")}, INDICATORS)
    with Record.opened(folder, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test", file_name="pace.csv"), definitions, tables())
    publish(folder, today=date(2026, 11, 5))
    return folder


def year_of(store: Path, *codes: str, year: str = "2026") -> YearOfPaces:
    selection = Selection(TOWN, Period.parse(year), False, "kmk")
    return paces(Snapshot.open(store), selection, tuple((TOWN, code) for code in codes))


def pace(store: Path, code: str) -> Pace:
    return year_of(store, code).paces[0]


def test_a_sum_needs_what_is_missing_spread_over_the_periods_left(store: Path):
    built = pace(store, "BUILT")

    assert (built.end.low, built.so_far, built.needed.low) == (240.0, 10.0, 40.0)
    assert (len(built.left), built.verdict) == (4, PaceVerdict.TOO_SLOW)


def test_a_gap_before_the_newest_figure_is_not_counted_and_said(store: Path):
    cases = pace(store, "CASES")

    assert (cases.so_far, cases.needed.high, cases.absent) == (4.0, 6.0, 1)
    assert cases.verdict is PaceVerdict.ENOUGH
    assert "1 earlier period has no figure and isn't counted." in words.line(cases, english)


def test_a_limit_that_is_used_up_is_out_of_reach(store: Path):
    over = pace(store, "OVER")

    assert over.verdict is PaceVerdict.OUT_OF_REACH
    assert "nothing possible in Mar–Dec 2026 still makes the year at most 60 kasus" in words.line(over, english)


def test_a_mean_needs_an_average_that_may_exceed_what_is_possible(store: Path):
    served = pace(store, "SERVED")

    assert (served.so_far, served.needed.low) == (70.0, (80 * 12 - 700) / 2)
    assert served.verdict is PaceVerdict.OUT_OF_REACH


def test_a_mean_with_room_left_is_enough(store: Path):
    wait = pace(store, "WAIT")

    assert (wait.so_far, wait.needed.high, wait.verdict) == (20.0, 60.0, PaceVerdict.ENOUGH)


def test_a_last_value_needs_a_change_per_period(store: Path):
    spent = pace(store, "SPENT")

    assert (spent.end.low, spent.latest, spent.so_far) == (96.0, 35.0, 10.0)
    assert spent.needed.low == pytest.approx((96 - 35) / 8)
    assert spent.verdict is PaceVerdict.ENOUGH


def test_a_last_value_is_said_as_where_it_must_be_and_how_it_moves(store: Path):
    assert "must be at least 96 kasus by the end of December 2026, was 35 kasus in April 2026" in (
        words.line(pace(store, "SPENT"), english)
    )
    assert "So far it is +10 kasus a month." in words.line(pace(store, "SPENT"), english)


def test_a_rate_is_carried_forward_by_its_denominators(store: Path):
    rate = pace(store, "RATE")

    # 25 per 1000 over 1,200 people are 30 cases; 18 have been: 12 are left for 300 people.
    assert (rate.so_far, rate.needed.high, rate.numerator_left) == pytest.approx((20.0, 40.0, 12.0))
    assert "leaves room for 12 in the numerator" in words.line(rate, english)


def test_a_range_is_kept_when_the_average_lies_inside_it(store: Path):
    beds = pace(store, "BEDS")

    assert (beds.needed.low, beds.needed.high) == (50.0, 100.0)
    assert beds.verdict is PaceVerdict.ENOUGH


def test_a_target_stated_for_the_year_counts_where_the_months_have_none(store: Path):
    stated = pace(store, "STATED")

    assert (stated.end.low, stated.needed.low) == (150.0, 20.0)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("PEOPLE", NoPace.NO_DIRECTION),
        ("LOOSE", NoPace.NOT_ADDED_UP),
        ("AIMLESS", NoPace.NO_YEAR_TARGET),
        ("ONCE", NoPace.ONE_PERIOD),
    ],
)
def test_where_no_pace_can_be_said_the_reason_stands(store: Path, code: str, reason: NoPace):
    assert pace(store, code).why_not is reason
    assert not year_of(store, code).said


def test_the_urgent_ones_come_first_and_the_heading_counts_them(store: Path):
    year = year_of(store, "WAIT", "BUILT", "OVER", "PEOPLE")

    assert [pace.sheet.code for pace in year.said] == ["OVER", "BUILT", "WAIT"]
    assert words.heading(year, english) == (
        "Of 3 indicators with a target for 2026: 1 ● the pace so far is enough, "
        "1 ▼ the pace so far is not enough, 1 ✖ out of reach."
    )
    assert list(words.table(year, {}, english)["Needed"]) == [
        "at most −1 kasus a month", "at least 40 kasus a month", "", "an average of at most 60 kasus",
    ]  # fmt: skip


def test_a_year_that_is_over_has_no_pace(store: Path):
    year = year_of(store, "BUILT", year="2025")

    assert (year.is_over, year.paces) == (True, ())
    assert words.heading(year, english) == "2025 is over: nothing is left to catch up."


def test_a_sentence_says_what_is_needed_and_what_there_was(store: Path):
    assert words.line(pace(store, "BUILT"), english) == (
        "**BUILT** – ▼ the pace so far is not enough: needs at least 40 kasus a month in Sept–Dec 2026 for a year of "
        "at least 240 kasus; Jan–Aug 2026 brought 10 kasus a month. "
        "The best month so far brought 10 kasus (January 2026)."
    )


def test_the_needed_pace_stands_beside_the_best_period_so_far(store: Path):
    assert pace(store, "CASES").best == Best(MONTHS[0], 4.0)
    assert pace(store, "SPENT").best == Best(MONTHS[1], 10.0)
    assert "The best month so far moved it by +10 kasus (February 2026)." in words.line(pace(store, "SPENT"), english)
    assert pace(store, "BEDS").best is None
