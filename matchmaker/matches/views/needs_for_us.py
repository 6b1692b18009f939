"""The company's side: open needs that fit the profile, with the same bands and reasons."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import db, transaction
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.paging import url_with
from matchmaker.core.reference import counties, main_themes
from matchmaker.engine.encode import EncoderUnavailable
from matchmaker.matches import bridge, choosing, counting, filtering, needs_queries, rules
from matchmaker.matches.needs_queries import NeedFilters
from matchmaker.matches.pairing import Pairing, pairing
from matchmaker.matches.states import Band
from matchmaker.matches.views import blueprint
from matchmaker.matches.views.choosing import arguments_kept, given_reason
from matchmaker.organisations.acting import acting
from matchmaker.organisations.rules import belongs_to, is_company_member, is_coordinator, memberships
from matchmaker.profiles.models import Profile


def offers_something(user) -> bool:
    """Members of companies, and coordinators who act for one."""
    return is_company_member(user) or is_coordinator(user)


@blueprint.get("/behov-for-oss")
@requires(offers_something)
def needs_for_us():
    """For the company one acts for; `?profil=<number>` names another that one may speak for."""
    profile = _profile()
    if profile is None or not profile.listed:
        return render_template("matches/suggestions/needs_without_profile.html", profile=profile)
    filters = _filters()
    sort = request.args.get("sort", "best")
    sort = sort if sort in needs_queries.SORTS else "best"
    try:
        if not bridge.readable("offer", bridge.profile_document(profile)):
            return render_template("matches/suggestions/needs_waiting.html", profile=profile, readiness=bridge.readiness())
        found = needs_queries.needs_for(profile, filters, sort)
    except EncoderUnavailable:
        return render_template("matches/suggestions/needs_waiting.html", profile=profile, readiness="unavailable"), 503
    undone = request.args.get("undo", type=int)
    return render_template(
        "matches/suggestions/needs_for_us.html",
        profile=profile,
        behalf=not belongs_to(current_user, profile.organisation),
        found=found,
        heading=counting.heading(found.counts),
        filters=filters,
        sort=sort,
        choices=_choices(),
        in_use=_in_use(filters),
        undone=undone,
        reasons=reasons_to_decline(),
    )


@blueprint.post("/behov-for-oss/<int:challenge_id>/<int:profile_id>/bort")
@requires(rules.weighs, pairing)
def decline_need(pair: Pairing):
    """Say that the need is not for us; it stays out of our list until it is taken back. Nothing happens when nobody said why."""
    reason = given_reason()
    if not reason:
        return _back(pair, anchor=f"#hvorfor-{pair.challenge.id}", why=pair.challenge.id)
    with transaction():
        choosing.dismiss(challenge=pair.challenge, profile=pair.profile, by=current_user, reason=reason, side=choosing.OFFER)
    return _back(pair, undo=pair.challenge.id)


@blueprint.post("/behov-for-oss/<int:challenge_id>/<int:profile_id>/angre")
@requires(rules.weighs, pairing)
def undo_decline(pair: Pairing):
    with transaction():
        choosing.undo_dismissal(challenge=pair.challenge, profile=pair.profile, by=current_user, side=choosing.OFFER)
    flash(_("«%(title)s» er tilbake i lista.", title=pair.challenge.title), "success")
    return _back(pair)


def reasons_to_decline() -> list[tuple[str, str]]:
    """The common reasons of a company: key and words."""
    return [("not_ours", _("Ikke det vi gjør")), ("no_room", _("Ikke plass nå")), ("too_far", _("For langt unna")), ("too_small", _("For lite"))]


def _profile() -> Profile | None:
    """One the person may speak for, and no other."""
    asked = row_number("profil")
    if asked:
        profile = db.session.get(Profile, asked)
        return profile if profile is not None and rules.speaks_for_offer(current_user, profile) else None
    here = acting()
    mine = needs_queries.profile_of(here.organisation_id) if here else None
    return mine or needs_queries.listed_somewhere(each.organisation_id for each in memberships(current_user))


def _filters() -> NeedFilters:
    def known(name, values):
        value = request.args.get(name, "")
        return value if value in values else ""

    return NeedFilters(
        theme=known("theme", main_themes()),
        county=known("county", counties()),
        language=known("language", LANGUAGES),
        band=known("band", {Band.STRONG, Band.POSSIBLE, Band.STRETCH}),
        dismissed=request.args.get("dismissed") == "1",
    )


def _choices() -> dict:
    every = filtering.choices()
    return {name: every[name] for name in ("band", "theme", "county", "language")}


def _in_use(filters: NeedFilters) -> list[tuple[str, str]]:
    words = {
        "band": filtering.bands().get(filters.band),
        "theme": main_themes()[filters.theme].name if filters.theme else None,
        "county": counties().get(filters.county),
        "language": LANGUAGES.get(filters.language),
    }
    return [(text, url_with(**{name: None, "page": None})) for name, text in words.items() if text]


def _back(pair: Pairing, *, anchor: str = "", **changes):
    return redirect(url_for("matches.needs_for_us", **{**arguments_kept(), **changes}) + anchor, code=303)
