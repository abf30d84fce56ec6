"""The usual app, for comparison: one folium marker with popup an incident, the whole map made anew at every change."""

from __future__ import annotations

import os

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

COLOURS = {
    "clash": "#A83A00", "strike": "#0072B2", "shelling": "#B57F00", "bombing": "#8F2F7D", "raid": "#00806A",
    "crossings": "#3D3C39", "other": "#55524B",
}  # fmt: skip


@st.cache_data
def load_incidents(path: str) -> pd.DataFrame:
    """Incidents with a point: title, category, day, lat, lon."""
    return pd.read_csv(path, parse_dates=["day"])


st.set_page_config(layout="wide")
incidents = load_incidents(os.environ["BENCHMARK_INCIDENTS"])
days = incidents["day"].dt.date
first, last = st.slider("Dates", days.min(), days.max(), (days.min(), days.max()))
shown = incidents[(days >= first) & (days <= last)]
border_map = folium.Map(location=(33, 69), zoom_start=6, tiles=None)
for row in shown.itertuples():
    folium.CircleMarker(
        (row.lat, row.lon), radius=5, color=COLOURS[row.category], popup=f"{row.title}, {row.day:%d %B %Y}"
    ).add_to(border_map)
st_folium(border_map, width=1000, height=600)
