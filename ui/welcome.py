"""The door as people see it: signing in and out, who one is signed in as, and why a visitor sees what they see."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kpi.access import Role
from kpi.access.role_words import ROLE_WORDS
from kpi.i18n import Translator
from kpi.views.markdown import plain
from kpi.views.moments import moment_said
from ui import faces, sign_in, visitor
from ui.sign_in import Standing, Way
from ui.visitor import Visitor


def badge(t: Translator, who: Visitor) -> None:
    """Draw who is signed in, in which roles and units, and the way out; or the way in; nothing where neither is."""
    if who.is_signed_in:
        st.caption(t("Signed in as"))
        st.markdown(f"**{plain(who.identity.name)}**  \n{plain(_roles(t, who))}")
        if sign_in.settings().way is Way.OPENID:
            st.button(t("Sign out"), on_click=_leave, key="sign-out", icon=":material/logout:", width="stretch")
    elif who.is_admitted and who.identity.standing in (Standing.SIGNED_OUT, Standing.EXPIRED):
        _ways_in(t)


def band(t: Translator, who: Visitor) -> None:
    """Say above a page why a visitor sees published figures only, where it isn't by a role of theirs."""
    match who.identity.standing:
        case Standing.OPEN:
            said = t(
                "**You see verified figures only, and can enter nothing.** This server can be reached from other "
                "machines, and nobody has to sign in. Its operator can configure sign-in, or bind it to localhost."
            )
        case Standing.SIGNED_OUT:
            said = t("**You see verified figures only.** Sign in to see what your role allows.")
        case Standing.EXPIRED:
            said = t("**Your sign-in has ended, so you see verified figures only.** Sign in again to go on.")
        case Standing.UNCONFIRMED:
            said = _unconfirmed(t, who)
        case Standing.LOCAL | Standing.SIGNED_IN | Standing.BROKEN:
            return
    st.info(said, icon=":material/public:")


def refused(t: Translator, who: Visitor) -> None:
    """Say to somebody who may see nothing what to do about it; ends the page."""
    match who.identity.standing:
        case Standing.SIGNED_OUT | Standing.LOCAL | Standing.OPEN:
            st.title(t("Sign in"), anchor=False)
            st.markdown(t("The figures are shown to people with a role. Sign in with the account of your office."))
            _ways_in(t)
        case Standing.EXPIRED:
            st.title(t("Your sign-in has ended"), anchor=False)
            st.markdown(_ended(t, who.identity.until))
            _ways_in(t)
        case Standing.SIGNED_IN:
            st.title(t("You have no role yet"), anchor=False)
            known = _verbatim(who.identity.code)
            st.markdown(t("You are signed in as {identity}, and no role was given to this identity.", identity=known))
            st.markdown(t("Ask the administrator for a role, and name the identity above. Then reload this page."))
        case Standing.UNCONFIRMED:
            st.title(t("Your address is not confirmed"), anchor=False)
            st.markdown(_unconfirmed(t, who))
        case Standing.BROKEN:
            st.title(t("Sign-in is not set up properly"), anchor=False)
            st.markdown(
                t(
                    "Nobody can sign in, so nothing is shown. The operator finds what is missing in "
                    "docs/operations.md, *Signing in*, and starts the server again."
                )
            )
    raise faces.PageEnd


def _ways_in(t: Translator) -> None:
    """Draw a button for each provider."""
    providers = sign_in.settings().providers
    for number, provider in enumerate(providers):
        name = "" if provider == sign_in.DEFAULT_PROVIDER else provider
        label = t("Sign in with {provider}", provider=plain(name)) if name else t("Sign in")
        kind = "primary" if number == 0 else "secondary"
        st.button(label, on_click=_enter, args=(name,), key=f"sign-in-{number}", type=kind, icon=":material/login:")


def _enter(provider: str) -> None:
    st.login(provider or None)


def _leave() -> None:
    """End the sign-in here, in every window of it, and at the provider where it bears that."""
    visitor.SIGN_OUTS.end(st.user.to_dict(), datetime.now(UTC))
    st.session_state.clear()
    st.logout()


def _roles(t: Translator, who: Visitor) -> str:
    """Return the roles, each with the unit that bounds it: Unit officer (DISDIK) · Employee."""
    said = []
    for grant in who.access.grants:
        bound = grant.unit_code or ""
        words = t(ROLE_WORDS[grant.role]) + (f" ({bound})" if bound else "")
        if words not in said and (grant.role is not Role.PUBLIC or len(who.access.grants) == 1):
            said.append(words)
    return " · ".join(said)


def _ended(t: Translator, until: datetime | None) -> str:
    if until is None:
        return t("The provider named no end of your sign-in, so it doesn't count here. Tell the operator.")
    moment = moment_said(until.astimezone(), t)
    return t("It held until {moment}. Nothing more is shown; sign in again to go on.", moment=moment)


def _unconfirmed(t: Translator, who: Visitor) -> str:
    return t(
        "The provider has not confirmed that {identity} is yours. Confirm it there, and sign in again.",
        identity=_verbatim(who.identity.code),
    )


def _verbatim(code: str) -> str:
    """Return an identity as it stands, for Markdown: it is to be copied."""
    return f"`{code.replace('`', '')}`"
