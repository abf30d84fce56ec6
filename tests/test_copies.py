"""The same wire under other headlines is one source; reports in words of their own are as many as there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from geo.articles import make_article
from geo.copies import COPIED_SHARE, drop_repeated, find_copies
from geo.exchange.csv import COLUMNS, write_csv
from geo.exchange.table import select_incidents, stored_as_record
from geo.model import Article, Claim, Incident, Source, Span
from geo.pipeline import add_article, load_tools
from geo.store import open_store

NOW = datetime(2025, 11, 20, tzinfo=UTC)
DAY = date(2025, 10, 14)

# Made up for these tests, each in four paragraphs.
LEAD = "A suicide bomber killed seven people at a market in Quetta on Monday and wounded at least twenty, police said."
SCENE = (
    "The blast went off close to a row of cloth stalls shortly before noon, when the "
    "lanes were crowded with shoppers. "
    "Shutters were torn from their hinges and rescue workers carried the injured away on handcarts."
)
QUOTE = (
    "“He walked in from the side of the bus stand and nobody stopped him,” the city’s police chief told journalists."
)
END = "No group said it had sent the bomber, and schools in the quarter were told to stay shut until Wednesday."
ADDED = (
    "The provincial government promised money to the families and called a meeting of its security council for today."
)
WIRE = "\n\n".join((LEAD, SCENE, QUOTE, END))

OWN = (
    "Doctors at the civil hospital in Quetta received seven bodies on Monday after an "
    "explosion tore through a bazaar. "
    "“We ran out of beds within the hour,” said a surgeon, who counted more than twenty "
    "patients. Traders had asked for "
    "guards at the gates for months.\n\nA man with explosives strapped to his chest had "
    "entered from the bus stand, "
    "according to investigators. Shops nearby will reopen once the debris is cleared, "
    "their union announced."
)
BRIEF = "Seven people were killed on Monday when a suicide bomber struck a market in Quetta, a doctor said."
UR = (
    "کوئٹہ کے بازار میں پیر کو خودکش حملے میں سات افراد جاں بحق اور بیس زخمی ہوئے، پولیس "
    "نے بتایا۔ دھماکا کپڑے کی دکانوں کے "
    "قریب دوپہر سے پہلے ہوا جب گلیاں خریداروں سے بھری تھیں۔ زخمیوں کو ریڑھیوں پر ہسپتال پہنچایا گیا۔"
)
UR_OWN = (
    "سول ہسپتال کے ڈاکٹروں کے مطابق سات لاشیں لائی گئیں اور بستر کم پڑ گئے۔ تاجروں کی "
    "تنظیم نے کہا کہ وہ مہینوں سے پہرے کا مطالبہ "
    "کر رہے تھے، مگر کسی نے نہ سنی۔ علاقے کے اسکول بدھ تک بند رہیں گے۔"
)
PS = (
    "په کوټه کې د دوشنبې په ورځ په یوه بازار کې ځانمرګي برید اووه کسان ووژل او شل نور یې "
    "ټپیان کړل، پولیسو وویل. چاودنه د ټوکر "
    "پلورونکو هټیو ته نږدې وشوه او ټپیان په لاسي ګاډیو روغتون ته یوړل شول."
)
PS_OWN = (
    "د ملکي روغتون ډاکټران وايي چې اووه جسدونه یې ترلاسه کړي دي او د بستر کمښت و. سوداګر "
    "له میاشتو راهیسې د ساتونکو غوښتنه کوله، "
    "خو چا غوږ ورته ونه نیو."
)
FA = (
    "در بازاری در شهر کویته روز دوشنبه یک مهاجم انتحاری هفت تن را کشت و بیست تن دیگر را "
    "زخمی کرد، پولیس گفت. انفجار نزدیک "
    "دکان‌های تکه‌فروشی رخ داد و زخمیان را با کراچی‌های دستی به شفاخانه بردند."
)
FA_OWN = (
    "داکتران شفاخانهٔ ملکی می‌گویند هفت جسد به آنجا آورده شد و بستر کافی نبود. بازرگانان "
    "از ماه‌ها پیش خواستار نگهبان بودند، اما "
    "کسی گوش نداد."
)

COPIED = (
    ("the same", WIRE, WIRE),
    ("a paragraph added", WIRE, f"{WIRE}\n\n{ADDED}"),
    ("a paragraph cut", WIRE, "\n\n".join((LEAD, SCENE, END))),
    ("only its beginning", WIRE, f"{LEAD}\n\n{SCENE}"),
    ("dateline and credit", WIRE, f"QUETTA, Oct 13 (Reuters) - {WIRE}\n\nReporting by a stringer; Editing by a desk"),
    ("links between", WIRE, f"{LEAD}\n\nRead more: Five things to know of the city\n\n{SCENE}\n\n{QUOTE}\n\n{END}"),
    ("a few words changed", WIRE, WIRE.replace("seven people", "7 people").replace("shortly before", "just before")),
    ("Urdu", UR, f"کوئٹہ: {UR}\n\nمزید پڑھیں: شہر کی خبریں"),
    ("Urdu by other keys", UR, UR.replace("ی", "ي").replace("ک", "ك")),
    ("Pashto", PS, f"{PS}\n\nنور ولولئ: نور خبرونه"),
    ("Dari", FA, FA.replace("\u200c", " ")),
)
INDEPENDENT = (
    ("own words", WIRE, OWN),
    ("a sentence of the wire quoted", WIRE, f"{OWN}\n\n{QUOTE}"),
    ("its first sentence taken", WIRE, f"{LEAD}\n\n{OWN}"),
    ("another event told alike", WIRE, LEAD.replace("Quetta", "Wana").replace("market", "mosque") + f"\n\n{OWN}"),
    ("the same links below", f"{OWN}\n\nRead more: {SCENE}", f"{ADDED}\n\nRead more: {SCENE}"),
    ("Urdu", UR, UR_OWN),
    ("Pashto", PS, PS_OWN),
    ("Dari", FA, FA_OWN),
    ("nothing to compare", WIRE, "Blast in Quetta"),
)


def article(text: str, outlet: str, published: date | None = DAY) -> Article:
    sources = (Source(outlet=outlet, url=f"https://{outlet}.example/1", published=published),)
    return make_article(
        text, title=f"As {outlet} has it", url=sources[0].url, published=published, publisher=outlet, sources=sources
    )


def copies(articles: Sequence[Article]) -> list[str | None]:
    """Outlets of the articles that are copies."""
    found = find_copies(articles)
    return [a.publisher for a in articles if a.id in found]


@pytest.mark.parametrize(("how", "wire", "other"), COPIED)
def test_the_same_wire_is_one_source(how: str, wire: str, other: str) -> None:
    first, later = article(wire, "first"), article(other, "later", date(2025, 10, 15))
    assert copies([first, later]) == ["later"], how
    assert copies([later, first]) == ["later"], how


@pytest.mark.parametrize(("how", "wire", "other"), INDEPENDENT)
def test_reports_in_words_of_their_own_are_independent(how: str, wire: str, other: str) -> None:
    assert copies([article(wire, "first"), article(other, "later", date(2025, 10, 15))]) == [], how
    assert copies([article(wire, "first", date(2025, 10, 15)), article(other, "later")]) == [], how


def test_of_one_day_the_longest_is_the_original_and_without_a_day_it_is_the_copy() -> None:
    assert copies([article(f"{LEAD}\n\n{SCENE}", "short"), article(WIRE, "long")]) == ["short"]
    assert copies([article(f"{WIRE}\n\n{ADDED}", "undated", None), article(WIRE, "dated")]) == ["undated"]


def test_copies_of_copies_are_copies_of_one_wire() -> None:
    grown = f"{WIRE}\n\n{ADDED}"
    cut = f"{ADDED}\n\n{END}"  # half of it stands in the wire, all of it in the outlet that added to it
    days = [date(2025, 10, day) for day in (13, 14, 15)]
    told = [article(text, f"n{n}", day) for n, (text, day) in enumerate(zip((WIRE, grown, cut), days, strict=True))]
    assert copies(told) == ["n1", "n2"]


@pytest.mark.parametrize("seed", range(4))
def test_the_same_articles_are_copies_in_any_order(seed: int) -> None:
    texts = (WIRE, OWN, f"{WIRE}\n\n{ADDED}", f"{LEAD}\n\n{SCENE}", UR)
    told = [article(text, f"n{number}") for number, text in enumerate(texts)]
    expected = set(find_copies(told))
    Random(seed).shuffle(told)
    assert set(find_copies(told)) == expected
    assert len(expected) == 2


def test_many_long_copies_are_compared_in_linear_time() -> None:
    words = [f"word{number}" for number in range(4_000)]
    told = [article(" ".join(words[number:]), f"n{number}") for number in range(60)]
    assert len(find_copies(told)) == 59
    assert find_copies([article("\n" * 50_000 + " - " * 50_000 + "(" * 50_000, "hostile"), article(WIRE, "wire")]) == ()


def test_the_threshold_lies_between_what_is_copied_and_what_is_not() -> None:
    """Half of a text: the tables above keep far from it on either side."""
    assert COPIED_SHARE == 0.5


# ---- claims ----------------------------------------------------------------------------------------------------------
def claim(article_id: str, best: int = 7, party: str = "state:PK") -> Claim:
    values = {"low": best, "best": best, "high": best}
    return Claim(
        metric="killed",
        subject="people",
        claimant_party=party,
        span=Span(start=0, end=1),
        article_id=article_id,
        **values,
    )


def test_what_a_copy_says_again_is_left_out_and_what_it_says_otherwise_stays() -> None:
    wire, same, other, own = claim("wire"), claim("copy"), claim("copy", best=9), claim("own")
    assert drop_repeated([wire, same, other, own], ["copy"]) == [wire, other, own]
    assert drop_repeated([same, other], ["copy"]) == [same, other]


# ---- in the store ----------------------------------------------------------------------------------------------------
def tell(path: Path, *articles: Article) -> Incident:
    """The one incident that these articles report."""
    store = open_store(path)
    for told in articles:
        add_article(store, told, load_tools(), time=NOW)
    (incident,) = store.load_incidents()
    assert store.check() == []
    store.close()
    return incident


def test_an_incident_names_its_articles_that_are_copies(tmp_path: Path) -> None:
    wire, copy, own = article(WIRE, "wire"), article(f"{LEAD}\n\n{SCENE}", "copy"), article(BRIEF, "own")
    incident = tell(tmp_path / "one.sqlite", wire, copy)
    assert incident.copied == (copy.id,)
    assert set(incident.articles) == {wire.id, copy.id}
    assert tell(tmp_path / "two.sqlite", wire).copied == ()
    assert tell(tmp_path / "three.sqlite", copy, own, wire).copied == (copy.id,)


def test_a_copy_is_no_second_source_and_an_own_report_is(tmp_path: Path) -> None:
    wire, copy, own = article(WIRE, "wire"), article(f"{WIRE}\n\n{ADDED}", "copy"), article(BRIEF, "own")

    def is_lone(incident: Incident) -> bool:
        return "single_source" in {flag.code for flag in incident.flags}

    assert is_lone(tell(tmp_path / "one.sqlite", wire))
    assert is_lone(tell(tmp_path / "two.sqlite", wire, copy))
    assert not is_lone(tell(tmp_path / "three.sqlite", wire, copy, own))


def test_exports_tell_copies_from_sources(tmp_path: Path) -> None:
    tell(tmp_path / "one.sqlite", article(WIRE, "wire"), article(f"{LEAD}\n\n{SCENE}", "copy"))
    selection = select_incidents(open_store(tmp_path / "one.sqlite"), time=NOW)
    (incident,) = selection.incidents
    sources = stored_as_record(incident, selection)["sources"]
    assert [(source["outlet"], source["copied"]) for source in sources] == [("wire", False), ("copy", True)]  # type: ignore[union-attr, index, call-overload]
    with (tmp_path / "out.csv").open("wb") as stream:
        write_csv(stream, selection)
    row = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[2]
    assert "wire; copy" in row and ",copy," in row and row.count("[state:PK]: 7 killed") == 1
    assert "copied_sources" in COLUMNS
