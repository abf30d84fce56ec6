"""The script that Streamlit runs for every editor; desk_app.py serves it."""

from geo.desk.page import page

page()
