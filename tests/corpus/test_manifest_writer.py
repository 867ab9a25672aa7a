"""Changing the office's manifest: what was there stays, and a change is there whole or not at all."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Metadata, TextKind
from corpus.errors import DocumentError, ManifestError
from corpus.manifest import load
from corpus.manifest_writer import editing

DATA = "Điều 1. Phạm vi\n".encode()
ABOUT = Metadata(
    id="nq-05-2026",
    type="Nghị quyết",
    number="05/2026/NQ-HĐND",
    issuer="HĐND tỉnh Lạng Sơn",
    date="2026-07-10",
    title="Về du lịch",
    signer=None,
    file="nq-05-2026.txt",
    sha256=hashlib.sha256(DATA).hexdigest(),
    kind=TextKind.OFFICIAL,
    source="Công báo",
)
BY_HAND = f"""\
# Do văn thư ghi.

[[document]] # năm 2024
id = "qd-1"
type = "Quyết định"   # loại
issuer = "UBND tỉnh"
title = 'Tên “có” "ngoặc"'
file = "cu.txt"
sha256 = "{ABOUT.sha256}"
kind = "official"
source = "Văn thư"
note = "giữ nguyên"
# hết
"""


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """The place of a manifest in a folder that is not there yet."""
    return tmp_path / "kho" / "manifest.toml"


@pytest.fixture
def by_hand(manifest: Path) -> Path:
    """A manifest that somebody wrote, with comments and a spacing of its own."""
    manifest.parent.mkdir()
    (manifest.parent / "cu.txt").write_bytes(DATA)
    manifest.write_text(BY_HAND, encoding="utf-8")
    return manifest


def put(manifest: Path, about: Metadata, data: bytes = DATA) -> None:
    with editing(manifest) as edit:
        edit.put(replace(about, file=edit.copy(about.file, data)))


def names(manifest: Path) -> set[str]:
    """What lies beside the manifest, the lock apart."""
    return {file.name for file in manifest.parent.iterdir()} - {"manifest.toml", ".lock"}


def test_the_first_document_makes_the_folder_and_the_manifest(manifest: Path) -> None:
    put(manifest, ABOUT)
    (entry,) = load(manifest)
    assert entry.metadata == ABOUT
    assert entry.read() == DATA
    assert names(manifest) == {"nq-05-2026.txt"}


def test_what_was_written_by_hand_stays_letter_for_letter(by_hand: Path) -> None:
    put(by_hand, ABOUT)
    assert by_hand.read_text(encoding="utf-8").startswith(BY_HAND.rstrip())
    assert [entry.metadata.id for entry in load(by_hand)] == ["qd-1", "nq-05-2026"]


def test_a_document_of_the_same_id_is_changed_in_its_place(by_hand: Path) -> None:
    put(by_hand, ABOUT)
    (first, _) = load(by_hand)
    put(by_hand, replace(first.metadata, withdrawn="2026-07-11"))
    text = by_hand.read_text(encoding="utf-8")
    assert [entry.metadata.id for entry in load(by_hand)] == ["qd-1", "nq-05-2026"]
    assert load(by_hand)[0].metadata == replace(first.metadata, withdrawn="2026-07-11")
    assert "# loại" in text
    assert "title = 'Tên “có” \"ngoặc\"'" in text
    put(by_hand, first.metadata)
    assert load(by_hand)[0].metadata.withdrawn is None


def test_a_value_that_is_no_longer_known_is_left_out(manifest: Path) -> None:
    put(manifest, replace(ABOUT, note="x"))
    put(manifest, replace(ABOUT, number=None))
    assert load(manifest)[0].metadata == replace(ABOUT, number=None)


def test_a_dropped_document_is_gone_and_the_others_stay(by_hand: Path) -> None:
    put(by_hand, ABOUT)
    with editing(by_hand) as edit:
        edit.drop("qd-1")
    assert [entry.metadata.id for entry in load(by_hand)] == ["nq-05-2026"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_is_written_so_that_it_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    manifest = tmp_path_factory.mktemp("kho") / "manifest.toml"
    put(manifest, replace(ABOUT, title=title))
    assert load(manifest)[0].metadata.title == title


def test_another_file_of_the_same_name_is_never_overwritten(by_hand: Path) -> None:
    other = "Khác\n".encode()
    put(by_hand, replace(ABOUT, file="cu.txt", sha256=hashlib.sha256(other).hexdigest()), other)
    assert (by_hand.parent / "cu.txt").read_bytes() == DATA
    assert load(by_hand)[1].path == by_hand.parent / "cu-2.txt"


def test_the_same_file_is_not_copied_twice(manifest: Path) -> None:
    put(manifest, ABOUT)
    put(manifest, replace(ABOUT, id="nq-06-2026"))
    assert names(manifest) == {"nq-05-2026.txt"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, DocumentError])
def test_what_is_broken_off_leaves_no_trace(by_hand: Path, error: type[BaseException]) -> None:
    def broken_off() -> None:
        with editing(by_hand) as edit:
            edit.put(replace(ABOUT, file=edit.copy(ABOUT.file, DATA)))
            raise error

    with pytest.raises(error):
        broken_off()
    assert by_hand.read_text(encoding="utf-8") == BY_HAND
    assert names(by_hand) == {"cu.txt"}


def test_an_entry_that_no_manifest_may_hold_is_not_written(by_hand: Path) -> None:
    with pytest.raises(ManifestError, match="ngày phải viết như"):
        put(by_hand, replace(ABOUT, date="hôm qua"))
    assert by_hand.read_text(encoding="utf-8") == BY_HAND
    assert names(by_hand) == {"cu.txt"}


def test_a_manifest_that_is_wrong_is_left_as_it_is(by_hand: Path) -> None:
    wrong = BY_HAND.replace("[[document]]", "[[documents]]")
    by_hand.write_text(wrong, encoding="utf-8")
    with pytest.raises(ManifestError, match="documents"):
        put(by_hand, ABOUT)
    assert by_hand.read_text(encoding="utf-8") == wrong
    assert names(by_hand) == {"cu.txt"}


def test_a_document_whose_file_is_gone_keeps_no_other_out(by_hand: Path) -> None:
    (by_hand.parent / "cu.txt").unlink()
    put(by_hand, ABOUT)
    assert {table["id"] for table in tomllib.loads(by_hand.read_text(encoding="utf-8"))["document"]} == {
        "qd-1",
        "nq-05-2026",
    }


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "kho").write_text("x", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"Không ghi được vào .*kho vẫn như cũ"):
        put(tmp_path / "kho" / "manifest.toml", ABOUT)


def test_two_at_once_take_turns(manifest: Path) -> None:
    people = [
        threading.Thread(target=put, args=(manifest, replace(ABOUT, id=f"nq-{number}")))
        for number in range(8)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert {entry.metadata.id for entry in load(manifest)} == {f"nq-{number}" for number in range(8)}


KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from corpus import manifest_writer
sys.path.insert(0, sys.argv[3])
steps = int(sys.argv[2])
def dying(name):
    real = getattr(os, name)
    def step(*given):
        global steps
        steps -= 1
        if steps < 0:
            os._exit(9)  # no clean-up of any kind, as under kill -9
        return real(*given)
    return step
from test_manifest_writer import ABOUT, DATA
manifest = Path(sys.argv[1])
with manifest_writer.editing(manifest) as edit:
    os.fsync, os.replace, os.rename = map(dying, ("fsync", "replace", "rename"))
    edit.put(replace(ABOUT, file=edit.copy(ABOUT.file, DATA)))
"""


@pytest.mark.parametrize("steps", range(7))
def test_killed_at_any_step_the_manifest_is_the_old_or_the_new(by_hand: Path, steps: int) -> None:
    here = str(Path(__file__).parent)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(by_hand), str(steps), here], check=False)
    assert killed.returncode == (9 if steps < 6 else 0)  # six steps reach the disk
    held = [entry.metadata.id for entry in load(by_hand)]
    assert held in (["qd-1"], ["qd-1", "nq-05-2026"])
    put(by_hand, ABOUT)  # and what was left behind stands in nobody's way
    assert [entry.metadata.id for entry in load(by_hand)] == ["qd-1", "nq-05-2026"]
    assert names(by_hand) == {"cu.txt", "nq-05-2026.txt"}
