"""The dashboard: the list of its pages and the language; nothing else."""

from pathlib import Path

import streamlit as st

from ui import address, gate, pickers

ROOT = Path(__file__).parent
PAGES = ROOT / "pages"

# An icon of ours: Streamlit would fetch a named one from a network.
st.set_page_config(page_title="IKU Kemuning", page_icon=ROOT / "ui" / "icon.png", layout="wide")
address.begin()
choices = st.sidebar.container()
with st.sidebar:
    t = pickers.pick_language()
titles = {
    "overview": (t("Overview"), ":material/dashboard:"),
    "trends": (t("Trends"), ":material/trending_up:"),
    "comparison": (t("Comparison"), ":material/bar_chart:"),
    "gaps": (t("Gaps"), ":material/flag:"),
    "indicators": (t("Indicators"), ":material/menu_book:"),
}
page = st.navigation(
    [
        st.Page(PAGES / f"{name}.py", title=title, icon=icon, url_path=name, default=name == "overview")
        for name, (title, icon) in titles.items()
        if (PAGES / f"{name}.py").exists()
    ],
    position="top",
)
with gate.opened(t, page.url_path, choices):
    page.run()
