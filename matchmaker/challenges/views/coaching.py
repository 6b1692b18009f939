"""The need coach beside the form: its fragment while one types, and its advice on the page without JavaScript."""

from flask import render_template
from flask_babel import gettext as _

from matchmaker.challenges import rules
from matchmaker.challenges.coach import READS, Advice, advise
from matchmaker.challenges.forms import ChallengeForm
from matchmaker.challenges.views import blueprint
from matchmaker.core.access import requires


@blueprint.post("/utfordringer/rad")
@requires(rules.may_create)
def advice():
    return render_template("challenges/_coach.html", **coached(ChallengeForm()))


def coached(form: ChallengeForm) -> dict:
    """What the fragment needs: the advice on what the form holds now, what its kinds are called, and the fields beside the text that publishing needs."""
    missing = rules.missing_in(form.content())
    return {"advice": advice_on(form), "kinds": kind_names(), "lacking": [form[name] for name in rules.NEEDED if name not in READS and name in missing]}


def advice_on(form: ChallengeForm) -> Advice:
    texts = {name: form[name].data or "" for name in READS}
    return advise(texts, [*filter(None, form.essential.data), *filter(None, form.nice.data)], form.language.data or "nb")


def kind_names() -> dict[str, tuple[str, str]]:
    """Kind → (what it is called while it is missing, and once it is met). Only the basics can be met."""
    return {
        "short": (_("Fortell litt mer"), _("Behovet er fortalt")),
        "user": (_("Hvem gjelder det?"), _("Dere sier hvem det gjelder")),
        "baseline": (_("Hvordan er det i dag?"), _("Dere sier hvordan det er i dag")),
        "number": (_("Et tall hjelper"), ""),
        "effect": (_("Hva skal bli annerledes?"), _("Dere sier hva dere vil oppnå")),
        "solution": (_("Behovet før løsningen"), _("Dere beskriver et behov, ikke en løsning")),
        "brand": (_("Et produktnavn"), ""),
        "one_supplier": (_("Et trangt krav"), ""),
        "personal": (_("Personopplysninger"), ""),
        "long": (_("En lang setning"), ""),
        "jargon": (_("Et enklere ord"), ""),
    }
