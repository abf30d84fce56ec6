"""The script that Streamlit runs for every reader; app.py serves it."""

from geo.ui.page import page

page()
