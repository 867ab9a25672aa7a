"""Word files: what the printed page shows, in reading order, and nothing else."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document as NewWordFile
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from ingest.readers import word
from ingest.readers.source import LineKind, Source

FILE = Path("van-ban.docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = ("styles", "numbering", "footnotes", "endnotes")


def packed(body: str, **parts: str) -> bytes:
    """A Word file of hand-written XML."""
    spaces = (
        f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        target = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{target}</Relationships>')
        related = "".join(
            f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in KINDS
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{related}</Relationships>'
        )
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for kind in KINDS:
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {spaces}>{parts.get(kind, '')}</w:{kind}>")
    return out.getvalue()


def read(body: str, **parts: str) -> Source:
    return word.read(packed(body, **parts), FILE)


def lines(body: str, **parts: str) -> list[str]:
    return [line.text for line in read(body, **parts).lines]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inside: str, properties: str = "") -> str:
    said = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def in_list(text: str, level: int = 0, number: str = "1") -> str:
    return par(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def listed(*levels: str, number: str = "1", more: str = "") -> str:
    """An abstract list, each level as "format|text|further XML", and its <w:num>."""
    said = ""
    for at, level in enumerate(levels):
        form, text, *rest = level.split("|")
        said += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"".join(rest)}'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{said}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{more}</w:num>'
    )


# --- text -----------------------------------------------------------------------------------

BOX = "<w:txbxContent>" + par("trong khung") + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (par("Điều 1. ", "Phạm vi"), ["Điều 1. Phạm vi"]),
        (par("CHƯƠNG I", "<w:r><w:br/></w:r>", "QUY ĐỊNH CHUNG"), ["CHƯƠNG I", "QUY ĐỊNH CHUNG"]),
        (par("hỗ trợ các hộ", "<w:r><w:br/></w:r>", "kinh doanh"), ["hỗ trợ các hộ kinh doanh"]),
        (par("a)", "<w:r><w:tab/></w:r>", "Một"), ["a) Một"]),
        (par("Số:          /KH-UBND"), ["Số: /KH-UBND"]),
        (par("10", "<w:r><w:noBreakHyphen/></w:r>", "NQ/TU"), ["10-NQ/TU"]),
        (par("m", run("2", '<w:vertAlign w:val="superscript"/>')), ["m²"]),
        (par(run("Quyết định", "<w:caps/>")), ["QUYẾT ĐỊNH"]),
        (par("a", f"<w:hyperlink>{run('b')}</w:hyperlink>", f"<w:smartTag>{run('c')}</w:smartTag>"), ["abc"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{par('ô')}</w:sdtContent></w:sdt>", ["ô"]),
        (par(f"<w:sdt><w:sdtContent>{run('ô')}</w:sdtContent></w:sdt>"), ["ô"]),
        (par('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>', "5"), ["5"]),
        (par('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', " có"), ["✓ có"]),
        (par(run("\uf0b7", '<w:rFonts w:hAnsi="Symbol"/>'), " có"), ["• có"]),
        (par("x = ", "<m:oMath><m:r><m:t>5%</m:t></m:r></m:oMath>"), ["x = 5%"]),
        (par(f"<w:r><w:drawing>{BOX}</w:drawing></w:r>", "Sau"), ["trong khung", "Sau"]),
        (par("Trước", f"<w:r><w:pict>{BOX}</w:pict></w:r>"), ["Trước", "trong khung"]),
        (
            par(
                f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
                "</mc:AlternateContent></w:r>"
            ),
            ["trong khung"],
        ),
        (par("Đi\u00adều\u200b 1."), ["Điều 1."]),
        (par("Nguye\u0302\u0303n"), ["Nguyễn"]),
        (par("") + par("  ") + par("x"), ["x"]),
        ("", []),
    ],
)
def test_paragraphs_as_they_are_shown(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected", "warned"),
    [
        (par("một", f"<w:del>{run('hai')}</w:del>", f"<w:ins>{run('ba')}</w:ins>"), ["mộtba"], "xóa"),
        (par("đầu", properties="<w:rPr><w:del/></w:rPr>") + par(" đuôi"), ["đầu đuôi"], "xóa"),
        (par("cuối", properties="<w:rPr><w:del/></w:rPr>"), ["cuối"], "xóa"),
        (par("thấy", run("ẩn", "<w:vanish/>")), ["thấy"], "ẩn"),
        (par("thấy", run("cũng thấy", '<w:vanish w:val="0"/>')), ["thấycũng thấy"], None),
        (par("x") + '<w:altChunk r:id="a" xmlns:r="r"/>', ["x"], "nhúng"),
        (
            par("x", '<w:commentRangeStart w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>'),
            ["x"],
            None,
        ),
    ],
)
def test_what_is_not_read_is_said(body: str, expected: list[str], warned: str | None) -> None:
    source = read(body)
    assert [line.text for line in source.lines] == expected
    assert len(source.warnings) == (warned is not None)
    assert not warned or warned in source.warnings[0]


def test_heads_and_feet_of_pages_are_not_read() -> None:
    document = NewWordFile()
    document.add_paragraph("Điều 1. Phạm vi")
    document.sections[0].header.paragraphs[0].text = "Trang 5"
    document.sections[0].footer.paragraphs[0].text = "Công báo"
    out = io.BytesIO()
    document.save(out)
    assert word.read(out.getvalue(), FILE).text == "Điều 1. Phạm vi"


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        (".VnTime", "C\xe9ng ho\xb5", "Cộng hoà"),
        (".VnTimeH", "C\xe9ng ho\xb5", "CỘNG HOÀ"),
        ("VNI-Times", "Coäng hoaø", "Cộng hoà"),
        (".VnTime", "Cộng hoà", "Cộng hoà"),  # Unicode under an old font's name
        ("Times New Roman", "C\xe9ng", "Céng"),
    ],
)
def test_old_fonts_by_name(font: str, typed: str, shown: str) -> None:
    named = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    half = len(typed) // 2
    assert lines(par(run(typed[:half], named), run(typed[half:], named))) == [shown]
    style = f'<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr>{named}</w:rPr></w:style>'
    assert lines(par(typed), styles=style) == [shown]
    default = f"<w:docDefaults><w:rPrDefault><w:rPr>{named}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert lines(par(typed), styles=default) == [shown]


# --- automatic numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "places", "expected"),
    [
        (["decimal|Điều %1."], [0, 0], ["Điều 1. x", "Điều 2. x"]),
        (["upperRoman|%1.", "decimal|%2.", "decimal|%2.%3."], [0, 1, 2, 2, 1, 2, 0, 1],
         ["I. x", "1. x", "1.1. x", "1.2. x", "2. x", "2.1. x", "II. x", "1. x"]),
        (["lowerLetter|%1)"], [0] * 5, ["a) x", "b) x", "c) x", "d) x", "e) x"]),
        (["lowerRoman|(%1)"], [0] * 4, ["(i) x", "(ii) x", "(iii) x", "(iv) x"]),
        (["bullet|-", "bullet|+", "bullet|\uf0b7", "bullet|o"], [0, 1, 2, 3], ["- x", "+ x", "- x", "+ x"]),
        (["decimal|%1.", "decimal|%1.%2."], [1, 0], ["1.1. x", "2. x"]),
        (["decimal|%1.", "decimal|%2.|<w:lvlRestart w:val=\"0\"/>"], [0, 1, 0, 1],
         ["1. x", "1. x", "2. x", "2. x"]),
        (["upperRoman|%1.", "decimal|%1.%2|<w:isLgl/>"], [0, 0, 1], ["I. x", "II. x", "2.1 x"]),
        (["decimal|%1.|<w:suff w:val=\"nothing\"/>"], [0], ["1.x"]),
        (["decimalZero|%1."], [0], ["01. x"]),
        (["vietnameseCounting|Phần %1:"], [0, 0], ["Phần một: x", "Phần hai: x"]),
        (["none|"], [0], ["x"]),
    ],
)  # fmt: skip
def test_automatic_numbers(levels: list[str], places: list[int], expected: list[str]) -> None:
    body = "".join(in_list("x", level) for level in places)
    assert lines(body, numbering=listed(*levels)) == expected


def test_the_title_of_a_chapter_is_a_line_of_its_own() -> None:
    body = in_list("QUY ĐỊNH CHUNG") + in_list("TỔ CHỨC THỰC HIỆN")
    assert lines(body, numbering=listed("upperRoman|Chương %1")) == [
        "Chương I",
        "QUY ĐỊNH CHUNG",
        "Chương II",
        "TỔ CHỨC THỰC HIỆN",
    ]


def test_letters_after_z_are_doubled() -> None:
    said = lines("".join(in_list("x") for _ in range(28)), numbering=listed("lowerLetter|%1)"))
    assert said[24:] == ["y) x", "z) x", "aa) x", "bb) x"]


def test_a_list_goes_on_unless_told_to_start_afresh() -> None:
    numbering = listed("decimal|%1.") + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(in_list("x", 0, number) for number in ("1", "2", "3", "3", "1", "0", "99"))
    assert lines(body, numbering=numbering) == ["1. x", "2. x", "5. x", "6. x", "7. x", "x", "x"]


def test_numbers_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = listed("decimal|Điều %1.|<w:pStyle w:val='Dieu'/>", "decimal|%2.|<w:pStyle w:val='Khoan'/>")
    body = "".join(
        par("x", properties=f'<w:pStyle w:val="{style}"/>') for style in ("Dieu", "Khoan", "Khoan", "Dieu")
    )
    assert lines(body, styles=styles, numbering=numbering) == ["Điều 1. x", "1. x", "2. x", "Điều 2. x"]


def test_a_deleted_paragraph_is_not_counted() -> None:
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = par(f"<w:del>{run('bỏ')}</w:del>", properties=f"{place}<w:rPr><w:del/></w:rPr>")
    assert lines(in_list("x") + gone + in_list("y"), numbering=listed("decimal|%1.")) == ["1. x", "2. y"]


# --- footnotes --------------------------------------------------------------------------------

NOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{par("<w:r><w:footnoteRef/></w:r>", " Gồm 61 xã.")}'
    f"{par('Kể cả Ba Sơn.')}</w:footnote>"
)
SIGN = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def test_a_footnote_stands_behind_what_carries_it() -> None:
    source = read(par("Các xã", SIGN, " và phường.") + par("Sau"), footnotes=NOTES)
    assert [(line.text, line.kind) for line in source.lines] == [
        ("Các xã¹ và phường.", LineKind.TEXT),
        ("¹ Gồm 61 xã. Kể cả Ba Sơn.", LineKind.FOOTNOTE),
        ("Sau", LineKind.TEXT),
    ]


def test_a_footnote_that_names_itself_ends() -> None:
    notes = f'<w:footnote w:id="2">{par("Xem", SIGN)}</w:footnote>'
    assert lines(par("Các xã", SIGN), footnotes=notes) == ["Các xã¹", "¹ Xem²"]


def test_endnotes_go_on_with_the_numbers() -> None:
    end = f'<w:endnote w:id="1">{par("cuối")}</w:endnote>'
    body = par("a", SIGN, "b", '<w:r><w:endnoteReference w:id="1"/></w:r>')
    assert lines(body, footnotes=NOTES, endnotes=end)[0::2] == ["a¹b²", "² cuối"]


# --- tables -----------------------------------------------------------------------------------


def table(*rows: str, ruled: bool = True) -> str:
    line = "single" if ruled else "none"
    sides = "".join(f'<w:{side} w:val="{line}"/>' for side in ("top", "insideH", "insideV"))
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, head: bool = False) -> str:
    said = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{said}</w:tr>"


def cell(text: str, across: int = 1, merge: str = "") -> str:
    merged = {"": "", "top": '<w:vMerge w:val="restart"/>', "below": "<w:vMerge/>"}[merge]
    inside = text if text.startswith("<") else par(text)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merged}</w:tcPr>{inside}</w:tc>'


def test_rows_carry_the_heads_of_their_columns() -> None:
    source = read(
        par("Bảng 1")
        + table(row("TT", "Nội dung", "Kinh phí"), row("1", "Sở A", "500"), row("2", "Sở B", ""))
        + table(row("TT", "Tên"), row("1", "x"))
    )
    assert [(line.text, line.kind, line.table) for line in source.lines] == [
        ("Bảng 1", LineKind.TEXT, None),
        ("TT: 1; Nội dung: Sở A; Kinh phí: 500", LineKind.ROW, 1),
        ("TT: 2; Nội dung: Sở B", LineKind.ROW, 1),
        ("TT: 1; Tên: x", LineKind.ROW, 2),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (  # heads over two rows, columns numbered below them
            table(
                row(cell("TT", merge="top"), cell("Việc", merge="top"), cell("Kinh phí", 2)),
                row(cell("", merge="below"), cell("", merge="below"), "2026", "2027"),
                row("(1)", "(2)", "(3)", "(4)"),
                row("1", "Đường", "5", "6"),
            ),
            ["TT - (1): 1; Việc - (2): Đường; Kinh phí - 2026 - (3): 5; Kinh phí - 2027 - (4): 6"],
        ),
        (  # a cell over several rows is said in each; a caption inside
            table(
                row("TT", "Lĩnh vực", "Việc"),
                row(cell("A. CHUNG", 3)),
                row("1", cell("Du lịch", merge="top"), "x"),
                row("2", cell("", merge="below"), "y"),
            ),
            ["A. CHUNG", "TT: 1; Lĩnh vực: Du lịch; Việc: x", "TT: 2; Lĩnh vực: Du lịch; Việc: y"],
        ),
        (  # the file names its head row; it comes again on the next page
            table(row("Xã", "Dân", head=True), row("Ba Sơn", "900"), row("Xã", "Dân"), row("Na Sầm", "800")),
            ["Xã: Ba Sơn; Dân: 900", "Xã: Na Sầm; Dân: 800"],
        ),
        (  # figures below the heads are no numbers of columns; no count column, short titles
            table(row("Xã", "Thôn", "Hộ"), row("1", "5", "8"), row("2", "6", "9")),
            ["Xã: 1; Thôn: 5; Hộ: 8", "Xã: 2; Thôn: 6; Hộ: 9"],
        ),
        (
            table(row("Nội dung", "Chủ trì", "Thời gian"), row("Xây dựng đề án", "Sở A", "Quý I")),
            ["Nội dung: Xây dựng đề án; Chủ trì: Sở A; Thời gian: Quý I"],
        ),
        (  # a head that no row would say is said alone
            table(row("TT", "Tên", "Ghi chú"), row("1", "x", "")),
            ["TT; Tên; Ghi chú", "TT: 1; Tên: x"],
        ),
        (  # no heads at all
            table(row("Họ và tên", "Nguyễn A"), row("Chức vụ", "Giám đốc")),
            ["Họ và tên; Nguyễn A", "Chức vụ; Giám đốc"],
        ),
        (  # a list in a cell
            table(row("TT", "Phối hợp"), row("1", cell(par("Sở Tài chính") + par("UBND các xã")))),
            ["TT: 1; Phối hợp: Sở Tài chính, UBND các xã"],
        ),
        (  # a table in a cell
            table(row("TT", "Chi tiết"), row("1", cell(table(row("TT", "Tên"), row("1", "x")) + par("")))),
            ["TT: 1; Chi tiết: TT: 1; Tên: x"],
        ),
        (  # one cell in a frame is no table
            table(row("Đoạn trong khung")),
            ["Đoạn trong khung"],
        ),
        (  # head and foot of an instrument
            table(
                row(cell(par("UBND TỈNH LẠNG SƠN")), cell(par("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))),
                row("Số: 1/KH-UBND", "Lạng Sơn, ngày 1 tháng 2 năm 2026"),
                ruled=False,
            )
            + table(row(cell(par("Nơi nhận:") + par("- Lưu: VT.")), cell(par("CHỦ TỊCH") + par("Nguyễn A")))),
            ["UBND TỈNH LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND",
             "Lạng Sơn, ngày 1 tháng 2 năm 2026", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Nguyễn A"],
        ),
        (  # text placed side by side
            table(row("Điều 1. Một", "Điều 2. Hai"), row("x", "y"), ruled=False),
            ["Điều 1. Một", "Điều 2. Hai", "x", "y"],
        ),
    ],
)  # fmt: skip
def test_tables(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_tables_within_tables_end() -> None:
    body = par("sâu")
    for _ in range(60):
        body = table(row(cell(body + par("x")), cell("y")), ruled=False)
    started = time.monotonic()
    assert lines(body) == ["sâu", *["x", "y"] * 60]
    assert time.monotonic() - started < 5


def test_a_table_in_a_table_that_places_text_keeps_its_rows() -> None:
    source = read(
        table(row(cell(table(row("TT", "Tên"), row("1", "x")) + par("")), cell("bên")), ruled=False)
    )
    assert [(line.text, line.table) for line in source.lines] == [("TT: 1; Tên: x", 1), ("bên", None)]


def test_a_long_cell_over_many_rows_is_said_once() -> None:
    rows = [row("TT", "Căn cứ"), row("1", cell("dài " * 100, merge="top"))]
    rows += [row(str(number), cell("", merge="below")) for number in range(2, 200)]
    assert read(table(*rows)).text.count("dài") == 100


def test_numbers_of_empty_cells_are_read() -> None:
    rows = "".join(row(f"<w:tc>{in_list('')}</w:tc>", name) for name in ("x", "y"))
    assert lines(table(row("TT", "Tên"), rows), numbering=listed("decimal|%1")) == [
        "TT: 1; Tên: x",
        "TT: 2; Tên: y",
    ]


def test_a_footnote_in_a_table_stands_behind_its_row() -> None:
    body = table(row("TT", "Xã"), row("1", cell(par("Các xã", SIGN))), row("2", "x"))
    assert lines(body, footnotes=NOTES)[:2] == ["TT: 1; Xã: Các xã¹", "¹ Gồm 61 xã. Kể cả Ba Sơn."]


# --- bad input ---------------------------------------------------------------------------------

SOUND = packed(par("Điều 1."))


def with_part(name: str, data: bytes) -> bytes:
    """The sound file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, data)
    return out.getvalue()


ENTITY = (
    b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="%s">&x;</w:document>'
    % W.encode()
)
LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="%s">&b;</w:document>'
    % W.encode()
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "gói nén"),
        (SOUND[:200], "gói nén"),
        (SOUND[:30] + b"\xff" * 40 + SOUND[70:], "hỏng|XML|gói"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "mật khẩu"),
        (with_part("word/document.xml", ENTITY), "thực thể"),
        (with_part("word/styles.xml", LAUGHS), "thực thể|XML"),
        (with_part("word/document.xml", b"<w:document"), "XML"),
        (with_part("word/document.xml", b"<a>" * 5000), "XML"),
        (with_part("word/document.xml", f'<w:document xmlns:w="{W}"/>'.encode()), "nội dung"),
        (with_part("word/media/a.bin", bytes(60 * 2**20)), "bom nén"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"(?s)van-ban\.docx.*(?:{message}).*[Hh]ãy"):
        word.read(data, FILE)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2**20))
    lying = out.getvalue().replace((2**20).to_bytes(4, "little"), (2**31).to_bytes(4, "little"))
    assert lying != out.getvalue()
    with pytest.raises(DocumentError, match="bom nén"):
        word.read(lying, FILE)


def test_macros_and_other_parts_are_left_alone() -> None:
    data = with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    assert word.read(data, FILE).text == "Điều 1."


def test_strict_files_are_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = packed(par("Điều 1."))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        document = archive.read("word/document.xml").replace(W.encode(), strict.encode())
    assert word.read(with_part("word/document.xml", document), FILE).text == "Điều 1."


WORDS = st.text(alphabet="aĐế 1", min_size=1, max_size=8)
PARAGRAPHS = st.one_of(
    st.builds(par, WORDS),
    st.builds(par, WORDS, st.just("<w:r><w:br/></w:r>"), WORDS),
    st.builds(in_list, WORDS, st.integers(0, 3), st.sampled_from(["0", "1", "7"])),
)
CELLS = st.builds(cell, st.lists(PARAGRAPHS, min_size=1, max_size=2).map("".join), st.integers(1, 3),
                  st.sampled_from(["", "top", "below"]))  # fmt: skip
TABLES = st.builds(
    table,
    st.lists(st.lists(CELLS, max_size=3).map(lambda cells: row(*cells)), max_size=4).map("".join),
    ruled=st.booleans(),
)


@given(st.lists(PARAGRAPHS | TABLES, max_size=5).map("".join))
def test_nothing_visible_is_lost(body: str) -> None:
    source = read(body, numbering=listed("decimal|%1.", "lowerLetter|%2)"))
    said = "".join(source.text.split())
    for text in re.findall(r"<w:t [^>]*>([^<]*)<", body):
        assert "".join(text.split()) in said
    assert "\n".join(line.text for line in source.lines) == source.text
    position = 0
    for line in source.lines:
        assert (line.start, source.text[line.start : line.end]) == (position, line.text)
        position = line.end + 1


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_a_flipped_byte_is_read_or_refused(place: int, worth: int) -> None:
    try:
        word.read(SOUND[:place] + bytes([worth]) + SOUND[place + 1 :], FILE)
    except DocumentError as error:
        assert "van-ban.docx" in str(error)
