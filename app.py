"""The dashboard: ``streamlit run app.py`` in a checkout, ``border-incidents serve`` anywhere.

Streamlit finds ``app`` here and serves it with our own routes in the same process; every reader's page is drawn by
``geo.ui.dashboard``.
"""

import streamlit as st

from geo.barrier import raise_barrier
from geo.exchange.rights import is_shared
from geo.settings import PACKAGE_FOLDER, read_option
from geo.ui.guarding import READERS, guard
from geo.ui.server import begin, routes

raise_barrier()
may_write = not (is_shared() or read_option("BORDER_INCIDENTS_READ_ONLY"))
app = st.App(
    PACKAGE_FOLDER / "ui" / "dashboard.py", routes=routes(), lifespan=begin,
    middleware=[guard(READERS, only_here=may_write)],
)  # fmt: skip
