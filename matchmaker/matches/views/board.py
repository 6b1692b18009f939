"""The coordinator's board, and recommending by hand."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.core.access import requires, row_number
from matchmaker.core.database import db, transaction
from matchmaker.core.paging import page_number
from matchmaker.core.reference import main_themes
from matchmaker.core.texts import clean_line
from matchmaker.matches import board as queries
from matchmaker.matches import picking, recommending, rules
from matchmaker.matches.forms.recommendations import RecommendationForm
from matchmaker.matches.pairing import Pairing, pairing
from matchmaker.matches.views import blueprint
from matchmaker.organisations.queries import registrations_waiting
from matchmaker.organisations.rules import is_administrator, is_coordinator
from matchmaker.profiles.models import Profile

PARTS = (*(band.value for band in queries.COLUMNS), "ledige", "venter", "nye")


@blueprint.get("/tavle")
@requires(is_coordinator)
def board():
    """Filters `?kommune=` and `?tema=`; each part of the board turns its own pages."""
    filters = queries.Filters(clean_line(request.args.get("kommune"))[:4], clean_line(request.args.get("tema"))[:60])
    pages = {name: page_number(name) for name in PARTS}
    fresh = queries.new_profiles(pages)
    return render_template(
        "matches/board/board.html",
        filters=filters,
        columns=queries.columns(filters, pages),
        being_read=queries.being_read(filters),
        waiting=queries.waiting_too_long(pages),
        unwanted=queries.unwanted_offers(filters, pages),
        fresh=fresh,
        needs_met=queries.needs_met(fresh.items),
        imported=queries.new_imports(),
        new=queries.how_many_are_new(),
        registrations=registrations_waiting(),
        undelivered=queries.undelivered_letters(),
        municipalities=queries.municipalities_with_needs(),
        themes=main_themes(),
        administrator=is_administrator(current_user),
    )


@blueprint.get("/anbefal")
@requires(is_coordinator)
def pick_pair():
    """Find a need and a profile by their names: `?behov=` and `?profil=` are the chosen ones, `?finn_behov=` and `?finn_profil=` what one looks for."""
    challenge = _open(row_number("behov"))
    profile = _listed(row_number("profil"))
    if challenge is not None and profile is not None:
        return redirect(url_for("matches.recommend", challenge_id=challenge.id, profile_id=profile.id), code=303)
    needs, offers = clean_line(request.args.get("finn_behov"))[:200], clean_line(request.args.get("finn_profil"))[:200]
    found = {"challenges": picking.find_challenges(needs) if needs else [], "profiles": picking.find_profiles(offers) if offers else []}
    nearest = picking.closest_profiles(challenge) if challenge and not offers else picking.closest_challenges(profile) if profile and not needs else []
    return render_template("matches/board/pick.html", challenge=challenge, profile=profile, needs=needs, offers=offers, nearest=nearest, **found)


@blueprint.route("/anbefal/<int:challenge_id>/<int:profile_id>", methods=["GET", "POST"])
@requires(rules.may_recommend, pairing)
def recommend(pair: Pairing):
    found = recommending.recommendation(pair.challenge.id, pair.profile.id)
    form = RecommendationForm(obj=found)
    if form.validate_on_submit():
        with transaction():
            recommending.recommend(challenge=pair.challenge, profile=pair.profile, text=form.text.data, by=current_user)
        flash(_("Anbefalingen står på lista over forslag, og avdelingen har fått brev."), "success")
        return redirect(url_for("matches.suggestions", challenge_id=pair.challenge.id), code=303)
    return render_template("matches/board/recommend.html", form=form, challenge=pair.challenge, profile=pair.profile, found=found), 422 if form.errors else 200


@blueprint.post("/anbefal/<int:challenge_id>/<int:profile_id>/ta-tilbake")
@requires(rules.takes_back_recommendations, pairing)
def take_back_recommendation(pair: Pairing):
    found = recommending.recommendation(pair.challenge.id, pair.profile.id)
    if found is not None:
        with transaction():
            recommending.take_back(recommendation=found, by=current_user)
    flash(_("Anbefalingen er tatt tilbake."), "success")
    return redirect(url_for("matches.suggestions", challenge_id=pair.challenge.id), code=303)


def _open(number: int | None) -> Challenge | None:
    found = db.session.get(Challenge, number) if number else None
    return found if found is not None and found.state in rules.ANSWERABLE else None


def _listed(number: int | None) -> Profile | None:
    found = db.session.get(Profile, number) if number else None
    return found if found is not None and found.listed else None
