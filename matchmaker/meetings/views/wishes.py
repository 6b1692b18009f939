"""Wishes: each participant's own page, and the coordinator's view of them all."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.matches.reasons import reasons_of
from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, queries, rules, services, wording
from matchmaker.meetings.forms.pairs import PairForm
from matchmaker.meetings.models import Event, Participant, Wish
from matchmaker.meetings.refusals import TooManyMusts, WishesClosed
from matchmaker.meetings.states import Level, Side
from matchmaker.meetings.views import blueprint
from matchmaker.organisations.rules import belongs_to

ORDER = list(Band)


@blueprint.route("/arrangementer/<int:event_id>/onsker/<int:participant_id>", methods=["GET", "POST"])
@requires(rules.speaks_for, queries.participant)
def wishes(who: Participant):
    """The other side, nearest first, with what this participant wishes. What the others wish is never read here."""
    levels = {id_: Level(each.level) for id_, each in queries.own_wishes(who).items()}
    problem = ""
    if request.method == "POST":
        levels = _posted()
        try:
            with transaction():
                services.give_wishes(participant=who, levels=levels, by=current_user)
            flash(_("Ønskene er lagret. Dere kan endre dem til fristen går ut."), "success")
            return redirect(url_for("meetings.wishes", event_id=who.event_id, participant_id=who.id), code=303)
        except WishesClosed:
            problem = _("Fristen for møteønsker er gått ut. Ta kontakt med koordinatoren hvis noe er viktig.")
        except TooManyMusts:
            problem = _("Dere kan velge «må» for høyst %(most)s. Gjør noen av dem om til «vil gjerne».", most=rules.MOST_MUSTS)
    near = queries.suggestions_about(who)
    others = [each for each in who.event.participants if each.side != who.side]
    others.sort(key=lambda each: (ORDER.index(near[each.id].band), -near[each.id].score) if each.id in near else (len(ORDER), 0.0))
    near = {id_: each for id_, each in near.items() if each.band != Band.NONE}
    rows = [(each, near.get(each.id), next(iter(reasons_of(near[each.id].reasons)), None) if each.id in near else None) for each in others]
    page = {"event": who.event, "participant": who, "rows": rows, "levels": levels, "problem": problem}
    page |= {"open": rules.may_wish(current_user, who), "behalf": not belongs_to(current_user, who.organisation), "over": not rules.takes_wishes(who.event)}
    page |= {"most": rules.MOST_MUSTS, "days": wording.days(who.event)}
    return render_template("meetings/wishes.html", **page), 422 if problem else 200


def _posted() -> dict[int, Level]:
    """`wish-<participant>` = a level; whatever else is nothing."""
    known = {level.value for level in Level}
    found = {name.removeprefix("wish-"): value for name, value in request.form.items() if name.startswith("wish-")}
    return {int(number): Level(value) for number, value in found.items() if value in known and number.isascii() and number.isdigit()}


@blueprint.get("/arrangementer/<int:event_id>/onsker")
@requires(rules.arranges, queries.event)
def all_wishes(event: Event):
    return _page(event)


@blueprint.post("/arrangementer/<int:event_id>/onsker")
@requires(rules.arranges, queries.event)
def say_of_pair(event: Event):
    form = PairForm(wording.Names(event))
    if not form.validate_on_submit():
        return _page(event, form)
    people = {each.id: each for each in event.participants}
    with transaction():
        services.say_of_pair(
            event=event, need=people[form.need.data], offer=people[form.offer.data], level=Level(form.level.data), reason=form.reason.data, by=current_user
        )
    flash(_("Lagret. Det gjelder neste gang planen lages."), "success")
    return redirect(url_for("meetings.all_wishes", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/onsker/<int:wish_id>/ta-tilbake")
@requires(rules.may_take_back, queries.wish)
def take_back_of_pair(wish: Wish):
    event_id = wish.event_id
    with transaction():
        services.take_back_of_pair(wish=wish, by=current_user)
    flash(_("Tatt tilbake."), "success")
    return redirect(url_for("meetings.all_wishes", event_id=event_id), code=303)


def _page(event: Event, form: PairForm | None = None):
    material = queries.material(event)
    worth = bridge.worths(material)
    valued = sorted(worth.items(), key=lambda each: (not each[1].must, -each[1].value, each[0]))
    page = {
        "names": wording.Names(event),
        "given": queries.wishes_given(event),
        "valued": [(pair, each, material.said.get(pair, {}), material.bands.get(pair)) for pair, each in valued],
        "ours": queries.coordinators_wishes(event),
        "sides": [(side, material.side(side)) for side in (Side.NEED, Side.OFFER)],
        "form": form or PairForm(wording.Names(event), formdata=None),
        "most": rules.MOST_MUSTS,
        "open": rules.takes_wishes(event),
    }
    return render_template("meetings/all_wishes.html", event=event, **page), 422 if form else 200
