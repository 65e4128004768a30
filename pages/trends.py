"""Trends: an indicator of one or more units over time, its target of each period, and what changed."""

import streamlit as st

from kpi.views import trends_tables as tables
from kpi.views import trends_words as words
from kpi.views.markdown import plain
from kpi.views.trends import indicator_over_time
from ui import address, commentary, events, faces, gate, header, loaders, past, trends

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection

top = st.container()
choice = trends.pick(page)
view = loaders.ask(indicator_over_time, page.snapshot, selection, choice.indicator_code, choice.unit_codes, profile)
with top:
    header.show(page, t("Trends"), plain(words.sentence(view, profile, t)))
if view.is_empty:
    faces.empty(*words.none_said(view, t))

trends.verdicts(page, view)
shown = "-".join((choice.indicator_code, *choice.unit_codes, view.period.code, str(view.to_date), profile.code))
clicked = trends.charts(page, view, choice)
commentary.of_trend(page, view)
trends.origins(page, view)
if not past.is_on():  # an earlier day is read, not written
    events.form(page, view)
if clicked:
    address.follow("pages/indicators.py", **tables.drilled(clicked, view))

st.subheader(t("All figures"), anchor=False)
trends.table(page, view, choice, key=f"table-{shown}")
