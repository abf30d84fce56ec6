"""Who works in this session of Streamlit."""

from __future__ import annotations

import streamlit as st

from geo.desk.door import COOKIE, open_door
from geo.people import Person


def who() -> Person | None:
    """The person whose browser this is, with the role they have now; None when they are signed out."""
    return open_door().who(st.context.cookies.get(COOKIE))
