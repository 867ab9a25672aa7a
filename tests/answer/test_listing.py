"""Lists asked for by their length: how a question asks for one, and which texts name its items."""

from __future__ import annotations

import pytest

from answer.listing import Listing, listings
from corpus.vietnamese import fold
from retriever.language import Language
from retriever.query import Query


def asked(text: str) -> list[tuple[str, int]]:
    return [(one.noun, one.number) for one in listings(Query(text, text, Language.VIETNAMESE, False))]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Kể tên 12 tiểu vùng của lưu vực", [("tiểu vùng", 12)]),
        ("Bốn bến cảng đặt ở những đâu?", [("bến cảng", 4)]),
        ("Năm trường được tổ chức lại nằm ở những xã nào?", [("trường được", 5)]),
        ("Liệt kê 08 khu công nghiệp", [("khu công", 8)]),
        ("Có bao nhiêu khu công nghiệp?", []),
        ("12 tiểu vùng rộng bao nhiêu?", []),
        ("Những việc nào phải xong trong năm 2026?", []),
        ("Con em vào lớp 10 học ở những trường nào?", []),
        ("Nghị quyết số 223 giao những việc gì?", []),
        ("Các việc của xã Ba Sơn gồm những gì?", []),
        ("Kế hoạch năm nay gồm những gì?", []),
    ],
)
def test_what_is_asked_for(question: str, found: list[tuple[str, int]]) -> None:
    assert asked(question) == found


@pytest.mark.parametrize(
    ("listing", "text", "named"),
    [
        (Listing("tiểu vùng", 5), "Chia 05 tiểu vùng: A, B, C, D và E.", True),
        (Listing("tiểu vùng", 5), "Đến năm 2030, toàn tỉnh có 05 tiểu vùng.", False),
        (Listing("tiểu vùng", 12), "Chia 12 tiểu vùng. Các xã A, B, C, D, E, G, H, I, K, L.", False),
        (Listing("tiểu vùng", 12), "Chia làm 12 tiểu vùng: A, B, C, D, E, G, H, I, K, L, M, N.", True),
        # many things are told from other lists by their number
        (Listing("tiểu vùng", 12), "Các tiểu vùng phía bắc: A, B, C, D, E, G, H, I, K, L, M, N.", False),
        (Listing("cảng cạn", 4), "Xây cảng cạn A, cảng cạn B, cảng cạn C, cảng cạn D.", True),
        (Listing("hành lang", 2), "02 hành lang kinh tế:", True),
        (Listing("hành lang", 2), "Hai vùng: A và B.", False),
    ],
)
def test_which_text_names_them(listing: Listing, text: str, named: bool) -> None:
    assert listing.is_in(fold(text), text) is named


def test_a_listing_speaks_of_its_noun_alone() -> None:
    assert Listing("tiểu vùng", 5).speaks_of("toàn tỉnh có 05 tiểu vùng")
    assert not Listing("tiểu vùng", 5).speaks_of("toàn tỉnh có 05 vùng")
