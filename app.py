"""The dashboard: the list of its pages, the language and who is here; nothing else."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from ui import address, gate, pickers, turns

ROOT = Path(__file__).parent
PAGES = ROOT / "pages"

# An icon of ours: Streamlit would fetch a named one from a network.
st.set_page_config(
    page_title="IKU Kemuning", page_icon=ROOT / "ui" / "icon.png", layout="wide", initial_sidebar_state=320
)
with turns.one():
    address.begin()
    choices = st.sidebar.container()
    with st.sidebar:
        t = pickers.pick_language()
    who = gate.greet(t)
    overview = PAGES / "overview.py"
    # The default page answers at the bare address alone; /overview shall lead to it too.
    # Its entry is that of the address.
    is_named = urlsplit(st.context.url or "").path.rstrip("/").endswith("/overview")
    seen = ("hidden", "visible") if is_named else ("visible", "hidden")
    name, icon = t("Overview"), ":material/dashboard:"
    pages = [
        st.Page(overview, title=name, icon=icon, url_path="start", default=True, visibility=seen[0]),
        st.Page(overview, title=name, icon=icon, url_path="overview", visibility=seen[1]),
        st.Page(PAGES / "trends.py", title=t("Trends"), icon=":material/trending_up:"),
        st.Page(PAGES / "comparison.py", title=t("Comparison"), icon=":material/bar_chart:"),
        st.Page(PAGES / "gaps.py", title=t("Gaps"), icon=":material/flag:"),
        st.Page(PAGES / "indicators.py", title=t("Indicators"), icon=":material/menu_book:"),
        st.Page(PAGES / "people.py", title=t("People"), icon=":material/groups:", visibility=gate.if_sees_people(who)),
        st.Page(PAGES / "data.py", title=t("Data"), icon=":material/upload_file:", visibility=gate.if_enters(who)),
        st.Page(PAGES / "reports.py", title=t("Reports"), icon=":material/description:"),
        st.Page(PAGES / "access.py", title=t("Access"), icon=":material/key:", visibility=gate.if_administers(who)),
        st.Page(PAGES / "help.py", title=t("Help"), icon=":material/help:"),
    ]
    page = st.navigation(pages, position="top" if who.is_admitted else "hidden")
    with gate.opened(t, page.url_path, choices, who):
        page.run()
