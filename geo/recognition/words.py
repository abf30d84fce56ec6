"""Words that tell a place from a person, an organisation or an ordinary word in English news."""

from __future__ import annotations

from geo.tokens import word_set

TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady king queen prince princess emperor sultan emir sheikh"
    " shaikh president vice premier chancellor minister ministers secretary senator sen rep congressman congresswoman"
    " congressmen representative governor gov mayor councilman councilwoman councilor councillor councilmember alderman"
    " commissioner supervisor chairman chairwoman chairperson chair director manager administrator superintendent"
    " principal chancellor dean coach captain capt lieutenant lt colonel col major maj general gen brigadier brig"
    " admiral adm commander cmdr commandant sergeant sgt corporal cpl private pvt pfc officer detective det inspector"
    " constable deputy sheriff trooper chief marshal judge justice attorney lawyer prosecutor magistrate rev reverend"
    " father pastor bishop archbishop cardinal pope rabbi imam ayatollah mullah maulana mawlawi maulvi molvi mufti qari"
    " haji hafiz malik khan ambassador envoy spokesman spokeswoman spokesperson spokesmen leader founder owner ceo"
    " author actor actress singer writer editor reporter journalist analyst quarterback pitcher forward guard nurse"
    " brother sister son daughter wife husband mother uncle aunt saint havildar subedar naik sepoy lance subedar ssp"
    " dsp dpo sho ig igp dig asi dc ac mna mpa mp senator officer firefighter paramedic republican democrat"
)
"""Words before a person's name."""

NAME_SUFFIXES = word_set("jr sr ii iii iv phd md esq zai zada")

FEATURES_AFTER = {
    "province": "province", "provinces": "province", "provincial": "province", "state": "province",
    "governorate": "province", "oblast": "province", "district": "district", "districts": "district",
    "tehsil": "district", "tehsils": "district", "taluka": "district", "agency": "district", "agencies": "district",
    "subdivision": "district", "county": "district", "counties": "district", "parish": "district",
    "parishes": "district", "division": "district", "region": "region", "regions": "region", "area": "area",
    "areas": "area", "valley": "valley", "valleys": "valley", "city": "city", "cities": "city", "town": "city",
    "towns": "city", "township": "city", "village": "city", "villages": "city", "municipality": "city",
    "bazaar": "city", "bazar": "city", "suburb": "city", "neighborhood": "city", "neighbourhood": "city",
    "locality": "city", "hamlet": "city", "crossing": "crossing", "crossings": "crossing", "border": "border",
    "gate": "crossing", "pass": "pass", "river": "river", "rivers": "river", "mountains": "mountains",
    "mountain": "mountains", "hills": "mountains", "range": "mountains", "peninsula": "area", "island": "area",
    "islands": "area", "desert": "area", "frontier": "border", "sector": "area", "camp": "camp", "port": "crossing",
}  # fmt: skip
"""Feature words after a name, and what they say it is."""

FEATURES_BEFORE = {
    "province": "province", "provinces": "province", "state": "province", "states": "province", "district": "district",
    "districts": "district", "county": "district", "counties": "district", "region": "region", "city": "city",
    "cities": "city", "town": "city", "towns": "city", "village": "city", "villages": "city", "suburb": "city",
    "suburbs": "city", "municipality": "city", "capital": "city", "port": "city", "township": "city",
    "crossing": "crossing", "island": "area", "area": "area", "areas": "area", "neighborhood": "city",
    "neighbourhood": "city", "municipalities": "city", "regions": "region",
    "neighbourhoods": "city", "neighborhoods": "city", "governorate": "province",
    "governorates": "province", "department": "province", "tehsils": "district", "tehsil": "district",
    "community": "city", "hamlet": "city", "valley": "valley",
}  # fmt: skip
"""Feature words before "of" and a name ("the district of Spera")."""

PREPOSITIONS = {
    **dict.fromkeys(word_set("in inside within"), "after in"),
    **dict.fromkeys(
        word_set("at near outside around throughout across beyond via into toward towards"), "after at or near"
    ),
    **dict.fromkeys(word_set("from to between along through"), "after from or to"),
    **dict.fromkeys(word_set("of"), "after of"),
    **dict.fromkeys(word_set("for by with against on over off about as like than"), "after for, by or with"),
    **dict.fromkeys(word_set("and or but"), "after and"),
}
"""Small words before a name, and the evidence they are."""

RELATIONS = word_set("near outside inside along between from to toward towards around across into via")
"""Prepositions kept with the toponym because they change what is meant."""

LOCATIVE_WORDS = word_set(
    "northern southern eastern western central north south east west northwest northeast southwest southeast"
    " northwestern northeastern southwestern southeastern upper lower downtown nearby neighbouring neighboring greater"
    " rural urban mainland midtown uptown inner outer adjoining surrounding suburban metropolitan historic far mid"
    " south-eastern south-western north-eastern north-western coastal upstate"
)
"""Adjectives before a place."""

RESIDENT_WORDS = word_set(
    "resident residents native natives man woman men women boy girl couple teen teenager family families home house"
    " police officials authorities lawmakers residents-based based born area campus office headquarters store location"
    " mayor governor firm company plant factory suburb suburbs-area court jury hospital airport streets street downtown"
    " metro border skyline neighborhood voters schools school teenager student students mother father"
)
"""Words after a place used as an adjective."""

GOVERNMENT_VERBS = word_set(
    "said says say claimed claims demands demanded demand denies denied deny accuses accused accuse urges urged warns"
    " warned rejects rejected insists insisted announced announces agreed agrees wants wanted condemned condemns called"
    " calls blames blamed vowed vows refuses refused asked asks told believes summoned summons responded retaliated"
    " threatened expressed maintains maintained sees saw considers hopes hoped has have will would had plans planned"
    " seeks sought signed alleges alleged acknowledged confirmed confirms hit recognises recognizes lodged protested"
    " handed fears argues argued favours favors backs backed supports supported opposes opposed approved ordered closed"
    " reopened pledged promised declined suspended sent launched carried is was does did"
)
SPEECH_VERBS = word_set(
    "said says told added explained noted asked stated recalled admitted laughed joked replied testified wrote thinks"
    " believes remembers argued insisted continued grew smiled went got knew felt wanted hopes added agreed"
)
"""Verbs whose subject is a person, unless the name is a capital or a country."""

ORGANISATION_WORDS = word_set(
    "university college school schools academy institute hospital police council commission committee department board"
    " association club party court authority agency ministry bank company corporation corp inc ltd group foundation"
    " center centre church museum library airport station stadium arena park high elementary middle community state"
    " city county regional district municipal fire public housing chamber sheriff metro metropolitan international"
    " army navy police government parliament assembly senate legislature medical clinic zoo theater theatre symphony"
    " orchestra ballet festival marathon open cup league conference convention treaty accord agreement declaration"
    " protocol summit process pact plan army guard force forces command corps battalion brigade division regiment"
)
"""Words after a place that make it part of an organisation's or facility's name."""

MEDIA_WORDS = word_set(
    "times post daily herald tribune journal gazette chronicle examiner observer telegraph independent mail news star"
    " sun globe inquirer dispatch courier register enterprise leader standard mirror press-register sentinel bulletin"
    " today magazine online tv radio weekly review press"
)
"""Words after a place in the name of a newspaper or station."""

CALENDAR_WORDS = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
    " ramadan eid christmas easter thanksgiving"
)
STOP_WORDS = word_set(
    "the a an and or but if of in on at to from by for with as is was are were be been has have had he she it they we"
    " you i his her its their our your my this that these those there here what which who whom when where why how not"
    " no yes so do does did will would can could may might must shall should then than also after before while since"
    " until during about over under between against both each all some many most more much few other another such only"
    " own same too very just now new one two three four five six seven eight nine ten first second third last next"
    " said says police officials according mr mrs ms dr per via however meanwhile although though because despite"
    " unless like still even yet earlier later today tomorrow yesterday tonight"
)
"""Words that are never a place on their own."""

STREET_WORDS = word_set(
    "street st avenue ave road rd boulevard blvd drive dr lane ln highway hwy parkway pkwy way freeway expressway"
    " turnpike bypass circle terrace trafficway streets avenues roads crescent causeway motorway trail"
)
NATURE_WORDS = word_set(
    "river creek lake lakes valley wilderness forest island islands bay mountain mountains hill hills canyon falls"
    " beach reservoir township twp range desert peninsula pass glacier gulf strait sea ocean basin delta cape lagoon"
    " marsh swamp plateau springs reef shoal sound peak mount rivers brook harbor harbour point ridge woods preserve"
)
BUILDING_WORDS = word_set(
    "hospital airport stadium museum park bridge church mosque cathedral temple basilica university college school hall"
    " center centre theatre theater court courthouse hotel prison jail dam mall plaza square palace castle library"
    " cemetery barracks camp fort station building tower market arena campus clinic ranch zoo garden gardens checkpoint"
    " compound headquarters institute academy embassy estate racecourse airfield airbase penitentiary seminary"
    " synagogue shrine bazaar house inn farm farms restaurant pavilion gallery chapel abbey monastery"
)
FACILITY_WORDS = {
    **dict.fromkeys(STREET_WORDS, "a street by its last word"),
    **dict.fromkeys(NATURE_WORDS, "a landform by its last word"),
    **dict.fromkeys(BUILDING_WORDS, "a building by its last word"),
}
"""Last words of names that tell what the thing is, and the evidence they are."""
NUMBERED_ROADS = word_set("interstate highway route road us i fm sr hwy autobahn")
"""Words before a road's number."""
COMPASS_WORDS = word_set("north south east west n s e w")

CONNECTORS = word_set(
    "of the and de del la las los le les du des da do dos di al el e i y wa va o s sur upon on am und van der den ye"
)
