"""Numbers as people write them: what a cell can mean, and under which way of writing; never guesses between two."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kpi.intake.messages import mark
from kpi.intake.sheets.cells import CellValue, as_text, is_blank
from kpi.intake.sheets.words import fold, plain


class NumberRule(StrEnum):
    """The two ways of writing decimals: `1.234,5` and `1,234.5`."""

    DECIMAL_COMMA = "decimal_comma"
    DECIMAL_POINT = "decimal_point"


class Reading(StrEnum):
    """How a cell was read."""

    TYPED = "typed"  # the cell holds a number
    TYPED_PERCENT = "typed_percent"  # the cell holds a share that it shows as percent
    WRITTEN = "written"  # text that can be read in one way only
    BY_COLUMN = "by_column"  # text whose way of writing the other cells of its column decide
    RANGE = "range"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MISSING = "missing"
    WORD = "word"  # a word where a number is meant: WTP, Baik
    AMBIGUOUS = "ambiguous"  # text that can be read in two ways, and nothing decides
    UNREADABLE = "unreadable"


NUMBERS: Final = frozenset(
    {Reading.TYPED, Reading.TYPED_PERCENT, Reading.WRITTEN, Reading.BY_COLUMN, Reading.RANGE}
    | {Reading.AT_LEAST, Reading.AT_MOST}
)
"""The readings that have a value."""

_MISSING: Final = frozenset(
    {"n a", "na", "tad", "t a d", "none", "null", "nan", "not available", "not released", "dalam proses"}
    | {"tidak ada", "tidak ada data", "tidak tersedia", "data tidak tersedia", "menunggu rilis", "belum dihitung"}
    | {"belum rilis", "belum dirilis", "belum ada", "belum ada data", "belum tersedia", "belum ada rilis"}
    | {"belum dilaporkan", "belum diukur", "belum dilakukan pengukuran", "belum tersedia data"}
)
_DASHES: Final = frozenset({"", "-", "–", "—", "--", "---", "...", "…", "#N/A"})
_ZERO_OR_NOTHING: Final = frozenset({"nihil", "nil", "kosong"})
_MINUS: Final = str.maketrans(dict.fromkeys("−‒﹣", "-"))
_DIGITS: Final = r"[0-9.,](?:[0-9.,]|[ '](?=[0-9]{3}(?![0-9])))*(?:[eE][+-]?[0-9]{1,3})?"
_MONEY: Final = re.compile(r"(?:rp\.?|idr)\s*(?=[-(]?\s*[0-9])", re.IGNORECASE)
_MONEY_END: Final = re.compile(r",-{1,2}$|,=$")
_FOOTNOTE: Final = re.compile(r"\s*\*+\)?$")
_BOUND: Final = re.compile(
    r"(?P<least>≥|>=|>|minimal|min\.?|paling sedikit|sekurang-kurangnya)?"
    r"(?P<most>≤|<=|<|maksimal|maks\.?|max\.?|paling banyak)?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_RANGE: Final = re.compile(
    rf"(?P<low>{_DIGITS})\s*%?\s*(?:-|–|—|~|s\s?/\s?d|s\.?\s?d\.?|sampai(?: dengan)?|hingga|to)\s*(?P<high>{_DIGITS})",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(rf"(?P<sign>[-+]?)\s*(?P<token>{_DIGITS})")
_TAIL: Final = re.compile(r"(?P<number>.*?[0-9.,)])\s*(?P<tail>%|[^\W\d_][^0-9]{0,40})?", re.DOTALL)
_GROUPED: Final = {
    NumberRule.DECIMAL_COMMA: re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]+)?"),
    NumberRule.DECIMAL_POINT: re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?"),
}
_SPACED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?")
_SCIENTIFIC: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """What a cell says. `value` is None unless `reading` is one of NUMBERS; `high` is set on a range alone.

    `alternatives` are the two values of an ambiguous cell (decimal comma, decimal point). `needs` is the one way of
    writing by which the text can be read, None where both give the same. `unit_text` is what stood behind the number.
    """

    reading: Reading
    text: str
    value: float | None = None
    high: float | None = None
    needs: NumberRule | None = None
    alternatives: tuple[float, ...] = ()
    is_percent: bool = False
    is_money: bool = False
    unit_text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """The way of writing that a column's cells agree on. `rule` None = nothing decides, or the column mixes both."""

    rule: NumberRule | None
    comma_cells: int
    point_cells: int
    ambiguous_cells: int
    is_given: bool = False

    @property
    def is_mixed(self) -> bool:
        """Some cells can only be read with a decimal comma and others only with a decimal point."""
        return self.comma_cells > 0 and self.point_cells > 0


def column_rule(values: Iterable[CellValue], given: NumberRule | None = None) -> ColumnRule:
    """Decide how a column's texts are written from all its cells; `given` is a person's word and wins."""
    read = [parsed_text(value) for value in values if isinstance(value, str) and not is_blank(value)]
    comma = sum(number.needs is NumberRule.DECIMAL_COMMA for number in read)
    point = sum(number.needs is NumberRule.DECIMAL_POINT for number in read)
    ambiguous = sum(number.reading is Reading.AMBIGUOUS for number in read)
    decided = None
    if bool(comma) != bool(point):
        decided = NumberRule.DECIMAL_COMMA if comma else NumberRule.DECIMAL_POINT
    return ColumnRule(given or decided, comma, point, ambiguous, is_given=given is not None)


def read_number(value: CellValue, rule: NumberRule | None = None, number_format: str = "") -> ParsedNumber:
    """Read one cell; `rule` is its column's, and decides only what could be read in two ways.

    `number_format` is the cell's where it shows percent: a typed 0.97 shown as 97% is 97 with `is_percent`.
    """
    match value:
        case bool():
            return ParsedNumber(Reading.UNREADABLE, as_text(value), why=mark("it is TRUE or FALSE, not a number"))
        case int() | float():
            return _typed(value, number_format)
        case str():
            return _by_rule(parsed_text(value), rule)
        case None:
            return ParsedNumber(Reading.MISSING, "")
        case _:
            why = mark("the cell holds a date; perhaps the spreadsheet turned a number such as 1.5 or 1/5 into one")
            return ParsedNumber(Reading.UNREADABLE, as_text(value), why=why)


def _typed(value: float, number_format: str) -> ParsedNumber:
    """Read a cell that holds a number; the shown percent is made exactly, not by float multiplication."""
    try:
        as_float = float(value)
    except OverflowError:
        as_float = math.inf
    if not math.isfinite(as_float):
        return ParsedNumber(Reading.UNREADABLE, str(value)[:40], why=mark("it is too large to be a figure"))
    if not number_format:
        return ParsedNumber(Reading.TYPED, as_text(value), as_float)
    shown = float(Decimal(repr(as_float)).scaleb(2))
    return ParsedNumber(Reading.TYPED_PERCENT, f"{as_text(value)} ({number_format})", shown, is_percent=True)


def _by_rule(number: ParsedNumber, rule: NumberRule | None) -> ParsedNumber:
    """Settle a cell that could be read in two ways by its column's rule, when there is one."""
    if number.reading is not Reading.AMBIGUOUS or rule is None:
        return number
    return _read_text(number.text, rule)


@lru_cache(maxsize=50_000)
def parsed_text(text: str) -> ParsedNumber:
    """Read a text by itself, without its column."""
    return _read_text(text, None)


def _read_text(text: str, rule: NumberRule | None) -> ParsedNumber:
    """Read a text: words for missing first, then sign, currency, percent and unit off, then the digits."""
    words = fold(text)
    bare = plain(text).translate(_MINUS).lstrip("'")
    if bare in _DASHES or words in _MISSING:
        return ParsedNumber(Reading.MISSING, text)
    if words in _ZERO_OR_NOTHING:
        return ParsedNumber(
            Reading.UNREADABLE, text, why=mark("it can mean 0 or that nothing was reported; write 0 or leave it")
        )
    if len(bare) > 100:
        return ParsedNumber(Reading.UNREADABLE, text, why=mark("it is a text, not a number"))
    if bare.startswith("#"):
        return ParsedNumber(Reading.UNREADABLE, text, why=mark("the formula in the cell failed"))
    if not re.search(r"[0-9]", bare):
        return _word(text, bare)
    return _number(text, bare, rule) or ParsedNumber(Reading.UNREADABLE, text, why=mark("it is no number"))


def _word(text: str, bare: str) -> ParsedNumber:
    if not any(sign.isalpha() for sign in bare):
        return ParsedNumber(Reading.UNREADABLE, text, why=mark("it is no number"))
    return ParsedNumber(Reading.WORD, text, why=mark("it is a word, not a number"))


def _number(text: str, bare: str, rule: NumberRule | None) -> ParsedNumber | None:
    """Take a written number apart; None when it is none."""
    bare = _FOOTNOTE.sub("", bare)
    bound = _BOUND.fullmatch(bare)
    rest, is_money = _without_money(bound["rest"] if bound else bare)
    is_negative = rest.startswith("(") and rest.endswith(")")
    tail = _TAIL.fullmatch(rest[1:-1].strip() if is_negative else rest)
    unit = (tail["tail"] or "").strip(" .") if tail else ""
    if tail is None or (unit and unit != "%" and not unit[0].isalpha()):
        return None
    is_percent = unit == "%" or fold(unit) in {"persen", "percent", "prosen", "%"}
    shell = ParsedNumber(
        Reading.WRITTEN, text, is_percent=is_percent, is_money=is_money, unit_text="" if is_percent else unit
    )
    between = _RANGE.fullmatch(tail["number"].strip())
    if between and not is_negative and not (bound and (bound["least"] or bound["most"])):
        return _range(shell, between["low"], between["high"], rule)
    whole = _NUMBER.fullmatch(tail["number"].strip())
    if whole is None or (is_negative and whole["sign"]):
        return None
    number = _settled(shell, whole["token"], is_negative or whole["sign"] == "-", rule)
    if number and number.value is not None and bound and (bound["least"] or bound["most"]):
        return replace(number, reading=Reading.AT_LEAST if bound["least"] else Reading.AT_MOST)
    return number


def _without_money(text: str) -> tuple[str, bool]:
    """Take `Rp` and the closing `,-` off."""
    bare = _MONEY.sub("", text, count=1)
    is_money = bare != text
    return (_MONEY_END.sub("", bare) if is_money else bare).strip(), is_money


def _settled(shell: ParsedNumber, token: str, is_negative: bool, rule: NumberRule | None) -> ParsedNumber | None:
    """Give the shell its value: the only one there is, else the rule's, else none (ambiguous)."""
    values = {way: -value if is_negative else value for way, value in readings(token).items()}
    if not values:
        return None
    if not all(math.isfinite(value) for value in values.values()):
        return replace(shell, reading=Reading.UNREADABLE, why=mark("it is too large to be a figure"))
    needs = next(iter(values)) if len(values) == 1 else None
    if len(set(values.values())) == 1:
        return replace(shell, value=next(iter(values.values())), needs=needs)
    if rule is None:
        return replace(shell, reading=Reading.AMBIGUOUS, alternatives=tuple(values.values()))
    return replace(shell, reading=Reading.BY_COLUMN, value=values[rule])


def _range(shell: ParsedNumber, low: str, high: str, rule: NumberRule | None) -> ParsedNumber | None:
    """Read both ends of a range by one way of writing."""
    lows, highs = readings(low), readings(high)
    shared = [way for way in NumberRule if way in lows and way in highs]
    if not shared:
        return None
    pairs = {way: (lows[way], highs[way]) for way in shared}
    if len(set(pairs.values())) > 1 and rule is None:
        both = tuple(value for pair in pairs.values() for value in pair)
        return replace(shell, reading=Reading.AMBIGUOUS, alternatives=both)
    first, last = pairs.get(rule, pairs[shared[0]]) if rule else pairs[shared[0]]
    if first > last or not math.isfinite(last):
        return replace(shell, reading=Reading.UNREADABLE, why=mark("the range ends below its start"))
    needs = shared[0] if len(shared) == 1 else None
    return replace(shell, reading=Reading.RANGE, value=first, high=last, needs=needs)


def readings(token: str) -> dict[NumberRule, float]:
    """Return the value of unsigned digits with marks under each way of writing by which they can be read."""
    if scientific := _SCIENTIFIC.fullmatch(token):
        return _one(scientific[1], f"{scientific[1].replace(',', '.')}e{scientific[2]}")
    if _SPACED.fullmatch(token):
        return _one(token, re.sub("[ ']", "", token).replace(",", "."))
    found: dict[NumberRule, float] = {}
    for way, shape in _GROUPED.items():
        if token and shape.fullmatch(token):
            decimal, group = (",", ".") if way is NumberRule.DECIMAL_COMMA else (".", ",")
            found[way] = _as_float(token.replace(group, "").replace(decimal, "."))
    return found


def _one(written: str, number: str) -> dict[NumberRule, float]:
    """Return a value that needs the way of writing which its one mark shows; without a mark, both give it."""
    value = _as_float(number)
    ways = {",": [NumberRule.DECIMAL_COMMA], ".": [NumberRule.DECIMAL_POINT]}
    mark = next((sign for sign in written if sign in ",."), "")
    return dict.fromkeys(ways.get(mark, list(NumberRule)), value)


def _as_float(number: str) -> float:
    """Return the nearest float; infinity for what no float holds."""
    try:
        return float(Decimal(number)) if len(number) <= 400 else math.inf
    except (InvalidOperation, OverflowError, ValueError):
        return math.inf
