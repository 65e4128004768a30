"""What sound rows define: the organisation, units and indicators to register, and what is told anew of known ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpi.intake.coded import first_rows
from kpi.intake.dates import grain_places
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions
from kpi.intake.rows import Rows
from kpi.intake.stated import Stated
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Organisation, Unit
from kpi.periods import GRAINS, Grain
from kpi.store.record import Definitions

MOST_DECIMALS: Final = 4
_FEWEST_YEARS: Final = 3
"""Years that an indicator must have before their distance tells how often it comes."""


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What the sound rows show of each indicator of the file (an entry per code).

    `finest` is the place of its finest grain in GRAINS, −1 without a sound row; `decimals` the most that are written;
    `has_parts`: a numerator and denominator stand on a row; `every_years`: the distance of its years.
    """

    finest: NDArray[np.int64]
    decimals: NDArray[np.int8]
    has_parts: NDArray[np.bool_]
    every_years: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Rows, sound: NDArray[np.bool_]) -> Evidence:
        """Gather it from the rows that `sound` marks; those have an indicator and a period."""
        count = len(rows.indicator.distinct)
        codes, periods = rows.indicator.codes[sound], rows.period.codes[sound]
        written = np.maximum(rows.value_decimals, rows.target_decimals)[sound].clip(0, MOST_DECIMALS)
        decimals = np.zeros(count, dtype=np.int8)
        np.maximum.at(decimals, codes, written)
        has_parts = np.zeros(count, dtype=np.bool_)
        has_parts[codes[~np.isnan(rows.numerator[sound])]] = True
        width = len(rows.period.distinct) + 1
        pairs = pd.unique(codes.astype(np.int64) * width + periods)
        grains = grain_places(rows.period)[pairs % width]
        finest = np.full(count, len(GRAINS), dtype=np.int64)
        np.minimum.at(finest, pairs // width, grains)
        years = np.array([period.year for period in rows.period.distinct], dtype=np.int64)[pairs % width]
        every_years = np.ones(count, dtype=np.int64)
        for place in np.flatnonzero(finest == GRAINS.index(Grain.YEAR)):
            every_years[place] = _distance(sorted(years[pairs // width == place].tolist()))
        finest[finest == len(GRAINS)] = -1
        return cls(finest, decimals, has_parts, every_years)


def defined(
    rows: Rows, sound: NDArray[np.bool_], holds: Stated, known: Definitions | None, options: ImportOptions
) -> Definitions:
    """Return everything that is known once the sound rows are in; `holds` must have heard the sound rows alone."""
    organisation = known.organisation if known else _organisation(rows, holds, options)
    before = known or Definitions(organisation)
    units = {unit.unit_code: unit for unit in _new_units(rows, sound, holds, before)}
    told = _told_indicators(rows, holds, before, Evidence.of(rows, sound))
    indicators = {indicator.indicator_code: indicator for indicator in told}
    return before.merged_with(Definitions(organisation, units, indicators)).completed()


def said(before: Definitions | None, after: Definitions) -> list[Message]:
    """Return sentences on what `after` registers, and on what it tells anew of what `before` knew."""
    changes = after.changes_since(before)
    new_units = [code for code in changes.units if before is None or code not in before.units]
    new = [item for code, item in changes.indicators.items() if before is None or code not in before.indicators]
    sentences: list[Message] = []
    if before is None:
        code = after.organisation.organisation_code
        sentences.append(Message(mark("organisation '{code}' is registered"), {"code": code}))
    if new_units:
        sentences.append(_counted(mark("units registered: {count} ({codes})"), new_units))
    if new:
        codes = [item.indicator_code for item in new]
        sentences.append(_counted(mark("indicators registered: {count} ({codes})"), codes))
    text = mark("indicator '{code}' comes every {years} years, as its years show")
    sentences += [
        Message(text, {"code": item.indicator_code, "years": item.every_years}) for item in new if item.every_years > 1
    ]
    if unstated := [item.indicator_code for item in new if item.polarity is None]:
        sentences.append(_counted(mark("direction not stated, so not scored: {codes}"), unstated))
    if before:
        retold = [code for code in changes.indicators if code in before.indicators]
        for code in retold:
            sentences += _retold(before.indicators[code], after.indicators[code])
    return sentences


def _organisation(rows: Rows, holds: Stated, options: ImportOptions) -> Organisation:
    code = options.organisation_code
    names = dict(zip(rows.unit.distinct, holds.unit_name.by_owner, strict=True))
    return Organisation(code, options.organisation_name or names.get(code) or code, options.year_starts_in or 1)


def _new_units(rows: Rows, sound: NDArray[np.bool_], holds: Stated, before: Definitions) -> Iterator[Unit]:
    """Yield the units of the sound rows that aren't known, and the parents that only parent_code names."""
    root = before.organisation.organisation_code
    names = dict(zip(rows.unit.distinct, holds.unit_name.by_owner, strict=True))
    parents = dict(zip(rows.unit.distinct, holds.parent.by_owner, strict=True))
    present = [rows.unit.distinct[place] for place in np.flatnonzero(first_rows(rows.unit, sound) >= 0)]
    named = [parent for code in present if (parent := parents[code])]
    for code in dict.fromkeys([*present, *named]):
        if code not in before.units and code != root:
            yield Unit(root, code, names.get(code) or code, parents.get(code) or root)


def _told_indicators(rows: Rows, holds: Stated, before: Definitions, evidence: Evidence) -> Iterator[Indicator]:
    """Yield the indicators of the sound rows: new, or known and now with what the file adds to them."""
    for place in np.flatnonzero(evidence.finest >= 0).tolist():
        code = rows.indicator.distinct[place]
        known = before.indicators.get(code)
        grain = GRAINS[evidence.finest[place]]
        if known is None:
            yield _new_indicator(before.organisation.organisation_code, code, place, grain, holds, evidence)
            continue
        finer = min(grain, Grain(known.grain), key=GRAINS.index)
        yield dataclasses.replace(
            known,
            grain=finer.value,
            every_years=known.every_years if finer is Grain.YEAR else 1,
            polarity=holds.polarity.by_owner[place],
            unit_of_measure=holds.unit_of_measure.by_owner[place] or "",
            aggregation_over_periods=holds.over_periods.by_owner[place] or AggregationOverPeriods.NONE,
            aggregation_over_units=holds.over_units.by_owner[place] or AggregationOverUnits.NONE,
        )


def _new_indicator(
    organisation_code: str, code: str, place: int, grain: Grain, holds: Stated, evidence: Evidence
) -> Indicator:
    has_parts = evidence.has_parts[place]
    seen = int(evidence.every_years[place])
    return Indicator(
        organisation_code=organisation_code,
        indicator_code=code,
        name=holds.indicator_name.by_owner[place] or code,
        unit_of_measure=holds.unit_of_measure.by_owner[place] or "",
        polarity=holds.polarity.by_owner[place],
        grain=grain.value,
        every_years=(holds.every_years.by_owner[place] or seen) if grain is Grain.YEAR else 1,
        aggregation_over_periods=holds.over_periods.by_owner[place]
        or (AggregationOverPeriods.RATIO if has_parts else AggregationOverPeriods.NONE),
        aggregation_over_units=holds.over_units.by_owner[place]
        or (AggregationOverUnits.RATIO if has_parts else AggregationOverUnits.NONE),
        multiplier=holds.multiplier.by_owner[place] or 1.0,
        decimals=int(evidence.decimals[place]),
    )


def _distance(years: list[int]) -> int:
    """Return how many years lie between two of an indicator's years, always; 1 where that can't be told."""
    if len(years) < _FEWEST_YEARS:
        return 1
    return reduce(gcd, (later - earlier for earlier, later in pairwise(years))) or 1


def _retold(before: Indicator, after: Indicator) -> Iterator[Message]:
    """Yield a sentence for each part of a definition that is told anew."""
    for part in dataclasses.fields(Indicator):
        was, now = getattr(before, part.name), getattr(after, part.name)
        if was != now:
            values = {"code": after.indicator_code, "name": part.name, "now": now}
            values["was"] = was or Message(mark("not stated"))
            yield Message(mark("indicator '{code}': {name} is now {now} (was {was})"), values)


def _counted(text: str, codes: list[str]) -> Message:
    """Return the sentence with the number of codes, and the first five of them."""
    named = ", ".join(codes[:5])
    several = Message(mark("{named} and {count} more"), {"named": named, "count": len(codes) - 5})
    return Message(text, {"count": len(codes), "codes": several if len(codes) > 5 else named})
