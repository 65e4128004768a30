"""Indicators: the catalogue, each definition sheet with its weaknesses and targets, and why a figure scores so."""

import streamlit as st

from kpi.views import indicators_words as words
from kpi.views import weaknesses_words
from kpi.views.indicators import catalogue
from kpi.views.sheets import sheet_of
from kpi.views.weaknesses import weaknesses
from kpi.views.why import units_carrying, why_scored
from ui import address, faces, gate, header, loaders, pickers
from ui import indicators as parts

page = gate.enter()
t, profile, root = page.t, page.profile, page.organisation.organisation_code

top = st.container()
known = loaders.ask(catalogue, page.snapshot, root, profile)
options = words.choices(parts.catalogue(page, known), known, address.recall("indicator"))
if not options:
    with top:
        header.show(page, t("Indicators"))
    faces.empty(t("No indicator fits this filter."), t("Choose another unit, direction or perspective."))
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    indicator = pickers.pick_option("indicator", options, t("Indicator"))
definition, sheet = known.definition(indicator), loaders.ask(sheet_of, page.snapshot, root, indicator)
found = loaders.ask(weaknesses, page.snapshot, page.selection, indicator, profile)
carrying = loaders.ask(units_carrying, page.snapshot, root, indicator)
why = None
if not carrying.empty:
    with right:
        unit = pickers.pick_unit(t, carrying)
    why = loaders.ask(why_scored, page.snapshot, page.selection, indicator, unit, profile)
with top:
    header.show(page, t("Indicators"), words.sentence(definition, why, found, len(carrying), profile, t))

parts.explanation(page, why)
parts.outlook_of(page, why)
st.subheader(t("Weaknesses of the definition"), anchor=False)
st.markdown(weaknesses_words.text(found, sheet, t))
parts.sheet(page, indicator)
parts.versions(page, indicator, known.names)
parts.targets(page, indicator, why)
parts.reporting(page, sheet)
