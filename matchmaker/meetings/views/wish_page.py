"""The page on which one participant wishes, the same whether a member has signed in or somebody has come by the private address."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from matchmaker.core.database import transaction
from matchmaker.matches.reasons import Reason, reasons_of
from matchmaker.matches.states import Band
from matchmaker.meetings import queries, rules, services, wording
from matchmaker.meetings.models import Participant
from matchmaker.meetings.refusals import TooManyMusts, WishesClosed
from matchmaker.meetings.states import Level

ORDER = list(Band)


def answered(who: Participant, *, by, template: str, here: str, **page):
    """The other side, nearest first, with what this participant wishes; what was posted is kept, or comes back with what is wrong with it.

    What the others wish is never read here. `here`: the page's own address. `page`: more for the template.
    """
    levels = {id_: Level(each.level) for id_, each in queries.own_wishes(who).items()}
    problem = ""
    if request.method == "POST":
        levels = _posted(request.form)
        try:
            with transaction():
                services.give_wishes(participant=who, levels=levels, by=by)
            flash(_("Ønskene er lagret. Dere kan endre dem til fristen går ut."), "success")
            return redirect(here, code=303)
        except WishesClosed:
            problem = _("Fristen for møteønsker er gått ut. Ta kontakt med koordinatoren hvis noe er viktig.")
        except TooManyMusts:
            problem = _("Dere kan velge «må» for høyst %(most)s. Gjør noen av dem om til «vil gjerne».", most=rules.MOST_MUSTS)
    page |= {"event": who.event, "participant": who, "rows": _rows(who), "levels": levels, "problem": problem, "days": wording.days(who.event)}
    page |= {"open": rules.may_change_wishes(by, who.event), "over": not rules.takes_wishes(who.event), "most": rules.MOST_MUSTS}
    return render_template(template, **page), 422 if problem else 200


def _rows(who: Participant) -> list[tuple]:
    """(the other, how near the suggestions find it, the first reason) of everybody on the other side."""
    near = queries.suggestions_about(who)
    others = [each for each in who.event.participants if each.side != who.side]
    others.sort(key=lambda each: (ORDER.index(near[each.id].band), -near[each.id].score) if each.id in near else (len(ORDER), 0.0))
    near = {id_: each for id_, each in near.items() if each.band != Band.NONE}
    first: dict[int, Reason | None] = {id_: next(iter(reasons_of(each.reasons)), None) for id_, each in near.items()}
    return [(each, near.get(each.id), first.get(each.id)) for each in others]


def _posted(form: Mapping[str, str]) -> dict[int, Level]:
    """`wish-<participant>` = a level; whatever else is nothing."""
    known = {level.value for level in Level}
    found = {name.removeprefix("wish-"): value for name, value in form.items() if name.startswith("wish-")}
    return {int(number): Level(value) for number, value in found.items() if value in known and number.isascii() and number.isdigit()}
