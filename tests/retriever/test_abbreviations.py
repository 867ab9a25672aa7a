"""Abbreviations of officials, of the documents themselves, and words that only look like one."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from ingest.passages import passages
from retriever.abbreviations import Abbreviations

TABLE = Abbreviations()


@pytest.fixture(scope="module")
def learnt(documents: Mapping[str, Document]) -> Abbreviations:
    return Abbreviations.build(p.repaired for document in documents.values() for p in passages(document))


@pytest.mark.parametrize(
    ("short", "meanings"),
    [
        ("UBND", ("ủy ban nhân dân",)),
        ("CLB", ("câu lạc bộ",)),
        ("ubnd", ("ủy ban nhân dân",)),
        ("HĐND", ("hội đồng nhân dân",)),
        ("hdnd", ("hội đồng nhân dân",)),
        ("kcn", ("khu công nghiệp",)),
        ("KKTCK", ("khu kinh tế cửa khẩu",)),
        ("TT", ("trung tâm", "thị trấn", "thông tư")),
        ("QH", ("quy hoạch", "quốc hội")),
        ("BQLDA", ("ban quản lý", "dự án")),  # of its parts
        ("TU", ("tỉnh ủy",)),
        ("tu", ()),  # từ, tư, tu …
        ("da", ()),
        ("an", ()),
        ("AN", ()),
        ("khu", ()),
        ("UNESCO", ()),
        ("4A", ()),
        ("", ()),
    ],
)
def test_what_the_table_knows(short: str, meanings: tuple[str, ...]) -> None:
    assert TABLE.meanings(short) == meanings


@pytest.mark.parametrize(
    ("text", "short", "meanings"),
    [
        ("các hộ vườn sinh thái (HVST) được vay", "HVST", ("hộ vườn sinh thái",)),
        ("ban rừng bền vững (sau đây gọi tắt là RBV) do tỉnh lập", "RBV", ("rừng bền vững",)),
        ("lập trạm quan trắc, xử lý nước (QTXLN)", "QTXLN", ("quan trắc, xử lý nước",)),
        ("vay của Ngân hàng Tái thiết Bắc Âu (NIB)", "NIB", ()),  # a name is not told from what stands before
        ("vay vốn, Ngân hàng Tái thiết Bắc Âu (NIB)", "NIB", ("Ngân hàng Tái thiết Bắc Âu",)),
        ("HVST (hộ vườn sinh thái) được vay", "HVST", ("hộ vườn sinh thái",)),
        ("theo mẫu (XYZQ) kèm theo", "XYZQ", ()),
        ("đi chợ Kỳ Lừa, lên chợ Kỳ Lừa, xuống chợ Kỳ Lừa", "KL", ("Kỳ Lừa",)),
        ("đi chợ Kỳ Lừa, lên chợ Kỳ Lừa, xuống chợ Kỳ Lừa", "kl", ()),  # of a name in capitals only
        ("đi chợ Kỳ Lừa", "KL", ()),
    ],
)  # fmt: skip
def test_what_documents_define(text: str, short: str, meanings: tuple[str, ...]) -> None:
    assert Abbreviations.build([text]).meanings(short) == meanings


def test_two_definitions_are_both_kept() -> None:
    built = Abbreviations.build(["hộ vườn sinh thái (HVST) được vay", "hội vận sự tỉnh (HVST) họp"])
    assert built.meanings("hvst") == ("hộ vườn sinh thái", "hội vận sự tỉnh")


@pytest.mark.parametrize(
    ("short", "meaning"),
    [
        ("CVĐC", "công viên địa chất"),
        ("cvdc", "công viên địa chất"),
        ("IUCN", "Liên minh Bảo tồn Thiên nhiên Quốc tế"),
        ("ADB", "Ngân hàng Phát triển Châu Á"),
        ("HDI", "Chỉ số phát triển con người"),
        ("LS", "Lạng Sơn"),
        ("ĐĐ", "Đồng Đăng"),
    ],
)
def test_what_the_shipped_documents_teach(learnt: Abbreviations, short: str, meaning: str) -> None:
    assert learnt.meanings(short)[0] == meaning


def test_what_was_learnt_is_read_back(learnt: Abbreviations) -> None:
    again = Abbreviations.from_json(json.loads(json.dumps(learnt.to_json())))
    assert again.to_json() == learnt.to_json()
    assert again.meanings("ADB") == learnt.meanings("ADB") != ()


@pytest.mark.parametrize(
    ("text", "spelt_out", "written_out"),
    [
        ("KH DL 2026", ("kế hoạch", "du lịch"), "kế hoạch du lịch 2026"),
        ("công viên địa chất (CVĐC)", (), "công viên địa chất (công viên địa chất)"),  # said already
        ("Sở VHTTDL ở đâu", ("văn hóa, thể thao và du lịch",), "Sở văn hóa, thể thao và du lịch ở đâu"),
        ("KT-XH", (), "KT-XH"),
        ("theo 258/KH-UBND và 223-NQ/TU", (), "theo 258/KH-UBND và 223-NQ/TU"),  # document numbers
        ("QL.4A qua TP. Lạng Sơn", ("quản lý", "quốc lộ", "thành phố"), "quốc lộ 4A qua thành phố Lạng Sơn"),
        ("QL4A", (), "quốc lộ 4A"),
        ("UBND TỈNH VÀ AN NINH", ("ủy ban nhân dân",), "ủy ban nhân dân TỈNH VÀ AN NINH"),
        ("du lịch tỉnh", (), "du lịch tỉnh"),
    ],
)
def test_a_question_spelt_out(text: str, spelt_out: tuple[str, ...], written_out: str) -> None:
    assert TABLE.spelt_out(text) == spelt_out
    assert TABLE.written_out(text) == written_out


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("ubnd và hdnd tinh", "UBND và HĐND tinh"),
        ("cvdc, dlcd", "CVĐC, DLCĐ"),
        ("dl tu da", "DL tu da"),
        ("Kcn", "Kcn"),
    ],
)
def test_as_officials_write(text: str, capitals: str) -> None:
    assert TABLE.capitals(text) == capitals


@given(st.text(alphabet="ABĐCKNUHT ubndkcqhw(),.-4/ạ\n", max_size=80))
def test_any_text_is_learnt_from_and_spelt_out(text: str) -> None:
    built = Abbreviations.build([text])
    assert Abbreviations.from_json(built.to_json()).written_out(text) == built.written_out(text)
    assert all(long in " . ".join(built.spelt_out(text)) for long in built.spelt_out(text))
