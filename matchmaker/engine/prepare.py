"""From a document to a row of the index: language, sentences, vectors, letters and words."""

from collections.abc import Iterator, Sequence

import numpy as np

from matchmaker.engine import lexical
from matchmaker.engine.documents import Document, Side
from matchmaker.engine.encode import Encoder
from matchmaker.engine.languages import detect_language
from matchmaker.engine.segments import Row
from matchmaker.engine.sentences import sentences

MOST_CHARACTERS = 20_000
MOST_SENTENCES = 100
"""Beyond these a text is not read on: nobody's need is longer, and a hostile one must not hold a worker."""


def prepare(encoder: Encoder, side: Side, documents: Sequence[Document]) -> Iterator[Row]:
    """One row for each document, in order. Deterministic for the same encoder and machine."""
    texts = [document.text[:MOST_CHARACTERS] for document in documents]
    spans = [sentences(text)[:MOST_SENTENCES] for text in texts]
    wholes, parts = encoder.encode_parts(side, texts, spans)
    for document, text, own, whole, vectors in zip(documents, texts, spans, wholes, parts):
        yield Row(
            id=document.id,
            lang=document.lang or detect_language(text),
            hash=document.hash,
            text_hash=document.text_hash,
            facts=document.facts,
            whole=whole,
            sentences=np.asarray(vectors[: len(own)], np.float32).reshape(len(own), encoder.dimension),
            spans=tuple(own),
            characters=lexical.characters(text),
            words=lexical.words(text),
        )
