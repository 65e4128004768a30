"""Rule profiles: dated TOML files that say how figures score. Knows no figure; reading the files is its only I/O."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from kpi.errors import ProfileError, did_you_mean
from kpi.messages import Message, close_to, mark
from kpi.model import Mark, Polarity
from kpi.scoring.formula import FORMULA_NUMBER, FORMULAS, INSIDE_RANGE, Formula, TargetSign

SHIPPED: Final = Path(__file__).resolve().parents[2] / "data" / "profiles"
LIGHT_PAGE: Final = "#ffffff"
DARK_PAGE: Final = "#0e1117"
LEAST_CONTRAST: Final = 4.5
"""WCAG AA for text of normal size."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Shape = Literal["circle", "square", "diamond", "triangle-up", "triangle-down", "star", "cross"]
SYMBOLS: Final[dict[str, str]] = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "star": "★",
    "cross": "✖",
}
"""The sign in text of each shape; the shapes are named as the charts name them."""


class Frozen(BaseModel):
    """A part of a profile: can't be changed, and refuses keys that it doesn't know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=True)


class Text(Frozen):
    """The same words in Indonesian and English."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        """Return the words in `language`, "id" or "en"."""
        return self.id if language == "id" else self.en


class Sourced(Frozen):
    """What a source stands behind: source ids of docs/methodology.md, the place in them, and how sure it is."""

    sources: tuple[Annotated[str, StringConstraints(pattern=r"^S\d{2,}$")], ...] = ()
    article: str = Field(min_length=1)
    mark: Mark

    @model_validator(mode="after")
    def _names_a_source(self) -> Self:
        if not self.sources and self.mark in (Mark.VERIFIED, Mark.SECONDARY):
            raise ValueError(f"mark {self.mark} needs at least one source id")
        return self


class FormulaRule(Sourced):
    """The formula for one polarity and one sign of the target."""

    formula: str

    @field_validator("formula")
    @classmethod
    def _is_known(cls, code: str) -> str:
        known = [formula.code for formula in FORMULAS if formula is not INSIDE_RANGE]
        if code not in known:
            raise ValueError(f"formula '{code}' is not one of {', '.join(known)}.{did_you_mean(code, known)}")
        return code

    @property
    def definition(self) -> Formula:
        """The formula itself."""
        return FORMULAS[FORMULA_NUMBER[self.formula]]


class PolarityRule(Frozen):
    """The formulas of one polarity; an absent one means: not scored, with the reason.

    `conversion_scale` present = the index is read off the scale that the indicator declares.
    """

    positive_target: FormulaRule
    negative_target: FormulaRule | None = None
    zero_target: FormulaRule | None = None
    conversion_scale: Sourced | None = None

    def rule(self, sign: TargetSign) -> FormulaRule | None:
        """Return the rule for a target of this sign."""
        return getattr(self, sign.value)


class Limit(Sourced):
    """A cap or a floor of the index, as a ratio."""

    at: float


class FullAtTarget(Sourced):
    """The index of an indicator that can't exceed its target, once the target is met."""

    index: float
    polarities: tuple[Literal[Polarity.MAXIMIZE, Polarity.MINIMIZE], ...]


class Colour(Frozen):
    """A colour that can be read as text: its word, and its tones on a light and on a dark page."""

    name: str
    light: Hex
    dark: Hex

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        for tone, page in ((self.light, LIGHT_PAGE), (self.dark, DARK_PAGE)):
            if contrast(tone, page) < LEAST_CONTRAST:
                raise ValueError(f"{tone} on {page} has contrast {contrast(tone, page):.2f}, less than 4.5 (WCAG AA)")
        return self


class Band(Sourced):
    """A rating: every figure from `from_percent` (inclusive, percent) up to the next band's."""

    code: Code
    from_percent: float = Field(alias="from")
    colour: Colour
    shape: Shape
    labels: Text

    @property
    def symbol(self) -> str:
        """The shape as a sign in text."""
        return SYMBOLS[self.shape]


class RuleProfile(Frozen):
    """How an organisation's figures score. Ratios: 1.0 is 100 %; a band's `from` alone is in percent."""

    code: Code
    name: Text
    description: Text
    version: str = Field(min_length=1)
    valid_from: date
    band_on: Literal["index", "achievement"]
    least_coverage: float = Field(ge=0, le=1)
    rules: dict[Literal[Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE], PolarityRule]
    target_range: Sourced
    bands: tuple[Band, ...] = Field(min_length=1)
    unit_bands: tuple[Band, ...] | None = None
    cap_rule: Limit | None = Field(default=None, alias="cap")
    floor_rule: Limit | None = Field(default=None, alias="floor")
    full_at_target: FullAtTarget | None = None

    @cached_property
    def written(self) -> str:
        """All that it says, as JSON, so that profiles that differ are written differently."""
        return self.model_dump_json()

    @property
    def cap(self) -> float | None:
        """The highest index, a ratio; None = no cap."""
        return self.cap_rule.at if self.cap_rule else None

    @property
    def floor(self) -> float | None:
        """The lowest index, a ratio; None = no floor."""
        return self.floor_rule.at if self.floor_rule else None

    @property
    def bands_of_units(self) -> tuple[Band, ...]:
        """The bands for the index of a unit: its own where the profile has them, else those of the indicators."""
        return self.unit_bands or self.bands

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source id that the profile names, sorted."""
        return tuple(sorted(set(re.findall(r"\bS\d{2,}\b", self.written))))

    def band(self, code: str) -> Band:
        """Return the band with this code, of indicators or of units. Raises ProfileError."""
        for band in (*self.bands, *(self.unit_bands or ())):
            if band.code == code:
                return band
        raise ProfileError("Rule profile '{profile}' has no rating '{code}'.", profile=self.code, code=code)

    @field_validator("rules")
    @classmethod
    def _never_rewards_the_wrong_direction(cls, rules: dict[Polarity, PolarityRule]) -> dict[Polarity, PolarityRule]:
        placed = [(polarity, sign, rule.rule(sign)) for polarity, rule in rules.items() for sign in TargetSign]
        _refuse(
            f"{polarity}.{sign}: formula '{found.formula}' would score a better value lower there"
            for polarity, sign, found in placed
            if found and (polarity, sign) not in found.definition.serves
        )
        return rules

    @field_validator("bands", "unit_bands")
    @classmethod
    def _bands_are_distinct(cls, bands: tuple[Band, ...] | None) -> tuple[Band, ...] | None:
        named = {what: [getattr(band, what) for band in bands or ()] for what in ("code", "shape")}
        _refuse(
            [
                *(
                    f"band '{worse.code}' must start below '{better.code}': list the best band first"
                    for better, worse in pairwise(bands or ())
                    if not better.from_percent > worse.from_percent
                ),
                *(f"two bands have the same {what}" for what, found in named.items() if len(set(found)) < len(found)),
            ]
        )
        return bands

    @model_validator(mode="after")
    def _every_figure_falls_in_a_band(self) -> Self:
        lowest = -float("inf") if self.band_on == "achievement" or self.floor is None else self.floor * 100
        mistakes = [
            f"the lowest band must start at {lowest} or lower, not at {bands[-1].from_percent}"
            for bands in (self.bands, self.unit_bands)
            if bands and bands[-1].from_percent > lowest
        ]
        if self.full_at_target and self.band_on == "achievement":
            mistakes.append("full_at_target gives an index without an achievement, so band_on must be 'index'")
        _refuse(mistakes)
        return self


def _refuse(mistakes: Iterable[str]) -> None:
    found = "; ".join(mistakes)
    if found:
        raise ValueError(found)


def contrast(colour: str, page: str) -> float:
    """Return the WCAG contrast of two colours `#rrggbb`: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(colour), _luminance(page)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def profile_folder() -> Path:
    """Return the folder of the profiles: $KPI_PROFILES where it is set, else the shipped ones."""
    return Path(os.environ.get("KPI_PROFILES") or SHIPPED)


def profile_codes() -> tuple[str, ...]:
    """Return the codes of the profiles that can be loaded, sorted."""
    return tuple(sorted(path.stem for path in profile_folder().glob("*.toml")))


def load_profile(code: str) -> RuleProfile:
    """Return the profile `code`. Raises ProfileError: unknown code, or every mistake of its file at once."""
    path = profile_folder() / f"{code}.toml"
    if Path(code).name != code or not path.is_file():
        known = profile_codes()
        text = "Rule profile '{code}' is not defined.{hint} {choices}"
        raise ProfileError(text, code=code, hint=close_to(code, known), choices=_choices(known))
    return _read(path, path.stat().st_mtime_ns)


def _choices(known: tuple[str, ...]) -> Message:
    if known:
        return Message(mark("Known: {codes}."), {"codes": ", ".join(known)})
    return Message(mark("The folder {folder} has no profile."), {"folder": profile_folder()})


@lru_cache(maxsize=64)
def _read(path: Path, _modified: int) -> RuleProfile:
    try:
        profile = RuleProfile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError("{file} is not a TOML file in UTF-8: {why}", file=path.name, why=str(error)) from error
    except ValidationError as error:
        mistakes = [f"{'.'.join(map(str, at['loc'])) or 'file'}: {at['msg']}" for at in error.errors()]
        text = "{file} breaks the rules of a profile:\n  {mistakes}"
        raise ProfileError(text, file=path.name, mistakes="\n  ".join(mistakes)) from error
    if profile.code != path.stem:
        raise ProfileError("{file}: code is '{code}'. Name the file {code}.toml.", file=path.name, code=profile.code)
    return profile
