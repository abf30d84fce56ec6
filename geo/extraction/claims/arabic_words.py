"""The Urdu, Pashto and Dari words that claims are read by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.extraction.claims.parties import TAKEOVER, Parties

# ---- harm ------------------------------------------------------------------------------------------------------------
HARMS = {
    "ur": re.compile(
        r"(?P<killed>ہلاک|جاں بحق|جاں‌بحق|شہید|مار[ےای] گئ|مارا گیا|جان کی بازی|لقمہ اجل|قتل|جان سے|موت|اموات|دم توڑ"
        r"|شہادت|چل بس|انجام کو پہنچ|قربان ہو|جہنم واصل|واصل جہنم)"
        r"|(?P<wounded>زخمی|زیرِ? علاج)|(?P<captured>قبض[ہے]|یرغمال|اغوا|گرفتار)|(?P<destroyed>تباہ|مسمار|نذرِ? آتش)"
        r"|(?P<displaced>بے گھر"
        r"|نقل مکانی|چلے گئے)"
    ),
    "ps": re.compile(
        r"(?P<killed>ووژل|وژل|وژن|مړه|مړو|مړينه|مړینه|شهیدان|شهید شو|ژوند له لاسه|ژوند بایل|ساه ورکړ|مرګ(?! ?ژوبل|ون))"
        r"|(?P<wounded>ټپيان|ټپیان|ټپي|ټپی|ټپونه|زخمي|زخمیان|ژوبل)|(?P<captured>نیول|تښتول|اسیر|قبضه|ونیول)"
        r"|(?P<destroyed>ویجاړ|تباه|ړنګ|نړېدل|نړول|سوځول)|(?P<displaced>بې ځایه|بېځایه|کډه|وتلې دي|وتلي دي|پرې ایښ)"
    ),
    "fa": re.compile(
        r"(?P<killed>کشته|کشتند|کشتار|جان باخت|جان‌باخت|جان خود را از دست|جان‌شان را از دست|شهید|هلاک|به قتل|مرگ"
        r"|از پا درآم|از بین رفت|جان داد)"
        r"|(?P<wounded>زخمی|مجروح|زخم برداشت)|(?P<captured>اسیر|ربوده|ربودن|گروگان|تصرف|بازداشت|دستگیر)"
        r"|(?P<destroyed>تخریب|نابود|ویران|منهدم)|(?P<displaced>بیجا|بی‌جا|آواره|ترک کرد|ترک گفت)"
    ),
}
HARM_BEFORE = {
    "ur": re.compile(
        r"(?:(?P<wounded>زخمیوں|زخمی (?:افراد|ہونے والوں))|(?P<killed>ہلاکتوں|(?:ہلاک|جاں بحق|شہید) (?:\S+ ){0,2}?"
        r"(?:افراد|اہلکاروں|فوجیوں|شہریوں|ہونے والوں)|مرنے والوں|اموات))"
        r"[^،۔]{0,18}(?:تعداد|کل)(?: بڑھ کر| اب)?\s*\Z"
    ),
    "ps": re.compile(
        r"(?:(?P<wounded>ټپیانو|زخمیانو)|(?P<killed>وژل شویو|مړو))[^،.]{0,14}(?:شمېر"
        r"|شمیر)[^،.]{0,6}(?:له \S+ (?:څخه )?)?\Z"
    ),
    "fa": re.compile(
        r"(?:(?P<wounded>زخمی|مجروح)|(?P<killed>کشته))\s+شدن\s*\Z|(?<!\w)(?P<killed22>مرگ|جان)\s+\Z"
        r"|(?:شمار|تعداد|آمار) (?:(?P<wounded2>زخمی|مجروح)|(?P<killed2>کشته|قربانی|جان‌باخت))[^،.]{0,60}?(?:\s(?:از"
        r"|به|را|تا))\s*\Z"
    ),
}
GREW = {
    "ur": re.compile(r"(?!)"),
    "ps": re.compile(r"له\s*\Z"),
    "fa": re.compile(r"\sاز\s*\Z"),
}
"""What stands before the old one of two tolls ("from five to seven")."""
PARTS = {
    "ur": re.compile(
        r"(?:(?P<wounded>زخمیوں|زخمی ہونے والوں)|(?P<killed>مرنے والوں|ہلاک ہونے والوں|جاں بحق ہونے والوں"
        r"|جاں بحق افراد))\s+میں\s*\Z"
    ),
    "ps": re.compile(r"(?:(?P<wounded>ټپیانو|زخمیانو)|(?P<killed>وژل شویو|مړو))\s+کې\s*\Z"),
    "fa": re.compile(r"(?:در )?(?:میان|بین) (?:(?P<wounded>زخمی)|(?P<killed>کشته))\S*\s*\Z"),
}
"""What makes the count after it a part ("among the dead two children")."""
PARTS_AFTER = re.compile(r"\s*\S*\s*(?:هم |نیز |بھی )?(?:در|از) (?:میان|جمله) (?:(?P<wounded>زخمی)|(?P<killed>کشته))")
CRITICAL = re.compile(r"\s*(?:کی حالت|تن حال|کسانو حالت|تنو حالت|تن آنان)[^،۔.]{0,12}(?:تشویشناک|نازک|وخیم|خراب)")
NOTHING = {
    "ur": re.compile(
        r"(?P<reported>(?:کسی|کوئی) جانی نقصان کی (?:کوئی )?اطلاع نہیں)"
        r"|(?P<none>(?:کوئی|کسی) (?:جانی نقصان|نقصان|ہلاکت|شخص|فوجی|اہلکار|شہری)[^۔،]{0,24}نہیں)"
    ),
    "ps": re.compile(
        r"(?P<reported>د مرګ ژوبلې[^.]{0,24}راپور نه)"
        r"|(?P<none>چا ته[^.]{0,16}نه (?:دی|ده) (?:اوښتی|رسېدلی)|مرګ ژوبله نه|هې[څڅ]وک (?:نه دي |نه دی )?(?:وژل|ټپي"
        r"|مړ)|هېڅوک نه دي وژل شوي)"
    ),
    "fa": re.compile(
        r"(?P<reported>تلفاتی گزارش ن|گزارشی از تلفات[^.]{0,20}ن(?:شد|یست|داد))"
        r"|(?P<none>به [^.،]{2,40} آسیبی نرسید\w*|به کسی آسیب نرسید\w*|کسی آسیب ندید\w*|تلفاتی (?:در پی )?نداشت\w*"
        r"|هیچ[‌\s]?\S+(?:\s\S+){0,3}?\s(?:کشته|زخمی)(?:\sیا\s\S+)?\s(?:نشده|نشد)\w*)"
    ),
}
DENIALS = {
    "ur": re.compile(
        r"تردید (?:کی|کر)|مسترد (?:کیا|کر)|کوئی (?:کارروائی|حملہ|گولہ|فائر\S*|گولی) نہیں"
        r"|(?:بے بنیاد|غلط|جھوٹ\S*) قرار|درست نہیں مان|کی نفی|تسلیم نہیں"
    ),
    "ps": re.compile(
        r"رد (?:کړ|کړې|کړل|کړه|کوي|کړی)|انکار (?:کړ|وکړ)|تردید|دروغ (?:بللي|بولي)|ونه مان|نه مني|بې‌?\s?بنسټه"
    ),
    "fa": re.compile(
        r"هیچ (?:عملیات|حمله)\w* [^.،]{0,40}(?:نشده است|نشده|نکرده|نداده)|رد کرد\w*|تکذیب کرد\w*"
        r"|بی‌?\s?اساس خواند|صحت ندار\w*|دور از واقعیت|نادرست خواند"
    ),
}
SILENCES = {
    "ur": re.compile(r"(?:تبصرہ|ردِ?\s?عمل|جواب|موقف)\s*(?:\S+\s+){0,3}نہیں|خاموش"),
    "ps": re.compile(r"(?:غبرګون|تبصره|څرګندون[هې])\s*(?:\S+\s+){0,2}نه|څه نه دي ویلي|ځواب نه"),
    "fa": re.compile(
        r"واکنش\S* نشان ن\w+|اظهار\s?‌?نظر\S* نکرد\w*|پاسخ\S* نداد\w*|چیزی نگفت\w*|(?:ابراز نظر|تبصره‌ای) نکرد\w*"
    ),
}

# ---- who says so -----------------------------------------------------------------------------------------------------
_CUES = {
    "ur": r"کے مطابق|کا کہنا ہے|کا کہنا تھا|کا دعویٰ ہے|کا الزام ہے|کے بقول|کے حوالے سے"
    r"|نے(?=\s[^۔]{0,160}(?:کہا|بتای|بتائ|دعو|الزام|مسترد|تردید|تصدیق|اعتراف|اعلان|خبر دی))",
    "ps": r"په وینا|وايي|وایي|وویل|ویلي|ویل|له مخې|په حواله|خبر ورکړ|رپوټ ورکړ|تایید کړ"
    r"|اعلان کړ|ادعا|رد کړ|تورن کړ|وښود|ښيي|پخلی|یاد کړ|ونه مان",
    "fa": r"گفت(?!‌?\s?و\s?‌?گو)|گفته"
    r"|می‌گوی|میگوی|اعلام کرد|گزارش (?:داد|کرد)|تأیید کرد|تایید کرد|خبر داد(?!ه)|افزود|ادعا کرد|نوشت|خبر دادند"
    r"|(?<!\w)رد کرد|تکذیب کرد|نشان ن",
}
"""Words of saying that follow their source."""
_BEFORE_SOURCE = r"(?:به|بنا بر) گفتهٔ?|به نقل از|بر اساس گزارش|به قول"
_AGENCIES = r"طلوع نیوز|پژواک"
_LONGEST_SOURCE = {"ur": 70, "ps": 82, "fa": 120}
"""Code points of a source and what opens it, at most."""
_SPEECH = {
    "ur": re.compile(rf"(?P<source>[^،۔؛]{{2,70}}?)\s+(?:{_CUES['ur']})|(?P<after>(?!))"),
    "ps": re.compile(rf"(?:د |)(?P<source>[^،.؛]{{2,80}}?)\s+(?:{_CUES['ps']})|(?P<after>{_AGENCIES})"),
    "fa": re.compile(
        rf"(?:{_BEFORE_SOURCE})\s+(?P<after>[^،.؛]{{2,60}})|(?P<source>[^.؛]{{2,120}}?)\s*(?:{_CUES['fa']})"
    ),
}
_SPOKEN = {
    "ur": re.compile(_CUES["ur"]),
    "ps": re.compile(f"{_CUES['ps']}|{_AGENCIES}"),
    "fa": re.compile(f"{_BEFORE_SOURCE}|{_CUES['fa']}"),
}
"""Words of which every match of the pattern of speech holds one."""


def find_speech(text: str, language: str) -> Iterator[re.Match[str]]:
    """Each word of saying of a sentence with its source: ``source`` before it, ``after`` behind it.

    A source may begin anywhere, and looking for the word of saying from everywhere is slow: so the word is found
    first, and the search begins no earlier than its longest source would.
    """
    speech, spoken, longest = _SPEECH[language], _SPOKEN[language], _LONGEST_SOURCE[language]
    done = 0
    while cue := spoken.search(text, done):
        end_of_source = done + len(text[done : cue.start()].rstrip())
        found = speech.search(text, max(done, end_of_source - longest))
        if found is None:
            return
        yield found
        done = found.end()


PRONOUNS = {
    "ur": re.compile(r"\s*(?:انہوں|ان|اس|یہ)\s*\Z"),
    "ps": re.compile(r"\s*(?:هغه|نوموړي|نوموړی|دی|دوی|دغه سرچین\S*)(?: \S+ ته)?\s*\Z"),
    "fa": re.compile(r"\s*(?:او\b|وی\b|آنان|آن‌ها|این وزارت|این مقام|این منبع|این نهاد|این سازمان|این اداره)\b"),
}
OWN = re.compile(r"\bاپنے\b|\bخپل\w*|\bخود\b")
_PARTIES = (
    ("un", re.compile(r"یوناما|ملل متحد|سازمان ملل|اقوام متحدہ|ملګرو ملتونو|ملګري ملتونه")),
    ("medical", re.compile(r"شفاخانه|روغتون|ہسپتال|اسپتال|ڈاکٹر|داکتر|بیمارستان|ریسکیو|روغتیا|صحت عامه")),
    ("ngo", re.compile(r"صلیب سرخ|هلال احمر|ہلال احمر|ایدھی|خیریه|سره صلیب")),
    ("group:TTP", re.compile(
        r"تحریک طالبان پاکستان|ٹی ٹی پی|تي تي پي|ټي ټي پي"
        r"|پاکستان[يی] طالبان|طالبان پاکستان"
    )),
    ("group:ISKP", re.compile(r"داعش")),
    ("local", re.compile(
        r"باشندگان|ساکنان|مکین|سیمه‌ییز|سیمه ییز|شاهدان|عینی شاہد"
        r"|اوسېدونک|مقامی (?:لوگ|افراد|ذرائع)|منابع محلی|لواحقین|رشتہ دار|عمائدین"
        r"|(?<!\w)(?:خلک|مردم|مشران|خپلوان|بستگان|خویشاوند\w*|بزرگان)(?!\w)"
    )),
    ("state:AF", re.compile(
        r"طالبان|مجاهد|مجاہد|کابل|اسلامي امارت|امارت اسلامی"
        r"|افغان (?:حکام|وزارت)|فطرت|قول اردو"
    )),
    ("state:PK", re.compile(
        r"آئی ایس پی آر|اسلام[\s‌]?آباد|اسلام[\s‌]?اباد|چودھری|چودهری"
        r"|پاکستان[يی]? (?:فوج|پوځ|ارتش|حکام|وزارت)|ارتش پاکستان|پاک فوج"
    )),
    ("state", re.compile(
        r"فوج|پولیس|فرماند|قومند|سی ٹی ڈی|سکیورٹی|سیکیورٹی|حکام|ارتش|پوځ|چارواک|مقام|سخنگو|ترجمان"
        r"|انتظامیہ|وياند|ویاند|وزارت|کمشنر|والی|رئیس|نظامی|مس[ئؤو]و?ول|دفتر|پولیسو|امنیتي سرچین"
    )),
    ("media", re.compile(
        r"طلوع|آریانا|آمو|رسن[ۍیو]|رسانه|تلویزیون|ٹی وی|میڈیا|خبر رساں|روئٹرز"
        r"|رویترز|رادیو|راډیو|نیوز|خبرگزاری|آژانس|ڈان"
    )),
    ("other", re.compile(r"منبع|ذرائع|سرچین")),
)  # fmt: skip


def claimant_party(words: str, parties: Parties) -> str:
    """The party of a source, by its words; an office without a country is that of the article's main country."""
    found = next((party for party, pattern in _PARTIES if pattern.search(words)), "other")
    if found == "other" and (code := _country_named_first(words, parties)) and _SOURCES.search(words):
        return f"state:{code}"
    if found != "state":
        return "group:Taliban" if found == "state:AF" and _is_insurgent(words, parties) else found
    code, office = _country_named_first(words, parties), _OFFICE.search(words)
    if office and code:
        parties.heads[office[0]] = f"state:{code}"
    elif office and office[0] in parties.heads:
        return parties.heads[office[0]]
    code = code or arabic_default(parties)
    return f"state:{code}" if code else "other"


_OFFICE = re.compile(r"وزارت|فوج|ارتش|پوځ|دفتر|پولیس")
"""An office that is that of the same country when it is named again without one."""


_SOURCES = re.compile(r"منبع|منابع|ذرائع|سرچین")


def _country_named_first(words: str, parties: Parties) -> str | None:
    """The country that the words of a source name first, by itself or by a place in it."""
    known = [("افغان", "AF"), ("پاکستان", "PK"), *parties.nations.items()]
    found = [(words.find(name), code) for name, code in known if name in words]
    return min(found)[1] if found else None


def _is_insurgent(words: str, parties: Parties) -> bool:
    return "طالبان" in words and parties.published is not None and parties.published < TAKEOVER


def arabic_default(parties: Parties) -> str | None:
    """The country of the article's places, else the one it names more."""
    if parties.countries:
        return parties.countries[0][1]
    pakistan, afghanistan = parties.lower.count("پاکستان"), parties.lower.count("افغان")
    if not (pakistan or afghanistan):
        return "PK" if re.search(r"[ٹڈڑے]", parties.lower) else None
    return "PK" if pakistan >= afghanistan else "AF"


# ---- who was harmed --------------------------------------------------------------------------------------------------
_CIVILIANS = (
    r"شہری|بچ[ےہیو]\w*|خاتون|خواتین|عورت\w*|لڑک\w+|مزدور\w*|راہ گیر|صحافی|مسافر\w*|غیر\s?‌?نظامی\w*|کودک\w*"
    r"|زن(?:ان)?\b|دختر\w*|پسر\w*"
    r"|طفل\w*|اطفال|ملکي\w*|ملکی\w*|خبرنگار|ښځ\w+|ماشوم\w*|هلک\w*|نجون\w+|نجلۍ|خبریال\w*|ورزشکار|کرکٹر|طلبہ|طالب علم"
    r"|نوجوان\w*|والد(?:ہ|ین)?\b|بھائی\w*|بہن\w*|بیٹ[اےیو]\w*|ملازم\w*|استاد|اساتذہ|ڈرائیور\w*|دکاندار\w*|تاجر\w*|راہگیر\w*"
    r"|چرواہ\w*|کسانوں|رضاکار\w*|کارکن\w*|نمازی\w*|زائرین|دیہاتی\w*|قبائلی\w*|رہنما\w*"
    r"|ځوان\w*|شپون|شپان\w*|شپنو|ښوونک\w+|موټروان\w*|ورور|وروڼ\w*|پلار|زوی|زامن|کارکوونک\w+|کارګر\w*|بزګر\w*"
    r"|پدر|مادر|برادر\w*|خواهر\w*|راننده\w*|کارگر\w*|دهقان\w*|چوپان\w*|معلم\w*|آموزگار\w*|دانش‌?آموز\w*|بازرگان\w*|باشنده\w*"
    r"|روستایی\w*|مهاجر\w*|کارمند\w*"
)
_MILITANTS = (
    r"دہشت ?گرد\w*|شدت ?پسند\w*|عسکریت ?پسند\w*|جنگجو\w*|خوارج|حملہ آور\w*|شورشی\w*|تروریست\w*|مهاجم\w*|وسله وال\w*"
    r"|ترهګر\w*"
    r"|برید کوونک\w+|جنګیال\w+|افراد مسلح"
)
_FORCES = (
    r"فوجی\w*|اہلکار\w*|سپاہی\w*|پولیس|جوان\w*|سرباز\w*|نظامی\w*|عسکر\w*|سرتېر\w+|پوځي\w*|افسر\w*|نیرو\w*|ځواک\w*|محافظ\w*|مرزبان\w*"
    r"|لیویز|کانسٹیبل\w*|ساتونک\w+"
)
_PEOPLE = (
    r"افراد|لوگ\w*|شخص|سړ[یيو]\w*|عضو\w*|اعضا\w*|اشخاص|تن(?:ه|و)?\b|نفر|کس(?:ان|ه)?\b|نارینه|نور(?:و)?\b|دیگر|مرد\w*|طالب(?:ان)?\w*"
    r"|جان\b(?!\s*(?:باخت|داد|خود|ب))|ارکان|رکن|کمانڈر\w*|قوماندان\w*"
)
_OBJECTS = (
    r"چوک[یي]\w*|ٹھکان\w+|ٹینک\w*|گاڑ\w+|پوست\w+|پاسگاه\w*|تانک\w*|ټانک\w*|مورچ\w+|خانه\w*|گھر\w*|مکان\w*"
    r"|کور(?:ونه)?\b|ڈرون\w*"
)
_HEAD = re.compile(
    rf"(?:\s*(?:\w|‌)+){{0,3}}?\s*\b(?P<word>(?P<person>{_CIVILIANS}|{_MILITANTS}|{_FORCES}|{_PEOPLE})"
    rf"|(?P<object>{_OBJECTS}))"
)
_PERSON = re.compile(rf"(?<!\w)(?:{_CIVILIANS}|{_MILITANTS}|{_FORCES})")
ALONE = {
    "ur": re.compile(r"\s*(?:ہوا|ہو\s?گیا|ہوئی|ہو\s?گئی|کر\s?دیا|کردیا|گیا|گئی)(?!\w)"),
    "ps": re.compile(r"(?!)"),
    "fa": re.compile(r"(?!)"),
}
"""The verb of one, after a word of harm: what tells that a noun without a count is one person."""


def person_before(text: str) -> re.Match[str] | None:
    """The person named last in some words; None when they name none."""
    return max(_PERSON.finditer(text), key=lambda found: found.start(), default=None)


_SUBJECTS = (
    ("militants", re.compile(rf"پاکستان[يی] طالبان|ټي ټي پي|{_MILITANTS}")),
    ("civilians", re.compile(_CIVILIANS)),
    ("forces", re.compile(_FORCES)),
    ("objects", re.compile(_OBJECTS)),
)


_JOINTS = re.compile(r"(?<!\w)(?:کې|کښې|په|میں|سے|در|از|به|تر|پر)(?!\w)")


WHOSE = re.compile(r"\s+(?:پاکستان[يی]|افغان\w*|ایران[يی]|طالبان?)(?!\w)")
"""The country of those counted, where it follows their word: "nine Pakistani soldiers"."""
AGENT = re.compile(r"\s+نے(?!\w)")
"""What makes the one counted in Urdu who does something: "an official said"."""


def head_of(after: str, language: str) -> tuple[str, int, str] | None:
    """Those counted right after a number: the word, where it ends, and whether persons or objects; None for others."""
    found = _HEAD.match(after)
    between = after[: found.start("word")] if found else ""
    if found is None or any(mark in between for mark in "،.؛۔—") or _JOINTS.search(between):
        return None
    harm = HARMS[language].search(after)
    if harm and harm.start() < found.start("word"):
        return None
    return found["word"], found.end("word"), "person" if found["person"] else "object"


def subject_party(words: str, claimant: str, parties: Parties, inherited: str | None) -> str | None:
    """The party of those counted, by their words; a bare count takes that of the figure before it."""
    if not words.strip():
        return inherited or "people"
    if re.search(r"طالب(?:ان)?\b", words) and not re.search(r"پاکستان[يی] طالبان|طالب علم", words):
        return "forces:AF" if parties.published is None or parties.published >= TAKEOVER else "militants"
    party = next((name for name, pattern in _SUBJECTS if pattern.search(words)), "people")
    if party == "militants" and claimant == "state:AF":
        return "forces:AF"
    if party != "forces":
        return party
    code = "PK" if "پاکستان" in words else "AF" if "افغان" in words else claimant.removeprefix("state:")
    code = code if len(code) == 2 else arabic_default(parties) or ""
    return f"forces:{code}" if len(code) == 2 else None
