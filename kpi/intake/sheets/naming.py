"""Which unit and which indicator a row is about: settles what is certain, and gathers what a person must confirm."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import Sheet, address
from kpi.intake.sheets.figures import Name, ReadOptions
from kpi.intake.sheets.findings import Finding, error, info, warning
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import Layout
from kpi.intake.sheets.mapping import NEW, Mapping, SheetMapping
from kpi.intake.sheets.names import Catalogue, KnownCodes, MatchedBy, NameMatch, code_from
from kpi.intake.sheets.table_header import Anchors
from kpi.intake.sheets.words import fold, shortened

MOST_UNKNOWN: Final = 2_000
"""Names that nobody knows, per file; more is no file of this organisation."""


@dataclass(slots=True)
class Naming:
    """Matches names all through one file, so that one name gets one answer and one finding."""

    units: Catalogue
    indicators: Catalogue
    options: ReadOptions
    new_units: frozenset[str] = frozenset()
    new_indicators: frozenset[str] = frozenset()
    unit_matches: dict[str, NameMatch] = field(default_factory=dict)
    indicator_matches: dict[str, NameMatch] = field(default_factory=dict)
    unknown: int = 0
    _found: dict[tuple[str | None, str | None, str], Finding] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, known: KnownCodes, mapping: Mapping, options: ReadOptions) -> Naming:
        """Prepare the catalogues, with a mapping's answers in them."""
        confirmed_units = {text: code for text, code in mapping.units.items() if code != NEW}
        confirmed_indicators = {text: code for text, code in mapping.indicators.items() if code != NEW}
        return cls(
            known.unit_names(confirmed_units),
            known.indicator_names(confirmed_indicators),
            options,
            frozenset(fold(text) for text, code in mapping.units.items() if code == NEW),
            frozenset(fold(text) for text, code in mapping.indicators.items() if code == NEW),
        )

    @property
    def findings(self) -> list[Finding]:
        """What is left open, or is new, each name once."""
        return list(self._found.values())

    def indicator(self, sheet: Sheet, layout: Layout, mapping: SheetMapping, row: int, anchors: Anchors) -> Name:
        """Return a row's indicator: its code, else its name, else the one that the mapping gives the sheet."""
        code, code_cell = _cell_text(sheet, layout, row, Role.INDICATOR_CODE, anchors)
        name, name_cell = _cell_text(sheet, layout, row, Role.INDICATOR_NAME, anchors)
        if not code and not name:
            code, code_cell = mapping.indicator or "", None
        self._say_contradiction(self.indicators, code, name, sheet.name, code_cell)
        if code and code in self.indicators.names:
            return Name(NameMatch(code, code, MatchedBy.CODE), self.indicators.names[code], code_cell)
        text, cell = (name, name_cell) if name else (code, code_cell)
        match = self._matched(
            text, sheet.name, cell, self.indicator_matches, self.indicators, self.new_indicators, code
        )
        return Name(match, self.indicators.names.get(match.code or "", text), cell)

    def unit_in_row(self, sheet: Sheet, layout: Layout, row: int, anchors: Anchors) -> Name | None:
        """Return the unit that a row itself states, None when it states none."""
        code, code_cell = _cell_text(sheet, layout, row, Role.UNIT_CODE, anchors)
        name, name_cell = _cell_text(sheet, layout, row, Role.UNIT_NAME, anchors)
        self._say_contradiction(self.units, code, name, sheet.name, code_cell)
        if code and code in self.units.names:
            return Name(NameMatch(code, code, MatchedBy.CODE), self.units.names[code], code_cell)
        if not code and not name:
            return None
        text, cell = (name, name_cell) if name else (code, code_cell)
        return self._unit(text, sheet.name, cell, code)

    def unit_of_sheet(self, layout: Layout, mapping: SheetMapping) -> Name | None:
        """Return the unit of a whole sheet: the mapping's, the title's or the sheet's name, else the given one."""
        if mapping.unit:
            return self._unit(mapping.unit, layout.sheet, None, "")
        said = layout.title.unit
        given = self.options.unit
        if said is None:
            return self._unit(given, layout.sheet, None, "") if given else None
        sheet_says = self.units.match(said.text, is_near=False)
        if given is None:
            return self._unit(said.text, layout.sheet, said.cell, "")
        chosen = self._unit(given, layout.sheet, None, "")
        if sheet_says.code is not None and sheet_says.code != chosen.code:
            text = mark(
                "The sheet is about '{said}' ({why}), but the unit '{given}' was given. Leave out the wrong one."
            )
            values = {"said": self.units.names.get(sheet_says.code, said.text), "why": said.why, "given": given}
            self._say(error(layout.sheet, said.cell, text, **values))
        return chosen

    def unit_named(self, text: str, cell: str) -> Name | None:
        """Return the known unit that a section row names, None when it names none."""
        match = self.units.match(text)
        return Name(match, self.units.names.get(match.code, text), cell) if match.code else None

    def _say_contradiction(self, catalogue: Catalogue, code: str, name: str, sheet: str, cell: str | None) -> None:
        """Say where a row's code and its name are not those of one thing."""
        named = catalogue.match(name, is_near=False).code if code and name else None
        if named is None or named == code:
            return
        values = {"code": code, "name": shortened(name), "named": named}
        if code in catalogue.names:
            text = mark("The code {code} is '{known}', but the name '{name}' is that of {named}. Mend one of the two.")
            self._say(error(sheet, cell, text, **values, known=catalogue.names[code]))
        else:
            text = mark("The code '{code}' is not known; the name '{name}' is that of {named}, which is taken.")
            self._say(warning(sheet, cell, text, **values))

    def _unit(self, text: str, sheet: str, cell: str | None, code: str) -> Name:
        match = self._matched(text, sheet, cell, self.unit_matches, self.units, self.new_units, code)
        return Name(match, self.units.names.get(match.code or "", text), cell)

    def _matched(
        self,
        text: str,
        sheet: str,
        cell: str | None,
        matches: dict[str, NameMatch],
        catalogue: Catalogue,
        new: frozenset[str],
        code: str,
    ) -> NameMatch:
        """Match a name once per file, and say once what is left open."""
        known = matches.get(fold(f"{code} {text}"))
        if known is not None:
            return known
        kind = "unit" if matches is self.unit_matches else "indicator"
        match = catalogue.match(text, is_near=self.unknown <= MOST_UNKNOWN)
        self.unknown += match.code is None
        if self.unknown > MOST_UNKNOWN:
            words = mark(
                "More than {most} names are not known. Is it the right file? Import a new organisation's table tidy."
            )
            self._say(error(None, None, words, most=MOST_UNKNOWN))
        elif match.code is None and (
            fold(text) in new or (self.options.create and match.matched_by is MatchedBy.UNKNOWN)
        ):
            match = replace(match, code=self._fresh(text, code, catalogue), matched_by=MatchedBy.UNKNOWN)
            words = mark("'{name}' is a new {kind}; its code would be {code}.")
            self._say(info(sheet, cell, words, name=shortened(text), kind=Message(kind), code=match.code))
        elif match.code is None:
            self._say(_open(match, sheet, cell, kind))
        matches[fold(f"{code} {text}")] = match
        return match

    def _fresh(self, text: str, code: str, catalogue: Catalogue) -> str:
        """Return a code for a new name: the file's own where it has one, else one made of the name."""
        stem = code or code_from(text)
        number = self._next.get(stem, 1)
        fresh = stem if number == 1 else f"{stem[:36]}_{number}"
        while fresh in catalogue.names:
            number += 1
            fresh = f"{stem[:36]}_{number}"
        self._next[stem] = number + 1
        self._next.setdefault(fresh, 2)
        return fresh

    def _say(self, finding: Finding) -> None:
        self._found.setdefault((finding.sheet, finding.cell, finding.text), finding)


def _open(match: NameMatch, sheet: str, cell: str | None, kind: str) -> Finding:
    """Say that a name is not known, with what it may mean."""
    table = f"{kind}s"
    if not match.proposals:
        words = mark(
            "The {kind} '{name}' is not known. Give its code under [{table}] in the mapping, or say that it is new."
        )
        return error(sheet, cell, words, kind=Message(kind), name=shortened(match.text), table=table)
    likely = ", ".join(f"{found.code} '{shortened(found.name, 40)}' ({found.score:.0f})" for found in match.proposals)
    words = mark("The {kind} '{name}' is not known, but close to {likely}. Confirm one under [{table}] in the mapping.")
    return error(sheet, cell, words, kind=Message(kind), name=shortened(match.text), likely=likely, table=table)


def _cell_text(sheet: Sheet, layout: Layout, row: int, role: Role, anchors: Anchors) -> tuple[str, str | None]:
    """Return a row's text of a role, through a merge that runs down its column."""
    for column in layout.of_role(role):
        top, left = anchors.get((row, column.number), (row, column.number))
        text = sheet.text(top, left).strip() if left == column.number else ""
        if text:
            return text, address(top, left)
    return "", None
