"""What the day's pages say of the clock: on the clock of the place, in the reader's language."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.i18n import hour, weekday
from matchmaker.meetings import rules
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Participant
from matchmaker.meetings.running import Running, running
from matchmaker.meetings.wording import Names


def day_of(event: AnyEvent, at: datetime) -> date:
    """The date on the wall there."""
    return at.astimezone(event.zone).date()


def headline(event: AnyEvent, at: Running) -> str:
    """Where the day stands, in one sentence; also before the first meeting, between two, between two days and after the last."""
    if not at.begun and at.next is None:
        return _("Det er ikke satt opp noen møter.")
    if at.over:
        return _("Alle møtene er ferdige. Takk for i dag.")
    if at.slot:
        return _("Møtene som går nå, slutter kl. %(time)s.", time=hour(at.slot.ends_at, event.zone))
    assert at.next is not None  # neither over nor running: something is to come
    time, day = hour(at.next.starts_at, event.zone), day_of(event, at.next.starts_at)
    if day == day_of(event, at.at):
        return _("Pause. Neste møter begynner kl. %(time)s.", time=time) if _begun_on(event, at, day) else _("Møtene begynner kl. %(time)s.", time=time)
    if at.begun:
        return _("Ferdig for i dag. Møtene fortsetter %(day)s kl. %(time)s.", day=weekday(day), time=time)
    return _("Møtene begynner %(day)s kl. %(time)s.", day=weekday(day), time=time)


def _begun_on(event: AnyEvent, at: Running, day: date) -> bool:
    return any(each.id in at.begun and day_of(event, each.starts_at) == day for each in event.slots)


def gone_word(who: Participant) -> str:
    """What the button says that sets somebody to gone, and the receipt after it: by whether it has come, and whether the event has begun there."""
    if who.arrived_at:
        return _("Har gått")
    return _("Kom ikke") if rules.day_there(who.event) >= who.event.first_day else _("Kommer ikke")


def closed(names: Names) -> str:
    """Which slots a plan that is made now leaves as they are, in one sentence; nothing before the first has begun."""
    at = running(names.event)
    if not at.begun:
        return ""
    if at.next is None:
        return _("Alle tidslukene har begynt, så en ny plan gir ingen nye møter.")
    first, number = names.start(names.event.slots[0].id), len(at.begun)
    return ngettext("Tidsluka %(when)s har begynt og får ikke nye møter.", "De %(num)s første tidslukene har begynt og får ikke nye møter.", number, when=first)
