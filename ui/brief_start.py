"""Leaves out what Streamlit does as it starts and no page here needs: decision 0041."""

from __future__ import annotations

from streamlit import delta_generator
from streamlit.components.v2.component_manager import BidiComponentManager


def shorten() -> None:
    """Leave it out, for this process; before the app is made."""
    # It would read what every installed package says of itself, in search of components. Ours are in ui/chart.py and
    # ui/parts.py, and a package should not bring scripts to our pages by being installed.
    BidiComponentManager.discover_and_register_components = _find_none
    # With its first element it would ask whether it runs in a notebook, and look up the file of every loaded module.
    delta_generator._use_warning_has_been_displayed = True  # noqa: SLF001 - has no public name


def _find_none(self: BidiComponentManager, *, start_file_watching: bool = True) -> None:
    """Stand in for the search."""
