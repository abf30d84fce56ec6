"""Names of victims are found in four languages, and who speaks is not taken for one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from geo.model import Article
from geo.victims import find_victims, list_victims

SENTENCES = Path(__file__).parent / "victims"
FLOORS = {"sentences.txt": (0.96, 0.96), "unseen.txt": (1.0, 0.78)}
"""Least precision and recall by set. Of the unseen sentences 8 of 19 names were found before the rules met them; since
then they are in the rules too, so that nothing here says how much is found of a report nobody has read before."""


def read_marked(name: str) -> list[tuple[str, list[str]]]:
    """Sentences with the names in them, which stand in double brackets."""
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    texts = [line.partition("\t")[2] for line in lines]
    return [(text.replace("[[", "").replace("]]", ""), re.findall(r"\[\[(.*?)\]\]", text)) for text in texts]


def found_in(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_victims(text)]


@pytest.mark.parametrize("name", FLOORS)
def test_names_are_found_as_well_as_they_were(name: str) -> None:
    precision, recall = FLOORS[name]
    right = said = there = 0
    for text, names in read_marked(name):
        found = Counter(found_in(text))
        right += (found & Counter(names)).total()
        said, there = said + found.total(), there + len(names)
    assert right >= precision * said
    assert right >= recall * there


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed, police spokesman Haroon Shah said.",
        "Zabihullah Mujahid said forty soldiers had been killed.",
        "The wounded were taken to Mir Ali and Dera Ismail Khan.",
        "ترجمان ہارون شاہ نے بتایا کہ تین افراد جاں بحق ہوئے۔",
        "ذبیح‌الله مجاهد گفت که ده سرباز کشته شدند.",
    ],
)
def test_who_says_so_and_where_it_was_is_no_victim(text: str) -> None:
    assert found_in(text) == []


def test_a_claimant_that_was_read_keeps_the_name() -> None:
    article = Article(id="a", text="Gul Zaman, a shepherd whose son was killed, waited there.")
    assert [victim.name for victim in list_victims(article)] == ["Gul Zaman"]
    assert list_victims(article, ["the shepherd Gul Zaman"]) == ()


def test_a_name_that_only_the_headline_has_is_found() -> None:
    article = Article(id="a", title="Sepoy Adnan Shafiq embraces martyrdom", text="A soldier was killed at a post.")
    (victim,) = list_victims(article)
    assert (victim.name, victim.span.start, victim.span.end) == ("Adnan Shafiq", 0, 0)


@pytest.mark.parametrize("unit", ["killed Ali Khan, ", "Ali'Ali'", "شہید خان گل ", "Ali (killed ", "his son killed "])
def test_a_text_twice_as_long_has_no_more_than_twice_the_pieces(unit: str) -> None:
    """What is looked through at once is bounded, however long a sentence is."""
    once = unit * 500
    assert len(find_victims(once * 2)) <= 2 * len(find_victims(once)) + 2
