"""The rules worked out: a reader's own figure, its steps under a chosen profile, and every rule with its source."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.model import Polarity
from kpi.scoring.explanation import FigureInputs, explain
from kpi.scoring.profile import load_profile, profile_codes
from kpi.views.worked import EXAMPLES, KMK_SCALE, SCORED_POLARITIES, rules_table, steps_text, under_each
from ui import figure, pickers
from ui.gate import Page

_KEY: Final = "_worked-"
_LOWEST, _MOST = -50, 250


def section(page: Page) -> None:
    """Draw the figure's sliders, its steps, what other profiles say of it, and the profile's rules."""
    t = page.t
    st.markdown(
        t(
            "Move the sliders and watch the steps. The figure is invented; it is scored by the rule that scores all "
            "figures."
        )
    )
    profiles = {code: load_profile(code) for code in profile_codes()}
    names = {code: profile.name[t.language] for code, profile in profiles.items()}
    left, right = st.columns([2, 3], gap="large")
    with left:
        code = pickers.pick_option("worked", names, t("Rule profile"), default=page.profile.code)
        _examples(page)
        invented = _figure(page)
    profile = profiles[code]
    with right:
        st.markdown(steps_text(explain(invented, profile), profile, t))
        st.caption(profile.description[t.language])
    st.subheader(t("The same figure under each profile"), anchor=False)
    alt = t("Achievement, index and rating of one invented figure, a rule profile a row.")
    figure.show_table(under_each(invented, profiles, t), key="worked-profiles", alt=alt, t=t, file_name="profiles")
    st.subheader(t("Every rule of {profile}, and how sure it is", profile=names[code]), anchor=False)
    st.caption(t("[V] seen in the text itself · [S] second-hand · [R] recalled, found nowhere · [D] derived by us"))
    st.table(rules_table(profile, t).set_index(t("Rule")))


def _examples(page: Page) -> None:
    """Draw the figures to begin from; a chosen one sets all that is below."""
    t = page.t
    words = {example.code: t(example.words) for example in EXAMPLES}
    st.selectbox(
        t("Begin from"), list(words), format_func=words.__getitem__, key=f"{_KEY}example", on_change=_begin,
    )  # fmt: skip
    if f"{_KEY}target" not in st.session_state:
        _begin()


def _begin() -> None:
    """Set the widgets to the example that is chosen; sliders hold whole numbers."""
    chosen = st.session_state.get(f"{_KEY}example")
    example = next((each for each in EXAMPLES if each.code == chosen), EXAMPLES[0])
    given = example.figure
    st.session_state[f"{_KEY}polarity"] = given.polarity
    st.session_state[f"{_KEY}target"] = int(given.target or 0)
    st.session_state[f"{_KEY}value"] = int(given.value or 0)
    st.session_state[f"{_KEY}range"] = given.target_high is not None
    st.session_state[f"{_KEY}high"] = int(given.target_high or 0)
    st.session_state[f"{_KEY}worst"] = int(given.worst_value or 0)
    st.session_state[f"{_KEY}full"] = given.is_full_at_target
    st.session_state[f"{_KEY}scale"] = given.conversion_scale is not None


def _figure(page: Page) -> FigureInputs:
    """Draw the sliders and what the direction needs besides; return the figure."""
    t = page.t
    polarity = st.selectbox(t("Direction"), SCORED_POLARITIES, format_func=t.label, key=_kept("polarity"))
    target = st.slider(t("Target"), _LOWEST, _MOST, key=_kept("target"))
    value = st.slider(t("Value"), _LOWEST, _MOST, key=_kept("value"))
    high = worst = None
    if st.toggle(t("The target is a range"), key=_kept("range")):
        st.session_state[f"{_KEY}high"] = max(st.session_state[f"{_KEY}high"], target)
        high = st.slider(t("Target, upper end"), target, _MOST + 1, key=_kept("high"))
    if polarity is Polarity.MINIMIZE and target == 0:
        worst = st.slider(t("Worst value (0: none declared)"), 0, _MOST, key=_kept("worst"))
    is_full = polarity is not Polarity.STABILIZE and st.toggle(t("It can't exceed its target"), key=_kept("full"))
    has_scale = polarity is Polarity.STABILIZE and st.toggle(
        t("A conversion scale is declared: {scale}", scale=KMK_SCALE), key=_kept("scale")
    )
    return FigureInputs(
        float(value),
        float(target),
        polarity,
        target_high=None if high is None else float(high),
        worst_value=float(worst) if worst else None,
        is_full_at_target=is_full,
        conversion_scale=KMK_SCALE if has_scale else None,
    )


def _kept(name: str) -> str:
    """Return a widget's key, and keep what it holds while it is not drawn."""
    key = f"{_KEY}{name}"
    st.session_state[key] = st.session_state[key]
    return key
