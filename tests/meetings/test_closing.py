"""A table is lost for the rest of the day: what stood there is mended with the fewest changes, and nothing is put there meanwhile."""

from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from matchmaker.meetings import bridge, queries, rules, spontaneous
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.running import running


def places(plan) -> set:
    db.session.expire_all()
    return {each[:4] for each in bridge.places(queries.meetings_of(plan))}


def close(desk, published, table, since, *, follow: bool = True) -> str:
    answer = desk.post(f"{published}/bord/stengte", data={"table": table.id, "since": since}, follow_redirects=follow)
    db.session.expire_all()
    return answer.text


def test_a_table_closed_from_a_slot_on_keeps_what_comes_before_and_is_had_again(conference, desk, published):
    slots, (first, second) = conference.event.slots, conference.event.tables
    before = places(queries.published_of(conference.event_id))
    assert "Ingen" not in (shown := desk.get(f"{published}/bord/stengte").text)
    assert '/dagen" aria-current="true">Dagen<' in shown
    page = close(desk, published, second, slots[2].id)
    assert second.closed_from == slots[2].starts_at
    assert "Bord 2 er stengt fra kl." in page
    assert "avlyses" in page
    draft = queries.standing_draft(conference.event_id)
    after = places(draft)
    assert (slots[2].id, second.id) not in {each[2:] for each in after}
    assert {each for each in after if each[2] != slots[2].id} == {each for each in before if each[2] != slots[2].id}
    assert len(after) == 5
    assert f'data-place="{slots[2].id}-{second.id}">stengt<' in desk.get(f"{published}/plan").text
    lost = next(each for each in before if each[2:] == (slots[2].id, second.id))
    refused = desk.post(f"{published}/plan/nytt-mote", data={"need": lost[0], "offer": lost[1], "place": f"{slots[2].id}-{second.id}", "mark": draft.mark})
    assert refused.status_code == 422
    assert "åpent igjen" in desk.post(f"{published}/bord/stengte", data={"open": second.id}, follow_redirects=True).text
    db.session.expire_all()
    assert queries.standing_draft(conference.event_id) is None
    assert second.closed_from is None
    acts = [each.action for each in db.session.query(AuditEntry).filter(AuditEntry.action.like("event table %")).order_by(AuditEntry.id)]
    assert acts == ["event table closed", "event table opened"]
    assert desk.post(f"{published}/bord/stengte", data={"open": 0}).status_code == 404
    assert desk.post(f"{published}/bord/stengte", data={"table": first.id, "since": "x"}).status_code == 422


def test_before_anything_is_published_closing_belongs_to_the_times_and_tables(conference, desk):
    page = desk.get(f"/arrangementer/{conference.event_id}/bord/stengte").text
    assert '/tider" aria-current="true">Tid og bord<' in page
    assert "Innsjekk" not in page


def test_a_move_to_a_closed_table_is_refused_and_a_lock_there_gives_way(conference, desk, published):
    slots, (_first, second) = conference.event.slots, conference.event.tables
    for each in queries.meetings_of(queries.published_of(conference.event_id)):
        each.locked = (each.slot_id, each.table_id) == (slots[1].id, second.id)
    db.session.commit()
    close(desk, published, second, slots[1].id)
    draft = queries.standing_draft(conference.event_id)
    assert {each[2] for each in places(draft) if each[3] == second.id} == {slots[0].id}
    meeting = queries.meetings_of(draft)[0]
    address = f"{published}/plan/moter/{meeting.id}"
    answer = desk.post(address, data={"act": "move", "place": f"{slots[1].id}-{second.id}", "mark": draft.mark})
    assert answer.status_code == 422
    assert "Bord 2 er stengt fra kl." in answer.text
    assert "Bord 2 er stengt fra kl." in desk.get(address).text


def test_who_sits_there_when_it_closes_sits_on_and_nobody_is_offered_the_table(conference, desk, published):
    slots, (_first, second) = conference.event.slots, conference.event.tables
    before = places(queries.published_of(conference.event_id))
    clock.fix(slots[0].starts_at + timedelta(minutes=5))
    page = desk.get(f"{published}/bord/stengte").text
    assert "Nå; møtet som går, får bli ferdig" in page
    close(desk, published, second, "now")
    assert {slot for slot, _table in rules.closed(conference.event)} == {each.id for each in slots[1:]}
    after = places(queries.standing_draft(conference.event_id))
    assert {each for each in after if each[2] == slots[0].id} == {each for each in before if each[2] == slots[0].id}
    assert {each[3] for each in after if each[2] != slots[0].id} == {conference.event.tables[0].id}
    for each in conference.event.participants:
        each.arrived_at = clock.now()
    material, at = queries.material(conference.event), running(conference.event)
    taken = Place(conference.needs[0].id, conference.offers[0].id, at.here.id, conference.event.tables[0].id)
    assert spontaneous.offered(material, [taken], at.here) == []
