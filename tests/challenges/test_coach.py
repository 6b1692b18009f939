"""What the need coach says to texts like those that municipalities write."""

import time

import pytest

from matchmaker.challenges.coach import advise
from matchmaker.challenges.coach.findings import BASICS

GOOD = {
    "food": ("nb", {
        "title": "Mindre mat i søpla på kommunens kjøkken",
        "need": "Barnehager og sykehjem kaster mat som er gått ut på dato fordi ingen har oversikt over hva som står på lager. Varene blir glemt til holdbarheten er ute.",
        "situation": "Hvert kjøkken teller på sin måte, på papir, en gang i uka. Vi kaster om lag 120 kilo i uka.",
        "affected": "Kokker på to sykehjem og ansatte i to barnehager.",
        "effect": "Vi vil halvere det vi kaster i løpet av et år.",
    }),
    "water": ("nb", {
        "title": "Rør som lekker i det stille",
        "need": "Vi mister drikkevann på vei til kundene, og finner lekkasjene først når noen ringer. Driftsoperatørene leter i blinde om natta.",
        "situation": "38 prosent av vannet forsvinner, og vi graver opp feil sted tre av ti ganger.",
        "affected": "Seks driftsoperatører og 14 000 innbyggere.",
        "effect": "Lekkasjen skal ned til 25 prosent før 2029.",
    }),
    "alone": ("nn", {
        "title": "Einsame eldre i grenda",
        "need": "Mange eldre bur aleine i grendene. Heimetenesta er innom i ti minutt, og så er det stilt resten av dagen.",
        "situation": "Om lag 90 bebuarar får besøk éin gong kvar dag. Ingen veit kven som ikkje har snakka med nokon på ei veke.",
        "affected": "Eldre som bur aleine, og pårørande som bur langt unna.",
        "effect": "Færre skal seie at dei er einsame når vi spør igjen om eit år.",
    }),
    "roads": ("en", {
        "title": "Salt where it is needed",
        "need": "Our drivers salt every road at four in the morning because nobody knows which ones will freeze. Residents complain about salt in their wells.",
        "situation": "We used 900 tonnes last winter on 210 km of road.",
        "affected": "Eleven drivers and 3,000 residents with their own wells.",
        "effect": "We want to use a third less salt without more accidents.",
    }),
    "shifts": ("nb", {
        "title": "Vakter som må dekkes på kort varsel",
        "need": "Når noen blir syke, ringer avdelingslederne seg gjennom en liste. Det tar tid fra pasientene, og de samme ansatte får alltid telefonen.",
        "situation": "I dag går det med ni timer i uka på tre avdelinger. Listene ligger i Excel.",
        "affected": "Tre avdelingsledere og 85 ansatte.",
        "effect": "Lederne skal bruke mindre enn to timer i uka på å dekke vakter.",
    }),
    "school": ("nb", {
        "title": "Elever som ikke kommer på skolen",
        "need": "Vi oppdager for sent at en elev er på vei ut av skolen. Lærerne ser fraværet hver for seg, og foreldrene får brev først etter flere uker.",
        "situation": "I fjor hadde 64 elever mer enn 30 dager fravær.",
        "affected": "Elever på ungdomstrinnet, foreldrene deres og kontaktlærerne.",
        "effect": "Skolen skal snakke med familien innen fem dager, og antallet skal ned til 40.",
    }),
}  # fmt: skip


def kinds(text, language="nb", requirements=()):
    texts = {"need": text} if isinstance(text, str) else text
    return {finding.kind for finding in advise(texts, requirements, language).findings}


@pytest.mark.parametrize("name", GOOD)
def test_a_well_written_need_gets_no_finding_and_every_basic_is_met(name):
    language, texts = GOOD[name]
    advice = advise(texts, ["Kan brukes av ansatte med liten tid", "Virker sammen med lønnssystemet vi har"], language)
    assert [(finding.kind, finding.sentence) for finding in advice.findings] == []
    assert advice.met == BASICS


def test_an_empty_need_gets_no_scolding():
    assert advise({"title": "Mat", "need": "  "}).findings == ()


BAD = [
    ("nb", "Vi trenger en app for hjemmetjenesten.", {"short", "solution", "user", "baseline", "effect"}),
    ("nb", "Kommunen ønsker å kjøpe et nytt fagsystem for barnevernet som er sømløst integrert.", {"short", "solution", "user", "baseline", "effect", "jargon"}),
    ("nb", "Vi vil ta i bruk kunstig intelligens for å gi innbyggerne bedre svar når de ringer til servicetorget i kommunen.", {"solution", "baseline", "effect"}),
    ("nb", "Vi trenger Teams på nettbrett til alle nattevaktene våre slik at de kan snakke sammen i de to byggene om natta.", {"solution", "brand", "effect"}),
    ("nn", "Vi ønskjer oss ei digital plattform der innbyggjarane kan melde frå om hol i vegen, slik at vi slepp telefonar.", {"solution", "baseline"}),
    ("en", "We need an app that lets residents report broken street lights so that our staff can fix them.", {"solution", "baseline", "effect"}),
    ("en", "The municipality wants to leverage AI in order to optimise seamless services for stakeholders across the ecosystem.", {"solution", "jargon", "user", "baseline", "effect", "short"}),
    ("nb", "Det må implementeres en helhetlig tilnærming til samhandling i henhold til strategien for pasienter og pårørende i hele kommunen vår nå.", {"jargon", "effect", "number"}),
    ("nb", "Ring Kari på 905 12 345 om de eldre som faller hjemme. Vi vet ikke hvem som faller før noen finner dem neste morgen.", {"personal", "effect"}),
    ("nb", "Send forslag til kari.nordmann@kommune.no om beboerne på sykehjemmet som går ut om natta uten at personalet ser det.", {"personal", "baseline", "effect"}),
    ("nb", "Brukeren 01019912345 får vedtak for sent fordi saksbehandlerne må hente opplysninger fra tre steder før de kan svare på søknaden.", {"personal", "effect"}),
    ("nb", "Snøbrøyting.", {"short", "user", "baseline", "effect"}),
    ("nb", "Vi skal prøve ut sensorer i avfallsdunkene i sentrum slik at renovatørene og innbyggerne slipper å se at de renner over hver helg.", {"solution", "baseline"}),
    ("nb", "Biblioteket skal utvikle en chatbot som svarer lånerne når det er stengt, for det er mange som ringer om kvelden og i helgene.", {"solution", "user", "baseline", "effect"}),
    ("nb", "Kommunen har behov for et dashbord som viser lederne alle tall på ett sted, slik at de kan ta bedre beslutninger i hverdagen.", {"solution", "baseline", "effect"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), BAD, ids=[text[:40] for _, text, _ in BAD])
def test_the_coach_finds_what_is_wrong_and_no_more(language, text, expected):
    assert kinds(text, language) == expected


@pytest.mark.parametrize("text", [
    "Vi ønsker færre systemer å logge inn i for de ansatte i hjemmetjenesten.",
    "I dag bruker saksbehandlerne Excel og Teams side om side, og tallene blir ikke like.",
    "Avløpssystemet er gammelt, og kjellerne til 40 familier fylles når det regner mye.",
    "Elevene trenger å vite at systemet rundt dem tar vare på dem.",
    "Vi bruker tre timer på å lete etter rett versjon av planen.",
    "Vaktmesterne ønsker mindre papir og slipper gjerne programmet de har.",
])  # fmt: skip
def test_what_is_in_use_today_or_not_wanted_is_no_solution_in_disguise(text):
    assert not kinds(text) & {"solution", "brand"}


@pytest.mark.parametrize(("title", "found"), [("Ny app for hjemmetjenesten", True), ("KI i saksbehandlingen", True), ("Digital plattform for frivillige", True), ("Mindre mat i søpla", False), ("Elever som faller ut av skolesystemet", False)])
def test_a_title_that_opens_with_technology_names_a_solution(title, found):
    assert ("solution" in kinds({"title": title, "need": GOOD["food"][1]["need"]})) is found


@pytest.mark.parametrize(("requirement", "found"), [
    ("Må være integrert med Visma Familia", True),
    ("Må kunne brukes i Teams eller tilsvarende", False),
    ("Leverandøren har minst 5 kommunale kunder", True),
    ("Minst ti års erfaring fra norske kommuner", True),
    ("Samme leverandør som i dag", True),
    ("Løsningen er patentert", True),
    ("Kan brukes med hansker på", False),
    ("Data lagres i EØS", False),
])  # fmt: skip
def test_a_requirement_only_one_can_meet_is_pointed_out(requirement, found):
    advice = advise({"need": GOOD["food"][1]["need"]}, ["Enkel å lære", requirement])
    assert [finding.row for finding in advice.findings if finding.kind == "one_supplier"] == ([1] if found else [])


@pytest.mark.parametrize("text", ["Det koster 12 000 000 kroner i året.", "Vi har 90512345 kr på budsjettet.", "Prosjektet fikk 2 375 000 i støtte.", "Saksnummer 2026/00123 og 20 250 innbyggere."])
def test_amounts_and_counts_are_not_taken_for_telephone_numbers(text):
    assert "personal" not in kinds(text)


def test_a_finding_points_at_its_sentence_in_its_field():
    need = "Barna venter i snitt ti dager på svar. Vi trenger en app. Foreldrene ringer hver dag."
    finding = next(each for each in advise({"need": need}).findings if each.kind == "solution")
    assert (finding.field, need[finding.start : finding.end], finding.sentence) == ("need", "Vi trenger en app.", "Vi trenger en app.")


def test_a_long_sentence_is_a_tip_with_its_number_of_words(app):
    need = "Innbyggerne " + "venter lenge " * 20 + "hver dag."
    finding = next(each for each in advise({"need": need}).findings if each.kind == "long")
    assert finding.severity == "tip"
    assert "43 ord" in str(finding.why)


def test_an_effect_nobody_can_measure_gets_a_tip():
    texts = GOOD["food"][1] | {"effect": "En bedre hverdag for alle."}
    assert [(finding.kind, finding.severity, finding.field) for finding in advise(texts).findings] == [("effect", "tip", "effect")]


def test_important_findings_stand_before_tips():
    order = [finding.severity for finding in advise({"need": "Vi trenger en app som implementeres sømløst i Teams."}).findings]
    assert order == sorted(order)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "vi trenger " * 100_000, "<script>alert(1)</script>" * 1000, "😀" * 5000, "@." * 50_000, "1 " * 200_000, "\u202e\u200b" * 1000, "minst 1 " * 50_000, "a. " * 5000, "22 " * 5000 + "kr", "bruke " * 3000])
def test_a_hostile_text_is_read_in_a_moment(text):
    start = time.perf_counter()
    advise({"need": text, "situation": text}, [text])
    assert time.perf_counter() - start < 3
