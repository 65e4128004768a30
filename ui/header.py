"""The top of every page: title and search, one sentence made from the numbers, and how fresh they are."""

from __future__ import annotations

import streamlit as st

from kpi.i18n import Translator, mark
from kpi.views.freshness import Freshness, freshness
from kpi.views.markdown import plain
from ui import address, loaders, search
from ui.gate import Page
from ui.training import bar


def show(page: Page, title: str, sentence: str = "") -> None:
    """Draw the top of a page. `title` and `sentence` are translated already; the sentence says what there is to see."""
    t = page.t
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.title(title, anchor=False)
    with right:
        search.box(t, page.snapshot, page.organisation.organisation_code)
    if page.organisation.is_synthetic:
        said = mark("**Sample data.** {name} is synthetic: it does not exist, and every figure is made up.")
        st.warning(t(said, name=plain(page.organisation.name)), icon=":material/science:")
    if sentence:
        st.markdown(f"##### {sentence}")
    if address.here() != bar.PATH:
        bar.show(t)
    st.caption(freshness_line(t, page, loaders.ask(freshness, page.snapshot, page.selection)))


def freshness_line(t: Translator, page: Page, fresh: Freshness) -> str:
    """Return the line that says what period is shown, up to when there are figures, and who has reported."""
    said = [
        f"{plain(page.organisation.name)}: {t.period(page.selection.period, to_date=page.selection.to_date)}",
        t("figures up to {date}", date=t.date(fresh.data_to)),
        t("published {date}", date=t.date(fresh.published_on)),
    ]
    if fresh.units_expected:
        reported, expected = t.number(fresh.units_reported), t.number(fresh.units_expected)
        said.append(t("{reported} of {expected} units reported", reported=reported, expected=expected))
    if not fresh.is_finished:
        said.append(t("this period is not finished"))
    if page.snapshot.meta.as_known_at:
        said.append(t("as known on {date}", date=t.date(page.snapshot.meta.as_known_at)))
    return " · ".join(said)
