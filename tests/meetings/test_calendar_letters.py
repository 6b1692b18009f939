"""The letter with a programme brings what is new to the reader's calendar: through a real SMTP receiver, read back by another library."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.meetings import passes, queries, services, sharing
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Level, Side
from tests.core.test_mail import Post, receiver  # noqa: F401  (a fixture)


def publish(conference, desk):
    db.session.expire_all()
    mark = queries.plan_of(conference.event_id).mark
    assert desk.post(f"/arrangementer/{conference.event_id}/plan/publiser", data={"mark": mark}).status_code == 303
    db.session.expire_all()


def brought(post, address, starts=None):
    """{UID: (method, sequence, status)} of all that came to one address, and the letters emptied; when each starts is put into `starts`."""
    found = {}
    for recipients, message in post.received:
        if recipients != [address]:
            continue
        for part in message.iter_attachments():
            vars(vobject.icalendar)["__tzidMap"].pop("Europe/Oslo", None)  # it would go on with the zone of the first calendar it ever read
            calendar = vobject.readOne(part.get_content())
            (entry,) = calendar.vevent_list
            assert part["Content-Type"].params["method"] == calendar.method.value
            assert entry.attendee.value == f"mailto:{address}"
            assert entry.organizer.value.startswith("mailto:")
            if starts is not None:
                starts.append(entry.dtstart.value)
            found[entry.uid.value] = (calendar.method.value, entry.sequence.value, entry.status.value)
    post.received.clear()
    return found


def test_each_meeting_is_a_request_and_what_falls_out_is_cancelled_under_the_same_uid(conference, sign_in, client, receiver):  # noqa: F811
    post = receiver(Post())
    who, address = conference.needs[0], "oppvekst@example.test"
    conference.represent(who, address)
    conference.everybody_wishes()
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    publish(conference, desk)
    first = brought(post, address)
    assert set(first.values()) == {("REQUEST", "0", "CONFIRMED")}
    feed = vobject.readOne(client.get(f"/kalender/{passes.token_for(conference.needs[0], Purpose.CALENDAR)}.ics").text)
    assert set(first) == {entry.uid.value for entry in feed.vevent_list}
    meeting = next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.need_id == conference.needs[0].id)
    desk.post(f"{here}/moter/{meeting.id}", data={"act": "cancel", "mark": queries.plan_of(conference.event_id).mark})
    publish(conference, desk)
    second = brought(post, address)
    assert list(second.values()) == [("CANCEL", "1", "CANCELLED")]
    assert set(second) < set(first)


def test_who_sits_in_has_calendar_entries_of_her_own_through_every_change_and_right_across_the_change_of_clocks(conference, receiver):  # noqa: F811
    clock.fix(datetime(2027, 3, 1, 12, tzinfo=UTC))
    event, who, starts = conference.event, conference.desk, []
    event.first_day, event.last_day = date(2027, 3, 27), date(2027, 3, 29)
    for slot, day in zip(event.slots, (27, 28, 29)):
        slot.starts_at = datetime(2027, 3, day, 9, tzinfo=ZoneInfo("Europe/Oslo")).astimezone(UTC)
        slot.ends_at = slot.starts_at + timedelta(minutes=20)
    for offer in (0, 1, 2):
        conference.wish(0, offer, Level.MUST, side=Side.COORDINATOR, reason="Avtalt").companion_id = who.id
    conference.represent(conference.needs[0], who.email)
    conference.everybody_wishes()
    conference.plan()
    post = receiver(Post())
    conference.publish()
    own = lambda found: {uid: each for uid, each in found.items() if "-sits-in-" in uid}  # noqa: E731 - of the others too she gets letters: asked after each step
    both = brought(post, who.email, starts)
    first = own(both)
    assert (len(both), set(first.values())) == (6, {("REQUEST", "0", "CONFIRMED")})
    assert sorted(each.strftime("%d %H%z") for each in starts) == [f"{day} 09{offset}" for day, offset in ((27, "+0100"), (28, "+0200"), (29, "+0200")) for _reader in "ab"]

    def change(act):
        with transaction():
            act()
        db.session.expire_all()
        return own(brought(post, who.email))

    wish = lambda: next(each for each in sharing.said_by_coordinators(conference.event) if each.companion_id)  # noqa: E731 - asked again after each change
    pair = wish().need_id, wish().offer_id
    (uid,) = (each for each in first if each.split("@")[0].endswith("-{}-{}".format(*pair)))
    assert change(lambda: services.take_back_of_pair(wish=wish(), by=who)) == {uid: ("CANCEL", "1", "CANCELLED")}
    need, offer = (next(each for each in conference.event.participants if each.id == id_) for id_ in pair)
    again = {"level": Level.MUST, "reason": "Likevel", "companion": who}
    assert change(lambda: services.say_of_pair(event=conference.event, need=need, offer=offer, by=who, **again)) == {uid: ("REQUEST", "2", "CONFIRMED")}
    meetings = queries.meetings_of(queries.plan_of(conference.event_id))
    one = next(each for each in meetings if (each.need_id, each.offer_id) == pair)
    other = next(each for each in meetings if each.slot_id == one.slot_id and each != one)

    def swapped():
        draft = services.swap_meetings(event=conference.event, meeting=one, other=other, mark=queries.plan_of(conference.event_id).mark, by=who)
        services.publish_plan(event=conference.event, mark=draft.mark, by=who)

    assert change(swapped) == {uid: ("REQUEST", "3", "CONFIRMED")}
