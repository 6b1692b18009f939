"""One published state of the index, ready to answer. Never changed after it was opened."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matchmaker.engine import lexical
from matchmaker.engine.documents import Facts, Side
from matchmaker.engine.explain import Read, fall_of_sentences, falls_of_letters, rests
from matchmaker.engine.frame import NEIGHBOURS, USUAL_NEARNESS, Frame, Rarity, centred, nearness, rarity, reading_means, side_means
from matchmaker.engine.index import SIDES, Manifest, SideRows
from matchmaker.engine.score import PARTS, SHORTLIST, Asked, Field, Scored, Weights, agree, facts_score, scored
from matchmaker.engine.segments import Row, Segment

ABROAD = 0.08
"""How much nearer two sentences of the same meaning stand in one language than in two, at the strength of a good answer."""


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
        others: dict[Side, Side] = {"need": "offer", "offer": "need"}
        return {
            side: Field(frame, self.rarity, frame.hubness(self.samples[others[side]]))
            for side, frame in self.frames.items()
        }

    def ranked(
        self,
        side: Side,
        other: Side,
        row: Row,
        weights: Weights,
        *,
        among: set[str] | None = None,
        exclude: Sequence[str] = (),
        most: int = SHORTLIST,
    ) -> Scored:
        """Rows of ``other`` for a ``row`` of ``side``, best first, facts included; the ``most`` that a first look finds best."""
        rows = self.rows[other]
        allowed = self.frames[other].live.copy()
        if among is not None:
            allowed[:] = False
            allowed[[rows.where[id_] for id_ in among if id_ in rows.where]] = True
        allowed[[rows.where[id_] for id_ in exclude if id_ in rows.where]] = False
        if not allowed.any():
            return Scored(np.zeros(0, int), np.zeros(0), np.zeros((0, len(PARTS))), np.zeros(0, bool))
        asked = Asked(side, row, self.frames[side], self.rarity)
        own_hub = self.own_hub(asked, other)
        found = scored(asked, self.fields[other], own_hub, weights, allowed, most)
        if side == other or not self._add_facts(found, side, other, row.facts):
            return found
        return found.summed(weights)

    def _add_facts(self, found: Scored, side: Side, other: Side, asked: Facts) -> bool:
        facts = found.parts[:, PARTS.index("facts")]
        for (segment, _), offset in zip(self.rows[other].segments, self.rows[other].offsets):
            if segment.facts:
                inside = (found.numbers >= offset) & (found.numbers < offset + len(segment))
                for at in np.flatnonzero(inside):
                    given = segment.facts.get(int(found.numbers[at] - offset))
                    if given is not None:
                        facts[at] = facts_score(asked, given) if side == "need" else facts_score(given, asked)
        return bool(facts.any())

    def own_hub(self, asked: Asked, other: Side) -> float:
        """How near the asked text is to the other side at large."""
        if len(self.samples[other]) < NEIGHBOURS:
            return USUAL_NEARNESS
        return float(nearness((self.samples[other] @ asked.whole)[None])[0])

    @property
    def _neighbours(self) -> bool:
        return len(self.samples["need"]) >= NEIGHBOURS

    def pair(self, need: Row, offer: Row, text: str, weights: Weights) -> Read:
        """The two texts sentence by sentence; ``text`` is the offer's.

        What a sentence is worth is worked out from the sentence vectors, not by embedding the rest anew.
        """
        asked, given = self.frames["need"], self.frames["offer"]
        cosines = asked.centred_sentences(need.sentences, need.lang) @ given.centred_sentences(
            offer.sentences, offer.lang
        ).T
        if not cosines.size:
            return Read(cosines, cosines, np.zeros(cosines.shape[1]))
        falls = weights.sentences * fall_of_sentences(cosines)
        lengths = np.array([span.end - span.start for span in offer.spans], np.float32)
        rest = rests(offer.sentences, lengths)
        whole = asked.centred(need.whole, need.lang)
        shorter = np.stack([given.centred(row, offer.lang) for row in rest])
        falls += weights.whole * _fall(shorter @ whole)
        falls += weights.hub * _fall(nearness(shorter @ self.samples["need"].T) if self._neighbours else np.zeros(len(rest)))
        said = [lexical.characters(span.of(text)) for span in offer.spans]
        letters, share = falls_of_letters(need.characters, offer.characters, said, self.rarity.characters)
        if agree(need.lang, offer.lang):
            falls += weights.characters * letters + weights.coverage * share
        else:
            falls += weights.other_language * weights.characters * letters
        return Read(cosines, self._nearness(need, offer, cosines), falls)

    def _nearness(self, need: Row, offer: Row, otherwise: np.ndarray) -> np.ndarray:
        asking = reading_means("need", need.lang, self.manifest.model)
        giving = reading_means("offer", offer.lang, self.manifest.model)
        if asking is None or giving is None:
            return otherwise
        cosines = centred(need.sentences, asking) @ centred(offer.sentences, giving).T
        return cosines if agree(need.lang, offer.lang) else cosines + ABROAD


def _fall(values: np.ndarray) -> np.ndarray:
    """The last value less each of the others."""
    return values[-1] - values[:-1]
