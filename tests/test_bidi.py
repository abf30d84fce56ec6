"""The order in which parts of a line stand, by the Unicode Bidirectional Algorithm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.pictures.bidi import order_runs

ALEF, BEH = "\u0627", "\u0628"


def shown(text: str, *, rtl: bool) -> str:
    """The line from left to right, each run turned as it is drawn."""
    return "".join(run[::-1] if backwards else run for run, backwards in order_runs(text, rtl=rtl))


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("abc", False, "abc"),
        (f"{ALEF}{BEH}", True, f"{BEH}{ALEF}"),
        (f"abc {ALEF}{BEH} def", False, f"abc {BEH}{ALEF} def"),
        (f"abc {ALEF}{BEH} def", True, f"def {BEH}{ALEF} abc"),
        (f"{ALEF} 2025 {BEH}", True, f"{BEH} 2025 {ALEF}"),
        (f"{ALEF} \u206611\u201312\u2069 {BEH}", True, f"{BEH} 11\u201312 {ALEF}"),
        (f"{ALEF} \u2068Mir Ali\u2069.", True, f".Mir Ali {ALEF}"),
        (f"\u2068{ALEF}{BEH}\u2069: 12", False, f"{BEH}{ALEF}: 12"),
        (f"{ALEF} 1,218 {BEH}", True, f"{BEH} 1,218 {ALEF}"),
        (f"{ALEF} 45%", True, f"%45 {ALEF}"),
        (f"{ALEF}\u200c{BEH} a", True, f"a {BEH}\u200c{ALEF}"),
        ("\u202eabc\u202c", False, "abc"),
        ("\u2066never closed", False, "never closed"),
        ("", True, ""),
    ],
)
def test_a_line_stands_as_the_algorithm_says(text: str, rtl: bool, expected: str) -> None:
    assert shown(text, rtl=rtl) == expected


@given(st.text(alphabet=f"ab1 2,.%-(){ALEF}{BEH}\u064e\u2066\u2067\u2068\u2069\u202e", max_size=40), st.booleans())
def test_no_character_is_lost_or_doubled(text: str, rtl: bool) -> None:
    kept = [c for c in text if c not in "\u2066\u2067\u2068\u2069\u202e"]
    assert sorted("".join(run for run, _ in order_runs(text, rtl=rtl))) == sorted(kept)


@given(st.text(alphabet="abc 12.,()-", max_size=40))
def test_a_line_without_right_to_left_letters_is_left_as_it_is(text: str) -> None:
    assert shown(text, rtl=False) == text
