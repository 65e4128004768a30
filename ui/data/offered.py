"""Which sections and tasks of the Data page a reader is offered: those that the rights allow; the doors check anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kpi.access import Right
from kpi.intake.allowed import ENTERS
from ui.gate import Page

NEEDS: Final[Mapping[str, Sequence[Right]]] = {
    "upload": ENTERS,
    "form": ENTERS,
    "stating": ENTERS,
    "set": (Right.VERIFY,),
    "undo": (Right.UNDO, Right.AGREE, Right.VERIFY),
}
"""One of these rights is needed; what isn't named here is open to whoever sees the page."""
BOTH: Final = (Right.REPORT, Right.AGREE)
"""Counting punctuality as figures enters values, and defines their two indicators."""


def may_open(page: Page, code: str) -> bool:
    """Whether the reader may use a section or a task, in the organisation that is open."""
    organisation = page.organisation.organisation_code
    if code == "count":
        return all(page.access.may(right, organisation) for right in BOTH)
    needed = NEEDS.get(code)
    return needed is None or any(page.access.may(right, organisation) for right in needed)
