"""The index follows the database: what a lost job or a crash left undone is found by comparison and mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, exists, select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN, PUBLIC
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.engine.documents import Document, Side
from matchmaker.matches import bridge
from matchmaker.matches.models import Feedback, Run, Suggestion
from matchmaker.profiles.models import Profile

CHUNK = 256
RUNS_KEPT = timedelta(days=30)
PUBLISHED = (Challenge.state.in_(PUBLIC), Challenge.published_at.is_not(None))


@dataclass(frozen=True)
class Differences:
    """Numbers of rows the index lacks or holds in another wording, and of what it holds too much. `all_anew`: another model made it."""

    needs: tuple[int, ...]
    offers: tuple[int, ...]
    surplus_needs: tuple[str, ...]
    surplus_offers: tuple[str, ...]
    all_anew: bool

    def __bool__(self) -> bool:
        return bool(self.needs or self.offers or self.surplus_needs or self.surplus_offers or self.all_anew)


def open_numbers() -> list[int]:
    """Numbers of the open needs."""
    return list(db.session.scalars(select(Challenge.id).where(Challenge.state.in_(OPEN)).order_by(Challenge.id)))


def public_numbers() -> list[int]:
    """Numbers of the needs that anybody may read: the open ones, and the ended ones that others may learn from."""
    return list(db.session.scalars(select(Challenge.id).where(*PUBLISHED).order_by(Challenge.id)))


def listed_numbers() -> list[int]:
    """Numbers of the listed profiles."""
    return list(db.session.scalars(select(Profile.id).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None)).order_by(Profile.id)))


def differences() -> Differences:
    """Compare every public need and listed profile with the index, by number and hash."""
    matcher = bridge.matcher()
    anew = matcher.status().model_changed
    wanted: dict[Side, dict[str, bool]] = {"need": {}, "offer": {}}
    standing: dict[Side, Iterator[Document]] = {"need": documents_of_needs(), "offer": documents_of_offers()}
    for side, documents in standing.items():
        for document in documents:
            wanted[side][document.id] = anew or not matcher.has(side, document)
    return Differences(
        needs=tuple(int(key) for key, differs in wanted["need"].items() if differs),
        offers=tuple(int(key) for key, differs in wanted["offer"].items() if differs),
        surplus_needs=tuple(sorted(matcher.ids("need") - wanted["need"].keys())),
        surplus_offers=tuple(sorted(matcher.ids("offer") - wanted["offer"].keys())),
        all_anew=anew,
    )


def mend(progress: Callable[[int, int], None] | None = None, *, everything: bool = False) -> bool:
    """Read and remove what differs, a chunk a commit; whether anything did. `everything` reads every text again, and what stood answers meanwhile."""
    matcher = bridge.matcher()
    found = differences()
    if everything or found.all_anew:
        matcher = bridge.apart()
        matcher.clear()
        needs, offers = tuple(public_numbers()), tuple(listed_numbers())
    else:
        needs, offers = found.needs, found.offers
        matcher.remove("need", found.surplus_needs)
        matcher.remove("offer", found.surplus_offers)
    total = len(needs) + len(offers)
    done = 0
    work: dict[Side, tuple[tuple[int, ...], Callable[[tuple[int, ...]], Iterator[Document]]]]
    work = {"need": (needs, documents_of_needs), "offer": (offers, documents_of_offers)}
    for side, (numbers, documents) in work.items():
        for at in range(0, len(numbers), CHUNK):
            matcher.upsert(side, documents(numbers[at : at + CHUNK]))
            if not (everything or found.all_anew):
                matcher.commit()
            done += len(numbers[at : at + CHUNK])
            if progress:
                progress(done, total)
    matcher.commit()
    bridge.matcher()
    return bool(found) or everything


def documents_of_needs(numbers: tuple[int, ...] | None = None) -> Iterator[Document]:
    """Documents of the public needs, or of those among `numbers`; empty texts are left out."""
    chosen = select(Challenge).where(*PUBLISHED).order_by(Challenge.id)
    yield from _documents(chosen if numbers is None else chosen.where(Challenge.id.in_(numbers)), bridge.challenge_document)


def documents_of_offers(numbers: tuple[int, ...] | None = None) -> Iterator[Document]:
    """Documents of the listed profiles, or of those among `numbers`."""
    chosen = select(Profile).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None)).order_by(Profile.id)
    yield from _documents(chosen if numbers is None else chosen.where(Profile.id.in_(numbers)), bridge.profile_document)


def _documents(statement, document_of) -> Iterator[Document]:
    for row in db.session.scalars(statement.execution_options(yield_per=500)):
        document = document_of(row)
        if document.text.strip():
            yield document


def forget_old_runs() -> None:
    """Take away runs that no suggestion and no act refers to any longer."""
    used = exists().where(Suggestion.run_id == Run.id) | exists().where(Feedback.run_id == Run.id)
    db.session.execute(delete(Run).where(Run.created_at < now() - RUNS_KEPT, ~used).execution_options(synchronize_session=False))
