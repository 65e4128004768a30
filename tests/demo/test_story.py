"""Health's fall is found by the XmR rules, and the decoy is not; the rules are written out slowly here."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpi.analysis.spc import Direction, VariationType, verdict


def signals(values: pd.Series, baseline: int | None = None) -> dict[str, list[int]]:
    """Return the places of the points that each rule flags; limits from the first `baseline` points, or from all."""
    points = values.to_numpy()
    base = points[:baseline]
    moves = np.abs(np.diff(base))
    spread = moves[moves <= 3.267 * moves.mean()].mean()
    mean, far, near = base.mean(), 2.66 * spread, 2.66 * spread * 2 / 3
    found: dict[str, set[int]] = {"outside": set(), "shift": set(), "trend": set(), "two_in_three": set()}
    for side in (1, -1):
        off = side * (points - mean)
        found["outside"] |= set(np.flatnonzero(off > far))
        for at in range(6, len(points)):
            if (off[at - 6 : at + 1] > 0).all():
                found["shift"] |= set(range(at - 6, at + 1))
            if (side * np.diff(points[at - 6 : at + 1]) > 0).all():
                found["trend"] |= set(range(at - 6, at + 1))
        for at in range(2, len(points)):
            three = range(at - 2, at + 1)
            close = {place for place in three if near < off[place] <= far}
            if len(close) >= 2 and all(off[place] > 0 for place in three):
                found["two_in_three"] |= close
    return {rule: sorted(places) for rule, places in found.items()}


@pytest.fixture(scope="module")
def district(reported) -> pd.DataFrame:
    """Deaths and births of all puskesmas by month."""
    puskesmas = reported[reported.unit_code.str.startswith("PKM_") & (reported.period_end <= "2026-10-31")]
    return puskesmas.pivot_table(index="period_start", columns="indicator_code", values="value", aggfunc="sum")


@pytest.fixture(scope="module")
def by_quarter(district) -> pd.DataFrame:
    return district[["JML_KEMATIAN_IBU", "JML_KEMATIAN_BAYI", "LAHIR_HIDUP"]].iloc[:69].resample("QS").sum()


@pytest.fixture(scope="module")
def decoy(reported) -> pd.DataFrame:
    """Numerator and denominator of the Social department's services on time, by month."""
    own = reported[reported.unit_code.eq("DINSOS") & reported.indicator_code.eq("LAYANAN_TEPAT_WAKTU")]
    return own[own.value.notna()].set_index("period_start")[["numerator", "denominator"]]


def test_maternal_deaths_are_few_and_fall_after_2023(district):
    deaths = district.JML_KEMATIAN_IBU.groupby(district.index.year).sum()

    assert deaths.loc[2021:2023].between(10, 14).all()
    assert deaths.loc[2025:2026].between(3, 5).all()
    assert (district.JML_KEMATIAN_IBU <= 3).all()


def test_infant_deaths_halve_after_2023(district):
    deaths = district.JML_KEMATIAN_BAYI.groupby(district.index.year).sum()

    assert deaths.loc[2021:2023].between(50, 60).all()
    assert deaths.loc[2025] < 30


def test_births_of_a_puskesmas_are_40_to_90_a_month(reported):
    births = reported[reported.indicator_code.eq("LAHIR_HIDUP")].value.dropna()

    assert births.between(35, 100).all()


@pytest.mark.parametrize("baseline", [None, 36])
def test_the_fall_of_infant_mortality_is_a_shift_by_month(district, baseline):
    rate = 1000 * district.JML_KEMATIAN_BAYI / district.LAHIR_HIDUP
    newest = len(rate) - 1

    assert newest in signals(rate, baseline)["shift"]
    assert rate.iloc[newest] < rate.mean()


@pytest.mark.parametrize("baseline", [None, 12])
@pytest.mark.parametrize(("deaths", "births"), [("JML_KEMATIAN_IBU", 1e5), ("JML_KEMATIAN_BAYI", 1e3)])
def test_the_fall_of_maternal_and_infant_mortality_is_a_shift_by_quarter(by_quarter, deaths, births, baseline):
    rate = births * by_quarter[deaths] / by_quarter.LAHIR_HIDUP

    assert len(rate) - 1 in signals(rate, baseline)["shift"]


def test_nothing_is_found_before_the_programme_began(by_quarter):
    rate = 1e5 * by_quarter.JML_KEMATIAN_IBU / by_quarter.LAHIR_HIDUP

    assert not any(signals(rate.loc[:"2023"]).values())


def test_the_decoy_looks_better_in_its_last_months(decoy):
    rate = 100 * decoy.numerator / decoy.denominator
    quarter = decoy.resample("QS").sum().eval("100 * numerator / denominator")

    assert rate.iloc[-1] > rate.iloc[-2] > rate.iloc[-3] > rate.mean()
    assert quarter["2026-07-01"] > quarter["2026-04-01"] + 3
    assert quarter["2026-07-01"] > quarter["2025-07-01"] + 3


@pytest.mark.parametrize("baseline", [None, 36])
def test_the_decoy_is_noise_by_month(decoy, baseline):
    assert not any(signals(100 * decoy.numerator / decoy.denominator, baseline).values())


@pytest.mark.parametrize("baseline", [None, 12])
def test_the_decoy_is_noise_by_quarter(decoy, baseline):
    whole = decoy.iloc[:69].resample("QS").sum()

    assert not any(signals(100 * whole.numerator / whole.denominator, baseline).values())


def variation(rate: pd.Series, direction: Direction) -> VariationType | None:
    return verdict(rate.to_numpy(), direction=direction).of(0).variation


def test_the_verdicts_that_pages_show_find_health_by_quarter_and_not_the_decoy(by_quarter, decoy):
    mothers = 1e5 * by_quarter.JML_KEMATIAN_IBU / by_quarter.LAHIR_HIDUP
    infants = 1e3 * by_quarter.JML_KEMATIAN_BAYI / by_quarter.LAHIR_HIDUP
    noise = decoy.iloc[:69].resample("QS").sum().eval("100 * numerator / denominator")

    assert variation(mothers, Direction.DECREASE) is VariationType.IMPROVEMENT
    assert variation(infants, Direction.DECREASE) is VariationType.IMPROVEMENT
    assert variation(noise, Direction.INCREASE) is VariationType.COMMON_CAUSE


def test_the_verdicts_that_pages_show_agree_by_month(district, decoy):
    infants = 1e3 * district.JML_KEMATIAN_BAYI / district.LAHIR_HIDUP

    assert variation(infants, Direction.DECREASE) is VariationType.IMPROVEMENT
    assert variation(100 * decoy.numerator / decoy.denominator, Direction.INCREASE) is VariationType.COMMON_CAUSE
