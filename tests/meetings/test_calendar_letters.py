"""The letter with a programme brings what is new to the reader's calendar: through a real SMTP receiver, read back by another library."""

import vobject

from matchmaker.core.database import db
from matchmaker.meetings import passes, queries
from matchmaker.meetings.passes import Purpose
from tests.core.test_mail import Post, receiver  # noqa: F401  (a fixture)


def publish(conference, desk):
    db.session.expire_all()
    mark = queries.plan_of(conference.event_id).mark
    assert desk.post(f"/arrangementer/{conference.event_id}/plan/publiser", data={"mark": mark}).status_code == 303
    db.session.expire_all()


def brought(post, address):
    """{UID: (method, sequence, status)} of all that came to one address, and the letters emptied."""
    found = {}
    for recipients, message in post.received:
        if recipients != [address]:
            continue
        for part in message.iter_attachments():
            calendar = vobject.readOne(part.get_content())
            (entry,) = calendar.vevent_list
            assert part["Content-Type"].params["method"] == calendar.method.value
            assert entry.attendee.value == f"mailto:{address}"
            assert entry.organizer.value.startswith("mailto:")
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
