"""The dashboard: ``streamlit run app.py`` in a checkout, ``border-incidents serve`` anywhere.

Streamlit finds ``app`` here and serves it with our own routes in the same process; every reader's page is drawn by
``geo.ui.dashboard``.
"""

import streamlit as st

from geo.barrier import raise_barrier
from geo.settings import PACKAGE_FOLDER
from geo.ui.guarding import READERS, guard
from geo.ui.server import begin, routes

raise_barrier()
app = st.App(PACKAGE_FOLDER / "ui" / "dashboard.py", routes=routes(), lifespan=begin, middleware=[guard(READERS)])
