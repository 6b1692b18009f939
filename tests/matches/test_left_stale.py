"""What a failed job left behind is taken up again; what people wrote stays when an import is taken back."""

from datetime import timedelta

from sqlalchemy import select, update

from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.imports.importers import held
from matchmaker.core.queue import run_periodic
from matchmaker.matches import bridge
from matchmaker.matches.models import Run, Shortlisting, Suggestion
from matchmaker.matches.suggesting import NEED_TO_OFFERS


def stale(challenge) -> int:
    db.session.expire_all()
    return len(list(db.session.scalars(select(Suggestion).where(Suggestion.challenge_id == challenge.id, Suggestion.stale_at.is_not(None)))))


def test_suggestions_left_stale_are_renewed_after_a_while(market):
    challenge, _profiles = market
    for minutes, left in ((5, 5), (20, 0)):
        with transaction():
            db.session.execute(update(Suggestion).values(stale_at=now() - timedelta(minutes=minutes)))
        run_periodic(everything=True)
        assert stale(challenge) == left


def test_suggestions_made_by_another_recipe_are_renewed_once(market):
    challenge, _profiles = market
    made = select(Run).where(Run.subject_id == challenge.id, Run.direction == NEED_TO_OFFERS).order_by(Run.id.desc())
    with transaction():
        db.session.execute(update(Run).values(recipe_hash="older"))
    run_periodic(everything=True)
    assert stale(challenge) == 0
    renewed = db.session.scalars(made).first()
    assert renewed.recipe_hash == bridge.matcher().recipe.hash
    run_periodic(everything=True)
    assert db.session.scalars(made).first().id == renewed.id


def test_a_profile_with_a_private_note_on_a_shortlist_is_held(make):
    challenge, noted, other = make.challenge(), make.profile(), make.profile()
    with transaction():
        db.session.add(Shortlisting(challenge_id=challenge.id, profile_id=noted.id, note="Ring dem"))
    assert held("profiles", [noted.id, other.id]) == {noted.id}
    assert held("challenges", [challenge.id]) == {challenge.id}
