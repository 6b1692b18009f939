"""One immutable folder of rows: vectors, sentence vectors, letters and words of some needs or some offers.

Nothing is changed once written; a changed text is a new row in a new segment. Large arrays are memory-mapped.
"""

import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy import sparse

from matchmaker.engine import lexical
from matchmaker.engine.documents import Facts, Span

_ARRAYS = ("whole", "sentences", "scales", "starts", "spans", "char_starts", "char_ids", "char_counts",
           "word_starts", "word_ids", "word_counts")


@dataclass(frozen=True)
class Row:
    """One embedded document: its vectors and everything the score needs, but not its text."""

    id: str
    lang: str
    hash: str
    text_hash: str
    facts: Facts
    whole: np.ndarray
    sentences: np.ndarray
    spans: tuple[Span, ...]
    characters: tuple[np.ndarray, np.ndarray]
    words: tuple[np.ndarray, np.ndarray]


def quantised(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows in int8 with one float32 scale each; the error is below half a per cent of a row's largest value."""
    scales = np.abs(rows).max(axis=1, initial=0) / 127
    safe = np.where(scales > 0, scales, 1)
    return np.rint(rows / safe[:, None]).astype(np.int8), scales.astype(np.float32)


def _starts(sizes: Sequence[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)


def _joined(parts: Sequence[np.ndarray], dtype) -> np.ndarray:
    return np.concatenate([*parts, np.zeros(0, dtype)]).astype(dtype, copy=False)


def write_segment(folder: Path, rows: Sequence[Row]) -> None:
    """Write ``rows`` (at least one) into the new ``folder``; it is only used once a manifest names it."""
    folder.mkdir(parents=True)
    codes, scales = quantised(np.concatenate([row.sentences for row in rows]))
    arrays = {
        "whole": np.stack([row.whole for row in rows]).astype(np.float32),
        "sentences": codes,
        "scales": scales,
        "starts": _starts([len(row.sentences) for row in rows]),
        "spans": np.array([span for row in rows for span in row.spans], np.int32).reshape(-1, 2),
    }
    for name, parts in (("char", [row.characters for row in rows]), ("word", [row.words for row in rows])):
        arrays[f"{name}_starts"] = _starts([len(ids) for ids, _ in parts])
        arrays[f"{name}_ids"] = _joined([ids for ids, _ in parts], np.int32)
        arrays[f"{name}_counts"] = _joined([counts for _, counts in parts], np.uint8)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    with open(folder / "rows.jsonl", "w", encoding="utf-8") as file:
        for row in rows:
            facts = row.facts.as_json() if row.facts != Facts() else None
            file.write(json.dumps([row.id, row.lang, row.hash, row.text_hash, facts], ensure_ascii=False) + "\n")


class Segment:
    """A written segment, opened for reading. ``sums`` are taken over all of its rows."""

    whole: np.ndarray
    sentences: np.ndarray
    scales: np.ndarray
    starts: np.ndarray
    spans: np.ndarray
    char_starts: np.ndarray
    char_ids: np.ndarray
    char_counts: np.ndarray
    word_starts: np.ndarray
    word_ids: np.ndarray
    word_counts: np.ndarray

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.name
        self._maps: dict[str, mmap.mmap] = {}
        for name in _ARRAYS:
            mapped = np.load(folder / f"{name}.npy", mmap_mode="r")
            self._maps[name] = mapped.base
            setattr(self, name, np.asarray(mapped))
        self.ids: list[str] = []
        self.langs: list[str] = []
        self.hashes: list[str] = []
        self.text_hashes: list[str] = []
        self.facts: dict[int, Facts] = {}
        with open(folder / "rows.jsonl", encoding="utf-8") as file:
            for number, line in enumerate(file):
                id_, lang, hash_, text_hash, facts = json.loads(line)
                self.ids.append(id_)
                self.langs.append(lang)
                self.hashes.append(hash_)
                self.text_hashes.append(text_hash)
                if facts:
                    self.facts[number] = Facts.from_json(facts)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def word_matrix(self) -> sparse.csr_matrix:
        """1 + log(tf) of word beginnings, (rows, 2 ** WORD_BITS), kept in memory for the first look at all rows."""
        data = lexical.weights(self.word_counts)
        return sparse.csr_matrix((data, self.word_ids, self.word_starts), (len(self), 2**lexical.WORD_BITS))

    @cached_property
    def char_matrix(self) -> sparse.csr_matrix:
        """Counts of character 4-grams, (rows, 2 ** CHARACTER_BITS), memory-mapped."""
        shape = (len(self), 2**lexical.CHARACTER_BITS)
        return sparse.csr_matrix((self.char_counts, self.char_ids, self.char_starts), shape, copy=False)

    def let_go(self) -> None:
        """Give back the pages that a look at a few rows mapped; the system maps sixteen for each one touched."""
        for name in ("sentences", "char_ids", "char_counts"):
            self._maps[name].madvise(mmap.MADV_DONTNEED)

    @cached_property
    def lang_sums(self) -> dict[str, tuple[np.ndarray, int, np.ndarray, int]]:
        """For each language: sum and number of whole vectors, sum and number of sentence vectors."""
        sums = {}
        langs = np.array(self.langs)
        sizes = np.diff(self.starts)
        for lang in sorted(set(self.langs)):
            chosen = langs == lang
            inside = np.repeat(chosen, sizes)
            parts = np.zeros(self.whole.shape[1])
            for at, block in self._blocks("sentences", 8192):
                pick = inside[at : at + 8192]
                parts += self.scales[at : at + 8192][pick] @ block[pick].astype(np.float32)
            whole = np.zeros(self.whole.shape[1])
            for at in range(0, len(chosen), 8192):
                whole += chosen[at : at + 8192].astype(np.float32) @ self.whole[at : at + 8192]
            sums[lang] = (whole, int(chosen.sum()), parts, int(inside.sum()))
        return sums

    @cached_property
    def frequencies(self) -> tuple[np.ndarray, np.ndarray]:
        """Document frequencies of character 4-grams and of word beginnings."""
        characters = np.zeros(2**lexical.CHARACTER_BITS, np.int32)
        words = np.zeros(2**lexical.WORD_BITS, np.int32)
        for name, counted in (("char_ids", characters), ("word_ids", words)):
            for _, block in self._blocks(name, 2**20):
                counted += np.bincount(block, minlength=len(counted)).astype(np.int32)
        return characters, words

    def _blocks(self, name: str, rows: int) -> Iterator[tuple[int, np.ndarray]]:
        """An array in blocks of ``rows``, each with its place; what was passed does not stay in memory.

        Through the map and not the file: a later commit may have swept the folder away.
        """
        array = getattr(self, name)
        for at in range(0, len(array), rows):
            yield at, array[at : at + rows]
            self._maps[name].madvise(mmap.MADV_DONTNEED)

    def row(self, number: int) -> Row:
        """One row, its arrays copied out of the map."""
        part = slice(self.starts[number], self.starts[number + 1])
        chars = slice(self.char_starts[number], self.char_starts[number + 1])
        words = slice(self.word_starts[number], self.word_starts[number + 1])
        return Row(
            id=self.ids[number],
            lang=self.langs[number],
            hash=self.hashes[number],
            text_hash=self.text_hashes[number],
            facts=self.facts.get(number, Facts()),
            whole=np.array(self.whole[number]),
            sentences=self.sentences[part].astype(np.float32) * self.scales[part][:, None],
            spans=tuple(Span(int(a), int(b)) for a, b in self.spans[part]),
            characters=(np.array(self.char_ids[chars]), np.array(self.char_counts[chars])),
            words=(np.array(self.word_ids[words]), np.array(self.word_counts[words])),
        )
