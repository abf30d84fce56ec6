"""Names of victims are found in four languages, and who speaks is not taken for one."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from geo.model import Article
from geo.victims import find_victims, list_victims

SENTENCES = Path(__file__).parent / "victims"
FLOORS = {
    "sentences.txt": (0.96, 0.97),
    "unseen.txt": (0.9, 0.9),
    "styles.txt": (0.9, 0.83),
    "later.txt": (1.0, 0.93),
}
"""Least precision and recall by set, names counted letter for letter. The rules were made with the first two. The
others were written before the rules met them, and measured once then, a name counting as found where part of it is
withheld: of 85 names in 80 passages of many styles 59 were found, with 4 taken wrongly; after mending, of 31 names
in 28 passages 28, with none taken wrongly. What was missed then is mended in part since, so that the floors say no
more of a report nobody has read before."""


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


def test_who_spoke_of_the_dead_keeps_the_name() -> None:
    text = "A car bomb killed seven soldiers. Daud Wali, a police officer in Mir Ali, spoke of at least six dead."
    assert find_victims(text) == []


def test_the_name_of_a_claimant_is_kept_whole_but_not_that_of_his_dead() -> None:
    article = Article(id="a", text="Gul, a shepherd, was killed, said Gulbuddin Zadran. Zadran buried his son Omid.")
    named = [victim.name for victim in list_victims(article, ["Gulbuddin Zadran", "relatives of Omid"])]
    assert named == ["Gul", "Omid"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sepoy Adil Khan was shot. Later Khan's father came.", ["Adil Khan", "Khan"]),
        ("Noor Gul was killed. His brother said Gul kept bees.", ["Noor Gul", "Gul"]),
        ("Adil Khan was shot, Imran Khan said. Khan said no more.", ["Adil Khan"]),
    ],
)
def test_one_word_of_a_victims_name_is_withheld_unless_it_is_of_who_speaks(text: str, names: list[str]) -> None:
    assert found_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The group's commander, Qari Zarrar, was killed in a drone strike.", ["Qari Zarrar"]),
        ("Governor Yousaf Haroon visited the wounded.", []),
        ("The governor, Yousaf Haroon, was killed by a bomb.", ["Yousaf Haroon"]),
        ("Killed were Adil, his cousin Wasim and two guards.", ["Adil", "Wasim"]),
        ("Gunmen Kill Tribal Elder Malik Janan In North Waziristan", ["Malik Janan"]),
        ("Nobody was hurt. Adil Khan opened his shop on Monday, a kilometre from the fence.", ["Adil Khan"]),
        ("Trade was slow on Monday. Adil Khan opened his shop.", []),
    ],
)
def test_who_is_harmed_is_told_by_the_clause(text: str, names: list[str]) -> None:
    assert found_in(text) == names


def test_a_known_place_is_no_victim() -> None:
    text = "Four people died. Zadranabad, a village of shepherds, mourned."
    assert [text[span.start : span.end] for span in find_victims(text, ["Zadranabad"])] == []


def test_a_name_cut_by_a_line_or_a_letter_is_found() -> None:
    assert found_in("Sgt Adil J. Khan died; U.S. aid arrived.") == ["Adil J. Khan"]


@pytest.mark.parametrize("unit", ["killed Ali Khan, ", "Ali'Ali'", "شہید خان گل ", "Ali (killed ", "his son killed "])
def test_a_text_twice_as_long_has_no_more_than_twice_the_pieces(unit: str) -> None:
    """What is looked through at once is bounded, however long a sentence is."""
    once = unit * 500
    assert len(find_victims(once * 2)) <= 2 * len(find_victims(once)) + 2


LONG = {
    "names in a list": "Adil Khan, Wasim Gul and ",
    "words that join": "and his ",
    "commas after a name": "Khan, ",
    "brackets never closed": "Adil (killed ",
    "one long word": "Ab’",
    "initials": "A. B. C. killed ",
    "names by the thousand": "Adil Khan died. ",
    "one word of saying": "killed, said ",
    "Urdu names in a list": "شہید عادل خان، گل محمد اور ",
    "Pashto names": "د عبدالله مړی ",
    "Dari words of no name": "کشته شدند که در ",
}


@pytest.mark.parametrize("name", LONG)
def test_twice_the_text_takes_less_than_three_times_the_time(name: str) -> None:
    unit = LONG[name]
    once, four = "killed " + unit * 300, "killed " + unit * 1_200
    assert min(_per_doubling(once, four) for _ in range(3)) < 3.0


def _per_doubling(short: str, long: str) -> float:
    return float(((_seconds(long) + 0.001) / (_seconds(short) + 0.001)) ** 0.5)


def _seconds(text: str) -> float:
    start = time.process_time()
    find_victims(text)
    return time.process_time() - start
