"""The only door from the service to the engine: rows become documents, matches come back by the rows' numbers.

One `Matcher` a process. A worker writes and commits; whoever reads picks up the newest generation by itself.
"""

import logging
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from matchmaker.challenges.models import Challenge
from matchmaker.engine.documents import Document, Facts, Side
from matchmaker.engine.encode import Encoder, EncoderUnavailable, TwinEncoder, load_encoder
from matchmaker.engine.matcher import Match, Matcher
from matchmaker.matches.fields import read_challenge, read_profile
from matchmaker.matches.keeping import Kept
from matchmaker.profiles.models import Profile

log = logging.getLogger(__name__)

RANKED = 32
"""Abilities whose ranked needs a process keeps; about a megabyte each with a thousand needs."""
MEANT = 200
"""Searches by meaning whose answers it keeps."""
EXPLAINED = 1000
"""Pairs whose reasons it keeps beside those in the database; some kilobytes each."""


@dataclass
class Door:
    """What one process keeps of the engine. `state`: cold, loading, ready or unavailable."""

    model: str
    folder: Path
    state: str = "cold"
    why: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    opened: Matcher | None = None
    ranked: Kept[dict[str, Match]] = field(default_factory=lambda: Kept(RANKED))
    explained: Kept[dict[str, Any]] = field(default_factory=lambda: Kept(EXPLAINED))
    meant: Kept[tuple[list[int], list[int]]] = field(default_factory=lambda: Kept(MEANT))

    def matcher(self) -> Matcher:
        """The open matcher, on the newest generation."""
        with self.lock:
            if self.opened is None:
                self.opened = Matcher.open(self.folder, self._encoder)
        self.opened.refresh()
        return self.opened

    def needs_ranked(self, document: Document) -> dict[str, Match]:
        """Every need the index holds, by its id, ranked for an ability. Kept: whoever looks turns pages and narrows."""
        matcher = self.matcher()
        return self.ranked.get(
            matcher.generation,
            document.hash,
            lambda: {each.id: each for each in matcher.rank_needs(document, top=matcher.status().needs)},
        )

    def _encoder(self) -> Encoder:
        return TwinEncoder() if self.model == "twin" else load_encoder(self.model)

    def load(self, *, threads: int | None = None) -> None:
        """Load the model and make the index ready for its first question; takes seconds. Never raises.

        `threads` limits what one calculation may use in this process from then on.
        """
        with self.lock:
            if self.state in {"loading", "ready"}:
                return
            self.state = "loading"
        try:
            matcher = self.matcher()
            matcher.encoder.encode_needs(["varm"])
            if threads is not None:
                _limit(threads)
            self.state, self.why = "ready", ""
        except Exception as error:
            self.state, self.why = "unavailable", str(error)
            if not isinstance(error, EncoderUnavailable):
                log.exception("the model could not be loaded")


def _limit(threads: int) -> None:
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(threads)


def init_app(app: Flask) -> None:
    door = Door(app.config["MATCHMAKER_MODEL"], Path(app.config["MATCHMAKER_INDEX_FOLDER"]))
    app.extensions["matcher"] = door
    # One thread each where people are served: several that ask at once would wait for one another at every step of every calculation.
    app.extensions["warm"] = lambda: threading.Thread(target=door.load, kwargs={"threads": 1}, name="load-model", daemon=True).start()


def door() -> Door:
    return current_app.extensions["matcher"]


def matcher() -> Matcher:
    """The engine itself, loaded with nothing but the index. Raises `EncoderUnavailable` when the model is not installed."""
    return door().matcher()


def apart() -> Matcher:
    """The same index opened once more: what is cleared or half read there is seen by nobody before its own `commit`."""
    return Matcher.open(door().folder, matcher().encoder)


def readiness() -> str:
    """`loading`, `ready` or `unavailable`: whether texts can be read just now. Asking a cold process makes it load in the background."""
    found = door()
    if found.state == "cold":
        if found.model == "twin":
            found.load()
        else:
            current_app.extensions["warm"]()
            return "loading"
    return found.state


def readable(side: Side, document: Document) -> bool:
    """Whether a question about this text is answered at once: the index holds it, or the model is loaded."""
    return door().state == "ready" or matcher().has(side, document)


def challenge_document(challenge: Challenge) -> Document:
    """A need as the engine sees it. Every Norwegian municipality reads both kinds of Norwegian, whatever the need is written in."""
    facts = Facts(
        themes=frozenset(challenge.themes or ()),
        sdgs=frozenset(int(goal) for goal in challenge.sdgs or () if goal.isdigit()),
        trl=challenge.maturity_wanted,
        places=frozenset(filter(None, [challenge.organisation.municipality_number])),
        languages=frozenset({"nb", "nn"}),
    )
    return Document(str(challenge.id), read_challenge(challenge).text, "", facts)


def profile_document(profile: Profile) -> Document:
    """An ability as the engine sees it."""
    facts = Facts(
        themes=frozenset(profile.themes or ()),
        sdgs=frozenset(int(goal) for goal in profile.sdgs or () if goal.isdigit()),
        trl=profile.maturity,
        places=frozenset(profile.places or ()),
        languages=frozenset(profile.languages or ()),
        capacity=profile.capacity,
        verified_references=sum(each.verified_at is not None for each in profile.references),
    )
    return Document(str(profile.id), read_profile(profile).text, "", facts)
