"""Names of victims in Urdu, Pashto and Dari: no capitals, so the words before and after a name say where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.tokens import word_set
from geo.victims.pieces import cut_long

_LETTERS = r"[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff\u0750-\u077f\u200c\u200d]+"
_WORD = re.compile(_LETTERS)
_LONGEST = 4
"""Words of a name."""
_REACH = 120
"""Code points around a name that tell what it is."""
_HARM = re.compile(
    "لاش|اجساد|جسد|شہادت|شہید|شهید|شہدا|شهدا|جاں بحق|جان ?بحق|ہلاک|هلاک|زخمی|مقتول|دم توڑ|مارے گئے|مارا"
    " گیا|اغوا|لاپتہ|وژل|ووژ|ټپي|ټپیا|مړ|تښتول"
    "|کشته|جان ?باخت|جان\u200cباخت|قربانی|مجروح|ربوده|ناپدید|نومې|نومی"
)
_RANKS = (
    "لانس نائیک|لانس حوالدار|نائب صوبیدار|لیفٹیننٹ کرنل|ہیڈ کانسٹیبل|سب انسپکٹر|اے ایس"
    " آئی|سپاہی|نائیک|حوالدار|صوبیدار میجر|صوبیدار"
    "|کیپٹن|میجر|لیفٹیننٹ|کانسٹیبل|انسپکٹر|اہلکار|سرباز|سرتېری|سرتیری|عسکر|ساتنمن|ځوان|جگتورن|تورن"
)
_STOP = word_set(
    "نے کے کی کا میں سے پر کو اور و او شامل ہیں ہے تھے تھا ہوئے ہوا ہوگئے ہو گئے گیا گئی جو کہ جن جنہیں ان کو اس"
    " وہ یہ بھی نامی نام"
    " شوی شوي شو شوه سو شول دي ده دی په د له تر کې چې هم شته نومی نومې نومېده نومیده نومیږي کس تنه یو یوه دوه درې سره"
    " در از به با که را شد شدند شده است اند بود بودند گفت نیز دیده هم این آن دو سه یک تن نفر باشنده دختر پسر"
    " داشتند داشت شناسایی"
    " ہسپتال جھڑپ دہشت فائرنگ شہید شهید شہدا زخمی ہلاک مقتول شخص افراد سپاہی نائیک حوالدار کیپٹن میجر لانس"
    " اہلکار سرباز پولیس فوج"
    " ویاند ترجمان سخنگوی وزیر گورنر والی کمشنر بتایا کہا وویل ویلي شخصی فردی طالبان دھماکے واقعے واقعہ حملے"
    " حملہ درگیری پوستہ"
    " ہونے والے والوں والا ہوگیا ہوگئی دکاندار دوکاندار خبریال خبرنگار ښوونکی استاد ماشوم نجلۍ زوی لور ورور کور"
    " کار آباد علاقے ضلع"
    " وژل ووژل خبر همسرش پسرش دخترش برادرش اس ان جام شہادت نوش لگنے گولہ مارٹر لگنے جاں بحق باخت پاکستانی افغان"
    " هندی ایرانی طرف مقابل کشته چهار پنج شش هفت هشت نه ده اسیر چل بسے ڈیرہ صوبے ولایت ولسوالۍ ولسوالی نے،"
    " عبارتند شامل، ودیګر دیگر نور"
)
"""Words that are in no name, and end one; "نور" begins names and means "other" elsewhere."""
_SHORTEST = 2
"""Words of a name that nothing but its words tells."""
_PLACES = frozenset(("میر علی", "غلام خان", "اسماعیل خان", "لعل پور", "علی خیل", "شاه ولی"))
"""Places of the border that are called as people are."""
_ENDERS = word_set("جان\u200cباختگان کشته\u200cشدگان قربانیان زخمیان شهیدان مقتولین زخمیوں")
"""Words for those who died, with which no name goes on."""
_PARTS = word_set(
    "احسان عبدالمنان محراب تاج سکینہ سکینه شمس الحق نازو مومن ایمل اېمل عجب لایبه لائبہ جانان ملک امجد ہارون"
    " هارون مسیح بادشاہ پیر اکرم رضوان عرفان نعیم سلیم سلیمان کمال شائستہ شایسته مریم فاطمہ فاطمه زینب عائشہ"
    " عایشه رفیع رفیق صابر اعجاز کریم دانش رضا عمران ذیشان شاہد"
    " شاهد عدنان وقار طارق بلال عثمان عمر فہد فهد جنید طیب سعد حمزہ حمزه اسامہ اسامه ارسلان فضل ربی حیات زمان"
    " اسد افضل شیر شېر جنت زرمینہ"
    " زرمینه پلوشہ پلوشه نسیمہ نسیمه بانو بخت زادہ لعل دوست میر امیر امین رحیم داد عبدالله عبداللہ عبدالرحمن"
    " عبدالکریم غلام حاجی ملا جمیل"
    " جاوید خالد پرویز نوید فیصل کامران فاروق سعید سید زبیر یوسف ابراہیم ابراهیم اسماعیل ادریس ایوب ظاہر ظاهر"
    " نذیر بشیر حبیب سمیع نقیب"
    " نوري امیري احمدي کریمي رحیمي نوری امیری احمدی کریمی رحیمی عظیمی امینی حیدری یوسفزئی بی‌بی خان شاہ شاه گل"
    " ګل ولی علی اللہ الله احمد محمد الدین دین زادہ زاده رحمان رحمن جان بی بی بیگم حسین حسن اقبال حیدر نواز"
    " محمود مہمند وزیر آفریدی محسود خٹک اورکزئی شینواری"
)
_FIRST = word_set("نور وزیر")
"""Words that may stand in a name beside another, whatever else they mean."""
_SPEAKS = re.compile(r"^(?:[،,]?[^۔.؛\n]{0,60}?)?(?:\s|،)(?:نے (?:کہا|بتایا|مذمت)|وویل|وايي|گفت|ویلي)")

_COUNTS = word_set(
    "ایک دو تین چار پانچ چھ سات آٹھ نو دس کئی یک سه چهار پنج شش هفت هشت نه ده چند یو درې څلور پنځه نهه اووه اته لس تن"
)
_ONE = "".join(f"(?<!{word} )(?<!{word} زخمی )" for word in (*sorted(_COUNTS), r"\d"))
"""What stands before several whom nobody names."""
_BEFORE = [
    (re.compile(f"(?:^|\\s){_ONE}(?:{_RANKS})\\s+"), 2),
    (re.compile(r"(?:اجساد|جسد|لاش|لاشیں|جنازه|جنازې|پیکر)\s+"), 2),
    (re.compile(r"شناخت\s+"), 3),
    (re.compile(r"(?:کا|کے)\s+نام(?:وں)?\s+(?:میں\s+)?"), 3),
    (re.compile(r"نومونه\s+"), 3),
    (re.compile(r"(?:به\s+|بـ?)نام(?:\u200cهای|های|\s+های)?\s+"), 3),
    (re.compile(r"(?:شہدا|شہید ہونے والوں|جاں بحق ہونے والوں|ہلاک ہونے والوں|ہلاک شدگان|زخمیوں|زخمی ہونے والوں"
    r"|مقتولین|جاں بحق افراد|لاپتہ افراد)\s+(?:میں|کے نام)\s+"), 3),
    (re.compile(r"(?:شهیدانو|وژل شویو|ټپیانو|مړو|قربانیانو|تښتول شویو)\s+(?:کسانو\s+)?کې\s+"), 3),
    (re.compile(r"(?:کشته\u200cشدگان|کشته شدگان|قربانیان|جان\u200cباختگان|جان باختگان|زخمیان|زخمی\u200cها|شهدا"
    r"|شهیدان|ربوده\u200cشدگان)\s*(?:عبارتند\s+از\s*|عبارت\s+اند\s+از\s*)?[:،]\s*"), 3),
    (re.compile(rf"(?:^|[\s،]){_ONE}(?:شهید|مقتول|مرحوم)\s+"), 2),
]  # fmt: skip
"""What stands before names, and how many words one may have."""
_AFTER = [
    (re.compile(r"\s+(?:نامی|نومی|نومې|نومیده|نومېده|نومیدله|نومېدله|نومیږي|نومېږي)(?![\u0620-\u06ff])"), 2),
    (re.compile(r"\s+په\s+(?:نوم|نامه|نوم‌)(?![\u0620-\u06ff])"), 2),
    (re.compile(r"\s+نام\s+داشت"), 3),
]  # fmt: skip
"""What stands after a name."""
_KIN = re.compile(
    r"(?:(?:ان|اس)\s+(?:کا|کی|کے)\s+|د\s+هغه\s+)?(?:بیٹا|بیٹی|بھائی|زوی|لور|ورور|اہلیہ|بیوی|شوہر|ماں|باپ|بہن"
    r"|والد|والدہ|همسرش|خواهرش|مادرش|پدرش|مېرمن|خور|پسرش|دخترش|برادرش)\s+"
)
_JOINT = re.compile(r"(?:\s*\([^()\n]{1,40}\))?\s*(?:[،,؛]\s*(?:اور|او|و)?\s*|\s+(?:اور|او|و)\s+)")


def find_arabic(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name of a victim."""
    if not _HARM.search(text):
        return
    for sentence in re.finditer(r"[^۔.!؟\n]+", text):
        for start, end in cut_long(*sentence.span()):
            piece = text[start:end]
            if _HARM.search(piece):
                yield from ((start + first, start + last) for first, last in _find_in(piece))


_TITLE = re.compile(
    r"(?:وزیر|گورنر|کمشنر|ترجمان|سخنگوی|ویاند|والی|ملا|مولوی|مولانا|مفتی|جنرل|قوماندان|کمانڈر|صدر|رئیس|وزارت"
    r"|سرپرست|مرستیال|پولیس|حافظ"
    r"|ڈیرہ|ضلع|ولسوالۍ|ولسوالی|تحصیل|علاقے|شہر|ښار|شهر|ولایت|کلي|قریه|دفاع|داخلہ|خارجہ|کورنیو"
    r"|چارو)(?:[\s،]+\S+){0,2}[\s،]*$"
)
"""What stands before one who speaks, or before a place."""


def _find_in(sentence: str) -> Iterator[tuple[int, int]]:
    for cue, most in _BEFORE:
        for found in cue.finditer(sentence):
            yield from _take_list(sentence, found.end(), most)
    yield from _find_likely(sentence)
    for cue, most in _AFTER:
        for found in cue.finditer(sentence):
            yield from _take_back(sentence, found.start(), most)


def _take_list(sentence: str, at: int, most: int) -> Iterator[tuple[int, int]]:
    """The name that begins here, and those that follow it in a list."""
    while True:
        for lead in (_KIN, re.compile(f"(?:{_RANKS})\\s+")):
            skipped = lead.match(sentence, at)
            at = skipped.end() if skipped else at
        end = _end_of_name(sentence, at, most)
        if end == at:
            return
        if not _SPEAKS.match(sentence[end : end + _REACH]):
            yield at, end
        joint = _JOINT.match(sentence, end)
        if not joint:
            return
        at = joint.end()


def _end_of_name(sentence: str, at: int, most: int) -> int:
    """Where a name ends; at its start when there is none."""
    end, count = at, 0
    while count < _LONGEST:
        found = _WORD.match(sentence, end if not count else end + 1)
        if not found or (count and sentence[end : end + 1] != " "):
            break
        word = found.group()
        if (word in _STOP and word not in _FIRST) or word.startswith(("شده", "شوي", "شوی")):
            break
        if count >= most - (most == 3) and word not in _PARTS:
            break
        end, count = found.end(), count + 1
    return end


def _take_back(sentence: str, end: int, most: int) -> Iterator[tuple[int, int]]:
    """The name that ends here, and those before it in a list."""
    while True:
        start, count, at = end, 0, end
        while count < most:
            found = re.compile(rf"({_LETTERS})$").search(sentence, max(0, at - _REACH), at)
            if not found or found.group() in _ENDERS or (found.group() in _STOP and found.group() not in _FIRST):
                break
            start, count = found.start(), count + 1
            if sentence[start - 1 : start] != " ":
                break
            at = start - 1
        if not count:
            return
        yield start, end
        joint = re.compile(r"(?:\s*[،,]\s*|\s+(?:اور|او|و)\s+)$").search(sentence, max(0, start - _REACH), start)
        if not joint:
            return
        end = joint.start()


def _find_likely(sentence: str) -> Iterator[tuple[int, int]]:
    """Two or three words in a row that are common in names, where harm is told of, unless a title or place is"
    " before."""
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(sentence)]
    place = 0
    while place < len(words):
        last = place
        while (
            last < len(words)
            and words[last][2] in _PARTS
            and (last == place or words[last][0] - words[last - 1][1] == 1)
        ):
            last += 1
        start, end = words[place][0], words[last - 1][1]
        before, after = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
        named = last - place >= _SHORTEST and sentence[start:end] not in _PLACES
        if named and not _TITLE.search(before) and not _SPEAKS.match(after):
            yield start, end
        place = max(last, place + 1)
