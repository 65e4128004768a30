"""One person's record, for whoever may read it: what is expected, the evidence, appraisals, follow-ups, who looked.

Individual indicators are scored as those of units, by the organisation's profile. They stand beside the appraisals and
make none. Nothing here is cached between sessions.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import nan
from typing import Any  # Any: the cells of a frame

import pandas as pd

from kpi.access import AllowedPeople, AllowedSnapshot, Role
from kpi.appraisal.credit_points import with_credit_points
from kpi.appraisal.predicate import predicates
from kpi.errors import UnknownCode
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Mark, Polarity
from kpi.people_model import AppraisalKind, Cascade, CoreValue, FunctionalLevel, Level, Predicate
from kpi.periods import Grain, Period
from kpi.scoring.explanation import FigureInputs, explain
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.control import Control, control_of
from kpi.views.lineage import Rules
from kpi.views.people_coaching import FollowedUp, follow_ups_of
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_of
from kpi.views.tree import tree_of
from kpi.views.trends import Point
from kpi.views.why import Why


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person works, under whom, from when to when (None = still)."""

    unit_code: str
    unit_name: str
    position: str
    superior_code: str | None
    superior_name: str | None
    functional_level: FunctionalLevel | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Served:
    """The indicator of a unit that an individual one is cascaded from, as it stands in the chosen period.

    `index` is a ratio, NaN = not scored there. `weight` is its share of the unit's agreed weights, NaN = none agreed.
    """

    unit_code: str
    unit_name: str
    indicator_code: str
    indicator_name: str
    index: float
    rating: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Expected:
    """One individual indicator: what it is cascaded from, its history, and why its newest figure scores as it does.

    `now` is the newest finished period with a value, None = none yet; `next_target` that of the first period after it.
    `control` says whether it really changed.
    """

    sheet: Sheet
    cascade: Cascade
    serves: Served | None
    points: tuple[Point, ...]
    now: Point | None
    ahead: Point | None
    why: Why | None
    control: Control


@dataclass(frozen=True, slots=True)
class Judged:
    """One appraisal, with the predicate that follows; `points` are credit points, NaN without a functional level."""

    kind: AppraisalKind
    start: date
    end: date
    superior_code: str
    superior_name: str
    work_result: Level
    behaviour: Level
    values: Mapping[CoreValue, Level]
    predicate: Predicate
    note: str | None
    rule_mark: Mark
    points: float
    points_mark: Mark | None
    entered_in: int


@dataclass(frozen=True, slots=True)
class Written:
    """A feedback note: who wrote it when; `about` is the end of the period that it answers."""

    code: str
    author_name: str
    written_on: date
    text: str
    about: date | None


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at the record: when (local time), who, in which roles, at what (a message id)."""

    at: datetime
    who: str
    roles: tuple[Role, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person's record. `posts` are the newest first, appraisals, notes and looks too; `follow_ups` by due date.

    `looks` None: who looked is not for this reader to see.
    """

    code: str
    name: str
    posts: tuple[Post, ...]
    expected: tuple[Expected, ...]
    appraisals: tuple[Judged, ...]
    follow_ups: tuple[FollowedUp, ...]
    notes: tuple[Written, ...]
    looks: tuple[Look, ...] | None

    @property
    def post(self) -> Post:
        """The newest post."""
        return self.posts[0]


def person(
    people: AllowedPeople, snapshot: AllowedSnapshot, selection: Selection, employee_code: str, profile: RuleProfile
) -> Person:
    """Return a person's record. Raises AccessRefused where the reader may not see it, UnknownCode for nobody."""
    organisation = selection.organisation_code
    posts = people.employees(organisation, employee_codes=[employee_code])
    names = people.names(organisation)
    if posts.empty:
        raise UnknownCode("employee", employee_code, names)
    names = {**names, employee_code: str(posts["name"].iloc[-1])}
    return Person(
        employee_code,
        names[employee_code],
        _posts(posts, snapshot, organisation, names),
        expected_of(people, snapshot, selection, employee_code, profile),
        _appraisals(people, organisation, employee_code, names),
        follow_ups_of(people, organisation, [employee_code], names),
        _notes(people, organisation, employee_code, names),
        _looks(people, organisation, employee_code),
    )


def expected_of(
    people: AllowedPeople, snapshot: AllowedSnapshot, selection: Selection, employee_code: str, profile: RuleProfile
) -> tuple[Expected, ...]:
    """Return a person's individual indicators with their histories up to the end of the selection's period."""
    organisation = selection.organisation_code
    indicators = people.iki(organisation, [employee_code])
    scored = score_table(people.iki_facts(organisation, [employee_code]), profile)
    served = _served(snapshot, selection, indicators, profile)
    return tuple(
        _expected(row, scored[scored["indicator_code"] == row["indicator_code"]], served, selection, profile)
        for row in indicators.to_dict("records")
    )


def _expected(
    row: Mapping[Hashable, Any],
    scored: pd.DataFrame,
    served: Mapping[tuple[str, str], Served],
    selection: Selection,
    profile: RuleProfile,
) -> Expected:
    year_starts_in = selection.period.year_starts_in
    rules = Rules(
        polarity=None if pd.isna(row["polarity"]) else Polarity(row["polarity"]),
        over_periods=AggregationOverPeriods.NONE,
        over_units=AggregationOverUnits.NONE,
        multiplier=float(row["multiplier"]),
        decimals=int(row["decimals"]),
        every_years=1,
    )
    sheet = Sheet(str(row["indicator_code"]), str(row["name"]), str(row["unit_of_measure"]), rules)
    own = scored[scored["grain"] == row["grain"]].reset_index(drop=True)
    points = tuple(_point(each, year_starts_in) for each in own.to_dict("records"))
    known = [place for place, point in enumerate(points) if point.has_value and point.is_finished]
    at = next((place for place in reversed(known) if points[place].period.end <= selection.period.end), None)
    bounds = (nan, nan)
    source = (str(row["from_unit_code"]), str(row["from_indicator_code"]))
    return Expected(
        sheet,
        Cascade(row["cascade"]),
        served.get(source),
        points,
        None if at is None else points[at],
        next((point for point in points if point.period.end > selection.period.end), None),
        None if at is None else _why(row, own.iloc[at], sheet, selection, profile),
        control_of(points, at, rules, bounds, (), to_date=False, measure=sheet.unit_of_measure),
    )


def _point(row: Mapping[Hashable, Any], year_starts_in: int) -> Point:
    start = pd.Timestamp(row["period_start"]).date()
    return Point(
        Period.beginning(start, Grain(row["grain"]), year_starts_in),
        value=float(row["value"]),
        target=float(row["target"]),
        target_high=float(row["target_high"]),
        achievement=float(row["achievement"]),
        index=float(row["index"]),
        rating=None if pd.isna(row["rating"]) else str(row["rating"]),
        is_complete=True,
        is_finished=bool(row["is_finished"]),
    )


def _why(
    row: Mapping[Hashable, Any], figure: pd.Series, sheet: Sheet, selection: Selection, profile: RuleProfile
) -> Why:
    """Return why a figure of an individual indicator scores as it does, told as that of a unit."""
    organisation = selection.organisation_code
    inputs = FigureInputs.of_row({str(name): cell for name, cell in figure.items()})
    definition = Indicator(
        organisation, sheet.code, sheet.name, sheet.unit_of_measure, sheet.rules.polarity, str(row["grain"])
    )
    return Why(
        unit_code=str(row["employee_code"]),
        unit_name="",
        sheet=sheet,
        definition=definition,
        selection=selection,
        explanation=explain(inputs, profile),
        has_figure=True,
    )


def _served(
    snapshot: AllowedSnapshot, selection: Selection, indicators: pd.DataFrame, profile: RuleProfile
) -> dict[tuple[str, str], Served]:
    """Return the units' indicators that these are cascaded from, scored in the selection's period."""
    cascaded = indicators[indicators["from_unit_code"].notna()]
    units = sorted(set(cascaded["from_unit_code"].astype(str)))
    codes = sorted(set(cascaded["from_indicator_code"].astype(str)))
    if not units:
        return {}
    organisation = selection.organisation_code
    facts = snapshot.facts(
        organisation, unit_codes=units, indicator_codes=codes, grain=selection.period.grain,
        first=selection.period.end, last=selection.period.end, to_date=selection.to_date,
    )  # fmt: skip
    scored = score_table(facts, profile).set_index(["unit_code", "indicator_code"])
    agreed = snapshot.agreements(organisation, selection.year)
    weights = (
        agreed.set_index(["unit_code", "indicator_code"])["weight"]
        / agreed.groupby("unit_code")["weight"].transform("sum").to_numpy()
    )
    sheets, tree = sheets_of(snapshot, organisation), tree_of(snapshot.units(organisation))
    found = {}
    for unit, code in cascaded[["from_unit_code", "from_indicator_code"]].itertuples(index=False, name=None):
        is_there = (unit, code) in scored.index
        row = scored.loc[(unit, code)] if is_there else None
        found[unit, code] = Served(
            unit,
            tree.name(unit) if unit in tree.nodes else unit,
            code,
            sheets[code].name if code in sheets else code,
            nan if row is None else float(row["index"]),
            None if row is None or pd.isna(row["rating"]) else str(row["rating"]),
            float(weights.get((unit, code), nan)),
        )
    return found


def _posts(
    posts: pd.DataFrame, snapshot: AllowedSnapshot, organisation_code: str, names: Mapping[str, str]
) -> tuple[Post, ...]:
    tree = tree_of(snapshot.units(organisation_code))
    plain = posts.sort_values("valid_from", ascending=False).astype(object)
    return tuple(
        Post(
            row["unit_code"],
            tree.name(row["unit_code"]) if row["unit_code"] in tree.nodes else row["unit_code"],
            row["position"],
            row["superior_code"],
            names.get(row["superior_code"], row["superior_code"]),
            FunctionalLevel(row["functional_level"]) if row["functional_level"] else None,
            pd.Timestamp(row["valid_from"]).date(),
            None if row["valid_to"] is None else pd.Timestamp(row["valid_to"]).date(),
        )
        for row in plain.where(plain.notna(), None).to_dict("records")
    )


def _appraisals(
    people: AllowedPeople, organisation_code: str, employee_code: str, names: Mapping[str, str]
) -> tuple[Judged, ...]:
    rows = people.appraisals(organisation_code, employee_codes=[employee_code])
    rows = rows.assign(predicate=predicates(rows["work_result"], rows["behaviour"]))
    rows = with_credit_points(rows)
    rows = rows.assign(is_annual=rows["kind"] == AppraisalKind.ANNUAL.value)
    rows = rows.sort_values(["period_end", "is_annual"], ascending=False)
    plain = rows.astype(object).where(rows.notna(), None)
    return tuple(_judged(row, names) for row in plain.to_dict("records"))


def _judged(row: Mapping[Hashable, Any], names: Mapping[str, str]) -> Judged:
    has_points = row["credit_mark"] is not None
    return Judged(
        AppraisalKind(row["kind"]),
        pd.Timestamp(row["period_start"]).date(),
        pd.Timestamp(row["period_end"]).date(),
        row["superior_code"],
        names.get(row["superior_code"], row["superior_code"]),
        Level(row["work_result"]),
        Level(row["behaviour"]),
        {value: Level(row[value.value]) for value in CoreValue if row[value.value]},
        Predicate(row["predicate"]),
        row["note"],
        Mark(row["rule_mark"]),
        float(row["credit_points"]) if has_points else nan,
        Mark(row["credit_mark"]) if has_points else None,
        int(row["batch_number"]),
    )


def _notes(
    people: AllowedPeople, organisation_code: str, employee_code: str, names: Mapping[str, str]
) -> tuple[Written, ...]:
    rows = people.notes(organisation_code, employee_code)
    plain = rows.astype(object).where(rows.notna(), None)
    return tuple(
        Written(
            row["note_code"],
            names.get(row["author_code"], row["author_code"]),
            pd.Timestamp(row["written_on"]).date(),
            row["text"],
            None if row["about_period_end"] is None else pd.Timestamp(row["about_period_end"]).date(),
        )
        for row in plain.to_dict("records")
    )


def _looks(people: AllowedPeople, organisation_code: str, employee_code: str) -> tuple[Look, ...] | None:
    found = people.looks(organisation_code, employee_code)
    if found is None:
        return None
    return tuple(
        Look(datetime.fromisoformat(each.at).astimezone(), each.who, _roles(each.roles), each.what) for each in found
    )


def _roles(written: str) -> tuple[Role, ...]:
    return tuple(Role(code) for code in written.split(",") if code)
