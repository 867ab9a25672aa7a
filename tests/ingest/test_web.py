"""Web pages: the text and nothing around it, encodings, lists, tables, footnotes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from ingest.readers import web
from ingest.readers.source import LineKind, Source

PAGES = Path(__file__).parents[1] / "data" / "pages"
FILE = Path("trang.html")


def page(body: str, head: str = '<meta charset="utf-8">') -> Source:
    return web.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), FILE)


def lines(body: str, head: str = "") -> list[str]:
    return [line.text for line in page(body, head).lines]


@pytest.mark.parametrize("name", sorted(file.name for file in PAGES.glob("*.html")))
def test_a_saved_page_is_its_text_and_not_its_menu(name: str) -> None:
    source = web.read((PAGES / name).read_bytes(), PAGES / name)
    expected = (PAGES / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [line.text for line in source.lines] == expected
    assert [line.table for line in source.lines if line.kind is LineKind.ROW] == [1, 1]
    assert not source.wrapped
    assert bool(source.warnings) == (name != "saved-by-word.html")  # what is left out is said


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Điều&nbsp;1. Phạm\n  vi</p>đuôi", ["Điều 1. Phạm vi", "đuôi"]),
        ("CHƯƠNG I<br>QUY ĐỊNH CHUNG", ["CHƯƠNG I", "QUY ĐỊNH CHUNG"]),
        ("<p>hỗ trợ các hộ<br>kinh doanh</p>", ["hỗ trợ các hộ kinh doanh"]),
        ("<p>gồm:<br>a) một;<br>b) hai.</p>", ["gồm:", "a) một;", "b) hai."]),
        ("<ol type=a start=4><li>một<li>hai</ol>", ["d) một", "e) hai"]),
        ("<ol><li value=7>bảy<li>tám</ol>", ["7. bảy", "8. tám"]),
        ("<ol reversed><li>x<li>y</ol>", ["2. x", "1. y"]),
        (
            '<ol style="list-style-type:upper-roman"><li><p>MỤC ĐÍCH</p><p>Đoạn.</p></ol>',
            ["I. MỤC ĐÍCH", "Đoạn."],
        ),
        ("<ol><li>1. đã có số<li>tiếp</ol>", ["1. đã có số", "2. tiếp"]),
        ('<ul style="list-style:none"><li>- gạch</ul>', ["- gạch"]),
        ("<ul><li>cha<ul><li>con</ul><li>cha nữa</ul>", ["- cha", "+ con", "- cha nữa"]),
        ("<p>100 m<sup>2</sup>, xem<sup>(a)</sup></p>", ["100 m², xem(a)"]),
        ("<p>một <del>hai</del> <b>ba</b></p>", ["một ba"]),
        ("<p>A<script>x</script>B<!-- c -->C<style>p{}</style>D</p>", ["ABCD"]),
        ('<p>thấy</p><p style="display:none">ẩn</p><p hidden>ẩn</p><p style="mso-hide:all">ẩn</p>', ["thấy"]),
        ('<p style="text-transform:uppercase">quyết định</p>', ["QUYẾT ĐỊNH"]),
        ("<pre>Điều 1.\nMột   hai</pre>", ["Điều 1.", "Một hai"]),
        ("<p>a<p>b<div>c<h1>d</h1>e</div>", ["a", "b", "c", "d", "e"]),
        ("", []),
        ("<table></table>", []),
    ],
)
def test_text_as_a_browser_shows_it(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_style_sheets_hide_and_name_fonts() -> None:
    head = "<style>.an{display:none} p.cu, .khac {font-family: .VnTime, serif}</style>"
    assert lines('<p class="cu">C\xe9ng ho\xb5</p><p class="an">ẩn</p><p>còn</p>', head) == [
        "Cộng hoà",
        "còn",
    ]


def test_old_fonts_by_name() -> None:
    assert lines('<font face="VNI-Times">Coäng hoaø</font>') == ["Cộng hoà"]
    assert lines('<span style="font-family:.VnTimeH">C\xe9ng</span>') == ["CỘNG"]


def test_tables_as_rows_with_heads() -> None:
    body = """<table><thead><tr><th rowspan=2>TT<th rowspan=2>Việc<th colspan=2>Kinh phí<tr><th>2026<th>2027
    </thead><tr><td>1<td>Sửa <b>đường</b><td>5<td>6<tr><td colspan=4>B. KHÁC
    <tr><td>2<td rowspan=2>Cầu<td>7<td><tr><td>3<td>8<td>9</table>"""
    source = page(body)
    assert [line.text for line in source.lines] == [
        "TT: 1; Việc: Sửa đường; Kinh phí - 2026: 5; Kinh phí - 2027: 6",
        "B. KHÁC",
        "TT: 2; Việc: Cầu; Kinh phí - 2026: 7",
        "TT: 3; Việc: Cầu; Kinh phí - 2026: 8; Kinh phí - 2027: 9",
    ]
    assert {line.kind for line in source.lines} == {LineKind.ROW}


def test_deeply_nested_tables_end() -> None:
    assert lines("<table><tr><td>" * 300 + "sâu" + "</table>" * 300 + "sau") == ["sâu", "sau"]


def test_footnotes_stand_behind_what_carries_them() -> None:
    body = """<p>Các xã<a href="#_ftn1" name="_ftnref1">[1]</a>
    và phường<a href="#_ftn2" name="_ftnref2">[2]</a>.</p>
    <p>Sau.</p><hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Gồm 61 xã.</p>
    <p>Kể cả Ba Sơn.</p></div>
    <div id="ftn2"><p><a href="#_ftnref2" name="_ftn2">[2]</a> Gồm 4 phường.</p></div>"""
    source = page(body)
    assert [(line.text, line.kind) for line in source.lines] == [
        ("Các xã¹ và phường².", LineKind.TEXT),
        ("¹ Gồm 61 xã. Kể cả Ba Sơn.", LineKind.FOOTNOTE),
        ("² Gồm 4 phường.", LineKind.FOOTNOTE),
        ("Sau.", LineKind.TEXT),
    ]


def test_a_footnote_typed_by_hand_is_one() -> None:
    source = page("<p>Các xã<sup>1</sup>.</p><p><sup>1</sup> Gồm 61 xã.</p><p>Diện tích 5 m<sup>2</sup></p>")
    assert [line.kind.name for line in source.lines] == ["TEXT", "FOOTNOTE", "TEXT"]


def test_a_page_without_legal_text_keeps_its_longest_part() -> None:
    long = (
        "Sáng nay, đoàn công tác của tỉnh đã đến thăm, làm việc tại các điểm di sản của Công viên địa chất. "
        * 4
    )
    body = f'<nav><a href="/">Trang chủ</a></nav><div id="x"><p>{long}</p></div><footer>Bản quyền</footer>'
    assert lines(body) == [long.strip()]


ARTICLES = "".join(f"<p>Điều {number}. Tên</p><p>1. Một.</p><p>2. Hai.</p>" for number in range(1, 30))
ANNEX = "<p>Phụ lục II</p><p>1. Xã Ba Sơn.</p><p>2. Xã Na Sầm.</p>"
BARE = "<table><tr><td>x<td>y<td>z<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
PROSE = (
    "Việc hỗ trợ được thực hiện theo nguyên tắc công khai, minh bạch, đúng đối tượng, không trùng lặp nguồn. "
)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('<div class="sidebar menu"><p>Điều 1. Phạm vi</p><p>1. Một.</p></div>', "Điều 1. Phạm vi"),
        (f'<div id="printContent">{ARTICLES}</div>', "Điều 29. Tên"),
        (f'<div class="vb">{ARTICLES}</div><div class="phuluc">{ANNEX}</div>', "2. Xã Na Sầm."),
        (f'<div class="vb">{ARTICLES}</div><div class="widget">{BARE}</div>', "4; 5; 6"),
        (
            f'<div class="vb">{ARTICLES}</div><div class="widget">{f"<p>{PROSE * 2}</p>" * 5}</div>',
            PROSE.strip(),
        ),
        (
            f'<div class="top"><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></div><div>{ARTICLES}</div>',
            "CỘNG HÒA",
        ),
        (f'<div>{ARTICLES}</div><div class="footer-vb"><p>Nơi nhận:</p><p>Sở A;</p></div>', "Sở A;"),
        (f'<div>{ARTICLES}<ul><li><a href="/a">Luật Đất đai</a></ul></div>', "- Luật Đất đai"),
        ("<div><p>Thông báo nghỉ lễ.</p></div><div><p>Sở Nội vụ.</p></div>", "Sở Nội vụ."),
    ],
)
def test_what_may_be_the_document_is_kept(body: str, kept: str) -> None:
    assert any(kept in line for line in lines(body))


@pytest.mark.parametrize(
    ("coding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("cp1258", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">'),
        ("cp1258", ""),
    ],
)
def test_encodings(coding: str, meta: str) -> None:
    text = "Sở Tài chính trả lời về đất ở"
    decomposed = text if coding.startswith("utf") else as_1258(text)
    source = web.read(
        f"<html><head>{meta}</head><body><p>{decomposed}</p></body></html>".encode(coding), FILE
    )
    assert source.text == text


def test_an_old_encoding_that_the_page_does_not_name() -> None:
    # "Cộng hoà xã hội chủ nghĩa Việt Nam" in TCVN3
    tcvn3 = b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam"
    for meta in (b"", b'<meta charset="iso-8859-1">'):
        source = web.read(b"<html>" + meta + b"<p>" + tcvn3 + b"</p></html>", FILE)
        assert source.text == "Cộng hoà xã hội chủ nghĩa Việt Nam"


def test_an_old_font_in_an_undeclared_page() -> None:
    assert web.read(b'<font face=".VnTime">C\xe9ng ho\xb5</font>', FILE).text == "Cộng hoà"


def as_1258(text: str) -> str:
    """The same text with the tones that windows-1258 keeps as marks of their own."""
    import unicodedata

    said = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        said += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones
    return said


def test_a_page_saved_as_mht() -> None:
    data = (
        b'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<p>=C4=90i=E1=BB=81u 1. Ph=E1=BA=A1m=\r\n vi</p>\r\n--x--\r\n"
    )
    assert web.read(data, FILE).text == "Điều 1. Phạm vi"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<p>" + bytes(range(0x80, 0x100)) * 3, "bảng mã"),
        (b"<div>" * 100_000 + b"x", "lồng nhau"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--",
            "không chứa trang",
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"trang\.html: .*{message}.*Hãy"):
        web.read(data, FILE)


@pytest.mark.parametrize("data", [b"", b" ", b"\x00", b"<!-- x -->", b"<html>", b"<", b"&", b"\xef\xbb\xbf"])
def test_a_page_of_nothing_is_no_text(data: bytes) -> None:
    assert not web.read(data, FILE).text.strip("<&")


WORDS = st.text(alphabet="aĐếb ", min_size=1, max_size=8)
TAGS = st.sampled_from("p div b span td tr table ol li ul sup h1 font a th thead pre br blockquote".split())
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES)
def test_nothing_visible_is_lost(body: str) -> None:
    from lxml import html

    parsed = html.document_fromstring(f"<html><body>{body}</body></html>")
    source = page(body)
    letters = [char for char in source.text if char.isalpha()]
    shown = [char for char in "".join(map(str, parsed.itertext())) if char.isalpha()]
    assert sorted(set(shown) - set(letters)) == []
    if "<t" not in body and "<o" not in body:  # rows repeat heads and merged cells, lists get letters
        assert letters == shown
    assert "\n".join(line.text for line in source.lines) == source.text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(DocumentError):
        web.read(b"<html>" + data, FILE)
