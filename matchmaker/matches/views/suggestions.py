"""Suggestions for a need: the page itself, how far it has come, and a whole profile as it was read."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import challenge
from matchmaker.challenges.states import OPEN, State
from matchmaker.core.access import requires
from matchmaker.core.database import db, transaction
from matchmaker.core.i18n import number, short_day
from matchmaker.core.queue import Job, enqueue_once
from matchmaker.matches import bridge, choosing, counting, rules, suggesting
from matchmaker.matches import suggestion_queries as queries
from matchmaker.matches.filtering import choices, filters_from, in_use
from matchmaker.matches.need_words import need_passages, offer_passages
from matchmaker.matches.pairing import Pairing, pairing
from matchmaker.matches.remembering import remember
from matchmaker.matches.views import blueprint
from matchmaker.organisations.rules import belongs_to
from matchmaker.profiles.models import Profile

SHOWING = OPEN | {State.UNDER_EVALUATION}
"""States in which a need has suggestions."""


@blueprint.get("/utfordringer/<int:challenge_id>/forslag")
@requires(rules.speaks_for_need, challenge)
def suggestions(found: Challenge):
    """`?vis=<profile>` says whose marks the need shows; the first card's otherwise."""
    if found.state == State.DRAFT:
        return redirect(url_for("challenges.show", challenge_id=found.id), code=303)
    standing = _standing(found)
    filters, sort = filters_from(request.args), _sort()
    page, cards = _page(found, filters, sort)
    chosen = next((card for card in cards if card.profile.id == request.args.get("vis", type=int)), cards[0] if cards else None)
    return render_template(
        "matches/suggestions/show.html",
        challenge=found,
        behalf=not belongs_to(current_user, found.organisation),
        standing=standing,
        heading=counting.heading(standing.counts),
        strong=standing.counts.get("strong", 0),
        page=page,
        cards=cards,
        chosen=chosen,
        passages=lambda card: need_passages(found, card.suggestion.reasons if card else None),
        filters=filters,
        sort=sort,
        choices=choices(),
        in_use=in_use(filters),
        reading=_progress_words(standing.job) if standing.job else "",
        model_missing=standing.failed is not None and bridge.readiness() == "unavailable",
        ended=found.state not in SHOWING,
        thread_notes=_thread_notes(found, standing),
        undone=_undone(found),
    )


def _page(found: Challenge, filters, sort):
    """One page of cards. Reasons that were put off are filled in, and the first showing is remembered, before the page is read for good."""
    page, cards = queries.page_of_suggestions(found, filters, sort)
    ours = belongs_to(current_user, found.organisation) and not filters.dismissed
    readable = bridge.door().state != "unavailable"
    if (ours and any(each.shown_at is None for each in page.items)) or (readable and any(suggesting.lacks_reasons(each) for each in page.items)):
        with transaction():
            if readable:
                suggesting.explain_missing(page.items)
            if ours:
                choosing.note_shown(page.items, by=current_user)
        page, cards = queries.page_of_suggestions(found, filters, sort)
    return page, cards


def _undone(found: Challenge):
    """The profile just put away, so that it can be taken back at once."""
    number = request.args.get("undo", type=int)
    dismissed = number is not None and number in suggesting.dismissed_profiles(found.id)
    return db.session.get(Profile, number) if dismissed else None


def _standing(found: Challenge):
    """Ranks the need when nobody has done so and nobody is about to: a need older than the index, or a lost job."""
    standing = queries.standing(found)
    if standing.run is None and standing.job is None and standing.failed is None and found.state in OPEN:
        with transaction():
            enqueue_once("matches.rank_challenge", challenge_id=found.id)
        standing = queries.standing(found)
    return standing


@blueprint.post("/utfordringer/<int:challenge_id>/forslag/regn-ut")
@requires(rules.speaks_for_need, challenge)
def rank_again(found: Challenge):
    """Ask for the ranking anew, after it failed."""
    if found.state in OPEN:
        with transaction():
            enqueue_once("matches.rank_challenge", challenge_id=found.id)
    return redirect(url_for("matches.suggestions", challenge_id=found.id), code=303)


@blueprint.get("/utfordringer/<int:challenge_id>/forslag/framdrift")
@requires(rules.speaks_for_need, challenge)
def suggestions_progress(found: Challenge):
    """`{"done", "total", "label", "finished"}` for the page that waits."""
    standing = queries.standing(found)
    return jsonify(done=0, total=0, label=_progress_words(standing.job) if standing.job else "", finished=not standing.computing)


@blueprint.get("/utfordringer/<int:challenge_id>/forslag/<int:profile_id>")
@requires(rules.chooses, pairing)
def reading(pair: Pairing):
    """Both texts whole, with the marks of the reasons."""
    suggestion = queries.suggestion(pair.challenge.id, pair.profile.id)
    if suggestion is None or not pair.profile.listed:
        abort(404)
    with transaction():
        suggesting.explain_missing([suggestion])
        remember("opened", challenge_id=pair.challenge.id, profile_id=pair.profile.id, by=current_user)
    return render_template(
        "matches/suggestions/reading.html",
        challenge=pair.challenge,
        profile=pair.profile,
        suggestion=suggestion,
        card=queries.cards(pair.challenge, [suggestion])[0],
        need=need_passages(pair.challenge, suggestion.reasons, most_unmet=100),
        offer=offer_passages(pair.profile, suggestion.reasons),
    )


def _sort() -> str:
    wanted = request.args.get("sort", "best")
    return wanted if wanted in queries.SORTS else "best"


def _progress_words(job: Job) -> str:
    """What the page that waits says: in turn, the model is made ready, or reading."""
    if job.message == "loading":
        return _("Gjør klar modellen som leser. Det tar noen sekunder.")
    if job.state == "queued":
        return _("Venter på tur …")
    count = queries.listed_count()
    return ngettext("Leser %(n)s profil …", "Leser %(n)s profiler …", count, n=number(count))


def _thread_notes(found: Challenge, standing) -> dict[str, str]:
    strong = standing.counts.get("strong", 0)
    match = counting.strong(strong) if strong else counting.possible(standing.counts["possible"]) if standing.counts.get("possible") else ""
    return {"need": short_day(found.published_at), "match": _("regnes ut") if standing.run is None else match}
