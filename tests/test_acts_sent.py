"""What a page's connection may send in place of an act: nobody is told, nothing breaks, the next act is heard."""

from __future__ import annotations

import argparse

import pytest
from streamlit.testing.v1 import AppTest

from geo.cli.serve import streamlit_options

ODD = (
    "null", "1", '"acts"', "{}", "[1]", "[[]]", "[[1, 2]]", '[["1", "part", "did", 1]]', '[[1, {"a": 1}, "did", 1]]',
    '[[1, "part", ["did"], 1]]', '[[null, "part", "did", 1]]', '[[1, "part", "nothing", 1]]',
)  # fmt: skip


def page(odd: str) -> None:
    import json

    import streamlit as st

    from geo.ui import parts

    heard: list[object] = []
    parts.begin_page()
    parts.describe_too("part", lambda _: None, did=heard.append)
    st.session_state[parts._DESCRIBED], st.session_state[parts._HEARD] = st.session_state.pop(parts._MADE)
    parts.hear_acts(json.loads(odd))
    parts.hear_acts([[9, "part", "did", "well"]])
    st.text(repr(heard))


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_act_is_passed_over(odd: str) -> None:
    run = AppTest.from_function(page, kwargs={"odd": odd}).run()
    assert not run.exception
    assert [text.value for text in run.text] == ["['well']"]


def test_faults_of_a_page_are_written_by_our_log_alone() -> None:
    """With the library "rich", Streamlit prints them itself, and the words that they were about."""
    given = argparse.Namespace(host="127.0.0.1", port=8501)
    assert streamlit_options(given, None)["logger.enableRich"] == "false"
