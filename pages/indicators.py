"""Indicators: the catalogue, each definition sheet with its weaknesses and targets, and why a figure scores so."""

import streamlit as st

from kpi.charts import indicators as charts
from kpi.views import indicators_words as words
from kpi.views import weaknesses_words, why_words
from kpi.views.indicators import catalogue, codes_of_unit, reporters, targets_over_time
from kpi.views.sheets import sheet_of
from kpi.views.weaknesses import weaknesses
from kpi.views.why import units_carrying, why_scored
from ui import address, faces, figure, gate, header, loaders, pickers

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection
root = page.organisation.organisation_code

top = st.container()
known = loaders.ask(catalogue, page.snapshot, root, profile)
with st.expander(t("Catalogue and filters"), icon=":material/filter_list:"):
    left, middle, right = st.columns(3)
    with left:
        owner = pickers.pick_option("carrier", words.owners(page.snapshot.units(root), t), t("Unit"))
    with middle:
        polarity = pickers.pick_option("polarity", words.polarities(known, t), t("Direction"))
    with right:
        perspective = pickers.pick_option("perspective", words.perspectives(known, t), t("Perspective"))
    listed = known.chosen(polarity, perspective, loaders.ask(codes_of_unit, page.snapshot, root, owner))
    said = words.catalogue_line(known, listed, t)
    st.caption(said)
    table = words.catalogue_table(listed, t)
    figure.show_table(table, key=f"catalogue-{len(listed)}", alt=said, t=t, file_name=f"{root}-indicators")
options = words.choices(listed, known, address.recall("indicator"))
if not options:
    with top:
        header.show(page, t("Indicators"))
    faces.empty(t("No indicator fits this filter."), t("Choose another unit, direction or perspective."))
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    indicator = pickers.pick_option("indicator", options, t("Indicator"))
carrying = loaders.ask(units_carrying, page.snapshot, root, indicator)
definition, sheet = known.definition(indicator), loaders.ask(sheet_of, page.snapshot, root, indicator)
found = loaders.ask(weaknesses, page.snapshot, selection, indicator, profile)
why = None
if not carrying.empty:
    with right:
        unit = pickers.pick_unit(t, carrying)
    why = loaders.ask(why_scored, page.snapshot, selection, indicator, unit, profile)
with top:
    header.show(page, t("Indicators"), words.sentence(definition, why, found, len(carrying), profile, t))

st.subheader(t("Why this score"), anchor=False)
if why is None:
    faces.partly_missing(t("No unit has reported this indicator or agreed to it."))
else:
    st.markdown(why_words.text(why, profile, t))
    links = st.container(horizontal=True)
    for leads_to, label, icon in words.ways_on(t):
        links.page_link(leads_to, label=label, icon=icon, query_params=address.parameters(units=why.unit_code))

st.subheader(t("Weaknesses of the definition"), anchor=False)
st.markdown(weaknesses_words.text(found, sheet, t))

st.subheader(t("Definition sheet"), anchor=False)
sheet_table = words.sheet_table(definition, known.names, t)
st.table(sheet_table.set_index(t("Field")))

st.subheader(t("Targets over time"), anchor=False)
targets = loaders.ask(targets_over_time, page.snapshot, selection, indicator, why.unit_code) if why else None
if targets is None or not targets.has_targets:
    faces.partly_missing(t("No target of it has been set here."))
else:
    legend = {"target": t("Target"), "target_high": t("Target, upper end"), "value": t("Value")}
    points, ticks = words.targets_points(targets, t), words.targets_ticks(targets)
    figure.show(
        charts.targets(points, ticks, legend, t.language, figure.tone()),
        key=f"targets-{indicator}-{targets.unit_code}",
        alt=words.targets_alt(targets, t),
        t=t,
        table=words.targets_table(targets, t),
        file_name=f"{indicator}-{targets.unit_code}-targets",
    )

st.subheader(t("Units that report it"), anchor=False)
figure.show_table(
    words.reporters_table(loaders.ask(reporters, page.snapshot, selection, indicator, profile), sheet, profile, t),
    key=f"reporters-{indicator}",
    alt=t("Units that report the indicator, each with its newest value, target and weight."),
    t=t,
    file_name=f"{indicator}-units",
)
