"""Who works in Kemuning: 300 invented employees, their posts and their superiors. Knows no appraisal and no store."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Final
from zlib import crc32

import numpy as np

from kpi.demo.definitions import definitions
from kpi.demo.tables import Row, rows
from kpi.people_model import Employee, FunctionalLevel

SEED: Final = 20261124
FIRST_DAY: Final = date(2021, 1, 4)
FALLING: Final = 0.08
"""The share of people who do worse in each quarter of 2026."""


@dataclass(frozen=True, slots=True)
class Person:
    """An employee of the demo; `posts` are the oldest first.

    `strength` (about −2 to 2) and `is_falling` (they do worse from quarter to quarter in 2026) serve the drawing alone.
    """

    posts: tuple[Employee, ...]
    strength: float
    is_falling: bool

    @property
    def code(self) -> str:
        """The employee's code."""
        return self.posts[0].employee_code

    def post_on(self, day: date) -> Employee | None:
        """Return the post held on a day, None when there is none."""
        return next((p for p in self.posts if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)), None)


def generator(*key: str) -> np.random.Generator:
    """Return the generator of one purpose: the same key draws the same, whatever else is drawn."""
    return np.random.default_rng([SEED, crc32("|".join(key).encode())])


@cache
def people() -> tuple[Person, ...]:
    """Return all employees by code, each with every post that they ever held."""
    first_posts = _first_posts()
    moved = _moved(first_posts)
    found = []
    for code, post in first_posts.items():
        draw = generator("strength", code)
        strength, is_falling = float(draw.normal()), draw.random() < FALLING
        found.append(Person(tuple(moved.get(code, [post])), strength, is_falling))
    return tuple(found)


def department_of(unit_code: str) -> str:
    """Return the unit right below the root that `unit_code` is or belongs to; the root for itself."""
    units, root = definitions().units, definitions().organisation.organisation_code
    while unit_code != root and (parent := units[unit_code].parent_code) not in (None, root):
        unit_code = str(parent)
    return unit_code


def _first_posts() -> dict[str, Employee]:
    """Return the post of each employee as of 2024: a unit's head first, its team leads, then staff under them."""
    names = [f"{flower} {bird}" for flower, bird in product(_column("flower"), _column("bird"))]
    order = generator("names").permutation(len(names))
    organisation = definitions().organisation.organisation_code
    posts: dict[str, Employee] = {}
    heads: dict[str, str] = {}
    for row in rows("people/staff"):
        unit, leads = row["unit_code"], int(row["team_leads"])
        first = len(posts) + 1
        heads[unit] = _code(first)
        above_head = heads.get(definitions().units[unit].parent_code or "")
        for place, (position, level) in enumerate(_positions(row)):
            is_led = place > leads > 0
            superior = _code(first + 1 + place % leads) if is_led else heads[unit] if place else above_head
            code, name = _code(first + place), names[order[len(posts)]]
            posts[code] = Employee(organisation, code, name, position, unit, FIRST_DAY, None, superior, level)
    return posts


def _code(number: int) -> str:
    return f"P{number:03d}"


def _positions(row: Row) -> list[tuple[str, FunctionalLevel | None]]:
    """Return a position for each person of a unit, its head first."""
    shared = [post for post in rows("people/posts") if post["posts"] == row["posts"]]
    cycle = [
        (post["position"], FunctionalLevel(post["functional_level"]) if post["functional_level"] else None)
        for turn in range(4)
        for post in shared
        if int(post["share"]) > turn
    ]
    led: list[tuple[str, FunctionalLevel | None]] = [(row["head"], None)]
    led += [(row["team_lead"], None)] * int(row["team_leads"])
    left = int(row["persons"]) - len(led)
    return led + [cycle[place % len(cycle)] for place in range(left)]


def _moved(first: dict[str, Employee]) -> dict[str, list[Employee]]:
    """Return the posts of those who moved or left: from the end of a unit's list, so that heads stay."""
    found: dict[str, list[Employee]] = {}
    for row in rows("people/moves"):
        last_day = date.fromisoformat(row["last_day"])
        came = row["to_unit_code"] if row["position"] else row["from_unit_code"]  # merged units are long gone
        staff = [post for post in first.values() if post.unit_code == came and post.employee_code not in found]
        for post in staff[-int(row["persons"]) :]:
            found[post.employee_code] = _two_posts(row, post, last_day, first)
    return found


def _two_posts(row: Row, post: Employee, last_day: date, first: dict[str, Employee]) -> list[Employee]:
    if row["position"]:  # they came from a unit that was merged: the known post is the second
        earlier = dataclasses.replace(
            post,
            unit_code=row["from_unit_code"],
            position=row["position"],
            valid_to=last_day,
            superior_code=None,
            functional_level=None,
        )
        return [earlier, dataclasses.replace(post, valid_from=last_day + timedelta(days=1))]
    ended = dataclasses.replace(post, valid_to=last_day)
    if not row["to_unit_code"]:
        return [ended]
    head = next(other for other in first.values() if other.unit_code == row["to_unit_code"])
    begun = dataclasses.replace(
        post,
        unit_code=row["to_unit_code"],
        valid_from=last_day + timedelta(days=1),
        superior_code=head.employee_code,
    )
    return [ended, begun]


def _column(name: str) -> list[str]:
    return [row[name] for row in rows("people/names")]
