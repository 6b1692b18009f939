"""Words without a dictionary: hashed character 4-grams inside words, and word beginnings of six letters.

Norwegian compounds and inflections (matsvinnreduksjon ~ matsvinn, kommunar ~ kommuner) share 4-grams where they share no word.
Hashing keeps it incremental: a new text needs no new vocabulary. TF-IDF with 1 + log(tf), as scikit-learn's ``sublinear_tf``.
"""

import re
import zlib

import numpy as np

CHARACTER_BITS = 18
WORD_BITS = 17
_TOKEN = re.compile(r"[^\W_]+")
_PREFIX = 6


def _counted(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    features, counts = np.unique(codes, return_counts=True)
    return features.astype(np.int32), np.minimum(counts, 255).astype(np.uint8)


def characters(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Hashed 4-grams that do not cross a word's edge: features (int32, ascending) and their counts (uint8)."""
    joined = " " + " ".join(_TOKEN.findall(text.lower())) + " "
    points = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(points) < 4:
        return np.zeros(0, np.int32), np.zeros(0, np.uint8)
    grams = np.lib.stride_tricks.sliding_window_view(points, 4)
    grams = grams[(grams[:, 1] != 32) & (grams[:, 2] != 32)]
    codes = grams @ np.array([1, 1_000_003, 998_244_353, 4_294_967_311], np.uint64)
    codes ^= codes >> np.uint64(29)
    codes = (codes * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - CHARACTER_BITS)
    return _counted(codes)


def words(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Hashed beginnings of words of two letters or more: features (int32, ascending) and their counts (uint8)."""
    codes = [zlib.crc32(word[:_PREFIX].encode()) for word in _TOKEN.findall(text.lower()) if len(word) > 1]
    return _counted(np.array(codes, np.int64) & (2**WORD_BITS - 1))


def idf(document_frequency: np.ndarray, documents: int) -> np.ndarray:
    """Smoothed inverse document frequency, ``log((1 + n) / (1 + df)) + 1``, as scikit-learn's."""
    return (np.log((1 + documents) / (1 + document_frequency)) + 1).astype(np.float32)


def weights(counts: np.ndarray) -> np.ndarray:
    """1 + log(tf)."""
    return (1 + np.log(counts.astype(np.float32))).astype(np.float32)
