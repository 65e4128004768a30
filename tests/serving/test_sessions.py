"""Many sessions of different roles at once, in one process: nobody is ever shown a figure or a name of another's.

Every figure of the store is a number that occurs nowhere else, is not verified, and so belongs to the readers of one
unit alone; each reader has a name. Whatever goes over the line to a session is searched for all of them.
"""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pytest

from kpi.access import LOCAL, Grant, Role, set_grants
from kpi.model import Indicator, Organisation, Polarity, Unit
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from tests.browser.conftest import free_port, served
from tests.loops import run_apart
from tests.serving.conftest import SECRET, secrets_file
from tests.serving.visiting import Session, signed_in
from tests.survival.conftest import tell

__all__ = ["tell"]

CITY: Final = "BANDAR"
UNITS: Final = tuple(f"UNIT{number}" for number in range(10))
QUARTERS: Final = tuple(Period.parse("2025-Q1").shifted(step) for step in range(7))
MARKS: Final = {
    (unit, quarter.code): 31_013 + 6_007 * place + 53 * step
    for place, unit in enumerate(UNITS)
    for step, quarter in enumerate(QUARTERS)
}
"""The figure of each unit and quarter."""
OWNERS: Final = {mark: unit for (unit, _), mark in MARKS.items()}
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z.,])([0-9]{2})[.,]?([0-9]{3})(?:\.0+)?(?![0-9A-Za-z]|[.,][0-9])")
_PACKED: Final = re.compile(r'"bdata"\s*:\s*"([A-Za-z0-9+/=]+)"')
_NAME: Final = re.compile(r"Pembaca [0-9]{2}x")


@dataclass(frozen=True, slots=True)
class Reader:
    """One of the people: the units whose figures they may see."""

    number: int
    grant: Grant
    units: frozenset[str]

    @property
    def name(self) -> str:
        return f"Pembaca {self.number:02}x"

    @property
    def identity(self) -> str:
        return f"pembaca{self.number:02}@bandar.test"


def readers(count: int) -> list[Reader]:
    """Return officers of all units, planners, leadership and administrators, mixed."""
    made = []
    for number in range(count):
        unit = UNITS[number % len(UNITS)]
        officer = Reader(number, Grant(Role.OFFICER, CITY, unit), frozenset({unit}))
        everybody = Reader(number, Grant([Role.PLANNER, Role.LEADERSHIP][number % 2], CITY), frozenset(UNITS))
        nobody = Reader(number, Grant(Role.ADMINISTRATOR), frozenset())
        made.append([officer, everybody, officer, nobody, officer][number % 5])
    return made


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a city whose figures all differ, with sign-in for fifty readers."""
    folder = tmp_path_factory.mktemp("bandar")
    store, port = folder / "store", free_port()
    make_city(store)
    for reader in readers(50):
        set_grants(store, LOCAL, reader.identity, [reader.grant], "for a test")
    with served(store, port=port, KPI_SECRETS=str(secrets_file(folder, port))) as address:
        yield address


def make_city(store: Path) -> None:
    units = {CITY: Unit(CITY, CITY, "Kota Bandar"), **{code: Unit(CITY, code, f"Dinas {code}", CITY) for code in UNITS}}
    indicator = Indicator(CITY, "IKU", "Capaian", "orang", Polarity.MAXIMIZE, "quarter", decimals=0)
    rows = [
        {
            "line": line,
            "unit_code": unit,
            "indicator_code": "IKU",
            "grain": quarter.grain.value,
            "period_start": quarter.start,
            "period_end": quarter.end,
            "value": float(MARKS[unit, quarter.code]),
            "target": 90_000.0,
            "weight": None,
        }
        for line, (unit, quarter) in enumerate(((unit, quarter) for unit in UNITS for quarter in QUARTERS), start=2)
    ]
    definitions = Definitions(Organisation(CITY, "Kota Bandar", is_synthetic=True), units, {"IKU": indicator})
    with Record.opened(store, writing=True) as record:
        header = BatchHeader(CITY, made_by="test", file_name="bandar.csv")
        record.append(header, definitions, pa.Table.from_pylist(rows, FIGURES))
    publish(store, today=date(2026, 10, 12))


def owners_in(text: str) -> set[str]:
    """Return the units whose figures stand in what was sent: written in a language, bare, or packed for a chart."""
    found = {int(thousands + rest) for thousands, rest in _NUMBER.findall(text)}
    for packed in _PACKED.findall(text):
        raw = base64.b64decode(packed)
        for kind in ("<f8", "<f4", "<i4", "<u2"):
            if len(raw) % np.dtype(kind).itemsize == 0:
                found |= {int(value) for value in np.frombuffer(raw, kind) if np.isfinite(value) and abs(value) < 1e6}
    return {OWNERS[mark] for mark in found if mark in OWNERS}


def wrong(reader: Reader, text: str) -> list[str]:
    """Return whose figures and names a reader was shown without a right to them."""
    return sorted(owners_in(text) - reader.units) + sorted(set(_NAME.findall(text)) - {reader.name})


async def read(address: str, reader: Reader, interactions: int) -> tuple[int, int, list[str]]:
    """Let a reader click about; return how many answers came, how many bore own figures, and what was wrong."""
    chance, shown, faults = random.Random(reader.number), 0, []
    cookies = signed_in(SECRET, address, email=reader.identity, name=reader.name)
    async with Session(address, cookies) as session:
        for step in range(interactions):
            if step % 10 == 9:
                text = await asyncio.to_thread(asked_by_program, address, cookies)
            else:
                page, choices = _click(chance, reader)
                answer = await session.run(page, **choices)
                text = answer.text
                faults += answer.exceptions + ([] if reader.name in text else [f"{reader.name} isn't greeted"])
            faults += wrong(reader, text)
            shown += bool(owners_in(text))
    return interactions, shown, faults


def _click(chance: random.Random, reader: Reader) -> tuple[str, dict[str, str]]:
    page = chance.choice(["trends", "gaps", "comparison", "overview", "indicators", "trends"])
    several = chance.sample(UNITS, 3) + sorted(reader.units)[:2]
    choices = {
        "lang": chance.choice(["id", "en"]),
        "period": chance.choice(QUARTERS[2:]).code,
        "unit": chance.choice([*UNITS, *reader.units]),
        "units": ",".join(dict.fromkeys(several)),
        "indicator": "IKU",
        "span": "period",
    }
    return page, choices


def asked_by_program(address: str, cookies: dict[str, str]) -> str:
    host, port = address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=120)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    connection.request("GET", "/api/v1/facts", headers={"Cookie": cookie})
    said = connection.getresponse().read().decode()
    connection.close()
    json.loads(said)
    return said


def many_at_once(address: str, sessions: int, interactions: int) -> tuple[int, int, list[str]]:
    async def all_of_them() -> list[tuple[int, int, list[str]]]:
        return await asyncio.gather(*(read(address, reader, interactions) for reader in readers(sessions)))

    found = run_apart(all_of_them())
    return (
        sum(each[0] for each in found),
        sum(each[1] for each in found),
        [fault for each in found for fault in each[2]],
    )


def test_sessions_of_different_roles_never_see_each_others_rows(city: str):
    answers, shown, faults = many_at_once(city, sessions=10, interactions=4)

    assert not faults
    assert shown > answers / 4, "the search finds the figures that are there"


@pytest.mark.soak
def test_fifty_sessions_of_different_roles_never_see_each_others_rows(city: str, tell):
    answers, shown, faults = many_at_once(city, sessions=50, interactions=40)

    tell(
        "50 sessions of different roles at once",
        f"{answers:,} answers, {shown:,} with own figures, {len(faults)} wrong",
    )
    assert answers == 2000
    assert not faults
    assert shown > answers / 4


@pytest.mark.parametrize("written", ["31.013 orang", "31,013", '"value": 31013.0', "[31013,", "31013"])
def test_the_search_finds_a_figure_however_it_is_written(written: str):
    assert owners_in(written) == {"UNIT0"}


def test_the_search_finds_a_figure_that_is_packed_for_a_chart():
    packed = base64.b64encode(np.array([1.0, 37_020.0], "<f8").tobytes()).decode()

    assert owners_in(f'{{"y": {{"dtype": "f8", "bdata": "{packed}"}}}}') == {"UNIT1"}


def test_the_search_takes_no_number_inside_a_longer_one():
    assert owners_in("a31013b 131013 31013.5 0.31013") == set()
