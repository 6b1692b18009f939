"""Who takes part: the two sides, finding more, one participant."""

from collections import Counter
from collections.abc import Collection

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.core.access import LARGEST, requires
from matchmaker.core.database import transaction
from matchmaker.core.paging import url_with
from matchmaker.core.texts import clean_line
from matchmaker.meetings import candidates, newcomers, passes, queries, recipients, rules, services, wording
from matchmaker.meetings.forms.participants import ParticipantForm
from matchmaker.meetings.forms.people import people_of
from matchmaker.meetings.listing import SORTS, Wanted
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.refusals import AnswerChanged, InUse, LimitsChanged, PeopleChanged
from matchmaker.meetings.services.taking_part import limits_of
from matchmaker.meetings.states import Answer, Side
from matchmaker.meetings.undescribed import numbered, undescribed
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/deltakere")
@requires(rules.arranges, queries.event)
def participants(event: Event):
    """`?navn=`, `?hvem=` and `?svar=` narrow those that take part; `?finn=` those that may be added, `?side=offer` looks among the companies."""
    return _page(event)


@blueprint.post("/arrangementer/<int:event_id>/deltakere")
@requires(rules.arranges, queries.event)
def add_participants(event: Event):
    """`act=find` looks for others and keeps what is ticked, also on the side that is not shown. `organisation`: who has nothing public to come with."""
    chosen, brought = _chosen(), _numbers("organisation")
    if request.form.get("act") == "find":
        return _page(event, chosen=chosen, brought=brought)
    if not any(chosen.values()) and not brought:
        return _page(event, problem=_("Kryss av for dem som skal med."))
    challenges, profiles = candidates.challenges_numbered(chosen[Side.NEED]), candidates.profiles_numbered(chosen[Side.OFFER])
    with transaction():
        added = services.add_participants(event=event, challenges=challenges, profiles=profiles, by=current_user)
        added += services.bring_in(event=event, organisations=numbered(brought), by=current_user)
    flash(ngettext("Én deltaker er lagt til.", "%(num)s deltakere er lagt til.", len(added)), "success")
    return redirect(url_for("meetings.participants", event_id=event.id, side=_side(), _anchor="innhold"), code=303)


@blueprint.route("/arrangementer/<int:event_id>/deltakere/<int:participant_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.participant)
def participant(found: Participant):
    values = {"least": found.least, "most": found.most, "away": [each.slot_id for each in found.absences], "answer": found.answer}
    values["limits"] = limits_of(found)
    form = ParticipantForm(data=values | people_of(found), offering=found.side == Side.OFFER)
    form.offer_answers(found)
    if form.validate_on_submit():
        try:
            with transaction():
                services.change_participant(
                    participant=found,
                    least=form.least.data or 0,
                    most=form.most.data or 0,
                    away=set(form.away.data or ()),
                    representatives=form.said,
                    seen=form.listed.data or "",
                    limits_seen=form.limits.data or "",
                    answer=form.new_answer,
                    stood=form.stood.data or "",
                    by=current_user,
                )
            flash(_("Endringene er lagret."), "success")
            return redirect(url_for("meetings.participants", event_id=found.event_id), code=303)
        except (AnswerChanged, PeopleChanged, LimitsChanged):
            form.refuse(found)
    page = {"participant": found, "event": found.event, "form": form, "link": private_link(found), "over": rules.is_over(found.event)}
    page |= {"names": wording.Names(found.event), "by_day": wording.by_day(found.event)}
    return render_template("meetings/participant.html", **page), 422 if form.errors else 200


@blueprint.post("/arrangementer/<int:event_id>/deltakere/<int:participant_id>/fjern")
@requires(rules.arranges, queries.participant)
def remove_participant(found: Participant):
    event_id, name = found.event_id, found.name
    if not removed(found):
        flash(_("%(name)s har møter i en plan. Sett høyeste antall møter til 0 og lag planen på nytt, så får de ingen.", name=name), "warning")
        return redirect(url_for("meetings.participant", event_id=event_id, participant_id=found.id), code=303)
    flash(_("%(name)s er ikke med lenger.", name=name), "success")
    return redirect(url_for("meetings.participants", event_id=event_id), code=303)


def removed(found: Participant) -> bool:
    """Out of the event, with all wishes; False where a plan of any version holds its meetings, and it stays."""
    try:
        with transaction():
            services.remove_participant(participant=found, by=current_user)
    except InUse:
        return False
    return True


def private_link(who: Participant) -> str:
    return url_for("meetings.private", token=passes.token_for(who, Purpose.INVITATION), _external=True)


@blueprint.post("/arrangementer/<int:event_id>/deltakere/<int:participant_id>/plass")
@requires(rules.arranges, queries.participant)
def give_place(found: Participant):
    """Up from the waiting list, whoever stands before."""
    with transaction():
        given = services.give_place(participant=found, by=current_user)
    if given:
        flash(_("%(name)s har fått plass, og brev om det.", name=found.name), "success")
    return redirect(url_for("meetings.participants", event_id=found.event_id), code=303)


def _side() -> Side:
    return Side.OFFER if request.values.get("side") == Side.OFFER else Side.NEED


def _chosen() -> dict[Side, set[int]]:
    """The numbers that are ticked on each side. `shown`: the side that was on the page, whose ticks are `chosen`; `kept-…`: ticked before, on either side."""
    found = {side: _numbers(f"kept-{side.value}") for side in (Side.NEED, Side.OFFER)}
    shown = request.form.get("shown", _side().value)
    found[Side.OFFER if shown == Side.OFFER else Side.NEED] |= _numbers("chosen")
    return found


def _numbers(name: str) -> set[int]:
    return {each for each in request.form.getlist(name, type=int) if 0 < each <= LARGEST}


def _page(event: Event, *, problem: str = "", chosen: dict[Side, set[int]] | None = None, brought: Collection[int] = frozenset()):
    side, text = _side(), clean_line(request.values.get("finn"))[:200]
    ticked = chosen or {Side.NEED: set(), Side.OFFER: set()}
    to_invite: list = candidates.challenges_to_invite(event, text) if side == Side.NEED else candidates.profiles_to_invite(event, text)
    there = {each.id for each in to_invite}
    aside = {Side.NEED: ticked[Side.NEED] - (there if side == Side.NEED else set()), Side.OFFER: ticked[Side.OFFER] - (there if side == Side.OFFER else set())}
    wanted, bare = Wanted.asked(request.args), undescribed(event, side, text)
    names, given = wording.Names(event), queries.wishes_given(event)
    found = wanted.among(event.participants, given)
    page = {
        "sides": [(each, [who for who in found if who.side == each]) for each in (Side.NEED, Side.OFFER) if wanted.side in {"", each.value}],
        "counts": Counter(each.answer for each in event.participants),
        "wanted": wanted,
        "sorts": [(key, label, url_with(sort=key if key != SORTS[0] else None)) for key, label in zip(SORTS, (_("navn"), _("svar"), _("færrest ønsker")))],
        "over": rules.is_over(event),
        "invited": recipients.invited_at(event.participants),
        "links": {each.id: private_link(each) for each in found},
        "unasked": [each for each in event.participants if each.answer == Answer.NONE],
        "silent_box": {each.id for each in recipients.audience(event.participants, ()).nobody},
        "to_invite": to_invite,
        "ticked": ticked[side] & there,
        "aside": [(each.id, "need", f"{each.organisation.display_name}: {each.title}") for each in candidates.challenges_numbered(aside[Side.NEED])]
        + [(each.id, "offer", each.name) for each in candidates.profiles_numbered(aside[Side.OFFER])],
        "bare": bare,
        "brought": brought,
        "brought_aside": numbered({*brought} - {each.id for each in bare}),
        "given": given,
        "queue": {each.id: number for number, each in enumerate(rules.queue(event), start=1)},
        "asking": newcomers.waiting(event),
        "asked_at": url_for("meetings.ask_to_take_part", token=passes.registration_for(event), _external=True) if rules.takes_registrations(event) else "",
    }
    return render_template("meetings/participants.html", event=event, side=side, text=text, names=names, problem=problem, most=candidates.MOST_FOUND, **page), (
        422 if problem else 200
    )
