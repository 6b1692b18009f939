"""The coach's word lists for bokmål, nynorsk and English. A stem with \\w* takes its endings and compounds along."""

from matchmaker.challenges.coach.findings import any_of

_PEOPLE_NB = (
    r"\w*innbygger\w*", r"\w*beboer\w*", r"\w*bruker(?:e|ne|en|nes|gruppe\w*)", r"\w*pasient\w*", r"\w*elev(?:er|ene|en)?", r"barn(?:a|et)?", r"\w+barna",
    r"\w*ansatt(?:e)?", r"\w*medarbeider\w*", r"\w*lærer\w*", r"\w*pleier(?:e|ne|en)?", r"\w*fagarbeider\w*", r"\w*kokk(?:er|ene|en)?",
    r"\w*saksbehandler(?:e|ne|en)?",
    r"\w*foreldre\w*", r"foresatte?", r"pårørende", r"\w*ungdom(?:mer|men|mene)?", r"unge", r"eldre", r"\w*famili(?:e|er|ene|en)", r"kvinner", r"menn",
    r"jenter", r"gutter",
    r"\w*flyktning\w*", r"\w*student(?:er|ene)?", r"\w*sjåfør\w*", r"vaktmest\w*", r"renholder\w*", r"\w*leder(?:e|ne|en)", r"\w*rådgiver\w*",
    r"\w*veileder(?:e|ne)", r"besøkende",
    r"turister?", r"syklist\w*", r"fotgjenger\w*", r"bilist\w*", r"pendler\w*", r"\w*eier(?:e|ne)", r"bønder\w*", r"frivillige?", r"naboer\w*",
    r"kunder\w*", r"personer", r"folk", r"mennesker",
    r"\w*assistent\w*", r"ingeniør\w*", r"operatør\w*", r"\w*personal\w*", r"\w*personell\w*", r"\w*mannskap\w*", r"jordm[oø]d?r\w*", r"\w*terapeut\w*",
    r"\w*leger?", r"\w*legene", r"gravide",
    r"\w*søker(?:e|ne)", r"\w*fører(?:e|ne)", r"\w*vakt(?:er|ene)", r"kolleg\w*", r"vi som \w+", r"driftsoperat\w*", r"feier\w*", r"bibliotekar\w*",
    r"idrettslag\w*", r"enslige", r"mottaker(?:e|ne)",
)  # fmt: skip
_PEOPLE_NN = (
    r"\w*innbyggjar\w*", r"\w*bebuar\w*", r"\w*brukar(?:ar|ane|en)", r"\w*lærar\w*", r"\w*tilsett\w*", r"\w*pleiar(?:ar|ane|en)?", r"\w*saksbehandlar\w*",
    r"føresette?", r"pårørande",
    r"born(?:a)?", r"\w*elev(?:ar|ane)", r"\w*pasient(?:ar|ane)", r"\w*leiar(?:ar|ane)", r"\w*rettleiar\w*", r"vaktmeist\w*", r"reinhaldar\w*",
    r"\w*kokk(?:ar|ane)", r"\w*arbeidar\w*",
    r"\w*søkjar\w*", r"\w*eigar(?:ar|ane)", r"kvinner", r"ungdomm\w*", r"besøkjande", r"naboar\w*", r"kundar\w*", r"personar", r"menneske", r"einslege",
    r"\w*medarbeidar\w*", r"\w*sjåfør(?:ar|ane)",
)  # fmt: skip
_PEOPLE_EN = (
    r"\w*residents?", r"\w*users?", r"patients?", r"pupils?", r"students?", r"child(?:ren)?", r"staff", r"employees?", r"teachers?", r"nurses?",
    r"\w*workers?", r"parents?", r"relatives", r"carers?",
    r"elderly", r"older (?:people|adults)", r"young people", r"famil(?:y|ies)", r"citizens?", r"\w*drivers?", r"cooks?", r"chefs?", r"people", r"visitors?",
    r"farmers?", r"volunteers?", r"tenants?",
    r"managers?", r"caretakers?", r"cleaners?", r"doctors?", r"women", r"men", r"neighbours?", r"customers?", r"cyclists?", r"pedestrians?", r"owners?",
    r"operators?", r"engineers?", r"colleagues?",
)  # fmt: skip
PEOPLE = {"nb": any_of(*_PEOPLE_NB, *_PEOPLE_NN), "nn": any_of(*_PEOPLE_NN, *_PEOPLE_NB), "en": any_of(*_PEOPLE_EN)}

_TODAY_NORSE = (
    r"i dag", r"idag", r"nå", r"no til dags", r"for tida", r"til daglig", r"hver (?:dag|uke|måned|gang|morgen|kveld|natt|vinter|sommer|vår|høst)",
    r"kvar (?:dag|veke|månad|gong|morgon|kveld|natt|vinter|sommar)",
    r"(?:daglig|ukentlig|månedlig|årlig|dagleg|kvarveke|månadleg|årleg)", r"i fjor", r"(?:siste|det siste) året", r"per (?:år|uke|måned|dag|døgn)",
    r"i (?:året|uka|uken|måneden|snitt|gjennomsnitt|veka|månaden)",
)  # fmt: skip
TODAY = {
    "nb": any_of(*_TODAY_NORSE), "nn": any_of(*_TODAY_NORSE, "no"),
    "en": any_of("today", "currently", "at present", "now", "every (?:day|week|month|time|morning|night|winter)", "daily", "weekly", "last year",
    "per (?:year|week|month|day)", "a (?:year|week|month|day)", "on average"),
}  # fmt: skip

_NUMBERS_NORSE = (
    r"\d[\d ]*",
    r"to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|femten|tjue|tjuefem|tretti|førti|femti|seksti|sytti|åtti|nitti",
    r"hundre|tusen|halvparten|halvannen|dobbelt|tredel\w*",
)
NUMBERS = {
    "nb": any_of(*_NUMBERS_NORSE), "nn": any_of(*_NUMBERS_NORSE, "tjuge", "halvdelen"),
    "en": any_of(r"\d[\d,. ]*",
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|half|twice|a third"),
}  # fmt: skip

_MEASURES_NORSE = (
    r"halver\w*", r"reduser\w*", r"færre", r"mindre", r"kortere", r"kortare", r"raskere", r"raskare", r"lavere", r"lågare", r"flere", r"fleire", r"høyere",
    r"høgare", r"økt?e?", r"økning", r"auk(?:e|a|ar)", r"dobl\w*",
    r"spar(?:e|er|t|a|ar)", r"unngå\w*", r"slipp(?:e|er)", r"sleppe?", r"kutte?", r"prosent", r"ned (?:til|med)", r"minst", r"null", r"tidligere",
    r"tidlegare", r"oftere", r"oftare", r"sjeldnere", r"sjeldnare", r"ingen \w+ skal",
)  # fmt: skip
MEASURES = {
    "nb": any_of(*_MEASURES_NORSE), "nn": any_of(*_MEASURES_NORSE),
    "en": any_of("halv(?:e|ed|ing)", "reduc(?:e|ed|ing|tion)", "fewer", "less", "shorter", "faster", "lower", "more", "higher", r"increas\w*",
    "doubl(?:e|ed|ing)", r"sav(?:e|ed|ing)", r"avoid\w*", r"cut(?:ting)?", "per cent|percent", "at least", "zero", "earlier", "sooner"),
}  # fmt: skip

_TECHNOLOGY_NORSE = (
    r"(?:\w{4,})?app(?:en|er|ar|likasjon\w*)?", r"(?!økosystem)\w*system(?:et|er|ene|a)?", r"\w*plattform(?:en|er|ar)?", r"\w*programvare\w*",
    r"\w*programmet?", r"\w*chatbot\w*", r"\w*nettside\w*", r"\w*portal(?:en|er|ar)?",
    r"\w*sensor(?:er|ene|en|ar|ane)?", r"\w*robot(?:er|en|ar|ane)?", r"\w*dron(?:e|er|en|ar)", r"dashbord\w*|dashboard\w*",
    r"(?:digital\w* )?verktøy(?:et)?", r"\w*modul(?:en|er|ar)?", r"\w*database\w*", r"kunstig intelligens",
    r"KI|AI|RPA|IoT|GPS|VR|AR|API", r"KI-\w+|AI-\w+|VR-\w+|GPS-\w+", r"maskinlæring", r"blokkjede\w*|blockchain", r"nettbrett", r"\w*kamera(?:er|ene|a)?",
    r"språkmodell\w*", r"digital tvilling",
)  # fmt: skip
_TECHNOLOGY_EN = (
    r"apps?", r"(?:\w+ )?(?<!eco)systems?", r"platforms?", r"software", r"chatbots?", r"websites?", r"portals?", r"sensors?", r"robots?", r"drones?",
    r"dashboards?", r"tools?", r"databases?", r"artificial intelligence", r"AI|IoT|GPS|VR|API|RPA",
    r"machine learning", r"blockchain", r"tablets?", r"cameras?", r"language models?", r"digital twins?",
)  # fmt: skip
TECHNOLOGY = {"nb": any_of(*_TECHNOLOGY_NORSE), "nn": any_of(*_TECHNOLOGY_NORSE), "en": any_of(*_TECHNOLOGY_EN)}

_WANTS_NORSE = (
    r"treng(?:er|)", r"ønsker?(?: (?:oss|seg))?", r"ønskjer?(?: oss)?", r"vil ha", r"skal ha", r"har behov for", r"behøver", r"må ha", r"ser etter",
    r"er på jakt etter", r"kjøpe?r?(?: inn)?", r"kjøpa?(?: inn)?", r"anskaffe", r"skaffe", r"skaffa",
    r"gå til innkjøp av", r"inn?føre", r"innføra", r"implementere", r"utvikle", r"utvikla", r"bygge", r"byggje", r"lage", r"få laget", r"ta i bruk",
    r"prøve ut", r"teste ut", r"ved hjelp av", r"bruke", r"etablere", r"digital løsning som er",
)  # fmt: skip
_WANTS_EN = (r"needs?", r"wants?", r"would like", r"looking for", r"buy", r"procure", r"purchase", r"acquire", r"introduce", r"implement", r"develop",
    r"build", r"by means of", r"using", r"deploy", r"leverage", r"adopt", r"apply", r"must have", r"require")
WANTS = {"nb": any_of(*_WANTS_NORSE), "nn": any_of(*_WANTS_NORSE), "en": any_of(*_WANTS_EN)}
NOT_WANTED = any_of(r"å", r"at", r"færre", r"mindre", r"slippe", r"sleppe", r"uten", r"utan", r"fra", r"frå", r"som", r"to", r"that", r"fewer", r"less",
    r"without", r"of", r"i", r"in", r"for at")
"""Between the wish and the thing, these turn the sentence another way: «ønsker færre systemer», «trenger å vite at systemet …»."""

PRODUCTS = any_of(
    r"Teams", r"Excel", r"SharePoint", r"Outlook", r"OneNote", r"Power ?BI", r"Office 365", r"Microsoft(?: \w+)?", r"Copilot", r"ChatGPT", r"OpenAI",
    r"Gemini", r"Google(?: \w+)?", r"Gerica", r"Visma(?: \w+)?", r"Acos(?: \w+)?", r"Elements",
    r"Salesforce", r"SAP", r"Oracle", r"DIPS", r"CosDoc", r"Oppad", r"Tieto\w*", r"iPad\w*", r"iPhone\w*", r"Apple", r"Android", r"Samsung", r"Facebook",
    r"Instagram", r"Snapchat", r"TikTok", r"WhatsApp", r"Messenger", r"Vipps",
    r"Trello", r"Slack", r"Zoom", r"Jira", r"Miro", r"Spond", r"Vigilo", r"Transponder", r"Itslearning", r"Showbie", r"ServiceNow", r"Framsikt", r"Esri",
    r"ArcGIS", r"Tesla", r"Siemens", r"Schneider", r"Cisco", r"LoRaWAN", r"Arduino", r"Raspberry Pi", r"Komp", r"Evondos", r"Bouvet",
)  # fmt: skip
OR_EQUAL = any_of(r"eller (?:tilsvarende|likeverdig\w*|liknende|lignende|tilsvarande|liknande)", r"for eksempel", r"f\.eks\.?", r"til dømes",
    r"or (?:equivalent|similar)", r"for example", r"such as")
NARROW = any_of(
    r"minst (?:\d+|to|tre|fire|fem|seks|sju|åtte|ni|ti) års (?:erfaring|drift)",
    r"minst (?:\d+|tre|fire|fem|seks|sju|åtte|ni|ti) (?:norske |andre )?(?:kommunale )?(?:kommuner|kommunar|kunder|kundar|referanser|referansar)",
    r"omsetning\w* på (?:minst|over) .*", r"samme leverandør\w*", r"same leverandør\w*", r"dagens leverandør\w*", r"nåværende leverandør\w*",
    r"eksisterende leverandør\w*", r"patent\w*",
    r"at least (?:\d+|three|four|five|six|ten) (?:years?|municipal\w*|customers?|references?).*", r"turnover of at least .*",
    r"(?:same|current|existing) (?:supplier|vendor)", r"patent\w*",
)  # fmt: skip
