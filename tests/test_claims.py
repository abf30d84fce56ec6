"""What a sentence claims: how many of whom, how sure the words are, who says so, and what stands against it."""

from __future__ import annotations

from datetime import date

import pytest

from geo.articles.making import make_article
from geo.extraction.claims import find_claims
from geo.model import Claim, Reading
from geo.pipeline import Tools, load_tools, read_article
from geo.recognition import find_toponyms
from geo.resolution import resolve_toponyms
from geo.text import prepare_document

PUBLISHED = date(2025, 10, 15)
Bounds = tuple[int | None, int | None, int | None]


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def claims_of(text: str, tools: Tools, language: str = "en", published: date = PUBLISHED) -> list[Claim]:
    """The claims of a text, whatever incidents they may belong to."""
    document = prepare_document(text, language=language)
    gazetteer = tools.gazetteer.in_language(language)
    resolutions = resolve_toponyms(document, find_toponyms(document, gazetteer), gazetteer, border=tools.border.code)
    return find_claims(document, article_id="own", resolutions=resolutions, published=published)


def read(text: str, tools: Tools) -> Reading:
    return read_article(make_article(text, published=PUBLISHED, language="en"), tools)


def bounds(claim: Claim) -> Bounds:
    return claim.low, claim.best, claim.high


def figures(claims: list[Claim], metric: str = "killed") -> list[int | None]:
    """The numbers of one metric that are asserted, in reading order."""
    return [claim.best for claim in claims if claim.metric == metric and claim.stance == "asserts"]


# ---- what is counted -------------------------------------------------------------------------------------------------
COUNTED = (
    ("Police said six labourers were killed near Chaman on Monday.", "killed civilians people", 6),
    ("A woman was killed in Bajaur, police said.", "killed civilians people", 1),
    ("Seventeen soldiers died in the assault in Kurram, the army said.", "killed forces:PK people", 17),
    ("Troops shot dead nine militants in Bannu, officials said.", "killed militants people", 9),
    ("A roadside bomb wounded four soldiers in Mohmand on Tuesday, officials said.", "wounded forces:PK people", 4),
    ("Thirty-one people were injured by shell splinters in Khost, a doctor said.", "wounded people people", 31),
    ("Gunmen abducted eight engineers in Tank, police said.", "captured civilians people", 8),
    ("Fighters captured three policemen at a checkpoint in Bannu.", "captured forces:PK people", 3),
    ("Troops captured a border post near Chaman, the army said.", "captured objects posts", 1),
    ("The shelling displaced 240 families in Kurram, a local official said.", "displaced people families", 240),
    ("More shelling in Spin Boldak forced 1,200 people to flee, residents said.", "displaced people people", 1200),
    ("Afghan forces destroyed five Pakistani posts near Spin Boldak.", "destroyed objects posts", 5),
    ("Four militants were sent to hell in Mohmand on Monday.", "killed militants people", 4),
    ("A total of 117 militants have been eliminated in Tirah, an official said.", "killed militants people", 117),
    ("The shelling left 12 families homeless in Kunar.", "displaced people families", 12),
    ("Some 340 families have left the town of Wana.", "displaced people families", 340),
    ("A clinic in Kunar treated eight wounded civilians.", "wounded civilians people", 8),
    ("A shepherd, 14, lost his life in Azam Warsak, police said.", "killed civilians people", 1),
    ("Police in Chaman arrested 18 protesters.", "captured civilians people", 18),
    ("The Afghan army said it had lost 23 men in Kunar.", "killed forces:AF people", 23),
    ("Afghan fighters attacked Pakistani posts in Kunar, killing 58 soldiers.", "killed forces:PK people", 58),
    ("Rockets destroyed 14 houses in Barmal district, residents said.", "destroyed objects houses", 14),
)


@pytest.mark.parametrize(("sentence", "what", "number"), COUNTED)
def test_a_figure_counts_one_kind_of_harm_to_one_kind_of_people(
    sentence: str, what: str, number: int, tools: Tools
) -> None:
    (claim,) = claims_of(sentence, tools)
    assert f"{claim.metric} {claim.subject_party} {claim.unit}" == what
    assert bounds(claim) == (number, number, number)


SEVERAL = (
    ("A bomb killed six people and wounded 15 others in Quetta.", "killed 6, wounded 15"),
    ("Two policemen and a driver were killed in Lakki Marwat.", "killed 2, killed 1"),
    ("Nine civilians and two soldiers were killed in Bajaur, police said.", "killed 9, killed 2"),
    ("The army said it destroyed 21 posts and killed 70 fighters near Chaman.", "destroyed 21, killed 70"),
    ("The raid in Zhob left four insurgents dead and one soldier wounded.", "killed 4, wounded 1"),
)


@pytest.mark.parametrize(("sentence", "expected"), SEVERAL)
def test_a_sentence_with_two_figures_makes_two_claims(sentence: str, expected: str, tools: Tools) -> None:
    claims = claims_of(sentence, tools)
    assert ", ".join(f"{claim.metric} {claim.best}" for claim in claims) == expected
    assert all(claim.subset_of is None for claim in claims)


NOT_COUNTED = (
    "Around 300 trucks waited at Torkham on Monday, traders said.",
    "The clash near Chaman broke out at 5 a.m. and lasted four hours, police said.",
    "Gunmen fired at a checkpoint near Chaman on Sunday, police said.",
    "Route 66 runs past Peshawar, a driver said.",
    "The two sides exchanged fire in Kurram on October 12, officials said.",
)


@pytest.mark.parametrize("sentence", NOT_COUNTED)
def test_numbers_that_count_no_harm_are_no_claims(sentence: str, tools: Tools) -> None:
    assert claims_of(sentence, tools) == []


# ---- how sure the words are ------------------------------------------------------------------------------------------
HOW_MANY: tuple[tuple[str, Bounds, str | None], ...] = (
    ("Fourteen fighters were killed", (14, 14, 14), None),
    ("A dozen fighters were killed", (12, 12, 12), None),
    ("At least 14 fighters were killed", (14, 14, None), "at least"),
    ("More than 30 fighters were killed", (30, 30, None), "more than"),
    ("Over 30 fighters were killed", (30, 30, None), "more than"),
    ("About 50 fighters were killed", (50, 50, 50), "about"),
    ("Nearly 50 fighters were killed", (50, 50, 50), "about"),
    ("Between 20 and 25 fighters were killed", (20, None, 25), "range"),
    ("Ten to twelve fighters were killed", (10, None, 12), "range"),
    ("From 20 to 25 fighters were killed", (20, None, 25), "range"),
    ("Up to 30 fighters were killed", (None, 30, 30), "up to"),
    ("As many as 30 fighters were killed", (None, 30, 30), "up to"),
    ("Dozens of fighters were killed", (None, None, None), "dozens"),
    ("Scores of fighters were killed", (None, None, None), "scores"),
    ("Hundreds of fighters were killed", (None, None, None), "hundreds"),
    ("Several fighters were killed", (None, None, None), "several"),
    ("Many fighters were killed", (None, None, None), "many"),
    ("A number of fighters were killed", (None, None, None), "a number of"),
    ("An unknown number of fighters were killed", (None, None, None), "an unknown number of"),
)


@pytest.mark.parametrize(("words", "expected", "qualifier"), HOW_MANY)
def test_bounds_are_as_wide_as_the_words(words: str, expected: Bounds, qualifier: str | None, tools: Tools) -> None:
    (claim,) = claims_of(f"{words} in Kurram on Sunday, officials said.", tools)
    assert bounds(claim) == expected
    assert claim.qualifier == qualifier


NOBODY = (
    ("Shells landed near Chaman, but nobody was hurt, police said.", (0, 0, 0), "none"),
    ("Gunmen fired at a post near Chaman. There were no casualties, police said.", (0, 0, 0), "none"),
    ("Gunmen fired at a post near Chaman. No one was killed, police said.", (0, 0, 0), "none"),
    ("Gunmen fired at a post near Chaman. No casualties were reported.", (0, None, None), "none_reported"),
)


@pytest.mark.parametrize(("sentence", "expected", "qualifier"), NOBODY)
def test_no_casualties_is_zero_and_none_reported_is_only_a_lower_bound(
    sentence: str, expected: Bounds, qualifier: str, tools: Tools
) -> None:
    (claim,) = claims_of(sentence, tools)
    assert bounds(claim) == expected
    assert claim.qualifier == qualifier


UNKNOWN = (
    "Dozens of fighters were killed in Kurram on Sunday, officials said.",
    "Gunmen fired at a checkpoint near Chaman on Sunday, police said.",
    "An unknown number of soldiers were killed in Kurram on Sunday, officials said.",
)


@pytest.mark.parametrize("sentence", UNKNOWN)
def test_what_is_unknown_is_never_zero(sentence: str, tools: Tools) -> None:
    (incident,) = read(sentence, tools).incidents
    assert all(claim.low is None and claim.best is None for claim in incident.claims)
    assert incident.totals.get("killed") is None


# ---- parts -----------------------------------------------------------------------------------------------------------
PARTS = (
    ("Police said nine people, including two children, were killed in Bajaur.", 9, 2),
    ("Shelling killed 11 civilians, including three women, in Khost, officials said.", 11, 3),
    ("Six people were killed in Quetta, four of them children, police said.", 6, 4),
    ("Four policemen were killed in Bannu, one of them an officer, police said.", 4, 1),
)


@pytest.mark.parametrize(("sentence", "whole", "part"), PARTS)
def test_those_included_are_a_part_and_never_added(sentence: str, whole: int, part: int, tools: Tools) -> None:
    claims = claims_of(sentence, tools)
    assert [(claim.best, claim.subset_of) for claim in claims] == [(whole, None), (part, 0)]
    incident = read(sentence, tools).incidents[0]
    assert incident.totals[claims[0].metric].high == whole


# ---- who says so -----------------------------------------------------------------------------------------------------
CLAIMANTS = (
    ("Police said five people were killed in Quetta.", "Police", "state:PK"),
    ("Five people were killed in Quetta, a senior police officer said.", "a senior police officer", "state:PK"),
    ("Five people were killed in Kunar, according to the provincial governor.", "the provincial governor", "state:AF"),
    ("Pakistan's military said five fighters were killed in Kunar.", "Pakistan's military", "state:PK"),
    ("The Afghan defence ministry said five soldiers were killed in Kunar.", "The Afghan defence ministry", "state:AF"),
    ("The Taliban said five Pakistani soldiers were killed in Kurram.", "The Taliban", "state:AF"),
    ("Kabul said five villagers were killed in Barmal.", "Kabul", "state:AF"),
    ("Islamabad said five villagers were killed in Bajaur.", "Islamabad", "state:PK"),
    ("UNAMA said five civilians were killed in Spin Boldak.", "UNAMA", "un"),
    ("The Red Crescent said five civilians were killed in Spin Boldak.", "The Red Crescent", "ngo"),
    ("A hospital doctor said five people were killed in Khost.", "A hospital doctor", "medical"),
    ("Residents said five children were killed in Spin Boldak.", "Residents", "local"),
    ("The Tehreek-e-Taliban Pakistan said it killed five soldiers in Tank.", "The Tehreek-e-Taliban Pakistan",
     "group:TTP"),
    ("A bomb killed five people in Quetta.", "", "author"),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "claimant", "party"), CLAIMANTS)
def test_a_claim_belongs_to_whoever_says_it(sentence: str, claimant: str, party: str, tools: Tools) -> None:
    (claim,) = claims_of(sentence, tools)
    assert (claim.best, claim.claimant, claim.claimant_party) == (5, claimant, party)


def test_a_pronoun_is_the_source_named_last(tools: Tools) -> None:
    text = (
        "A Taliban spokesman said 11 Pakistani soldiers were killed near Spin Boldak. "
        "He said seven fighters were wounded."
    )
    first, second = claims_of(text, tools)
    assert second.claimant == first.claimant
    assert [claim.claimant_party for claim in (first, second)] == ["state:AF", "state:AF"]


def test_both_sides_counts_stand_side_by_side(tools: Tools) -> None:
    text = (
        "Troops clashed near Chaman on Sunday. Pakistan's army said 15 Afghan soldiers were killed. "
        "On the other side, the Taliban said 22 Pakistani soldiers were killed."
    )
    told = [(claim.claimant_party, claim.subject_party, claim.best) for claim in claims_of(text, tools)]
    assert told == [("state:PK", "forces:AF", 15), ("state:AF", "forces:PK", 22)]


def test_a_side_counts_its_own_dead_and_the_other_sides(tools: Tools) -> None:
    sentence = (
        "Pakistan's army said 23 of its soldiers were killed, and that it had killed more than 200 Taliban fighters."
    )
    told = [(claim.claimant_party, claim.subject_party, claim.low) for claim in claims_of(sentence, tools)]
    assert told == [("state:PK", "forces:PK", 23), ("state:PK", "forces:AF", 200)]


def test_rival_figures_for_the_same_dead_are_a_range_and_no_average(tools: Tools) -> None:
    text = (
        "A blast hit a market in Quetta on Monday. Police said 10 people were killed in the blast. "
        "Residents said 16 people were killed."
    )
    (incident,) = read(text, tools).incidents
    assert [claim.best for claim in incident.claims] == [10, 16]
    toll = incident.totals["killed"]
    assert (toll.low, toll.best, toll.high) == (10, None, 16)


def test_the_taliban_were_rebels_before_they_held_kabul(tools: Tools) -> None:
    sentence = "The Taliban said five Afghan soldiers were killed in Kunar."
    (before,) = claims_of(sentence, tools, published=date(2019, 5, 3))
    (since,) = claims_of(sentence, tools, published=date(2025, 5, 3))
    assert (before.claimant_party, since.claimant_party) == ("group:Taliban", "state:AF")


# ---- what stands against it ------------------------------------------------------------------------------------------
TWELVE = "The Taliban said 12 civilians were killed in strikes in Paktika on Friday. "
ANSWERS = (
    ("Pakistan denied that it had carried out the strikes.", "denies", "state:PK"),
    ("Islamabad rejected the claim.", "denies", "state:PK"),
    ("Pakistan's military declined to comment.", "no_comment", "state:PK"),
    ("There was no immediate comment from Islamabad.", "no_comment", "state:PK"),
    ("Pakistan's foreign ministry did not respond to a request for comment.", "no_comment", "state:PK"),
)


@pytest.mark.parametrize(("answer", "stance", "party"), ANSWERS)
def test_an_answer_stands_beside_the_claim_and_cancels_nothing(
    answer: str, stance: str, party: str, tools: Tools
) -> None:
    claim, reply = claims_of(TWELVE + answer, tools)
    assert (claim.best, claim.stance, claim.status) == (12, "asserts", "current")
    assert (reply.stance, reply.claimant_party, bounds(reply)) == (stance, party, (None, None, None))


def test_a_figure_that_is_denied_is_not_the_deniers(tools: Tools) -> None:
    claims = claims_of("Pakistan denied the claim that 12 civilians were killed in Paktika.", tools)
    assert [(claim.stance, claim.best) for claim in claims] == [("denies", None)]


# ---- later figures ---------------------------------------------------------------------------------------------------
def test_an_updated_toll_replaces_the_one_before(tools: Tools) -> None:
    sentence = "The death toll from Friday's blast in Quetta rose to nine, up from six, hospital officials said."
    claims = claims_of(sentence, tools)
    assert {claim.best: claim.status for claim in claims} == {9: "current", 6: "superseded"}
    (incident,) = read(sentence, tools).incidents
    toll = incident.totals["killed"]
    assert (toll.low, toll.best, toll.high) == (9, 9, 9)


def test_what_was_first_announced_wrongly_is_no_claim(tools: Tools) -> None:
    claims = claims_of("At least 23 people, not 41 as first announced, were killed in Khost, officials said.", tools)
    assert figures(claims) == [23]


# ---- one figure for many places --------------------------------------------------------------------------------------
def test_one_total_for_several_provinces_is_in_a_scope_and_in_no_toll(tools: Tools) -> None:
    reading = read("Pakistani officials said 23 soldiers were killed in Kunar, Nangarhar and Khost on Sunday.", tools)
    (scope,) = reading.scopes
    assert set(scope.places) == {"AF-KNR", "AF-NAN", "AF-KHO"}
    assert [(claim.best, claim.scope) for claim in scope.claims] == [(23, scope.id)]
    assert all("killed" not in incident.totals for incident in reading.incidents)


# ---- other languages -------------------------------------------------------------------------------------------------
TRANSLATED = (
    ("ur", "ضلع کرم میں جھڑپ میں پانچ اہلکار ہلاک ہوئے، پولیس نے بتایا۔", "killed forces:PK", (5, 5, 5)),
    ("ur", "چمن میں دھماکے میں تین افراد زخمی ہوئے۔", "wounded people", (3, 3, 3)),
    ("ur", "کوئٹہ میں کم از کم آٹھ افراد ہلاک ہوئے، حکام نے بتایا۔", "killed people", (8, 8, None)),
    ("ps", "په خوست ولایت کې درې تنه ووژل شول، پولیسو وویل.", "killed people", (3, 3, 3)),
    ("ps", "په کندهار کې پنځه کسان ټپیان شول.", "wounded people", (5, 5, 5)),
    ("fa", "در ولایت پکتیکا ده غیرنظامی کشته شدند.", "killed civilians", (10, 10, 10)),
    ("fa", "در ولسوالی سپین بولدک هفت نفر زخمی شدند.", "wounded people", (7, 7, 7)),
    ("ur", "چمن میں شہید پولیس اہلکاروں کی مجموعی تعداد پانچ ہوگئی۔", "killed forces:PK", (5, 5, 5)),
    ("ur", "ایک سکیورٹی اہلکار نے بتایا کہ چمن میں تین افراد زخمی ہوئے۔", "wounded people", (3, 3, 3)),
    ("ps", "په باجوړ کې د ټپیانو شمېر نولسو ته رسېدلی دی.", "wounded people", (19, 19, 19)),
    ("ps", "په میرعلي کې یوې سرچینې د دریو ماشومانو د مرګ پخلی وکړ.", "killed civilians", (3, 3, 3)),
    ("fa", "در پکتیکا مرگ دو دهقان تأیید شد.", "killed civilians", (2, 2, 2)),
    ("fa", "در کنر ۹ سرباز پاکستانی کشته شدند، وزارت دفاع در کابل گفت.", "killed forces:PK", (9, 9, 9)),
    ("fa", "حداقل ۲۰ سرباز در کنر کشته شدند، مقام‌ها گفتند.", "killed forces:AF", (20, 20, None)),
)


@pytest.mark.parametrize(("language", "sentence", "what", "expected"), TRANSLATED)
def test_claims_in_urdu_pashto_and_dari(
    language: str, sentence: str, what: str, expected: Bounds, tools: Tools
) -> None:
    (claim,) = claims_of(sentence, tools, language)
    assert f"{claim.metric} {claim.subject_party}" == what
    assert bounds(claim) == expected


# ---- where it stands -------------------------------------------------------------------------------------------------
def test_a_claim_points_at_the_words_that_say_it(tools: Tools) -> None:
    text = "Markets were open. Police said six labourers were killed near Chaman on Monday."
    (claim,) = claims_of(text, tools)
    words = text[claim.span.start : claim.span.end]
    assert "six labourers" in words
    assert "Markets" not in words


def test_what_nobody_said_is_no_claim_and_speaks_for_none(tools: Tools) -> None:
    text = "The army did not say how many soldiers were killed. Two men were killed in Khost on Monday."
    article = make_article(text, published=date(2025, 10, 14), language="en")
    claims = [claim for incident in read_article(article, tools).incidents for claim in incident.claims]
    assert [(claim.best, claim.claimant_party) for claim in claims] == [(2, "author")]


def test_a_sides_own_dead_are_rival_to_what_the_other_says_of_them(tools: Tools) -> None:
    text = "Pakistan said 15 Afghan soldiers were killed near Chaman. Kabul said nine of its own soldiers were killed."
    (incident,) = read(text, tools).incidents
    assert [(claim.best, claim.claimant_party, claim.subset_of) for claim in incident.claims] == [
        (15, "state:PK", None),
        (9, "state:AF", None),
    ]
    toll = incident.totals["killed"]
    assert (toll.low, toll.best, toll.high) == (9, None, 15)


def test_a_later_toll_of_the_same_side_replaces_its_first(tools: Tools) -> None:
    text = "A blast killed six people in Quetta on Friday, police said. Officials later raised the death toll to nine."
    (incident,) = read(text, tools).incidents
    assert [(claim.best, claim.status) for claim in incident.claims] == [(6, "superseded"), (9, "current")]
    assert incident.totals["killed"].best == 9


@pytest.mark.parametrize(
    ("sentence", "whole", "part"),
    [
        ("Twenty people, among them five soldiers, were wounded in Bannu.", 20, 5),
        ("Nine people were wounded in Bara. Two children were among the wounded.", 9, 2),
        ("Thirteen people were wounded in Bannu. The wounded include five women.", 13, 5),
    ],
)
def test_parts_are_told_in_many_ways(sentence: str, whole: int, part: int, tools: Tools) -> None:
    found = claims_of(sentence, tools)
    assert figures(found, "wounded") == [whole, part]
    assert [claim.subset_of for claim in found] == [None, 0]


def test_who_speaks_behind_a_part_is_no_part_of_it(tools: Tools) -> None:
    found = claims_of("A strike in Paktika killed nine people including two children, a doctor said.", tools)
    assert [(claim.best, claim.claimant_party) for claim in found] == [(9, "medical"), (2, "medical")]


def test_what_a_protest_is_about_is_counted_where_it_is_told(tools: Tools) -> None:
    assert claims_of("Traders in Chaman protested against the killing of a porter on Monday.", tools) == []


def test_a_sides_own_dead_are_no_part_of_the_other_sides(tools: Tools) -> None:
    text = "Kabul said 55 Pakistani soldiers had been killed in Kunar while eight of its own fighters died."
    assert [claim.subset_of for claim in claims_of(text, tools)] == [None, None]


def test_figures_in_brackets_count(tools: Tools) -> None:
    found = claims_of("The mission verified 118 casualties (37 killed, 81 injured) in Kunar.", tools)
    assert [(claim.metric, claim.best) for claim in found] == [("killed", 37), ("wounded", 81)]


def test_a_side_that_puts_its_dead_at_a_number_claims_it(tools: Tools) -> None:
    text = "The Taliban claimed to have killed 58 Pakistani soldiers near Chaman, but Pakistan put its own dead at 23."
    (incident,) = read(text, tools).incidents
    assert {(claim.best, claim.claimant_party, claim.subject_party) for claim in incident.claims} == {
        (58, "state:AF", "forces:PK"),
        (23, "state:PK", "forces:PK"),
    }


TOGETHER = (
    ("A bomb killed the driver of a water tanker and his helper in Khost on Monday.", [2]),
    ("A drone strike in Khost killed a woman, her daughter and a shepherd on Monday.", [3]),
    ("A drone strike in Khost killed a couple and their son on Monday.", [3]),
    ("The clinic in Khost said it had received the bodies of a shopkeeper and a labourer.", [2]),
    ("Doctors in Khost counted 12 bodies after the strike on Monday.", [12]),
    ("A woman and two children were killed in Khost on Monday.", [1, 2]),
    ("A soldier and a shepherd were killed in Khost on Monday.", [1, 1]),
)


@pytest.mark.parametrize(("sentence", "expected"), TOGETHER)
def test_people_named_one_by_one_are_one_count_where_they_belong_together(
    sentence: str, expected: list[int], tools: Tools
) -> None:
    assert figures(claims_of(sentence, tools)) == expected


def test_only_those_with_wounds_are_wounded(tools: Tools) -> None:
    claims = claims_of(
        "The clinic in Khost received two bodies and nine people with bullet and shrapnel wounds.", tools
    )
    assert figures(claims, "wounded") == [9]


def test_a_source_named_in_the_middle_speaks_for_what_comes_after_it(tools: Tools) -> None:
    (claim,) = claims_of("On Monday in Khost, according to tribal elders, a shepherd was shot dead.", tools)
    assert (claim.claimant, claim.claimant_party) == ("tribal elders", "local")


def test_losses_put_at_a_number_are_those_of_the_side_named(tools: Tools) -> None:
    claims = claims_of(
        "Two of its men are dead, the governor's office in Khost says. It puts Pakistani losses at 8.", tools
    )
    assert [(claim.best, claim.subject_party) for claim in claims] == [(2, "forces:AF"), (8, "forces:PK")]


def test_the_army_of_a_report_is_that_of_the_country_it_is_sent_from(tools: Tools) -> None:
    claims = claims_of(
        "SRINAGAR, Sept 10: Two porters were killed when Pakistani troops opened fire in Keran, a defence spokesman "
        "said. The Pakistani army said Indian posts fired first.",
        tools,
    )
    assert claims[0].claimant_party == "state:IN"


def test_it_is_the_body_that_the_sentence_before_is_about(tools: Tools) -> None:
    text = "The army has sent soldiers to Kurram. On Monday it said four militants were killed near Parachinar."
    assert [claim.claimant for claim in claims_of(text, tools)] == ["The army"]


def test_a_word_held_at_a_distance_by_quotes_is_still_counted(tools: Tools) -> None:
    (claim,) = claims_of('Pakistan\'s military said its troops had killed 13 "terrorists" near Chaman.', tools)
    assert (claim.best, claim.subject_party) == (13, "militants")


def test_he_who_rejects_a_claim_is_the_one_who_spoke_before(tools: Tools) -> None:
    claims = claims_of(
        "Two villagers were killed by shells in Kunar, residents said. A Pakistani security official said his side had "
        "returned fire. He rejected the claim that villages had been hit.",
        tools,
    )
    assert [(claim.stance, claim.claimant_party) for claim in claims] == [("asserts", "local"), ("denies", "state:PK")]
