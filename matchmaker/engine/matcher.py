"""The one door to the engine: hold needs and offers, rank one side for the other, and say why."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from matchmaker.engine.documents import Document, Side
from matchmaker.engine.encode import Encoder
from matchmaker.engine.explain import Explanation, explanation
from matchmaker.engine.generation import Generation
from matchmaker.engine.index import SIDES, Manifest, SideRows, Store, live_rows, needs_merge
from matchmaker.engine.learn import FEW, Band, Recipe, shipped_calibration
from matchmaker.engine.prepare import prepare
from matchmaker.engine.score import GLANCE, PARTS, SHORTLIST, Weights
from matchmaker.engine.segments import Row

BATCH = 256
REMEMBERED = 128
"""Texts it does not hold whose vectors it keeps for the next question about them: a search, a page of it, a draft being read along."""
Progress = Callable[[int, int], None]
OTHER: dict[Side, Side] = {"need": "offer", "offer": "need"}


@dataclass(frozen=True)
class Match:
    """One ranked document. ``score`` in 0..1 means the same for every need; ``parts`` are the raw values behind it."""

    id: str
    rank: int
    score: float
    band: Band
    parts: dict[str, float]


@dataclass(frozen=True)
class IndexStatus:
    """What the index holds. ``model_changed``: it was made by another model and must be rebuilt before it is used."""

    needs: int
    offers: int
    model: str
    generation: int
    built_at: str
    complete: bool
    model_changed: bool


class Matcher:
    """Reads are safe from any thread while one thread upserts; what is read changes in one step, at ``commit``."""

    def __init__(self, store: Store, encoder: Encoder | Callable[[], Encoder], weights: Weights) -> None:
        self._store, self._encoder, self._weights = store, encoder, weights
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] = (-1, -1)
        self._pending: dict[Side, dict[str, Row | None]] = {side: {} for side in SIDES}
        self._cleared = False
        self._read: OrderedDict[tuple[Side, str, str], Row] = OrderedDict()
        self._now: Generation
        self.refresh()

    @classmethod
    def open(
        cls, folder: Path, encoder: Encoder | Callable[[], Encoder], *, weights: Weights | None = None
    ) -> "Matcher":
        """Open the newest complete generation in ``folder``, or start empty. Loads no model."""
        return cls(Store(Path(folder)), encoder, weights or Weights())

    @property
    def encoder(self) -> Encoder:
        """The encoder; made at first use where a function was given."""
        with self._lock:
            # not isinstance: a runtime protocol looks at every property, and the dimension of a hub model loads it
            if not hasattr(self._encoder, "fingerprint"):
                self._encoder = cast(Callable[[], Encoder], self._encoder)()
            return cast(Encoder, self._encoder)

    @property
    def recipe(self) -> Recipe:
        """What makes the scores now; its hash goes with every stored suggestion."""
        return Recipe(self.encoder.fingerprint, self._weights, shipped_calibration())

    @property
    def weights(self) -> Weights:
        """The weights it ranks by."""
        return self._weights

    @property
    def generation(self) -> Generation:
        """The published state it answers from; for measuring."""
        return self._now

    def status(self) -> IndexStatus:
        """Numbers for a status page or command."""
        now = self._now
        made_by = now.manifest.model
        return IndexStatus(
            needs=len(now.rows["need"]),
            offers=len(now.rows["offer"]),
            model=made_by,
            generation=now.manifest.generation,
            built_at=now.manifest.built_at,
            complete=now.complete,
            model_changed=bool(made_by) and made_by != self.encoder.fingerprint,
        )

    # what it holds

    def refresh(self) -> bool:
        """Pick up a newer generation, should another process have committed one; whether it did. One ``stat`` if not."""
        with self._lock:
            for _ in range(5):
                stamp = self._store.stamp()
                if stamp == self._stamp:
                    return False
                try:
                    manifest = self._store.read()
                    known = self._now.segments if hasattr(self, "_now") else {}
                    empty = Manifest(model="")
                    self._now = Generation(manifest or empty, self._store.open(manifest or empty, known))
                except FileNotFoundError:
                    continue
                self._now.complete = manifest is not None or stamp == (0, 0)
                self._stamp = stamp
                return True
            raise RuntimeError("the index folder keeps changing while it is opened")

    def has(self, side: Side, document: Document) -> bool:
        """Whether the index holds this very text, language and facts."""
        row = self._now.rows[side].where.get(document.id)
        if row is None:
            return False
        segment, place = self._now.rows[side].locate(row)
        return segment.hashes[place] == document.hash

    def ids(self, side: Side) -> set[str]:
        """The ids of every document it holds on this side."""
        return set(self._now.rows[side].where)

    def upsert(self, side: Side, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """Take in new and changed documents; they count from the next ``commit``. How many texts were embedded.

        A text that is unchanged keeps its vectors, also when its facts or language changed.
        """
        documents = list({document.id: document for document in documents}.values())
        done = embedded = 0
        fresh: list[Document] = []
        for document in documents:
            known = self._known(side, document)
            if known is None:
                fresh.append(document)
            elif known.hash != document.hash:
                self._put(side, replace(known, facts=document.facts, hash=document.hash,
                                        lang=document.lang or known.lang))
        done = len(documents) - len(fresh)
        if progress and done:
            progress(done, len(documents))
        for at in range(0, len(fresh), BATCH):
            for row in prepare(self.encoder, side, fresh[at : at + BATCH]):
                self._put(side, row)
                embedded += 1
            done = len(documents) - len(fresh) + embedded
            if progress:
                progress(done, len(documents))
        return embedded

    def _put(self, side: Side, row: Row) -> None:
        with self._lock:
            self._pending[side][row.id] = row

    def _known(self, side: Side, document: Document) -> Row | None:
        with self._lock:
            row = self._pending[side].get(document.id)
            if row is None and document.id not in self._pending[side] and not self._stale():
                row = self._now.rows[side].row(document.id)
        return row if row is not None and row.text_hash == document.text_hash else None

    def _stale(self) -> bool:
        made_by = self._now.manifest.model
        return self._cleared or (bool(made_by) and made_by != self.encoder.fingerprint)

    def remove(self, side: Side, ids: Iterable[str]) -> None:
        """Take documents out from the next ``commit`` on; unknown ids are passed over."""
        with self._lock:
            for id_ in ids:
                self._pending[side][id_] = None

    def clear(self) -> None:
        """Forget everything from the next ``commit`` on; what is upserted in between becomes the new index."""
        with self._lock:
            self._cleared = True
            self._pending = {side: {} for side in SIDES}

    def commit(self) -> int:
        """Publish what was upserted and removed as one new generation; its number. A killed commit changes nothing."""
        with self._lock, self._store.writing():
            self.refresh()
            old = self._now
            if not self._cleared and not any(self._pending.values()) and old.manifest.generation:
                return old.manifest.generation
            start_over = self._stale()
            segments = {side: [] if start_over else list(old.manifest.segments[side]) for side in SIDES}
            removed = {} if start_over else {name: set(gone) for name, gone in old.manifest.removed.items()}
            for side in SIDES:
                self._fold(side, old.rows[side], segments[side], removed, start_over)
            named = {name for side in SIDES for name in segments[side]}
            self._store.publish(
                Manifest(
                    model=self.encoder.fingerprint,
                    generation=old.manifest.generation + 1,
                    built_at=datetime.now(UTC).isoformat(timespec="seconds"),
                    segments={str(side): names for side, names in segments.items()},
                    removed={name: sorted(gone) for name, gone in sorted(removed.items()) if name in named},
                )
            )
            self._pending = {side: {} for side in SIDES}
            self._cleared = False
            self.refresh()
            return self._now.manifest.generation

    def _fold(self, side: Side, rows: SideRows, segments: list[str], removed: dict[str, set[int]], start_over: bool):
        pending = self._pending[side]
        if not start_over:
            for id_ in pending:
                if id_ in rows.where:
                    segment, place = rows.locate(rows.where[id_])
                    removed.setdefault(segment.name, set()).add(place)
        fresh = [row for row in pending.values() if row is not None]
        if not start_over:
            after = SideRows([segment for segment, _ in rows.segments], removed)
            merged = needs_merge(after)
            if merged:
                gone = {segment.name for segment in merged}
                fresh = live_rows(after, merged) + fresh
                segments[:] = [name for name in segments if name not in gone]
        if fresh:
            segments.append(self._store.add(side, fresh))

    # what it answers

    def rank(
        self, need: Document | str, *, top: int = 50, among: set[str] | None = None, glance: bool = False
    ) -> list[Match]:
        """The best offers for a need (given, or by the id of one it holds), best first. Empty index: empty list.

        Raises ``KeyError`` for an id it does not hold. ``among`` limits the answer to these offers.
        ``glance`` looks finely at fewer rows: for a search, where the first page is all that is asked for.
        """
        return self._ranked("need", need, top, among, GLANCE if glance else SHORTLIST)

    def rank_needs(self, offer: Document | str, *, top: int = 50, among: set[str] | None = None) -> list[Match]:
        """The needs that an offer could meet, by the same score of the pair; see ``rank``."""
        return self._ranked("offer", offer, top, among, SHORTLIST)

    def similar(
        self, side: Side, text: str | Document, lang: str = "", *, top: int = 5, exclude: Sequence[str] = ()
    ) -> list[Match]:
        """Documents of ``side`` that say the same as ``text``: a duplicate, more like this, a search by meaning.

        A document that the index holds, given as such, needs no model. What few offers mean was learnt between needs and offers, so
        no allowance is made here.
        """
        now = self._now
        row = self._row(now, side, text if isinstance(text, Document) else Document("", text, lang))
        return self._matches(side, now, now.ranked(side, side, row, self._weights, exclude=exclude, most=max(top, GLANCE)), top, FEW)

    def _ranked(self, side: Side, asked: Document | str, top: int, among: set[str] | None, look: int) -> list[Match]:
        now = self._now
        other = OTHER[side]
        row = self._row(now, side, asked)
        if now.manifest.model and now.manifest.model != self.encoder.fingerprint:
            return []
        return self._matches(other, now, now.ranked(side, other, row, self._weights, among=among, most=max(top, look)), top, len(now.rows["offer"]))

    def _row(self, now: Generation, side: Side, asked: Document | str) -> Row:
        if isinstance(asked, str):
            row = now.rows[side].row(asked)
            if row is None:
                raise KeyError(f"no {side} {asked!r} in the index")
            return row
        known = now.rows[side].row(asked.id)
        if known is not None and known.text_hash == asked.text_hash:
            return replace(known, facts=asked.facts, lang=asked.lang or known.lang)
        return replace(self._prepared(side, asked), id=asked.id, hash=asked.hash, facts=asked.facts)

    def _prepared(self, side: Side, asked: Document) -> Row:
        """The text as a row; read by the model once, however often it is asked about in a row."""
        key = (side, asked.text_hash, asked.lang)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        row = next(iter(prepare(self.encoder, side, [asked])))
        with self._lock:
            self._read[key] = row
            if len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        return row

    def _matches(self, side: Side, now: Generation, scored, top: int, offers: int) -> list[Match]:
        calibration = shipped_calibration()
        scores = calibration.scores(scored.parts, scored.shared, offers)[:top]
        ids = now.rows[side].ids
        return [
            Match(
                id=ids[int(number)],
                rank=rank,
                score=float(score),
                band=calibration.band(float(score)),
                parts=dict(zip(PARTS, map(float, parts))),
            )
            for rank, (number, score, parts) in enumerate(zip(scored.numbers, scores, scored.parts), start=1)
        ]

    def explain(self, need: Document, offer: Document) -> Explanation:
        """Reasons for one pair, as places in both texts. Texts the index does not hold are embedded for it."""
        now = self._now
        asked, given = self._row(now, "need", need), self._row(now, "offer", offer)
        return explanation(need, offer, asked.spans, given.spans, now.pair(asked, given, offer.text, self._weights))
