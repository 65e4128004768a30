"""What a person must answer, or may confirm, before a file is taken: questions with their choices. Guesses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.intake.judging import Judged
from kpi.intake.messages import Message, mark
from kpi.intake.sheet import Sheet
from kpi.intake.sheets.cells import column_letters, place
from kpi.intake.sheets.directions import DirectionProposal, evident_direction
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.mapping import NEW, DateOrder
from kpi.intake.sheets.names import MatchedBy, NameMatch
from kpi.intake.sheets.numbers import NumberRule
from kpi.intake.sheets.understanding import Understood
from kpi.model import Indicator, Polarity


class AskKind(StrEnum):
    """What is asked about."""

    UNIT = "unit"
    INDICATOR = "indicator"
    DIRECTION = "direction"
    NUMBERS = "numbers"
    DATES = "dates"
    ROLE = "role"
    YEAR = "year"
    SHEET_UNIT = "sheet_unit"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. `patch` is the part of a mapping that gives it; `closeness` 0–100, None where nothing is compared."""

    label: str
    name: str
    patch: Mapping[str, object]
    closeness: float | None = None
    evidence: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `is_needed`: the file is refused until it is answered.

    Without choices the answer is free: a year (`patch_for`), or the code of a unit.
    """

    kind: AskKind
    file: str
    sheet: str | None
    cell: str | None
    subject: str
    question: Message
    is_needed: bool
    choices: tuple[Choice, ...] = field(default=())

    def patch_for(self, text: str | int) -> dict[str, object]:
        """Return the part of a mapping that answers with a text (a code, `new`, a word) or a year of one's own."""
        match self.kind:
            case AskKind.UNIT | AskKind.INDICATOR:
                return {f"{self.kind.value}s": {self.subject: text}}
            case AskKind.DIRECTION:
                return {"polarities": {self.subject: text}}
            case AskKind.NUMBERS | AskKind.ROLE:
                return {"sheets": {self.sheet: {"columns": {self.subject: {self.kind.value: text}}}}}
            case AskKind.DATES:
                return {"sheets": {self.sheet: {"dates": text}}}
            case AskKind.YEAR:
                return {"sheets": {self.sheet: {"year": text}}}
            case AskKind.SHEET_UNIT:
                return {"sheets": {self.sheet: {"unit": text}}}


def asks_of(file: Judged, indicators: Mapping[str, Indicator], units: Mapping[str, str]) -> Iterator[Ask]:
    """Yield the questions that a judged file leaves, needed ones first."""
    name = file.source.name
    if file.office is None or file.office.understood is None:
        if isinstance(file.content, Sheet) and file.plan is not None and file.plan.definitions is not None:
            yield from _tidy_directions(name, file, indicators)
        return
    understood = file.office.understood
    yield from _names(name, AskKind.UNIT, understood.units, understood)
    yield from _names(name, AskKind.INDICATOR, understood.indicators, understood)
    yield from _readings(name, understood, units)
    codes = {match.code for match in understood.indicators}
    yield from (_direction(name, one, understood) for one in understood.directions if one.indicator in codes)


def _names(file: str, kind: AskKind, matches: Sequence[NameMatch], understood: Understood) -> Iterator[Ask]:
    """Ask what an unknown name means: one of close spelling, or something new."""
    cells = {cell.text: (cell.sheet, cell.cell) for cell in reversed(understood.cells)}
    text = mark("'{name}' is no known unit. Which one is it?")
    if kind is AskKind.INDICATOR:
        text = mark("'{name}' is no known indicator. Which one is it?")
    for match in matches:
        if match.matched_by not in (MatchedBy.CLOSE, MatchedBy.UNKNOWN) or match.code is not None:
            continue
        sheet, cell = cells.get(match.text, (None, None))
        ask = Ask(kind, file, sheet, cell, match.text, Message(text, {"name": match.text}), is_needed=True)
        near = [Choice(one.code, one.name, ask.patch_for(one.code), one.score) for one in match.proposals]
        yield _with(ask, [*near, Choice(NEW, match.text, ask.patch_for(NEW))])


def _readings(file: str, understood: Understood, units: Mapping[str, str]) -> Iterator[Ask]:
    """Ask what can be read in two ways, once for each column or sheet."""
    asked: set[tuple[AskKind, str, str]] = set()
    for finding in understood.findings:
        found = _reading(file, finding, units) if finding.severity is Severity.ERROR and finding.sheet else None
        if found is not None and (found.kind, str(found.sheet), found.subject) not in asked:
            asked.add((found.kind, str(found.sheet), found.subject))
            yield found


def _reading(file: str, finding: Finding, units: Mapping[str, str]) -> Ask | None:
    """Return the question that an error finding asks, None where only the file itself can be mended."""
    sheet, cell = finding.sheet, finding.cell
    spot = place(cell) if cell else None
    column = column_letters(spot[1]) if spot else ""
    question = Message(finding.text, finding.values)
    match finding.asks:
        case "numbers":
            ask = Ask(AskKind.NUMBERS, file, sheet, cell, column, question, is_needed=True)
            readings = ((NumberRule.DECIMAL_COMMA, "comma"), (NumberRule.DECIMAL_POINT, "point"))
            said = [(rule.value, str(finding.values.get(name, ""))) for rule, name in readings]
        case "role":
            ask = Ask(AskKind.ROLE, file, sheet, cell, column, question, is_needed=True)
            said = [(role.value, role.value) for role in (Role.VALUE, Role.ACHIEVEMENT)]
        case "dates":
            ask = Ask(AskKind.DATES, file, sheet, cell, column, question, is_needed=True)
            readings = ((DateOrder.DAY_FIRST, "one"), (DateOrder.MONTH_FIRST, "other"))
            said = [(order.value, str(finding.values.get(name, ""))) for order, name in readings]
        case "year":
            ask, said = Ask(AskKind.YEAR, file, sheet, cell, "", question, is_needed=True), []
        case "unit":
            ask = Ask(AskKind.SHEET_UNIT, file, sheet, cell, "", question, is_needed=True)
            said = list(units.items())
        case _:
            return None
    return _with(ask, [Choice(label, name, ask.patch_for(label)) for label, name in said])


def _direction(file: str, proposal: DirectionProposal, understood: Understood) -> Ask:
    """Ask to confirm a proposed direction; the file is taken without, and the indicator is not scored."""
    cell = next((cell for cell in understood.cells if cell.value == proposal.indicator), None)
    spot = (cell.sheet, cell.cell) if cell else (None, None)
    return direction_ask(file, spot, proposal)


def direction_ask(file: str, spot: tuple[str | None, str | None], proposal: DirectionProposal) -> Ask:
    """Return the question which direction an indicator has, the proposed one first."""
    text = mark("Which way is better for {indicator}? Until it is stated, it is not scored.")
    question = Message(text, {"indicator": proposal.name})
    ask = Ask(AskKind.DIRECTION, file, *spot, proposal.indicator, question, is_needed=False)
    evidence = {polarity: [] for polarity in Polarity}
    for one in proposal.evidence:
        evidence[one.polarity].append(one.words)
    order = sorted(Polarity, key=lambda polarity: polarity is not proposal.polarity)
    return _with(
        ask,
        [Choice(way.value, way.value, ask.patch_for(way.value), evidence=tuple(evidence[way])) for way in order],
    )


def _tidy_directions(file: str, judged: Judged, known: Mapping[str, Indicator]) -> Iterator[Ask]:
    """Ask the direction of the indicators of a tidy file that state none."""
    assert judged.plan is not None  # asked by the caller
    assert judged.plan.definitions is not None
    codes = dict.fromkeys(judged.plan.figures["indicator_code"].unique().to_pylist())
    for code in codes:
        indicator = judged.plan.definitions.indicators.get(code)
        if indicator is None or indicator.polarity is not None:
            continue
        proposal = evident_direction(code, indicator.name, indicator.unit_of_measure, known)
        if proposal is not None:
            yield direction_ask(file, (None, None), proposal)


def _with(ask: Ask, choices: Sequence[Choice]) -> Ask:
    return Ask(ask.kind, ask.file, ask.sheet, ask.cell, ask.subject, ask.question, ask.is_needed, tuple(choices))
