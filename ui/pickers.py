"""The choices of a reader: shared ones in the sidebar, a page's own where the page puts them. All stand in the URL.

Every widget holds codes and shows words; keys are the URL's names: lang, org, period, span, profile, unit, units,
indicator, and what a page adds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.i18n import LANGUAGES, Translator
from kpi.model import Organisation
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile, profile_codes
from kpi.views.glossary import hint
from kpi.views.markdown import plain
from kpi.views.overview import AGAINST, Against, like_for_like
from kpi.views.plain_rows import names_by
from kpi.views.selection import OfferedPeriods, Selection, offered_periods
from ui import address, faces, loaders

LANGUAGE_NAMES: Final = {"id": "Indonesia", "en": "English"}


def pick_language() -> Translator:
    """Draw the language switch and return the texts of the chosen language (Indonesian unless told otherwise)."""
    address.prepare("lang", LANGUAGES, "id")
    language = st.segmented_control(
        "Bahasa / Language", LANGUAGES, format_func=LANGUAGE_NAMES.__getitem__, key="lang", required=True
    )
    chosen = "en" if language == "en" else "id"
    address.remember("lang", chosen)
    return Translator(chosen)


def pick_selection(t: Translator, snapshot: AllowedSnapshot) -> tuple[Organisation, Selection]:
    """Draw the shared pickers; ends the page where an organisation has no figures."""
    organisation = _pick_organisation(t, snapshot)
    offered = loaders.ask(offered_periods, snapshot, organisation)
    if offered is None:
        faces.empty(t("{name} has no figures yet.", name=plain(organisation.name)), t("Import a file for it first."))
    period = _pick_period(t, offered)
    spans = {"period": t("For the period"), "to_date": t("Year to date")}
    span = pick_option("span", spans, t("Figures"), style="segmented", help_text=hint(t, "period", "to_date"))
    chosen = snapshot.chosen_profile(organisation.organisation_code, period.year)
    names = {code: load_profile(code).name[t.language] for code in profile_codes()}
    profile = pick_option("profile", names, t("Rule profile"), default=chosen, help_text=hint(t, "rule_profile"))
    return organisation, Selection(organisation.organisation_code, period, span == "to_date", profile)


def pick_option(
    key: str,
    options: Mapping[str, str],
    label: str,
    *,
    default: str | None = None,
    style: str = "select",
    help_text: str | None = None,
) -> str:
    """Draw one choice among `options` (code → words) and return its code. `style`: select, pills or segmented."""
    codes = list(options)
    address.prepare(key, codes, default if default in options else codes[0])
    if style == "select":
        code = st.selectbox(label, codes, format_func=options.__getitem__, key=key, help=help_text)
    else:
        draw = st.pills if style == "pills" else st.segmented_control
        code = draw(label, codes, format_func=options.__getitem__, key=key, help=help_text, required=True)
    address.remember(key, code)
    return code or codes[0]


def pick_unit(
    t: Translator, units: pd.DataFrame, *, key: str = "unit", label: str | None = None, default: str | None = None
) -> str:
    """Draw the choice of one unit. `units` as `snapshot.units()` gives them: indented by level, in that order."""
    return pick_option(key, indented(units), label or t("Unit"), default=default)


def pick_units(
    t: Translator, units: pd.DataFrame, *, key: str = "units", default: Sequence[str] = (), label: str | None = None
) -> tuple[str, ...]:
    """Draw the choice of several units and return their codes, in the order chosen; may be empty."""
    return pick_several(key, names_by("unit_code", units), label or t("Units"), t("Choose units"), default=default)


def indented(units: pd.DataFrame) -> dict[str, str]:
    """Return the name of each unit by its code, moved in by its level."""
    levels = units["level"].tolist()
    named = names_by("unit_code", units).items()
    return {code: "\u2003" * int(level) + name for level, (code, name) in zip(levels, named, strict=True)}


def pick_several(
    key: str, options: Mapping[str, str], label: str, placeholder: str, *, default: Sequence[str] = ()
) -> tuple[str, ...]:
    """Draw a choice of several among `options` (code → words) and return the codes; may be empty."""
    address.prepare_many(key, list(options), default)
    codes = st.multiselect(label, list(options), format_func=options.__getitem__, key=key, placeholder=placeholder)
    address.remember(key, ",".join(codes) or None)
    return tuple(codes)


def pick_indicator(
    t: Translator,
    indicators: pd.DataFrame,
    *,
    key: str = "indicator",
    label: str | None = None,
    default: str | None = None,
) -> str:
    """Draw the choice of one indicator. `indicators` as `snapshot.indicators()` gives them, in that order."""
    return pick_option(key, names_by("indicator_code", indicators), label or t("Indicator"), default=default)


def pick_against(t: Translator, selection: Selection) -> Against:
    """Draw the choice of the period that a change is measured against; only periods that are alike are offered."""
    partners = {against: like_for_like(selection, against) for against in AGAINST}
    words = {against: t.period(period) for against, period in partners.items()}
    if partners["previous"] == partners["year_before"]:
        del words["previous"]
    code = pick_option("against", words, t("Change since"), style="segmented")
    return "previous" if code == "previous" else "year_before"


def pick_page(key: str, pages: int) -> int:
    """Draw the page numbers where there are several pages; return the number, from 1."""
    if pages == 1:
        return 1
    numbers = range(1, pages + 1)
    known = address.recall(key) or ""
    if address.take_news(key) or st.session_state.get(key) not in numbers:
        st.session_state[key] = int(known) if known.isdecimal() and int(known) in numbers else 1
    number = st.pagination(pages, key=key)
    address.remember(key, str(number))
    return number


def _pick_organisation(t: Translator, snapshot: AllowedSnapshot) -> Organisation:
    organisations = {each.organisation_code: each for each in snapshot.organisations()}
    if not organisations:
        faces.empty(t("No organisation yet."), t("Import a file first."))
    if len(organisations) == 1:
        only = next(iter(organisations.values()))
        address.remember("org", only.organisation_code)
        return only
    names = {code: each.name for code, each in organisations.items()}
    return organisations[pick_option("org", names, t("Organisation"))]


def _pick_period(t: Translator, offered: OfferedPeriods) -> Period:
    """Year, grain and period are three widgets; the URL carries the one code that they make."""
    is_news = address.take_news("period")
    period = offered.parse(address.recall("period"))
    _show("year", offered.years, period.year, is_news)
    year = st.selectbox(t("Year"), offered.years, key="year", format_func=str)
    period = offered.nearest(year, period)
    grains = offered.grains(year)
    _show("grain", grains, period.grain, is_news)
    grain = st.pills(t("Length"), grains, format_func=t.label, key="grain", required=True)
    period = period if grain in (None, period.grain) else offered.last_until(period, grain)
    if period.grain is not Grain.YEAR:
        periods = {each.code: each for each in offered.of(year, period.grain)}
        _show("period", tuple(periods), period.code, is_news)
        words = {code: t.period_short(each) for code, each in periods.items()}
        code = st.pills(t("Period"), list(periods), format_func=words.__getitem__, key="period", required=True)
        period = periods[code or period.code]
    address.remember("period", period.code)
    return period


def _show(key: str, options: Sequence[object], wanted: object, is_news: bool) -> None:
    """Set what a widget shows where the URL says so or its own choice is no longer offered."""
    if is_news or st.session_state.get(key) not in options:
        st.session_state[key] = wanted
