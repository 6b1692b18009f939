"""Tests of suggestions begin with an empty index and hear the news as the service does."""

import shutil
from itertools import count
from pathlib import Path

import pytest

from matchmaker.challenges.events import ChallengeEdited, ChallengeEnded, ChallengePublished
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db, transaction
from matchmaker.core.events import announce
from matchmaker.matches.models import Suggestion
from matchmaker.profiles.events import ProfileHidden, ProfileListed, ProfilesListed
from matchmaker.profiles.models import Profile


@pytest.fixture
def index(app):
    """The app with an empty index folder; the folder's path."""
    folder = Path(app.config["MATCHMAKER_INDEX_FOLDER"])
    shutil.rmtree(folder, ignore_errors=True)
    app.extensions["matcher"].opened = None
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    app.extensions["matcher"].opened = None


class News:
    """What the areas below announce, one sentence each."""

    def published(self, challenge):
        return self._tell(ChallengePublished(challenge.id))

    def edited(self, challenge):
        return self._tell(ChallengeEdited(challenge.id))

    def ended(self, challenge):
        return self._tell(ChallengeEnded(challenge.id))

    def listed(self, *profiles):
        for profile in profiles:
            self._tell(ProfileListed(profile.id))

    def imported(self, *profiles):
        self._tell(ProfilesListed(tuple(each.id for each in profiles)))

    def hidden(self, profile):
        self._tell(ProfileHidden(profile.id))

    def _tell(self, event) -> None:
        with transaction():
            announce(event)


@pytest.fixture
def news(index) -> News:
    return News()


OTHERS = [
    ("Nabobil", "Vi lar kommunens biler bli delebiler for innbyggerne etter arbeidstid.", "Bilene står stille hele kvelden.", "Bilen låses opp med mobilen."),
    ("Lufta", "Sensorer måler luftkvaliteten i klasserom.", "Elever blir slitne av dårlig luft.", "Små sensorer på veggen sender varsel."),
    ("VannVakt", "VannVakt finner lekkasjer på vannledninger med lydsensorer.", "Kommuner mister drikkevann.", "Sensorer lytter på rørene om natta."),
    ("Trygg Hjemme", "Fallsensorer for eldre som bor hjemme.", "Eldre faller uten at noen merker det.", "En sensor i taket varsler hjemmetjenesten."),
]


@pytest.fixture(scope="session")
def read_market(tmp_path_factory) -> Path:
    """Where the index of the market is laid aside; its rows have the same numbers in either database."""
    return tmp_path_factory.mktemp("market") / "index"


@pytest.fixture
def market(make, news, index, once, read_market):
    """A need about food gone out of date, the profile that answers it, four that do not; everything read and ranked. (challenge, profiles by name)"""
    need_id, offer_ids = once("market", lambda: laid_out(make, news))
    if not index.exists():
        shutil.copytree(read_market, index)
    elif not read_market.exists():
        shutil.copytree(index, read_market)
    make.numbers = count(100)  # beyond those it was made with
    return db.session.get_one(Challenge, need_id), {name: db.session.get_one(Profile, id_) for name, id_ in offer_ids.items()}


def laid_out(make, news) -> tuple[int, dict[str, int]]:
    profiles = {"Lagerklar": make.profile(make.organisation(name="Lagerklar"))}
    for name, summary, problem, how in OTHERS:
        profiles[name] = make.profile(make.organisation(name=name), summary=summary, problem=problem, how=how, themes=["skole-og-utdanning"], sdgs=["11"])
    news.imported(*profiles.values())
    challenge = make.challenge()
    news.published(challenge)
    return challenge.id, {name: each.id for name, each in profiles.items()}


@pytest.fixture
def suggestion_of():
    """`suggestion_of(challenge, profile)`: the kept row, read anew; None where there is none."""

    def find(challenge, profile):
        db.session.expire_all()
        return db.session.query(Suggestion).filter_by(challenge_id=challenge.id, profile_id=profile.id).one_or_none()

    return find


@pytest.fixture
def bands(monkeypatch):
    """`bands(0.0)`: every suggestion counts as strong; the calibration is measured elsewhere."""
    from matchmaker.engine import learn, matcher

    def begin_at(strong: float) -> None:
        calibration = learn.Calibration(version="test", strong=strong, possible=strong, stretch=strong)
        monkeypatch.setattr(matcher, "shipped_calibration", lambda: calibration)

    return begin_at
