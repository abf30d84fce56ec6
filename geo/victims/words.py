"""English words by what they tell of a name near them, in small letters."""

from __future__ import annotations

from geo.tokens import word_set

HARM = word_set(
    "seized dug kill killed kills killing killings slain dead deadly die dies died dying death deaths fatal"
    " fatally fatality fatalities martyr martyrs martyred martyrdom shaheed shahadat slaying slew murder"
    " murdered murders assassinated assassination assassinating executed execution beheaded beheading lynched"
    " hanged strangled stabbed shot gunned wound wounded wounds wounding injured injuring injuries injury"
    " maimed lost losing captured capturing captive captives capture abduct abducted abducting abduction"
    " kidnap kidnapped kidnapping kidnappers hostage hostages missing disappeared disappearance vanished"
    " untraceable victim victims casualty casualties deceased perished perish body bodies corpse corpses"
    " remains coffin coffins funeral funerals burial buried bury burying grave graves graveyard mourn mourned"
    " mourners mourning mourns condolence condolences fateha vigil unaccounted breathing amputation orphaned"
    " orphan orphans widow widowed widows succumbed fallen late rubble bereaved grieving grief shrapnel bled"
    " bleeding drowned crushed burned burnt paralysed paralyzed amputated laid lives unconscious autopsy"
    " morgue mortuary survived unhurt hurt hit struck wreath eliminated neutralised neutralized liquidated"
    " bullet bullets ambulance coma perishing slaughtered massacred massacre mine landmine dragged"
    " whereabouts rescued lifeless dust soul eulogy obituary"
)
"""What befell people: a name in a sentence with one of these is looked at."""
WEAK = word_set(
    "seized dug hit struck lost losing late mine survived hurt dust soul capture remains captive eulogy laid"
    " lives burning burned burnt grave dragged wreath crushed coma rescued whereabouts fallen shot executed"
    " execution bury"
)
"""Those of them that sport and trade use too: without a word of violence in the report, they tell of no one."""
VIOLENCE = word_set(
    "gunpoint armed relatives landed flag trooper lawmakers unidentified life lives fire firing gunfire"
    " shelling shelled shell shells mortar blast explosion exploded gunmen gunman militants soldiers soldier"
    " troops airstrike airstrikes drone rocket rockets artillery clash clashes ambush ambushed raid bomb"
    " bombing bombed blown torched attackers crater warplanes jets gunshot gunshots ruins militant insurgents"
    " sniper rifle border fighters sepoy assailants hospital surgeons village officer constable police levies"
    " army strike strikes"
)
FINISHED = word_set(
    "died dies succumbed perished drowned disappeared vanished bled embraced collapsed fell lost suffered"
    " sustained breathed expired dead never"
)
"""What someone does to whom harm comes."""
BEFELL = word_set(
    "dug blown killed slain martyred murdered assassinated executed beheaded hanged strangled stabbed shot"
    " gunned wounded injured hurt hit struck captured abducted kidnapped missing buried maimed crushed burned"
    " burnt dead taken pronounced dragged rushed hospitalised hospitalized treated eliminated neutralised"
    " rescued mourned among laid seized bleeding declared caught unaccounted identified airlifted hacked"
    " lynched paralysed blinded"
)
"""What is done to someone, after "was" and the like."""
HARMS = word_set(
    "kill kills killed killing wound wounded wounding injure injured injuring martyred murdered murdering"
    " murder assassinated assassinating assassinate beheaded executed abducted abducting kidnapped kidnapping"
    " captured capturing shot hit struck buried burying bury mourn mourned mourning mourns lost losing losses"
    " slain deceased late fallen orphaned widowed attacked attacking targeted targeting ambushed dead missing"
    " eliminated including named identified namely eliminating neutralised buries wounds injures rescued hurt"
    " stabbed seized executing saved burnt burned crushed"
)
"""After these a name is of one to whom it was done."""
OF_ONE = word_set(
    "body bodies remains coffin coffins funeral death deaths killing killings murder martyrdom abduction"
    " disappearance kidnapping life lives loss burial grave family families widow parents relatives mother"
    " father brother sister son sons daughter daughters wife husband children child uncle cousin house home"
    " assassination capture name names corpse corpses heirs prayers identity identities memory soul wounding"
    " shooting execution those photograph picture photo portrait whereabouts fate injuries blood ordeal"
    " mourners"
)
"""What is of someone to whom harm came: "the body of"."""
KIN = word_set(
    "son sons daughter daughters wife wives husband brother brothers sister sisters father mother nephew"
    " nephews niece nieces cousin cousins uncle aunt grandson granddaughter grandfather grandmother baby"
    " infant child children boy boys girl girls toddler twins bride groom fiance fiancee friend friends"
    " colleague colleagues neighbour neighbours neighbor in-law father-in-law mother-in-law brother-in-law"
    " sister-in-law son-in-law widow orphan teenager teenagers youngster eldest youngest elder-brother little"
    " siblings parents partner classmate"
)
ROLES = word_set(
    "teacher teachers schoolteacher schoolgirl schoolgirls schoolboy schoolboys labourer labourers laborer"
    " laborers driver drivers student students shopkeeper shopkeepers farmer farmers journalist journalists"
    " reporter worker workers guard guards policeman policemen policewoman engineer engineers vaccinator"
    " vaccinators imam trader traders villager villagers shepherd shepherds goatherd man men woman women"
    " soldier soldiers cleric scholar lawyer nurse pilot officer officers constable constables trooper"
    " troopers sepoy tailor carpenter mason baker butcher mechanic barber cook porter porters conductor clerk"
    " cameraman photographer activist tribesman tribesmen elder elders militant militants fighter fighters"
    " commander ringleader insurgent terrorist bomber gunman passenger passengers passer-by bystander"
    " pedestrian motorcyclist refugee refugees migrant resident residents civilian civilians doctor physician"
    " paramedic medic midwife postman postmaster poet singer principal headmaster professor lecturer watchman"
    " peon cleaner helper fruit-seller vendor hawker miner miners truckers trucker cadet sniper gunner"
    " captain major sergeant corporal lieutenant private inspector sub-inspector naik havildar subedar"
    " recruit conscript volunteer rider fisherman herder herdsman nomad widower pensioner businessman"
    " contractor landowner official operative associate accomplice aide deputy leader chieftain victim"
    " victims deceased martyr martyrs hostage captive detainee prisoner patient dead wounded injured missing"
    " supervisor assistant"
)
"""Words for what someone is, that stand before or after the name."""
RANKS = word_set(
    "sepoy naik havildar subedar lieutenant lt lt. captain capt capt. major maj maj. constable inspector"
    " sub-inspector asi sho dsp private soldier sergeant corporal trooper gunner signalman guard driver cadet"
    " colonel col col. brigadier head assistant sub station house officer lance naib senior junior police"
    " levies policeman guardsman sniper lieutenant-colonel subedar-major ringleader commander militant martyr"
    " shaheed havaldar hawaldar rifleman flying squadron wing pilot second"
)
"""Capitalised words before a name that tell of a rank below those who speak for others."""
HONORIFICS = word_set("mr mrs ms miss dr dr. mr. mrs. ms. engr prof professor engineer advocate")
OFFICE = word_set(
    "minister ministers premier governor commissioner spokesman spokesperson spokeswoman spokesmen president"
    " prime chief ambassador secretary mayor general gen gen. envoy senator lawmaker mp mpa mna"
    " superintendent director chairman chairperson chairwoman vice-president king emir judge justice dpo dc"
    " dco adviser advisor diplomat representative rapporteur coordinator analyst analysts expert experts"
    " researcher administrator administration coroner sheriff prosecutor attorney detective speaker consul"
    " moderator parliamentarian editor chargé ex-president ex-minister ex-chief vice-chancellor congressman"
    " congresswoman rep councillor councilman"
)
"""Offices whose holders speak for others; not leaders of armed groups, whose death is the news."""
SPEECH = word_set(
    "said says say saying told tells added adds stated states claimed claims confirmed confirms announced"
    " announces condemned condemns denied denies wrote writes declared insisted insists warned warns vowed"
    " vows demanded demands expressed expresses recalled recalls described describes explained explains noted"
    " notes argued argues reported alleged alleges accused accuses urged urges praised praises quoted tweeted"
    " testified commented replied responded asked promised rejected rejects rejecting blamed blames"
    " criticised criticized acknowledged admitted estimated reiterated emphasised emphasized stressed"
    " asserted maintained complained remarked lamented counts counted put puts telephoned chaired visited"
    " inaugurated appealed thanked paid pledged ordered directed hailed announcing remembers remembered"
    " believes thinks speaking spoke addressing called summoned offered"
)

AUXILIARY = word_set(
    "was were is are be been being had has have got also both later reportedly fatally critically seriously"
    " allegedly severely badly then just all either himself herself instantly only finally believed feared"
    " found"
)
PASSIVE = word_set("was were is are been being got be")
LOCATIVE = word_set(
    "in at near across towards toward around outside inside between into over through via on onto above below"
    " beyond within along opposite reach reached reaching entered entering leaving"
)
LINKS = word_set("to from of with for against by")
"""Words before places and people alike."""
PLACE_AFTER = word_set(
    "district province area border post bazaar road gate valley camp tehsil town village city sector pass"
    " river bridge airport hospital school tribe clan brigade crossing region agency county state township"
    " highway street checkpost checkpoint mosque seminary market group faction network front party movement"
    " army regiment forces government battalion subdistrict subdivision administration mountains hills"
    " university college division wing newspaper police residents officials villagers locals team authorities"
    " leader leaders"
)
OPENERS = word_set(
    "the a an two three four five six seven eight nine ten eleven twelve several many some all both those"
    " these their his her he she it they we you i in on at by for from with and but or as if when while after"
    " before during since until among local meanwhile however earlier later another one no not only least"
    " more most over about nearly every each other this that there here who what where which why how also"
    " according citing dozens hundreds scores its nobody everyone everybody altogether today yesterday"
    " tonight thirty forty fifty sixty seventy eighty ninety hundred thousands thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty my our your yet so then once still though although despite"
    " because even just through under above between against into out up down of to whose whom nor neither"
    " either any none can could may might must shall should will would do does did is are was were has have"
    " had be been never ever again almost such now pakistan's afghanistan's anyone someone"
)
"""Words that begin sentences, and are part of no name."""
NO_NAME = word_set(
    "militia division front chah kalay kalai kali kotal dara ghar afghan afghans afghanistan pakistan"
    " pakistani pakistanis taliban tehreek tehrik army force forces corps police ministry minister government"
    " governor province district agency rescue hospital frontier border durand line network islamic emirate"
    " state states security constabulary federal services service council court prime president general"
    " spokesman media public relations inter news radio red cross crescent united nations north south east"
    " west northern southern upper lower eastern western valley pass river road bazaar gate fort camp base"
    " post checkpost airport university school college mosque monday tuesday wednesday thursday friday"
    " saturday sunday january february march april may june july august september october november december"
    " khyber pakhtunkhwa balochistan baluchistan waziristan kabul islamabad peshawar quetta kandahar khost"
    " kunar paktika paktia nangarhar nuristan helmand zabul chaman torkham bannu kurram bajaur orakzai-agency"
    " tirah swat dir chitral karak kohat hangu punjab sindh lakki tank wana killa qila makeen miran spin"
    " boldak lashkar jamaat haqqani daesh khorasan liberation ittehad mujahideen iran iranian india indian"
    " china chinese american americans british muslim muslims pashtun pashtuns tajik hazara english urdu"
    " pashto eid ramadan ramazan facebook twitter telegram whatsapp reuters dawn ariana tolo associated press"
    " times daily human rights watch counter terrorism department operation azm istehkam scouts rifles"
    " regiment battalion brigade wing unit levies air strike strikes airstrike kashmir punjabi karachi lahore"
    " rawalpindi multan kabul's jalalabad kunduz herat mazar ghazni logar wardak-province america britain"
    " russia russian european union nato un amnesty international committee commission assembly national"
    " party movement association street avenue county city town village center centre club company inc church"
    " institute bank park house high lake mount island hotel bridge highway township league cup championship"
    " museum board office bureau foreign interior defence defense information christmas easter internet web"
    " photo image mr-president civil emergency hospital's christian catholic jewish arab israel israeli"
    " palestinian palestine syria iraq turkey turkish saudi france french german germany japan japanese"
    " canada canadian australia australian new york washington london paris texas florida california ohio"
    " virginia carolina georgia alabama god allah congress senate republican democrat democratic republicans"
    " democrats latvian ukrainian polish swedish norwegian dutch spanish italian greek nigerian kenyan somali"
    " yemeni egyptian lebanese jordanian indonesian uzbek uzbeks tajiks turkmen chechen kashmiri sindhi"
    " punjabis baloch-agency place lane drive royal african africa asia asian latin europe mexican mexico"
    " korean korea"
)
"""Words of which none stands in the name of a person."""
BORDER_PLACES = frozenset(
    [
        "mir ali",
        "ghulam khan",
        "dera ismail khan",
        "dera ghazi khan",
        "shah wali kot",
        "jani khel",
        "lal pur",
        "ali sher",
        "haji gak",
        "shah joy",
        "gul dara",
        "gul kach",
        "wali tangi",
        "ali khel",
        "mali khel",
        "baka khel",
        "jan khel",
        "landi kotal",
        "nawa pass",
        "angoor adda",
        "zazi maidan",
        "khan khel",
        "hassan khel",
        "ali masjid",
        "jamal khan",
        "mullah khel",
        "datta khel",
        "shah salim",
        "bagh gul",
        "ismail khan",
    ]
)
"""Places of the border that are called as people are."""
ALIAS = word_set("alias aka")
PARTICLES = word_set("ul ur ud al bin bint e de la von van du der alias el ibn")
NOT_TITLES = word_set(
    "would not had have has was were is are family families will could who that they he she no bury never did"
    " does when after as if relatives villagers residents troops forces militants"
)
"""Words of which one between "said" and a name makes the name no speaker's."""
UNITS = word_set("district province tehsil county subdistrict subdivision village")
"""Words before which there is never a person's name."""
