"""The index on the disk: built beside the old one, swapped in one step, refused where it is not whole."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.document import Correction, Document, Passage
from corpus.enrichment import Enrichment
from corpus.errors import IndexMissingError, IndexVersionError, SearchIndexError
from corpus.progress import silent
from corpus.sentences import sentence_spans
from ingest.passages import passages
from retriever.asked import Enrichments
from retriever.encoder import TokenEncoder
from retriever.fields import by_syllable, headings
from retriever.index import (
    UNIT,
    Index,
    build,
    fingerprint,
    is_current,
    open_index,
    served,
    unit_text,
    units,
)

if TYPE_CHECKING:
    from corpus.progress import Progress
    from retriever.encoder import Encoder, Prompt, TokenVectors, Vectors

Builds = Callable[..., Path]


@pytest.fixture(scope="module")
def enrichments(few: tuple[Passage, ...]) -> Enrichments:
    """Something written about the second passage's first provision and about the fourth's."""
    found: dict[str, dict[str, Enrichment]] = {}
    for place in (1, 3):
        path = few[place].address.path
        found.setdefault(few[place].document, {})[path] = Enrichment(
            path,
            "",
            f"Điều số {place}",
            ("Ai được hưởng?", "Khi nào xong?"),
            ("tiền",),
            "Who gets it",
            "谁受益",
        )
    return found


@pytest.fixture
def builds(
    documents: Mapping[str, Document],
    few: tuple[Passage, ...],
    syllable_token_encoder: TokenEncoder,
    enrichments: Enrichments,
) -> Builds:
    """Builds an index of a few passages below a folder."""

    def run(
        root: Path,
        progress: Progress = silent,
        of: Sequence[Passage] = few,
        encoder: Encoder = syllable_token_encoder,
    ) -> Path:
        return build(root, documents, of, encoder, progress, enrichments=enrichments)

    return run


@pytest.fixture(scope="module")
def whole(
    documents: Mapping[str, Document],
    few: tuple[Passage, ...],
    syllable_token_encoder: TokenEncoder,
    enrichments: Enrichments,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An index of four passages; tests that write take a copy."""
    root = tmp_path_factory.mktemp("whole")
    build(root, documents, few[:4], syllable_token_encoder, silent, enrichments=enrichments)
    return root


@pytest.fixture(scope="module")
def larger(
    documents: Mapping[str, Document],
    few: tuple[Passage, ...],
    syllable_token_encoder: TokenEncoder,
    enrichments: Enrichments,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An index of five passages, to take files from."""
    root = tmp_path_factory.mktemp("larger")
    build(root, documents, few, syllable_token_encoder, silent, enrichments=enrichments)
    return root


@pytest.fixture
def old(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, in use."""
    return shutil.copytree(whole, tmp_path / "index")


def unharmed(root: Path, folder: Path, size: int = 4) -> bool:
    """Whether the index in `folder` is in use, and nothing half-built lies beside it."""
    opened = open_index(root)
    beside = [path.name for path in root.iterdir()]
    return (
        opened.folder == folder
        and len(opened.passages) == size
        and sorted(beside) == sorted(["CURRENT", "LOCK", folder.name])
    )


# --- what is built ------------------------------------------------------------------------------


def test_what_is_built_is_opened_equal(
    documents: Mapping[str, Document], few: tuple[Passage, ...], any_encoder: Encoder, tmp_path: Path
) -> None:
    folder = build(tmp_path, documents, few, any_encoder, silent)
    opened = open_index(tmp_path)
    assert opened.folder == folder
    assert opened.encoder_name == any_encoder.name
    assert opened.documents == documents
    assert tuple(opened.passages) == few
    unit = few[3].text[slice(*next(units(few[3])))]
    nearest = opened.unit_vectors.scores(any_encoder.passages([unit]))
    assert opened.units[int(np.argmax(nearest)), 0] == 3
    assert opened.asked is None
    if isinstance(any_encoder, TokenEncoder):
        assert opened.tokens is not None
        asked = any_encoder.tokens([few[3].text], "query")[0].tokens
        assert int(np.argmax(opened.tokens.scores(asked, np.arange(len(few))))) == 3
    else:
        assert opened.tokens is None


def test_what_is_written_beside_a_provision_leads_to_its_passage(
    builds: Builds,
    few: tuple[Passage, ...],
    enrichments: Enrichments,
    syllable_token_encoder: TokenEncoder,
    tmp_path: Path,
) -> None:
    builds(tmp_path)
    asked = open_index(tmp_path).asked
    assert asked is not None
    assert asked.enriched.tolist() == [False, True, False, True, False]
    assert (
        sorted(asked.owners.tolist()) == [1] * 5 + [3] * 5
    )  # a gist and two questions, in English, in Chinese
    assert np.flatnonzero(asked.syllables.scores(["hưởng"])).tolist() == [1, 3]
    assert np.flatnonzero(asked.syllables.scores(["受益"])).tolist() == [1, 3]
    assert np.flatnonzero(asked.words.scores(["tiền"])).tolist() == [1, 3]
    nearest = int(np.argmax(asked.vectors.scores(syllable_token_encoder.queries(["Điều số 3"]))))
    assert asked.owners[nearest] == 3
    vector = syllable_token_encoder.queries(["Điều số 3"])[0]
    assert asked.nearest(2, vector) == {}  # nothing is written about it
    provision, cosine = next(iter(asked.nearest(3, vector).items()))
    assert few[3].addresses[provision].path in enrichments[few[3].document]
    assert cosine == pytest.approx(float(asked.vectors.rows(np.asarray([nearest]))[0] @ vector), abs=1e-6)


def test_units_belong_to_their_passages(builds: Builds, few: tuple[Passage, ...], tmp_path: Path) -> None:
    builds(tmp_path)
    opened = open_index(tmp_path)
    assert len(opened.unit_vectors) == len(opened.units) == sum(len(list(units(p))) for p in few)
    for passage, start, end in zip(few, opened.unit_starts, opened.unit_starts[1:], strict=False):
        assert [(int(low), int(high)) for _, low, high in opened.units[start:end]] == list(units(passage))


def test_units_cover_every_passage_and_stay_small(documents: Mapping[str, Document]) -> None:
    for passage in (p for document in documents.values() for p in passages(document)):
        spans = list(units(passage))
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert "".join(passage.text[low:high] for low, high in spans).split() or not passage.text.strip()
        covered = "".join("".join(passage.text[low:high].split()) for low, high in spans)
        assert covered == "".join(passage.text.split())
        for low, high in spans:
            text = passage.text[low:high]
            assert text.strip()
            assert len(text) <= UNIT or len(list(sentence_spans(text))) == 1


def test_text_and_headings_are_fields_of_their_own(
    builds: Builds, few: tuple[Passage, ...], tmp_path: Path
) -> None:
    builds(tmp_path)
    opened = open_index(tmp_path)
    for place, passage in enumerate(few):
        assert all(opened.syllables.scores([syllable])[place] > 0 for syllable in by_syllable(passage.text))
        above = by_syllable(headings(passage))
        assert all(opened.headings.scores([syllable])[place] > 0 for syllable in above)
        foreign = set(above) - set(by_syllable(passage.text))
        assert all(opened.syllables.scores([syllable])[place] == 0 for syllable in foreign)


def test_progress_tells_all_stages_to_their_ends(builds: Builds, tmp_path: Path) -> None:
    told: dict[str, tuple[int, int]] = {}
    builds(tmp_path, lambda stage, done, total, detail="": told.update({stage: (done, total)}))
    assert list(told) == ["Tách từ", "Tính véc-tơ", "Tính véc-tơ từng tiếng"]
    assert all(done == total > 0 for done, total in told.values())


# --- beside the old one -------------------------------------------------------------------------


def test_the_old_index_serves_until_the_new_one_is_whole(
    builds: Builds, old: Path, few: tuple[Passage, ...]
) -> None:
    before = open_index(old)
    seen = set()

    def look(stage: str, done: int, total: int, detail: str = "") -> None:
        if done in (0, total):
            seen.add((stage, open_index(old).folder, len(open_index(old).passages)))

    after = builds(old, look)
    stages = ("Tách từ", "Tính véc-tơ", "Tính véc-tơ từng tiếng")
    assert seen == {(stage, before.folder, 4) for stage in stages}
    assert open_index(old).folder == after != before.folder
    assert len(open_index(old).passages) == len(few) == 5
    assert before.unit_vectors.search(np.ones((1, 64), dtype=np.float32), 1)[0].shape == (
        1,
    )  # still readable


def test_only_the_last_two_indexes_are_kept(builds: Builds, old: Path) -> None:
    second, third = builds(old), builds(old)
    assert {path.name for path in old.iterdir()} == {"CURRENT", "LOCK", second.name, third.name}


def test_what_a_killed_build_left_is_swept(builds: Builds, tmp_path: Path) -> None:
    (tmp_path / ".building-killed").mkdir()
    (tmp_path / ".building-killed" / "units.faiss").write_bytes(b"half")
    folder = builds(tmp_path)
    assert unharmed(tmp_path, folder, size=5)


@pytest.mark.parametrize("stage", ["Tách từ", "Tính véc-tơ"])
def test_ctrl_c_leaves_the_old_index_in_use(builds: Builds, old: Path, stage: str) -> None:
    folder = open_index(old).folder

    def interrupt(at: str, done: int, total: int, detail: str = "") -> None:
        if at == stage and done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        builds(old, interrupt)
    assert unharmed(old, folder)


def test_ctrl_c_at_the_first_build_leaves_nothing(builds: Builds, tmp_path: Path) -> None:
    def interrupt(stage: str, done: int, total: int, detail: str = "") -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        builds(tmp_path / "index", interrupt)
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["LOCK"]
    with pytest.raises(IndexMissingError):
        open_index(tmp_path / "index")


def test_a_failing_encoder_leaves_the_old_index_in_use(builds: Builds, old: Path) -> None:
    class Failing:
        name = "hỏng"

        def queries(self, texts: Sequence[str]) -> Vectors:
            raise RuntimeError("hỏng")

        def passages(self, texts: Sequence[str], progress: object = None) -> Vectors:
            raise RuntimeError("hỏng")

    folder = open_index(old).folder
    with pytest.raises(RuntimeError, match="hỏng"):
        builds(old, encoder=Failing())
    assert unharmed(old, folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "file",
    [
        "words/data.csc.index.npy",
        "units.faiss",
        "documents.jsonl",
        "index.json",
    ],
)
def test_a_full_disk_is_told_and_leaves_the_old_index(builds: Builds, old: Path, file: str) -> None:
    folder = open_index(old).folder

    def fill(stage: str, done: int, total: int, detail: str = "") -> None:
        if done == 0:
            staged = next(old.glob(".building-*")) / file
            staged.parent.mkdir(exist_ok=True)
            staged.symlink_to("/dev/full")  # every write to it fails as on a full disk

    with pytest.raises(SearchIndexError, match=r"hết dung lượng đĩa\. Hãy giải phóng.*Chỉ mục cũ còn nguyên"):
        builds(old, fill)
    assert unharmed(old, folder)


def test_a_disk_full_of_its_own_accord(builds: Builds, old: Path) -> None:
    def fill(stage: str, done: int, total: int, detail: str = "") -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(SearchIndexError, match="hết dung lượng đĩa"):
        builds(old, fill)


def test_a_folder_that_cannot_be_written(builds: Builds, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SearchIndexError, match=r"Không ghi được chỉ mục.*Hãy kiểm tra quyền ghi"):
        builds(tmp_path / "file" / "index")


def test_two_builds_at_once_do_not_disturb_each_other(builds: Builds, old: Path) -> None:
    refused = []

    def second(stage: str, done: int, total: int, detail: str = "") -> None:
        if done == total:
            with pytest.raises(SearchIndexError, match=r"đang chạy.*Hãy chờ") as one:
                builds(old)
            refused.append(one.value)

    folder = builds(old, second)
    assert len(refused) == 3
    assert open_index(old).folder == folder


def test_a_pointer_of_a_killed_build_is_swept(builds: Builds, old: Path) -> None:
    (old / "CURRENT.index-killed").write_text("index-killed\n")
    builds(old)
    assert [path.name for path in old.glob("CURRENT*")] == ["CURRENT"]


def test_another_account_may_read_what_was_built(builds: Builds, tmp_path: Path) -> None:
    assert builds(tmp_path).stat().st_mode & 0o055 == 0o055


# --- what the old one spares the new one ----------------------------------------------------------


class Counting:
    """An encoder that remembers what it was asked for."""

    def __init__(self, encoder: TokenEncoder, name: str | None = None) -> None:
        self._encoder = encoder
        self.name = name or encoder.name
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.queries(texts)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.asked += texts
        return self._encoder.passages(texts, progress)

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        self.asked += [text.strip() for text in texts]
        return self._encoder.tokens(texts, prompt)


def encoded_texts(passages: Sequence[Passage]) -> set[str]:
    """Every text of these passages that the encoder reads: whole for the tokens, and by units."""
    whole = {passage.repaired.strip() for passage in passages}
    return whole | {unit_text(passage, *span) for passage in passages for span in units(passage)}


def same_content(one: Index, other: Index) -> bool:
    """Whether two indexes find the same."""
    probe = np.full((1, 64), 0.125, dtype=np.float32)
    return (
        tuple(one.passages) == tuple(other.passages)
        and np.array_equal(one.units, other.units)
        and np.allclose(one.unit_vectors.scores(probe), other.unit_vectors.scores(probe), atol=1e-6)
        and one.tokens is not None
        and other.tokens is not None
        and np.array_equal(one.tokens.tokens, other.tokens.tokens)
        and one.asked is not None
        and other.asked is not None
        and np.allclose(one.asked.vectors.scores(probe), other.asked.vectors.scores(probe), atol=1e-6)
        and np.allclose(one.words.scores(["tỉnh", "du_lịch"]), other.words.scores(["tỉnh", "du_lịch"]))
    )


def test_only_what_is_new_is_encoded(
    builds: Builds, old: Path, larger: Path, few: tuple[Passage, ...], syllable_token_encoder: TokenEncoder
) -> None:
    counting = Counting(syllable_token_encoder)
    builds(old, encoder=counting)
    assert set(counting.asked) == encoded_texts(few) - encoded_texts(few[:4])
    assert same_content(open_index(old), open_index(larger))


def test_a_changed_provision_alone_is_encoded_again(
    builds: Builds, old: Path, few: tuple[Passage, ...], syllable_token_encoder: TokenEncoder
) -> None:
    changed = replace(few[2], text=few[2].text + " Và thêm một câu.")
    counting = Counting(syllable_token_encoder)
    builds(old, of=(*few[:2], changed, few[3]), encoder=counting)
    assert set(counting.asked) == encoded_texts([changed]) - encoded_texts(few[:4])
    assert changed.text in counting.asked


@pytest.mark.parametrize("of", [slice(0, 4), slice(1, 3)])
def test_nothing_new_asks_the_encoder_for_nothing(
    builds: Builds, old: Path, few: tuple[Passage, ...], syllable_token_encoder: TokenEncoder, of: slice
) -> None:
    counting = Counting(syllable_token_encoder)
    builds(old, of=few[of], encoder=counting)
    assert counting.asked == []
    assert list(open_index(old).passages) == list(few[of])


def test_another_encoder_encodes_everything(
    builds: Builds, old: Path, few: tuple[Passage, ...], syllable_token_encoder: TokenEncoder
) -> None:
    counting = Counting(syllable_token_encoder, "another")
    builds(old, encoder=counting)
    assert set(counting.asked) > encoded_texts(few)


@pytest.mark.parametrize(
    "file",
    ["units.keys", "asked/rows.keys", "tokens.keys", "segmented.jsonl", "units.faiss", "tokens/starts.npy"],
)
@pytest.mark.parametrize("harm", [b"\xff\xfe{", None])
def test_what_is_damaged_is_made_again(
    builds: Builds, old: Path, larger: Path, file: str, harm: bytes | None
) -> None:
    damaged = open_index(old).folder / file
    damaged.unlink() if harm is None else damaged.write_bytes(harm)
    builds(old)
    assert same_content(open_index(old), open_index(larger))


def test_the_corrected_text_is_searched_and_the_printed_one_kept(
    builds: Builds, few: tuple[Passage, ...], syllable_token_encoder: TokenEncoder, tmp_path: Path
) -> None:
    start = few[0].text.index(few[0].text.split()[1])
    wrong = few[0].text.split()[1]
    slip = Correction(start, start + len(wrong), "khácbiệt", "lỗi nhận dạng chữ")
    counting = Counting(syllable_token_encoder)
    builds(tmp_path, of=[replace(few[0], corrections=(slip,)), *few[1:]], encoder=counting)
    opened = open_index(tmp_path)
    assert opened.passages[0].text == few[0].text
    assert opened.passages[0].corrections == (slip,)
    assert opened.syllables.scores(["khácbiệt"])[0] > 0
    assert sum("khácbiệt" in text for text in counting.asked) in (1, 2)
    for _, low, high in opened.units[opened.unit_starts[0] : opened.unit_starts[1]]:
        assert "khácbiệt" not in opened.passages[0].text[low:high]


# --- opened, or refused -------------------------------------------------------------------------


@pytest.mark.parametrize("made", [True, False])
def test_no_index(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "index").mkdir()
    with pytest.raises(IndexMissingError, match=r"Chưa có chỉ mục.*hoidap ingest"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize("found", [0, 999, "1", None])
def test_an_index_of_another_format(old: Path, found: object) -> None:
    header = open_index(old).folder / "index.json"
    header.write_text(json.dumps(json.loads(header.read_text()) | {"format": found}))
    with pytest.raises(IndexVersionError, match=r"phiên bản khác.*hoidap ingest"):
        open_index(old)


FILES = (
    "index.json",
    "documents.jsonl",
    "passages.jsonl",
    "units.npy",
    "restorer.json",
    "abbreviations.json",
    "units.faiss",
    "tokens/tokens.npy",
    "tokens/starts.npy",
    "tokens/centre.npy",
    "asked/rows.faiss",
    "asked/owners.npy",
    "asked/words/vocab.index.json",
    "headings/indices.csc.index.npy",
    "words/data.csc.index.npy",
    "words/vocab.index.json",
    "words/params.index.json",
    "syllables/indptr.csc.index.npy",
    "syllables/size",
)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("harm", ["missing", "empty", "half", "noise"])
def test_a_damaged_index_is_refused(old: Path, file: str, harm: str) -> None:
    damaged = open_index(old).folder / file
    whole = damaged.read_bytes()
    if harm == "missing":
        damaged.unlink()
    else:
        damaged.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "noise": b"\xff\xfe{"}[harm])
    with pytest.raises(SearchIndexError, match=r"bị hỏng.*hoidap ingest"):
        open_index(old)


@pytest.mark.parametrize("file", ["passages.jsonl", "units.faiss", "units.npy", "tokens/starts.npy"])
def test_files_that_do_not_belong_together_are_refused(old: Path, larger: Path, file: str) -> None:
    shutil.copy(open_index(larger).folder / file, open_index(old).folder / file)
    with pytest.raises(SearchIndexError, match=r"bị hỏng.*hoidap ingest"):
        open_index(old)


@pytest.mark.parametrize("pointer", [b"", b"index-mat\n", b"\xff\xfe", b"\0"])
def test_a_damaged_pointer(old: Path, pointer: bytes) -> None:
    (old / "CURRENT").write_bytes(pointer)
    with pytest.raises(SearchIndexError, match="hoidap ingest"):
        open_index(old)
    assert not is_current(old, "x")


def test_a_damaged_index_is_built_anew(old: Path, builds: Builds) -> None:
    (open_index(old).folder / "units.faiss").write_bytes(b"")
    (old / "CURRENT").write_bytes(b"\xff\xfe")
    builds(old)
    assert len(open_index(old).passages) == 5


# --- is it up to date? --------------------------------------------------------------------------


def test_an_index_is_current_until_something_that_makes_it_changes(
    old: Path, documents: Mapping[str, Document], syllable_token_encoder: TokenEncoder
) -> None:
    hashes = {document.id: document.metadata.sha256 for document in documents.values()}
    name = syllable_token_encoder.name
    assert is_current(old, fingerprint(hashes, name))
    assert is_current(old, fingerprint(dict(reversed(hashes.items())), name))
    assert not is_current(old, fingerprint(hashes, "another-model"))
    assert not is_current(old, fingerprint(hashes | {next(iter(hashes)): "0" * 64}, name))
    assert not is_current(old, fingerprint(dict(list(hashes.items())[:1]), name))


def test_an_index_says_which_files_it_serves(old: Path, documents: Mapping[str, Document]) -> None:
    assert served(old) == {document.id: document.metadata.sha256 for document in documents.values()}


@pytest.mark.parametrize("pointer", [None, b"", b"index-mat\n", b"\0"])
def test_no_index_serves_no_file(tmp_path: Path, pointer: bytes | None) -> None:
    if pointer is not None:
        (tmp_path / "CURRENT").write_bytes(pointer)
    assert served(tmp_path) == {}


def test_nothing_to_index_leaves_the_old_index_in_use(builds: Builds, old: Path) -> None:
    folder = open_index(old).folder
    with pytest.raises(SearchIndexError, match=r"Không có văn bản nào.*Hãy thêm"):
        builds(old, of=())
    assert unharmed(old, folder)


def test_no_index_is_not_current(tmp_path: Path) -> None:
    assert not is_current(tmp_path, fingerprint({}, "x"))
