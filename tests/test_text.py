"""Text as the stages read it: sentences, languages, display."""

import pytest

from geo.text import display_text, guess_language, match_key, prepare_document, safe_url


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in prepare_document(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One died. Two fled.", ["One died.", "Two fled."]),
        ("Lt. Gen. Ahmed Sharif said so. He left.", ["Lt. Gen. Ahmed Sharif said so.", "He left."]),
        ("J. Smith met A. B. Khan. They spoke.", ["J. Smith met A. B. Khan.", "They spoke."]),
        ("It began at 9 a.m. The army fired.", ["It began at 9 a.m.", "The army fired."]),
        ("The U.S. Army left.", ["The U.S. Army left."]),
        ("About 3.5 km away.", ["About 3.5 km away."]),
        ("On Oct. 11 it began.", ["On Oct. 11 it began."]),
        ("“We fired.” He denied it.", ["“We fired.”", "He denied it."]),
        ('"Why?" he asked. No one knew!', ['"Why?" he asked.', "No one knew!"]),
        ("Ten were killed.The army said so.", ["Ten were killed.", "The army said so."]),
        ("1. Ten died", ["1. Ten died"]),
        ("دو نفر کشته شدند. سه تن زخمی شدند.", ["دو نفر کشته شدند.", "سه تن زخمی شدند."]),
        ("پانچ افراد ہلاک ہوئے۔ تین زخمی ہیں۔", ["پانچ افراد ہلاک ہوئے۔", "تین زخمی ہیں۔"]),
        ("چا وژل؟ موږ نه یو خبر؛ هغوی دي.", ["چا وژل؟", "موږ نه یو خبر؛", "هغوی دي."]),
        ("آئی۔ایس۔پی۔آر نے کہا۔", ["آئی۔ایس۔پی۔آر نے کہا۔"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clash in Kurram\n\nTen died.", [("Clash in Kurram", 0), ("Ten died.", 1)]),
        ("Clash in Kurram\nTen died.", [("Clash in Kurram", 0), ("Ten died.", 1)]),
        ("Points:\n- one died\n- two fled", [("Points:", 0), ("- one died", 1), ("- two fled", 2)]),
        ("Ten soldiers\nwere killed.", [("Ten soldiers\nwere killed.", 0)]),
        ("A died.\r\n\r\nB fled. C ran.", [("A died.", 0), ("B fled.", 1), ("C ran.", 1)]),
    ],
)
def test_lines_are_paragraphs_unless_they_go_on(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(text[s.start : s.end], s.paragraph) for s in prepare_document(text).sentences] == expected


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    """Wire copy is broken at some 70 characters; the next line may begin with a capital."""
    lines = [
        "The army said on Monday that at least ten soldiers had been killed in",
        "North Waziristan, where troops had fought all night against a group of",
        "Taliban fighters who had come over the border from Afghanistan, in the",
        "Ghulam Khan area, before they were driven back by the guns of the army",
        "Frontier Corps.",
    ]
    assert len(prepare_document("\n".join(lines)).sentences) == 1


@pytest.mark.parametrize("text", ["", "   \n\n ", "\x00", "\ud800", "۔", "...", "\n"])
def test_a_text_of_nothing_is_read_without_complaint(text: str) -> None:
    document = prepare_document(text)
    assert document.text == text
    assert all(0 <= s.start < s.end <= len(text) for s in document.sentences)


@pytest.mark.parametrize("piece", ["a", ".", "\n", " ", "1. ", "((", "۔", "“", "\r\n ", "!?"])
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    """200,000 code points of one thing; a quadratic scan would not come back."""
    text = piece * (200_000 // len(piece))
    last = [s.end for s in prepare_document(text).sentences][-1:]
    assert last == ([len(text.rstrip())] if text.strip() else [])


def test_the_sentence_at_an_offset_is_the_one_that_holds_it() -> None:
    document = prepare_document("One died. Two fled.")
    assert [document.sentence_at(n) for n in (0, 8, 9, 10, 18)] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army said that two soldiers were killed in the attack.", "en"),
        ("فوج کا کہنا ہے کہ دو اہلکار ہلاک ہو گئے ہیں۔", "ur"),
        ("د خوست په ځاځي میدان کې یو خبریال ووژل شو", "ps"),
        ("ده کودک و یک زن در حمله هوایی کشته شدند", "fa"),
        ("وقال المتحدث إن ثلاثة جنود قتلوا في الهجوم على الحدود", "ar"),
        ("Deux soldats ont été tués dans le nord du pays", "fr"),
        ("Zwei Soldaten wurden bei einem Angriff an der Grenze getötet", "de"),
        ("Двое военных погибли", "ru"),
        ("सीमा पर दो सैनिक मारे गए", "hi"),
        ("12 34 !!", "und"),
        ("", "und"),
    ],
)
def test_the_language_shows_in_script_and_function_words(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_a_language_that_is_given_is_believed() -> None:
    assert prepare_document("Kabul", language="ps").language == "ps"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb\u2066c\u2069", "abc"),
        ("می\u200cشود", "می\u200cشود"),
        ("a\x00b\x1bc\td\n", "abc\td\n"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_what_is_shown_cannot_be_disguised(text: str, shown: str) -> None:
    assert display_text(text) == shown


def test_spellings_of_one_name_share_a_key() -> None:
    assert match_key("Spīn-Bōldak") == match_key("spin boldak")
    assert match_key("كرم") == match_key("کرم")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[bad",
        "https://a b.example/",
        "https://",
        "",
        None,
        "//a.example",
    ],
)
def test_an_address_that_no_click_should_follow_is_none(url: str | None) -> None:
    assert safe_url(url) is None


def test_an_address_of_the_web_stays_as_it_is() -> None:
    assert safe_url("https://a.example/خوست?q=1#x") == "https://a.example/خوست?q=1#x"
