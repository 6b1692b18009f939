"""Pages for whoever has a participant's private address: answer the invitation, say who comes, wish, read the programme. No account is asked for.

The address opens one participant's pages and nothing else; what the others wish is never read here.
"""

from functools import wraps
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.meetings import calendars, notes, outcome_queries, passes, programmes, queries, rules, services, wording
from matchmaker.meetings.forms.people import PeopleForm, answered_since, people_of
from matchmaker.meetings.models import Participant
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.refusals import AnswerChanged, PeopleChanged
from matchmaker.meetings.services.describing import describes
from matchmaker.meetings.states import Answer, Side
from matchmaker.meetings.views import blueprint, wish_page
from matchmaker.meetings.what_changed import what_changed
from matchmaker.meetings.without import without_meetings


def by_address(view):
    """The view gets the participant that the token in the path is signed for; 404 for any other token. Nothing on the way keeps or lists the page."""

    @wraps(view)
    def found(token: str, **more):
        known = passes.participant_for(token, Purpose.INVITATION)
        who = queries.participant(known.event_id, known.id) if known else None
        if who is None:
            abort(404)
        answer = make_response(view(who, token, **more))
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return found


@blueprint.route("/delta/<token>", methods=["GET", "POST"])
@public
@by_address
def private(who: Participant, token: str):
    """Yes, with who comes. What is posted here is always a yes; a no has its own address."""
    form = PeopleForm(data=people_of(who), offering=who.side == Side.OFFER)
    if request.method == "POST" and rules.is_over(who.event):
        return _over(token)
    if form.validate_on_submit():
        try:
            with transaction():
                before = {"seen": form.listed.data or "", "stood": form.stood.data or ""}
                services.answer_invitation(participant=who, answer=Answer.COMES, people=form.said, by=acting(), **before)
            flash(_("Takk! Dere er ført opp.") if who.answer == Answer.COMES else _("Takk, det er lagret."), "success")
            return redirect(url_for("meetings.private", token=token), code=303)
        except (AnswerChanged, PeopleChanged):
            form.refuse(who)
    waits = wording.in_queue(who) if who.answer == Answer.WAITING else ""
    page = {"form": form, "waits": waits, "over": rules.is_over(who.event), "names": wording.Names(who.event), "by_day": wording.by_day(who.event)}
    return _page("invitation", who, token, **page), 422 if form.errors else 200


@blueprint.post("/delta/<token>/svar")
@public
@by_address
def private_answer(who: Participant, token: str):
    """No, or yes after all; who comes and what they wish stays as it is."""
    if rules.is_over(who.event):
        return _over(token)
    comes = request.form.get("answer") == Answer.COMES
    answer, stood = Answer.COMES if comes else Answer.DECLINED, request.form.get("stood", "")
    try:
        with transaction():
            services.answer_invitation(participant=who, answer=answer, stood=stood, by=acting())
    except AnswerChanged:
        flash(answered_since(who), "warning")
        return redirect(url_for("meetings.private", token=token), code=303)
    if who.answer == Answer.WAITING:
        flash(_("Takk, det er lagret."), "success")
        return redirect(url_for("meetings.private", token=token), code=303)
    if comes:
        flash(_("Takk! Dere er ført opp igjen."), "success")
    elif queries.published_plan(who.event):
        flash(_("Takk for at dere sa fra. Møtene deres avlyses når koordinatoren endrer planen."), "success")
    else:
        flash(_("Takk for at dere sa fra. Dere blir ikke satt opp med møter."), "success")
    return redirect(url_for("meetings.private", token=token), code=303)


@blueprint.route("/delta/<token>/onsker", methods=["GET", "POST"])
@public
@by_address
def private_wishes(who: Participant, token: str):
    page = {"token": token, "published": queries.published_plan(who.event), "describes": describes(who)}
    return wish_page.answered(who, by=acting(), template="meetings/private/wishes.html", here=url_for("meetings.private_wishes", token=token), **page)


@blueprint.get("/delta/<token>/program")
@public
@by_address
def private_programme(who: Participant, token: str):
    published, names = queries.published_plan(who.event), wording.Names(who.event)
    feed = url_for("meetings.calendar_feed", token=passes.token_for(who, Purpose.CALENDAR), _external=True)
    page: dict[str, Any] = {"plan": published, "names": names, "changed": what_changed(names, who, published), "feed": feed}
    page |= {"appointments": programmes.programme(who, published)}
    over, lacking = rules.took_place(who.event), without_meetings(who, published) if published else None
    thought = outcome_queries.feedback_of(who) if over else None
    return _page("programme", who, token, said=notes.said_of(who), lacking=lacking, over=over, thought=thought, **page)


@blueprint.get("/delta/<token>/program/kalender.ics")
@public
@by_address
def private_calendar(who: Participant, token: str):
    answer = make_response(calendars.calendar_of(who, url_for("meetings.private_programme", token=token, _external=True)))
    answer.mimetype = "text/calendar"
    answer.headers["Content-Disposition"] = f'attachment; filename="moter-{who.event_id}.ics"'
    return answer


def _page(name: str, who: Participant, token: str, **page) -> str:
    return render_template(f"meetings/private/{name}.html", **shared(who, token), **page)


def shared(who: Participant, token: str) -> dict[str, Any]:
    """What each of the pages takes."""
    found = {"event": who.event, "participant": who, "token": token, "days": wording.days(who.event), "describes": describes(who)}
    return found | {"open": rules.takes_wishes(who.event), "published": queries.published_plan(who.event)}


def acting():
    """Who is named in the log: the one who has signed in, else nobody."""
    return current_user if current_user.is_authenticated else None


def _over(token: str):
    flash(_("Arrangementet er over, så svaret kan ikke endres."), "warning")
    return redirect(url_for("meetings.private", token=token), code=303)
