"""Gaps: what each indicator takes from one unit's index, and what the rest of the year must bring."""

import streamlit as st

from kpi.views import gaps_words as words
from kpi.views.gaps import gaps_of_unit, units_in
from kpi.views.markdown import plain
from ui import commentary, faces, gate, header, loaders, pickers
from ui import gaps as parts

page = gate.enter()
t, selection = page.t, page.selection

top = st.container()
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    unit = pickers.pick_unit(t, loaders.ask(units_in, page.snapshot, selection))
with right:
    scopes = {"all": t("All figures"), "missed": t("Missed only")}
    scope = pickers.pick_option("gaps", scopes, t("Show"), style="segmented")
gaps = loaders.ask(gaps_of_unit, page.snapshot, selection, unit, page.profile)
with top:
    header.show(page, t("Gaps"), words.sentence(gaps, page.profile, t))
if not gaps.pairs and not gaps.cuts:
    faces.empty(
        t("{unit} has no figures for this period.", unit=plain(gaps.unit.name)), t("Choose another unit or period.")
    )
if words.left_out(gaps, t):
    faces.partly_missing(words.left_out(gaps, t))

key = f"{unit}-{selection.period.code}-{selection.to_date}-{page.profile.code}-{scope}"
missed_only = scope == "missed"
shown = gaps.shown(missed_only=missed_only)
bars, way = st.columns([3, 2], gap="large")
with bars:
    parts.bullets(page, gaps, missed_only=missed_only)
with way:
    parts.way(page, gaps)
parts.both_verdicts(page, gaps, shown)
commentary.of_gaps(page, gaps, key)
parts.not_scored(page, gaps, key)
parts.rest_of_year(page, gaps, key)
