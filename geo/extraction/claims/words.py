"""The English words that claims are read by: what befell whom, and where a clause begins and ends."""

from __future__ import annotations

from typing import Literal

from geo.model import Metric
from geo.tokens import word_set

Form = Literal["participle", "active", "noun", "state"]


TRIGGER = (
    r"kill|wound|injur|dead|death|casualt|died|die\b|dies\b|dying|hurt|fatal|toll|shahadat|met\b|li[fv]es?\b|martyr"
    r"|captur|seiz|abduct|kidnap|hostage|destroy|demolish|razed|displac|fled\b|flee|harmed|slain|shot|massacr|execut"
    r"|behead|perish|losses|condition|torched|burn|victims|lost|struck|damage|evacuat|drove|bodies|eliminat"
    r"|neutrali[sz]|gunned|unhurt|claim|homeless|hell\b|den[iy]|reject|operation|comment|taken|reach|murder|assassinat"
    r"|lynch|held|drown|statement|moved|arrest|detain|apprehend|nabbed|wreck|gutted|flatten|treated|treating|rushed"
    r"|shifted|answer|confirmed nor"
)
TRIGGER_PHRASES = (
    r"left their|(?:families|people|residents|households|villagers) (?:have |had |has )?(?:left|relocated|migrated)"
    r"|spoken? of|up from"
)
"""Parts of words and phrases of which a sentence that says a figure has at least one."""


# ---- what happened ---------------------------------------------------------------------------------------------------
def _befall(metric: Metric, listed: str) -> dict[str, Metric]:
    return dict.fromkeys(listed.split(), metric)


PARTICIPLES = (
    _befall(
        "killed",
        "killed slain murdered executed beheaded massacred assassinated martyred slaughtered gunned eliminated "
        "neutralised neutralized decapitated lynched drowned",
    )
    | _befall("wounded", "wounded injured hurt harmed maimed hospitalised hospitalized treated")
    | _befall(
        "captured",
        "captured abducted kidnapped seized overrun overran held caught arrested detained apprehended nabbed",
    )
    | _befall("destroyed", "destroyed demolished razed torched flattened damaged wrecked gutted burnt")
    | _befall("displaced", "displaced uprooted evacuated")
)
"""Past forms that are active or passive by what stands around them."""
ACTIVE = (
    _befall(
        "killed",
        "kill kills killing murdering executing beheading martyring assassinating eliminating slaying massacring "
        "neutralising neutralizing slaughtering lost losing",
    )
    | _befall("wounded", "wound wounds wounding injure injures injuring hurting hurts")
    | _befall(
        "captured", "capture captures capturing abduct abducts abducting kidnap kidnaps kidnapping seizing seize seizes"
    )
    | _befall("destroyed", "destroy destroys destroying demolishing torching razing")
    | _befall("displaced", "displacing displace displaces")
)
STATES = _befall("killed", "died dead die dies perished dying") | _befall("displaced", "fled flee homeless")
"""Words whose subject, before them, is the one it befell."""
COUNTED = (
    _befall("killed", "deaths fatalities death fatality killings loss murder murders")
    | _befall("wounded", "injuries injury wounds")
    | _befall("captured", "abductions kidnappings arrests")
    | _befall("destroyed", "destruction")
)
"""Nouns that a number counts directly: "14 more deaths"."""
BOTH_METRICS = word_set("casualties casualty losses victims")

# ---- who -------------------------------------------------------------------------------------------------------------
CIVILIANS = word_set(
    "civilian civilians woman women child children girl girls boy boys villager villagers resident residents student "
    "students pupil pupils teacher teachers farmer farmers labourer labourers laborer laborers worker workers shepherd "
    "shepherds passenger passengers pedestrian pedestrians trader traders refugee refugees journalist journalists "
    "worshipper worshippers worshiper worshipers baby infant infants toddler mother father wife wives son sons "
    "daughter "
    "daughters brother brothers sister sisters husband parents nephew niece uncle cousin grandmother grandfather "
    "driver "
    "drivers elder elders pilgrim pilgrims tribesman tribesmen relative relatives family doctor doctors nurse nurses "
    "vendor shopkeeper shopkeepers pastor priest priests imam cleric clerics teenager teenagers youths minors minor "
    "cricketer cricketers players player locals local bystander bystanders passerby passersby protester protesters "
    "demonstrator demonstrators activist activists politician politicians candidate candidates lawyer judge "
    "contractor contractors engineer engineers employee employees fisherman fishermen herder herders hunter hunters "
    "shopper shoppers merchant merchants miner miners reporter reporters cameraman motorist motorists nomads nomad "
    "schoolchildren schoolgirls preacher scholar businessman businessmen tourist tourists chieftain housewife sibling "
    "siblings infant customer customers guest guests noncombatants nun nuns bishop missionary monk monks neighbor "
    "neighbors neighbour neighbours mourner mourners porter porters cook cooks smuggler smugglers "
    "migrant migrants commuter commuters pupil patient patients guide guides boatman boatmen peasant peasants "
    "rancher ranchers "
    "cattle-herder pastoralist pastoralists truckers trucker medic medics paramedic paramedics watchman watchmen imams "
    "schoolboy schoolboys schoolgirl toddlers grandson granddaughter widow bride groom labourer vendors clergymen"
)
MILITANTS = word_set(
    "militant militants terrorist terrorists insurgent insurgents khawarij khwarij khawarijs kharijite kharijites "
    "gunman "
    "gunmen attacker attackers assailant assailants bomber bombers rebel rebels fighter fighters infiltrator "
    "infiltrators "
    "mujahid mujahideen mujahidin mujahids extremist extremists jihadist jihadists separatist separatists combatant "
    "combatants guerrilla guerrillas bandit "
    "bandits outlaw outlaws assassin perpetrator perpetrators intruder intruders ttp suspect suspects"
)
FORCES = word_set(
    "soldier soldiers troops troop trooper troopers personnel serviceman servicemen policeman policemen policewoman "
    "officer officers guard guards commando commandos paramilitary paramilitaries constable constables sepoy jawan "
    "jawans "
    "levies rangers lieutenant colonel captain major brigadier general sergeant cop cops marine marines airman "
    "peacekeeper peacekeepers inspector cadet cadets recruits recruit superintendent sub-inspector conscripts gendarme "
    "gendarmes patrolman patrolmen army navy police forces subedar havildar naik servicemember servicemembers "
    "reservist "
    "reservists militiaman militiamen homeguard homeguards infantrymen infantryman scout scouts askari warden "
    "wardens ranger "
    "legionnaire legionnaires"
)
PEOPLE = word_set(
    "person persons people others other man men individuals individual dead wounded injured victims victim bodies body "
    "member members hostage hostages captives captive male males female females afghans pakistanis nationals citizens "
    "taliban migrants returnees commander commanders leader leaders chief chiefs volunteer volunteers aide aides "
    "bodyguard bodyguards official officials deputy brothers-in-law staff crew friends friend lives life passers "
    "himself herself themselves"
)
PERSONS = CIVILIANS | MILITANTS | FORCES | PEOPLE
OBJECTS = {
    **dict.fromkeys(word_set("post posts outpost outposts checkpoint checkpoints checkpost checkposts position "
                             "positions "
                           "point points base bases camp camps hideout hideouts bunker bunkers"), "posts"),
    **dict.fromkeys(word_set("tank tanks vehicle vehicles car cars truck trucks armoured helicopter helicopters bus "
                             "buses "
                           "motorcycle motorcycles trailers trailer containers tankers apc apcs"), "vehicles"),
    **dict.fromkeys(word_set("house houses home homes building buildings residences compound compounds"), "houses"),
    **dict.fromkeys(word_set("drone drones quadcopter quadcopters aircraft"), "drones"),
    **dict.fromkeys(word_set("school schools mosque mosques shop shops bridge bridges tower towers market "
                             "clinic"), "buildings"),
    **dict.fromkeys(word_set("families family households"), "families"),
    **dict.fromkeys(word_set("weapon weapons rifle rifles depot depots launchers kalashnikovs pistols guns "
                             "rpgs"), "weapons"),
}  # fmt: skip
NOT_VICTIMS = word_set(
    "attack attacks blast blasts explosion explosions bombing bombings incident incidents clash clashes strike "
    "strikes raid "
    "raids assault assaults ambush shooting operation operations fighting shelling gunfight firefight gunfire firing "
    "exchange time result group area areas village villages town towns city district districts province provinces "
    "place "
    "places building site road bus spokesman spokesperson statement report reports number toll figure total hospital "
    "ministry authorities responsibility casualties casualty damage rocket rockets missile missiles shell shells bomb "
    "bombs mortar mortars drone drones grenade landmine mine ied device devices crossfire stampede animals livestock "
    "cattle head heads yaks horses mules donkeys buffaloes sheep goats cows dogs camels identity cause reason way "
    "bombardment offensive escalation barrage salvo tragedy event disaster onslaught assertion claim claims massacre "
    "skirmish battle volley attempt violation hours wake aftermath body process same "
    "count counts tally account accounts estimate estimates information collapse accident crash move death deaths "
    "losses explosive vehicle car truck bag war tribe first second third end "
    "target house home post checkpoint year month week day night hour morning evening least most fire scores school "
    "mosque base "
    "camp convoy engagement battle suspicion country government crowd gathering incident market"
)
PLURAL_PEOPLE = frozenset(w for w in PERSONS if w.endswith("s") and w not in ("himself", "herself", "naik")) | word_set(
    "men women children people personnel gunmen policemen troops tribesmen servicemen police infantry dead wounded "
    "injured "
    "taliban khawarij khwarij locals schoolchildren fishermen forces businessmen staff jawans staff"
)

# ---- how a clause is put together ------------------------------------------------------------------------------------
BE = word_set("was were is are been being be get got gets wasn't weren't")
AUXILIARY = BE | word_set("has have had may might could would will can must did do does having to")
ADVERBS = word_set(
    "also later reportedly allegedly subsequently critically seriously severely badly fatally immediately instantly "
    "then still apparently since already now all confirmed instead slightly lightly mortally accidentally further "
    "only both initially ever additionally successfully brutally deliberately either either eventually "
    "believed feared thought found left least pronounced presumed shot and/or alive "
    "meanwhile elsewhere separately similarly resultantly consequently "
    "simultaneously again together currently barbarically mistakenly reportedly finally previously earlier newly"
)
PREPOSITIONS = word_set(
    "of in at on by with from to for near against into during across along between inside outside around over under "
    "among amid through toward towards behind beside besides beyond without within upon following despite via per "
    "opposite until throughout off about as onto"
)
CLAUSE_WORDS = word_set(
    "when after while as but which who whom whose that where because before since although though if whether how until "
    "unless than so however whereas adding saying"
)
SINGLE = word_set("a an another one single")
OWNERS = word_set("the his her their its my our this that these those both all no each every any whose")
SAYING = word_set(
    "said says say saying told tells announced announces reported reports claimed claims confirmed confirms added adds "
    "stated states declared acknowledged admitted recorded maintained insisted estimates wrote posted noted alleged "
    "put puts gave gives given brought spoke left conceded revealed argued warned acknowledges described"
)
NEGATIVE = word_set("no nobody none neither nor no-one nothing")
PRONOUNS = word_set("he she they it we i you him them us who himself herself itself themselves")
PARTS = word_set("including includes included include among comprising")
