"""The demo's figures, drawn once for all of its tests."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from kpi.demo.definitions import definitions
from kpi.demo.figures import DemoBatch, figures
from kpi.store.definitions import Definitions


@pytest.fixture(scope="session")
def known() -> Definitions:
    """Kemuning's organisation, units and indicators."""
    return definitions()


@pytest.fixture(scope="session")
def batches() -> list[DemoBatch]:
    """All batches, in the order in which they are recorded."""
    return figures()


@pytest.fixture(scope="session")
def reported(batches: list[DemoBatch]) -> pd.DataFrame:
    """One row per unit, indicator and period as it stands after all corrections; dates as timestamps."""
    rows = pa.concat_tables([batch.figures for batch in batches]).to_pandas(date_as_object=False)
    standing = rows.groupby(["unit_code", "indicator_code", "period_start"], sort=False, as_index=False).last()
    return standing[rows.columns]  # per column the last that was stated: targets and values come in files of their own
