"""Words that say something happened, and what: one table a language, read once at import.

A phrase is found by its first word; ``..`` stands for up to three words between, ``*`` ends a word that may go on.
Weights rank the kinds a sentence speaks of: precise words ("suicide bomber") outweigh plain ones ("attack").
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal[
    "clash", "strike", "shelling", "ied", "suicide", "grenade", "chemical", "attack", "abduction", "sexual", "gain",
    "regain", "looting", "disrupted", "arrest", "protest", "riot", "mob", "agreement", "talks", "closure", "reopening",
    "refused", "returns", "base", "change", "transfer", "release",
]  # fmt: skip
"""What a word speaks of; ``events.name_event`` turns kinds into ACLED's sub-event types."""

VIOLENT: frozenset[Kind] = frozenset(
    ("clash", "strike", "shelling", "ied", "suicide", "grenade", "chemical", "attack", "abduction", "sexual", "gain",
     "regain", "looting", "disrupted", "mob")
)  # fmt: skip
"""Kinds that one event may mix."""
PRECISE: frozenset[Kind] = frozenset(
    ("clash", "strike", "shelling", "ied", "suicide", "grenade", "chemical", "abduction", "sexual", "looting",
     "disrupted")
)  # fmt: skip
"""Violent kinds that tell one event from another at the same place."""
AT_A_BORDER: frozenset[Kind] = frozenset(("closure", "reopening", "refused"))
"""Kinds that need a crossing or a border in the sentence: shops and schools close too."""


class Rule(NamedTuple):
    """One phrase of the tables."""

    rest: re.Pattern[str] | None
    """What must follow the first word; None for a single word."""
    kind: Kind
    weight: float


ENGLISH: tuple[tuple[Kind, float, str], ...] = (
    ("clash", 2.0,
     "clash; clashes; clashed; clashing; fighting; fought; skirmish; skirmishes; skirmished; gunfight; gunfights; "
     "gunbattle; gunbattles; gun battle; gun battles; firefight; firefights; shootout; shoot-out; exchange of fire; "
     "exchange of gunfire; exchanges of fire; fire was exchanged; gunfire was exchanged; shots were exchanged; "
     "fire .. exchanged; exchanged .. fire; exchanged .. gunfire; exchanging .. fire; traded .. fire; "
     "traded .. gunfire; trading .. fire; traded blows; shot back; fired back; returned .. fire; return fire; "
     "returning fire; answered .. fire; responded with .. fire; retaliatory fire; retaliatory firing; beat back; "
     "beaten back; repulsed; repulsing; repelled; repelling; fierce battle; battle; battles; battled; battling; "
     "hostilities; crossfire; engaged in; cross-border fighting; fire exchange; exchange of shots; gun-battle; "
     "gun-battles; effectively engaged; engaged the militants; engaged the terrorists; engaged the khwarij; "
     "engaged militants; engaged terrorists; engaged khwarij; foiled .. infiltration; foiling .. infiltration; "
     "thwarted .. infiltration; thwarting .. infiltration; infiltration .. foiled; infiltration .. thwarted"),
    ("clash", 1.8,
     "infiltration; infiltrate; infiltrated; infiltrating; infiltrator; infiltrators; trying to cross; "
     "trying to enter; trying to slip; trying to sneak; trying to get into; tried to cross; tried to enter; "
     "tried to slip; tried to sneak; attempting to cross; attempting to enter; attempting to sneak; "
     "attempted to cross; attempted to enter; crossing into; intruders; stopped a group; intercepted .. group; "
     "intercepted .. militants"),
    ("clash", 1.2,
     "encounter; encounters; intelligence-based operation; intelligence-based operations; "
     "intelligence based operation; sweep; search operation; clearance operation; security operation; "
     "raided .. hideout; fight; fights; operation against; operations against; in an operation; in operations; "
     "during an operation; an operation based; the operation; two operations; three operations; four operations; "
     "five operations; separate operations; different operations; first operation; second operation; third operation; "
     "another operation; follow-up operation; military operation; military operations; kinetic operation; ibo; ibos; "
     "operation conducted; operations conducted; operation was conducted; operations were conducted; "
     "conducted an operation; conducted operations; conducted .. operation; conducted .. operations; "
     "carried out .. operation; carried out .. operations; sanitisation operation; sanitization operation; "
     "engagement took place; engagements took place; separate engagements; different engagements; first engagement; "
     "second engagement; third engagement; another engagement; fire engagement; counterattack; counter-attack; "
     "offensive"),
    ("strike", 2.6,
     "airstrike; airstrikes; air strike; air strikes; air raid; air raids; air attack; air attacks; aerial strike; "
     "aerial strikes; aerial bombing; aerial bombardment; aerial attack; aerial attacks; drone strike; "
     "drone strikes; drone attack; drone attacks; warplane; warplanes; fighter jets; fighter jet; jets .. bombed; "
     "jets .. struck; aircraft bombed; aircraft .. bombed; aircraft .. struck; drones hit; drones struck; "
     "drone hit; drone struck; drones .. dropped; quadcopter; quadcopters; helicopter gunships; gunship; gunships; "
     "bombarded; bombardment; explosives-laden drone; explosives-laden drones; armed drone; armed drones; "
     "drone crashed"),
    ("strike", 2.0,
     "bombed; bombing raid; bombing raids; bombing eastern; strike on; strike in; strike against; strike near; "
     "strikes on; strikes in; strikes against; strikes near; strikes hit; strikes killed; strikes followed; "
     "strikes came; strikes targeted; strikes across; strikes that; strikes had; strikes were; strikes took; "
     "strikes destroyed; struck back; hit back; struck; glide bomb; glide bombs; precision strikes; drones; drone; "
     "home .. was struck; home .. was hit; house .. was hit; home had been hit"),
    ("shelling", 2.2,
     "shelled; shelling; shellings; mortar bomb; mortar bombs; mortar; mortars; artillery; rocket; rockets; "
     "missile; missiles; projectile; projectiles; howitzer; howitzers; heavy weapons; heavy weaponry; shells; shell; "
     "cross-border fire; "
     "cross-border firing; fired across; firing across; fire from across; fire from the afghan; "
     "fire from afghanistan; fire from the pakistani; fire from pakistan; fire that hit; tank fire"),
    ("ied", 1.9,
     "explosive device; explosive devices; explosives device; ied; ieds; improvised explosive; roadside bomb; "
     "roadside bombs; roadside bombing; landmine; landmines; land mine; land mines; mine blast; mine explosion; "
     "car bomb; car bombs; car bombing; truck bomb; bomb; bombs; bomber; bombing; bombings; booby trap; "
     "booby-trapped; explosives-laden; explosive-laden; remote-controlled bomb; parcel bomb"),
    ("ied", 1.5,
     "blast; blasts; explosion; explosions; exploded; explode; exploding; detonated; detonating; detonation; "
     "blew up; blown up; explosives"),
    ("suicide", 3.6, "suicide bomb; suicide bombs; suicide bomber; suicide bombers; suicide bombing; suicide bombings; "
     "suicide attack; suicide attacks; suicide blast; suicide blasts; suicide explosion; suicide car; suicide vest; "
     "bomber drove; bomber rammed; bomber struck; bomber detonated; bomber blew; bomber attacked; bomber hit; "
     "packed with explosives; laden with explosives; explosives-laden vehicle; explosives-laden car; "
     "explosives-laden truck; explosives-laden pickup; explosives-packed; "
     "suicide attacker; suicide attackers; suicide assault; blew himself up; blew herself up; blew themselves up; "
     "blown himself up; detonated .. suicide; detonated .. vest; car bomber; explosives vest; suicide belt"),
    ("grenade", 2.3, "grenade; grenades"),
    ("chemical", 4.0,
     "chemical weapon; chemical weapons; chemical attack; chlorine gas; poison gas; nerve agent; sarin; mustard gas"),
    ("attack", 1.0,
     "attack; attacks; attacked; attacking; assault; assaults; assaulted; ambush; ambushed; ambushes; ambushing; "
     "stormed; storming; raid; raids; raided; raiding; opened fire; open fire; opening fire; shot dead; "
     "shot and killed; shot and wounded; shot and injured; gunned down; assassinated; assassination; assassinate; "
     "beheaded; stabbed; hacked; massacre; massacred; executed; sniper; snipers; target killing; targeted killing; "
     "shooting; shootings; shot; gunfire; firing; fired; martyred; beat; beaten; murdered; lynching; rammed; "
     "besieged; slaughtered; came under fire; gunmen .. killed; gunmen .. killing; armed men .. killed; "
     "armed men .. killing; gunmen shot; armed men .. shot; sprayed .. bullets; riddled with bullets; hurled; threw; "
     "tortured; strangled; poisoned; occupied; hijacked; "
     "petrol bomb; petrol bombs; molotov; sabotaged; sabotage"),
    ("abduction", 2.1,
     "abducted; abduct; abducting; abduction; abductions; abductee; kidnapped; kidnapping; kidnappings; kidnap; "
     "kidnappers; taken hostage; took .. hostage; held hostage; hostage-taking; hostages; hostage; "
     "carried off; taken away by; seized by gunmen; were seized by; was seized by; forced disappearance; forcibly "
     "disappeared; "
     "enforced disappearance; enforced disappearances; taken captive; taken at gunpoint; whisked away"),
    ("sexual", 3.2,
     "rape; raped; raping; rapes; gang-raped; gang rape; sexual violence; sexual assault; sexually assaulted; "
     "sexual abuse; sexually abused"),
    ("gain", 2.3,
     "overran; overrun; overrunning; took control of; taken control of; taking control of; seized control of; "
     "captured the town; captured the district; captured the city; captured the village; captured a town; "
     "captured a village; captured the area; seized the town; seized the district; seized the city; seized a town; "
     "seized a village; seized the village; fell to; fallen to; had taken .. the town; taken the town; "
     "captured the crossing; seized the crossing; seized the border crossing"),
    ("regain", 2.4,
     "retook; retaken; retaking; recaptured; recapturing; recapture of; regained control; regain control of; "
     "took back .. from; liberated the; regained the"),
    ("looting", 1.6,
     "looted; looting; looters; set fire to; set .. ablaze; set .. on fire; setting fire; torched; torching; arson; "
     "burned down; burnt down; burning down; vandalised; vandalized; ransacked; pillaged; demolished .. houses; "
     "demolished .. homes; burned .. houses; burned .. homes; sprayed .. graffiti"),
    ("disrupted", 2.9,
     "defused; defusing; defusal; shot down .. drone; shot down .. drones; shot down .. quadcopter; "
     "shot down .. aircraft; shooting down .. drone; shooting down .. drones; brought down .. drone; "
     "brought down .. drones; downed .. drone; downed .. drones; downing .. drone; downing .. drones; "
     "drone .. shot down; drones .. shot down; drone .. brought down; drone .. downed; intercepted .. drone; "
     "intercepted .. drones; intercepted .. missile; intercepted .. missiles; seized .. weapons; "
     "seized .. explosives; seized .. ammunition; recovered .. explosives; weapons cache; arms cache; "
     "foiled .. attack; foiled .. bid; foiled .. plot; thwarted .. attack; discovered .. explosive; "
     "found .. explosive device; found .. bomb; explosives .. recovered; weapons .. recovered; arms .. recovered; "
     "explosives .. seized"),
    ("arrest", 1.5,
     "arrested; arrest; arrests; arresting; detained; detaining; apprehended; taken into custody; nabbed; rounded up"),
    ("protest", 1.5, "protest; protests; protested; protesting; protesters; protestors; protester; demonstration; "
     "demonstrations; demonstrators; demonstrated; sit-in; sit-ins; marchers; staged a rally; took to the streets"),
    ("riot", 2.2,
     "threw stones; throwing stones; hurled rocks; riot; riots; rioted; rioting; rioters; pelted .. stones; "
     "pelted .. with; hurled stones"),
    ("mob", 2.4, "mob; mobs; lynched; lynching; vigilante; vigilantes; angry crowd"),
    ("agreement", 1.5,
     "agreed on; agreed to; have agreed; had agreed; agreement; ceasefire; ceasefires; cease-fire; truce; accord; "
     "peace deal; signed a deal; signed an; armistice"),
    ("talks", 0.8, "talks; negotiations; flag meeting; jirga; dialogue"),
    ("closure", 1.7,
     "closed; closes; closing; closure; closures; close; shut; shuts; shutting; shutdown; sealed; sealing; seals; "
     "suspended; suspends; halted; blocked"),
    ("reopening", 1.9,
     "reopened; reopens; reopen; reopening; re-opened; re-opening; opened; opens; resumed; resumes; resumption; "
     "roll again; rolling across; rolling through; began rolling; began crossing; started crossing; restored; "
     "rolled through; rolled across; first trucks; back in operation; back in use; "
     "open again; opens again; moving again; began crossing again; crossed again; allowed to cross again"),
    ("refused", 1.9,
     "turned back; turned away; refused entry; denied entry; pushed back; refused to let; barred from crossing; "
     "barred from entering; not allowed to cross; not allowed to enter; prevented from crossing; "
     "stopped from crossing"),
    ("returns", 1.3,
     "deported; deporting; deportation; deportations; deport; repatriated; repatriation; expelled; expulsion; "
     "expulsions; sent back; sent home; sent .. home; forcibly returned; went back from; returnees"),
    ("base", 1.7, "established .. base; established .. headquarters; established .. outpost; set up .. base; "
     "set up .. headquarters; opened .. headquarters; built .. outpost; built .. base; establishment of a base"),
    ("change", 1.7,
     "pledged allegiance; pledge of allegiance; merged with; merged into; announced a merger; broke away from; "
     "splinter group formed; formed a new group; announced .. alliance; changed its name; renamed itself"),
    ("transfer", 1.6,
     "handed over control; handed over .. post; handed over .. posts; handed over .. base; handed .. back to; "
     "withdrew from; vacated; pulled out of; pulled back from; abandoned .. posts; abandoned .. post; "
     "posts .. abandoned; post .. abandoned"),
    ("release", 0.5, "released; freed; rescued; rescue of; set free; found dead; succumbed"),
)  # fmt: skip

URDU: tuple[tuple[Kind, float, str], ...] = (
    ("clash", 2.0,
     "جھڑپ; جھڑپیں; جھڑپوں; لڑائی; لڑائیاں; فائرنگ کا تبادلہ; فائرنگ کے تبادلے; مسلح تصادم; تصادم; مقابلے; مقابلہ; "
     "پسپا; دراندازی; درانداز; دراندازوں; جوابی فائرنگ; جوابی کارروائی; شدت پسندوں کے خلاف; خفیہ اطلاعات"),
    ("strike", 2.6,
     "فضائی حملہ; فضائی حملے; فضائی حملوں; فضائی کارروائی; ڈرون; ڈرونز; کواڈ کاپٹر; بمباری; جنگی طیاروں; فضائی"),
    ("shelling", 2.2, "گولہ باری; مارٹر; توپ; توپخانے; راکٹ; راکٹوں; میزائل; میزائلوں; گولے; گولوں"),
    ("ied", 1.9, "دھماکہ; دھماکا; دھماکے; دھماکوں; بم; بارودی سرنگ; بارودی; آئی ای ڈی"),
    ("suicide", 3.6, "خودکش; خود کش"),
    ("grenade", 2.3, "دستی بم; گرینیڈ"),
    ("attack", 1.0, "حملہ; حملے; حملوں; حملہ آور; حملہ آوروں; فائرنگ; گھات; یلغار; دھاوا; قتل"),
    ("abduction", 2.1, "اغوا; اغواء; مغوی; یرغمال"),
    ("disrupted", 2.9, "ڈرون .. مار گرایا; ڈرون .. گرا; مار گرایا; ناکارہ"),
    ("arrest", 1.5, "گرفتار; گرفتاری; گرفتاریاں"),
    ("protest", 1.5, "احتجاج; مظاہرہ; مظاہرے; مظاہرین; دھرنا"),
    ("agreement", 1.5, "جنگ بندی; معاہدہ; معاہدے; سیز فائر"),
    ("talks", 0.8, "مذاکرات"),
    ("closure", 1.7, "بند; بندش; معطل"),
    ("reopening", 1.9, "کھول; کھولی; کھولا; کھل; بحال"),
    ("returns", 1.3, "ملک بدر; بے دخل; واپس بھیج; وطن واپس; بے دخلی; واپسی"),
)  # fmt: skip

PASHTO: tuple[tuple[Kind, float, str], ...] = (
    ("clash", 2.0, "نښته; نښتې; نښتو; نښتي; جګړه; جګړې; جګړو; ډزو تبادله; ډزې تبادله; مخامخ شوي"),
    ("strike", 2.6,
     "بمبار; بمباري; بمبارۍ; بمبارد; هوايي برید; هوايي بریدونه; هوايي بریدونو; هوایي; هوايي; ډرون; بې پیلوټه; جیټ"),
    ("shelling", 2.2, "توغندي; توغندیو; راکټ; راکټونه; راکټونو; هاوان; توپچي; درنو وسلو; درنې وسلې"),
    ("ied", 1.9, "چاودنه; چاودنې; چاودنو; چاودېدو; چاودېدنه; بم; ماین; چاودېدونکي"),
    ("suicide", 3.6, "ځانمرګی; ځانمرګي; ځان وژونکی; ځان وژونکي; ځانوژونکی"),
    ("grenade", 2.3, "لاسي بم"),
    ("attack", 1.0, "برید; بریدونه; بریدونو; برید وکړ; ډزې; ډزو; یرغل; بریدګر; بريد; ګوزار"),
    ("abduction", 2.1, "تښتول; تښتولي; تښتونه; تښتونې; تښتول شوي; برمته"),
    ("arrest", 1.5, "نیول; نیولي; نیونه; بندیان"),
    ("protest", 1.5, "لاریون; لاریونونه; مظاهره; اعتراض"),
    ("agreement", 1.5, "اوربند; اوربندي; هوکړه; هوکړې; تړون"),
    ("talks", 0.8, "خبرې; خبرو; مذاکرات"),
    ("closure", 1.7, "تړل; وتړل; تړلی; تړلې; تړلي; تړل شوی; بند; وتړله; وتړلی"),
    ("reopening", 1.9, "پرانیستل; پرانیستې; پرانیستل شو; خلاص; خلاصه; پرانیست"),
    ("returns", 1.3, "ایستل; شړل; ستنېدل; ستنیدل; راستانه; اېستل"),
)  # fmt: skip

DARI: tuple[tuple[Kind, float, str], ...] = (
    ("clash", 2.0, "درگیری; درگیر; نبرد; زد و خورد; جنگ میان; این جنگ; تبادل آتش; درگیری مسلحانه; برخورد مسلحانه; دفع"),
    ("strike", 2.6,
     "حمله هوایی; حملات هوایی; حمله .. هوایی; بمباران; بمبارد; هوایی; بی سرنشین; بی‌سرنشین; پهپاد; پهپادی; درون; "
     "طیاره; جت"),
    ("shelling", 2.2, "راکت; راکتی; هاوان; توپخانه; توپ; موشک; موشکی; گلوله باری; گلوله‌باری; سلاح سنگین; خمپاره"),
    ("ied", 1.9, "انفجار; انفجارها; انفجاری; ماین; بمب; بم; منفجر"),
    ("suicide", 3.6, "انتحاری"),
    ("grenade", 2.3, "بمب دستی; نارنجک"),
    ("attack", 1.0, "حمله; حملات; حمله‌ها; یورش; تیراندازی; شلیک; کمین; مهاجم; مهاجمان; تصرف; هدف قرار"),
    ("abduction", 2.1, "ربودن; ربوده; اختطاف; گروگان; آدم‌ربایی"),
    ("disrupted", 2.9, "سرنگون; سرنگونی; خنثی; کشف .. سلاح"),
    ("arrest", 1.5, "بازداشت; دستگیر; گرفتار"),
    ("protest", 1.5, "تظاهرات; اعتراض; اعتراضات; معترضان"),
    ("agreement", 1.5, "آتش‌بس; آتش بس; توافق; توافقنامه; تفاهم"),
    ("talks", 0.8, "مذاکرات; گفتگو; گفت‌وگو"),
    ("closure", 1.7, "بست; بسته; بستن; بستند; مسدود; تعلیق"),
    ("reopening", 1.9, "بازگشایی; بازگشوده; باز شد; باز شده; گشوده; بازگشایی شد"),
    ("returns", 1.3, "اخراج; بازگرداندن; بازگشت; اخراج شده; برگشت"),
)  # fmt: skip

_GAP = r"(?:\W+\w+){0,3}?"


def _compile(phrase: str) -> tuple[str, re.Pattern[str] | None]:
    """First word of a phrase, and the pattern of what follows it."""
    first, *words = re.findall(r"\.\.|[\w*]+", phrase)
    if not words:
        return first, None
    rest = "".join(_GAP if word == ".." else r"\W+" + word.replace("*", r"\w*") for word in words)
    return first, re.compile(rest + r"(?!\w)")


def _index(*tables: tuple[tuple[Kind, float, str], ...]) -> dict[str, tuple[Rule, ...]]:
    """Rules by first word, the longest and weightiest first."""
    rules: dict[str, list[tuple[int, Rule]]] = {}
    for table in tables:
        for kind, weight, phrases in table:
            for phrase in phrases.split(";"):
                first, rest = _compile(phrase.strip())
                rules.setdefault(first, []).append((len(phrase), Rule(rest, kind, weight)))
    return {
        first: tuple(rule for _, rule in sorted(found, key=lambda pair: (-pair[0], -pair[1].weight)))
        for first, found in rules.items()
    }


RULES_OF: dict[str, dict[str, tuple[Rule, ...]]] = {
    "en": _index(ENGLISH),
    "ur": _index(URDU),
    "ps": _index(PASHTO),
    "fa": _index(DARI),
}
"""Rules by language and first word, in small letters."""

SUB_EVENT_TYPE_OF: dict[Kind, str] = {
    "clash": "Armed clash", "regain": "Government regains territory", "gain": "Non-state actor overtakes territory",
    "chemical": "Chemical weapon", "strike": "Air/drone strike", "suicide": "Suicide bomb",
    "shelling": "Shelling/artillery/missile attack", "ied": "Remote explosive/landmine/IED", "grenade": "Grenade",
    "sexual": "Sexual violence", "attack": "Attack", "abduction": "Abduction/forced disappearance",
    "protest": "Peaceful protest", "riot": "Violent demonstration", "mob": "Mob violence", "agreement": "Agreement",
    "talks": "Other", "arrest": "Arrests", "change": "Change to group/activity", "disrupted": "Disrupted weapons use",
    "base": "Headquarters or base established", "looting": "Looting/property destruction",
    "transfer": "Non-violent transfer of territory", "returns": "Other", "release": "Other",
    "closure": "closure", "reopening": "reopening", "refused": "crossing refused",
}  # fmt: skip
"""The sub-event type of a kind when nothing around it says otherwise."""
