"""Which encoding a file is in, found from its text; stretches in another one; what is refused."""

from __future__ import annotations

import hashlib
import runpy
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import DocumentError
from corpus.manifest import SHIPPED, Entry, load
from ingest.pipeline import read_document
from ingest.readers.encoding import decode

_WRITING = runpy.run_path(str(Path(__file__).parents[1] / "data" / "old_encodings.py"))
ENCODERS: Mapping[str, Callable[[str], bytes]] = _WRITING["ENCODERS"]
tcvn3, vni, viqr, cp1258 = (_WRITING[name] for name in ("tcvn3", "vni", "viqr", "cp1258"))
twice: Callable[[str], bytes] = _WRITING["twice"]

FILE = Path("van-ban.txt")
FIRST = "Điều 1. Phạm vi điều chỉnh\nNghị quyết này quy định chính sách hỗ trợ.\n"
SECOND = "Điều 2. Đối tượng áp dụng\nCơ quan, tổ chức, cá nhân có liên quan.\n"
SHIPPED_TEXTS = [entry for entry in load(SHIPPED) if entry.metadata.kind == "unnumbered_copy"]


def shipped(entry: Entry) -> str:
    """The text of a shipped document."""
    return entry.read().decode("utf-8")


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("entry", SHIPPED_TEXTS, ids=lambda entry: entry.metadata.id)
def test_the_shipped_documents_are_recognised_in_every_encoding(entry: Entry, encoding: str) -> None:
    found = decode(ENCODERS[encoding](shipped(entry)), FILE)
    assert found.encoding == encoding
    assert found.sure > 0.99
    if encoding.startswith("TCVN3"):
        assert found.text.casefold() == shipped(entry).casefold()
    else:
        assert found.text == shipped(entry)
    assert all("đã chuyển sang Unicode" in warning for warning in found.warnings)


def tree(document: Document) -> list[tuple[str, str, str, str, str]]:
    """Every provision with its address and texts."""
    return [
        (node.address.path, node.role, node.marker.text, node.heading.text, node.text.text)
        for node in document.root.walk()
    ]


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("entry", SHIPPED_TEXTS, ids=lambda entry: entry.metadata.id)
def test_the_shipped_documents_give_the_same_tree_in_every_encoding(
    entry: Entry, encoding: str, tmp_path: Path, documents: Mapping[str, Document]
) -> None:
    data = ENCODERS[encoding](shipped(entry))
    path = tmp_path / "cu.txt"
    path.write_bytes(data)
    errata = entry.path.with_name(f"{entry.metadata.id}.errata.toml")
    if errata.exists():
        (tmp_path / errata.name).write_bytes(errata.read_bytes())
    digest = hashlib.sha256(data).hexdigest()
    read = tree(read_document(replace(entry, path=path, metadata=replace(entry.metadata, sha256=digest))))
    expected = tree(documents[entry.metadata.id])
    if encoding.startswith("TCVN3"):
        read = [tuple(part.casefold() for part in node) for node in read]  # type: ignore[misc]
        expected = [tuple(part.casefold() for part in node) for node in expected]  # type: ignore[misc]
    assert read == expected


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        "The “café” in São Paulo — 5 µm; Ý nghĩa: François Müller",
        "Le décret n° 5 du ministère de l'Économie, à Hanoï",
        "Uy ban nhan dan tinh Lang Son. Dieu 1.",
        "int a = b?c:d; add(x.y); u+v; e.g. o.k. a^b d'accord I'm 25°C ±3 m²",
        "đơn vị: µg/m³, Ω, ½, §5, © 2026 ®",
        "",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    found = decode(text.encode("utf-8"), FILE)
    assert (found.text, found.encoding, found.warnings) == (unicodedata.normalize("NFC", text), "UTF-8", ())


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xef\xbb\xbf" + FIRST.encode(), "UTF-8", FIRST),
        (FIRST.encode("utf-16"), "UTF-16", FIRST),
        (FIRST.encode("utf-16-le"), "UTF-16", FIRST),
        (FIRST.encode("utf-16-be"), "UTF-16", FIRST),
        (FIRST.encode("utf-32"), "UTF-32", FIRST),
        ("\u00d0i\u1ec1u 1. Ðối tượng".encode(), "UTF-8", "Điều 1. Đối tượng"),
        (tcvn3("Hà Nội\n"), "TCVN3 (ABC)", "Hà Nội\n"),
        (vni("Cộng hòa xã hội"), "VNI", "Cộng hòa xã hội"),
        ("It’s in the café, said François: “good”.".encode("cp1252"), "windows-1252", None),
        ("Le décret du ministère de l'Économie, entré en vigueur".encode("cp1252"), "windows-1252", None),
    ],
)
def test_small_files(data: bytes, encoding: str, text: str | None) -> None:
    found = decode(data, FILE)
    assert (found.encoding, found.text) == (encoding, text or data.decode("cp1252"))


def unicode_of(data: bytes) -> bytes:
    """As pasted from Word: the letters of the old font kept, saved in UTF-8."""
    return data.decode("cp1252").encode("utf-8")


@pytest.mark.parametrize(
    ("data", "encoding", "named"),
    [
        (FIRST.encode() + tcvn3(SECOND), "UTF-8", "Dòng 3-4: TCVN3 (ABC) giữa văn bản UTF-8"),
        (FIRST.encode() + vni(SECOND), "UTF-8", "Dòng 3-4: VNI giữa văn bản UTF-8"),
        (FIRST.encode() + cp1258(SECOND), "UTF-8", "Dòng 3-4: windows-1258 giữa văn bản UTF-8"),
        (tcvn3(FIRST) + SECOND.encode(), "TCVN3 (ABC)", "Dòng 3-4: UTF-8 giữa văn bản TCVN3 (ABC)"),
        (FIRST.encode() + unicode_of(tcvn3(SECOND)), "UTF-8", "Dòng 3-4: viết bằng TCVN3 (ABC)"),
        (FIRST.encode() + unicode_of(vni(SECOND)), "UTF-8", "Dòng 3-4: viết bằng VNI"),
        (FIRST.encode() + viqr(SECOND), "UTF-8", "Dòng 3-4: viết bằng VIQR"),
        (FIRST.encode() + twice(SECOND), "UTF-8", "Dòng 3-4: viết bằng UTF-8 mã hóa hai lần"),
        (twice(twice(FIRST).decode()) + SECOND.encode(), "UTF-8", "Dòng 1-2: viết bằng UTF-8 mã hóa hai lần"),
    ],
)
def test_lines_in_another_encoding_are_converted_and_named(data: bytes, encoding: str, named: str) -> None:
    found = decode(data, FILE)
    assert (found.text, found.encoding) == (FIRST + SECOND, encoding)
    assert named in found.warnings[-1]


def test_a_short_line_among_others_of_an_old_font_goes_with_them() -> None:
    old = tcvn3("Ủy ban nhân dân tỉnh\nMục\nQuy định chính sách hỗ trợ\n")
    found = decode(FIRST.encode() + unicode_of(old), FILE)
    assert found.text == FIRST + "ủy ban nhân dân tỉnh\nMục\nQuy định chính sách hỗ trợ\n"
    assert "Dòng 3-5" in found.warnings[0]


def test_two_encodings_inside_one_line_are_named_and_left_alone() -> None:
    line = "Điều 5. §iÒu kho¶n thi hµnh cña NghÞ quyÕt\n"
    found = decode(line.encode(), FILE)
    assert found.text == line
    assert found.warnings == ("Dòng 1: lẫn chữ TCVN3 hoặc VNI trong dòng, chưa chuyển; hãy sửa tệp gốc.",)


def test_a_foreign_byte_in_a_line_of_utf8_is_read_and_named() -> None:
    found = decode(FIRST.encode() + b"\x95 " + "Quy định về chính sách\n".encode(), FILE)
    assert found.text == FIRST + "• Quy định về chính sách\n"
    assert found.warnings[0].startswith("Dòng 3: byte lạ giữa văn bản UTF-8")


def test_a_nul_byte_is_left_out_and_said() -> None:
    found = decode(FIRST.encode() + b"a\0b", FILE)
    assert found.text == FIRST + "ab"
    assert found.warnings == ("Đã bỏ 1 byte rỗng (NUL) trong tệp.",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("Привет мир, это текст на русском языке".encode("cp1251"), "dòng 1: không rõ bảng mã"),
        ("日本語のテキストです。これは文です。".encode("shift_jis"), "dòng 1: không rõ bảng mã"),
        ("中华人民共和国宪法第一条".encode("gbk"), "dòng 1: không rõ bảng mã"),
        (FIRST.encode() + "Phạm vi điều chỉ".encode() + b"\xe1\xbb", "dòng 3: không rõ bảng mã"),
        (FIRST.encode("utf-16")[:-1], "tệp mã UTF-16 bị đứt"),
        (bytes(range(256)) * 20, "dòng 1: không phải văn bản"),
        (b"Mot\nHai\n" + "Sở Tài chính\n".encode("utf-16-le"), "dòng 3: không phải văn bản"),
    ],
)
def test_what_nothing_reads_is_refused_with_the_place_and_the_remedy(data: bytes, why: str) -> None:
    with pytest.raises(DocumentError, match=r"van-ban\.txt.*Hãy ") as refused:
        decode(data, FILE)
    assert why in str(refused.value)


def test_a_refusal_names_what_was_tried() -> None:
    with pytest.raises(DocumentError, match=r"UTF-8, UTF-16, TCVN3 \(ABC\), VNI, VIQR, windows-1258"):
        decode("Привет мир, это текст".encode("cp1251"), FILE)


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_long_file_costs_no_time(encoding: str) -> None:
    data = ENCODERS[encoding](max(map(shipped, SHIPPED_TEXTS), key=len))
    spent = []
    for _ in range(3):
        start = time.process_time()
        decode(data, FILE)
        spent.append(time.process_time() - start)
    assert min(spent) / len(data) * 100_000 < 0.25  # seconds for 100 kB; a quarter of that here, CI is slower
