"""The parts of the indicators page: the catalogue, why a figure scores so, the sheet, targets, who reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.charts import indicators as charts
from kpi.i18n import Language, Translator
from kpi.scoring.profile import RuleProfile
from kpi.views import control_words, event_words, numbers_words, outlook_words, versions_words, why_words
from kpi.views import indicators_words as words
from kpi.views.glossary import hint
from kpi.views.help_texts import Topic
from kpi.views.indicators import Catalogue, Entry, codes_of_unit, reporters, targets_over_time
from kpi.views.indicators import catalogue as catalogue_of
from kpi.views.markdown import plain
from kpi.views.outlook import outlook
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of
from kpi.views.trends import indicator_over_time
from kpi.views.versions import versions_of
from kpi.views.why import Why
from ui import address, faces, figure, loaders, pickers, sources
from ui.chart import Drawing
from ui.figure import Look
from ui.folded import folded
from ui.gate import Page
from ui.help import beside

ROWS: Final = 500
"""Of the units that report an indicator, so many are sent to the browser; a district may have thousands."""


def catalogue(page: Page, known: Catalogue) -> tuple[Entry, ...]:
    """Draw, folded, the filters and the catalogue that they leave; return what they leave."""
    t, root = page.t, page.organisation.organisation_code
    box = st.expander(t("Catalogue and filters"), key="catalogue", on_change="rerun", icon=":material/filter_list:")
    with box:
        left, middle, right = st.columns(3)
        with left:
            owner = pickers.pick_option("carrier", words.owners(page.snapshot.units(root), t), t("Unit"))
        with middle:
            polarity = pickers.pick_option("polarity", words.polarities(known, t), t("Direction"))
        with right:
            perspective = pickers.pick_option("perspective", words.perspectives(known, t), t("Perspective"))
        listed = known.chosen(polarity, perspective, loaders.ask(codes_of_unit, page.snapshot, root, owner))
        if box.open:  # the table alone waits for it: what was chosen in the filters holds while they are folded
            said = words.catalogue_line(known, listed, t)
            st.caption(said)
            key = f"catalogue-{owner}-{polarity}-{perspective}"
            figure.show_table(words.catalogue_table(listed, t), key=key, alt=said, t=t, file_name=f"{root}-indicators")
    return listed


def explanation(page: Page, why: Why | None) -> None:
    """Draw why the figure scores as it does, and the ways on to its trend and its gap."""
    t = page.t
    st.subheader(t("Why this score"), anchor=False, help=hint(t, "achievement", "index", "rating", "rule_profile"))
    if why is None:
        faces.partly_missing(t("No unit has reported this indicator or agreed to it."))
        return
    st.markdown(why_words.text(why, page.profile, t))
    links = st.container(horizontal=True)
    for leads_to, label, icon in words.ways_on(t):
        links.page_link(leads_to, label=label, icon=icon, query_params=address.parameters(units=why.unit_code))
    if why.has_figure:
        sources.draw(page, why.sheet.code, why.unit_code, why.unit_name)


def outlook_of(page: Page, why: Why | None) -> None:
    """Say whether the figure really changed, and where its year is heading."""
    if why is None or not why.newest:
        return
    t, single = page.t, replace(page.selection, to_date=False)
    trend = loaders.ask(indicator_over_time, page.snapshot, single, why.sheet.code, (why.unit_code,), page.profile)
    ahead = loaders.ask(outlook, page.snapshot, page.selection, why.sheet.code, why.unit_code, page.profile)
    st.subheader(t("Did it change, and will the target be met?"), anchor=False)
    st.markdown(control_words.both_verdicts(trend.units[0].control, trend, t))
    st.markdown(outlook_words.outlook_sentence(ahead, t))
    st.caption(outlook_words.method_said(ahead, t))


def sheet(page: Page, indicator: str) -> None:
    """Draw every field of the definition sheet."""
    t, root = page.t, page.organisation.organisation_code
    st.subheader(t("Definition sheet"), anchor=False, help=hint(t, "indicator", "polarity", "multiplier"))
    st.table(loaders.ask(_fields, page.snapshot, root, indicator, page.profile, t.language))


def _fields(
    snapshot: AllowedSnapshot, organisation_code: str, indicator: str, profile: RuleProfile, language: Language
) -> pd.DataFrame:
    t, known = Translator(language), loaders.ask(catalogue_of, snapshot, organisation_code, profile)
    return words.sheet_table(known.definition(indicator), known.names, t).set_index(t("Field"))


def versions(page: Page, indicator: str, names: Mapping[str, str]) -> None:
    """Draw, folded, who changed what of the definition sheet, when and why."""
    t, root = page.t, page.organisation.organisation_code
    place = folded(t("Versions of the sheet"), key="versions-folded", icon=":material/history:")
    if not place:
        return
    with place:
        found = loaders.ask(versions_of, page.snapshot, root, indicator)
        said = versions_words.versions_said(found, t)
        st.caption(plain(said))
        table = versions_words.versions_table(found, names, t)
        figure.show_table(table, key=f"versions-{indicator}", alt=said, t=t, file_name=f"{indicator}-versions")


def targets(page: Page, indicator: str, why: Why | None) -> None:
    """Draw the targets of the chosen unit over time."""
    t = page.t
    st.subheader(t("Targets over time"), anchor=False, help=hint(t, "target", "measurement"))
    found = why and loaders.ask(targets_over_time, page.snapshot, page.selection, indicator, why.unit_code)
    if not found or not found.has_targets:
        faces.partly_missing(t("No target of it has been set here."))
        return
    figure.show(
        loaders.ask(_targets, page.snapshot, page.selection, indicator, found.unit_code, figure.look(t)),
        key="targets",
        t=t,
        table=partial(words.targets_table, found, t),
        file_name=f"{indicator}-{found.unit_code}-targets",
    )
    if found.happenings:
        st.caption(event_words.events_said(found.happenings, t))
    beside(t, Topic.TARGETS, numbers_words.targets(found, t))


def _targets(snapshot: AllowedSnapshot, selection: Selection, indicator: str, unit: str, look: Look) -> Drawing:
    t, found = look.translator, loaders.ask(targets_over_time, snapshot, selection, indicator, unit)
    legend = {"target": t("Target"), "target_high": t("Target, upper end"), "value": t("Value")}
    points, ticks = words.targets_points(found, t), words.targets_ticks(found)
    events = event_words.event_marks(found.happenings, t)
    return Drawing.of(charts.targets(points, ticks, legend, t.language, look.tone, events), words.targets_alt(found, t))


def reporting(page: Page, shown: Sheet) -> None:
    """Draw the units that report the indicator."""
    t, profile = page.t, page.profile
    st.subheader(t("Units that report it"), anchor=False)
    found = loaders.ask(reporters, page.snapshot, page.selection, shown.code, profile)
    if len(found) > ROWS:
        counts = {"shown": t.number(ROWS), "n": t.number(len(found))}
        st.caption(t("The first {shown} of {n} units; the files hold all.", **counts))
    figure.show_table(
        loaders.ask(_first_reporters, page.snapshot, page.selection, shown.code, profile, t.language, ROWS),
        whole=partial(words.reporters_table, found, shown, profile, t),
        key=f"reporters-{shown.code}",
        alt=t("Units that report the indicator, each with its newest value, target and weight."),
        t=t,
        file_name=f"{shown.code}-units",
    )


def _first_reporters(
    snapshot: AllowedSnapshot, selection: Selection, indicator: str, profile: RuleProfile, language: Language, most: int
) -> pd.DataFrame:
    found = loaders.ask(reporters, snapshot, selection, indicator, profile)
    shown = loaders.ask(sheet_of, snapshot, selection.organisation_code, indicator)
    return words.reporters_table(found[:most], shown, profile, Translator(language))
