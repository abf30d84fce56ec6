"""A web for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fetch.web import Web, run_web


@pytest.fixture
def web() -> Iterator[Web]:
    with run_web() as running:
        yield running
