"""The floor: what a Streamlit page costs that asks nothing. Two select boxes, two stock charts of ready arrays."""

import os

import numpy as np
import plotly.graph_objects as go
import streamlit as st

UNITS = [f"Unit {each:04d}" for each in range(1, int(os.environ.get("KPI_FLOOR_UNITS", "40")) + 1)]
INDICATORS = [f"Indikator {each:02d}" for each in range(1, 61)]

st.set_page_config(layout="wide")
left, right = st.columns(2)
unit = left.selectbox("Unit", UNITS, key="unit")
indicator = right.selectbox("Indikator", INDICATORS, key="indicator")
place = UNITS.index(unit) + 61 * INDICATORS.index(indicator)
months = np.arange(60)
values = 50 + 10 * np.sin(months / 6 + place)
trend = go.Figure([go.Scatter(x=months, y=values), go.Scatter(x=months, y=values + 3)])
gaps = go.Figure(go.Bar(x=np.roll(values, place), y=INDICATORS, orientation="h"))
st.markdown(f"##### {unit}, {indicator}: {values[-1]:.3f}")
left.plotly_chart(trend.update_layout(title=f"{unit} {indicator}"), key="trend")
right.plotly_chart(gaps.update_layout(title=f"{unit} {indicator}", height=700), key="gaps")
