"""What a report holds, before it becomes a file: facts of the cover, sections, tables with typed cells, charts.

All texts are in the reader's language already. Writers lay it out; they compute nothing and know no view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kpi.i18n import MISSING, Language


class Kind(StrEnum):
    """What a cell's number is: a plain number, or a ratio that is written as percent."""

    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `text` as the screen writes it, and where it is a number that number unrounded.

    `suffix` is what a number counts, as it stands behind it. `colour` and `tint` (#rrggbb) are those of a rating.
    """

    text: str
    number: float | None = None
    decimals: int = 0
    kind: Kind = Kind.NUMBER
    suffix: str = ""
    is_signed: bool = False
    colour: str | None = None
    tint: str | None = None


EMPTY: Final = Cell("")
NONE: Final = Cell(MISSING)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in letters."""

    name: str
    width: int = 12
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value against its target as lengths: 1.0 is the target. `low` to `high` is a range; `is_cut`: it goes on."""

    value: float
    low: float
    high: float | None
    colour: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands beside a row of a table: a bullet, and the values of the same period in a row of years (None = none).

    `said` says both in words.
    """

    bullet: Bullet | None
    spark: tuple[float | None, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. `pictures`, where there are any, one a row. `is_annex`: too long for paper."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    pictures: tuple[Picture, ...] = ()
    is_annex: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: a row of {len(row)} cells under {len(self.columns)} columns.")

    def part(self, columns: Sequence[int], rows: int) -> Table:
        """Return the first rows and the columns at these places: what a slide has room for."""
        return Table(
            self.title,
            tuple(self.columns[at] for at in columns),
            tuple(tuple(row[at] for at in columns) for row in self.rows[:rows]),
        )


class ChartKind(StrEnum):
    """How a chart is drawn: bars lying, columns on top of each other, or lines."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, None = missing; `colours` one a value, or one for all; `labels` as the screen writes them."""

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data, the first category at the top or left. `line_at`: a line across it. `alt` says it in words."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    axis: str
    line_at: float | None = None
    line_name: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Big:
    """One large number with what it is, for a slide and the top of a page."""

    number: str
    words: str
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Slide:
    """What of a section stands on its slide besides the message: the columns of its first table, and how many rows."""

    columns: tuple[int, ...] = ()
    rows: int = 8
    has_chart: bool = True
    notes: int = 2


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer. `message` is the answer, a sentence with its numbers.

    `help` explains the chart to a reader without statistics. `slide` None: not shown in a meeting. `link` leads to the
    page that shows it.
    """

    code: str
    heading: str
    message: str
    notes: tuple[str, ...] = ()
    bigs: tuple[Big, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    help: tuple[str, ...] = ()
    slide: Slide | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What every report carries: whose figures, by which rules, from which data, how far checked, made by whom.

    `facts` are label and text, in order. `sample` is the sentence that the data are made up, empty where they are not.
    """

    title: str
    unit: str
    organisation: str
    period: str
    facts: tuple[tuple[str, str], ...]
    sample: str
    link: str
    link_said: str
    made_by: str
    made_at: datetime
    footer: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report in one language."""

    language: Language
    cover: Cover
    sections: tuple[Section, ...]
    words: dict[str, str]

    def section(self, code: str) -> Section:
        """Return the section with this code."""
        return next(each for each in self.sections if each.code == code)
