"""Tasks about the book: who has reported, where a figure is from, what a definition lacks, what a year still needs."""

from __future__ import annotations

from typing import Final

from kpi.i18n import Translator
from kpi.training.task import MOST_OPTIONS, Ground, Option, Task, Way, by_words
from kpi.training.units_tasks import own_of_units
from kpi.views.markdown import plain
from kpi.views.pace import Pace, PaceVerdict, YearOfPaces, paces
from kpi.views.pace_words import line
from kpi.views.states import Arrival, Cell, StateMatrix, state_matrix
from kpi.views.states_words import arrival_said
from kpi.views.weaknesses import Weakness, weaknesses
from kpi.views.weaknesses_words import ADVICE
from kpi.views.why import Why, why_scored

LATE: Final = (Arrival.MISSING, Arrival.INCOMPLETE, Arrival.LATE)
"""How reports may come that are not in time, the worst first."""
INDICATORS_LOOKED_AT: Final = 15
COMMON: Final = (
    Weakness.NO_SOURCE,
    Weakness.NO_YEAR_TARGET,
    Weakness.FEW_CASES,
    Weakness.NO_DIRECTION,
    Weakness.TARGET_BELOW_LAST_YEAR,
)
VERDICTS: Final = (PaceVerdict.OUT_OF_REACH, PaceVerdict.TOO_SLOW, PaceVerdict.ENOUGH, PaceVerdict.REACHED)


def late_unit(ground: Ground, t: Translator) -> Task | None:
    """Ask whose figures of a period are late, incomplete or missing."""
    matrix: StateMatrix = ground.found(state_matrix, ground.selection, None, ground.root)
    for period in reversed(matrix.periods):
        due = dict(matrix.due_in(period))
        worst = next((each for each in LATE if any(cell.arrival is each for cell in due.values())), None)
        in_time = [unit for unit in matrix.units if unit.unit_code in due and due[unit.unit_code].arrival is
                   Arrival.IN_TIME]  # fmt: skip
        if worst is None or not in_time:
            continue
        right = next(unit for unit in matrix.units if unit.unit_code in due and due[unit.unit_code].arrival is worst)
        units = [right, *in_time[: MOST_OPTIONS - 1]]
        options = [
            Option(unit.unit_code, plain(unit.unit_name), _arrived(unit.unit_name, due[unit.unit_code], t))
            for unit in units
        ]
        return Task(
            "late_unit",
            t("Which of these units did not report all of {period} in time?", period=t.period(period)),
            t("Look at the table of states: each cell says how the figures came."),
            by_words(options),
            right.unit_code,
            Way("pages/data.py", {"part": "states", "state_parent": ground.root, "state_grain": matrix.grain.value,
                                  "period": period.code}),
        )  # fmt: skip
    return None


def _arrived(name: str, cell: Cell, t: Translator) -> str:
    return t(
        "{unit}: {reported} of {expected} figures, {arrival}; due on {day}.",
        unit=plain(name),
        reported=t.number(cell.reported),
        expected=t.number(cell.expected),
        arrival=arrival_said(cell.arrival, t),
        day=t.date(cell.due_on),
    )


def origin(ground: Ground, t: Translator) -> Task | None:
    """Ask which batch brought a figure."""
    why = next((found for found in _explained(ground) if found.delivery and found.delivery.file_name), None)
    if why is None or why.delivery is None:
        return None
    batches = ground.snapshot.batches(ground.root)
    named = batches[batches["file_name"].notna()]
    files = dict(zip(named["batch_number"].astype(int), named["file_name"].astype(str), strict=True))
    others = [number for number in files if files[number] != why.delivery.file_name]
    numbers = [why.delivery.number, *others[: MOST_OPTIONS - 1]]
    if len({files.get(number) for number in numbers}) < 2:
        return None
    known = t(
        "It came with batch {number}, file {file}; who sent it and when stands there too. Every figure has such a way "
        "back.",
        number=why.delivery.number,
        file=f"`{why.delivery.file_name}`",
    )
    words = {number: f"{t('Batch {number}', number=number)}: `{files.get(number, '')}`" for number in numbers}
    other = t("That batch brought other figures. Follow the name of the file from the figure, not the other way.")
    options = [
        Option(str(number), words[number], known if number == why.delivery.number else other) for number in numbers
    ]
    return Task(
        "origin",
        t("Which batch brought “{indicator}” of {unit}, {period}?", indicator=plain(why.sheet.name),
          unit=plain(why.unit_name), period=t.period(ground.selection.period)),
        t("Look at “Where the figure comes from”, below the steps."),
        by_words(options),
        str(why.delivery.number),
        Way("pages/indicators.py", _chosen(why, ground)),
    )  # fmt: skip


def _explained(ground: Ground) -> list[Why]:
    """Return why the figures of the unit that costs most score as they do, at most a few."""
    gaps = next(own_of_units(ground), None)
    shown = () if gaps is None else (*gaps.scored, *gaps.not_scored)
    return [
        ground.found(why_scored, ground.selection, gap.sheet.code, gap.unit_code, ground.profile) for gap in shown[:5]
    ]


def _chosen(why: Why, ground: Ground) -> dict[str, str | None]:
    everything = {"carrier": None, "polarity": None, "perspective": None}
    chosen = {"indicator": why.sheet.code, "unit": why.unit_code, "period": ground.selection.period.code}
    return {**everything, **chosen, "span": "period"}


def weak_sheet(ground: Ground, t: Translator) -> Task | None:
    """Ask what is weak in the definition of an indicator."""
    gaps = next(own_of_units(ground), None)
    if gaps is None:
        return None
    for gap in (*gaps.scored, *gaps.not_scored)[:INDICATORS_LOOKED_AT]:
        found = {each.kind for each in ground.found(weaknesses, ground.selection, gap.sheet.code, ground.profile)}
        absent = [kind for kind in COMMON if kind not in found][: MOST_OPTIONS - 1]
        right = next((kind for kind in Weakness if kind in found), None)
        if right is None or len(absent) < 2:
            continue
        options = [Option(kind.value, t(ADVICE[kind].what), _weak(kind, right, t)) for kind in (right, *absent)]
        return Task(
            "weak_sheet",
            t("What is weak in the definition of “{indicator}”?", indicator=plain(gap.sheet.name)),
            t("Look at “Weaknesses of the definition”, below why it scores so."),
            by_words(options),
            right.value,
            Way("pages/indicators.py", {"carrier": None, "polarity": None, "perspective": None, "unit": gap.unit_code,
                                        "indicator": gap.sheet.code, "period": ground.selection.period.code}),
        )  # fmt: skip
    return None


def _weak(kind: Weakness, right: Weakness, t: Translator) -> str:
    advice = ADVICE[kind]
    if kind is right:
        return f"{t(advice.what)}. {t(advice.why)} {t(advice.remedy)}"
    return t("That was not found here. Where it is: {why}", why=t(advice.why))


def pace(ground: Ground, t: Translator) -> Task | None:
    """Ask whether the pace so far is enough for the year's target."""
    gaps = next(own_of_units(ground), None)
    if gaps is None or not gaps.pairs:
        return None
    year: YearOfPaces = ground.found(paces, ground.selection, gaps.pairs)
    shown: Pace | None = next(iter(year.said), None)
    if shown is None or shown.verdict not in VERDICTS:
        return None
    words = {
        PaceVerdict.OUT_OF_REACH: t("No: it is out of reach, whatever the rest brings"),
        PaceVerdict.TOO_SLOW: t("No: the rest of the year must bring more than the year so far"),
        PaceVerdict.ENOUGH: t("Yes: as so far is enough"),
        PaceVerdict.REACHED: t("It is met already, whatever the rest brings"),
    }
    known = line(shown, t)
    again = t("Compare what is needed in each period that remains with what the year has brought so far.")
    options = [Option(each.value, words[each], known if each is shown.verdict else again) for each in VERDICTS]
    return Task(
        "pace",
        t("{unit}, “{indicator}”: is the pace so far enough for the target of {year}?", unit=plain(gaps.unit.name),
          indicator=plain(shown.sheet.name), year=t.period(year.year)),
        t("Look at “The rest of {year}”: needed and so far stand side by side.", year=t.period(year.year)),
        tuple(options),
        shown.verdict.value,
        Way("pages/gaps.py", {"unit": gaps.unit.unit_code, "period": ground.selection.period.code, "span": "period",
                              "gaps": "all"}),
    )  # fmt: skip
