"""How many of each unit have learnt: counts alone, for the people manager."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpi.access import Right
from kpi.appraisal.suppression import LEAST
from kpi.i18n import Translator
from kpi.training.progress import Learners, TrainingCounts, training_counts
from ui import figure, loaders
from ui.gate import Page


def is_for(page: Page) -> bool:
    """Whether the reader manages the people of the organisation."""
    return page.access.may(Right.MANAGE_PEOPLE, page.organisation.organisation_code)


def section(page: Page) -> None:
    """Draw the counts by unit, and the totals where these tell of nobody."""
    t, organisation = page.t, page.organisation.organisation_code
    counts = training_counts(loaders.store_folder(), page.snapshot, organisation)
    st.markdown(_totals(counts, t))
    st.caption(
        t(
            "Persons are counted once, in the unit that they last learnt for. Units with fewer than {least} learners "
            "are not shown, nor others from which they could be subtracted; nobody's name is kept.",
            least=t.number(LEAST),
        )
    )
    table = pd.DataFrame([_row(unit, t) for unit in counts.units])
    alt = t("Learners of each unit: how many have begun, how many have finished a walk.")
    figure.show_table(table, key="training-progress", alt=alt, t=t, file_name=f"{organisation}-training")


def _totals(counts: TrainingCounts, t: Translator) -> str:
    if counts.begun is None or counts.finished is None:
        return t("Too few have begun yet for a total that tells of nobody.")
    return t("**{begun}** have begun a walk, **{finished}** of them have finished one.",
             begun=t.number(counts.begun), finished=t.number(counts.finished))  # fmt: skip


def _row(unit: Learners, t: Translator) -> dict[str, str]:
    hidden = t("not shown")
    return {
        t("Unit"): unit.unit_name,
        t("Have begun"): hidden if unit.begun is None else t.number(unit.begun),
        t("Have finished"): hidden if unit.finished is None else t.number(unit.finished),
    }
