"""What a task of a walk is: a question about the figures, answers to choose from, and what each of them teaches.

Words are the reader's; where a view says what is right, no text of ours does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar  # Any: answers of views of every kind

from kpi.access import AllowedSnapshot
from kpi.i18n import Translator
from kpi.model import Organisation
from kpi.scoring.profile import RuleProfile
from kpi.views.selection import Selection

P = ParamSpec("P")
T = TypeVar("T")
MOST_OPTIONS: Final = 4


class Ask(Protocol):
    """Who hands a view the snapshot: the screen's cached door, or `straight`."""

    def __call__(
        self,
        view: Callable[Concatenate[AllowedSnapshot, P], T],
        snapshot: AllowedSnapshot,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what the view answers."""
        ...


def straight(
    view: Callable[Concatenate[AllowedSnapshot, P], T], snapshot: AllowedSnapshot, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Return what the view answers, uncached."""
    return view(snapshot, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Ground:
    """The figures that a walk is about: one organisation in one period, as one access may see them."""

    snapshot: AllowedSnapshot
    organisation: Organisation
    selection: Selection
    profile: RuleProfile
    ask: Ask = straight

    @property
    def root(self) -> str:
        """The code of the organisation, which is that of its tree's root."""
        return self.organisation.organisation_code

    def found(self, view: Callable[..., Any], *args: object) -> Any:
        """Return what a view answers."""
        return self.ask(view, self.snapshot, *args)


@dataclass(frozen=True, slots=True)
class Way:
    """Where the answer can be seen: a page, and the choices that its address needs."""

    page: str
    choices: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose (Markdown), and what is said to whoever chose it."""

    code: str
    words: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question with answers, one of them right. `look` says where on the page it can be seen."""

    code: str
    question: str
    look: str
    options: tuple[Option, ...]
    right: str
    way: Way | None = field(default=None)

    def __post_init__(self) -> None:
        codes = [option.code for option in self.options]
        if len(set(codes)) != len(codes) or len(codes) < 2 or self.right not in codes:
            raise ValueError(f"Task {self.code}: needs two different answers at least, with the right one among them.")
        if len({option.words for option in self.options}) != len(codes):
            raise ValueError(f"Task {self.code}: two answers read the same.")

    def option(self, code: str | None) -> Option | None:
        """Return the answer with this code; None where nothing (or nothing offered) was chosen."""
        return next((option for option in self.options if option.code == code), None)


Builder = Callable[[Ground, Translator], Task | None]
"""Makes a task of the figures; None where they do not allow to ask it."""


def by_words(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return answers in the order of their words, so that no place tells which one is right."""
    return tuple(sorted(options, key=lambda option: option.words.casefold()))
