"""Comparison: units in order, units by indicators, units side by side."""

import streamlit as st

from ui import comparison, gate, pickers

page = gate.enter()
t = page.t
top = st.container()
faces = {"order": t("In order"), "matrix": t("Units × indicators"), "sides": t("Side by side")}
face = pickers.pick_option("show", faces, t("Show"), style="segmented")
if face == "matrix":
    comparison.by_indicators(page, top)
elif face == "sides":
    comparison.sides(page, top)
else:
    comparison.order(page, top)
