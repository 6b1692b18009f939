"""Letters of this room: the invitation, the reminder before the deadline, and each participant's own programme."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import Any

from flask import current_app
from flask_babel import force_locale

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.core.database import db
from matchmaker.matches.letters import address
from matchmaker.meetings import calendars, passes, programmes, queries, recipients, rules, sharing
from matchmaker.meetings.models import Event, Meeting, Newcomer, Participant, Plan
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.recipients import Reader
from matchmaker.meetings.states import Answer
from matchmaker.meetings.told import told
from matchmaker.meetings.without import without
from matchmaker.meetings.wording import Names, days, in_queue, times
from matchmaker.organisations.models import Organisation, Role
from matchmaker.organisations.queries import members, people_with
from matchmaker.organisations.rules import is_coordinator, memberships
from matchmaker.planner.report import PersonChange


def write_invitations(participants: Iterable[Participant]) -> list[mail.Letter]:
    """The private address, to everybody who reads for these participants; it is for those with an account too."""
    found = list(participants)
    readers = _readers(found)
    hosts = {event: host(event) for event in {each.event for each in found}}
    posted = []
    for each in found:
        due, link = each.event.registration_due or each.event.wishes_due, _private("private", each)
        posted += [_post("invitation", reader, each, link=link, about=each, due=due, host=hosts[each.event]) for reader in readers[each.id]]
    return posted


def write_reminders(participants: Iterable[Participant]) -> list[mail.Letter]:
    """That the deadline for wishes is near, to everybody who reads for these participants."""
    found = list(participants)
    readers = _readers(found)
    return [
        _post(
            "reminder",
            reader,
            each,
            link=address("meetings.wishes", event_id=each.event_id, participant_id=each.id) if reader.signs_in else _private("private_wishes", each),
            about=each.event,
            private=not reader.signs_in,
        )
        for each in found
        for reader in readers[each.id]
    ]


def write_programmes(plan: Plan, participants: Iterable[Participant], changes: Mapping[int, PersonChange] | None) -> list[mail.Letter]:
    """To everybody who reads for these participants; the pages by signing in where that opens them, else by the private address.

    `changes`: what is new for whom since the version before, by the participant's id; None for the first. Who has no meeting is told so, why, and what
    can be done.
    """
    event = queries.event(plan.event_id)
    assert event is not None  # the plan's own
    found, names, meetings, said = list(participants), Names(event), queries.meetings_of(plan), queries.material(event).said
    of = {who.id: own for who, own in programmes.programmes(event, plan)}
    readers = _readers(found, {id_: {each.slot.id for each in own} for id_, own in of.items()})
    history, sit_in, posted = calendars.published(event), sharing.companions(event), []
    for each in found:
        for reader in readers[each.id]:
            link = address("meetings.programme", event_id=event.id, participant_id=each.id) if reader.signs_in else _private("private_programme", each)
            with _language(reader, event):
                attached = calendars.changes_for(each, history, email=reader.email, link=link, sit_in=sit_in)
                news = told(names, changes[each.id]) if changes and each.id in changes else None
                lacking = None if of[each.id] else without(each, meetings, said)
            posted.append(
                _post(
                    "programme",
                    reader,
                    each,
                    link=_private("private", each) if lacking else link,
                    about=event,
                    attached=attached,
                    first=changes is None,
                    own=of[each.id],
                    names=names,
                    news=news,
                    without=lacking,
                )
            )
    return posted


def ask_for_outcomes(untold: Mapping[Participant, Sequence[Meeting]]) -> list[mail.Letter]:
    """How these meetings went, to everybody who reads for the participants; it is said on the programme, by signing in or by the private address."""
    found = list(untold)
    readers = _readers(found)
    posted = []
    for each in found:
        names = Names(each.event)
        for reader in readers[each.id]:
            link = address("meetings.programme", event_id=each.event_id, participant_id=each.id) if reader.signs_in else _private("private_programme", each)
            own = [(meeting.slot_id, meeting.other_than(each.id) or 0) for meeting in untold[each]]
            posted.append(_post("outcomes", reader, each, link=link, about=each.event, private=not reader.signs_in, own=own, names=names))
    return posted


def write_places(participants: Iterable[Participant], *, new: bool = False) -> list[mail.Letter]:
    """That they take part, or where they stand on the waiting list, with the private address. `new`: new to the service, they may want an account."""
    found = list(participants)
    readers = _readers(found)
    more = address("organisations.register") if new else ""
    posted = []
    for each in found:
        stands: dict[str, Any] = {"waits": each.answer == Answer.WAITING, "in_queue": in_queue, "open": rules.takes_wishes(each.event)}
        posted += [_post("place", reader, each, link=_private("private", each), about=each, more=more, **stands) for reader in readers[each.id]]
    return posted


def tell_of_newcomer(newcomer: Newcomer, *, known: bool) -> None:
    """To everybody who may decide. `known`: the organisation is in the service, and nobody there reads letters."""
    for reader in people_with(Role.COORDINATOR):
        write("meetings/letters/newcomer", to=reader.email, reader=reader, about=newcomer, newcomer=newcomer, event=newcomer.event, known=known)


def decline_newcomer(newcomer: Newcomer) -> mail.Letter:
    return write("meetings/letters/newcomer_declined", to=newcomer.email, reader=newcomer, about=newcomer, newcomer=newcomer, event=newcomer.event)


def tell_members(event: Event, organisation: Organisation) -> None:
    """That somebody wants to register it for an event, to its members."""
    for each in members(organisation):
        reader = each.user
        write("meetings/letters/known", to=reader.email, reader=reader, about=organisation, organisation=organisation, event=event)


def host(event: Event) -> str:
    """Whose event it is: the cluster of the coordinator who made it, else whoever runs the service; '' where neither is known."""
    user = db.session.get(User, event.created_by_id) if event.created_by_id else None
    own = [each.organisation.name for each in memberships(user)] if is_coordinator(user) else []
    return own[0] if own else current_app.config["MATCHMAKER_OPERATOR"] or ""


def _readers(participants: Sequence[Participant], slots: Mapping[int, Collection[int]] | None = None) -> dict[int, list[Reader]]:
    """As `recipients.readers`, each with whom of the event a letter is about, where the same address reads for several of them."""
    found = recipients.readers(participants, slots)
    several: dict[int, set[str]] = {}
    names: dict[int, Names] = {}
    for event in filter(None, map(queries.event, {each.event_id for each in participants})):  # whoever holds one participant has not read the others
        every = {each.id for each in event.slots}
        anywhere = {each.id: every for each in event.participants}
        reads = Counter(reader.email for own in recipients.readers(event.participants, anywhere).values() for reader in own)
        several[event.id], names[event.id] = {email for email, number in reads.items() if number > 1}, Names(event)
    return {
        each.id: [
            replace(reader, about=names[each.event_id].told_apart(each)) if reader.email in several[each.event_id] else reader for reader in found[each.id]
        ]
        for each in participants
    }


def _private(page: str, participant: Participant) -> str:
    return address(f"meetings.{page}", token=passes.token_for(participant, Purpose.INVITATION))


def _language(reader: Reader, event: Event):
    """Of the reader's account, else the event's."""
    return force_locale((reader.user.locale if reader.user else None) or event.language)


def _post(letter: str, reader: Reader, participant: Participant, *, link: str, about, attached: Sequence[mail.Attachment] = (), **words) -> mail.Letter:
    """The first line of the template is the subject; whom it is about stands before it, short enough to leave it room, for who reads for several."""
    event = participant.event
    template = current_app.jinja_env.get_template(f"meetings/letters/{letter}.txt")
    with _language(reader, event):
        words |= {"reader": reader, "event": event, "participant": participant, "days": days(event), "times": times(event), "link": link}
        subject, _, body = template.render(**words).strip().partition("\n")
    subject = f"{shorten(reader.about, 90, placeholder=' …')}: {subject}" if reader.about else subject
    return mail.post(to=reader.email, subject=subject, body=re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", about=about, attached=attached)
