"""A change of the plan that may be refused: done and committed, or said why not on the next page."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.database import transaction
from matchmaker.meetings import overview, wording
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.refusals import Breaks, Busy, PlanChanged

T = TypeVar("T")


def attempted(event: AnyEvent, act: Callable[[str], T]) -> T | None:
    """What `act` gives, committed; it is handed the mark of the plan as the page that was sent knew it. None where it was refused."""
    try:
        with transaction():
            return act(request.form.get("mark", ""))
    except Breaks as found:
        flash(_("Planen kan ikke publiseres: %(why)s", why=wording.Names(overview.event(event.id) or event).objections(found.objections)), "warning")
    except (PlanChanged, Busy):
        flash(changed_words(), "warning")
    return None


def to_change(event: AnyEvent, words: str, slot: int | None = None) -> Response:
    """To the plan, where it says what was just done, with the way to its row and the way back."""
    flash(words, "#endring")
    return redirect(url_for("meetings.plan", event_id=event.id, endret=slot, _anchor="endring"), code=303)


def changed_words() -> str:
    return _("Det gikk ikke. Planen er endret siden du åpnet siden, eller den lages akkurat nå.")
