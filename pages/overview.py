"""Overview: what gets worse and misses its target; then one level of the tree, its periods, and what costs most."""

from functools import partial

import streamlit as st

from kpi.views import change_and_target_words as verdicts
from kpi.views import overview_numbers as numbers
from kpi.views import overview_words as words
from kpi.views.change_and_target import change_and_target
from kpi.views.costs import costliest
from kpi.views.glossary import hint
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.overview import level
from ui import change_and_target as matrix
from ui import faces, figure, gate, header, loaders, pickers, tiles
from ui.help import beside

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection
root = page.organisation.organisation_code

top = st.container()
units = page.snapshot.units(root)
parent = pickers.pick_unit(t, units, key="parent", label=t("Unit, with those below it"), default=root)
judged = loaders.ask(change_and_target, page.snapshot, selection, parent, profile)
with top:
    header.show(page, t("Overview"), verdicts.sentence(judged, t) if judged.figures else "")
if judged.figures:
    matrix.show(judged, t)

left, right = st.columns([3, 2], vertical_alignment="bottom")
left.subheader(t("Index of each unit"), anchor=False, help=hint(t, "index", "rating", "coverage"))
with right:
    against = pickers.pick_against(t, selection)
seen = loaders.ask(level, page.snapshot, selection, parent, against, profile)
st.markdown(words.sentence(seen, profile, t))
tiles.way(seen)
tiles.silent(seen, profile, t)
if not seen.tiles:
    faces.empty(
        t("None of these units has an index here: without targets nothing can be scored."),
        t("Trends and Comparison show the values themselves."),
    )
number = pickers.pick_page("tiles", seen.pages)
shown = seen.page(number)
tiles.show(seen, shown, profile, t)
beside(t, Topic.TILES, numbers.tiles(seen, profile, t))

st.subheader(t("Index by period"), anchor=False, help=hint(t, "index", "period", "rating"))
clicked = figure.show(
    loaders.ask(tiles.by_period, page.snapshot, selection, parent, against, profile, figure.look(t), number),
    key="heatmap",
    t=t,
    table=partial(words.table, seen, profile, t),
    file_name=f"{parent}-{selection.period.code}",
    drills=True,
)
beside(t, Topic.HEATMAP, numbers.heatmap(seen, profile, t))
if clicked:
    tiles.follow(seen, clicked)

st.subheader(t("What costs {unit} most", unit=plain(seen.parent.name)), anchor=False, help=hint(t, "loss"))
costly = loaders.ask(costliest, page.snapshot, selection, parent, 5, profile)
tiles.costs(costly, seen.parent.name, t)
beside(t, Topic.COSTS, numbers.costs(costly, t))
