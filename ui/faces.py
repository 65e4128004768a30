"""The faces of a page that can't show its figures: nothing there, partly missing, an error. Each is shown once."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.views.markdown import plain


class PageEnd(Exception):
    """Raised to end a page early; unlike `st.stop()` it lets app.py finish (the address bar is still written)."""


def no_store(t: Translator, error: KpiError) -> NoReturn:
    """Say how to get figures into an empty store, and end the page."""
    st.title(t("No figures yet"))
    st.info(t("This store holds no published figures. Make the demo or import a file, then reload this page:"))
    st.code("python -m kpi demo\npython -m kpi import FILE.csv --organisation CODE --create", language="text")
    st.caption(plain(_said(t, error)))
    raise PageEnd


def empty(thing: str, remedy: str) -> NoReturn:
    """Say what is absent and what the reader can do (both translated already), and end the page."""
    st.info(f"**{thing}** {remedy}", icon=":material/inbox:")
    raise PageEnd


def partly_missing(said: str) -> None:
    """Say what a page's figures leave out; the page goes on."""
    st.caption(f":material/rule: {said}")


def refused(t: Translator, error: KpiError) -> None:
    """Show an error that a person can mend."""
    st.error(t("This page can't be shown as asked.") + f"\n\n{plain(_said(t, error))}", icon=":material/error:")


def unexpected(t: Translator) -> None:
    """Show that something broke, without its trace: that stands in the log."""
    st.error(
        t("This page could not be made. The details stand in the server's log; try again, or tell the administrator."),
        icon=":material/error:",
    )


def _said(t: Translator, error: KpiError) -> str:
    """Return an error in words. Reading files is a third of what the server would import before its first answer."""
    from kpi.intake.messages import translated

    return translated(t, error)
