"""Trends: an indicator of one or more units over time, its target of each period, and what changed."""

import streamlit as st

from kpi.charts.trends import lines, span_of
from kpi.views import trends_tables as tables
from kpi.views import trends_words as words
from kpi.views.trends import first_unit, indicator_over_time, offered_indicators, units_with
from ui import address, faces, figure, gate, header, loaders, pickers

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection

top = st.container()
offer = loaders.ask(offered_indicators, page.snapshot, selection, profile)
if offer.indicators.empty:
    faces.empty(t("No indicator yet."), t("Import a file first."))
left, middle, right = st.columns([4, 4, 3], vertical_alignment="bottom")
with left:
    indicator = pickers.pick_indicator(t, offer.indicators, default=offer.default)
carriers = loaders.ask(units_with, page.snapshot, selection.organisation_code, indicator)
if carriers.empty:
    faces.empty(t("No unit has ever reported this indicator."), t("Choose another indicator."))
with middle:
    first = first_unit(carriers, address.recall("unit"), offer.default_unit)
    units = pickers.pick_units(t, carriers, default=(first,))
with right:
    modes = {"one": t("One chart"), "each": t("A chart per unit")}
    mode = pickers.pick_option("charts", modes, t("Charts"), style="segmented") if len(units) > 1 else "one"
view = loaders.ask(indicator_over_time, page.snapshot, selection, indicator, units or (first,), profile)
with top:
    header.show(page, t("Trends"), words.sentence(view, profile, t))
if view.is_empty:
    faces.empty(t("These units have no value of this indicator."), t("Choose another unit or indicator."))

st.markdown(words.change_lines(view, t))
if absent := words.absent_said(view, t):
    faces.partly_missing(absent)

points, ticks = tables.points(view, profile, t), tables.ticks(view, t)
legend, span = words.legend(t), span_of(points)
look = f"trend-{indicator}-{'-'.join(units)}-{view.period.code}-{view.to_date}-{profile.code}"
clicked = None
if mode == "one":
    chart = lines(points, ticks, legend, t.language, figure.tone())
    clicked = figure.show(chart, key=look, alt=words.alt(view, t), t=t, drills=True)
else:
    with st.grid(min_column_width=320):
        for unit in view.units:
            with st.container(key=f"small-{unit.unit_code}"):
                st.markdown(f"**{unit.unit_name}**")
                rows = tables.points(view, profile, t, (unit.unit_code,))
                chart = lines(rows, ticks, legend, t.language, figure.tone(), is_small=True, span=span)
                said = words.alt(view, t, unit)
                clicked = figure.show(chart, key=f"{look}-{unit.unit_code}", alt=said, t=t, drills=True) or clicked
st.caption(" ".join(words.notes(view, t)))
if clicked:
    address.follow("pages/indicators.py", **tables.drilled(clicked, view))

st.subheader(t("All figures"), anchor=False)
table = tables.table(view, profile, t)
figure.show_table(table, key=f"{look}-table", alt=words.alt(view, t), t=t, file_name=f"trend-{indicator}")
