"""Overview: one level of the tree; a tile per unit, units by periods, what costs most."""

import streamlit as st

from kpi.charts.overview import heatmap
from kpi.views import overview_words as words
from kpi.views.costs import costliest
from kpi.views.markdown import plain
from kpi.views.overview import level
from ui import faces, figure, gate, header, loaders, pickers, tiles

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection
root = page.organisation.organisation_code

top = st.container()
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    parent = pickers.pick_unit(t, page.snapshot.units(root), key="parent", label=t("Units below"), default=root)
with right:
    against = pickers.pick_against(t, selection)
seen = loaders.ask(level, page.snapshot, selection, parent, against, profile)
said = words.sentence(seen, profile, t)
with top:
    header.show(page, t("Overview"), said)

tiles.way(seen)
tiles.silent(seen, profile, t)
if not seen.tiles:
    faces.empty(
        t("None of these units has an index here: without targets nothing can be scored."),
        t("Trends and Comparison show the values themselves."),
    )
shown = seen.page(pickers.pick_page("tiles", seen.pages))
tiles.show(seen, shown, profile, t)

st.subheader(t("Index by period"), anchor=False)
clicked = figure.show(
    heatmap(words.cells(shown, profile, t, figure.tone()), t.language, figure.tone()),
    key=f"heatmap-{parent}-{selection.period.code}-{len(shown)}",
    alt=words.alt(seen, t),
    t=t,
    table=words.table(seen, profile, t),
    file_name=f"{parent}-{selection.period.code}",
    drills=True,
)
if clicked:
    tiles.follow(seen, clicked)

st.subheader(t("What costs {unit} most", unit=plain(seen.parent.name)), anchor=False)
tiles.costs(loaders.ask(costliest, page.snapshot, selection, parent, 5, profile), seen.parent.name, t)
