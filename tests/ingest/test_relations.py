"""Every mention of another instrument, and what the document does to it, read from the words around."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, Level
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from corpus.manifest import Entry
from corpus.relation import Head, RelationKind
from ingest.pipeline import read_document
from ingest.relations import AROUND, mentions

DATA = Path(__file__).parents[1] / "data"
ROLES = {Level.HEAD: Role.HEAD, Level.PREAMBLE: Role.PARAGRAPH, Level.ARTICLE: Role.UNIT}
BASIS, IMPLEMENTS, REFERS = RelationKind.BASIS, RelationKind.IMPLEMENTS, RelationKind.REFERS
AMENDS, REPLACES, REPEALS = RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS
KEEPS = RelationKind.KEEPS


def metadata(type_: str, **said: str | None) -> Metadata:
    blank = dict.fromkeys(("number", "date", "signer")) | {"issuer": "UBND tỉnh Lạng Sơn"}
    return Metadata(
        id="vb",
        type=type_,
        title="Về một việc",
        file="vb.txt",
        sha256="",
        kind=TextKind.OFFICIAL,
        source="",
        **(blank | said),  # type: ignore[arg-type]  # the strings above
    )


def document(type_: str, *texts: str, level: Level = Level.ARTICLE) -> Document:
    """A document of provisions one beside the other; those of the preamble stand in it."""
    root = Address("vb")
    nodes = []
    for place, text in enumerate(texts, start=1):
        alone = level is not Level.ARTICLE
        address = (
            root.child(level).child(Level.PARAGRAPH, str(place)) if alone else root.child(level, str(place))
        )
        nodes.append(Provision(address, ROLES[level], text=Reading(text)))
    return Document(metadata(type_), "", Provision(root, Role.ROOT, children=tuple(nodes)), ())


def told(found: Document) -> list[tuple[str | None, RelationKind]]:
    """Number or name, and the kind, of what the document itself does."""
    return [
        (named.number or named.name, mention.kind)
        for mention in mentions(found)
        if mention.by is None and (named := mention.citation.instrument) is not None
    ]


# --- the words around ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "text", "kind"),
    [
        ("Nghị định", "Căn cứ Luật Du lịch ngày 19/6/2017;", BASIS),
        ("Kế hoạch", "Thực hiện Chỉ thị số 08/CT-TTg ngày 23/02/2024 của Thủ tướng Chính phủ.", IMPLEMENTS),
        ("Kế hoạch", "- Tiếp tục triển khai hiệu quả các mục tiêu của Nghị quyết số 82/NQ-CP.", IMPLEMENTS),
        ("Kế hoạch", "Cụ thể hóa Nghị quyết số 82/NQ-CP của Chính phủ.", IMPLEMENTS),
        ("Kế hoạch", "Thực hiện chi trả theo Nghị định số 08/2022/NĐ-CP.", REFERS),
        (
            "Kế hoạch",
            "Thực hiện hỗ trợ theo quy định tại khoản 6 Điều 21 Nghị định số 08/2022/NĐ-CP.",
            REFERS,
        ),
        ("Kế hoạch", "Rà soát, sửa đổi Quyết định số 63/2017/QĐ-UBND ngày 20/12/2017.", REFERS),
        ("Kế hoạch", "Sửa đổi Quyết định số 63/2017/QĐ-UBND ngày 20/12/2017.", REFERS),
        ("Quyết định", "Giao Sở Tư pháp tham mưu sửa đổi Quyết định số 63/2017/QĐ-UBND.", REFERS),
        ("Quyết định", "Sửa đổi, bổ sung Điều 5 Quyết định số 63/2017/QĐ-UBND như sau:", AMENDS),
        ("Quyết định", "1. Bổ sung khoản 4 Điều 5 Quyết định số 63/2017/QĐ-UBND như sau:", AMENDS),
        ("Nghị quyết", "Bãi bỏ Nghị quyết số 17/2020/NQ-HĐND ngày 14/12/2020.", REPEALS),
        ("Nghị quyết", "Bãi bỏ một số điều của Nghị quyết số 17/2020/NQ-HĐND.", AMENDS),
        ("Nghị quyết", "Bãi bỏ Mẫu số 02 ban hành kèm theo Nghị quyết số 17/2020/NQ-HĐND.", REPEALS),
        ("Nghị quyết", "Bãi bỏ khoản 2 Điều 3 Nghị quyết số 17/2020/NQ-HĐND.", REPEALS),
        ("Nghị quyết", "Nghị quyết này thay thế Nghị quyết số 17/2020/NQ-HĐND.", REPLACES),
        ("Nghị quyết", "Thay thế cụm từ “cấp huyện” tại Điều 3 Nghị quyết số 17/2020/NQ-HĐND.", AMENDS),
        (
            "Nghị quyết",
            "Nghị quyết số 17/2020/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực.",
            REPEALS,
        ),
        (
            "Nghị quyết",
            "Nghị quyết này có hiệu lực từ 25/7/2025 và thay thế Nghị quyết số 17/2020/NQ-HĐND.",
            REPLACES,
        ),
        (
            "Nghị quyết",
            "Trường hợp Nghị quyết số 17/2020/NQ-HĐND được thay thế thì áp dụng văn bản mới.",
            REFERS,
        ),
        ("Nghị quyết", "Điều chỉnh cơ chế phối hợp trong thực hiện Nghị quyết số 11-NQ/TW.", IMPLEMENTS),
        (
            "Quyết định",
            "Các nội dung khác không thuộc phạm vi điều chỉnh tại Quyết định này tiếp tục thực hiện theo "
            "Quyết định số 236/QĐ-TTg ngày 19/3/2024.",
            KEEPS,
        ),
        ("Quyết định", "Các quy định khác của Quyết định số 236/QĐ-TTg vẫn giữ nguyên hiệu lực.", KEEPS),
        ("Quyết định", "Những nội dung còn lại vẫn thực hiện theo Quyết định số 236/QĐ-TTg.", KEEPS),
        ("Kế hoạch", "Tiếp tục thực hiện Nghị quyết số 08-NQ/TW ngày 16/01/2017.", IMPLEMENTS),
    ],
)
def test_the_kind_of_relation(type_: str, text: str, kind: RelationKind) -> None:
    assert [said for _, said in told(document(type_, text))] == [kind]


def test_a_list_is_opened_once() -> None:
    text = "Thực hiện Chỉ thị số 08/CT-TTg về du lịch; Nghị quyết số 82/NQ-CP; Kế hoạch số 258/KH-UBND."
    assert [kind for _, kind in told(document("Kế hoạch", text, level=Level.PREAMBLE))] == [IMPLEMENTS] * 3


def test_what_is_announced_above_holds_for_the_items_below() -> None:
    root = Address("vb")
    article = root.child(Level.ARTICLE, "5")
    items = tuple(
        Provision(
            article.child(Level.POINT, letter), Role.UNIT, Reading(f"{letter})"), text=Reading(f"{named};")
        )
        for letter, named in (("a", "Quyết định số 1/2019/QĐ-UBND"), ("b", "Quyết định số 2/2019/QĐ-UBND"))
    )
    lead = Reading("Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:")
    tree = Provision(root, Role.ROOT, children=(Provision(article, Role.UNIT, text=lead, children=items),))
    assert told(Document(metadata("Quyết định"), "", tree, ())) == [
        ("1/2019/QĐ-UBND", REPEALS),
        ("2/2019/QĐ-UBND", REPEALS),
    ]


@pytest.mark.parametrize(
    ("text", "by", "does", "to"),
    [
        (
            "Kế hoạch số 258/KH-UBND về thực hiện Nghị quyết số 223-NQ/TU",
            "258/KH-UBND",
            IMPLEMENTS,
            "223-NQ/TU",
        ),
        (
            "Nghị quyết số 252/2025/QH15: Sửa đổi, bổ sung một số điều của Nghị quyết số 81/2023/QH15",
            "252/2025/QH15",
            AMENDS,
            "81/2023/QH15",
        ),
        (
            "Luật Du lịch số 09/2017/QH14 đã được sửa đổi, bổ sung bởi Luật số 28/2018/QH14",
            "28/2018/QH14",
            AMENDS,
            "09/2017/QH14",
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư ngày 29 tháng 11 năm 2024",
            "sửa đổi, bổ sung một số điều của Luật Đầu tư",
            AMENDS,
            "Đầu tư",
        ),
    ],
)
def test_what_one_instrument_does_to_another(text: str, by: str, does: RelationKind, to: str) -> None:
    (between,) = [mention for mention in mentions(document("Nghị quyết", f"Căn cứ {text};")) if mention.by]
    assert between.by is not None
    assert between.citation.instrument is not None
    assert (between.by.number or between.by.name, between.kind) == (by, does)
    assert to in (between.citation.instrument.number, between.citation.instrument.name)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Chỉ thị số 08/CT-TTg của Thủ tướng Chính phủ về phát triển du lịch; Luật Du lịch",
            "phát triển du lịch",
        ),
        ("Nghị quyết số 01/NQ-HĐND quy định mức chi, theo đó", "quy định mức chi"),
        ("Quyết định số 5/QĐ-UBND phê duyệt Đề án theo quy định của Luật Du lịch", "phê duyệt Đề án"),
        ("Nghị quyết số 82/NQ-CP về phục hồi du lịch và Chỉ thị số 08/CT-TTg", "phục hồi du lịch"),
        ("Kế hoạch số 9/KH-UBND về thực hiện Nghị quyết số 82/NQ-CP.", "thực hiện Nghị quyết số 82/NQ-CP"),
        ("Nghị quyết số 82/NQ-CP được nhắc ở đây", None),
    ],
)
def test_what_it_is_about(text: str, subject: str | None) -> None:
    assert mentions(document("Kế hoạch", text))[0].subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Khoản 2 Điều 5 nêu trên.",
        "Kế hoạch phải gửi trước ngày 15/6/2026.",
        "Nghị quyết có hiệu lực từ ngày 25/7/2025.",
        "xây dựng kế hoạch phát triển sản phẩm nông nghiệp đến năm 2030",
        "Các Đề án, dự án về phát triển du lịch đến năm 2030",
        "Điều 7 Thông tư.",
    ],
)
def test_what_names_no_other_instrument(text: str) -> None:
    assert mentions(document("Quyết định", text)) == ()


def test_an_instrument_does_not_mention_itself() -> None:
    said = "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh"
    own = document("Nghị quyết", said)
    about = metadata("Nghị quyết", number="19/2025/NQ-HĐND", date="2025-07-15", issuer="HĐND tỉnh Lạng Sơn")
    by_manifest = replace(own, metadata=about)
    by_head = replace(own, head=Head(number="19/2025/NQ-HĐND"))
    assert (mentions(by_manifest), mentions(by_head)) == ((), ())
    assert len(mentions(own)) == 1


# --- whole instruments --------------------------------------------------------------------------


def written(name: str, type_: str) -> Document:
    """A synthetic instrument of tests/data."""
    path = DATA / "instruments" / f"{name}.txt"
    about = replace(metadata(type_), sha256=sha256(path.read_bytes()).hexdigest())
    return read_document(Entry(about, path))


def test_an_amending_circular_names_each_provision_it_changes() -> None:
    found = written("thong-tu-sua-doi", "Thông tư")
    changed = {
        (mention.place.path, mention.kind.value, tuple(unit.marker for unit in mention.citation.units))
        for mention in found.mentions
        if mention.citation.instrument and mention.citation.instrument.number == "12/2024/TT-BTC"
        if mention.citation.units
    }
    assert changed == {
        ("dieu-1/1", "sửa đổi", ("5",)),
        ("dieu-1/2", "sửa đổi", ("5a",)),
        ("dieu-1/2", "sửa đổi", ("5b",)),  # "vào sau Điều 5" changes no Điều 5
        ("dieu-1/3", "sửa đổi", ("7",)),
        ("dieu-1/3/a", "sửa đổi", ("7", "1")),
        ("dieu-1/3/b", "sửa đổi", ("7", "3")),
        ("dieu-1/4", "sửa đổi", ("3", "2")),
        ("dieu-1/4", "sửa đổi", ("9", "1")),
        ("dieu-1/5", "bãi bỏ", ("10", "4")),
        ("dieu-1/5", "bãi bỏ", ("2",)),  # Mẫu số 02
    }


def test_words_that_are_put_into_another_law_do_nothing_themselves() -> None:
    quoted = [
        mention
        for mention in written("thong-tu-sua-doi", "Thông tư").mentions
        if "trich" in mention.place.path
    ]
    assert [mention.kind for mention in quoted] == [REFERS]


def test_a_law_that_amends_a_law_changes_it_and_not_itself() -> None:
    found = written("luat-sua-doi-luat", "Luật")
    kinds = Counter(mention.kind for mention in found.mentions)
    assert kinds == {AMENDS: 7, REPLACES: 1, BASIS: 1}
    assert not any(mention.by for mention in found.mentions)


def test_a_consolidated_text_changes_nothing() -> None:
    kinds = {mention.kind for mention in written("van-ban-hop-nhat", "Thông tư").mentions}
    assert kinds <= {BASIS, REFERS}


# --- the shipped documents ----------------------------------------------------------------------


def test_every_mention_in_both_documents_is_the_one_read_by_hand(documents: Mapping[str, Document]) -> None:
    golden = Counter(
        (place, kind)
        for line in (DATA / "mentioned.jsonl").read_text(encoding="utf-8").splitlines()
        for place, kind in json.loads(line)["mentions"]
    )
    found = Counter(
        (str(mention.place), mention.kind.value + (" (bởi văn bản khác)" if mention.by else ""))
        for id_ in ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")
        for mention in mentions(documents[id_])
    )
    assert found == golden


def test_what_the_decision_leaves_goes_on_elsewhere(documents: Mapping[str, Document]) -> None:
    (kept,) = [
        mention for mention in mentions(documents["qd-dieu-chinh-quy-hoach-2026"]) if mention.kind is KEEPS
    ]
    assert kept.place.path == "dieu-3/2"
    assert kept.citation.instrument is not None
    assert kept.citation.instrument.number == "236/QĐ-TTg"
    assert "Các nội dung khác của Quy hoạch tỉnh" in kept.text


def test_the_words_around_are_the_provisions_own(documents: Mapping[str, Document]) -> None:
    for found in documents.values():
        for mention in mentions(found):
            own = found.by_address[mention.place.path].own_text
            start, end = mention.citation.span
            assert 0 <= start < end <= len(own)
            assert 0 < len(mention.text) <= AROUND
            assert mention.text in " ".join(own.split())


PIECES = st.sampled_from(
    (
        "Nghị quyết số 19/2025/NQ-HĐND|Luật Du lịch|Kế hoạch phát triển du lịch đến năm 2030|thực hiện|bãi bỏ"
        "|sửa đổi, bổ sung một số điều của|thay thế|hết hiệu lực|khoản 2 Điều 5|Căn cứ|về|;|.|:|,"
        "|của HĐND tỉnh|tiếp tục thực hiện theo|các nội dung khác"
        "|“|”|\n|Nghị quyết Đại hội lần thứ XIII, XIV của Đảng|Đề án “"
        "|như sau:|kèm theo|1.|a)|vào sau"
    ).split("|")
)


@given(
    st.lists(PIECES | st.text(max_size=8), max_size=25), st.sampled_from(["Luật", "Nghị quyết", "Kế hoạch"])
)
def test_no_words_are_too_strange(pieces: list[str], type_: str) -> None:
    text = " ".join(pieces)
    for mention in mentions(document(type_, text)):
        start, end = mention.citation.span
        assert 0 <= start < end <= len(text)
        assert len(mention.text) <= AROUND
        assert mention.citation.instrument is not None
