"""Suggestions follow the texts: ranked when published, stale when edited, gone when ended, and computed again to the same result."""

import pytest
from sqlalchemy import select, update

from matchmaker.challenges.events import ChallengeEnded, ChallengesPublished
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.events import announce
from matchmaker.core.queue import Job, enqueue
from matchmaker.matches import bridge, choosing, mending, suggesting
from matchmaker.matches.fields import read_challenge, read_profile
from matchmaker.matches.models import Run, Suggestion
from matchmaker.profiles.events import ProfileListed


def rows(challenge):
    db.session.expire_all()
    return list(db.session.scalars(select(Suggestion).where(Suggestion.challenge_id == challenge.id).order_by(Suggestion.score.desc(), Suggestion.rank)))


def test_a_published_need_has_the_answering_profile_first(market):
    challenge, profiles = market
    assert [each.rank for each in rows(challenge)] == [1, 2, 3, 4, 5]
    assert rows(challenge)[0].profile == profiles["Lagerklar"]


def test_a_run_says_with_what_it_was_made(market):
    challenge, _profiles = market
    run = db.session.scalars(select(Run).where(Run.direction == "need_to_offers")).one()
    assert (run.subject_id, run.model, run.compared) == (challenge.id, "twin-1", 5)
    assert run.recipe_hash == bridge.matcher().recipe.hash
    assert run.generation == str(bridge.matcher().status().generation)


def test_every_reason_stands_word_for_word_in_both_texts(market):
    challenge, _profiles = market
    assert rows(challenge)[0].reasons["pairs"]
    for suggestion in rows(challenge):
        need, offer = read_challenge(challenge), read_profile(suggestion.profile)
        for pair in suggestion.reasons["pairs"]:
            for reading, (field, start, end), text in ((need, pair["need"], pair["asked"]), (offer, pair["offer"], pair["quote"])):
                assert reading.field(field)[start:end] == text


def test_a_suggestion_is_computed_again_to_the_same_result(market):
    challenge, _profiles = market
    for suggestion in rows(challenge):
        again = suggesting.recompute(suggestion)
        assert again.band == suggestion.band
        assert again.score == pytest.approx(suggestion.score, abs=1e-3)
        assert again.parts == pytest.approx(suggestion.parts, abs=1e-3)


def test_both_directions_give_a_pair_the_same_score(market):
    challenge, profiles = market
    backwards = {each: bridge.matcher().rank_needs(bridge.profile_document(profile))[0] for each, profile in profiles.items()}
    for suggestion in rows(challenge):
        assert backwards[suggestion.profile.name].score == pytest.approx(suggestion.score, abs=1e-3)


def test_an_edited_profile_turns_its_suggestions_stale_and_is_placed_anew(market, news, suggestion_of, monkeypatch):
    challenge, profiles = market
    before = suggestion_of(challenge, profiles["VannVakt"]).score
    profiles["VannVakt"].summary = "Vi gir kjøkken oversikt over hva som står på lager, så varene ikke blir glemt til holdbarheten er ute."
    suggesting.mark_stale(profile=profiles["VannVakt"])
    db.session.commit()
    assert suggestion_of(challenge, profiles["VannVakt"]).stale_at is not None
    assert suggestion_of(challenge, profiles["Lufta"]).stale_at is None
    news.listed(profiles["VannVakt"])
    renewed = suggestion_of(challenge, profiles["VannVakt"])
    assert renewed.stale_at is None
    assert renewed.score > before
    assert renewed.offer_hash == bridge.profile_document(profiles["VannVakt"]).hash


def test_an_edit_that_changes_no_word_and_no_fact_leaves_the_suggestions_fresh(market, news):
    challenge, profiles = market
    profiles["Lufta"].location = "Bergen"
    suggesting.mark_stale(profile=profiles["Lufta"])
    assert [each.stale_at for each in rows(challenge)] == [None] * 5


def test_an_edited_need_is_ranked_anew(market, news):
    challenge, profiles = market
    challenge.title, challenge.need = "Kommunebiler som står stille", "Bilene står stille hele kvelden. Innbyggerne trenger delebiler etter arbeidstid."
    challenge.situation = challenge.effect = challenge.affected = ""
    news.edited(challenge)
    assert rows(challenge)[0].profile == profiles["Nabobil"]
    assert {each.need_hash for each in rows(challenge)} == {bridge.challenge_document(challenge).hash}


def test_a_hidden_profile_leaves_the_lists_and_the_index(market, news, suggestion_of):
    challenge, profiles = market
    profiles["Lufta"].hidden_at = now()
    news.hidden(profiles["Lufta"])
    assert suggestion_of(challenge, profiles["Lufta"]) is None
    assert str(profiles["Lufta"].id) not in bridge.matcher().ids("offer")


def test_an_ended_need_loses_its_suggestions_and_stays_to_be_found_by_others(market, news):
    challenge, _profiles = market
    challenge.state = State.WITHDRAWN
    news.ended(challenge)
    assert rows(challenge) == []
    assert bridge.matcher().ids("need") == {str(challenge.id)}


def test_a_need_removed_with_its_import_leaves_the_index(market, news):
    challenge, _profiles = market
    with transaction():
        announce(ChallengeEnded(challenge.id))
        db.session.delete(challenge)
    assert bridge.matcher().ids("need") == set()


def test_a_need_under_evaluation_keeps_its_suggestions(market, news):
    challenge, _profiles = market
    challenge.state = State.UNDER_EVALUATION
    db.session.commit()
    suggesting.rank_challenge(challenge=challenge)
    assert len(rows(challenge)) == 5


def test_what_was_dismissed_stays_out_of_later_runs_and_comes_back_when_undone(market, make, news, suggestion_of):
    challenge, profiles = market
    member = make.department_member(challenge.organisation)
    choosing.dismiss(challenge=challenge, profile=profiles["Lagerklar"], by=member, reason="have_one")
    db.session.commit()
    old_run = suggestion_of(challenge, profiles["Lagerklar"]).run_id
    news.edited(challenge)
    assert suggestion_of(challenge, profiles["Lagerklar"]).run_id == old_run
    assert sorted(each.rank for each in rows(challenge) if each.run_id != old_run) == [1, 2, 3, 4]
    choosing.undo_dismissal(challenge=challenge, profile=profiles["Lagerklar"], by=member)
    db.session.commit()
    news.edited(challenge)
    assert suggestion_of(challenge, profiles["Lagerklar"]).run_id != old_run


def test_a_pair_somebody_acted_on_is_kept_however_low_it_stands(market, make, news, suggestion_of, monkeypatch):
    challenge, _profiles = market
    last = rows(challenge)[-1].profile
    choosing.shortlist(challenge=challenge, profile=last, by=make.department_member(challenge.organisation))
    db.session.commit()
    monkeypatch.setattr(suggesting, "KEPT", 2)
    news.edited(challenge)
    assert len(rows(challenge)) == 3
    assert suggestion_of(challenge, last) is not None


def test_a_new_profile_enters_a_full_list_only_when_it_beats_the_last(market, make, news, monkeypatch, suggestion_of):
    challenge, _profiles = market
    monkeypatch.setattr(suggesting, "KEPT", 5)
    db.session.execute(update(Suggestion).values(score=0.999))
    late, later = make.profile(make.organisation(name="Sen")), make.profile(make.organisation(name="Seinere"))
    news.listed(late)
    assert suggestion_of(challenge, late) is None
    db.session.execute(update(Suggestion).where(Suggestion.rank == 5).values(score=0.0))
    news.listed(later)
    assert suggestion_of(challenge, later) is not None


def test_the_mending_finds_nothing_to_do_when_every_job_has_run(market):
    assert not mending.differences()


def test_what_a_lost_job_left_undone_is_mended(market, make, news):
    _challenge, profiles = market
    unread = make.profile(make.organisation(name="Ulest"))
    gone = profiles["Lufta"]
    gone.hidden_at = now()
    db.session.commit()
    assert mending.differences().offers == (unread.id,)
    assert mending.differences().surplus_offers == (str(gone.id),)
    assert mending.mend() is True
    assert not mending.differences()


def test_a_rebuild_replaces_the_index_in_one_step(market):
    generation = bridge.matcher().status().generation
    mending.mend(everything=True)
    held = bridge.matcher().status()
    assert (held.needs, held.offers, held.generation) == (1, 5, generation + 1)


def test_an_index_made_by_another_model_answers_nothing_and_is_rebuilt(market, app):
    challenge, _profiles = market
    from matchmaker.engine.encode import TwinEncoder

    bridge.matcher()._encoder = TwinEncoder(fingerprint="twin-2")
    assert bridge.matcher().rank(bridge.challenge_document(challenge)) == []
    assert mending.differences().all_anew
    mending.mend()
    assert bridge.matcher().status().model == "twin-2"
    assert len(bridge.matcher().rank(bridge.challenge_document(challenge))) == 5


def test_reading_many_profiles_goes_on_where_a_killed_worker_stopped(make, news, app, monkeypatch):
    from matchmaker.matches import jobs

    monkeypatch.setattr(jobs, "CHUNK", 2)
    profiles = [make.profile() for _ in range(5)]
    read = []
    real = suggesting.read_offers
    monkeypatch.setattr(suggesting, "read_offers", lambda found: (read.append(len(found)), real(found))[1])
    job = Job(kind="matches.read_profiles", arguments={}, position=2, total=5, state="running")
    db.session.add(job)
    db.session.commit()
    jobs.read_profiles(job, profile_ids=[each.id for each in profiles])
    db.session.commit()
    assert read == [2, 1]
    assert job.position == 5
    assert bridge.matcher().ids("offer") == {str(each.id) for each in profiles[2:]}


def test_two_workers_that_cross_leave_one_row_a_pair(market, monkeypatch):
    challenge, _profiles = market
    from sqlalchemy.exc import IntegrityError

    from matchmaker.matches import jobs

    tries = []

    def crossed():
        tries.append(1)
        if len(tries) == 1:
            raise IntegrityError("insert", {}, Exception("unique"))
        suggesting.rank_challenge(challenge=challenge)

    jobs.carefully(crossed)
    assert len(tries) == 2
    assert len(rows(challenge)) == 5


def test_needs_that_come_together_are_one_job_and_each_is_ranked(make, index):
    profiles = [make.profile() for _ in range(2)]
    bridge.matcher().upsert("offer", [bridge.profile_document(each) for each in profiles])
    challenges = [make.challenge(title=f"Behov {number}") for number in range(3)]
    with transaction():
        announce(ChallengesPublished(tuple(each.id for each in challenges)))
    db.session.expire_all()
    job = db.session.query(Job).filter(Job.kind.not_like("every %")).one()
    assert (job.kind, job.state, job.position, job.total) == ("matches.rank_challenges", "done", 3, 3)
    assert [len(rows(each)) for each in challenges] == [2, 2, 2]


def test_many_profiles_listed_at_once_are_read_together(make, index, monkeypatch):
    challenge = make.challenge()
    profiles = [make.profile() for _ in range(8)]
    commits = []
    real = bridge.matcher().commit
    monkeypatch.setattr(bridge.matcher(), "commit", lambda: (commits.append(1), real())[1])
    with transaction():
        for profile in profiles:
            announce(ProfileListed(profile.id))
    db.session.expire_all()
    assert {each.state for each in db.session.query(Job)} == {"done"}
    assert len(rows(challenge)) == 8
    assert len(commits) < len(profiles)


def test_a_ranking_that_breaks_half_way_leaves_the_old_suggestions_whole(market, monkeypatch):
    challenge, _profiles = market
    before = [(each.profile_id, each.rank, each.score, each.run_id) for each in rows(challenge)]
    real, calls = suggesting.explain_pair, []

    def breaks(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the power went")
        return real(*arguments)

    monkeypatch.setattr(suggesting, "explain_pair", breaks)
    with transaction():
        job = enqueue("matches.rank_challenge", challenge_id=challenge.id)
    assert [(each.profile_id, each.rank, each.score, each.run_id) for each in rows(challenge)] == before
    assert (job.state, "the power went" in job.message) == ("failed", True)
