"""The first step of an officer's round: the workbook of a unit and a period, to be filled in and sent back."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.intake.templates.writing import template
from kpi.periods import Grain, Period
from kpi.views.template_periods import AHEAD, template_periods
from ui import loaders, pickers
from ui.gate import Page

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(page: Page) -> None:
    """Draw the choice of unit and period, and the button that gives the workbook."""
    t, organisation = page.t, page.organisation.organisation_code
    st.caption(
        t("An Excel workbook with the indicators of a unit, its targets and last values. Fill in the yellow cells.")
    )
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    with left:
        unit = pickers.pick_unit(t, page.snapshot.units(organisation))
    period = pick_period(page, middle, right)
    below = st.checkbox(t("With the units below it"), key="template-below")
    st.download_button(
        t("Download the template"),
        lambda: template(page.snapshot, organisation, unit, period, t.language, with_units_below=below),
        file_name=f"{unit}-{period.code}.xlsx",
        mime=XLSX,
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )


def pick_period(page: Page, left: DeltaGenerator, right: DeltaGenerator) -> Period:
    """Draw the choice of a period among those that are reported now; the last finished one unless told."""
    t = page.t
    found = loaders.ask(template_periods, page.snapshot, page.selection.period.grain, page.organisation.year_starts_in)
    with left:
        words = {each.value: t.label(each) for each in found.periods}
        grain = Grain(pickers.pick_option("length", words, t("Length"), default=found.due.grain.value))
    periods = {each.code: each for each in found.periods[grain]}
    due = found.periods[grain][AHEAD + 1].code
    with right:
        code = pickers.pick_option(
            "for", {code: t.period(each) for code, each in periods.items()}, t("Period"), default=due
        )
    return periods[code]
