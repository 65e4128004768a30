"""Tasks about the two verdicts: did it really change, is the target met, can two units be told apart."""

from __future__ import annotations

from typing import Final

from kpi.i18n import Translator, mark
from kpi.model import AggregationOverUnits
from kpi.training.task import Ground, Option, Task, Way, by_words
from kpi.views import change_and_target_words as verdicts
from kpi.views.change_and_target import Aim, ChangeAndTarget, Judged, Move, change_and_target
from kpi.views.comparison import Bar, Ranking, ranked_on_indicator
from kpi.views.comparison_words import value_said
from kpi.views.groups import groups_of
from kpi.views.markdown import plain

TRENDS: Final = "pages/trends.py"
Cell = tuple[Move, Aim]
TELLING: Final[tuple[Cell, ...]] = (
    (Move.BETTER, Aim.MISSED),
    (Move.WORSE, Aim.MISSED),
    (Move.STEADY, Aim.MISSED),
    (Move.STEADY, Aim.MET),
)
"""The cells that teach most, first the one that people misread most: better, and still missed."""
STEPS: Final[dict[str, tuple[str, str]]] = {
    "reason": (
        mark("Ask this week for the reason: chance hardly explains it"),
        mark("That is for a figure that really got worse."),
    ),
    "way": (
        mark("Plan another way of working: the same work gives the same figures"),
        mark("That is for a figure that misses its target and does not really change."),
    ),
    "thanks": (
        mark("Thank those who did it, and find out what helped"),
        mark("That is for a figure that really improved."),
    ),
    "leave": (
        mark("Leave it alone: nothing has happened"),
        mark("That is for a figure on target that does not really change."),
    ),
}
"""What to do next, and for which figure that is right."""
NEXT: Final[dict[Cell, str]] = {
    (Move.WORSE, Aim.MISSED): "reason",
    (Move.WORSE, Aim.MET): "reason",
    (Move.STEADY, Aim.MISSED): "way",
    (Move.STEADY, Aim.MET): "leave",
    (Move.BETTER, Aim.MISSED): "thanks",
    (Move.BETTER, Aim.MET): "thanks",
}
"""The next step by both verdicts; figures that are not judged or not scored ask for none of them."""


def both_verdicts(ground: Ground, t: Translator) -> Task | None:
    """Ask for the two verdicts on one figure."""
    figure = _first(ground, TELLING)
    if figure is None:
        return None
    right: Cell = (figure.move, figure.aim)
    cells: list[Cell] = [right, *(cell for cell in TELLING if cell != right)][: len(TELLING)]
    options = [Option(_code(cell), verdicts.cell_said(*cell, t), _verdict(figure, cell, t)) for cell in cells]
    return Task(
        "both_verdicts",
        t("What do both verdicts say of {figure}?", figure=f"**{verdicts.name(figure, t)}**"),
        t("Read the sentences above the chart: the first says whether it changed, and whether the target is met."),
        by_words(options),
        _code(right),
        _trend(figure, ground),
    )


def next_step(ground: Ground, t: Translator) -> Task | None:
    """Ask what should be done about one figure."""
    order = ((Move.STEADY, Aim.MISSED), (Move.WORSE, Aim.MISSED), (Move.BETTER, Aim.MISSED), (Move.STEADY, Aim.MET))
    figure = _first(ground, order)
    if figure is None:
        return None
    right = NEXT[figure.move, figure.aim]
    again = t("Where does this one lie: inside the grey band or outside, and on which side of its target?")
    options = [
        Option(code, t(words), _known(figure, t) if code == right else f"{t(about)} {again}")
        for code, (words, about) in STEPS.items()
    ]
    return Task(
        "next_step",
        t("Open the trend of {figure}. What is the right next step?", figure=f"**{verdicts.name(figure, t)}**"),
        t("Look at the grey band, the usual range, and where the target lies."),
        tuple(options),
        right,
        _trend(figure, ground),
    )


def worst(ground: Ground, t: Translator) -> Task | None:
    """Ask which figure really got worse and misses its target, among others that only look like it."""
    seen = _seen(ground)
    if not seen.cell(Move.WORSE, Aim.MISSED):
        return None
    right = seen.cell(Move.WORSE, Aim.MISSED)[0]
    others = [_first_of(seen, cell) for cell in TELLING if cell[0] is not Move.WORSE]
    figures = [right, *(figure for figure in others if figure is not None)]
    if len(figures) < 2:
        return None
    options = [
        Option(f"{each.sheet.code}.{each.unit_code}", verdicts.name(each, t), _known(each, t)) for each in figures
    ]
    choices = {"parent": ground.root, "cell": _code((Move.WORSE, Aim.MISSED)), "listed": None, **_when(ground)}
    return Task(
        "worst",
        t("Which of these really got worse and misses its target?"),
        t("Look at the matrix: row “Got worse”, column “missed”. A click on the cell lists its indicators."),
        by_words(options),
        f"{right.sheet.code}.{right.unit_code}",
        Way("pages/overview.py", choices),
    )


def told_apart(ground: Ground, t: Translator) -> Task | None:
    """Ask whether two neighbours in the order of a counted rate may be told apart."""
    found = _counted(ground)
    if found is None:
        return None
    group, ranking, first, second = found
    is_apart = _apart(ranking, first, second)
    said = {each.unit_code: value_said(each.point.value, ranking, t) for each in (first, second)}
    values = {
        "first": plain(first.unit_name),
        "second": plain(second.unit_name),
        "one": said[first.unit_code],
        "other": said[second.unit_code],
        "indicator": plain(ranking.sheet.name) if ranking.sheet else "",
    }
    yes = t("They share no group: chance hardly explains the difference. Ask what the better one does.")
    no = t("They share a group: a few cases more or less would turn the order. Do not call one of them better.")
    options = (
        Option("yes", t("Yes, {first} is better", **values), yes if is_apart else no),
        Option("no", t("No, chance alone can make this difference", **values), yes if is_apart else no),
        Option("second", t("{second} is better, it merely serves fewer people", **values),
               t("Fewer people make a rate swing more, in either direction; they make it neither better nor worse.")),
    )  # fmt: skip
    choices = {"show": "order", "parent": group, "by": "indicator", "as": "bars", "bars": None, **_when(ground)}
    return Task(
        "told_apart",
        t("{indicator}: {first} has {one}, {second} has {other}. Does {first} work better?", **values),
        t("Units that chance can't tell apart share a group; it stands beside each unit."),
        options,
        "yes" if is_apart else "no",
        Way("pages/comparison.py", {**choices, "indicator": ranking.sheet.code if ranking.sheet else None}),
    )


def _counted(ground: Ground) -> tuple[str, Ranking, Bar, Bar] | None:
    """Return a group with a counted rate, its first unit, and the last one that shares a group with it (else the next).

    The first indicator will do whose rate is counted: what is taught is the same with each.
    """
    units, indicators = ground.snapshot.units(ground.root), ground.snapshot.indicators(ground.root)
    rates = indicators[indicators["aggregation_over_units"] == AggregationOverUnits.RATIO.value].sort_values("name")
    for code in rates["indicator_code"].astype(str):
        for group in reversed(groups_of(units)):
            ranking: Ranking = ground.found(ranked_on_indicator, ground.selection, group.code, code, ground.profile)
            bars = [bar for bar in ranking.bars if bar.place is not None]
            if not ranking.fair.is_of_rates or not ranking.fair.group_count or len(bars) < 3:
                continue
            others = [bar for bar in bars[1:] if bar.place != bars[0].place]
            if others:
                near = [bar for bar in others if not _apart(ranking, bars[0], bar)]
                return group.code, ranking, bars[0], (near or others[:1])[-1]
    return None


def _apart(ranking: Ranking, first: Bar, second: Bar) -> bool:
    one, other = (ranking.fair.units[bar.unit_code] for bar in (first, second))
    known = (one.first_group, one.last_group, other.first_group, other.last_group)
    low, high, other_low, other_high = (each or 0 for each in known)
    return high < other_low or other_high < low


def _seen(ground: Ground) -> ChangeAndTarget:
    return ground.found(change_and_target, ground.selection, ground.root, ground.profile)


def _first(ground: Ground, order: tuple[Cell, ...]) -> Judged | None:
    """Return the first figure of the first cell that holds any."""
    seen = _seen(ground)
    return next((figure for cell in order if (figure := _first_of(seen, cell))), None)


def _first_of(seen: ChangeAndTarget, cell: Cell) -> Judged | None:
    return next(iter(seen.cell(*cell)), None)


def _verdict(figure: Judged, cell: Cell, t: Translator) -> str:
    """Return what is said to a pair of verdicts: which of both is wrong, without the right one."""
    move, aim = cell[0] is figure.move, cell[1] is figure.aim
    if move and aim:
        more = t("Two questions, two answers: a figure can improve and still miss its target.")
        return f"{_known(figure, t)} {more}"
    if move:
        return t("The change is read rightly, the target is not: compare the value with the target of this period.")
    if aim:
        return t("The target is read rightly, the change is not: only a mark outside the usual range, or a row of "
                 "marks on one side of its middle, is a real change.")  # fmt: skip
    return t("Neither is right: first read whether it really changed, then compare the value with its target.")


def _known(figure: Judged, t: Translator) -> str:
    return f"{verdicts.target_line(figure, t)} {verdicts.change_line(figure, t)}"


def _trend(figure: Judged, ground: Ground) -> Way:
    chosen = {"indicator": figure.sheet.code, "units": figure.unit_code, "unit": figure.unit_code, "charts": None}
    return Way(TRENDS, {**chosen, **_when(ground)})


def _when(ground: Ground) -> dict[str, str | None]:
    return {"period": ground.selection.period.code, "span": "period"}


def _code(cell: Cell) -> str:
    return f"{cell[0].value}-{cell[1].value}"
