"""The second comparison: the same incidents as a pydeck scatter plot."""

from __future__ import annotations

import os

import pandas as pd
import pydeck as pdk
import streamlit as st


@st.cache_data
def load_incidents(path: str) -> pd.DataFrame:
    """Incidents with a point: title, category, day, lat, lon."""
    return pd.read_csv(path, parse_dates=["day"])


st.set_page_config(layout="wide")
incidents = load_incidents(os.environ["BENCHMARK_INCIDENTS"])
days = incidents["day"].dt.date
first, last = st.slider("Dates", days.min(), days.max(), (days.min(), days.max()))
shown = incidents[(days >= first) & (days <= last)]
scatter = pdk.Layer(
    "ScatterplotLayer",
    shown.assign(day=shown["day"].dt.strftime("%d %B %Y")),
    get_position=["lon", "lat"],
    get_fill_color=[168, 58, 0],
    get_radius=4000,
    pickable=True,
)
view = pdk.ViewState(latitude=33, longitude=69, zoom=5)
st.pydeck_chart(pdk.Deck([scatter], initial_view_state=view, map_style=None, tooltip={"text": "{title}, {day}"}))
