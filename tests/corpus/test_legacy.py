"""TCVN3, VNI and VIQR, decoded: all letters, the capitals that TCVN3 lacks, ordinary punctuation kept."""

from __future__ import annotations

import runpy
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.legacy import decode_tcvn3, decode_viqr, decode_vni

_WRITING = runpy.run_path(str(Path(__file__).parents[1] / "data" / "old_encodings.py"))
LETTERS: str = _WRITING["LETTERS"]
tcvn3: Callable[[str], bytes] = _WRITING["tcvn3"]
vni: Callable[[str], bytes] = _WRITING["vni"]
viqr: Callable[[str], bytes] = _WRITING["viqr"]

SYLLABLES = """
    ủy ban nhân dân tỉnh Lạng Sơn quyết định phê duyệt Ngưỡng nghiêng khuỷu Đắk Lắk quỳ ỹ ở ý ạ Ẵm BỘ TRƯỞNG
    HĐND QĐ UBND NQ thuở hoà khoẻ quý gì giếng lễ sẽ những Ỷ ĐIỀU ô ê ơ ư ă â đ Được xã phường đã yêu
""".split()
SIGNS = [
    " ",
    "  ",
    "\n",
    ". ",
    ", ",
    "; ",
    " - ",
    ": ",
    "? ",
    "! ",
    " (",
    ") ",
    "/",
    "%",
    '"',
    "1",
    "2026",
    "a) ",
    "'",
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Syllables, numbers and punctuation in any order, words apart from each other."""
    parts = draw(st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(SIGNS)), max_size=12))
    return "".join(word + sign for word, sign in parts)


def test_there_are_134_letters() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter.islower() or letter in "ĂÂĐÊÔƠƯ"])
def test_tcvn3_knows_every_letter_that_it_has(letter: str) -> None:
    assert decode_tcvn3(tcvn3(letter).decode("cp1252")) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_vni_knows_every_letter(letter: str) -> None:
    assert decode_vni(vni(letter).decode("cp1252")) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_viqr_knows_every_letter(letter: str) -> None:
    assert decode_viqr(viqr(f"b{letter} a.").decode()) == f"b{letter} a."  # "a\." says that escapes are used


@given(texts())
def test_tcvn3_comes_back_up_to_capitals(text: str) -> None:
    assert decode_tcvn3(tcvn3(text).decode("cp1252")).casefold() == text.casefold()


@given(texts())
def test_vni_comes_back(text: str) -> None:
    assert decode_vni(vni(text).decode("cp1252")) == text


@given(texts())
def test_viqr_with_escapes_comes_back(text: str) -> None:
    assert decode_viqr(viqr(f"{text} a.").decode()) == f"{text} a."


@given(st.text(max_size=40))
def test_nothing_breaks_on_any_text(text: str) -> None:
    for decode in (decode_tcvn3, decode_vni, decode_viqr):
        assert unicodedata.is_normalized("NFC", decode(text))


def test_the_shipped_documents_come_back(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        text = document.original
        assert decode_vni(vni(text).decode("cp1252")).translate(_LOST) == text.translate(_LOST)
        assert decode_viqr(viqr(text).decode()) == text
        assert decode_tcvn3(tcvn3(text).decode("cp1252")).casefold().translate(_LOST) == (
            text.casefold().translate(_LOST)
        )


_LOST = dict.fromkeys(map(ord, "?→≥≤"))  # what windows-1252 has no code for


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Sè: 223-NQ/TU", "Số: 223-NQ/TU"),
        # the soft hyphen is ư
        ("ph­¬ng h­íng", "phương hướng"),
        # capitals of .VnTimeH at the codes of small letters
        ("QUYÕT §ÞNH", "QUYẾT ĐỊNH"),
        ("Së TµI CHÝNH", "SỞ TÀI CHÍNH"),
        ("Hµ NéI", "HÀ NỘI"),
        ("§IÒU 5, Së", "ĐIỀU 5, SỞ"),
        ("I. MôC TI£U vµ nhiÖm vô", "I. MỤC TIÊU và nhiệm vụ"),
        # ordinary case stays
        ("Hµ Néi, TP Hå ChÝ Minh", "Hà Nội, TP Hồ Chí Minh"),
        ("UBND tØnh", "UBND tỉnh"),
        ("19/2025/NQ-H§ND vµ Q§-TTg", "19/2025/NQ-HĐND và QĐ-TTg"),
        ("25 kWh", "25 kWh"),
        # signs whose codes are tone marks
        ("30°C; 12 m²; 5 m³", "30°C; 12 m²; 5 m³"),
        ("a\u00b4", "ạ"),
        # the mark of a footnote is no ạ
        ("du lÞch¹, th¹ch", "du lịch¹, thạch"),
        ("¹§Ò ¸n; c¹nh", "¹Đề án; cạnh"),
        # a font that declares itself a symbol font
        ("C\uf0e9ng ho\uf0b5", "Cộng hoà"),
    ],
)
def test_tcvn3_as_it_is_found(typed: str, read: str) -> None:
    assert decode_tcvn3(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("QUYEÁT ÑÒNH", "QUYẾT ĐỊNH"),
        ("Öu tieân, Ôû, Oâng", "Ưu tiên, Ở, Ông"),
        ("thöôøng, nhöõng, löôïng", "thường, những, lượng"),
        ("Ñaéc Laéc, quyõ, kyø", "Đắc Lắc, quỹ, kỳ"),
        ("30°C; 12 m²", "30°C; 12 m²"),
        ("co\uf0e4ng", "cộng"),
    ],
)
def test_vni_as_it_is_found(typed: str, read: str) -> None:
    assert decode_vni(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("DDie^`u 1. QUYE^'T DDI.NH", "Điều 1. QUYẾT ĐỊNH"),
        ("Quye^'t ddi.nh na`y ddu+o+.c tho^ng qua.", "Quyết định này được thông qua."),
        ("Quo^'c ho^.i. Thie^.t ha.i. Cu+?a kha^?u.", "Quốc hội. Thiệt hại. Cửa khẩu."),
        ("Bo^. Ta`i chi'nh", "Bộ Tài chính"),
        ("HDDND ti?nh DDa('k La('k", "HĐND tỉnh Đắk Lắk"),
        ("a. No^.i dung\ne. Kha'c", "a. Nội dung\ne. Khác"),
        ("phi'a(Chi tie^'t) d-d", "phía(Chi tiết) d-d"),
        ("ba(n kho(an", "băn kho(an"),
        ("la`m gi`? DDo'", "làm gì? Đó"),
        ("U.B.N.D, e.g, add, Buddha", "U.B.N.D, e.g, add, Buddha"),
        ("xem http://langson.gov.vn/?a=co.b", "xem http://langson.gov.vn/?a=co.b"),
        ("la\\. ca\\? ad\\d", "la. ca? add"),
    ],
)
def test_viqr_as_it_is_typed(typed: str, read: str) -> None:
    assert decode_viqr(typed) == read
