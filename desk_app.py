"""The desk: ``border-incidents desk`` runs this; every request but the sign-in's own needs a session (geo.desk.gate).

Streamlit finds ``app`` here and serves it with our own routes in the same process.
"""

import streamlit as st

from geo.desk.server import begin, middleware, routes
from geo.settings import PACKAGE_FOLDER

app = st.App(
    PACKAGE_FOLDER / "desk" / "script.py", routes=routes(), middleware=middleware(), lifespan=begin
)  # fmt: skip
