"""What a participant thought of the event: one form behind two doors, for members and for those who come by the private address."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import public, requires
from matchmaker.core.database import transaction
from matchmaker.meetings import outcome_queries, queries, rules, services, wording
from matchmaker.meetings.forms.feedback import LONGEST, FeedbackForm
from matchmaker.meetings.models import Participant
from matchmaker.meetings.refusals import NotOver
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.private import by_address
from matchmaker.organisations.rules import belongs_to


@blueprint.route("/arrangementer/<int:event_id>/program/<int:participant_id>/tilbakemelding", methods=["GET", "POST"])
@requires(rules.speaks_for, queries.participant)
def feedback(who: Participant):
    back = url_for("meetings.programme", event_id=who.event_id, participant_id=who.id)
    return answered(who, by=current_user, back=back, behalf=not belongs_to(current_user, who.organisation))


@blueprint.route("/delta/<token>/tilbakemelding", methods=["GET", "POST"])
@public
@by_address
def private_feedback(who: Participant, token: str):
    by = current_user if current_user.is_authenticated else None
    return answered(who, by=by, back=url_for("meetings.private_programme", token=token), token=token)


def answered(who: Participant, *, by, back: str, **page):
    """The form with what was said before; what was posted is kept and leads `back`, or comes back with what is wrong with it."""
    given = outcome_queries.feedback_of(who)
    said = {"score": given.score, "again": {True: "yes", False: "no"}.get(given.again), "words": given.words} if given else {}  # type: ignore[arg-type]  # None has no answer
    form = FeedbackForm(data=said)
    if form.validate_on_submit():
        try:
            with transaction():
                services.give_feedback(participant=who, score=form.score.data, again=form.would_come_again, words=form.words.data or "", by=by)
        except NotOver:
            flash(_("Arrangementet er ikke over ennå."), "warning")
        else:
            flash(_("Takk for tilbakemeldingen. Dere kan endre den når som helst."), "success")
        return redirect(back, code=303)
    page |= {"event": who.event, "participant": who, "days": wording.days(who.event), "over": rules.took_place(who.event), "given": given, "back": back}
    return render_template("meetings/feedback/form.html", form=form, longest=LONGEST, **page), 422 if form.errors else 200
