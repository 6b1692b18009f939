"""The verbs: what they change, whom they write to, and what they refuse."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.accounts.personal_data import gather
from matchmaker.accounts.services import delete_account
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, transaction
from matchmaker.core.imports.importers import held
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.meetings import bridge, jobs, passes, queries, services
from matchmaker.meetings.bridge import Made, Place
from matchmaker.meetings.models import Absence, Event, Meeting, Participant, Plan, PlanRun, Representative, Slot, Wish
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.refusals import Breaks, Busy, InUse, NotReady, OutsideDays, Overlaps, PlanChanged, Published, TooManyMusts, WishesClosed
from matchmaker.meetings.services import arranging
from matchmaker.meetings.services.people import Comer
from matchmaker.meetings.states import Level, PlanState, RunState
from matchmaker.meetings.times import Span


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("event ")).order_by(AuditEntry.id)))


def places(conference) -> list[Place]:
    return bridge.places(queries.meetings_of(queries.plan_of(conference.event_id)))


def seats(conference) -> list[Meeting]:
    return queries.meetings_of(queries.plan_of(conference.event_id))


def do(verb, conference, **arguments):
    db.session.expire_all()
    with transaction():
        verb(event=conference.event, mark=queries.plan_of(conference.event_id).mark, by=conference.desk, **arguments)
    db.session.expire_all()


def free(conference) -> tuple[int, int]:
    event, taken = conference.event, {(each.slot, each.table) for each in places(conference)}
    return next((slot.id, table.id) for slot in event.slots for table in event.tables if (slot.id, table.id) not in taken)


# events


def test_the_same_form_sent_twice_makes_one_event(conference):
    day = clock.today()
    content = {"title": "Konferansen", "place": "", "first_day": day, "last_day": day, "wishes_due": day, "need_least": 1, "need_most": 4, "offer_least": 1, "offer_most": 4}
    first, second = (services.create_event(content=content, by=conference.desk, token="abc") for _ in range(2))
    assert first is second


def test_slots_that_overlap_or_stand_on_another_day_are_refused_all_of_them(conference):
    event = conference.event
    first = event.slots[0]
    with pytest.raises(Overlaps):
        services.add_slots(event=event, spans=[Span(first.starts_at - timedelta(minutes=5), first.starts_at + timedelta(minutes=5))], by=conference.desk)
    later = first.starts_at + timedelta(days=1)
    with pytest.raises(OutsideDays):
        services.add_slots(event=event, spans=[Span(later, later + timedelta(minutes=20))], by=conference.desk)
    assert db.session.query(Slot).count() == 3


def test_days_cannot_be_taken_from_under_the_slots(conference):
    event = conference.event
    content = {name: getattr(event, name) for name in arranging.FIELDS}
    with pytest.raises(OutsideDays):
        services.edit_event(event=event, content=content | {"first_day": event.first_day - timedelta(days=2), "last_day": event.first_day - timedelta(days=1)}, by=conference.desk)
    services.edit_event(event=event, content=content | {"title": "Nytt navn"}, by=conference.desk)
    assert event.title == "Nytt navn"


def test_next_years_copy_has_slots_and_tables_and_nobody_in_it(conference):
    event = conference.event
    copy = services.copy_event(event=event, by=conference.desk)
    db.session.commit()
    assert (len(copy.slots), [each.name for each in copy.tables], copy.participants) == (3, ["Bord 1", "Bord 2"], [])
    assert copy.first_day - event.first_day == timedelta(weeks=52)
    local = [each.slots[0].starts_at.astimezone(event.zone).time() for each in (event, copy)]
    assert local[0] == local[1]


def test_an_event_with_a_draft_goes_with_everything_in_it_and_a_published_one_stays(conference):
    conference.planned()
    with transaction():
        services.delete_event(event=conference.event, by=conference.desk)
    assert [db.session.query(kind).count() for kind in (Event, Meeting, Plan, Participant, Wish, PlanRun)] == [0] * 6


def test_a_published_event_is_not_deleted(conference):
    conference.published()
    with pytest.raises(Published):
        services.delete_event(event=conference.event, by=conference.desk)


def test_tables_keep_who_they_are_and_those_with_meetings_stay(conference):
    conference.planned()
    first = conference.event.tables[0].id
    services.name_tables(event=conference.event, names=["Tista", "Bord 2", "Bord 1"], by=conference.desk)
    db.session.commit()
    db.session.expire_all()
    assert [each.name for each in conference.event.tables] == ["Tista", "Bord 2", "Bord 1"]
    assert conference.event.tables[2].id == first
    with pytest.raises(InUse):
        services.name_tables(event=conference.event, names=["Tista"], by=conference.desk)


# participants


def test_nobody_is_added_twice_and_whoever_has_meetings_is_not_removed(conference):
    event, profile = conference.event, conference.offers[0].profile
    assert services.add_participants(event=event, profiles=[profile], by=conference.desk) == []
    conference.everybody_wishes()
    conference.plan()
    with pytest.raises(InUse):
        services.remove_participant(participant=conference.offers[0], by=conference.desk)


def test_a_participant_goes_with_its_wishes(conference):
    conference.both(0, 0)
    with transaction():
        services.remove_participant(participant=conference.offers[0], by=conference.desk)
    assert db.session.query(Wish).count() == 0
    assert len(conference.event.participants) == 4


def test_slots_of_another_event_are_left_out_of_absences(conference):
    slot = conference.make.event().slots[0].id
    services.change_participant(participant=conference.needs[0], least=0, most=2, away={slot, conference.event.slots[1].id}, representatives=[Comer("", ""), Comer("Kari", "")], by=conference.desk)
    db.session.commit()
    assert [each.slot_id for each in conference.needs[0].absences] == [conference.event.slots[1].id]
    assert [each.name for each in conference.needs[0].representatives] == ["Kari"]


def test_what_takes_part_is_not_taken_away_with_an_import(conference):
    need, offer = conference.needs[0], conference.offers[0]
    assert held("profiles", [offer.profile_id, 987]) == {offer.profile_id}
    assert held("challenges", [need.challenge_id, 987]) == {need.challenge_id}


def test_who_comes_finds_it_in_their_own_data_and_is_erased_with_the_account(conference):
    member = conference.members["Oppvekst"]
    conference.represent(conference.needs[0], member.email)
    assert [row["name"] for row in gather(member)["stored"]["event_representatives"]] == ["Kari Demo"]
    with transaction():
        delete_account(user=member, by=member)
    assert db.session.query(Representative).count() == 0


# wishes


def test_wishes_are_given_changed_and_taken_back(conference):
    who, member = conference.needs[0], conference.members["Oppvekst"]
    one, two, three = (each.id for each in conference.offers)
    services.give_wishes(participant=who, levels={one: Level.MUST, two: Level.NO, conference.needs[1].id: Level.MUST}, by=member)
    services.give_wishes(participant=who, levels={one: Level.LIKE, three: Level.LIKE}, by=member)
    db.session.commit()
    assert {id_: each.level for id_, each in queries.own_wishes(who).items()} == {one: Level.LIKE, three: Level.LIKE}


def test_a_coordinator_wishes_on_behalf_and_the_log_says_so(conference):
    who = conference.offers[0]
    services.give_wishes(participant=who, levels={conference.needs[0].id: Level.LIKE}, by=conference.desk)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event wishes given")).one()
    assert (entry.on_behalf_of, entry.user_id) == (who.organisation.id, conference.desk.id)


def test_wishes_after_the_deadline_and_a_fourth_must_are_refused(conference):
    who, member = conference.needs[0], conference.members["Oppvekst"]
    more = [conference.make.profile(conference.make.organisation()) for _ in range(2)]
    services.add_participants(event=conference.event, profiles=more, by=conference.desk)
    db.session.commit()
    with pytest.raises(TooManyMusts):
        services.give_wishes(participant=conference.needs[0], levels={each.id: Level.MUST for each in conference.offers[:4]}, by=member)
    conference.event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    with pytest.raises(WishesClosed):
        services.give_wishes(participant=who, levels={}, by=member)
    services.give_wishes(participant=who, levels={conference.offers[0].id: Level.LIKE}, by=conference.desk)


# plans


def test_a_plan_is_computed_checked_and_kept_as_a_draft(conference):
    plan = conference.planned()
    run = db.session.scalars(select(PlanRun)).one()
    assert (plan.state, plan.number, len(places(conference)), run.state) == (PlanState.DRAFT, 1, 6, RunState.DONE)
    assert db.session.get(Job, run.job_id).state == "done"
    assert db.session.query(Letter).count() == 0


def test_where_nobody_wishes_anything_the_plan_is_empty_and_cannot_be_published(conference):
    plan = conference.plan()
    assert (places(conference), plan.findings["status"]) == ([], "optimal")
    assert {each["cause"] for each in plan.findings["short"]} == {"few_partners"}
    with pytest.raises(PlanChanged):
        do(services.publish_plan, conference)


@pytest.mark.parametrize("missing", ["slots", "tables", "needs", "offers"])
def test_nothing_is_planned_before_everything_is_there(conference, missing):
    for each in getattr(conference, missing) if missing in {"needs", "offers"} else getattr(conference.event, missing):
        db.session.delete(each)
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(NotReady) as refused:
        services.ask_for_plan(event=conference.event, anew=False, by=conference.desk)
    assert refused.value.missing == missing


def test_asking_twice_is_one_computation_and_nothing_is_changed_by_hand_meanwhile(app, conference, monkeypatch):
    conference.planned()
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    with transaction():
        first = services.ask_for_plan(event=conference.event, anew=False, by=conference.desk)
        second = services.ask_for_plan(event=conference.event, anew=False, by=conference.desk)
    assert first is second
    meeting = queries.meetings_of(queries.plan_of(conference.event_id))[0]
    with pytest.raises(Busy):
        do(services.cancel_meeting, conference, meeting=meeting)
    db.session.rollback()
    assert services.stop_run(event=conference.event, by=conference.desk)
    db.session.commit()
    jobs.make_plan(db.session.get(Job, first.job_id), run_id=first.id)
    db.session.expire_all()
    assert first.state == RunState.DONE
    assert not jobs.planning.begin_run(run=first)


def test_a_plan_whose_worker_was_killed_half_way_is_computed_anew_and_kept_once(conference, monkeypatch):
    conference.everybody_wishes()
    whole = bridge.make

    def killed(*arguments, **named):
        raise SystemExit(137)

    monkeypatch.setattr(bridge, "make", killed)
    with pytest.raises(SystemExit):
        conference.plan()
    db.session.rollback()
    run = db.session.scalars(select(PlanRun)).one()
    assert (run.state, queries.plan_of(conference.event_id)) == (RunState.RUNNING, None)
    monkeypatch.setattr(bridge, "make", whole)
    for _again in range(2):
        jobs.make_plan(db.session.get(Job, run.job_id), run_id=run.id)
    db.session.expire_all()
    assert (run.state, len(queries.event(conference.event_id).plans), len(places(conference))) == (RunState.DONE, 1, 6)


def test_a_plan_that_breaks_a_rule_is_refused_and_logged_and_never_kept(conference, caplog, monkeypatch):
    conference.everybody_wishes()
    event = conference.event
    need, (one, two, *_rest) = conference.needs[0].id, [each.id for each in conference.offers]
    bad = Made((Place(need, one, event.slots[0].id, event.tables[0].id), Place(need, two, event.slots[0].id, event.tables[1].id)), {"status": "optimal"})
    monkeypatch.setattr(bridge, "make", lambda *arguments, **named: bad)
    assert conference.plan() is None
    run = db.session.scalars(select(PlanRun)).one()
    assert (run.state, run.faults) == (RunState.REFUSED, [{"rule": "two_at_once", "about": [need], "person": ""}])
    assert "was refused" in caplog.text
    assert "event plan refused" in acts()


def test_the_plan_made_again_keeps_locked_meetings_and_changes_as_little_as_possible(conference):
    conference.planned()
    before = places(conference)
    meeting = queries.meetings_of(queries.plan_of(conference.event_id))[0]
    do(services.lock_meeting, conference, meeting=meeting, locked=True)
    last = before[-1]
    db.session.add(Absence(participant_id=last.need, slot_id=last.slot))
    db.session.commit()
    conference.plan()
    after = places(conference)
    assert before[0]._replace(locked=True) in after
    assert len({each[:4] for each in before} & {each[:4] for each in after}) >= 4


def test_publishing_writes_to_everybody_once_and_only_then(conference):
    conference.represent(conference.needs[0], "oppvekst@example.test")
    conference.represent(conference.offers[2], "nabobil@example.test", name="")
    conference.everybody_wishes()
    conference.plan()
    plan = conference.publish()
    with transaction():
        services.publish_plan(event=conference.event, mark="whatever", by=conference.desk)
    letters = {each.recipient: each for each in db.session.scalars(select(Letter))}
    members = [conference.members[name].email for name in ("Helse", "TotalCtrl", "RørLytt")]
    assert sorted(letters) == sorted(["nabobil@example.test", "oppvekst@example.test", *members])
    assert letters["oppvekst@example.test"].subject == "Programmet deres på Partnerkonferansen"
    assert all(name in letters["oppvekst@example.test"].body for name in ("TotalCtrl", "RørLytt", "Nabobil", "Bord 1"))
    assert f"/delta/{passes.token_for(conference.needs[0], Purpose.INVITATION)}/program" in letters["oppvekst@example.test"].body
    assert f"/arrangementer/{conference.event_id}/program/{conference.offers[0].id}" in letters[members[1]].body
    assert (plan.state, plan.number) == (PlanState.PUBLISHED, 1)


def test_a_change_after_publishing_is_a_new_draft_and_only_those_it_concerns_hear_of_it(conference):
    for each in conference.event.participants:
        conference.represent(each, f"p{each.id}@example.test")
    conference.everybody_wishes()
    conference.plan()
    first = conference.publish()
    db.session.query(Letter).delete()
    db.session.commit()
    meeting = queries.meetings_of(first)[0]
    pair, kept = {meeting.need_id, meeting.offer_id}, [each[:4] for each in bridge.places(queries.meetings_of(first))]
    do(services.cancel_meeting, conference, meeting=meeting)
    draft = queries.plan_of(conference.event_id)
    assert (draft.number, draft.state, len(places(conference))) == (2, PlanState.DRAFT, 5)
    assert [each[:4] for each in bridge.places(queries.meetings_of(first))] == kept
    assert db.session.query(Letter).count() == 0
    do(services.publish_plan, conference)
    assert {each.recipient for each in db.session.scalars(select(Letter))} == {f"p{id_}@example.test" for id_ in pair}
    assert [each.state for each in db.session.scalars(select(Plan).order_by(Plan.number))] == [PlanState.REPLACED, PlanState.PUBLISHED]


def test_a_plan_that_no_longer_fits_is_not_published(conference):
    conference.planned()
    place = places(conference)[0]
    db.session.add(Absence(participant_id=place.need, slot_id=place.slot))
    db.session.commit()
    with pytest.raises(Breaks) as refused:
        do(services.publish_plan, conference)
    assert [(each.rule, each.about) for each in refused.value.objections] == [("unavailable", (place.need,))]


# by hand


def test_meetings_are_moved_swapped_locked_cancelled_added_and_undone(conference):
    conference.both(0, 0)
    conference.both(1, 1)
    conference.plan()
    one, two = queries.meetings_of(queries.plan_of(conference.event_id))
    do(services.move_meeting, conference, meeting=one, slot=free(conference)[0], table=free(conference)[1])
    one, two = queries.meetings_of(queries.plan_of(conference.event_id))
    before = places(conference)
    do(services.swap_meetings, conference, meeting=one, other=two)
    assert {(each.need, each.slot, each.table) for each in places(conference)} == {(before[0].need, *before[1][2:4]), (before[1].need, *before[0][2:4])}
    do(services.undo_change, conference)
    assert places(conference) == before
    do(services.add_meeting, conference, place=Place(conference.needs[0].id, conference.offers[2].id, *free(conference), True))
    assert sum(each.locked for each in places(conference)) == 1
    do(services.cancel_meeting, conference, meeting=queries.meetings_of(queries.plan_of(conference.event_id))[0])
    assert len(places(conference)) == 2
    do(services.undo_change, conference)
    assert len(places(conference)) == 3


def test_steps_are_undone_one_after_another_and_what_was_known_of_the_plan_comes_back(conference):
    conference.both(0, 0)
    first = conference.plan()
    held = [(places(conference), first.by_hand, first.findings)]
    conference.both(1, 1)
    second = conference.plan()
    held.append((places(conference), second.by_hand, second.findings))
    do(services.lock_meeting, conference, meeting=seats(conference)[0], locked=True)
    held.append((places(conference), False, second.findings))
    do(services.move_meeting, conference, meeting=seats(conference)[0], slot=free(conference)[0], table=free(conference)[1])
    plan = queries.plan_of(conference.event_id)
    assert (plan.by_hand, len(held)) == (True, 3)
    while held:
        do(services.undo_change, conference)
        plan = queries.plan_of(conference.event_id)
        assert (sorted(places(conference)), plan.by_hand, plan.findings) == (sorted(held[-1][0]), *held.pop()[1:])
    do(services.undo_change, conference)
    assert queries.plan_of(conference.event_id) is None


def test_twenty_steps_can_be_undone_and_no_more(conference):
    conference.both(0, 0)
    conference.plan()
    for turn in range(23):
        do(services.lock_meeting, conference, meeting=seats(conference)[0], locked=turn % 2 == 0)
    for _ in range(20):
        do(services.undo_change, conference)
    with pytest.raises(PlanChanged):
        do(services.undo_change, conference)


def test_undoing_what_began_a_draft_leaves_the_published_version(conference):
    plan = conference.published()
    do(services.cancel_meeting, conference, meeting=queries.meetings_of(plan)[0])
    do(services.undo_change, conference)
    assert [(each.number, each.state) for each in db.session.scalars(select(Plan))] == [(1, PlanState.PUBLISHED)]
    with pytest.raises(PlanChanged):
        do(services.undo_change, conference)


def test_a_draft_is_discarded_with_its_changes_and_its_marks_are_good_for_nothing_after(conference):
    plan = conference.published()
    do(services.cancel_meeting, conference, meeting=queries.meetings_of(plan)[0])
    old = queries.plan_of(conference.event_id).mark
    do(services.discard_draft, conference)
    assert queries.plan_of(conference.event_id).id == plan.id
    with pytest.raises(PlanChanged):
        do(services.discard_draft, conference)
    do(services.cancel_meeting, conference, meeting=queries.meetings_of(plan)[0])
    assert queries.plan_of(conference.event_id).mark != old
    with pytest.raises(PlanChanged):
        services.discard_draft(event=conference.event, mark=old, by=conference.desk)
    assert "event draft discarded" in acts()


def test_a_change_that_breaks_a_rule_is_refused_and_nothing_is_changed(conference):
    conference.planned()
    before = places(conference)
    one, *rest = queries.meetings_of(queries.plan_of(conference.event_id))
    with pytest.raises(Breaks):
        do(services.move_meeting, conference, meeting=one, slot=rest[-1].slot_id, table=rest[-1].table_id)
    db.session.rollback()
    assert places(conference) == before


def test_a_change_meant_for_another_version_is_refused(conference):
    plan = conference.planned()
    mark, meeting = plan.mark, queries.meetings_of(plan)[0]
    do(services.lock_meeting, conference, meeting=meeting, locked=True)
    with pytest.raises(PlanChanged):
        services.cancel_meeting(event=conference.event, meeting=meeting, mark=mark, by=conference.desk)
