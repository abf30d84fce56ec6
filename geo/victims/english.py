"""Names of victims in English: ranks of the dead, "identified as", ages, lists, and who was shot or taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo.settings import data_folder
from geo.tokens import word_set
from geo.victims.pieces import cut_long

_RANK = (
    r"(?:(?:Lance|Naib|Head|Assistant|Deputy|Senior|Police|Levies|Border|Frontier)[ -])*"
    r"(?:Sepoy|Station House Officer|Naik|Havildar|Subedar(?:[ -]Major)?|Lieutenant(?:[ -]Colonel)?"
    r"|Lt\.?(?:[ -]Col\.?)?|Captain|Capt\.?"
    r"|Major|Maj\.?|Constable|Sub[ -]Inspector|Inspector|ASI|SHO|DSP|Private|Soldier|Sergeant|Corporal|Trooper|Gunner"
    r"|Signalman|Guard|Driver|Cadet|Colonel|Brigadier)"
)
_WORD = r"[A-Z][a-z]{1,30}(?:['’-][A-Za-z]{1,30}){0,3}"
_NAME = rf"{_WORD}(?:[ \u00a0](?:(?:ul|ur|ud|al|bin|bint|e)[ -])?{_WORD}){{0,4}}"
_KIN = r"teacher|friend|colleague|guard|driver|neighbour|son|daughter|wife|husband|brother|sister|father|mother"
r"|nephew|niece|cousin|uncle|child|baby|grandson"
_AGE = r"(?:,? \(?(?:aged? )?\d{1,2}\)?(?=[,;.) ]|$)|,? \([^()\n]{1,60}\)|, an? \d{1,2}-year-old(?: [a-z-]+){0,3})"
_ITEM = (
    rf"(?:(?:(?:[Hh]is|[Hh]er|[Tt]heir)(?: [a-z]+){{0,3}} "
    rf"|an? [a-z -]{{1,30}} )?(?:{_RANK} )?(?:the )?(?P<name>{_NAME})"
    rf"{_AGE}?)"
)
_NEXT = re.compile(
    rf"(?:(?:,|;),? (?:and )?| and |, as well as )(?:(?:(?:[Hh]is|[Hh]er"
    rf"|[Tt]heir)(?: [a-z-]+){{0,2}} (?:{_KIN})s?,? ))?"
    rf"(?:(?P<rank>{_RANK}) )?(?P<name>{_NAME}){_AGE}?"
)
"""What follows a name in a list."""
_TAIL = re.compile(rf"{_AGE}?")
_HARM = re.compile(
    r"\b(?:kill(?:ed|s|ing)?|slain|dead|die[sd]?|dying|deaths?|martyr\w*|shaheed|shot|wounded|injured|captured"
    r"|abduct\w*"
    r"|kidnap\w*|missing|victims?|casualt\w+|deceased|murdered|assassinated|beheaded|executed|perished|bod(?:y|ies)"
    r"|funerals?|buried|succumbed|fallen|la(?:id|ying|y) down (?:his|her|their) li\w+|lost (?:his|her|their) li\w+"
    r"|rubble|hostages?|hit|hits|shahadat|embraced|drowned|bled to death|pronounced|claimed the li\w+"
    r"|took the li\w+)\b"
)
_SPEAKS = re.compile(
    r"^(?:,? \(?(?:aged? )?\d{1,2}\)?,?)?(?:, [^.;\n]{0,90}?,)?,? ?(?:has |had |also |later |then )?(?:said|says"
    r"|told|tells|added|stated|claimed|confirmed|announced"
    r"|condemned|denied|denies|wrote|declared|insisted|warned|vowed|demanded|expressed|called (?:on|for)|visited"
    r"|offered|led the"
    r"|recalled|described|explained|noted|argued|reported|alleged|accused|urged|praised|paid tribute|put|puts"
    r"|gave|gives|spoke|counted|counts|quoted|listed)\b"
    r"|^, (?:an? |the |[Tt]aliban )?[^,.;\n]{0,40}spokes\w+"
)
_SPOKEN = re.compile(
    r"(?:\b(?:according to|quoted|by|led by|spokes(?:man|woman|person)|[Ss]pokes(?:man|woman|person)"
    r"|[Mm]inister|[Gg]overnor|[Cc]ommissioner|[Pp]resident|[Cc]hief|General|[Aa]mbassador|[Ss]ecretary|[Mm]ayor"
    r"|Mullah|Mulla"
    r"|Maulvi|Maulana|Mawlawi|Mufti|Hafiz|[Cc]ommander|[Ll]eader|[Aa]nalysts? such as|[Ee]nvoy|Justice|Senator"
    r"|MPA|MNA|Dr\.?)"
    r"(?: of [A-Z][a-z]+)?,?|\b(?:said|told) (?:his|her|their|the|a) (?:[a-z]+ ){0,2}[a-z]+,) $"
)
"""What stands before someone who speaks, or leads."""
_REACH = 200
"""Code points around a name that tell what it is."""
_SAID = re.compile(r"\b(?:said|says|told) $")
_BEFELL = re.compile(r"\b(?:was|were|had been|been|died|embraced|laid down|perished|succumbed|lost)\b")
_NO_NAME = word_set(
    "Afghan Afghans Afghanistan Pakistan Pakistani Pakistanis Taliban Tehreek Tehrik Army Force Forces Corps Police"
    " Ministry Minister Government Governor Province District Agency Rescue Hospital Frontier Border Durand Line"
    " Network"
    " Islamic Emirate State Security Constabulary Federal Services Service Council Court Prime President"
    " Commander General Spokesman Media"
    " Public Relations Inter News Radio Red Cross Crescent United Nations North South East West Northern"
    " Southern Upper"
    " Lower Eastern Western Valley Pass River Road Bazaar Gate Fort Camp Base Post Checkpost Airport University"
    " School"
    " College Mosque Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May"
    " June July"
    " August September October November December Khyber Pakhtunkhwa Balochistan Baluchistan Waziristan Kabul"
    " Islamabad"
    " Peshawar Quetta Kandahar Khost Kunar Paktika Paktia Nangarhar Nuristan Helmand Zabul Chaman Torkham Bannu"
    " Kurram"
    " Bajaur Mohmand Orakzai Tirah Swat Dir Chitral Karak Kohat Hangu Punjab Sindh Lakki Marwat Tank Wana Killa"
    " Qila Makeen Miran"
    " Mir-Ali Ghulam-Khan Spin Boldak Lashkar Jamaat Haqqani Daesh Khorasan Baloch Liberation Ittehad Mujahideen Iran"
    " Iranian India Indian China Chinese American British Muslim Pashtun Tajik Hazara English Urdu Pashto Eid Ramadan"
    " Facebook Twitter Telegram Whatsapp Reuters Dawn Ariana Tolo Associated Press Times Daily Post Human Rights"
    " Watch"
    " Counter Terrorism Department Operation Azm Istehkam Scouts Rifles Regiment Battalion Brigade Wing Unit Levies"
    " Wing Air Strike Strikes Airstrike Kashmir Punjabi"
)
"""Words of which none stands in the name of a person."""
_PLACE_NAMES = (
    "Mir Ali|Ghulam Khan|Dera Ismail Khan|Dera Ghazi Khan|Shah Wali Kot|Jani Khel|Lal Pur|Ali Sher|Haji Gak|Shah Joy"
    "|Gul Dara|Gul Kach|Wali Tangi|Ali Khel|Mali Khel|Baka Khel|Jan Khel|Landi Kotal|Nawa Pass|Angoor Adda|Zazi Maidan"
    "|Khan Khel|Hassan Khel|Ali Masjid|Jamal Khan|Mullah Khel"
)
_PLACES = frozenset(_PLACE_NAMES.split("|"))
"""Places of the border that are called as people are."""
_OPENERS = word_set(
    "The A An Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Several Many Some All Both Those These"
    " Their His"
    " Her He She It They We You I In On At By For From With And But Or As If When While After Before During"
    " Since Until"
    " Among Local Residents Officials Police Sources Witnesses Security Meanwhile However Earlier Later Another"
    " One At"
    " Hospital Funeral Doctors Relatives Villagers Elders Tribesmen Militants Terrorists Gunmen Unknown Soldiers"
    " Troops"
    " Fighters Civilians Children Women Men People No Not Only At Least More Most Over About Nearly Every Each Other"
    " This That There Here Who What Where Which Why How Also According Citing Dozens Hundreds Scores Family Shelling"
    " Names Victims Analysts Assistant Sub Inspector Deputy Head Lance Naib Constable Thirteen Fourteen Fifteen"
    " Sixteen Seventeen Eighteen Nineteen Twenty"
    " Its Nobody Everyone Everybody Altogether Man Woman Driver Boy Girl She's He's Mr Mrs Ms Today Yesterday"
    " Thirty Forty Fifty Sixty Seventy Eighty Ninety Hundred Hundreds Thousands Around"
)
"""Words that begin sentences, and are no first names."""
_PARTS = word_set(
    "Khan Gul Shah Wali Ali Ahmad Ahmed Muhammad Mohammad Mohammed Mohammadi Rahman Rehman Jan Bibi Begum Zada"
    " Zaman Hussain"
    " Hassan Hasan Husain Akbar Afzal Iqbal Javed Jamil Karim Rahim Rashid Hamid Hameed Majid Khalid Tariq Imran"
    " Usman Umar"
    " Omar Bilal Adnan Asad Asif Arif Noor Nur Mir Sher Sardar Wazir Malik Haji Abdul Abdullah Sadiq Salim"
    " Saleem Yusuf Yousaf"
    " Ibrahim Ismail Idris Ayub Zahir Nazir Bashir Habib Lal Dost Bakht Amir Ameer Fazal Ullah Din Uddin Zai"
    " Haider Hayat"
    " Nawaz Pervez Sabir Shafiq Latif Ghani Rauf Wahid Qadir Qayyum Jabbar Sattar Ghaffar Nabi Rasul Rasool Daud"
    " Dawood Musa"
    " Isa Zahid Shahid Sajid Wajid Abid Naveed Faisal Kamran Farooq Saeed Sayed Syed Sohail Zubair Junaid Hamza"
    " Osama Arslan"
    " Zeeshan Waqar Waqas Mehmood Mahmood Maqsood Dad Janat Jannat Meena Zarmina Palwasha Nasima Sahar Bano"
    " Bakhtawar Shireen"
    " Gulalai Fatima Zainab Ayesha Aisha Maryam Mariam Khadija Hamida Saima Amiri Noori Nazari Ahmadi Karimi"
    " Rahimi Sharifi"
    " Azizi Amini Haidari Yousafzai Yusufzai Afridi Mehsud Mahsud Wazir Khattak Orakzai Shinwari Mohmand"
    " Achakzai Kakar Durrani"
    " Stanikzai Zadran Mangal Tani Ahmadzai Barakzai Popalzai Noorzai Alizai Ishaqzai"
)
"""Words common in names of the region."""
_SUFFIX = re.compile(r"(?:ullah|ollah|uddin|zada|zai|gul|jan|khan|yar|mand)$")

_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|by|on|(?<!those )(?<!bodies )(?<!body )of|the|across|inside|outside|around|between"
    r"|towards?|with)"
    r"(?: [A-Z]\w+(?: [A-Z]\w+)?,?){0,3}(?: and)? $"
)
_NOT_THERE = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "in",
        "at",
        "near",
        "from",
        "to",
        "by",
        "on",
        "of",
        "across",
        "inside",
        "outside",
        "around",
        "between",
        "towards",
        "toward",
        "with",
    )
)
"""What stands before a place, or before who did it."""


@cache
def _parts() -> frozenset[str]:
    """The same, with the given names that keep people from being taken for places."""
    written = (data_folder() / "gazetteer" / "given_names.txt").read_text(encoding="utf-8")
    return _PARTS.union(
        written.split(), ("Pir", "Badshah", "Momin", "Ajab", "Laiba", "Malik", "Janan", "Popal", "Masih")
    )


_NAMED = re.compile(
    r"\b(?:(?:dead|victims|casualties|martyrs) as|identified(?: (?:the|them|him|her|one|two|both"
    r"|those)(?: [a-z]+){0,5})? as|named(?: as)?|names? (?:of [a-z ]{3,30} )?(?:as|is|are|was|were):?"
    r"|namely,?|whose names? (?:is|are|was|were))[: ]+(?:[a-z]+ )?(?=(?:[Hh]is |[Hh]er )?[A-Z])"
)
_LISTED = re.compile(
    r"\b(?:dead|killed|victims?|martyr(?:s|ed)?|wounded|injured|missing|deceased|abducted|kidnapped|captured"
    r"|slain|casualties|names)\b"
    r"[^:.\n]{0,40}(?<!said)(?<!says)(?<!added):[ \n]+(?:[-•*] ?)?(?=[A-Z])"
)
_AMONG = re.compile(
    r"\b[Aa]mong (?:the |those |them )?(?:[a-z]+ ){0,3}?(?:dead|killed|victims?|wounded|injured|martyr(?:s|ed)"
    r"|deceased|fallen|missing|abducted)"
    r"(?: [a-z]+){0,4}? (?:were|was|are|is) (?=[A-Z])"
)
_OF = re.compile(
    r"\b(?:bod(?:y|ies) of|death of|deaths of|killing of|killings of|murder of|martyrdom of|abduction of"
    r"|kidnapping of"
    r"|li(?:fe|ves) of|famil(?:y|ies) of|sons? of|widow of|those of|funerals?(?: prayers?)?(?: \w+){0,3}? (?:of"
    r"|for)|remains of|prayers? (?:of|for))(?: (?:the )?(?:[a-z]+ ){0,3})? (?=[A-Z])"
)
_OBJECT = re.compile(
    r"\b(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|martyr(?:ed|ing)|shot dead|shot and killed|abduct(?:ed|ing)"
    r"|kidnapp(?:ed|ing)|murdered|assassinated|beheaded|captured) (?:(?:[a-z-]+,? ){0,4})"
    rf"{_NOT_THERE}(?=[A-Z])"
)
_APPOSED = re.compile(
    r"\b(?:[Ss]lain|[Dd]eceased|[Mm]artyred|[Kk]illed|[Ww]ounded|[Ii]njured|[Kk]idnapped|[Aa]bducted|[Mm]issing"
    r"|[Dd]ead|[Vv]ictims?|[Mm]artyrs?|[Ff]allen)"
    rf"(?: [a-z-]+){{0,3}}(?:, | ){_NOT_THERE}(?=[A-Z])"
)
_PASSIVE = re.compile(
    rf"(?P<name>{_NAME})(?P<tail>{_AGE}?(?:,[^,.;:\n]{{0,80}},)?,? ?(?:"
    r"(?:was|were|is|are|had been|has been|have been|being|got)(?: [a-z]+ly)?(?: also| both| among| one of)? ?"
    r"(?:shot dead|shot|fatally shot|killed|martyred|wounded|injured|abducted|kidnapped|murdered|gunned down"
    r"|beheaded|executed"
    r"|missing|slain|(?:those|the) (?:martyred|killed|dead|wounded|injured|slain))"
    r"|(?:also )?(?:laid down (?:his|her|their)|embraced|died|perished|succumbed|lost (?:his|her|their) li\w+"
    r"|(?:has|had) died))\b)"
)
_ROLE = re.compile(
    r"\b(?:officers?|teachers?|schoolgirls?|schoolboys?|labou?rers?|drivers?|students?|shopkeepers?|farmers?"
    r"|journalists?|workers?"
    r"|guards?|policem[ae]n|engineers?|doctors?|vaccinators?|imam|traders?|residents?|villagers?|shepherds?"
    r"|boys?|girls?|m[ae]n"
    r"|wom[ae]n|child(?:ren)?|soldiers?|infant|teenagers?|brothers|sisters|cousins|father|mother|cleric|lawyer"
    r"|nurse|pilot)"
    r",? (?=[A-Z])"
)
_DASHED = re.compile(r"[a-z] [–—] (?=[A-Z][a-z]+(?: [A-Z][a-z]+)*(?:, [A-Z][^–—.]{0,80})? and [A-Z][^–—.]{0,40} [–—])")
_KINDRED = re.compile(rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) (?:[a-z-]+ ){{0,3}}(?:{_KIN})s?,? (?=[A-Z])")
_LIKELY = re.compile(
    rf"(?P<name>{_NAME})\b(?!['’-]?\w)(?! (?:group|faction|network|crossing|district|province|area|border|post"
    rf"|bazaar|road|gate|valley"
    r"|camp|tehsil|town|village|city|sector|pass|river|bridge|airport|hospital|school|tribe|clan|brigade)\b)"
)
"""A name that is likely a person's, where harm is told of; weaker than all other signs."""
_GENERAL = re.compile(r"(?:Major|Lieutenant|Brigadier|Lt\.?|Maj\.?)[ -](?:General|Gen\b)")
_RANKED = re.compile(rf"\b(?P<rank>{_RANK}) (?P<name>{_NAME})")
_AGED = re.compile(
    rf"(?P<name>{_NAME})(?:, (?:aged? )?\d{{1,2}}(?=[,;.]|$| (?:of|was|were|who|and|from|died)\b)"
    rf"|, aged \d{{1,2}}|,? \((?:aged? )?\d{{1,2}}\)|, an? \d{{1,2}}-year-old)"
)
_ITS_RANK = re.compile(rf"\b{_RANK} $")
_END = re.compile(r"[.!?](?=[\s”\"’])|\n[ \t]*\n")
_ABBREVIATION = re.compile(r"\b(?:Lt|Col|Capt|Maj|Gen|Dr|Mr|Mrs|Ms|St|No)\.$")


def find_english(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name of a victim."""
    if not _HARM.search(text.lower()):
        return
    for start, end in _split(text):
        yield from _find_in(text, start, end)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, very long ones in pieces; a rank's full stop ends none."""
    begin = 0
    for found in _END.finditer(text):
        if found.group() != "." or not _ABBREVIATION.search(text, max(begin, found.start() - 8), found.end()):
            yield from cut_long(begin, found.end())
            begin = found.end()
    yield from cut_long(begin, len(text))


def _find_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    if _HARM.search(sentence.lower()):
        for find in (_find_listed, _find_ranked, _find_likely, _find_harmed):
            yield from ((first + start, last + start) for first, last in find(sentence))


def _find_listed(sentence: str) -> Iterator[tuple[int, int]]:
    """Names after words that announce them."""
    for cue in (_NAMED, _LISTED, _AMONG, _DASHED, _OF, _KINDRED, _APPOSED, _ROLE, _OBJECT):
        for found in cue.finditer(sentence):
            yield from _take_list(sentence, found.end(), sure=cue not in (_APPOSED, _ROLE, _OBJECT))


def _find_ranked(sentence: str) -> Iterator[tuple[int, int]]:
    """Names after a rank below a general's."""
    for found in _RANKED.finditer(sentence):
        if not _GENERAL.match(sentence, found.start()):
            yield from _take_list(sentence, found.start("name"), sure=True)


def _find_likely(sentence: str) -> Iterator[tuple[int, int]]:
    """Names that are likely those of people, from their words alone."""
    for found in _LIKELY.finditer(sentence):
        name = _trim(sentence, found.start("name"), found.end("name"))
        if (
            name
            and " " in sentence[slice(*name)]
            and _is_likely(sentence[slice(*name)])
            and _is_subject(sentence, *name)
        ):
            yield name


def _find_harmed(sentence: str) -> Iterator[tuple[int, int]]:
    """Names of which it is said what befell them, or how old they were."""
    for pattern in (_PASSIVE, _AGED):
        for found in pattern.finditer(sentence):
            name = _trim(sentence, found.start("name"), found.end("name"))
            if name and _is_subject(sentence, *name):
                yield name
                yield from _take_before(sentence, name[0])


def _take_list(sentence: str, at: int, *, sure: bool) -> Iterator[tuple[int, int]]:
    """The name that begins here, and those that follow it in a list."""
    lead = re.compile(rf"(?:(?:[Hh]is|[Hh]er|[Tt]heir)(?: [a-z-]+){{0,3}} )?(?:{_RANK} )?(?P<name>{_NAME})").match(
        sentence, at
    )
    while lead:
        name = _trim(sentence, lead.start("name"), lead.end("name"))
        if name is None or not _is_name(sentence[slice(*name)], sure=sure):
            return
        if not _is_speaker(sentence, *name):
            yield name
        after = _TAIL.match(sentence, name[1])
        lead = _NEXT.match(sentence, after.end() if after else name[1])


def _take_before(sentence: str, end: int) -> Iterator[tuple[int, int]]:
    """The names that stand before another in a list: "Janat Gul and (Mir Hassan)"."""
    before = re.compile(
        rf"(?P<name>{_NAME}){_AGE}?(?:,? and |, )(?:(?:[Hh]is|[Hh]er"
        rf"|[Tt]heir)(?: [a-z-]+){{0,2}} (?:{_KIN})s?,? )?(?:{_RANK} )?$"
    )
    found = before.search(sentence, max(0, end - 160), end)
    while found:
        name = _trim(sentence, found.start("name"), found.end("name"))
        if name is None or not _is_subject(sentence, *name):
            return
        yield name
        found = before.search(sentence, max(0, name[0] - 160), name[0])


def _trim(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The name without words that only begin a sentence or a title; None when nothing is left."""
    rank = re.compile(rf"(?:{_RANK}) ").match(sentence, start, end)
    if rank:
        start = rank.end()
    words = sentence[start:end].split(" ")
    while words and words[0] in _OPENERS:
        start += len(words[0]) + 1
        words = words[1:]
    return (start, end) if words and start < end else None


def _is_name(name: str, *, sure: bool) -> bool:
    return _may_be_person(name) if sure else _is_likely(name)


def _may_be_person(name: str) -> bool:
    if name in _PLACES:
        return False
    words = re.split(r"[ -]", name)
    return not any(word in _NO_NAME or word in _OPENERS for word in words) and len(name) > 2


def _is_likely(name: str) -> bool:
    words = re.split(r"[ -]", name)
    return _may_be_person(name) and any(word in _parts() or _SUFFIX.search(word.lower()) for word in words)


def _is_speaker(sentence: str, start: int, end: int) -> bool:
    """Whether someone of this name speaks, or leads those who do."""
    before = _ITS_RANK.sub("", sentence[max(0, start - 60) : start])
    if _SAID.search(before) and not _BEFELL.search(sentence, end, end + _REACH):
        return True
    return bool(_SPEAKS.match(sentence[end : end + _REACH]) or _SPOKEN.search(before))


def _is_subject(sentence: str, start: int, end: int) -> bool:
    """Whether a name is that of a person whom something befell: no place, no one who says so, no organisation."""
    if _BEFORE_PLACE.search(sentence[max(0, start - 60) : start]):
        return False
    name = sentence[start:end]
    if " " not in name and not sentence[max(0, start - 4) : start].strip(" \"'“”‘’\n") and not _is_likely(name):
        return False  # any word begins a sentence with a capital
    return _may_be_person(name) and not _is_speaker(sentence, start, end)
