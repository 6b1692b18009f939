"""The food-waste need as a department would write it in nynorsk and in English; the demo holds it in bokmål."""

NYNORSK = {
    "title": "Mindre matsvinn på kjøkena i kommunen",
    "need": "Barnehagar, sjukeheimar og skulefritidsordningar i Halden kastar mat som har gått ut på dato, "
    "fordi ingen har oversikt over kva som står på lager. "
    "Kvart kjøken tel på sin måte, og varene vert gløymde til haldbarheita er ute. Dei som handlar inn, "
    "veit ikkje kva nabokjøkenet har for mykje av. "
    "Vi vil at maten vi kjøper, skal verte eten.",
    "situation": "I dag skriv kjøkena varelister på papir eller i rekneark, eller dei skriv ingenting. Ingen måler matsvinnet likt frå veke til veke, "
    "så vi veit ikkje kor mykje vi kastar eller kvifor.",
    "effect": "Vi vil i det minste halvere matsvinnet i løpet av eit år, og kunne vise det med tal. "
    "Tilsette skal bruke mindre tid på å telje varer enn i dag.",
    "affected": "Kokkar og assistentar på kjøkena, tilsette i barnehagane, og dei som et maten: bebuarar på sjukeheim og born.",
    "requirements": [
        ("Tilsette med lita tid må kunne bruke løysinga utan lang opplæring", True),
        ("Kjøkenet må få beskjed før varer går ut på dato", True),
        ("Vi må kunne måle matsvinnet før og etter, likt på alle einingar", True),
        ("Løysinga bør hente varelinjer frå innkjøpsavtalen", False),
    ],
    "language": "nn",
}

ENGLISH = {
    "title": "Less food waste in the municipality's kitchens",
    "need": "Kindergartens, nursing homes and after-school centres in Halden throw away food that is past its date, "
    "because nobody keeps track of what is in storage. "
    "Every kitchen counts in its own way, and goods are forgotten until they have expired. "
    "Those who buy do not know what the kitchen next door has too much of. "
    "We want the food we buy to be eaten.",
    "situation": "Today the kitchens write lists of goods on paper or in spreadsheets, or write nothing. "
    "Nobody measures food waste the same way from week to week, so we do not know how much we throw away or why.",
    "effect": "We want at least to halve our food waste within a year, and to be able to show it in numbers. "
    "Staff shall spend less time counting goods than today.",
    "affected": "Cooks and kitchen assistants, kindergarten staff, and those who eat the food: residents of nursing homes and children.",
    "requirements": [
        ("Staff with little time must be able to use it without long training", True),
        ("The kitchen must be told before goods go out of date", True),
        ("We must be able to measure food waste before and after, the same way in every unit", True),
        ("It should fetch product lines from the purchasing agreement", False),
    ],
    "language": "en",
}
