"""One published state of the index, ready to answer. Never changed after it was opened."""

from functools import cached_property

import numpy as np

from matchmaker.engine.documents import Side
from matchmaker.engine.frame import Frame, Rarity, rarity, side_means
from matchmaker.engine.index import SIDES, Manifest, SideRows
from matchmaker.engine.score import Asked, Field, Scored, Weights, facts_score, scored
from matchmaker.engine.segments import Row, Segment


class Generation:
    """Rows of both sides and what they mean together, worked out when first asked."""

    def __init__(self, manifest: Manifest, rows: dict[Side, SideRows]) -> None:
        self.manifest, self.rows, self.complete = manifest, rows, True

    @property
    def segments(self) -> dict[str, Segment]:
        """Every open segment by name."""
        return {segment.name: segment for rows in self.rows.values() for segment, _ in rows.segments}

    @cached_property
    def rarity(self) -> Rarity:
        """See ``frame.rarity``."""
        return rarity(self.rows)

    @cached_property
    def frames(self) -> dict[Side, Frame]:
        """The frame of each side."""
        dimension = next((segment.whole.shape[1] for segment in self.segments.values()), 1)
        return {
            side: Frame(side, self.rows[side], side_means(side, self.rows[side], self.manifest.model, dimension))
            for side in SIDES
        }

    @cached_property
    def samples(self) -> dict[Side, np.ndarray]:
        """See ``Frame.sample``."""
        return {side: frame.sample() for side, frame in self.frames.items()}

    @cached_property
    def fields(self) -> dict[Side, Field]:
        """What is ranked, by side, with each row's nearness to the other side at large."""
        others = {"need": "offer", "offer": "need"}
        return {
            side: Field(frame, self.rarity, frame.hubness(self.samples[others[side]]))
            for side, frame in self.frames.items()
        }

    def ranked(
        self, side: Side, other: Side, row: Row, weights: Weights, among: set[str] | None, exclude: frozenset[str]
    ) -> Scored:
        """Rows of ``other`` for a ``row`` of ``side``, best first, facts included."""
        rows = self.rows[other]
        allowed = self.frames[other].live.copy()
        if among is not None:
            allowed[:] = False
            allowed[[rows.where[id_] for id_ in among if id_ in rows.where]] = True
        allowed[[rows.where[id_] for id_ in exclude if id_ in rows.where]] = False
        if not allowed.any():
            return Scored(np.zeros(0, int), np.zeros(0), np.zeros((0, 5)))
        asked = Asked(side, row, self.frames[side], self.rarity)
        found = scored(asked, self.fields[other], 0.0, weights, allowed)
        return self._with_facts(found, side, other, row, weights) if side != other else found

    def _with_facts(self, found: Scored, side: Side, other: Side, row: Row, weights: Weights) -> Scored:
        extra = np.zeros(len(found.numbers))
        for segment, offset in zip((s for s, _ in self.rows[other].segments), self.rows[other].offsets):
            if not segment.facts:
                continue
            inside = (found.numbers >= offset) & (found.numbers < offset + len(segment))
            for at in np.flatnonzero(inside):
                facts = segment.facts.get(int(found.numbers[at] - offset))
                if facts is not None:
                    pair = (row.facts, facts) if side == "need" else (facts, row.facts)
                    extra[at] = facts_score(*pair)
        if not extra.any():
            return found
        sums = found.sums + weights.facts * extra
        order = np.lexsort((found.numbers, -sums))
        return Scored(found.numbers[order], sums[order], found.parts[order])

    def pair(self, need: Row, offer: Row, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
        """Centred sentence cosines (need, offer) and what each offer sentence adds to the score."""
        needs = self.frames["need"].centred_sentences(need.sentences, need.lang)
        offers = self.frames["offer"].centred_sentences(offer.sentences, offer.lang)
        cosines = needs @ offers.T
        if not cosines.size:
            return cosines, np.zeros(cosines.shape[1])
        whole = self.frames["need"].centred(need.whole, need.lang)
        ordered = np.sort(cosines, axis=1)
        second = ordered[:, -2] if cosines.shape[1] > 1 else np.zeros(len(cosines))
        drop = np.where(cosines == ordered[:, -1:], cosines - second[:, None], 0).mean(axis=0)
        return cosines, weights.sentences * drop + weights.whole * (offers @ whole) / max(len(offers), 1)
