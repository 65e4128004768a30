"""Leaves out what Streamlit does as it starts and no page here needs, and what costs time while modules are loaded.

Measured in decision 0041; tests/ui/test_brief_start.py lists what may not be loaded.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager


def begin() -> None:
    """Begin to start: before Streamlit is loaded for the first time."""
    # Streamlit would load Plotly's Python package to give it its colours. No page draws by it: figures are described
    # in its words (kpi.charts), and drawn by its script in the browser.
    sys.modules.setdefault("plotly", None)  # type: ignore[arg-type]  # None says: not installed
    gc.disable()  # there is little to collect and much to look at until all is loaded; ui/upkeep.py enables it


def shorten() -> None:
    """Leave out what Streamlit would do as its app is made, and with its first element."""
    from streamlit import delta_generator
    from streamlit.components.v2.component_manager import BidiComponentManager

    # It would read what every installed package says of itself, in search of components. Ours are in ui/chart.py and
    # ui/parts.py, and a package should not bring scripts to our pages by being installed.
    BidiComponentManager.discover_and_register_components = _find_none
    # With the first element it would ask whether it runs in a notebook, and look up the file of every loaded module.
    delta_generator._use_warning_has_been_displayed = True  # noqa: SLF001 - has no public name


def _find_none(self: BidiComponentManager, *, start_file_watching: bool = True) -> None:
    """Stand in for the search."""
