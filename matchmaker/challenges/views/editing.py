"""What the form's views share: filling it, its rows of requirements, and where the errors of publishing go."""

import secrets

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from matchmaker.challenges.content import fill, values
from matchmaker.challenges.forms import MOST_REQUIREMENTS, ChallengeForm
from matchmaker.challenges.models import Challenge
from matchmaker.core.clock import now
from matchmaker.core.i18n import hour


def new_token() -> str:
    return secrets.token_urlsafe(18)


def filled_form(challenge: Challenge) -> ChallengeForm:
    """The form with the challenge's values where nothing was posted. Whose challenge it is cannot be changed."""
    content = values(challenge)
    requirements = content.pop("requirements")
    content["essential"] = [text for text, essential in requirements if essential]
    content["nice"] = [text for text, essential in requirements if not essential]
    form = ChallengeForm(data={**content, "version": str(challenge.version)})
    del form.organisation
    return form


def read_rows(form: ChallengeForm) -> str:
    """Do what a button named add or remove asks; the id of the field to go to, '' when no such button was pressed."""
    name, _sep, number = (request.form.get("add") or request.form.get("remove") or "").partition("-")
    if name not in {"essential", "nice"}:
        return ""
    rows = form.rows(name)
    if "remove" in request.form:
        rows.entries[:] = [entry for entry in rows.entries if entry.id != f"{name}-{number}"]
    if ("add" in request.form and len(rows.entries) < MOST_REQUIREMENTS) or not rows.entries:
        rows.append_entry()
    return rows.entries[-1].id


def put_missing(form: ChallengeForm, missing: dict[str, str]) -> None:
    """Write beside each field what publishing misses there. A field that already says what is wrong with it says no more."""
    for name, code in missing.items():
        if not form[name].errors:
            form[name].errors = [_missing_words(name, code)]


def missing_labels(challenge: Challenge, missing: dict[str, str]) -> list[tuple[str, str, str]]:
    """(field, its label, what is missing), for pages without the form."""
    with_labels = ChallengeForm()
    return [(name, str(with_labels[name].label.text), _missing_words(name, code)) for name, code in missing.items()]


def _missing_words(name: str, code: str) -> str:
    if code == "empty":
        return {
            "title": _("Skriv en tittel."),
            "need": _("Skriv hva dere trenger hjelp med."),
            "affected": _("Skriv hvem det gjelder, så bedriftene vet hvem de skal hjelpe."),
            "effect": _("Skriv hva dere vil oppnå, så svarene kan måles mot det."),
            "answers_due": _("Sett en svarfrist, så bedriftene vet når de må svare."),
            "contact_email": _("Skriv en e-postadresse som blir lest. Den vises ikke før utfordringen er publisert."),
        }[name]
    if code == "past":
        if name == "test_to":
            return _("Perioden er over. Velg en dag fram i tid, eller la feltet stå tomt.")
        return _("Denne dagen har vært. Velg en dag fram i tid.")
    return {
        "questions_due": _("Fristen for spørsmål må være før svarfristen."),
        "test_to": _("Perioden slutter før den begynner."),
        "budget_to": _("Det høyeste beløpet er mindre enn det laveste."),
    }[name]


def after_publishing(challenge: Challenge):
    """To the suggestions, where this installation has them: that is why one publishes."""
    flash(_("Publisert. Nå kan bedriftene se utfordringen og svare på den."), "success")
    endpoint = "matches.suggestions" if "matches.suggestions" in current_app.view_functions else "challenges.show"
    return redirect(url_for(endpoint, challenge_id=challenge.id), code=303)


def saved_words(left_out: list[str]) -> str:
    clock = hour(now())
    if left_out:
        return _("Lagret kl. %(clock)s, unntatt: %(fields)s", clock=clock, fields=", ".join(left_out))
    return _("Lagret kl. %(clock)s", clock=clock)


def reading(challenge: Challenge, content: dict) -> Challenge:
    """The challenge as it would read with other content; never saved."""
    seen = Challenge(organisation=challenge.organisation, state=challenge.state, published_at=challenge.published_at, is_demo=challenge.is_demo)
    fill(seen, content)
    return seen
