"""Shortlist, note, dismiss and undo. Each post leads back to the list with the filters it came from."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import challenge
from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.core.paging import url_with
from matchmaker.core.texts import clean, clean_line
from matchmaker.matches import choosing, rules
from matchmaker.matches import suggestion_queries as queries
from matchmaker.matches.pairing import Pairing, pairing
from matchmaker.matches.views import blueprint
from matchmaker.organisations.rules import belongs_to

KEPT_ARGUMENTS = {"theme", "kind", "maturity", "county", "language", "band", "sort", "page", "dismissed", "vis", "profil", "q"}
NOTE_MAX, REASON_MAX = 2000, 500
UNSAID = "unsaid"
"""Somebody pressed «Uten grunn»: a choice, unlike having forgotten to say."""


def reasons_to_dismiss() -> list[tuple[str, str]]:
    """The common reasons of a need's owner: key and words."""
    return [
        ("off_target", _("Treffer ikke behovet")),
        ("immature", _("For umoden")),
        ("have_one", _("Vi har noe slikt")),
        ("too_far", _("Passer ikke hos oss")),
    ]


def reason_words(reason: str) -> str:
    """A common reason in words, with what was added after it; anything else as it was written."""
    key, colon, more = reason.partition(": ")
    known = {**dict(reasons_to_dismiss()), UNSAID: _("Uten grunn")}
    return known[key] + colon + more if key in known else reason


@blueprint.context_processor
def words_for_templates() -> dict:
    return {"reasons_to_dismiss": reasons_to_dismiss, "reason_words": reason_words, "url_with": url_with}


@blueprint.post("/utfordringer/<int:challenge_id>/forslag/<int:profile_id>/kortliste")
@requires(rules.chooses, pairing)
def add_to_shortlist(pair: Pairing):
    """Also saves the note, where the form has one."""
    note = request.form.get("note")
    with transaction():
        choosing.shortlist(challenge=pair.challenge, profile=pair.profile, by=current_user, note=None if note is None else clean(note)[:NOTE_MAX])
    flash(_("Lagt på kortlista. Skriv gjerne et notat.") if note is None else _("Notatet er lagret."), f"#valg-{pair.profile.id}")
    return back(pair)


@blueprint.post("/utfordringer/<int:challenge_id>/forslag/<int:profile_id>/av-kortlista")
@requires(rules.chooses, pairing)
def take_off_shortlist(pair: Pairing):
    with transaction():
        choosing.take_off_shortlist(challenge=pair.challenge, profile=pair.profile, by=current_user)
    there = request.form.get("from") != "shortlist"
    flash(_("%(name)s er tatt av kortlista.", name=pair.profile.name), f"#valg-{pair.profile.id}" if there else "success")
    return back(pair) if there else redirect(url_for("matches.shortlist", challenge_id=pair.challenge.id), code=303)


@blueprint.post("/utfordringer/<int:challenge_id>/forslag/<int:profile_id>/bort")
@requires(rules.chooses, pairing)
def dismiss(pair: Pairing):
    """Back to the next card, with the way to undo at the top; to the same question when nobody said why."""
    reason = given_reason()
    if not reason:
        return back(pair, anchor=f"#hvorfor-{pair.profile.id}", why=pair.profile.id)
    with transaction():
        choosing.dismiss(challenge=pair.challenge, profile=pair.profile, by=current_user, reason=reason)
    following = row_number("then")
    return back(pair, anchor=f"#forslag-{following}" if following else "", undo=pair.profile.id)


@blueprint.post("/utfordringer/<int:challenge_id>/forslag/<int:profile_id>/angre")
@requires(rules.chooses, pairing)
def undo_dismissal(pair: Pairing):
    with transaction():
        choosing.undo_dismissal(challenge=pair.challenge, profile=pair.profile, by=current_user)
    flash(_("%(name)s er tilbake blant forslagene.", name=pair.profile.name), "success")
    return back(pair, anchor="", vis=pair.profile.id)


@blueprint.get("/utfordringer/<int:challenge_id>/kortliste")
@requires(rules.speaks_for_need, challenge)
def shortlist(found: Challenge):
    """The department's shortlist with its notes; nobody else sees it but coordinators."""
    listed = queries.shortlisted(found)
    suggestions = queries.suggestions_for(found, [each.profile_id for each in listed])
    cards = {card.profile.id: card for card in queries.cards(found, suggestions)}
    return render_template(
        "matches/suggestions/shortlist.html", challenge=found, listed=listed, cards=cards, behalf=not belongs_to(current_user, found.organisation)
    )


def given_reason() -> str:
    """The button's key, what was typed, or both as «key: words»; empty when nothing was said."""
    said = (clean_line(request.form.get(name)) for name in ("reason", "text"))
    return ": ".join(each for each in said if each)[:REASON_MAX]


def back(pair: Pairing, *, anchor: str | None = None, **changes):
    """303 to the buttons the form stood among: in the shortlist, or among the suggestions with the same filters."""
    endpoint = "matches.shortlist" if request.form.get("from") == "shortlist" else "matches.suggestions"
    address = url_for(endpoint, challenge_id=pair.challenge.id, **{**arguments_kept(), **changes})
    return redirect(address + (f"#valg-{pair.profile.id}" if anchor is None else anchor), code=303)


def arguments_kept() -> dict:
    """What the page's address asked for, without anything strange."""
    return {name: value for name, value in parse_qsl(request.form.get("query", "")[:2000]) if name in KEPT_ARGUMENTS}
