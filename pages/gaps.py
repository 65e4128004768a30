"""Gaps: what each indicator takes from one unit's index, and what the rest of the year must bring."""

import streamlit as st

from kpi.charts import gaps as charts
from kpi.views import gaps_tables as tables
from kpi.views import gaps_words as words
from kpi.views import pace_words
from kpi.views.gaps import gaps_of_unit, page_of, pages_of, units_in
from kpi.views.pace import paces
from kpi.views.waterfall import waterfall
from ui import address, faces, figure, gate, header, loaders, pickers

page = gate.enter()
t, profile, selection = page.t, page.profile, page.selection

top = st.container()
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    unit = pickers.pick_unit(t, loaders.ask(units_in, page.snapshot, selection))
with right:
    scopes = {"all": t("All figures"), "missed": t("Missed only")}
    scope = pickers.pick_option("gaps", scopes, t("Show"), style="segmented")
gaps = loaders.ask(gaps_of_unit, page.snapshot, selection, unit, profile)
with top:
    header.show(page, t("Gaps"), words.sentence(gaps, profile, t))
if not gaps.pairs and not gaps.cuts:
    faces.empty(t("{unit} has no figures for this period.", unit=gaps.unit.name), t("Choose another unit or period."))
if words.left_out(gaps, t):
    faces.partly_missing(words.left_out(gaps, t))

shown = gaps.missed if scope == "missed" else gaps.scored
key = f"{unit}-{selection.period.code}-{selection.to_date}-{profile.code}-{scope}"
bars, way = st.columns([3, 2], gap="large")
with bars:
    st.subheader(words.bullets_title(gaps, t), anchor=False)
    st.caption(t("Upright mark: the target. Each row has a scale of its own. A click tells why it scores so."))
    number = pickers.pick_page("figures", pages_of(shown))
    some = page_of(shown, number)
    if not some:
        st.info(words.nothing(gaps, t))
    else:
        clicked = figure.show(
            charts.bullets(tables.bullets(some, gaps, profile, t, figure.tone()), t.language, figure.tone()),
            key=f"bullets-{key}-{number}",
            alt=tables.bullets_alt(some, t),
            t=t,
            table=tables.table(shown, gaps, profile, t),
            file_name=f"{unit}-{selection.period.code}",
            drills=True,
        )
        if clicked:
            address.follow("pages/indicators.py", **words.clicked(clicked, some))
with way:
    found = waterfall(gaps)
    if found:
        st.subheader(t("From 100 to the index"), anchor=False)
        step = figure.show(
            charts.waterfall(tables.steps(found, gaps, t), *words.ends(gaps, profile, t), t.language, figure.tone()),
            key=f"way-{key}",
            alt=tables.steps_alt(found, gaps, t),
            t=t,
            table=tables.steps_table(found, gaps, t),
            file_name=f"{unit}-{selection.period.code}-index",
            drills=True,
        )
        if step:
            leads_to, choices = words.followed(step, gaps)
            address.follow(leads_to, **choices)

year = loaders.ask(paces, page.snapshot, selection, gaps.pairs)
st.subheader(t("The rest of {year}", year=t.period(year.year)), anchor=False)
st.markdown(pace_words.heading(year, t))
for line in pace_words.urgent(year, words.names(gaps), t):
    st.markdown(line)
if year.paces:
    with st.expander(t("Pace of every indicator"), icon=":material/table:"):
        figure.show_table(
            pace_words.table(year, words.names(gaps), t),
            key=f"pace-{key}",
            alt=t("Needed pace and pace so far, an indicator a row."),
            t=t,
            file_name=f"{unit}-{year.year.code}-pace",
        )

if gaps.not_scored:
    st.subheader(t("Not scored"), anchor=False)
    figure.show_table(
        tables.not_scored(gaps, t),
        key=f"unscored-{key}",
        alt=t("Figures that are not scored, each with its reason and what to do."),
        t=t,
        file_name=f"{unit}-{selection.period.code}-not-scored",
    )
