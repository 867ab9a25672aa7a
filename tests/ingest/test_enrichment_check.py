"""What a line of an enrichment file must be, and what a file still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.enrichment import (
    Enrichment,
    read_enrichment,
    read_enrichments,
    text_hash,
    wanted,
    write_enrichment,
)
from corpus.manifest import SHIPPED, load
from ingest.enrichment_check import context, faults, question_count, review
from ingest.pipeline import read_document
from tests.data.office_text import office_entry

AT = "i/1"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read_document(office_entry(tmp_path_factory.mktemp("office")))


@pytest.fixture(scope="module")
def line(document: Document) -> Enrichment:
    return Enrichment(
        at=AT,
        text=text_hash(document.by_address[AT]),
        gist="Xã Bắc Sơn: ít nhất 120 hộ làm nhà nghỉ được giúp sửa phòng, tối đa 50 triệu đồng, năm 2026.",
        questions=(
            "Làm nhà nghỉ ở Bắc Sơn được cho bao nhiêu tiền sửa phòng?",
            "Bao nhiêu hộ ở Bắc Sơn được giúp sửa nhà nghỉ?",
            "Mỗi hộ kinh doanh lưu trú nhận nhiều nhất mấy triệu?",
        ),
        words=("homestay", "tiền hỗ trợ", "tu bổ"),
        gist_en="At least 120 guesthouse owners in Bac Son get up to 50 million dong for repairs in 2026.",
        gist_zh="2026年扶持北山乡至少120户民宿修缮，每户不超过5000万盾。",
    )


def test_a_good_line(document: Document, line: Enrichment) -> None:
    assert faults(line, document) == ()
    abroad = replace(
        line, questions_en=("How many guesthouses get help?",), questions_zh=("民宿可获多少补助？",)
    )
    assert faults(abroad, document) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"gist": "Nhà ở"}, "gist dài 5 ký tự"),
        ({"gist": "Hỗ trợ " * 60}, "gist dài"),
        ({"gist": "Ho tro 120 ho kinh doanh nha nghi o xa Bac Son"}, "gist phải bằng tiếng Việt có dấu"),
        ({"gist": "Hỗ trợ 130 hộ kinh doanh nhà nghỉ tại xã Bắc Sơn."}, "gist có số 130"),
        ({"gist": "Hỗ trợ 120 hộ kinh doanh\nnhà nghỉ tại xã Bắc Sơn."}, "xuống dòng"),
        ({"gist": "Hỗ trợ 120 hộ\u202e kinh doanh nhà nghỉ."}, "ký tự không in được"),
        ({"gist": "Hỗ trợ 120 hộ\ud800 kinh doanh nhà nghỉ."}, "ký tự không in được"),
        ({"gist": "Hỗ trợ <b>120 hộ</b> kinh doanh nhà nghỉ."}, "HTML"),
        ({"gist": "Hỗ trợ [120 hộ](x) kinh doanh nhà nghỉ."}, "Markdown"),
        ({"gist": "Hỗ trợ 120 hộ, xem https://vi.du/trang."}, "liên kết https://vi.du/trang"),
        ({"gist": "扶持北山乡至少120户民宿修缮 hỗ trợ"}, "không có chữ Hán"),
        (
            {"gist_en": "Hỗ trợ ít nhất 120 hộ kinh doanh nhà nghỉ tại xã Bắc Sơn."},
            "gist_en phải bằng tiếng Anh",
        ),
        ({"gist_en": "At least 120 households get 60 million dong."}, "gist_en có số 60"),
        ({"gist_en": ""}, "gist_en dài 0"),
        ({"gist_zh": "At least 120 households."}, "gist_zh và questions_zh phải bằng chữ Hán"),
        ({"gist_zh": "扶持至少7户民宿。"}, "gist_zh có số 7"),
        ({"questions_en": ("Nhà nghỉ được giúp bao nhiêu tiền?",)}, "questions_en phải bằng tiếng Anh"),
        ({"questions_en": ("How much money",)}, "phải kết thúc bằng dấu ?"),
        ({"questions_en": ("How much money?",) * 2}, "questions_en lặp lại"),
        ({"questions_zh": ("How much money?",)}, "questions_zh phải bằng chữ Hán"),
        ({"questions": ()}, "questions có 0 mục, phải từ 3 đến 34"),
        (
            {"questions": tuple(f"Ai được giúp sửa nhà nghỉ loại {'a' * n}?" for n in range(1, 36))},
            "questions có 35 mục",
        ),
        ({"questions": ("Ai được giúp?", "ai được giúp ?", "Giúp bao nhiêu tiền?")}, "questions lặp lại"),
        ({"questions": ("Ai được giúp?", "Ở xã nào?", "Hỗ trợ sửa phòng")}, "phải kết thúc bằng dấu ?"),
        ({"questions": ("Ai được giúp?", "Ở xã nào?", "Ai" + " và ai" * 40 + "?")}, "phải từ 8 đến 160"),
        ({"words": ()}, "words có 0 mục"),
        ({"words": ("nhà nghỉ", "Nhà nghỉ")}, "words lặp lại"),
        ({"words": ("x" * 61,)}, "phải từ 2 đến 60"),
    ],
)
def test_faults(changed: dict[str, object], told: str, document: Document, line: Enrichment) -> None:
    found = faults(replace(line, **changed), document)  # type: ignore[arg-type]
    assert any(told in fault for fault in found), found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gist", "Việc của năm 2026 theo Kế hoạch 45/KH-UBND ngày 28/02/2026."),  # from the document's title
        ("gist_en", "At least 120 households, up to 50,000,000 dong each."),
        ("gist_zh", "120户，每户5000万盾。"),
    ],
)
def test_numbers_that_are_the_same_said_otherwise(
    name: str, text: str, document: Document, line: Enrichment
) -> None:
    assert faults(replace(line, **{name: text}), document) == ()  # type: ignore[arg-type]


def test_a_lead_in_is_part_of_what_an_item_says(tmp_path: Path, line: Enrichment) -> None:
    text = "I. MỤC TIÊU\n- Đến năm 2031 làm các việc sau:\n+ Sửa phòng nghỉ.\n+ Làm đường vào bản.\n"
    document = read_document(office_entry(tmp_path, text))
    at = "i/gach-1/cong-1"
    assert context(document, document.by_address[at]) == (
        "I. MỤC TIÊU",
        "-",
        "Đến năm 2031 làm các việc sau:",
    )
    gists = {"gist": "Đến năm 2031 sửa phòng nghỉ.", "gist_en": "Rooms by 2031.", "gist_zh": "修缮客房。"}
    assert faults(replace(line, at=at, **gists), document) == ()  # type: ignore[arg-type]


def test_a_long_provision_may_have_more_questions(tmp_path: Path) -> None:
    text = f"I. MỤC TIÊU\n- Sửa phòng nghỉ.\n- {'Làm đường vào bản. ' * 150}\n"
    document = read_document(office_entry(tmp_path, text))
    counts = {len(node.own_text): question_count(node) for node in wanted(document)}
    assert counts[min(counts)] == (1, 34)
    least, most = counts[max(counts)]
    assert least == 3
    assert most > 34


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_line_that_passes_is_read_back_as_it_was_written(
    document: Document, line: Enrichment, tmp_path_factory: pytest.TempPathFactory, one: str, other: str
) -> None:
    said = replace(line, gist=f"Hỗ trợ{one}nhà nghỉ.", words=(f"nhà{other}trọ",))
    if not faults(said, document):
        file = tmp_path_factory.getbasetemp() / "passed.jsonl"
        write_enrichment(file, [said, line])
        assert read_enrichment(file) == (said, line)


def test_the_shipped_lines_are_whole_and_pass(documents: Mapping[str, Document], tmp_path: Path) -> None:
    for entry in load(SHIPPED):
        found = review(read_enrichments(entry, tmp_path), documents[entry.metadata.id])
        assert found.good, (entry.metadata.id, found)
        assert found.wanted > 5


def test_what_a_file_lacks(document: Document, line: Enrichment) -> None:
    paths = [node.address.path for node in wanted(document)]
    other = next(path for path in paths if path != AT)
    gone = replace(line, at="ix/9")
    stale = replace(line, at=other, text="0" * 16)
    found = review([replace(line, words=()), gone, stale], document)
    assert found.missing == tuple(path for path in paths if path != AT)
    assert found.stale == ("ix/9", other)
    assert [path for path, _ in found.faulty] == [AT]
    assert not found.good
