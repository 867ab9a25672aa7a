"""`hoidap documents`: every instrument once, and one of them in full."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from corpus.document import Document, Page
from corpus.errors import HoidapError
from ui.cli import main
from ui.instruments import Register

DAY = date(2026, 6, 30)
PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"


@pytest.fixture(scope="module")
def register(documents: Mapping[str, Document]) -> Register:
    return Register(documents, DAY)


def test_every_instrument_is_listed_once(register: Register) -> None:
    values = [json.loads(line) for line in register.listed(as_json=True)]
    kinds = {value["id"]: value["kind"] for value in values}
    assert len(kinds) == len(values)
    assert {id_: kind for id_, kind in kinds.items() if kind != "mentioned"} == {
        PLAN: "unnumbered_copy",
        DECISION: "unnumbered_copy",
        "nq-19-2025-nq-hdnd": "digest",
        "nq-223-nq-tu": "catalogue",
    }
    assert kinds["qd-236-qd-ttg-2024"] == kinds["kh-258-kh-ubnd-2025"] == "mentioned"
    numbers = [(value["type"], value["number"], value["date"]) for value in values if value["number"]]
    assert len(set(numbers)) == len(numbers)


def test_the_list_says_what_is_held_and_what_is_not(register: Register) -> None:
    text = "\n".join(register.listed(as_json=False))
    heads = [line for line in text.splitlines() if line and line == line.upper()]
    assert [head.split(" (")[0] for head in heads] == [
        "CÓ TOÀN VĂN TRONG KHO",
        "CHỈ CÓ BẢN TÓM TẮT",
        "CHỈ CÓ TÊN TRONG DANH MỤC",
        "ĐƯỢC NHẮC ĐẾN, CHƯA CÓ TRONG KHO",
        "ĐƯỢC NHẮC ĐẾN BẰNG TÊN, KHÔNG NÊU SỐ",
    ]
    assert text.count("mã: qd-236-qd-ttg-2024;") == 1
    assert "chưa xác định được hiệu lực (văn bản chưa ghi đủ ngày" in text
    assert "còn hiệu lực từ ngày 25/07/2025" in text


def test_a_held_document_is_shown_with_relations_and_outline(register: Register) -> None:
    text = "\n".join(register.shown(DECISION, as_json=False))
    assert "“có hiệu lực thi hành kể từ ngày ký ban hành”" in text
    assert "giữ hiệu lực\n    - Quyết định số 236/QĐ-TTg" in text
    assert "[qd-236-qd-ttg-2024]: khoản 2 Điều 3" in text
    assert "[dieu-1/v/2]" in text
    assert "Không văn bản nào trong kho nhắc đến văn bản này." in text


def test_a_catalogue_entry_is_shown_with_who_names_it_and_who_carries_it_out(register: Register) -> None:
    text = "\n".join(register.shown("nq-223-nq-tu", as_json=False))
    assert "Kế hoạch số 258/KH-UBND thực hiện: đoạn thứ nhất phần mở đầu" in text
    assert "chú thích 2" in text


@pytest.mark.parametrize(
    "asked", ["qd-236-qd-ttg-2024", "236/QĐ-TTg", "Quyết định số 236/QĐ-TTg ngày 19/3/2024"]
)
def test_what_is_only_mentioned_is_shown_by_id_or_number(register: Register, asked: str) -> None:
    text = "\n".join(register.shown(asked, as_json=False))
    assert text.startswith("Quyết định số 236/QĐ-TTg ngày 19/3/2024 của Thủ tướng Chính phủ\n")
    assert "giữ hiệu lực: khoản 2 Điều 3" in text


def test_json_has_relations_both_ways(register: Register) -> None:
    (line,) = register.shown(PLAN, as_json=True)
    value = json.loads(line)
    assert {each["id"] for each in value["names"]} >= {
        "nq-19-2025-nq-hdnd",
        "nq-223-nq-tu",
        "luat-di-san-van-hoa-2024",
    }
    law = next(each for each in value["names"] if each["id"] == "nd-08-2022-nd-cp")
    assert (law["kind"], law["units"]) == ("dẫn chiếu", "khoản 6 Điều 21")
    assert {each["document"] for each in value["named_by"]} == {"nq-223-nq-tu"}
    assert value["validity"]["state"] == "unknown"
    assert value["validity"]["as_of"] == "2026-06-30"


def test_a_bad_page_is_named(documents: Mapping[str, Document]) -> None:
    worn = replace(documents[PLAN], pages=(Page(1, 0, 10, 0.01, False), Page(2, 10, 20, 0.4, True)))
    text = "\n".join(Register({PLAN: worn}, DAY).listed(as_json=False))
    assert "trang đọc kém, cần đối chiếu: 2" in text


def test_several_that_fit_are_offered(register: Register) -> None:
    with pytest.raises(HoidapError, match="luat-quy-hoach-2017, luat-quy-hoach-2025"):
        list(register.shown("Luật Quy hoạch", as_json=False))


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["show", PLAN], 0, "Mục lục:"),
        ([PLAN, "--as-of", "30/6/2026"], 0, "Mục lục:"),
        (["--as-of", "1/7/2025"], 0, "chưa có hiệu lực, có hiệu lực từ ngày 25/07/2025"),
        (["show", "khong-co"], 1, "Không có văn bản “khong-co”. Trong kho có:"),
        (["show"], 64, "Cần đúng một mã văn bản"),
        (["show", PLAN, DECISION], 64, "Cần đúng một mã văn bản"),
        (["--as-of", "2026-02"], 64, "cần đủ ngày, tháng, năm"),
        (["--as-of", "hôm nay"], 64, "cần một ngày"),
    ],
)
def test_the_command(arguments: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        ended = main(["documents", *arguments])
    except SystemExit as stopped:
        ended = int(stopped.code or 0)
    out, err = capsys.readouterr()
    assert ended == code
    assert told in out + err
